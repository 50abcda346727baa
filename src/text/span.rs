//! Spans of bytes, and the lines and columns a person counts.

use memchr::memchr;
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

    /// The same bytes where so many stand before the text.
    #[must_use]
    pub fn after(self, before: usize) -> Self {
        Self { start: self.start + before, end: self.end + before }
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

impl Place {
    /// Where every text begins.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// Tells the lines and columns of bytes that are asked for from left to right, so that each
/// byte between them is looked at once.
#[derive(Debug)]
pub struct LineCursor<'t> {
    text: &'t str,
    /// Whether each byte is a character.
    is_ascii: bool,
    at: usize,
    place: Place,
    /// Where the line ends that holds byte `at`.
    line_end: usize,
}

impl<'t> LineCursor<'t> {
    /// Stands at the beginning of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, is_ascii: text.is_ascii(), at: 0, place: Place::START, line_end: line_end(text, 0) }
    }

    /// The line and column of byte `at`; of the one asked for last where it lies before that, and
    /// of the end where it lies behind the text.
    pub fn advance(&mut self, at: usize) -> Place {
        let at = at.clamp(self.at, self.text.len());
        while self.line_end < at {
            self.at = self.line_end + 1;
            self.line_end = line_end(self.text, self.at);
            self.place = Place { line: self.place.line + 1, column: 1 };
        }
        self.place.column += self.characters(&self.text.as_bytes()[self.at..at]);
        self.at = at;
        self.place
    }

    /// The characters that begin in `bytes`.
    fn characters(&self, bytes: &[u8]) -> usize {
        if self.is_ascii {
            return bytes.len();
        }
        // So few at a time that a byte holds their number: vectors of bytes add up many at once.
        let begins = |byte: &u8| u8::from(byte & 0xC0 != 0x80);
        bytes.chunks(u8::MAX.into()).map(|few| usize::from(few.iter().map(begins).sum::<u8>())).sum()
    }
}

/// Where the line ends that holds byte `at`: at its line break, or at the end of the text.
fn line_end(text: &str, at: usize) -> usize {
    memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |len| at + len)
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
        let text = format!("é a\nüb\n\n{}c", "ö".repeat(300));
        let mut lines = LineCursor::new(&text);
        let places = [0, 2, 3, 5, 7, 9, text.len() - 1, text.len() - 1].map(|at| {
            let Place { line, column } = lines.advance(at);
            (line, column)
        });
        assert_eq!(places, [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1), (4, 301), (4, 301)]);
    }

    #[test]
    fn characters_are_found_from_any_of_their_bytes() {
        let starts: Vec<usize> = (0..8).map(|at| char_start("aé🙂", at)).collect();
        assert_eq!(starts, [0, 1, 1, 3, 3, 3, 3, 7]);
        assert_eq!(char_start("", 3), 0);
    }
}
