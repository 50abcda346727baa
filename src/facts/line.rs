//! A text that is read by hand, byte by byte.

use crate::text::bytes::is_ascii_word;

/// The bytes of a text. All places are of bytes, and one behind the end holds none.
#[derive(Clone, Copy)]
pub(super) struct Line<'t>(pub &'t [u8]);

impl Line<'_> {
    /// Whether the byte at `at` is this one.
    pub(super) fn is(&self, at: usize, byte: u8) -> bool {
        self.0.get(at) == Some(&byte)
    }

    /// Whether `is` holds for the byte at `at`.
    pub(super) fn holds(&self, at: usize, is: impl Fn(u8) -> bool) -> bool {
        self.0.get(at).is_some_and(|byte| is(*byte))
    }

    /// Past the byte at `at`, if it is one of `bytes`.
    pub(super) fn behind(&self, at: usize, bytes: &[u8]) -> Option<usize> {
        self.holds(at, |byte| bytes.contains(&byte)).then_some(at + 1)
    }

    /// Past one white space at `at`, if there is one.
    pub(super) fn behind_space(&self, at: usize) -> usize {
        at + usize::from(self.holds(at, is_space))
    }

    /// Past all white space at `at`.
    pub(super) fn spaces_end(&self, at: usize) -> usize {
        self.run_end(at, is_space)
    }

    /// Where the bytes from `at` on end that `is` holds for.
    pub(super) fn run_end(&self, at: usize, is: impl Fn(u8) -> bool) -> usize {
        at + self.0.get(at..).unwrap_or_default().iter().take_while(|byte| is(**byte)).count()
    }

    /// Where a phrase at `at` ends, in any case of ASCII; a space in it stands for any white space.
    #[inline]
    pub(super) fn phrase_end(&self, at: usize, phrase: &str) -> Option<usize> {
        let is_same = |byte: u8, expected: u8| {
            if expected == b' ' { is_space(byte) } else { byte.eq_ignore_ascii_case(&expected) }
        };
        let (first, rest) = phrase.as_bytes().split_first()?;
        // Nearly all are told by their first byte.
        if !is_same(*self.0.get(at)?, *first) {
            return None;
        }
        let bytes = self.0.get(at + 1..at + phrase.len())?;
        bytes.iter().zip(rest).all(|(byte, expected)| is_same(*byte, *expected)).then_some(at + phrase.len())
    }

    /// The same where no word goes on behind it.
    pub(super) fn whole_end(&self, at: usize, phrase: &str) -> Option<usize> {
        self.phrase_end(at, phrase).filter(|end| !self.holds(*end, is_word))
    }
}

/// Whether a byte is white space of ASCII.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether a byte belongs to a word: a letter or digit of ASCII, or an underscore.
pub(super) fn is_word(byte: u8) -> bool {
    is_ascii_word(byte) | (byte == b'_')
}

/// Whether a word is one of `words`, in any case of ASCII.
pub(super) fn is_one_of(word: &[u8], words: &[&str]) -> bool {
    words.iter().any(|one| word.eq_ignore_ascii_case(one.as_bytes()))
}
