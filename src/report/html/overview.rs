//! What the charts are drawn from: counts over a whole run, of a size that does not grow
//! with the number of postings.

use std::collections::BTreeMap;

use super::figures::number;
use crate::facts::DegreeLevel;
use crate::leaning::{DECIMALS, Leaning, SkillMatch};
use crate::lexicon::{Lexicon, Side};
use crate::matching::Requirement;
use crate::report::amounts::{Amounts, three_digits, yearly};
use crate::report::decimals::to_decimals;
use crate::run::Classified;

/// Bars of the histogram of tilt, from -1 to +1.
pub const TILT_BINS: usize = 20;
/// Evidence is counted in steps of this size, in log-odds.
pub const EVIDENCE_STEP: f64 = 0.25;
/// Steps of evidence that are distinguished; more evidence counts as the last step.
pub const EVIDENCE_STEPS: u16 = 400;

/// A count for each leaning: left, right, balanced, neither.
pub type ByLeaning = [u64; 4];

/// The place of a leaning in [`ByLeaning`].
pub fn leaning_index(leaning: Leaning) -> usize {
    match leaning {
        Leaning::Role(side) => side.index(),
        Leaning::Balanced => 2,
        Leaning::Neither => 3,
    }
}

/// What is counted of one skill.
#[derive(Debug, Clone, Copy, Default)]
pub struct SkillTally {
    /// Postings in which it is not negated, and so for the others but the last.
    pub postings: ByLeaning,
    pub required: u64,
    pub preferred: u64,
    pub negated: u64,
}

impl SkillTally {
    pub fn all(&self) -> u64 {
        self.postings.iter().sum()
    }
}

/// Counts over a whole run.
#[derive(Debug, Default)]
pub struct Overview {
    pub leanings: ByLeaning,
    pub tilt: [ByLeaning; TILT_BINS],
    /// By whole steps of left and of right evidence.
    pub evidence: BTreeMap<(u16, u16), ByLeaning>,
    /// In the order of the lexicon's skills.
    pub skills: Vec<SkillTally>,
    /// By what the title claims: the left role, the right role, neither.
    pub claims: [ByLeaning; 3],
    /// By the lowest degree that is asked for: none, then the levels upward.
    pub degrees: [ByLeaning; DegreeLevel::ALL.len() + 1],
    /// A year's pay, by currency.
    pub pay: BTreeMap<&'static str, [Amounts; 4]>,
    /// Postings that name any pay.
    pub paid: u64,
}

impl Overview {
    /// No postings yet.
    pub fn new(lexicon: &Lexicon) -> Self {
        Self { skills: vec![SkillTally::default(); lexicon.skills().len()], ..Self::default() }
    }

    /// Counts one posting.
    pub fn add(&mut self, result: &Classified) {
        let analysis = &result.analysis;
        let (verdict, evidence, facts) = (&analysis.verdict, &analysis.evidence, &analysis.facts);
        let leaning = leaning_index(verdict.leaning);
        self.leanings[leaning] += 1;
        if let Some(tilt) = verdict.tilt {
            self.tilt[tilt_bin(tilt)][leaning] += 1;
        }
        self.evidence.entry((steps(evidence.left.to_f64()), steps(evidence.right.to_f64()))).or_default()[leaning] += 1;
        for found in &evidence.matches {
            self.skill(found, leaning);
        }
        // What a title claims is held against the body alone.
        self.claims[analysis.title_leaning.map_or(2, Side::index)][leaning_index(analysis.body_leaning)] += 1;
        self.degrees[facts.degree().map_or(0, |level| level as usize + 1)][leaning] += 1;
        self.paid += u64::from(facts.pay.is_some());
        if let Some((currency, amount)) = facts.pay.as_ref().and_then(yearly) {
            self.pay.entry(currency).or_default()[leaning].add(three_digits(amount));
        }
    }

    fn skill(&mut self, found: &SkillMatch, leaning: usize) {
        let tally = &mut self.skills[found.skill.index()];
        if found.negated {
            tally.negated += 1;
            return;
        }
        tally.postings[leaning] += 1;
        tally.required += u64::from(found.requirement == Requirement::Required);
        tally.preferred += u64::from(found.requirement == Requirement::Preferred);
    }
}

/// Where a bar of the histogram begins, with one decimal.
pub fn tilt_edge(bin: usize) -> f64 {
    to_decimals(2.0 * number(bin as u64) / number(TILT_BINS as u64) - 1.0, 1)
}

/// The bar of a tilt; a tilt of zero stands right of the middle. It is that of the tilt as it is
/// printed, so that whoever filters a table by the edges of a bar gets what the bar counts.
fn tilt_bin(tilt: f64) -> usize {
    let tilt = to_decimals(tilt, DECIMALS);
    (1..TILT_BINS).take_while(|bin| tilt >= tilt_edge(*bin)).count()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to EVIDENCE_STEPS")]
fn steps(evidence: f64) -> u16 {
    (evidence / EVIDENCE_STEP).floor().min(EVIDENCE_STEPS.into()) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tilt_has_a_bar() {
        let cases = [
            (-1.0, 0),
            (-0.95, 0),
            (-0.9, 1),
            (-0.7, 3),
            (-0.05, 9),
            (-0.00004, 10),
            (0.0, 10),
            (0.05, 10),
            (0.3, 13),
            (0.95, 19),
            (1.0, 19),
        ];
        for (tilt, bin) in cases {
            assert_eq!(tilt_bin(tilt), bin, "{tilt}");
        }
    }
}
