//! Finding phrases of a fixed list in a text, case aside, in one pass over its words.
//!
//! The first word of a phrase picks a bucket of a table; what follows it is compared
//! only there. A few hundred phrases cost next to nothing to prepare that way, which
//! counts where one posting is read, and most words of a text are told from all of
//! them by one look.

use crate::text::{Span, is_word_char};

/// Buckets of the table: a power of two, a few for each first word.
const BUCKETS: usize = 1024;

/// A list of phrases, each with what it stands for.
pub(super) struct Phrases<T> {
    buckets: Vec<Vec<u16>>,
    phrases: Vec<(&'static str, T)>,
}

impl<T: Copy> Phrases<T> {
    /// Prepares a list. A phrase with capitals is found only so written.
    pub(super) fn new(phrases: Vec<(&'static str, T)>) -> Self {
        let mut buckets = vec![Vec::new(); BUCKETS];
        for (index, (phrase, _)) in (0_u16..).zip(&phrases) {
            buckets[bucket(&phrase.as_bytes()[..word_len(phrase.as_bytes())])].push(index);
        }
        Self { buckets, phrases }
    }

    /// All phrases in `text` that are words of their own, by where they begin.
    pub(super) fn find(&self, text: &str, mut found: impl FnMut(Span, T)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let len = word_len(&bytes[at..]);
            if len == 0 {
                at += 1;
                continue;
            }
            for index in &self.buckets[bucket(&bytes[at..at + len])] {
                let (phrase, meaning) = self.phrases[usize::from(*index)];
                let span = Span::new(at, at + phrase.len());
                if is_written(bytes, span, phrase) && is_whole(text, span) {
                    found(span, meaning);
                }
            }
            at += len;
        }
    }
}

/// The length of the run of ASCII letters and digits at the start.
fn word_len(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

fn bucket(word: &[u8]) -> usize {
    let lower = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or_default() | 0x20);
    (lower(word.first()) * 33 + lower(word.last()) * 71 + word.len() * 257) % BUCKETS
}

fn is_written(bytes: &[u8], span: Span, phrase: &str) -> bool {
    let exact = phrase.bytes().any(|byte| byte.is_ascii_uppercase());
    bytes.get(span.start..span.end).is_some_and(|found| match exact {
        true => found == phrase.as_bytes(),
        false => found.eq_ignore_ascii_case(phrase.as_bytes()),
    })
}

/// Whether no letter or digit touches `span`.
pub(super) fn is_whole(text: &str, span: Span) -> bool {
    !text[..span.start].ends_with(is_word_char) && !text[span.end..].starts_with(is_word_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whole_and_by_their_case() {
        let phrases = Phrases::new(vec![("year", 1), ("years of age", 2), ("MS", 3), ("ph.d", 4), ("zł", 5), ("rémi", 6)]);
        let text = "Year, years of Age, midyear, MS ms Ph.D. 5 zł złoty •year Rémi";
        let mut found = Vec::new();
        phrases.find(text, |span, meaning| found.push((span.of(text), meaning)));
        let expected =
            [("Year", 1), ("years of Age", 2), ("MS", 3), ("Ph.D", 4), ("zł", 5), ("year", 1), ("Rémi", 6)];
        assert_eq!(found, expected);
    }
}
