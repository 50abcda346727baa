//! What is known of words, for whoever asks it of most words of a text.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::Span;
use crate::text::bytes::load;

/// Bytes of a number.
const NUMBER: usize = size_of::<u64>();

/// What is known of each of some words. Short ones, as nearly all are, are looked up by the number that
/// their bytes make, long ones only where their beginning is known.
pub(super) struct WordMap<T> {
    short: FxHashMap<u64, T>,
    /// How the long ones begin.
    beginnings: FxHashSet<u64>,
    long: FxHashMap<Box<str>, T>,
}

impl<T: Copy + Default> Default for WordMap<T> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), beginnings: FxHashSet::default(), long: FxHashMap::default() }
    }
}

impl<T: Copy + Default> WordMap<T> {
    /// What is known of a word, to be added to.
    pub(super) fn entry(&mut self, word: &str) -> &mut T {
        let start = load(word.as_bytes(), 0);
        if word.len() <= NUMBER {
            return self.short.entry(start).or_default();
        }
        self.beginnings.insert(start);
        self.long.entry(word.into()).or_default()
    }

    /// What is known of the word that stands at `span` of `text`.
    #[inline]
    pub(super) fn get(&self, text: &str, span: Span) -> T {
        let start = || load(text.as_bytes(), span.start);
        let known = match span.end - span.start {
            // What touches a name is often a mark.
            0 => None,
            // No word holds a byte of zeros.
            len @ 1..=NUMBER => self.short.get(&(start() & (u64::MAX >> (8 * (NUMBER - len))))),
            _ if self.beginnings.contains(&start()) => self.long.get(span.of(text)),
            _ => None,
        };
        known.copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_by_all_their_bytes() {
        let known = ["a", "at", "attends", "attended", "attending", "\u{e9}t\u{e9}"];
        let mut words: WordMap<usize> = WordMap::default();
        for (word, at) in known.iter().zip(1..) {
            *words.entry(word) = at;
        }
        let text = "attend a attended attending attendance, t \u{e9}t\u{e9} atten";
        let found: Vec<usize> =
            crate::text::whole_words(text, Span::new(0, text.len())).map(|word| words.get(text, word)).collect();
        assert_eq!(found, [0, 1, 4, 5, 0, 0, 6, 0]);
        assert_eq!(words.get(text, Span::new(0, 0)), 0);
    }
}
