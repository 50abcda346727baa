//! What words are made of.

use unicode_normalization::char::is_combining_mark;

use super::Span;

/// Whether a character belongs to a word: letters and digits of any script, and the
/// marks on them.
#[must_use]
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}

/// The words of `text` in `part`, from left to right: runs of what `is_part` of a word.
pub(crate) fn words(text: &str, part: Span, is_part: impl Fn(char) -> bool) -> impl Iterator<Item = Span> {
    let mut at = part.start;
    std::iter::from_fn(move || {
        let start = at + text.get(at..part.end)?.find(&is_part)?;
        let word = &text[start..part.end];
        at = start + word.find(|c| !is_part(c)).unwrap_or(word.len());
        Some(Span::new(start, at))
    })
}
