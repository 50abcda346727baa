//! How a command ended that did not fail.

/// What a command returns; [`crate::exit`] makes an exit code of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was read.
    Complete,
    /// The run ended, but some inputs were skipped, or some checks failed.
    Incomplete,
}
