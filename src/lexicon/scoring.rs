//! How evidence becomes a verdict: the tables of `lexicon.toml` that hold numbers.
//!
//! Each table is one type, read and written by serde under the names that stand here; a number
//! that is added to one of them needs no other place but the JSON Schema, which a test compares.

use std::ops::{Range, RangeInclusive};

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::role::Side;
use super::skill::SkillLeaning;
use crate::document::Section;
use crate::log_odds::LogOdds;

/// `[scoring]`: what a skill weighs, and from when on evidence is enough for which verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scoring {
    /// Log-odds of a skill of strength 1, 2 and 3 that has no fitted weight.
    pub strength_weights: [LogOdds; 3],
    /// What a second mention adds: a skill named n times counts `1 + repeat_gain * ln n`
    /// times.
    pub repeat_gain: f64,
    /// Evidence added to both sides when the tilt is taken, so that a single mention
    /// does not tilt a posting fully.
    pub tilt_smoothing: f64,
    /// Below this absolute tilt a posting with enough evidence is balanced.
    pub balanced_tilt: f64,
    /// The evidence that each side must have in a balanced posting.
    pub balanced_evidence: f64,
    /// The most log-odds that the title may add, all its skills together: what a posting is
    /// called never outweighs a body that says clearly what it is.
    pub title_limit: f64,
    /// Log-odds of the side being right for each unit of score.
    pub calibration_slope: f64,
    /// Log-odds of the side being right for each unit of tilt.
    pub calibration_tilt: f64,
    /// The share of each probability that is given to all three answers alike, because few
    /// labelled postings, or none, have tested these numbers. No verdict depends on it.
    #[serde(default)]
    pub doubt: f64,
}

impl Scoring {
    /// The doubt where no labelled posting has tested the numbers: no role is then more probable
    /// than 0.8.
    pub const UNTESTED: f64 = 0.3;

    /// The hand prior of a skill of `strength` (0 to 3): its log-odds, negative for the left
    /// side, before postings say otherwise.
    pub(crate) fn prior(&self, leaning: SkillLeaning, strength: u8) -> LogOdds {
        let Some(at) = usize::from(strength.min(3)).checked_sub(1) else { return LogOdds::ZERO };
        let weight = self.strength_weights[at];
        match leaning {
            SkillLeaning::Toward(Side::Left) => -weight,
            SkillLeaning::Toward(Side::Right) | SkillLeaning::OtherProfession => weight,
            SkillLeaning::Shared => LogOdds::ZERO,
        }
    }
}

/// `[section_factors]`: what a mention counts in each section, from 0 to 1; in the title up
/// to 3.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectionFactors([f64; SectionFactors::SECTIONS.len()]);

/// The largest factor of the title: its few words may say more than the same words in the body.
pub const MOST_IN_TITLE: f64 = 3.0;

impl SectionFactors {
    /// The sections that have a factor: the title, and those of a body, in the order of [`Section`].
    pub const SECTIONS: [Section; Section::ALL.len() + 1] = {
        let mut sections = [Section::Title; Section::ALL.len() + 1];
        let mut at = 0;
        while at < Section::ALL.len() {
            sections[at + 1] = Section::ALL[at];
            at += 1;
        }
        sections
    };

    /// The factors given; 1 for every other section.
    pub(crate) fn new(given: impl IntoIterator<Item = (Section, f64)>) -> Self {
        given
            .into_iter()
            .fold(Self([1.0; Self::SECTIONS.len()]), |factors, (section, factor)| factors.with(section, factor))
    }

    /// These factors with another one for `section`.
    pub(crate) fn with(mut self, section: Section, factor: f64) -> Self {
        if let Some(of_section) = self.0.get_mut(section as usize) {
            *of_section = factor;
        }
        self
    }

    /// What a mention in `section` counts.
    #[must_use]
    pub fn of(&self, section: Section) -> f64 {
        // What is no part of the posting has none, and counts nothing.
        self.0.get(section as usize).copied().unwrap_or(0.0)
    }

    /// Every section with its factor.
    pub fn iter(&self) -> impl Iterator<Item = (Section, f64)> {
        Self::SECTIONS.into_iter().zip(self.0)
    }
}

/// `[requirement_factors]`: what a mention counts by how much it is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementFactors {
    /// What a required mention counts.
    pub required: f64,
    /// What a mention counts that is only welcome.
    pub preferred: f64,
    /// What a mention counts where nothing says how much it is asked for.
    pub unstated: f64,
}

/// A number of `lexicon.toml` outside its range.
#[derive(Debug, PartialEq)]
pub(crate) struct OutOfRange {
    /// What a message calls it.
    pub what: String,
    pub number: f64,
    pub range: RangeInclusive<f64>,
    /// Where it stands in the file.
    pub span: Range<usize>,
}

/// The largest number a lexicon may give a weight, a factor or a threshold. Ten is already
/// beyond doubt in log-odds, and sums of numbers without measure are none.
pub(crate) const LARGEST: f64 = 100.0;

/// The tables whose numbers have a range.
const TABLES: [&str; 4] = ["scoring", "section_factors", "requirement_factors", "neither"];

/// The numbers of a manifest that are out of their range, in the order of the file; none where
/// the file cannot be parsed.
pub(crate) fn out_of_range(manifest: &str) -> Vec<OutOfRange> {
    let Ok(manifest) = DeTable::parse(manifest) else { return Vec::new() };
    let mut found = Vec::new();
    for table in TABLES {
        let keys = manifest.get_ref().get(table).and_then(|value| value.get_ref().as_table());
        for (key, value) in keys.into_iter().flatten() {
            let range = range_of(table, key.get_ref());
            let outside = numbers(value).into_iter().filter(|(number, _)| !range.contains(number));
            found.extend(outside.map(|(number, span)| OutOfRange {
                what: name_of(key.get_ref(), value.get_ref()),
                number,
                range: range.clone(),
                span,
            }));
        }
    }
    found.sort_by_key(|outside| outside.span.start);
    found
}

/// Factors of sections and the tilt are shares; what speaks for neither role may also speak
/// against it.
fn range_of(table: &str, key: &str) -> RangeInclusive<f64> {
    match (table, key) {
        ("neither", _) => -LARGEST..=LARGEST,
        ("section_factors", "title") => 0.0..=MOST_IN_TITLE,
        ("section_factors", _) | (_, "balanced_tilt" | "doubt") => 0.0..=1.0,
        _ => 0.0..=LARGEST,
    }
}

/// What a message calls the number of a key: `strength_weights` holds strength weights.
fn name_of(key: &str, value: &DeValue<'_>) -> String {
    if value.is_array() { format!("a {}", key.trim_end_matches('s').replace('_', " ")) } else { key.to_owned() }
}

/// The number that a value is, or those of the list that it is.
fn numbers(value: &Spanned<DeValue<'_>>) -> Vec<(f64, Range<usize>)> {
    let number = |text: &str| text.parse().ok().map(|number| (number, value.span())).into_iter().collect();
    match value.get_ref() {
        DeValue::Integer(integer) => number(integer.as_str()),
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Array(values) => values.iter().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}
