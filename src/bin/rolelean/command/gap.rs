//! `rolelean gap`: what postings of each role ask for and a text lacks.

use std::fmt::Write as _;

use anyhow::bail;
use rolelean::classifier::{Analysis, Classifier};
use rolelean::input::{InputError, Inputs, Pending, Posting, Skipped, Source as _};
use rolelean::lexicon::Lexicon;
use rolelean::report::{MissingSkill, Proportion, SkillCounts, SkillGap};
use rolelean::run::{self, Classified, Rows, Settings, Sink, SinkError};

use super::{load, read_options, shown};
use crate::args::{Gap, Output};
use crate::interrupt::Interrupt;
use crate::notices::Notices;
use crate::outcome::Outcome;
use crate::progress::Progress;
use crate::summary;
use crate::terminal::{BOLD, LEFT, RIGHT, WARNING, note, plain_line, print, print_bytes, styled};

/// Postings of a role below which its shares are said to be rough: their intervals are then 30 points wide and more.
const FEW: u64 = 40;

pub fn run(given: &Gap, output: &Output) -> anyhow::Result<Outcome> {
    let classifier = Classifier::new(load(&given.lexicon)?);
    let text = the_text(given)?;
    let analysis = classifier.classify(&text)?;
    let mut inputs = Inputs::new(given.paths.clone(), read_options(&given.columns, &[]))?;
    let progress = Progress::new(output, &inputs);
    let mut counted = Counted { lexicon: classifier.lexicon(), counts: SkillCounts::new(classifier.lexicon()) };
    let mut notices = Notices::new(output.verbose);
    let interrupt = Interrupt::listen(None)?;
    let mut sinks: [&mut dyn Sink; 2] = [&mut counted, &mut notices];
    let ran = run::run(&mut inputs, &classifier, Settings::default(), &mut sinks, interrupt.asked(), |summary| {
        progress.update(summary);
    });
    interrupt.run_has_ended();
    progress.clear();
    let summary = ran?;
    inputs.check_columns()?;
    let mut reasons = String::new();
    summary::skips(&mut reasons, &summary, &notices);
    if summary.classified == 0 {
        bail!("no posting could be read:\n{}", reasons.trim_end());
    }
    if summary.skipped > 0 && !output.quiet {
        note(&format!("{WARNING}{} of the postings could not be read{WARNING:#}:\n{reasons}", summary.skipped));
    }
    let gaps = SkillGap::of(classifier.lexicon(), &analysis, &counted.counts);
    if given.csv {
        print_bytes(&table(classifier.lexicon(), &gaps)?)?;
    } else {
        print(&page(classifier.lexicon(), given, &analysis, &gaps)?)?;
    }
    Ok(if summary.skipped == 0 { Outcome::Complete } else { Outcome::Incomplete })
}

/// The one text that the postings are held against.
fn the_text(given: &Gap) -> anyhow::Result<Posting> {
    let options = read_options(&given.columns, &[]);
    let mut inputs = Inputs::new(vec![given.text.clone()], options).map_err(|error| match error {
        InputError::Nothing { .. } => anyhow::anyhow!("{} holds no text", shown(&given.text)),
        other => other.into(),
    })?;
    let Some(first) = inputs.next() else { bail!("{} holds no text", shown(&given.text)) };
    let text = first.and_then(Pending::read).map_err(|skipped| anyhow::anyhow!("{skipped}"))?;
    if inputs.next().is_some() {
        bail!("{} holds several texts: give a file with one, such as a CV, and then the postings", shown(&given.text));
    }
    Ok(text)
}

/// Counts the skills of the postings.
struct Counted<'l> {
    lexicon: &'l Lexicon,
    counts: SkillCounts,
}

impl Sink for Counted<'_> {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        self.counts.add(self.lexicon, result);
        Ok(())
    }

    fn skipped(&mut self, _skipped: &Skipped) -> Result<(), SinkError> {
        Ok(())
    }
}

fn page(
    lexicon: &Lexicon,
    given: &Gap,
    analysis: &Analysis,
    gaps: &[SkillGap<'_>; 2],
) -> Result<String, std::fmt::Error> {
    let mut page = String::new();
    let leaning = analysis.verdict.leaning.name(lexicon);
    writeln!(page, "{BOLD}{}{BOLD:#} itself reads as {leaning}", shown(&given.text))?;
    for (gap, style) in gaps.iter().zip([LEFT, RIGHT]) {
        let role = styled(style, &lexicon.role(gap.side).label);
        let plural = if gap.postings == 1 { "" } else { "s" };
        writeln!(page, "\n{role}: {} posting{plural}", gap.postings)?;
        if gap.postings == 0 {
            continue;
        }
        writeln!(page, "they ask for {} skills; the text names {} of them", gap.named.of, gap.named.count)?;
        if gap.postings < FEW {
            writeln!(page, "{WARNING}few postings{WARNING:#}: take the shares as rough, as their intervals say")?;
        }
        missing(&mut page, lexicon, gap, given.top)?;
    }
    Ok(page)
}

fn missing(page: &mut String, lexicon: &Lexicon, gap: &SkillGap<'_>, top: usize) -> std::fmt::Result {
    if gap.missing.is_empty() {
        return writeln!(page, "it lacks none of them");
    }
    writeln!(page, "  {:<32}{:>8}  {:<14}{:>9}{:>10}  category", "it lacks", "share", "95 %", "required", "preferred")?;
    for MissingSkill { skill, postings, required, preferred, .. } in gap.missing.iter().take(top) {
        let name: String = plain_line(&skill.name).chars().take(31).collect();
        let category = plain_line(&lexicon.category_of(skill).id).into_owned();
        writeln!(
            page,
            "  {name:<32}{:>8}  {:<14}{required:>9}{preferred:>10}  {category}",
            share(*postings),
            range(*postings)
        )?;
    }
    let more = gap.missing.len().saturating_sub(top);
    if more > 0 {
        writeln!(page, "  and {more} more: --top shows more of them, --csv all")?;
    }
    Ok(())
}

fn share(postings: Proportion) -> String {
    postings.share().map_or_else(String::new, |share| format!("{:.0} %", 100.0 * share))
}

fn range(postings: Proportion) -> String {
    postings.interval().map_or_else(String::new, |[low, high]| format!("({:.0} to {:.0})", 100.0 * low, 100.0 * high))
}

/// All of it as CSV.
fn table(lexicon: &Lexicon, gaps: &[SkillGap<'_>; 2]) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "role",
        "skill",
        "skill_id",
        "category",
        "leaning",
        "postings",
        "total",
        "share",
        "low",
        "high",
        "required",
        "preferred",
    ])?;
    for gap in gaps {
        for missing in &gap.missing {
            let number = |number: Option<f64>| number.map_or_else(String::new, |number| format!("{number:.4}"));
            let interval = missing.postings.interval();
            table.write_record([
                lexicon.role(gap.side).id.as_str(),
                &missing.skill.name,
                &missing.skill.id,
                &lexicon.category_of(missing.skill).id,
                lexicon.leaning_name(missing.skill.leaning),
                &missing.postings.count.to_string(),
                &missing.postings.of.to_string(),
                &number(missing.postings.share()),
                &number(interval.map(|[low, _]| low)),
                &number(interval.map(|[_, high]| high)),
                &missing.required.to_string(),
                &missing.preferred.to_string(),
            ])?;
        }
    }
    Ok(table.into_inner()?)
}
