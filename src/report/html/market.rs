//! The table of skills: what the postings of each role ask for, how often as a must, and what pay and years go with it.

use super::bars::class_of;
use super::figures::{grouped, number, percent, share};
use super::filter::{Filter, Names};
use super::overview::Overview;
use crate::lexicon::{Lexicon, Skill, SkillId};
use crate::report::amounts::Median;
use crate::report::market::Market;
use crate::report::skills::{SkillCount, SkillCounts};

/// Skills that are shown, those that most postings of the two roles ask for.
const SHOWN: usize = 200;
/// Fewer postings than this, and a median says nothing of a skill.
const LEAST: u64 = 3;

/// The table.
pub struct MarketTable<'p> {
    /// The currency of all pay; empty where no posting states a year's pay.
    pub currency: &'p str,
    /// Postings whose pay is left out: in another currency, or without currency or period.
    pub left_out: String,
    pub least: u64,
    /// Skills that are asked for and have no room.
    pub more: usize,
    pub rows: Vec<MarketRow<'p>>,
}

/// A skill.
pub struct MarketRow<'p> {
    pub name: &'p str,
    pub class: &'static str,
    pub of: Filter,
    pub roles: [InRole; 2],
}

/// A skill among the postings of one role.
pub struct InRole {
    /// The postings that ask for it.
    pub of: Filter,
    /// They as a share of the role's, and of them the share that requires it.
    pub asked: Figure,
    pub required: Option<Figure>,
    pub pay: Option<Figure>,
    pub years: Option<Figure>,
}

/// A number as it is shown, as it is sorted by, and how many postings it is of.
pub struct Figure {
    pub shown: String,
    pub value: f64,
    pub postings: String,
}

impl Figure {
    fn share(part: u64, whole: u64) -> Self {
        Self { shown: percent(part, whole), value: share(part, whole), postings: grouped(part) }
    }

    fn median(median: Median) -> Option<Self> {
        let value = median.value.filter(|_| median.postings >= LEAST)?;
        Some(Self { shown: grouped(value), value: number(value), postings: grouped(median.postings) })
    }
}

impl<'p> MarketTable<'p> {
    /// The skills that postings of a role ask for and that can be learned.
    pub fn new(lexicon: &'p Lexicon, overview: &Overview, skills: &'p SkillCounts, names: &Names<'_>) -> Self {
        let mut asked: Vec<(u64, SkillId, &Skill, &SkillCount)> = lexicon
            .skills_with_ids()
            .zip(skills.counts())
            .map(|((place, skill), counts)| (counts.leaning.iter().sum(), place, skill, counts))
            .filter(|(postings, _, skill, _)| *postings > 0 && lexicon.can_be_learned(skill))
            .collect();
        asked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.2.id.cmp(&b.2.id)));
        let row = |(_, place, skill, counts): &(u64, SkillId, &'p Skill, &SkillCount)| MarketRow {
            name: &skill.name,
            class: class_of(skill),
            of: Filter::default().with("skill", &skill.id),
            roles: [0, 1].map(|role| in_role(role, skill, counts, skills, &skills.market(*place), names)),
        };
        let currency = skills.currency().unwrap_or_default();
        let paid = overview.pay.get(currency).into_iter().flatten().map(|amounts| amounts.count()).sum::<u64>();
        Self {
            currency,
            left_out: grouped(overview.paid - paid),
            least: LEAST,
            more: asked.len().saturating_sub(SHOWN),
            rows: asked.iter().take(SHOWN).map(row).collect(),
        }
    }
}

fn in_role(
    role: usize,
    skill: &Skill,
    counts: &SkillCount,
    skills: &SkillCounts,
    market: &Market,
    names: &Names<'_>,
) -> InRole {
    let postings = counts.leaning[role];
    InRole {
        of: names.filter(role).with("skill", &skill.id),
        asked: Figure::share(postings, skills.leaning[role]),
        required: (postings > 0).then(|| Figure::share(counts.required_by[role], postings)),
        pay: Figure::median(market.pay[role + 1]),
        years: Figure::median(market.years[role + 1]),
    }
}
