//! Verdicts beside the labels of the same postings.

use std::collections::HashSet;

use super::gold::Gold;
use crate::leaning::{Leaning, Verdict};
use crate::lexicon::Side;
use crate::run::{Classified, Rows, Sink, SinkError};

/// A posting with the readers' label and the verdict.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The posting's id.
    pub id: String,
    /// Where it comes from: as the labels say, or what stands before the first `:` or `/` of its
    /// id; empty where neither tells.
    pub source: String,
    /// The readers' label.
    pub label: Leaning,
    /// The verdict.
    pub verdict: Verdict,
    /// The role that the title alone names.
    pub title: Option<Side>,
    /// The whole result, for explanations.
    pub result: Classified,
}

/// Collects the results of a run that have a label.
#[derive(Debug)]
pub struct Judge<'g> {
    gold: &'g Gold,
    /// The labelled postings of the run, in input order.
    pub judged: Vec<Judged>,
}

impl<'g> Judge<'g> {
    /// Judges by `gold`.
    #[must_use]
    pub fn new(gold: &'g Gold) -> Self {
        Self { gold, judged: Vec::new() }
    }

    /// The labelled ids that the run did not have.
    #[must_use]
    pub fn missing(&self) -> Vec<&'g str> {
        let seen: HashSet<&str> = self.judged.iter().map(|posting| posting.id.as_str()).collect();
        self.gold.ids().filter(|id| !seen.contains(id)).collect()
    }
}

impl Sink for Judge<'_> {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        if let Some(label) = self.gold.label(&result.posting.id) {
            self.judged.push(Judged {
                id: result.posting.id.clone(),
                source: self.gold.source(&result.posting.id).to_owned(),
                label,
                verdict: result.analysis.verdict,
                title: result.analysis.title_leaning,
                result: result.clone(),
            });
        }
        Ok(())
    }
}
