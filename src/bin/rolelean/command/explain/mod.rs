//! `rolelean explain`: one posting, marked up, with what each skill contributes.

use std::fmt::Write as _;

use anstyle::Style;
use anyhow::{Context, bail};
use rolelean::classifier::{Analysis, Classifier};
use rolelean::leaning::{Leaning, SkillMatch, what_would_flip};
use rolelean::lexicon::{Lexicon, Pull, Side};
use rolelean::posting::{Inputs, Posting, Source};

use super::{load, read_options, shown};
use crate::args::Explain;
use crate::exit::Outcome;
use crate::terminal::{BOLD, DIM, LEFT, RIGHT, WARNING, plain, styled};

/// Columns that the output keeps to.
const WIDTH: usize = 80;
/// The longest bar of a contribution, to either side.
const BAR: usize = 18;

pub fn run(args: &Explain) -> anyhow::Result<Outcome> {
    let classifier = Classifier::new(load(&args.lexicon)?)?;
    let posting = find_posting(args)?;
    let analysis = classifier.classify(&posting);
    let mut page = String::new();
    let mut write = || -> std::fmt::Result {
        header(&mut page, classifier.lexicon(), &posting, &analysis)?;
        marked_text(&mut page, classifier.lexicon(), &posting, &analysis)?;
        contributions(&mut page, classifier.lexicon(), &analysis)?;
        set_aside(&mut page, classifier.lexicon(), &analysis)?;
        flip(&mut page, classifier.lexicon(), &analysis)
    };
    write().context("cannot lay out the explanation")?;
    use std::io::Write as _;
    anstream::stdout().write_all(page.as_bytes()).context("cannot write to standard output")?;
    Ok(Outcome::Complete)
}

/// The one posting of the path, or the one asked for.
fn find_posting(args: &Explain) -> anyhow::Result<Posting> {
    let mut inputs = Inputs::new(vec![args.path.clone()], read_options(&args.columns, &[]))?;
    let mut number = 0;
    let mut first = None;
    while let Some(item) = inputs.next() {
        number += 1;
        let asked = args.posting.as_deref();
        let read = item.and_then(|pending| pending.read());
        match (read, asked) {
            (Ok(posting), Some(asked)) if posting.id == asked || number.to_string() == asked => return Ok(posting),
            (Err(skipped), None) => bail!("{}: {}", skipped.source, skipped.reason),
            (Ok(_), None) if first.is_some() => {
                bail!(
                    "{} holds several postings; choose one with --posting ID (its id, or 1, 2, 3 ...)",
                    shown(&args.path)
                )
            }
            (Ok(posting), None) => first = Some(posting),
            _ => {}
        }
    }
    match (first, &args.posting) {
        (Some(posting), _) => Ok(posting),
        (None, Some(asked)) => bail!("no posting {asked:?} among the {number} in {}", shown(&args.path)),
        (None, None) => bail!("nothing to read in {}", shown(&args.path)),
    }
}

fn side_style(side: Side) -> Style {
    match side {
        Side::Left => LEFT,
        Side::Right => RIGHT,
    }
}

fn header(page: &mut String, lexicon: &Lexicon, posting: &Posting, analysis: &Analysis) -> std::fmt::Result {
    let verdict = &analysis.verdict;
    let title = if posting.title.is_empty() { &posting.id } else { &posting.title };
    writeln!(page, "{}", styled(BOLD, title))?;
    let style = match verdict.leaning {
        Leaning::Role(side) => side_style(side),
        Leaning::Balanced | Leaning::Neither => BOLD,
    };
    write!(page, "leans to {}", styled(style, verdict.leaning.name(lexicon)))?;
    if let (Some(tilt), Some(probability)) = (verdict.tilt, verdict.probability) {
        write!(page, "   tilt {tilt:+.2}   probability {probability:.2}   score {:+.4}", analysis.evidence.score)?;
    }
    writeln!(page)?;
    if let Some(side) = analysis.title_leaning {
        let agrees = if analysis.title_agrees() == Some(true) { "as the body does" } else { "the body says otherwise" };
        writeln!(page, "{DIM}the title claims {}: {agrees}{DIM:#}", lexicon.role(side).id)?;
    }
    for warning in &posting.warnings {
        writeln!(page, "{WARNING}warning:{WARNING:#} {}", plain(warning))?;
    }
    writeln!(page)
}

