//! Finding phrases of a fixed list in a text, case aside, in one pass.
//!
//! Words begin few places of a text, and two bytes tell most words from the start of a
//! phrase; where they do not, the first word picks a bucket of a table, and only the phrases in it are
//! compared. A few hundred phrases cost next to nothing to prepare that way, which
//! counts where one posting is read.

use crate::text::masks::{BLOCK, Block, block, mask, ones};
use crate::text::{Span, is_word_char};

/// Buckets of the table: a power of two, ten for each first word, so that most words of
/// a text fall into empty ones.
const BUCKETS: usize = 4096;

/// A list of phrases, each with what it stands for.
pub(super) struct Phrases<T> {
    /// The pairs of bytes that phrases begin with.
    starts: Pairs,
    /// Where each bucket begins in `phrases`, and where the last one ends.
    buckets: Vec<u16>,
    /// The phrases, bucket by bucket.
    phrases: Vec<Phrase<T>>,
}

struct Phrase<T> {
    text: &'static str,
    meaning: T,
    /// It has capitals and is found only so written.
    exact: bool,
}

impl<T: Copy> Phrases<T> {
    /// Prepares a list of at most 65,535 phrases.
    pub(super) fn new(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let is_exact = |text: &str| text.bytes().any(|byte| byte.is_ascii_uppercase());
        let mut phrases: Vec<Phrase<T>> =
            phrases.into_iter().map(|(text, meaning)| Phrase { text, meaning, exact: is_exact(text) }).collect();
        phrases.sort_by_key(|phrase| bucket(phrase.first_word()));
        let mut starts = Pairs::default();
        let mut buckets = Vec::with_capacity(BUCKETS + 1);
        for (index, phrase) in (0_u16..).zip(&phrases) {
            starts.add(phrase.first_word(), phrase.exact);
            buckets.resize(buckets.len().max(bucket(phrase.first_word()) + 1), index);
        }
        buckets.resize(BUCKETS + 1, u16::try_from(phrases.len()).unwrap_or(u16::MAX));
        Self { starts, buckets, phrases }
    }

    /// All phrases in `text`, by where they begin. Their first words are whole runs of
    /// letters or of digits, but a digit may touch letters, and a letter digits.
    pub(super) fn find(&self, text: &str, mut found: impl FnMut(Span, T)) {
        let bytes = text.as_bytes();
        let mut before = Kinds::default();
        for from in (0..bytes.len()).step_by(BLOCK) {
            let kinds = Kinds::of(&block(bytes, from));
            for at in ones(kinds.starts(before)).map(|place| from + place) {
                // A phrase of one byte may end the text.
                if bytes.get(at + 1).is_none_or(|second| self.starts.has([bytes[at], *second])) {
                    self.compare(bytes, at, &mut found);
                }
            }
            before = kinds;
        }
    }

    /// Finds the phrases that begin with the word at `at`.
    fn compare(&self, bytes: &[u8], at: usize, found: &mut impl FnMut(Span, T)) {
        let bucket = bucket(&bytes[at..word_end(bytes, at)]);
        let range = usize::from(self.buckets[bucket])..usize::from(self.buckets[bucket + 1]);
        for phrase in &self.phrases[range] {
            let span = Span::new(at, at + phrase.text.len());
            if phrase.is_written(bytes, span) {
                found(span, phrase.meaning);
            }
        }
    }
}

/// Which of 64 bytes are letters, digits and signs.
#[derive(Clone, Copy, Default)]
struct Kinds {
    letters: u64,
    digits: u64,
    signs: u64,
}

impl Kinds {
    fn of(block: &Block) -> Self {
        Self {
            letters: mask(block, |byte| (byte | 0x20).wrapping_sub(b'a') < 26),
            digits: mask(block, |byte| byte.wrapping_sub(b'0') < 10),
            signs: mask(block, |byte| (byte == b'$') | (byte == 0xC2) | (byte == 0xE2)),
        }
    }

