//! `rolelean classify`: many postings in, a report out.

use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use rolelean::classifier::Classifier;
use rolelean::lexicon::{Lexicon, Pull, Side};
use rolelean::posting::{Inputs, Skipped};
use rolelean::report::{CsvStyle, PostingsStream, ReportFolder, RunSettings, SkillCounts};
use rolelean::run::{self, Classified, Settings, Sink, SinkError, Summary};

use super::{load, read_options, shown};
use crate::args::{Classify, Output};
use crate::exit::Outcome;
use crate::progress::Progress;
use crate::terminal::{BOLD, DIM, LEFT, RIGHT, WARNING, plain, styled};

/// Reasons for skipping that the summary lists.
const SHOWN_SKIPS: usize = 5;
/// Strongest skills a side that the summary lists.
const SHOWN_SKILLS: usize = 8;

pub fn run(args: &Classify, output: &Output) -> anyhow::Result<Outcome> {
    let classifier = Classifier::new(load(&args.lexicon)?)?;
    let style = CsvStyle { raw_cells: args.raw_cells, bom: args.bom };
    let (summary, notices, place, skills) = if args.stdout {
        let out = BufWriter::new(std::io::stdout().lock());
        let mut stream =
            PostingsStream::new(out, classifier.lexicon(), style).context("cannot write to standard output")?;
        let (summary, notices) = classify(args, output, &classifier, &mut stream)?;
        (summary, notices, None, None)
    } else {
        let settings = RunSettings {
            paths: args.paths.iter().map(|path| path.display().to_string()).collect(),
            threads: args.threads.unwrap_or(Settings::default().threads).get(),
            raw_cells: args.raw_cells,
        };
        let mut report = ReportFolder::create(&classifier, &args.out, style, settings)?;
        let (summary, notices) = classify(args, output, &classifier, &mut report)?;
        let skills = report.skills().clone();
        (summary, notices, Some(report.publish()?), Some(skills))
    };
    if !output.quiet {
        print_summary(classifier.lexicon(), &summary, &notices, skills.as_ref(), place.as_deref());
    }
    Ok(if summary.skipped == 0 { Outcome::Complete } else { Outcome::Incomplete })
}

fn classify(
    args: &Classify,
    output: &Output,
    classifier: &Classifier,
    sink: &mut dyn Sink,
) -> anyhow::Result<(Summary, Notices)> {
    let mut inputs = Inputs::new(args.paths.clone(), read_options(&args.columns, std::slice::from_ref(&args.out)))?;
    let settings = Settings { threads: args.threads.unwrap_or(Settings::default().threads), fail_fast: args.fail_fast };
    let progress = Progress::new(output.quiet);
    let mut notices = Notices { verbose: output.verbose, ..Notices::default() };
    let stop = stop_on_signal();
    let result = run::run(&mut inputs, classifier, settings, &mut [sink, &mut notices], &stop, |summary| {
        progress.update(summary);
    });
    progress.clear();
    Ok((result?, notices))
}

/// Ctrl-C and SIGTERM ask the run to end; a second one ends the process.
fn stop_on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // Without a handler the signals still end the process, only less tidily.
    let _ = ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    stop
}

/// What the summary tells besides the totals.
#[derive(Default)]
pub struct Notices {
    verbose: bool,
    skipped: Vec<Skipped>,
    warnings: u64,
}

impl Sink for Notices {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        self.warnings += u64::from(!result.posting.warnings.is_empty());
        if self.verbose {
            for warning in &result.posting.warnings {
                anstream::eprintln!("{WARNING}warning:{WARNING:#} {}: {}", plain(&result.posting.id), plain(warning));
            }
        }
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        if self.skipped.len() < SHOWN_SKIPS {
            self.skipped.push(skipped.clone());
        }
        Ok(())
    }
}

fn print_summary(
    lexicon: &Lexicon,
    summary: &Summary,
    notices: &Notices,
    skills: Option<&SkillCounts>,
    place: Option<&Path>,
) {
    let Summary { classified, leanings, .. } = summary;
    anstream::eprintln!(
        "{BOLD}{classified} posting{}{BOLD:#} classified in {:.2} s",
        plural(*classified),
        summary.elapsed.as_secs_f64()
    );
    let rows = [
        (LEFT, lexicon.role(Side::Left).id.as_str(), leanings.left),
        (RIGHT, lexicon.role(Side::Right).id.as_str(), leanings.right),
        (BOLD, "balanced", leanings.balanced),
        (DIM, "neither", leanings.neither),
    ];
    for (style, name, count) in rows {
        anstream::eprintln!("  {style}{name:<20}{style:#} {count:>8}  {:>5.1} %", percent(count, *classified));
    }
    if summary.title_disagrees > 0 {
        anstream::eprintln!("  {} titled one thing and asking for another (title_agrees)", summary.title_disagrees);
    }
    if let Some(skills) = skills {
        print_strongest(lexicon, skills);
    }
    if notices.warnings > 0 {
        anstream::eprintln!("{} with warnings, in the column `warnings`; -v prints them", notices.warnings);
    }
    print_skipped(summary, notices);
    if let Some(place) = place {
        anstream::eprintln!("report: {}", shown(place));
    }
}

/// The skills that put most weight on each side's scale over the whole run.
fn print_strongest(lexicon: &Lexicon, skills: &SkillCounts) {
    for (side, style) in [(Side::Left, LEFT), (Side::Right, RIGHT)] {
        let mut strongest: Vec<(f64, &str)> = lexicon
            .skills()
            .iter()
            .zip(skills.counts())
            .filter(|(skill, counts)| skill.pull == Pull::Toward(side) && counts.leaning[side.index()] > 0)
            .map(|(skill, counts)| (skill.weight.abs() * counts.leaning[side.index()] as f64, skill.name.as_str()))
            .collect();
        strongest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let names: Vec<&str> = strongest.iter().take(SHOWN_SKILLS).map(|(_, name)| *name).collect();
        if !names.is_empty() {
            anstream::eprintln!("strongest for {}: {}", styled(style, &lexicon.role(side).id), names.join(", "));
        }
    }
}

fn print_skipped(summary: &Summary, notices: &Notices) {
    if summary.skipped == 0 {
        return;
    }
    anstream::eprintln!("{WARNING}{} skipped{WARNING:#}, with the reasons in skipped.csv:", summary.skipped);
    for skipped in &notices.skipped {
        let record = skipped.record.map_or(String::new(), |record| format!(", record {record}"));
        anstream::eprintln!("  {}{record}: {}", plain(&skipped.source), plain(&skipped.reason));
    }
    let more = summary.skipped - notices.skipped.len() as u64;
    if more > 0 {
        anstream::eprintln!("  and {more} more");
    }
}

fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[expect(clippy::cast_precision_loss, reason = "a percentage for people")]
fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}
