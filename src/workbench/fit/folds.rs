//! Which postings are left out together.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::example::Example;

/// Sources beyond this many are left out in groups.
const MOST: usize = 60;
/// With fewer sources than this, leaving one out would leave out too much.
const LEAST_SOURCES: usize = 3;

/// The parts of a cross-validation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folds {
    /// The part of each posting.
    pub(super) of: Vec<usize>,
    /// How many parts there are.
    pub count: usize,
    /// Whether each part is made of whole sources.
    pub by_source: bool,
}

impl Folds {
    /// Whole sources where the postings name several, else `parts` parts.
    ///
    /// They are drawn by the names of the sources or the ids of the postings, so they are the
    /// same in every run and whatever the order of the input.
    #[must_use]
    pub fn draw(examples: &[Example], parts: usize) -> Self {
        let sources: BTreeSet<&str> = examples.iter().map(|example| example.source.as_str()).collect();
        if sources.len() < LEAST_SOURCES {
            return Self { of: by_id(examples, parts.max(1)), count: parts.max(1), by_source: false };
        }
        let mut ranked: Vec<&str> = sources.into_iter().collect();
        ranked.sort_by_cached_key(|source| Sha256::digest(source.as_bytes()));
        let count = ranked.len().min(MOST);
        let place = |source: &str| ranked.iter().position(|each| *each == source).unwrap_or_default() % count;
        Self { of: examples.iter().map(|example| place(&example.source)).collect(), count, by_source: true }
    }
}

/// Examples are ranked by a hash of their ids, within each role, and dealt out in turn.
fn by_id(examples: &[Example], parts: usize) -> Vec<usize> {
    let mut ranked: Vec<usize> = (0..examples.len()).collect();
    ranked.sort_by_cached_key(|at| (examples[*at].side(), Sha256::digest(examples[*at].id.as_bytes())));
    let mut of = vec![0; examples.len()];
    for (rank, at) in ranked.into_iter().enumerate() {
        of[at] = rank % parts;
    }
    of
}
