//! Escapes that a program on the way has written out: `\n` for a line break, `&amp;lt;` for a tag.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memmem};

/// How often a text may have been escaped.
const MOST_ROUNDS: usize = 3;
/// The longest name of a character reference, in bytes, such as `&rightarrow;`.
const LONGEST_REFERENCE: usize = 12;

/// The text with literal `\n` as line breaks, and references that were escaped again as
/// they were at first.
pub(super) fn undone(text: Cow<'_, str>) -> Cow<'_, str> {
    breaks(references(text))
}

/// A text that is not HTML, but has character references, as HTML that says the same.
pub(super) fn as_markup(text: &str) -> Option<String> {
    let has_reference = ampersands(text).any(|(_, rest)| is_reference(rest));
    has_reference.then(|| text.replace('<', "&lt;").replace("\r\n", "\n").replace('\n', "<br>"))
}

/// Undoes the escaping of references: `&amp;#xa;`, `&amp;amp;lt;`.
fn references(mut text: Cow<'_, str>) -> Cow<'_, str> {
    for _ in 0..MOST_ROUNDS {
        let again = |(_, rest): (_, &str)| rest.strip_prefix("amp;").is_some_and(is_reference);
        if !ampersands(&text).any(again) {
            break;
        }
        text = Cow::Owned(text.replace("&amp;", "&"));
    }
    if ampersands(&text).any(|(_, rest)| rest.starts_with('#')) { line_references(text) } else { text }
}

/// Where ampersands stand, of which most texts have few, and what stands behind each.
fn ampersands(text: &str) -> impl Iterator<Item = (usize, &str)> {
    memchr_iter(b'&', text.as_bytes()).map(|at| (at, &text[at + 1..]))
}

/// Whether what stands behind an ampersand makes it a character reference.
fn is_reference(rest: &str) -> bool {
    let bytes = &rest.as_bytes()[..rest.len().min(LONGEST_REFERENCE)];
    let Some(end) = memchr(b';', bytes) else { return false };
    let name = bytes[..end].strip_prefix(b"#").unwrap_or(&bytes[..end]);
    !name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric)
}

/// References to line breaks, which HTML would take for spaces, as line breaks.
fn line_references(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut rest: &str = &text;
    let mut replaced = String::new();
    while let Some(at) = memmem::find(rest.as_bytes(), b"&#") {
        let (before, reference) = rest.split_at(at);
        replaced.push_str(before);
        let broken = line_reference(reference);
        replaced.push_str(if broken.is_some() { "\n" } else { "&#" });
        rest = &reference[broken.unwrap_or("&#".len())..];
    }
    replaced.push_str(rest);
    Cow::Owned(replaced.replace("\n\n\n", "\n\n"))
}

/// The length of a reference to a line break that `text` begins with.
fn line_reference(text: &str) -> Option<usize> {
    let (digits, _) = text.strip_prefix("&#")?.split_once(';')?;
    let hexadecimal = digits.strip_prefix(['x', 'X']);
    let code = hexadecimal.map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
    matches!(code, 10 | 13).then_some("&#;".len() + digits.len())
}

/// Literal `\n` as line breaks, in a text that has no others. A path may hold `\n` too, so
/// one of them must stand where a line plainly begins.
fn breaks(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr(b'\n', text.as_bytes()).is_some() {
        return text;
    }
    let begins_line = |at: usize| {
        let next = text[at + 2..].chars().next();
        next.is_none_or(|next| !next.is_lowercase()) && !text[..at].ends_with('\\')
    };
    if !memmem::find_iter(text.as_bytes(), b"\\n").any(begins_line) {
        return text;
    }
    Cow::Owned(text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\t", "\t"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_out_is_undone() {
        let cases = [
            ("You cook.\\nDuties\\n- bake\\nnothing", "You cook.\nDuties\n- bake\nnothing"),
            ("You cook.\\r\\n\\r\\nYou bake.", "You cook.\n\nYou bake."),
            ("Menus are in C:\\new and \\\\nas\\notes", "Menus are in C:\\new and \\\\nas\\notes"),
            ("It says \\nFry\nand more", "It says \\nFry\nand more"),
            ("&amp;lt;p&amp;gt;Cook&amp;lt;/p&amp;gt;", "&lt;p&gt;Cook&lt;/p&gt;"),
            ("&amp;amp;lt;p&amp;amp;gt;", "&lt;p&gt;"),
            ("Cook.&amp;#xa;- bake&#10;- fry", "Cook.\n- bake\n- fry"),
            ("R&amp;D", "R&amp;D"),
            ("Salt & pepper; &c", "Salt & pepper; &c"),
        ];
        for (text, expected) in cases {
            assert_eq!(undone(Cow::Borrowed(text)), expected, "{text}");
        }
    }

    #[test]
    fn text_with_references_is_markup() {
        let cases = [("R&amp;D\n1 < 2", Some("R&amp;D<br>1 &lt; 2")), ("Salt & pepper", None), ("a <b", None)];
        for (text, expected) in cases {
            assert_eq!(as_markup(text).as_deref(), expected, "{text}");
        }
    }
}