    /// Where words begin in these bytes, given the kinds of those before them.
    fn starts(self, before: Self) -> u64 {
        let first = |these: u64, before: u64| these & !(these << 1 | before >> (BLOCK - 1));
        first(self.letters, before.letters) | first(self.digits, before.digits) | self.signs
    }
}

/// A set of pairs of bytes that begin words: one flag for each pair, of which a text
/// touches few lines.
struct Pairs(Box<[bool; 1 << 16]>);

impl Default for Pairs {
    fn default() -> Self {
        Self(Box::new([false; 1 << 16]))
    }
}

impl Pairs {
    /// Adds the pairs that `word` may begin with, in any case unless that is `exact`; a
    /// word of one byte begins with any pair that it opens.
    fn add(&mut self, word: &[u8], exact: bool) {
        let cases = |byte: u8| if exact { [byte; 2] } else { [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] };
        let seconds = word.get(1).map_or((0..=u8::MAX).collect(), |second| cases(*second).to_vec());
        for first in cases(word[0]) {
            for second in &seconds {
                self.0[Self::index([first, *second])] = true;
            }
        }
    }

    #[inline]
    fn has(&self, pair: [u8; 2]) -> bool {
        self.0[Self::index(pair)]
    }

    #[inline]
    fn index(pair: [u8; 2]) -> usize {
        usize::from(u16::from_be_bytes(pair))
    }
}

impl<T> Phrase<T> {
    fn first_word(&self) -> &'static [u8] {
        let bytes = self.text.as_bytes();
        &bytes[..word_end(bytes, 0)]
    }

    fn is_written(&self, bytes: &[u8], span: Span) -> bool {
        let Some(found) = bytes.get(span.start..span.end) else { return false };
        let phrase = self.text.as_bytes();
        if self.exact { found == phrase } else { found.eq_ignore_ascii_case(phrase) }
    }
}

/// What bytes words are made of: runs of letters, runs of digits, and single signs of
/// currencies or the first bytes of such.
const KIND: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte: u8 = 0;
    while byte < 255 {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'$' | 0xC2 | 0xE2 => SIGN,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};
const OTHER: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const SIGN: u8 = 3;

/// Where the word ends that begins at `at`; `at` if none does.
fn word_end(bytes: &[u8], at: usize) -> usize {
    let kind = KIND[usize::from(bytes[at])];
    let mut end = at;
    match kind {
        OTHER => {}
        SIGN => end += 1,
        _ => {
            while end < bytes.len() && KIND[usize::from(bytes[end])] == kind {
                end += 1;
            }
        }
    }
    end
}

/// The bucket of a word that is not empty, whatever its case.
fn bucket(word: &[u8]) -> usize {
    let lower = |at: usize| usize::from(word[at] | 0x20);
    (lower(0) * 37 + lower(word.len() / 2) * 523 + lower(word.len() - 1) * 1_171 + word.len() * 257) % BUCKETS
}

/// Whether no letter or digit touches `span`.
pub(super) fn is_whole(text: &str, span: Span) -> bool {
    !text[..span.start].ends_with(is_word_char) && !text[span.end..].starts_with(is_word_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_their_case_wherever_a_word_begins() {
        let phrases =
            Phrases::new([("year", 1), ("years of age", 2), ("MS", 3), ("ph.d", 4), ("k", 5), ("€", 6), ("2-year", 7)]);
        let text = "Year, years of Age, midyear, MS ms Ph.D. 5k €5 •year’s 2-year 5year";
        let mut found = Vec::new();
        phrases.find(text, |span, meaning| found.push((span.of(text), meaning)));
        let expected = [
            ("Year", 1),
            ("years of Age", 2),
            ("MS", 3),
            ("Ph.D", 4),
            ("k", 5),
            ("€", 6),
            ("year", 1),
            ("2-year", 7),
            ("year", 1),
            ("year", 1),
        ];
        assert_eq!(found, expected);
        assert!(is_whole(text, Span::new(0, 4)));
        assert!(!is_whole(text, Span::new(6, 10)));
    }
}
