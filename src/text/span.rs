//! Spans of bytes, and the lines and columns a person counts.

use serde::{Deserialize, Serialize};

use super::bytes::{BLOCK, block, mask};

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

/// Tells the lines and columns of bytes that are asked for from left to right.
#[derive(Debug)]
pub struct LineCursor<'t> {
    text: &'t str,
    blocks: Vec<Lines>,
    at: usize,
}

/// The lines and characters of 64 bytes.
#[derive(Debug)]
struct Lines {
    /// The line and column of the first byte.
    start: Place,
    /// Which bytes are line breaks, and which begin characters; the lowest bit is the first byte.
    breaks: u64,
    characters: u64,
}

impl<'t> LineCursor<'t> {
    /// Stands at the beginning of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut start = Place::START;
        let blocks = (0..text.len() + 1).step_by(BLOCK).map(|at| {
            let block = block(text.as_bytes(), at);
            let [breaks, characters] = [mask(&block, |byte| byte == b'\n'), mask(&block, |byte| byte & 0xC0 != 0x80)];
            let lines = Lines { start, breaks, characters };
            start = lines.behind(u64::MAX);
            lines
        });
        Self { text, blocks: blocks.collect(), at: 0 }
    }

    /// The line and column of byte `at`; of the one asked for last where it lies before that, and
    /// of the end where it lies behind the text.
    pub fn advance(&mut self, at: usize) -> Place {
        self.at = at.clamp(self.at, self.text.len());
        self.blocks[self.at / BLOCK].behind((1 << (self.at % BLOCK)) - 1)
    }
}

impl Lines {
    /// The place behind the first bytes, which `bytes` marks.
    fn behind(&self, bytes: u64) -> Place {
        let breaks = self.breaks & bytes;
        // All bytes to the last line break.
        let ended = u64::MAX.checked_shr(breaks.leading_zeros()).unwrap_or(0);
        let before = if breaks == 0 { self.start.column } else { 1 };
        let characters = self.characters & bytes & !ended;
        Place {
            line: self.start.line + breaks.count_ones() as usize,
            column: before + characters.count_ones() as usize,
        }
    }
}

/// The start of the character that holds byte `at`; the length of `text` for a byte behind it.
pub(crate) fn char_start(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn places_are_counted_as_character_by_character(
            text in "([a-z]{0,20}|[\n]{0,2}|\u{e9}|\u{1F600}){0,60}",
            at in 0..700_usize,
        ) {
            let at = char_start(&text, at);
            let lines: Vec<&str> = text[..at].split('\n').collect();
            let last = lines.last().map_or(0, |line| line.chars().count());
            prop_assert_eq!(LineCursor::new(&text).advance(at), Place { line: lines.len(), column: last + 1 });
        }
    }

    #[test]
    fn characters_are_found_from_any_of_their_bytes() {
        let starts: Vec<usize> = (0..8).map(|at| char_start("aé🙂", at)).collect();
        assert_eq!(starts, [0, 1, 1, 3, 3, 3, 3, 7]);
        assert_eq!(char_start("", 3), 0);
    }
}
