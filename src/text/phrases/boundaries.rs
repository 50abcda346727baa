//! Where a phrase is a word of its own.

use crate::text::bytes::is_ascii_word;
use crate::text::{Span, is_word_char};

/// Whether a phrase at `span` is a word of its own.
///
/// No letter or digit touches it. A `+` or `#` that ends the word belongs to it, so
/// `C` is not in `C++`. A single letter stands alone only if no `&`, `.` or
/// apostrophe binds it to another one, so `R` is not in `R&D` nor `C` in `D.C.`
#[must_use]
#[inline]
pub fn is_bounded(text: &str, span: Span) -> bool {
    let (before, after) = beside(text.as_bytes(), span);
    if is_plain(span, before, after) {
        !(is_ascii_word(before) | is_ascii_word(after))
    } else {
        is_bounded_closely(text, span)
    }
}

/// The same for a span that no letter or digit of ASCII touches.
#[inline(always)]
pub(super) fn is_word_bounded(text: &str, span: Span) -> bool {
    let (before, after) = beside(text.as_bytes(), span);
    is_plain(span, before, after) || is_bounded_closely(text, span)
}

/// The same with an eye for everything; seldom called.
#[inline(never)]
fn is_bounded_closely(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    if before.ends_with(is_word_char) || after.starts_with(is_word_char) {
        return false;
    }
    let phrase = span.of(text);
    if phrase.ends_with(is_word_char) && is_glued(after) {
        return false;
    }
    phrase.len() > 1 || !is_initial(before, after)
}

/// The bytes on both sides of a span, spaces at the ends of the text.
#[inline(always)]
fn beside(text: &[u8], span: Span) -> (u8, u8) {
    let byte = |at: usize| text.get(at).copied().unwrap_or(b' ');
    (byte(span.start.wrapping_sub(1)), byte(span.end))
}

/// Whether all that matters of a span is whether the bytes beside it are letters or digits of ASCII, as of nearly all
/// phrases.
#[inline(always)]
fn is_plain(span: Span, before: u8, after: u8) -> bool {
    before.is_ascii() & after.is_ascii() & (after != b'+') & (after != b'#') & (span.end - span.start > 1)
}

/// Text that starts with `+` or `#` as the end of the word before it.
fn is_glued(after: &str) -> bool {
    let rest = after.trim_start_matches(['+', '#']);
    rest.len() < after.len() && !rest.starts_with(is_word_char)
}

/// Whether what stands around a single letter makes it part of something longer.
fn is_initial(before: &str, after: &str) -> bool {
    let bound_before = match before.chars().next_back() {
        Some('&' | '\'') => true,
        Some('.') => before[..before.len() - 1].ends_with(is_word_char),
        _ => false,
    };
    let bound_after = match after.chars().next() {
        Some('&') => true,
        Some('\'') => !after[1..].starts_with('s'),
        Some('.') => after[1..].starts_with(is_word_char),
        _ => false,
    };
    bound_before || bound_after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries() {
        let cases = [
            ("java", "javascript", false),
            ("java", "java, go", true),
            ("java", "java's", true),
            ("c", "c++ and", false),
            ("c", "c# and", false),
            ("c", "c/c++", true),
            ("c++", "c++/c", true),
            ("c++", "c++ 11", true),
            ("r", "r&d", false),
            ("r", "r, sas", true),
            ("c", "c.v.", false),
            ("c", "c.", true),
            ("v", "c.v.", false),
            ("c", ".c", true),
            ("d", "r&d", false),
            ("t", "don't", false),
            ("c", "c's", true),
            ("c", "c'est", false),
            // Longer words stand beside such signs.
            ("sql", "sql&r", true),
            ("sql", "r&sql.x", true),
            (".net", "asp.net", false),
            (".net", "(.net)", true),
            ("linux", "linux+spring", true),
            ("elk", "elkülönít", false),
            // Found by fuzzing: a letter with a mark of its own is another letter.
            ("oauth", "oauth\u{301}", false),
        ];
        for (key, text, expected) in cases {
            let start = text.find(key).unwrap_or(0);
            assert_eq!(is_bounded(text, Span::new(start, start + key.len())), expected, "{key} in {text}");
        }
    }
}
