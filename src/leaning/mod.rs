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
pub use evidence::{Evidence, SkillCounts, SkillMatch};
pub use flip::what_would_flip;
pub use verdict::{Leaning, Reason, Verdict};
pub(crate) use verdict::{judge, tilt};

/// Contributions and scores are kept to this many decimals, so that the printed
/// contributions add up to the printed score exactly.
pub const DECIMALS: usize = 4;

/// Units of the last decimal in one.
const UNITS: f64 = 10_000.0;

/// A value as a whole number of units of its last decimal.
fn units(value: f64) -> i64 {
    (value * UNITS).round() as i64
}

/// The value of a whole number of units.
fn from_units(units: i64) -> f64 {
    units as f64 / UNITS
}
