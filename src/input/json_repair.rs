//! JSON that programs write although it is none: `NaN`, line breaks inside strings, a comma
//! after the last member, comments around a script.

use serde_json::Value;

use crate::extract::decode;

/// Numbers of other languages, which JSON has no word for.
const NO_NUMBERS: [&str; 5] = ["-Infinity", "Infinity", "-NaN", "NaN", "undefined"];

/// The value in some bytes, even if it is not quite JSON.
pub(super) fn parse(bytes: &[u8]) -> Option<Value> {
    let text = decode(bytes)?.text;
    serde_json::from_str(&text).ok().or_else(|| serde_json::from_str(&repaired(&text)?).ok())
}

/// The text with these faults mended; nothing where it has none of them.
pub(super) fn repaired(text: &str) -> Option<String> {
    let mut repaired = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (used, replacement) = match c {
            '"' => string(rest),
            ',' if rest[1..].trim_start().starts_with(['}', ']']) => (1, String::new()),
            _ => match NO_NUMBERS.iter().find(|number| rest.starts_with(**number)) {
                Some(number) => (number.len(), "null".to_owned()),
                None => (c.len_utf8(), c.to_string()),
            },
        };
        repaired.push_str(&replacement);
        rest = &rest[used..];
    }
    (repaired != text).then_some(repaired)
}

/// The string that `text` begins with, in bytes, and how it should be written.
fn string(text: &str) -> (usize, String) {
    let mut written = String::from("\"");
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            c if c.is_control() => written.push(' '),
            c => written.push(c),
        }
        if c == '"' && !escaped {
            return (at + 1, written);
        }
        escaped = c == '\\' && !escaped;
    }
    (text.len(), written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_json_becomes_json() {
        let cases = [
            (r#"{"pay": NaN, "n": [-Infinity, 1]}"#, Some(r#"{"pay": null, "n": [null, 1]}"#)),
            ("{\"text\": \"Cook\nNaN\t\\\"x\\\"\"}", Some(r#"{"text": "Cook\nNaN\t\"x\""}"#)),
            (r#"{"a": [1, 2,], "b": ",]",}"#, Some(r#"{"a": [1, 2], "b": ",]"}"#)),
            (r#"{"a": "NaN"}"#, None),
            ("\"never closed\n", Some("\"never closed\\n")),
        ];
        for (text, expected) in cases {
            assert_eq!(repaired(text).as_deref(), expected, "{text}");
        }
    }
}
