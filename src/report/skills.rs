//! Which skills earn their place: counts over a whole run.

use super::market::{Currencies, Market, MarketCounts, PayAndYears};
use crate::lexicon::{Lexicon, SkillId};
use crate::matching::Requirement;
use crate::run::Classified;

/// What is counted of one skill; negated matches do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SkillCount {
    /// Postings that have it.
    pub postings: u64,
    /// Of those, the ones that lean left and right.
    pub leaning: [u64; 2],
    /// Of those, the ones that demand it.
    pub required: u64,
    /// Of those, the ones that merely welcome it.
    pub preferred: u64,
    /// Of those that demand it, the ones that lean left and right.
    pub required_by: [u64; 2],
    /// Of those that merely welcome it, the ones that lean left and right.
    pub preferred_by: [u64; 2],
    /// Of those, the ones whose verdict rests on this skill alone: no other skill of
    /// its side was found.
    pub sole_evidence: u64,
}

/// The counts of all skills of a lexicon.
#[derive(Debug, Clone)]
pub struct SkillCounts {
    counts: Vec<SkillCount>,
    /// Pay and years; none for a skill whose postings have stated neither yet, as for most.
    markets: Vec<Option<Box<MarketCounts>>>,
    currencies: Currencies,
    /// Postings counted.
    pub postings: u64,
    /// Postings that lean left and right.
    pub leaning: [u64; 2],
}

impl SkillCounts {
    /// No postings yet.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        let skills = lexicon.skills().len();
        Self {
            counts: vec![SkillCount::default(); skills],
            markets: vec![None; skills],
            currencies: Currencies::default(),
            postings: 0,
            leaning: [0; 2],
        }
    }

    /// Counts one posting.
    pub fn add(&mut self, lexicon: &Lexicon, result: &Classified) {
        let analysis = &result.analysis;
        let leaning = analysis.verdict.leaning.side();
        self.postings += 1;
        if let Some(side) = leaning {
            self.leaning[side.index()] += 1;
        }
        let stated = PayAndYears::of(analysis);
        self.currencies.add(&stated);
        for found in analysis.evidence.matches.iter().filter(|found| !found.negated) {
            let count = &mut self.counts[found.skill.index()];
            count.postings += 1;
            if stated.states_any() {
                self.markets[found.skill.index()].get_or_insert_default().add(&stated);
            }
            let (required, preferred) = match found.requirement {
                Requirement::Required => (1, 0),
                Requirement::Preferred => (0, 1),
                Requirement::Unstated => (0, 0),
            };
            count.required += required;
            count.preferred += preferred;
            let Some(side) = leaning else { continue };
            count.leaning[side.index()] += 1;
            count.required_by[side.index()] += required;
            count.preferred_by[side.index()] += preferred;
            count.sole_evidence += u64::from(analysis.evidence.is_sole(lexicon, side, found));
        }
    }

    /// The counts, in the order of the lexicon's skills.
    #[must_use]
    pub fn counts(&self) -> &[SkillCount] {
        &self.counts
    }

    /// The currency that most postings state pay in, as an ISO code.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.currencies.commonest()
    }

    /// Pay, in [that currency](Self::currency), and years of the postings that have a skill.
    #[must_use]
    pub fn market(&self, skill: SkillId) -> Market {
        self.markets[skill.index()].as_ref().map(|counts| counts.market(self.currency())).unwrap_or_default()
    }
}
