//! What words are made of.

use unicode_normalization::char::is_combining_mark;

use super::Span;
use super::bytes::{first_run, is_ascii_word, last_run};

/// Whether a character belongs to a word: letters and digits of any script, and the
/// marks on them.
#[must_use]
#[inline]
pub fn is_word_char(c: char) -> bool {
    if c.is_ascii() { is_ascii_word(c as u8) } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// The words of `text` in `part`, from left to right: runs of what `is_part` of a word.
pub(crate) fn words(text: &str, part: Span, is_part: impl Fn(char) -> bool) -> impl Iterator<Item = Span> {
    let mut at = part.start;
    std::iter::from_fn(move || {
        let start = at + text.get(at..part.end)?.find(&is_part)?;
        at = run_end(text, Span::new(start, part.end), &is_part);
        Some(Span::new(start, at))
    })
}

/// Where the word that begins at `start` ends.
pub(crate) fn word_end(text: &str, start: usize, is_part: impl Fn(char) -> bool) -> usize {
    run_end(text, Span::new(start, text.len()), is_part)
}

/// Where the word that ends at `end` begins.
pub(crate) fn word_start(text: &str, end: usize, is_part: impl Fn(char) -> bool) -> usize {
    let mut start = end;
    loop {
        start -= last_run(&text.as_bytes()[..start], |byte| is_ascii(byte, &is_part));
        match text[..start].chars().next_back().filter(|c| is_part(*c)) {
            Some(c) => start -= c.len_utf8(),
            None => return start,
        }
    }
}

/// Where the characters at the start of `part` end that `is` holds for. Nearly all are of ASCII,
/// and need no decoding.
fn run_end(text: &str, part: Span, is: impl Fn(char) -> bool) -> usize {
    let mut at = part.start;
    while at < part.end {
        at += first_run(&text.as_bytes()[at..], |byte| is_ascii(byte, &is));
        match text[at..].chars().next().filter(|c| is(*c)) {
            Some(c) => at += c.len_utf8(),
            None => break,
        }
    }
    at.min(part.end)
}

/// Whether a byte is a character of ASCII that `is` holds for, told so that compilers make vector code of it.
#[inline(always)]
fn is_ascii(byte: u8, is: impl Fn(char) -> bool) -> bool {
    byte.is_ascii() & is(char::from(byte & 0x7F))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_from_either_end() {
        let text = "\u{fc}ber Brot, caf\u{e9}s; \u{65e5}\u{672c} ok";
        let all: Vec<Span> = words(text, Span::new(0, text.len()), is_word_char).collect();
        let found: Vec<&str> = all.iter().map(|word| word.of(text)).collect();
        assert_eq!(found, ["\u{fc}ber", "Brot", "caf\u{e9}s", "\u{65e5}\u{672c}", "ok"]);
        for Span { start, end } in all {
            assert_eq!((word_start(text, end, is_word_char), word_end(text, start, is_word_char)), (start, end));
        }
        assert_eq!((word_start(text, 0, is_word_char), word_end(text, text.len(), is_word_char)), (0, text.len()));
    }
}
