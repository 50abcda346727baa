//! What is noticed while a run goes on: warnings, and the first inputs that were skipped.

use rolelean::input::Skipped;
use rolelean::run::{Classified, Rows, Sink, SinkError};

use crate::terminal::{WARNING, note, plain_line};

/// Reasons for skipping that the closing summary lists.
const SHOWN_SKIPS: usize = 5;

/// What the closing summary shows besides the totals.
#[derive(Default)]
pub struct Notices {
    pub verbose: bool,
    /// The first inputs that were skipped.
    pub skipped: Vec<Skipped>,
    /// Postings with warnings.
    pub warnings: u64,
}

impl Notices {
    /// Nothing yet; `verbose` prints each warning as it comes.
    pub fn new(verbose: bool) -> Self {
        Self { verbose, ..Self::default() }
    }
}

impl Sink for Notices {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        let posting = &result.posting;
        self.warnings += u64::from(!posting.warnings.is_empty());
        if self.verbose {
            for warning in &posting.warnings {
                note(&format!("{WARNING}warning:{WARNING:#} {}: {}\n", plain_line(&posting.id), plain_line(warning)));
            }
        }
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        if self.skipped.len() < SHOWN_SKIPS {
            self.skipped.push(skipped.clone());
        }
        Ok(())
    }
}
