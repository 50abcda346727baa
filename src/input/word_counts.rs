//! How long texts are, counted while they are read.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::text::bytes::count;

/// Texts counted by their words: exactly up to [`EXACT`], beyond it in steps of a thirty-second
/// of a doubling, so that room does not grow with the number of texts.
#[derive(Debug)]
pub(super) struct WordCounts(Box<[AtomicU32; BUCKETS]>);

const EXACT: usize = 256;
const STEPS: usize = 32;
const BUCKETS: usize = EXACT + 24 * STEPS;

impl Default for WordCounts {
    fn default() -> Self {
        Self(Box::new([const { AtomicU32::new(0) }; BUCKETS]))
    }
}

impl WordCounts {
    /// Counts a text.
    pub(super) fn add(&self, text: &str) {
        // Words are not told from one another here: this is done for each posting of a run.
        let words = count(text.trim().as_bytes(), |byte| (byte == b' ') | (byte == b'\n')) + 1;
        self.add_words(words as u64);
    }

    fn add_words(&self, words: u64) {
        self.0[bucket(words)].fetch_add(1, Ordering::Relaxed);
    }

    /// How many texts were counted, and the words of the one in the middle, to some percent.
    pub(super) fn count_and_median(&self) -> (u64, u64) {
        let counts: Vec<u64> = self.0.iter().map(|count| u64::from(count.load(Ordering::Relaxed))).collect();
        let all: u64 = counts.iter().sum();
        let mut passed = 0;
        let middle = counts.iter().position(|count| {
            passed += count;
            passed * 2 > all
        });
        (all, middle.map_or(0, least_words))
    }
}

/// Where texts of so many words are counted.
fn bucket(words: u64) -> usize {
    let words = usize::try_from(words).unwrap_or(usize::MAX);
    if words < EXACT {
        return words;
    }
    let doublings = words.ilog2() as usize;
    // The bits below the first tell the step.
    let step = (words >> (doublings - STEPS.ilog2() as usize)) - STEPS;
    (EXACT + (doublings - EXACT.ilog2() as usize) * STEPS + step).min(BUCKETS - 1)
}

/// The fewest words that are counted there.
fn least_words(bucket: usize) -> u64 {
    if bucket < EXACT {
        return bucket as u64;
    }
    let (doublings, step) = ((bucket - EXACT) / STEPS, (bucket - EXACT) % STEPS);
    ((STEPS + step) as u64) << (doublings + EXACT.ilog2() as usize - STEPS.ilog2() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_exact_or_nearly() {
        for words in [0, 1, 40, 255, 256, 300, 1000, 123_456] {
            let counts = WordCounts::default();
            for words in [words, words, u64::MAX] {
                counts.add_words(words);
            }
            let (count, median) = counts.count_and_median();
            assert!(count == 3 && median <= words && words * 31 <= median * 32, "{words}: {median}");
        }
        assert_eq!(WordCounts::default().count_and_median(), (0, 0));
    }
}
