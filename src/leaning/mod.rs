//! From mentions to a verdict: pure functions, nothing hidden.
//!
//! Each distinct skill that is found and not negated contributes its weight times
//! what its best mention counts; the contributions add up to the score, and the score
//! and its two parts give the tilt. There is no intercept: a posting without evidence has
//! score zero. A second sum, of a few terms that are shown as well, says how likely the posting
//! belongs to neither role; both sums give three probabilities and the verdict.

mod evidence;
mod flip;
mod neither;
mod sentence;
#[cfg(test)]
mod tests;
mod verdict;

pub use evidence::{Evidence, EvidenceParts, SkillMatch, SkillsByLeaning, TitleNames};
pub(crate) use evidence::{TitleFactor, body_value, weigh};
pub use flip::what_would_flip;
pub(crate) use neither::value as neither_value;
pub use neither::{NeitherTerm, neither_terms};
pub use sentence::why;
pub use verdict::{Leaning, Probabilities, Reason, Verdict};
pub(crate) use verdict::{judge, judge_by, tilt};

/// Decimals with which tilts and probabilities are printed: those of [`LogOdds`](crate::LogOdds).
pub const DECIMALS: usize = crate::LogOdds::DECIMALS;
