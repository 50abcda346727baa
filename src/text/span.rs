//! Spans of bytes, and the lines and columns a person counts.

use serde::{Deserialize, Serialize};

/// Bytes `start..end` of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text this span covers.
    ///
    /// # Panics
    /// If the span does not lie on character boundaries of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether the two spans share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Bytes between two places at which characters have been counted.
const STEP: usize = 256;

/// Finds the line and column of a byte, in the same time wherever it stands.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// The characters before every [`STEP`]th byte; none where each byte is one.
    counts: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Indexes the lines of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let mut before = 0;
        let counted = |chunk: &[u8]| {
            before += characters(chunk);
            before - characters(chunk)
        };
        let counts = if text.is_ascii() { Vec::new() } else { text.as_bytes().chunks(STEP).map(counted).collect() };
        Self { text, starts: std::iter::once(0).chain(breaks).collect(), counts }
    }

    /// The line and column of byte `at`.
    #[must_use]
    pub fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line.saturating_sub(1)];
        Place { line, column: self.characters_before(at) - self.characters_before(start) + 1 }
    }

    fn characters_before(&self, at: usize) -> usize {
        let Some(last) = self.counts.len().checked_sub(1) else { return at };
        // The end of the text may be one step behind the last count.
        let step = (at / STEP).min(last);
        self.counts[step] + characters(&self.text.as_bytes()[step * STEP..at])
    }
}

/// The characters that begin in `bytes`.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// The start of the character that holds byte `at`; the length of `text` for a byte behind it.
pub(crate) fn char_start(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "é a\nüb";
        let lines = LineIndex::new(text);
        assert_eq!(lines.place(0), Place { line: 1, column: 1 });
        assert_eq!(lines.place(3), Place { line: 1, column: 3 });
        assert_eq!(lines.place(text.len() - 1), Place { line: 2, column: 2 });
    }

    #[test]
    fn characters_are_found_from_any_of_their_bytes() {
        let starts: Vec<usize> = (0..8).map(|at| char_start("aé🙂", at)).collect();
        assert_eq!(starts, [0, 1, 1, 3, 3, 3, 3, 7]);
        assert_eq!(char_start("", 3), 0);
    }
}
