//! `rolelean evaluate`: verdicts compared with labels given by people.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use anyhow::bail;
use rolelean::classifier::Classifier;
use rolelean::input::Inputs;
use rolelean::leaning::SkillMatch;
use rolelean::lexicon::{Lexicon, Side};
use rolelean::run::{self, Settings};
use rolelean::workbench::evaluate::{Calibration, Evaluation, Gold, Judge, Judged, LEANINGS, Share, baselines};

use super::{load, read_options, shown};
use crate::args::{Columns, Evaluate, Output};
use crate::outcome::Outcome;
use crate::progress::Progress;
use crate::terminal::{BOLD, WARNING, note, plain, print, styled};

/// Deciding contributions listed for a wrong verdict, to each side.
const SHOWN: usize = 5;

pub fn run(args: &Evaluate, output: &Output) -> anyhow::Result<Outcome> {
    let classifier = Classifier::new(load(&args.lexicon)?);
    let lexicon = classifier.lexicon();
    let gold = Gold::read(&args.gold, lexicon)?;
    let judged = judge(&classifier, &gold, paths(&args.gold, &args.paths), &args.columns, output)?;
    let mut page = String::new();
    write_figures(&mut page, lexicon, &judged)?;
    if args.baseline {
        write_baselines(&mut page, &judged)?;
    }
    if args.errors {
        write_errors(&mut page, lexicon, &judged)?;
    }
    print(&page)
}

/// Where the labelled postings are: a table may hold both labels and texts.
pub fn paths<'p>(gold: &'p PathBuf, paths: &'p [PathBuf]) -> &'p [PathBuf] {
    if paths.is_empty() { std::slice::from_ref(gold) } else { paths }
}

/// Runs over the paths and keeps the labelled postings.
pub fn judge(
    classifier: &Classifier,
    gold: &Gold,
    paths: &[PathBuf],
    columns: &Columns,
    output: &Output,
) -> anyhow::Result<Vec<Judged>> {
    let mut inputs = Inputs::new(paths.to_vec(), read_options(columns, &[]))?;
    let progress = Progress::new(output, &inputs);
    let mut judge = Judge::new(gold);
    let stop = AtomicBool::new(false);
    let done = run::run(&mut inputs, classifier, Settings::default(), &mut [&mut judge], &stop, |summary| {
        progress.update(summary);
    });
    progress.clear();
    done?;
    if judge.judged.is_empty() {
        bail!(
            "none of the {} labelled ids is among the postings of {}; give the files or folders that hold the labelled \
             postings behind the labels",
            gold.len(),
            list(paths)
        );
    }
    let missing = judge.missing();
    if !missing.is_empty() && !output.quiet {
        let message = format!("{} labelled postings were not found, first: {}", missing.len(), plain(missing[0]));
        note(&format!("{WARNING}warning:{WARNING:#} {message}\n"));
    }
    Ok(judge.judged)
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path: &PathBuf| shown(Path::new(path))).collect::<Vec<_>>().join(", ")
}

fn write_figures(page: &mut String, lexicon: &Lexicon, judged: &[Judged]) -> std::fmt::Result {
    let evaluation = Evaluation::of(judged);
    let figures = &evaluation.figures;
    writeln!(page, "{} (labels down, verdicts across)", styled(BOLD, &format!("{} postings", judged.len())))?;
    let names = LEANINGS.map(|leaning| leaning.name(lexicon));
    writeln!(page, "{:>18}{}", "", names.map(|name| format!("{name:>18}")).concat())?;
    for (name, row) in names.iter().zip(figures.confusion) {
        writeln!(page, "{name:>18}{}", row.map(|count| format!("{count:>18}")).concat())?;
    }
    writeln!(page, "accuracy, four verdicts    {}", share(&evaluation.accuracy))?;
    writeln!(page, "sign of tilt, two roles    {}", share(&evaluation.sign))?;
    for (name, recall) in names.iter().zip(figures.recall()) {
        let Some(recall) = recall else { continue };
        writeln!(page, "{:<26} {recall:.4}", format!("recall, {name}"))?;
    }
    writeln!(page, "macro-F1                   {:.4}", figures.macro_f1)?;
    if let Some(auc) = figures.auc {
        writeln!(page, "AUC of tilt, two roles     {auc:.4}")?;
    }
    write_calibration(page, &figures.calibration)?;
    if evaluation.sources.len() > 1 {
        writeln!(page, "{}", styled(BOLD, "by source"))?;
        for (source, accuracy) in &evaluation.sources {
            writeln!(page, "  {:<24} {}", plain(source), share(accuracy))?;
        }
    }
    Ok(())
}

fn share(share: &Share) -> String {
    let value = share.value().unwrap_or(0.0);
    format!("{value:.4}  (95 % {:.3} to {:.3}; {} of {})", share.low, share.high, share.hits, share.of)
}

fn write_calibration(page: &mut String, calibration: &Calibration) -> std::fmt::Result {
    writeln!(page, "Brier score                {:.4}", calibration.brier)?;
    writeln!(page, "expected calibration error {:.4}", calibration.expected_error)?;
    writeln!(page, "  {:>9} {:>9} {:>9}", "predicted", "observed", "postings")?;
    for bin in &calibration.bins {
        writeln!(page, "  {:>9.3} {:>9.3} {:>9}", bin.predicted, bin.observed, bin.postings)?;
    }
    Ok(())
}

fn write_baselines(page: &mut String, judged: &[Judged]) -> std::fmt::Result {
    writeln!(page, "{}", styled(BOLD, "for comparison"))?;
    for (name, accuracy) in baselines(judged) {
        writeln!(page, "  {name:<26} {}", share(&accuracy))?;
    }
    Ok(())
}

fn write_errors(page: &mut String, lexicon: &Lexicon, judged: &[Judged]) -> std::fmt::Result {
    writeln!(page, "{}", styled(BOLD, "wrong verdicts"))?;
    for posting in judged.iter().filter(|posting| posting.label != posting.verdict.leaning) {
        let tilt = posting.verdict.tilt.map_or("none".to_owned(), |tilt| format!("{tilt:+.2}"));
        writeln!(
            page,
            "{}: {}, {} instead of {}, tilt {tilt}, {} words",
            styled(BOLD, &posting.id),
            plain(&posting.result.posting.title),
            posting.verdict.leaning.name(lexicon),
            posting.label.name(lexicon),
            posting.result.analysis.evidence.words,
        )?;
        for side in Side::BOTH {
            writeln!(page, "  {:<10} {}", lexicon.role(side).side_id, deciding(lexicon, posting, side))?;
        }
    }
    Ok(())
}

fn deciding(lexicon: &Lexicon, posting: &Judged, side: Side) -> String {
    let strongest = posting.result.analysis.evidence.strongest(side, SHOWN);
    let named = |found: &SkillMatch| format!("{} {:+.2}", lexicon.skill(found.skill).name, found.contribution);
    strongest.into_iter().map(named).collect::<Vec<_>>().join(", ")
}
