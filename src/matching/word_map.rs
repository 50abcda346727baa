//! What is known of words, for whoever asks it of most words of a text.

use rustc_hash::FxHashMap;

use crate::text::Span;
use crate::text::bytes::load;

/// Bytes of a number.
const NUMBER: usize = size_of::<u64>();

/// What is known of each of some words. Short ones, as nearly all are, are looked up by the number that
/// their bytes make.
pub(super) struct WordMap<T> {
    short: FxHashMap<u64, T>,
    long: FxHashMap<Box<str>, T>,
}

impl<T> Default for WordMap<T> {
    fn default() -> Self {
        Self { short: FxHashMap::default(), long: FxHashMap::default() }
    }
}

impl<T: Copy + Default> WordMap<T> {
    /// What is known of a word, to be added to.
    pub(super) fn entry(&mut self, word: &str) -> &mut T {
        match number(word, Span::new(0, word.len())) {
            Some(number) => self.short.entry(number).or_default(),
            None => self.long.entry(word.into()).or_default(),
        }
    }

    /// What is known of the word that stands at `span` of `text`.
    pub(super) fn get(&self, text: &str, span: Span) -> Option<T> {
        match number(text, span) {
            Some(number) => self.short.get(&number),
            None => self.long.get(span.of(text)),
        }
        .copied()
    }
}

/// The number that the bytes of a word make, if it is short. No word holds a byte of zeros.
fn number(text: &str, word: Span) -> Option<u64> {
    let len = word.end - word.start;
    (1..=NUMBER).contains(&len).then(|| load(text.as_bytes(), word.start) & (u64::MAX >> (8 * (NUMBER - len))))
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
        let text = "attend a attended attending, t \u{e9}t\u{e9} atten";
        let found: Vec<Option<usize>> =
            crate::text::whole_words(text, Span::new(0, text.len())).map(|word| words.get(text, word)).collect();
        assert_eq!(found, [None, Some(1), Some(4), Some(5), None, Some(6), None]);
        assert_eq!(words.get(text, Span::new(0, 0)), None);
    }
}
