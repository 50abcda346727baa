//! Why a posting leans to neither role, or to both, in a sentence with its numbers.

use super::evidence::Evidence;
use super::verdict::{Reason, Verdict};
use crate::lexicon::{Lexicon, Side};

/// The sentence; `None` where the posting leans to a role.
#[must_use]
pub fn why(lexicon: &Lexicon, verdict: &Verdict, evidence: &Evidence) -> Option<String> {
    let Evidence { left, right, skills, other_profession, words, .. } = evidence;
    let of_roles = format!("{} with evidence {:.2}", counted(skills.left + skills.right, "skill"), *left + *right);
    let said = match verdict.reason? {
        Reason::Both => {
            let [of_left, of_right] = Side::BOTH.map(|side| lexicon.role(side).label.as_str());
            let tilt = verdict.tilt.unwrap_or(0.0);
            return Some(format!(
                "Both roles are asked for and neither clearly more: evidence {left:.2} for {of_left}, {right:.2} \
                 for {of_right}, tilt {tilt:+.2}."
            ));
        }
        Reason::TooLittle => format!("Too little of either role: {of_roles}"),
        Reason::TooDiffuse => format!("Too little of either role for {}: {of_roles}", counted(*words, "word")),
        Reason::OtherProfession => {
            let others = counted(skills.other_profession, "skill");
            format!(
                "Other professions outweigh both roles: {others} with evidence {other_profession:.2} against {of_roles}"
            )
        }
    };
    Some(format!("{said}; neither role with probability {:.2}.", verdict.probabilities.neither))
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
