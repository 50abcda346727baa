//! Measuring verdicts against the labels of human readers.

mod evaluation;
mod gold;
mod judged;
pub mod metrics;

pub use evaluation::{Evaluation, baselines};
pub use gold::{Gold, GoldError};
pub use judged::{Judge, Judged};
