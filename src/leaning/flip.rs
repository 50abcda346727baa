//! What would have to be gone for the verdict to be the other one.

use super::{Evidence, SkillMatch, units};

/// The fewest skills without which the score would change its sign, strongest first;
/// empty when the score is zero.
#[must_use]
pub fn what_would_flip(evidence: &Evidence) -> Vec<&SkillMatch> {
    let sign = evidence.score.signum();
    let mut score = units(evidence.score);
    let mut winning: Vec<&SkillMatch> =
        evidence.matches.iter().filter(|found| found.contribution * sign > 0.0).collect();
    winning.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()).then(a.skill.cmp(&b.skill)));
    let mut gone = Vec::new();
    for found in winning {
        if score == 0 || (score > 0) != (sign > 0.0) {
            break;
        }
        score -= units(found.contribution);
        gone.push(found);
    }
    if evidence.score == 0.0 { Vec::new() } else { gone }
}
