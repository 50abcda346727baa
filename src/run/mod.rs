//! One run over many postings: read in order, analysed in parallel, handed on in order.
//!
//! A reader thread draws batches from a [`Source`](crate::input::Source), workers finish and classify them,
//! and the calling thread gives the results to the [`Sink`]s in input order, whatever
//! the number of threads. A fixed number of batches is under way at once, so memory
//! does not grow with the number of postings. Nothing is printed here.

mod duplicates;
pub(crate) mod ids;
mod known;
mod pipeline;
mod rows;
mod summary;

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use crate::classifier::Analysis;
use crate::input::{Posting, Skipped};

pub use duplicates::Duplicates;
pub use ids::SeenIds;
pub use known::Known;
pub use pipeline::run;
pub use rows::{Gap, Prepare, Rows};
pub use summary::{Leanings, Summary};

/// How a run is carried out.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Worker threads; fewer are started where the system refuses them.
    pub threads: NonZeroUsize,
    /// Whether the first skipped input ends the run.
    pub fail_fast: bool,
    /// Whether postings are marked whose text is the same, or nearly, as an earlier one.
    pub dedupe: bool,
    /// Postings that are passed over, because an earlier run has classified them.
    pub known: Option<Arc<Known>>,
}

impl Default for Settings {
    fn default() -> Self {
        let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self { threads, fail_fast: false, dedupe: false, known: None }
    }
}

/// A posting with what was said of it.
#[derive(Debug, Clone)]
pub struct Classified {
    /// Its place among the postings of the run, from 1: the key between the tables, for ids may
    /// repeat.
    pub number: u64,
    /// The posting.
    pub posting: Posting,
    /// Its analysis.
    pub analysis: Analysis,
}

/// Takes the results of a run, in input order.
pub trait Sink {
    /// What the workers are to make of each posting for this sink.
    fn preparations(&self) -> Vec<Arc<dyn Prepare>> {
        Vec::new()
    }

    /// Takes one classified posting, with what the workers made of it: one [`Rows`] for each
    /// of the [`preparations`](Self::preparations).
    ///
    /// # Errors
    /// When it cannot be written; the run then ends.
    fn classified(&mut self, result: &Classified, rows: &[Rows]) -> Result<(), SinkError>;

    /// Takes one input that was skipped.
    ///
    /// # Errors
    /// When it cannot be written; the run then ends.
    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        let _ = skipped;
        Ok(())
    }

    /// Nothing more is under way for now: what is buffered may be passed on, for whoever
    /// reads a pipe may wait for it.
    ///
    /// # Errors
    /// When it cannot be written; the run then ends.
    fn idle(&mut self) -> Result<(), SinkError> {
        Ok(())
    }

    /// Takes the totals once all else has been handed over.
    ///
    /// # Errors
    /// When the rest cannot be written.
    fn finish(&mut self, summary: &Summary) -> Result<(), SinkError> {
        let _ = summary;
        Ok(())
    }
}

/// A result that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {what}")]
pub struct SinkError {
    /// What was being written.
    pub what: String,
    /// Why it failed.
    #[source]
    pub cause: io::Error,
}

/// Why a run ended before its inputs did.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// An output could not be written.
    #[error(transparent)]
    Sink(#[from] SinkError),
    /// The run was asked to stop.
    #[error("interrupted")]
    Interrupted,
    /// A thread of the run panicked outside of any posting, and what it held is lost.
    #[error("internal error while {0}; no report was written; please file a bug with the output above")]
    Panicked(&'static str),
    /// The system gave no thread to read with, or none to analyse with.
    #[error(
        "the system refuses another thread: a limit on processes or memory (`ulimit -u`, `ulimit -v`) may be too low"
    )]
    Thread(#[source] io::Error),
    /// An input was skipped and the run was to end at the first.
    #[error("{}: {}", place(.0), .0.reason)]
    FailFast(Skipped),
}

fn place(skipped: &Skipped) -> String {
    match skipped.record {
        Some(record) => format!("{}, record {record}", skipped.source),
        None => skipped.source.clone(),
    }
}
