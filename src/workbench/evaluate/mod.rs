//! Measuring verdicts against the labels of human readers.

mod evaluation;
mod gold;
mod judged;
mod metrics;

pub use evaluation::{Evaluation, baselines};
pub use gold::{Gold, GoldError};
pub use judged::{Judge, Judged};
pub(crate) use metrics::auc;
pub use metrics::{Calibration, LEANINGS, ReliabilityBin, Share};