/// The text with every mention in its side's colour, negated ones struck through.
fn marked_text(page: &mut String, lexicon: &Lexicon, posting: &Posting, analysis: &Analysis) -> std::fmt::Result {
    let mut mentions: Vec<_> = analysis.evidence.matches.iter().flat_map(|found| &found.mentions).collect();
    mentions.sort_by_key(|mention| mention.span);
    let text = &posting.text;
    let mut at = posting.body_start;
    for mention in mentions {
        let style = match lexicon.skill(mention.skill).pull {
            _ if mention.negated => Style::new().dimmed().strikethrough(),
            Pull::Toward(side) => side_style(side),
            Pull::Shared => Style::new().underline(),
            Pull::Away => Style::new().dimmed().underline(),
        };
        page.push_str(&plain(&text[at..mention.span.start]));
        page.push_str(&styled(style, mention.span.of(text)));
        at = mention.span.end;
    }
    page.push_str(&plain(&text[at..]));
    writeln!(page, "\n")
}

/// One line a skill that counts: a bar to its side, the number, the name and where.
fn contributions(page: &mut String, lexicon: &Lexicon, analysis: &Analysis) -> std::fmt::Result {
    let evidence = &analysis.evidence;
    let mut counted: Vec<&SkillMatch> = evidence
        .matches
        .iter()
        .filter(|found| found.contribution != 0.0 && lexicon.skill(found.skill).pull != Pull::Away)
        .collect();
    counted.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
    let most = counted.first().map_or(1.0, |found| found.contribution.abs());
    let [left, right] = lexicon.roles();
    writeln!(
        page,
        "{} {:>w$}{:<w$}",
        styled(BOLD, "What counts"),
        format!("{} ", left.label),
        format!("| {}", right.label),
        w = (WIDTH - 12) / 2
    )?;
    for found in &counted {
        let skill = lexicon.skill(found.skill);
        let side = Side::of_score(found.contribution).unwrap_or(Side::Left);
        let bar = bar(found.contribution.abs() / most);
        let (before, after) = match side {
            Side::Left => (bar, String::new()),
            Side::Right => (String::new(), bar),
        };
        let place = place(found);
        let name: String = skill.name.chars().take(WIDTH - 2 * BAR - 14).collect();
        writeln!(
            page,
            "{:>BAR$}|{:<BAR$} {:>+8.4} {}{}",
            styled_bar(&before, side, true),
            styled_bar(&after, side, false),
            found.contribution,
            styled(side_style(side), &name),
            if place.is_empty() { String::new() } else { format!(" {DIM}{place}{DIM:#}") },
        )?;
    }
    writeln!(page, "{:>w$} {:>+8.4} {}", "", evidence.score, styled(BOLD, "score"), w = 2 * BAR + 1)?;
    writeln!(page)
}

fn place(found: &SkillMatch) -> String {
    let mut words = vec![];
    if found.mentions.len() > 1 {
        words.push(format!("x{}", found.mentions.len()));
    }
    if found.section.name() != "other" {
        words.push(found.section.name().to_owned());
    }
    words.join(" ")
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of BAR columns")]
fn bar(share: f64) -> String {
    "█".repeat(((share * BAR as f64).round() as usize).clamp(1, BAR))
}

/// A bar padded before it is coloured, since escape codes take no columns.
fn styled_bar(bar: &str, side: Side, to_the_right: bool) -> String {
    let padding = " ".repeat(BAR - bar.chars().count());
    let style = side_style(side);
    if to_the_right { format!("{padding}{style}{bar}{style:#}") } else { format!("{style}{bar}{style:#}{padding}") }
}

/// What was found and adds nothing: shared, negated, of other professions.
fn set_aside(page: &mut String, lexicon: &Lexicon, analysis: &Analysis) -> std::fmt::Result {
    let matches = &analysis.evidence.matches;
    let names = |wanted: &dyn Fn(&SkillMatch) -> bool| -> String {
        let names: Vec<&str> = matches
            .iter()
            .filter(|found| wanted(found))
            .map(|found| lexicon.skill(found.skill).name.as_str())
            .collect();
        names.join(", ")
    };
    let pull = |found: &SkillMatch| lexicon.skill(found.skill).pull;
    let rows = [
        ("said of both roles", names(&|found| pull(found) == Pull::Shared && !found.negated)),
        ("negated", names(&|found| found.negated)),
        ("of other professions", names(&|found| pull(found) == Pull::Away && !found.negated)),
    ];
    for (label, names) in rows.into_iter().filter(|(_, names)| !names.is_empty()) {
        writeln!(page, "{}: {names}", styled(BOLD, label))?;
    }
    Ok(())
}

fn flip(page: &mut String, lexicon: &Lexicon, analysis: &Analysis) -> std::fmt::Result {
    let gone = what_would_flip(&analysis.evidence);
    if gone.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = gone.iter().map(|found| lexicon.skill(found.skill).name.as_str()).collect();
    writeln!(page, "{}: {}", styled(BOLD, "the tilt would turn without"), names.join(", "))
}
