//! What would have to be gone for the verdict to be the other one.

use std::cmp::Reverse;

use super::{Evidence, SkillMatch, units};

/// The fewest skills without which the score would change its sign, strongest first;
/// empty when the score is zero.
#[must_use]
pub fn what_would_flip(evidence: &Evidence) -> Vec<&SkillMatch> {
    let score = units(evidence.score);
    let pull = |found: &SkillMatch| units(found.contribution) * score.signum();
    let mut skills: Vec<&SkillMatch> = evidence.matches.iter().collect();
    skills.sort_by_key(|found| (Reverse(pull(found)), found.skill));
    // Those that pull to the side of the score are worth more than it together, so it is
    // used up before the first that does not.
    let mut rest = score.abs();
    let needed = |found: &&SkillMatch| {
        let needed = rest > 0;
        rest -= pull(found);
        needed
    };
    skills.into_iter().take_while(needed).collect()
}
