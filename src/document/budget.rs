//! A bound on the work that one posting may take.
//!
//! Every stage is linear in the length of a text by construction. Should one not be, for a
//! text that nobody thought of, the posting is given up with a reason, and no thread is
//! blocked by it. The same count lets a test see how work grows, on any machine.

use std::cell::Cell;

/// Units of work for each byte of text: postings take a tenth of this at most.
const PER_BYTE: u64 = 400;
/// Units of work for any text.
const AT_LEAST: u64 = 1_000_000;
/// Bytes that are looked through in the time of one other step.
const BYTES_A_STEP: usize = 8;

/// Counts work in units of one step: a phrase looked at, a neighbour compared, a byte read
/// by a pattern.
#[derive(Debug)]
pub struct Budget {
    spent: Cell<u64>,
    limit: u64,
}

/// A posting that would take more work than its length explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "analysing it takes more than {limit} steps, far more than a text of its length should; \
     take out long repetitions, and please report the file if it is an ordinary posting"
)]
pub struct TooMuchWork {
    /// The steps that a text of its length may take.
    pub limit: u64,
}

impl Budget {
    /// The budget for a text of so many bytes.
    #[must_use]
    pub fn for_text(bytes: usize) -> Self {
        Self { spent: Cell::new(0), limit: AT_LEAST + PER_BYTE * bytes as u64 }
    }

    /// Counts steps.
    pub fn spend(&self, steps: usize) {
        self.spent.set(self.spent.get().saturating_add(steps as u64));
    }

    /// Counts the steps of looking through so many bytes: several at a time are one step.
    pub fn spend_bytes(&self, bytes: usize) {
        self.spend(bytes / BYTES_A_STEP + 1);
    }

    /// The steps taken so far.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.spent.get()
    }

    /// # Errors
    /// When more was spent than there was.
    pub fn check(&self) -> Result<(), TooMuchWork> {
        if self.spent.get() <= self.limit { Ok(()) } else { Err(TooMuchWork { limit: self.limit }) }
    }
}
