//! Measuring verdicts against the labels of human readers.

mod evaluation;
mod figures;
mod gold;
mod judged;
mod metrics;

pub use evaluation::{Evaluation, baselines};
pub use figures::{Figures, Outcome};
pub use gold::{Gold, GoldError};
pub use judged::{Judge, Judged};
pub use metrics::{Calibration, LEANINGS, ReliabilityBin, Share};
