//! `rolelean compare`: what two reports differ in.

use std::fmt::Write as _;

use rolelean::report::{Comparison, ComparisonFolder, CsvStyle, PostingChange, Proportion, Shift, SkillShift};

use super::shown;
use crate::args::{Compare, Output};
use crate::interrupt::Interrupt;
use crate::outcome::Outcome;
use crate::summary;
use crate::terminal::{BOLD, DIM, LEFT, RIGHT, WARNING, note, plain_line, print, styled};

/// Skills that are listed of those that rose, and of those that fell.
const SKILLS: usize = 10;
/// Postings that are listed of each kind of change.
const POSTINGS: usize = 5;

pub fn run(given: &Compare, output: &Output) -> anyhow::Result<Outcome> {
    let comparison = Comparison::of(&given.old, &given.new)?;
    if let Some(out) = &given.out {
        let style = CsvStyle { raw_cells: given.raw_cells, bom: given.bom, ..CsvStyle::default() };
        let folder = ComparisonFolder::create(&comparison, out, style)?;
        let interrupt = Interrupt::listen(Some(folder.left_over()))?;
        folder.write()?;
        interrupt.run_has_ended();
        let published = folder.publish()?;
        if !output.quiet {
            let folder = shown(&published.folder);
            note(&format!("comparison in {folder}: open comparison.html in a browser, or its tables\n"));
            note(&summary::older_left(&published));
        }
    }
    let mut page = String::new();
    heading(&mut page, &comparison)?;
    verdicts(&mut page, &comparison)?;
    skills(&mut page, &comparison)?;
    postings(&mut page, &comparison)?;
    print(&page)
}

fn heading(page: &mut String, comparison: &Comparison) -> std::fmt::Result {
    let [old, new] = &comparison.compared;
    let (from, to) = (shown(&old.path), shown(&new.path));
    writeln!(page, "{BOLD}from {from} to {to}{BOLD:#}: {} postings, then {}", old.postings, new.postings)?;
    if comparison.has_other_lexicon() {
        writeln!(page, "{WARNING}the lexicons differ{WARNING:#}: skills may have moved for that reason alone")?;
    }
    Ok(())
}

fn verdicts(page: &mut String, comparison: &Comparison) -> std::fmt::Result {
    writeln!(page, "\n{:<26}{:>8}{:>9}   change, 95 % interval", "verdicts", "old", "new")?;
    let styles = [LEFT, RIGHT, BOLD, DIM];
    for (leaning, verdict) in comparison.verdicts.iter().enumerate() {
        let name = styled(styles[leaning], &format!("{:<24}", comparison.leanings()[leaning]));
        line(page, &name, verdict.postings, verdict.shift, comparison.has_moved(leaning))?;
    }
    Ok(())
}

/// `* Kubernetes   10.0 %   18.0 %   +8.0 (+3.1 to +12.9)`, the mark where it is more than chance.
fn line(
    page: &mut String,
    name: &str,
    postings: [Proportion; 2],
    shift: Option<Shift>,
    moved: bool,
) -> std::fmt::Result {
    let share =
        |part: Proportion| part.share().map_or_else(|| "-".to_owned(), |share| format!("{:.1} %", 100.0 * share));
    let points = |share: f64| format!("{:+.1}", 100.0 * share);
    let mark = if moved { "*" } else { " " };
    write!(page, "{mark} {name}{:>8}{:>9}", share(postings[0]), share(postings[1]))?;
    match shift {
        Some(Shift { difference, interval: [low, high], .. }) => {
            writeln!(page, "{:>9} ({} to {})", points(difference), points(low), points(high))
        }
        None => writeln!(page),
    }
}

fn skills(page: &mut String, comparison: &Comparison) -> std::fmt::Result {
    let of_all: Vec<&SkillShift> = comparison.skills.iter().filter(|skill| skill.group == 0).collect();
    let tested = of_all.iter().filter(|skill| skill.chance().is_some()).count();
    let moved = of_all.iter().filter(|skill| skill.moved).count();
    writeln!(page, "\n{tested} skills compared, {moved} moved by more than chance explains")?;
    for (what, sign) in [("rose", 1.0), ("fell", -1.0)] {
        let (moved, others): (Vec<&SkillShift>, Vec<&SkillShift>) =
            of_all.iter().copied().filter(|skill| skill.difference() * sign > 0.0).partition(|skill| skill.moved);
        // What may be noise is shown only where there is nothing better, and not as news.
        let (what, skills, most) = if moved.is_empty() {
            (format!("{what}, perhaps by chance"), others, SKILLS / 2)
        } else {
            (what.to_owned(), moved, SKILLS)
        };
        if skills.is_empty() {
            continue;
        }
        writeln!(page, "{what}")?;
        for skill in skills.iter().take(most) {
            let name: String = plain_line(&skill.name).chars().take(23).collect();
            line(page, &format!("{name:<24}"), skill.postings, skill.shift, skill.moved)?;
        }
        let more = skills.len().saturating_sub(most);
        if more > 0 {
            writeln!(page, "  and {more} more")?;
        }
    }
    Ok(())
}

fn postings(page: &mut String, comparison: &Comparison) -> anyhow::Result<()> {
    let ([in_both, other], came, gone) = (comparison.in_both(), comparison.came, comparison.gone);
    writeln!(page, "\npostings: {in_both} in both, {other} of them with another verdict; {came} came, {gone} gone")?;
    let mut lists: [(&str, Vec<String>); 3] = [("verdict", vec![]), ("came", vec![]), ("gone", vec![])];
    comparison.each_change(|change| {
        let list = lists.iter_mut().find(|(name, lines)| *name == change.name() && lines.len() < POSTINGS);
        if let Some((_, lines)) = list {
            lines.push(posting(comparison, change));
        }
        Ok(())
    })?;
    for ((name, lines), all) in lists.iter().zip([other, came, gone]) {
        for line in lines {
            writeln!(page, "  {name:<8} {line}")?;
        }
        let more = all - lines.len() as u64;
        if more > 0 {
            writeln!(page, "  {name:<8} and {more} more")?;
        }
    }
    Ok(())
}

fn posting(comparison: &Comparison, change: &PostingChange) -> String {
    let leaning = |leaning: Option<usize>| leaning.map(|leaning| comparison.leanings()[leaning]);
    let verdict = match change.leanings.map(leaning) {
        [Some(old), Some(new)] => format!("{old} -> {new}"),
        [one, other] => one.or(other).unwrap_or_default().to_owned(),
    };
    format!("{}  {}  {verdict}", plain_line(&change.id), plain_line(&change.title))
}
