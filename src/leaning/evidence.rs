//! What each skill of a posting contributes.

use super::{from_units, units};
use crate::lexicon::{Lexicon, Pull, Scoring, Side, SkillId};
use crate::matching::{Mention, Requirement};
use crate::document::Section;

/// A skill with all its mentions in one posting.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillMatch {
    /// The skill.
    pub skill: SkillId,
    /// Its mentions, from left to right; at least one.
    pub mentions: Vec<Mention>,
    /// The section of the mention that counts most.
    pub section: Section,
    /// How much the mention that counts most is asked for.
    pub requirement: Requirement,
    /// Whether every mention is negated; the skill then contributes nothing.
    pub negated: bool,
    /// How much of the skill's weight counts here: more for a required skill, for one
    /// named several times, less in a company blurb; 0 when negated.
    pub exposure: f64,
    /// Weight times exposure for words of other professions: what they hold against both
    /// roles. No part of the score; 0 for all other skills.
    pub away: f64,
    /// Weight times exposure: signed log-odds added to the score (positive = right), to [`super::DECIMALS`]
    /// decimals; 0 for skills that pull nowhere or away.
    pub contribution: f64,
}

impl SkillMatch {
    /// The years of experience asked of it, where a sentence binds them to it.
    #[must_use]
    pub fn years(&self) -> Option<u32> {
        self.mentions.iter().find_map(|mention| mention.years)
    }
}

/// Everything a verdict is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// The skills found, in the order of their first mentions.
    pub matches: Vec<SkillMatch>,
    /// The size of the negative part of the score: evidence for the left role, at least 0.
    pub left: f64,
    /// The positive part of the score: evidence for the right role, at least 0.
    pub right: f64,
    /// Evidence of other professions, at least 0; no part of the score.
    pub away: f64,
    /// The sum of all contributions to the two roles: `right - left`.
    pub score: f64,
    /// Distinct skills that count for the left, the right, both and neither role.
    pub skills: SkillCounts,
    /// Words in the text.
    pub words: usize,
}

/// Distinct skills that are found and not negated, by where they pull.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SkillCounts {
    /// Towards the left role.
    pub left: usize,
    /// Towards the right role.
    pub right: usize,
    /// Nowhere.
    pub shared: usize,
    /// Away from both.
    pub away: usize,
}

/// Groups mentions by skill and weighs each skill.
#[must_use]
pub fn weigh(lexicon: &Lexicon, mentions: &[Mention], words: usize) -> Evidence {
    let mut matches = group(lexicon, mentions);
    contribute(lexicon, &mut matches);
    let mut skills = SkillCounts::default();
    for found in matches.iter().filter(|found| !found.negated) {
        let count = match lexicon.skill(found.skill).pull {
            Pull::Toward(Side::Left) => &mut skills.left,
            Pull::Toward(Side::Right) => &mut skills.right,
            Pull::Shared => &mut skills.shared,
            Pull::Away => &mut skills.away,
        };
        *count += 1;
    }
    let contributions = || matches.iter().map(|found| units(found.contribution));
    let left = -contributions().map(|amount| amount.min(0)).sum::<i64>();
    let right = contributions().map(|amount| amount.max(0)).sum::<i64>();
    let away = matches.iter().map(|found| units(found.away)).sum();
    Evidence {
        matches,
        left: from_units(left),
        right: from_units(right),
        away: from_units(away),
        score: from_units(right - left),
        skills,
        words,
    }
}

fn group(lexicon: &Lexicon, mentions: &[Mention]) -> Vec<SkillMatch> {
    let scoring = lexicon.scoring();
    // For each skill of the lexicon the number of its match, from 1; quicker to clear than
    // a map is to fill.
    let mut numbers = vec![0_usize; lexicon.skills().len()];
    let mut matches: Vec<SkillMatch> = Vec::new();
    for mention in mentions {
        let number = &mut numbers[mention.skill.index()];
        if *number == 0 {
            matches.push(SkillMatch {
                skill: mention.skill,
                mentions: Vec::new(),
                section: mention.section,
                requirement: mention.requirement,
                negated: mention.negated,
                exposure: 0.0,
                away: 0.0,
                contribution: 0.0,
            });
            *number = matches.len();
        }
        matches[*number - 1].mentions.push(*mention);
    }
    for found in &mut matches {
        found.negated = found.mentions.iter().all(|mention| mention.negated);
        let standing = found.mentions.iter().filter(|mention| mention.negated == found.negated);
        // The first of the mentions that count most.
        if let Some(best) = standing.rev().max_by(|a, b| factor(scoring, a).total_cmp(&factor(scoring, b))) {
            (found.section, found.requirement) = (best.section, best.requirement);
        }
    }
    matches
}

/// What a mention counts for its place and for how much it is asked.
fn factor(scoring: &Scoring, mention: &Mention) -> f64 {
    let asked = match mention.requirement {
        Requirement::Required => scoring.required,
        Requirement::Preferred => scoring.preferred,
        Requirement::Unstated => scoring.unstated,
    };
    scoring.section_factor(mention.section) * asked
}

/// Sets exposures and contributions.
///
/// What a posting returns to it means more, but ten times is not ten times as much:
/// mentions count by their logarithm.
#[expect(clippy::cast_precision_loss, reason = "a count of mentions")]
fn contribute(lexicon: &Lexicon, matches: &mut [SkillMatch]) {
    let scoring = lexicon.scoring();
    for found in matches.iter_mut().filter(|found| !found.negated) {
        let standing = found.mentions.iter().filter(|mention| !mention.negated);
        let most = standing.clone().map(|mention| factor(scoring, mention)).fold(0.0, f64::max);
        let often = 1.0 + scoring.repeat_gain * (standing.count() as f64).ln();
        found.exposure = most * often;
        let skill = lexicon.skill(found.skill);
        let amount = from_units(units(skill.weight * found.exposure));
        (found.contribution, found.away) = if skill.pull == Pull::Away { (0.0, amount) } else { (amount, 0.0) };
    }
}
