//! Text of a posting made safe to show: the one place that says what is obeyed instead of shown.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What a character becomes that a terminal or a page would obey.
const SIGN: char = '\u{fffd}';

/// The text with what a terminal or a page would obey turned into a visible sign: control
/// characters, escape codes, direction overrides and isolates, and separators of lines that
/// are none of ours. Line breaks and tabs stay.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    signed(text, is_obeyed)
}

/// The same for what is to stay on one line: line breaks and tabs become signs, too.
#[must_use]
pub fn inert_line(text: &str) -> Cow<'_, str> {
    signed(text, |c| is_obeyed(c) || matches!(c, '\n' | '\t'))
}

/// JSON of the same data in which such characters are escaped, so that it is safe to show
/// and still JSON. Line breaks between values stay; inside of texts JSON has none.
#[must_use]
pub fn inert_json(json: &str) -> Cow<'_, str> {
    let (mut escaped, mut done) = (String::new(), 0);
    for (at, _) in json.bytes().enumerate().filter(|(_, byte)| begins_obeyed(*byte)) {
        let Some(obeyed) = obeyed(&json[at..]) else { continue };
        escaped.push_str(&json[done..at]);
        // All lie in the basic plane, where four digits name a character.
        let _ = write!(escaped, "\\u{:04x}", u32::from(obeyed));
        done = at + obeyed.len_utf8();
    }
    if done == 0 {
        return Cow::Borrowed(json);
    }
    escaped.push_str(&json[done..]);
    Cow::Owned(escaped)
}

/// Whether a byte may begin a character that is obeyed and that JSON does not escape by itself:
/// many times faster to ask of every byte.
pub(crate) fn begins_obeyed(byte: u8) -> bool {
    (byte == 0x7f) | (byte == 0xc2) | (byte == 0xd8) | (byte == 0xe2) | (byte == 0xef)
}

/// The first character of `text` if it would be obeyed.
pub(crate) fn obeyed(text: &str) -> Option<char> {
    text.chars().next().filter(|c| is_obeyed(*c))
}

fn signed(text: &str, is_obeyed: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_obeyed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_obeyed(c) { SIGN } else { c }).collect())
}

/// Whether a terminal or a page would obey a character: controls (C0, delete, C1), what turns the
/// direction of writing (Unicode's `Bidi_Control`), separators of lines and paragraphs, and the
/// controls of formatting that Unicode has withdrawn or reserves for programs.
fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
        || matches!(c, '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_obeyed_is_taken_out() {
        let cases = [
            ("a\u{1b}[31mb\u{202e}c\r\nd\te", "a\u{fffd}[31mb\u{fffd}c\u{fffd}\nd\te"),
            ("a\u{9b}31mb\u{7f}c\u{2028}d\u{2067}e\u{61c}f", "a\u{fffd}31mb\u{fffd}c\u{fffd}d\u{fffd}e\u{fffd}f"),
            ("naïve – 日本 👩\u{200d}🔧 می\u{200c}خواهم", "naïve – 日本 👩\u{200d}🔧 می\u{200c}خواهم"),
        ];
        for (text, expected) in cases {
            assert_eq!(inert(text), expected);
        }
        assert_eq!(inert_line("a\nb\tc\u{1b}d"), "a\u{fffd}b\u{fffd}c\u{fffd}d");
    }

    #[test]
    fn json_keeps_what_it_says() -> Result<(), serde_json::Error> {
        for text in ["plain", "naïve – 日本", "\u{1b}[31m\u{9b}31m\u{7f}\n\t\u{202e}evil\u{2029}\"\\\u{fffa}"] {
            let json = serde_json::to_string(&[text])?;
            let inert = inert_json(&json);
            assert!(!inert.contains(|c| is_obeyed(c) || c == '\n'), "{inert}");
            assert_eq!(serde_json::from_str::<[String; 1]>(&inert)?, [text]);
        }
        assert_eq!(inert_json("\"\u{9b}\""), "\"\\u009b\"");
        Ok(())
    }

    #[test]
    fn every_obeyed_character_begins_as_one() {
        for c in (' '..=char::MAX).filter(|c| is_obeyed(*c)) {
            assert!(begins_obeyed(c.to_string().as_bytes()[0]), "{:04x}", u32::from(c));
        }
    }

    /// The page's script turns the same characters into signs.
    #[test]
    fn the_page_knows_the_same_characters() {
        let script = include_str!("../../templates/report/script/elements.js");
        let class = script.split_once("text.replace(/[").and_then(|(_, rest)| rest.split_once(']'));
        let code = |escape: &str| u32::from_str_radix(escape.trim_start_matches("\\u"), 16).expect("four digits");
        let mut ranges = Vec::new();
        let mut rest = class.expect("a class of characters").0;
        while let Some((first, after)) = rest.split_at_checked(6) {
            let (last, after) = match after.strip_prefix('-').and_then(|after| after.split_at_checked(6)) {
                Some((last, after)) => (last, after),
                None => (first, after),
            };
            ranges.push(code(first)..=code(last));
            rest = after;
        }
        for c in '\0'..=char::MAX {
            assert_eq!(ranges.iter().any(|range| range.contains(&c.into())), is_obeyed(c), "{:04x}", u32::from(c));
        }
    }
}
