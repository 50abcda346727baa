//! What each skill of a posting contributes.

use std::collections::{BTreeMap, HashMap};

use super::{from_units, units};
use crate::lexicon::{Lexicon, Pull, Scoring, Side, SkillId};
use crate::matching::{Mention, Requirement};
use crate::text::Section;

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
    /// Signed log-odds added to the score (positive = right), to [`super::DECIMALS`]
    /// decimals. For skills that pull away: what they add to the other professions'
    /// side of the balance.
    pub contribution: f64,
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
    let mut matches = group(lexicon.scoring(), mentions);
    contribute(lexicon, &mut matches);
    let mut sums = [0_i64; 3];
    let mut skills = SkillCounts::default();
    for found in matches.iter().filter(|found| !found.negated) {
        let amount = units(found.contribution);
        match lexicon.skill(found.skill).pull {
            Pull::Toward(Side::Left) => (sums[0], skills.left) = (sums[0] + amount, skills.left + 1),
            Pull::Toward(Side::Right) => (sums[1], skills.right) = (sums[1] + amount, skills.right + 1),
            Pull::Shared => skills.shared += 1,
            Pull::Away => (sums[2], skills.away) = (sums[2] + amount, skills.away + 1),
        }
    }
    // A fitted weight may cross zero; the two parts are of the score, not of the pulls.
    let parts = |positive: bool| -> i64 {
        matches
            .iter()
            .filter(|found| !matches!(lexicon.skill(found.skill).pull, Pull::Away))
            .map(|found| units(found.contribution))
            .filter(|amount| (*amount > 0) == positive)
            .sum()
    };
    let (left, right) = (-parts(false), parts(true));
    Evidence {
        matches,
        left: from_units(left),
        right: from_units(right),
        away: from_units(sums[2]),
        score: from_units(right - left),
        skills,
        words,
    }
}

fn group(scoring: &Scoring, mentions: &[Mention]) -> Vec<SkillMatch> {
    let mut places: HashMap<SkillId, usize> = HashMap::new();
    let mut matches: Vec<SkillMatch> = Vec::new();
    for mention in mentions {
        let at = *places.entry(mention.skill).or_insert_with(|| {
            matches.push(SkillMatch {
                skill: mention.skill,
                mentions: Vec::new(),
                section: mention.section,
                requirement: mention.requirement,
                negated: mention.negated,
                contribution: 0.0,
            });
            matches.len() - 1
        });
        matches[at].mentions.push(*mention);
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
    place_factor(scoring, mention.section, mention.requirement)
}

fn place_factor(scoring: &Scoring, section: Section, requirement: Requirement) -> f64 {
    let asked = match requirement {
        Requirement::Required => scoring.required,
        Requirement::Preferred => scoring.preferred,
        Requirement::Unstated => scoring.unstated,
    };
    scoring.section_factor(section) * asked
}

/// Sets the contributions: weight, times place, times the decay within a category.
fn contribute(lexicon: &Lexicon, matches: &mut [SkillMatch]) {
    let scoring = lexicon.scoring();
    let mut groups: BTreeMap<(usize, bool, bool), Vec<(usize, f64)>> = BTreeMap::new();
    for (at, found) in matches.iter().enumerate().filter(|(_, found)| !found.negated) {
        let skill = lexicon.skill(found.skill);
        let amount = skill.weight * place_factor(scoring, found.section, found.requirement);
        let away = skill.pull == Pull::Away;
        groups.entry((skill.category, away, amount > 0.0)).or_default().push((at, amount));
    }
    for mut group in groups.into_values() {
        group.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
        let mut share = 1.0;
        for (at, amount) in group {
            matches[at].contribution = from_units(units(amount * share));
            share *= scoring.same_category_decay;
        }
    }
}
