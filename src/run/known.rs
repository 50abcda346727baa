//! Postings that an earlier run has classified.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Posting;

/// What is known of earlier postings: the fingerprint of each, and how often one of them was met again.
#[derive(Debug, Default)]
pub struct Known {
    fingerprints: HashSet<u64>,
    met: AtomicU64,
}

impl Known {
    /// Postings of these [fingerprints](Posting::fingerprint).
    #[must_use]
    pub fn new(fingerprints: impl IntoIterator<Item = u64>) -> Self {
        Self { fingerprints: fingerprints.into_iter().collect(), met: AtomicU64::new(0) }
    }

    /// Whether a posting is among them; it is then counted.
    pub(super) fn meets(&self, posting: &Posting) -> bool {
        let is_known = self.fingerprints.contains(&posting.fingerprint());
        self.met.fetch_add(is_known.into(), Ordering::Relaxed);
        is_known
    }

    /// How many postings of the run were known.
    pub fn met(&self) -> u64 {
        self.met.load(Ordering::Relaxed)
    }
}
