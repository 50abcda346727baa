//! Heading phrases in a text, and what begins where.

use super::section::Section;
use super::section_words::HeadingWord;
use crate::text::Span;

/// A heading phrase in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    pub span: Span,
    pub word: HeadingWord,
}

/// What begins at a place of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    /// A section, by a heading that says so.
    Section(Section),
    /// A part whose heading is not known.
    Unknown,
    /// What went on before a heading that spoke of its own line alone.
    Rest,
    /// Something of which nothing is known, as behind a table.
    Anything,
}

/// Where something begins, and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    pub at: usize,
    pub opens: Opens,
}

/// Of the phrases inside `part`, read from the left, the longest at each place; none
/// overlaps another.
pub(super) fn longest_in(found: &[Heading], part: Span) -> impl Iterator<Item = (Span, Section)> {
    let mut free_from = part.start;
    let inside = move |heading: &&Heading| {
        (heading.span.start >= part.start) & (heading.span.end <= part.end) & heading.word.section.is_some()
    };
    let mut groups = found.chunk_by(|a, b| a.span.start == b.span.start);
    std::iter::from_fn(move || {
        loop {
            let longest = groups.next()?.iter().rfind(inside);
            if let Some(longest) = longest.filter(|longest| longest.span.start >= free_from) {
                free_from = longest.span.end;
                return Some((longest.span, longest.word.section?));
            }
        }
    })
}
