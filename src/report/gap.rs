//! What postings of each role ask for and a text, such as a CV, does not name.

use std::collections::HashSet;

use super::proportion::Proportion;
use super::skills::SkillCounts;
use crate::classifier::Analysis;
use crate::lexicon::{Lexicon, Side, Skill, SkillId};

/// What the postings of one role ask for, against what a text names.
#[derive(Debug)]
#[non_exhaustive]
pub struct SkillGap<'l> {
    /// The role.
    pub side: Side,
    /// Postings that lean to it.
    pub postings: u64,
    /// How many of the skills they ask for the text names, of all.
    pub named: Proportion,
    /// The skills that it lacks, those that most postings ask for first.
    pub missing: Vec<MissingSkill<'l>>,
}

/// A skill that postings ask for and a text lacks.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct MissingSkill<'l> {
    /// The skill.
    pub skill: &'l Skill,
    /// The postings of the role that name it.
    pub postings: Proportion,
    /// Of those, the ones that require it.
    pub required: u64,
    /// Of those, the ones that prefer it.
    pub preferred: u64,
}

impl<'l> SkillGap<'l> {
    /// The gaps to both roles, the left one first. Words of other professions are no skills of either role and are left out,
    /// as are names of jobs, which nobody can learn, and negated ones.
    #[must_use]
    pub fn of(lexicon: &'l Lexicon, text: &Analysis, counts: &SkillCounts) -> [Self; 2] {
        let found = text.evidence.matches.iter().filter(|found| !found.negated);
        let named: HashSet<SkillId> = found.map(|found| found.skill).collect();
        Side::BOTH.map(|side| Self::to(side, lexicon, &named, counts))
    }

    fn to(side: Side, lexicon: &'l Lexicon, named: &HashSet<SkillId>, counts: &SkillCounts) -> Self {
        let (at, of) = (side.index(), counts.leaning[side.index()]);
        let found = lexicon.skill_ids().zip(counts.counts()).filter(|(_, counts)| counts.leaning[at] > 0);
        let asked = found
            .map(|(id, counts)| (id, lexicon.skill(id), counts))
            .filter(|(_, skill, _)| lexicon.can_be_learned(skill));
        let (mut both, mut missing) = (Proportion::default(), Vec::new());
        for (id, skill, counts) in asked {
            both.of += 1;
            if named.contains(&id) {
                both.count += 1;
                continue;
            }
            let postings = Proportion { count: counts.leaning[at], of };
            missing.push(MissingSkill {
                skill,
                postings,
                required: counts.required_by[at],
                preferred: counts.preferred_by[at],
            });
        }
        missing.sort_by(|a, b| {
            let order = |skill: &MissingSkill<'_>| (skill.postings.count, skill.required);
            order(b).cmp(&order(a)).then_with(|| a.skill.id.cmp(&b.skill.id))
        });
        Self { side, postings: of, named: both, missing }
    }
}
