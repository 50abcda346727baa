//! Text of a posting made safe to show.

use std::borrow::Cow;

/// What a character becomes that a terminal or a page would obey instead of showing.
const SIGN: char = '\u{fffd}';

/// The text with what a terminal or a page would obey turned into a visible sign: control
/// characters, escape codes, direction overrides and isolates. Line breaks and tabs stay.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_obeyed(c) { SIGN } else { c }).collect())
}

fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_obeyed_is_taken_out() {
        assert_eq!(inert("a\u{1b}[31mb\u{202e}c\r\nd\te"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}\nd\te");
        assert_eq!(inert("naïve – 日本"), "naïve – 日本");
    }
}
