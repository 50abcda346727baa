//! `rolelean lexicon suggest`: the postings whose labels would help most.

use std::sync::atomic::AtomicBool;

use rolelean::classifier::Classifier;
use rolelean::input::Inputs;
use rolelean::lexicon::Lexicon;
use rolelean::run::{self, Settings};
use rolelean::workbench::evaluate::Gold;
use rolelean::workbench::suggest::{Suggester, Suggestion};

use super::super::{load, read_options};
use crate::args::Output;
use crate::lexicon_args::Suggest;
use crate::outcome::Outcome;
use crate::progress::Progress;
use crate::terminal::print;

pub fn run(args: &Suggest, output: &Output) -> anyhow::Result<Outcome> {
    let classifier = Classifier::new(load(&args.lexicon)?);
    let lexicon = classifier.lexicon();
    let labelled: Vec<String> = match &args.labelled {
        Some(table) => Gold::read(table, lexicon)?.ids().map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let mut inputs = Inputs::new(args.paths.clone(), read_options(&args.columns, &[]))?;
    let progress = Progress::new(output, &inputs);
    let mut suggester = Suggester::new(labelled);
    let stop = AtomicBool::new(false);
    let done = run::run(&mut inputs, &classifier, Settings::default(), &mut [&mut suggester], &stop, |summary| {
        progress.update(summary);
    });
    progress.clear();
    done?;
    print(&table(lexicon, &suggester.suggestions(args.number))?)
}

/// A table to fill in: with its column `leaning` filled it is one of labels.
fn table(lexicon: &Lexicon, suggestions: &[Suggestion]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["leaning", "id", "title", "read_as", "why"])?;
    for posting in suggestions {
        let [first, second] = posting.between().map(|answer| answer.name(lexicon));
        let why = match posting.new_skills {
            0 => format!("between {first} and {second}"),
            1 => format!("between {first} and {second}; one skill that none above has"),
            count => format!("between {first} and {second}; {count} skills that none above has"),
        };
        writer.write_record(["", &posting.id, &posting.title, posting.leaning.name(lexicon), &why])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
