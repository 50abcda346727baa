//! `rolelean lexicon stats`: which skills and forms a body of postings mentions, and which it never does.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use rolelean::classifier::Classifier;
use rolelean::input::Inputs;
use rolelean::lexicon::{Form, Lexicon, Skill};
use rolelean::run::{self, Settings};
use rolelean::workbench::usage::{FormUsage, Usage};

use super::super::{load, read_options};
use crate::args::Output;
use crate::lexicon_args::Stats;
use crate::outcome::Outcome;
use crate::progress::Progress;
use crate::terminal::{BOLD, output_width, print, styled};
use crate::wrap::wrap;

/// Forms that each list shows.
const SHOWN: usize = 10;

pub fn run(args: &Stats, output: &Output) -> anyhow::Result<Outcome> {
    let classifier = Classifier::new(load(&args.lexicon)?);
    let mut inputs = Inputs::new(args.paths.clone(), read_options(&args.columns, &[]))?;
    let progress = Progress::new(output, &inputs);
    let mut usage = Usage::new(classifier.lexicon());
    let stop = AtomicBool::new(false);
    let done = run::run(&mut inputs, &classifier, Settings::default(), &mut [&mut usage], &stop, |summary| {
        progress.update(summary);
    });
    progress.clear();
    let summary = done?;
    if args.csv {
        print(&usage.to_csv())?;
    } else {
        print(&wrap(&page(classifier.lexicon(), &usage)?, output_width()))?;
    }
    Ok(if summary.skipped == 0 { Outcome::Complete } else { Outcome::Incomplete })
}

/// A form with its skill and counts.
type Counted<'u> = (&'u Skill, &'u Form, &'u FormUsage);

fn page(lexicon: &Lexicon, usage: &Usage) -> Result<String, std::fmt::Error> {
    let forms: Vec<Counted<'_>> = lexicon
        .skills_with_ids()
        .flat_map(|(id, skill)| {
            skill.forms.iter().zip(usage.forms(id)).map(move |(form, counts)| (skill, form, counts))
        })
        .collect();
    let found = forms.iter().filter(|(_, _, counts)| counts.postings > 0).count();
    let found_skills =
        lexicon.skills_with_ids().filter(|(id, _)| usage.forms(*id).iter().any(|counts| counts.postings > 0)).count();
    let mut page = String::new();
    let heading = format!(
        "{} postings: {found_skills} of {} skills found, {found} of {} forms",
        usage.postings,
        lexicon.skills().len(),
        forms.len()
    );
    writeln!(page, "{}", styled(BOLD, &heading))?;
    top(&mut page, "most postings", &forms, |counts| counts.postings)?;
    top(&mut page, "unique catches: the skill is found by this form alone", &forms, |counts| counts.unique)?;
    top(&mut page, "sole evidence: the verdict rests on this form alone", &forms, |counts| counts.sole_evidence)?;
    never(&mut page, lexicon, usage)?;
    Ok(page)
}

fn top(page: &mut String, title: &str, forms: &[Counted<'_>], of: fn(&FormUsage) -> u64) -> std::fmt::Result {
    let mut sorted: Vec<&Counted<'_>> = forms.iter().filter(|(_, _, counts)| of(counts) > 0).collect();
    sorted.sort_by(|a, b| of(b.2).cmp(&of(a.2)).then_with(|| (&a.0.id, &a.1.text).cmp(&(&b.0.id, &b.1.text))));
    writeln!(page, "{}", styled(BOLD, title))?;
    for (skill, form, counts) in sorted.iter().take(SHOWN) {
        writeln!(page, "  {:>6}  {} ({})", of(counts), form.text, skill.id)?;
    }
    if sorted.is_empty() { writeln!(page, "  none") } else { Ok(()) }
}

/// Skills of which no form was found, by category.
fn never(page: &mut String, lexicon: &Lexicon, usage: &Usage) -> std::fmt::Result {
    writeln!(page, "{}", styled(BOLD, "skills never found"))?;
    for (at, category) in lexicon.categories().iter().enumerate() {
        let of_category = lexicon.skills_with_ids().filter(|(_, skill)| skill.category == at);
        let missing = of_category.filter(|(id, _)| usage.forms(*id).iter().all(|counts| counts.postings == 0));
        let missing: Vec<&str> = missing.map(|(_, skill)| skill.id.as_str()).collect();
        if !missing.is_empty() {
            let more = if missing.len() > SHOWN { ", ..." } else { "" };
            let first = &missing[..missing.len().min(SHOWN)];
            writeln!(page, "  {:<28} {:>4}  {}{more}", category.id, missing.len(), first.join(", "))?;
        }
    }
    Ok(())
}
