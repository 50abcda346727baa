//! Which skills a posting would have to lack for the verdict to be the other one.

use std::cmp::Reverse;

use super::evidence::{Evidence, SkillMatch};
use crate::lexicon::Side;
use crate::log_odds::LogOdds;

/// The fewest skills without which the score would change its sign, strongest first;
/// empty when the score is zero.
#[must_use]
pub fn what_would_flip(evidence: &Evidence) -> Vec<&SkillMatch> {
    let is_left = Side::of_score(evidence.score) == Some(Side::Left);
    // What a skill adds to the side that the score is on.
    let support = |found: &SkillMatch| if is_left { -found.contribution } else { found.contribution };
    let mut skills: Vec<&SkillMatch> = evidence.matches.iter().collect();
    skills.sort_by_key(|found| (Reverse(support(found)), found.skill));
    // Those on the side of the score are worth more than it together, so it is used up
    // before the first that is not.
    let mut rest = evidence.score.abs();
    let needed = |found: &&SkillMatch| {
        let needed = rest > LogOdds::ZERO;
        rest = rest - support(found);
        needed
    };
    skills.into_iter().take_while(needed).collect()
}
