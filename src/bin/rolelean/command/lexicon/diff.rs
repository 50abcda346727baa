//! `rolelean lexicon diff`: what changed between two lexicons, and in their verdicts.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rolelean::classifier::Classifier;
use rolelean::lexicon::Lexicon;
use rolelean::workbench::compare::{Effect, FormCount, LexiconDifference};

use super::super::{load, read_options};
use super::build::read;
use crate::args::LexiconChoice;
use crate::lexicon_args::Diff;
use crate::outcome::Outcome;
use crate::terminal::{BOLD, plain, print, styled};

/// Forms that are listed of those that only one lexicon finds.
const SHOWN: usize = 20;

pub fn run(args: &Diff) -> anyhow::Result<Outcome> {
    let (old, new) = (chosen(&args.old, &[])?, chosen(&args.new, &args.extend)?);
    let mut page = String::new();
    skills(&mut page, &LexiconDifference::between(&old, &new))?;
    if !args.paths.is_empty() {
        let (old, new) = (Classifier::new(old), Classifier::new(new));
        let mut effect = Effect::default();
        read(&args.paths, read_options(&args.columns, &[]), |posting| Ok(effect.add(&old, &new, &posting)?))?;
        postings(&mut page, &effect)?;
    }
    print(&page)
}

fn chosen(path: &Path, extend: &[PathBuf]) -> anyhow::Result<Lexicon> {
    let folder = (path != Path::new("built-in")).then(|| path.to_owned());
    load(&LexiconChoice { lexicon: folder, extend: extend.to_vec() })
}

fn skills(page: &mut String, difference: &LexiconDifference) -> std::fmt::Result {
    if difference.is_empty() {
        return writeln!(page, "no skill changed");
    }
    let LexiconDifference { added, removed, changed, rest } = difference;
    let heading = format!("skills: {} added, {} removed, {} changed", added.len(), removed.len(), changed.len());
    writeln!(page, "{}", styled(BOLD, &heading))?;
    for (sign, ids) in [("+", added), ("-", removed)] {
        for id in ids {
            writeln!(page, "{sign} {id}")?;
        }
    }
    for skill in changed {
        writeln!(page, "~ {}", skill.id)?;
        for line in &skill.lines {
            writeln!(page, "    {line}")?;
        }
    }
    if rest.is_empty() { Ok(()) } else { writeln!(page, "also changed: {}", rest.join(", ")) }
}

fn postings(page: &mut String, effect: &Effect) -> std::fmt::Result {
    let heading = format!("verdicts that flip: {} of {}", effect.flips.len(), effect.postings);
    writeln!(page, "{}", styled(BOLD, &heading))?;
    let tilt = |tilt: Option<f64>| tilt.map_or_else(|| "no tilt".to_owned(), |tilt| format!("{tilt:+.2}"));
    for flip in &effect.flips {
        let ((was, from), (is, to)) = (&flip.old, &flip.new);
        writeln!(page, "  {}: {was} ({}) -> {is} ({})", plain(&flip.id), tilt(*from), tilt(*to))?;
    }
    mentions(page, "found by the new one alone", &effect.only_new())?;
    mentions(page, "found by the old one alone", &effect.only_old())
}

fn mentions(page: &mut String, by: &str, counts: &[FormCount]) -> std::fmt::Result {
    let all: usize = counts.iter().map(|count| count.mentions).sum();
    writeln!(page, "{}", styled(BOLD, &format!("mentions {by}: {all}")))?;
    for FormCount { skill, form, mentions } in counts.iter().take(SHOWN) {
        writeln!(page, "  {mentions:>6}  {form} ({skill})")?;
    }
    match counts.len().saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(page, "  and {more} more forms"),
    }
}
