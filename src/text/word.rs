//! What words are made of.

use unicode_normalization::char::is_combining_mark;

use super::Span;

/// Whether a character belongs to a word: letters and digits of any script, and the
/// marks on them.
#[must_use]
pub fn is_word_char(c: char) -> bool {
    if c.is_ascii() { IS_WORD[c as usize] } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// Which characters of ASCII belong to words: one look instead of several comparisons.
static IS_WORD: [bool; 128] = {
    let mut is_word = [false; 128];
    let mut byte: u8 = 0;
    while byte.is_ascii() {
        is_word[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    is_word
};

/// The words of `text` in `part`, from left to right: runs of what `is_part` of a word.
pub(crate) fn words(text: &str, part: Span, is_part: impl Fn(char) -> bool) -> impl Iterator<Item = Span> {
    let mut at = part.start;
    std::iter::from_fn(move || {
        let start = run_end(text, Span::new(at, part.end), |c| !is_part(c));
        at = run_end(text, Span::new(start, part.end), &is_part);
        (start < at).then(|| Span::new(start, at))
    })
}

/// Where the word that begins at `start` ends.
pub(crate) fn word_end(text: &str, start: usize, is_part: impl Fn(char) -> bool) -> usize {
    run_end(text, Span::new(start, text.len()), is_part)
}

/// Where the word that ends at `end` begins.
pub(crate) fn word_start(text: &str, end: usize, is_part: impl Fn(char) -> bool) -> usize {
    let is_plain_part = |byte: &&u8| byte.is_ascii() && is_part(char::from(**byte));
    let mut start = end;
    loop {
        start -= text.as_bytes()[..start].iter().rev().take_while(is_plain_part).count();
        match text[..start].chars().next_back().filter(|c| !c.is_ascii() && is_part(*c)) {
            Some(c) => start -= c.len_utf8(),
            None => return start,
        }
    }
}

/// Where the characters at the start of `part` end that `is` holds for. Nearly all are of ASCII,
/// and need no decoding.
fn run_end(text: &str, part: Span, is: impl Fn(char) -> bool) -> usize {
    let bytes = &text.as_bytes()[..part.end];
    let mut at = part.start;
    while at < bytes.len() {
        let byte = bytes[at];
        let c = if byte.is_ascii() { char::from(byte) } else { text[at..].chars().next().unwrap_or(' ') };
        if !is(c) {
            break;
        }
        at += c.len_utf8();
    }
    at
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
