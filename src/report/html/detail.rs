//! What the page holds of one posting besides its row: all that `explain` shows of it, in
//! few bytes.

use serde::Serialize;

use crate::document::Section;
use crate::input::KeptCell;
use crate::leaning::{SkillMatch, what_would_flip, why};
use crate::lexicon::Lexicon;
use crate::log_odds::LogOdds;
use crate::matching::Mention;
use crate::report::explanation::{ToldFacts, ToldSection, ToldTerm, asked, printed, sections};
use crate::run::Classified;

/// The most bytes of a cell that is carried through.
const KEPT_BYTES: usize = 2_000;

/// A posting as the script reads it; skills are their places in the lexicon.
#[derive(Serialize)]
pub struct Detail<'e> {
    title: &'e str,
    company: &'e str,
    location: &'e str,
    source: &'e str,
    record: Option<u64>,
    id: &'e str,
    why: Option<String>,
    tilt: Option<f64>,
    /// Of the left role, the right role and neither.
    probabilities: [f64; 3],
    neither: Vec<ToldTerm>,
    score: LogOdds,
    warnings: &'e [String],
    /// The columns that are carried through and what stands there.
    kept: Vec<(&'e str, &'e str)>,
    facts: ToldFacts<'e>,
    flip: Vec<usize>,
    /// What a mention in the title counts.
    title_factor: f64,
    sections: Vec<ToldSection>,
    matches: Vec<Matched>,
    /// Bytes of the text that are left out.
    missing: usize,
}

/// Skill, contribution, section, requirement, mentions in the text, mentions in the title.
#[derive(Serialize)]
struct Matched(usize, LogOdds, &'static str, Option<&'static str>, Vec<Marked>, Vec<Marked>);

/// Start, end, and 1 where it is negated.
type Marked = (usize, usize, u8);

impl<'e> Detail<'e> {
    /// Puts together what is shown beside the text, of which the first `shown` bytes are.
    pub fn new(lexicon: &'e Lexicon, result: &'e Classified, shown: usize) -> Self {
        let (posting, analysis) = (&result.posting, &result.analysis);
        let (evidence, probabilities) = (&analysis.evidence, &analysis.verdict.probabilities);
        Self {
            title: &posting.title,
            company: &posting.company,
            location: &posting.location,
            source: &posting.source,
            record: posting.record,
            id: &posting.id,
            why: why(lexicon, &analysis.verdict, evidence),
            tilt: analysis.verdict.tilt.map(printed),
            probabilities: [probabilities.left, probabilities.right, probabilities.neither],
            neither: ToldTerm::all(lexicon, analysis),
            score: evidence.score,
            warnings: &posting.warnings,
            kept: kept(&posting.kept),
            facts: ToldFacts::of(lexicon, analysis),
            flip: what_would_flip(evidence).iter().map(|found| found.skill.index()).collect(),
            title_factor: lexicon.section_factors().of(Section::Title),
            sections: sections(lexicon, analysis).into_iter().filter_map(|section| section.cut(shown)).collect(),
            matches: evidence
                .matches
                .iter()
                .map(|found| Matched::new(found, evidence.mentions_of(found), shown))
                .collect(),
            missing: posting.text.len() - shown,
        }
    }
}

fn kept(kept: &[KeptCell]) -> Vec<(&str, &str)> {
    let filled = kept.iter().filter(|cell| !cell.value.trim().is_empty());
    filled.map(|cell| (&*cell.column, start_of(&cell.value, KEPT_BYTES))).collect()
}

impl Matched {
    /// A skill with those of its mentions in the text that end before byte `end`.
    fn new(found: &SkillMatch, mentions: &[Mention], end: usize) -> Self {
        let (title, text): (Vec<&Mention>, Vec<&Mention>) =
            mentions.iter().partition(|mention| mention.section == Section::Title);
        let marked = |mention: &Mention| (mention.span.start, mention.span.end, mention.negated.into());
        let inside = text.into_iter().filter(|mention| mention.span.end <= end).map(marked);
        Self(
            found.skill.index(),
            found.contribution,
            found.section.name(),
            asked(found.requirement),
            inside.collect(),
            title.into_iter().map(marked).collect(),
        )
    }
}

/// The first `most` bytes of a text, or a little less where a character would be cut.
pub fn start_of(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        for (text, most, expected) in [("abc", 9, "abc"), ("abc", 2, "ab"), ("aé", 2, "a"), ("é", 0, "")] {
            assert_eq!(start_of(text, most), expected);
        }
    }
}
