//! From mentions to a verdict: pure functions, nothing hidden.
//!
//! Each distinct skill that is found and not negated contributes its weight times
//! what its best mention counts; the contributions add up to the score, and the score
//! and its two parts give tilt, probability and verdict. There is no intercept: a
//! posting without evidence has score zero.

mod evidence;
mod flip;
#[cfg(test)]
mod tests;
mod verdict;

pub(crate) use evidence::weigh;
pub use evidence::{Evidence, SkillMatch, SkillsByLeaning};
pub use flip::what_would_flip;
pub use verdict::{Leaning, Reason, Verdict};
pub(crate) use verdict::{judge, tilt};

/// Decimals with which tilts and probabilities are printed: those of [`LogOdds`](crate::LogOdds).
pub const DECIMALS: usize = crate::LogOdds::DECIMALS;
