//! What words are made of.

use unicode_normalization::char::is_combining_mark;

/// Whether a character belongs to a word: letters and digits of any script, and the
/// marks on them.
#[must_use]
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}
