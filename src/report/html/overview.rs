//! What the charts are drawn from: counts over a whole run, of a size that does not grow
//! with the number of postings.

use std::collections::BTreeMap;

use super::figures::number;
use crate::facts::{DegreeLevel, Pay, Period};
use crate::leaning::{DECIMALS, Leaning, SkillMatch};
use crate::lexicon::{Lexicon, Side};
use crate::matching::Requirement;
use crate::report::csv::to_decimals;
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
            self.pay.entry(currency).or_default()[leaning].add(amount);
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

/// The middle of what is paid for a year of full time: 2080 hours, 260 days, 52 weeks,
/// 12 months, as labour statistics have it. None without currency or period.
pub fn yearly(pay: &Pay) -> Option<(&'static str, f64)> {
    let amount = match (pay.min, pay.max) {
        (Some(min), Some(max)) => f64::midpoint(min, max),
        (one, other) => one.or(other)?,
    };
    let times = match pay.period? {
        Period::Hour => 2080.0,
        Period::Day => 260.0,
        Period::Week => 52.0,
        Period::Month => 12.0,
        Period::Year => 1.0,
    };
    Some((pay.currency?, amount * times))
}

/// Sums of money, kept to three digits, so that there are few different ones.
#[derive(Debug, Clone, Default)]
pub struct Amounts {
    counts: BTreeMap<u64, u64>,
}

impl Amounts {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sums of money")]
    fn add(&mut self, amount: f64) {
        let digit = 10_f64.powf((amount.max(1.0).log10() - 2.0).floor().max(0.0));
        *self.counts.entry(((amount / digit).round() * digit) as u64).or_default() += 1;
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The smallest sum that at least this share, from 0 to 1, does not exceed.
    #[expect(clippy::cast_precision_loss, reason = "counts of postings")]
    pub fn quantile(&self, share: f64) -> Option<u64> {
        let wanted = share * self.count() as f64;
        let mut below = 0;
        self.counts.iter().find_map(|(amount, count)| {
            below += count;
            (below as f64 >= wanted).then_some(*amount)
        })
    }
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

    #[test]
    fn pay_is_compared_by_the_year() {
        let pay = |min, max, period| Pay { min, max, currency: Some("EUR"), period };
        let cases = [
            (pay(Some(50_000.0), Some(60_000.0), Some(Period::Year)), Some(("EUR", 55_000.0))),
            (pay(Some(20.0), None, Some(Period::Hour)), Some(("EUR", 41_600.0))),
            (pay(None, Some(4_000.0), Some(Period::Month)), Some(("EUR", 48_000.0))),
            (pay(Some(4_000.0), None, None), None),
            (Pay { currency: None, ..pay(Some(1.0), None, Some(Period::Year)) }, None),
        ];
        for (pay, expected) in cases {
            assert_eq!(yearly(&pay), expected, "{pay:?}");
        }
    }

    #[test]
    fn quantiles_are_of_the_sums_seen() {
        let mut amounts = Amounts::default();
        assert_eq!(amounts.quantile(0.5), None);
        for amount in [41_649.0, 50_000.0, 60_000.0, 70_000.0] {
            amounts.add(amount);
        }
        assert_eq!(amounts.count(), 4);
        assert_eq!(
            [0.25, 0.5, 0.75, 1.0].map(|share| amounts.quantile(share)),
            [Some(41_600), Some(50_000), Some(60_000), Some(70_000)]
        );
    }
}
