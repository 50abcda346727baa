//! What a run adds up to.

use std::time::Duration;

use super::Classified;
use crate::input::{DocumentsRead, TableRead};
use crate::leaning::Leaning;
use crate::lexicon::Side;

/// The totals of a run.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Postings classified.
    pub classified: u64,
    /// Inputs skipped.
    pub skipped: u64,
    /// Postings that lean to the left role, to the right role, to both, to neither.
    pub leanings: Leanings,
    /// Postings whose title claims one role while they lean to the other.
    pub title_disagrees: u64,
    /// Postings whose id an earlier one has.
    pub repeated_ids: u64,
    /// Bytes of posting text.
    pub bytes: u64,
    /// Words of posting text.
    pub words: u64,
    /// What was read of tables; known when the run has ended.
    pub tables: Vec<TableRead>,
    /// What was read of documents, likewise.
    pub documents: Vec<DocumentsRead>,
    /// How long it took.
    pub elapsed: Duration,
}

/// How many postings had each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Leanings {
    /// The left role.
    pub left: u64,
    /// The right role.
    pub right: u64,
    /// Truly both.
    pub balanced: u64,
    /// Another profession, or too little said.
    pub neither: u64,
}

impl Summary {
    pub(super) fn add(&mut self, result: &Classified) {
        self.classified += 1;
        self.bytes += result.posting.text.len() as u64;
        self.words += result.analysis.evidence.words as u64;
        let leaning = result.analysis.verdict.leaning;
        if let (Leaning::Role(side), Some(claimed)) = (result.analysis.body_leaning, result.analysis.title_leaning) {
            self.title_disagrees += u64::from(side != claimed);
        }
        let count = match leaning {
            Leaning::Role(Side::Left) => &mut self.leanings.left,
            Leaning::Role(Side::Right) => &mut self.leanings.right,
            Leaning::Balanced => &mut self.leanings.balanced,
            Leaning::Neither => &mut self.leanings.neither,
        };
        *count += 1;
    }
}
