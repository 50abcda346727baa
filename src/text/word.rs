//! What words are made of.

use unicode_normalization::char::is_combining_mark;

use super::Span;
use super::bytes::{BLOCK, block, first_run, is_ascii_word, last_run, mask, ones, word_mask};

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

/// Words in `text`: runs without white space that hold a letter or digit.
pub(crate) fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut words = 0;
    // Whether the word that is open at the start of the block has a letter already.
    let mut carried = false;
    for at in (0..bytes.len()).step_by(BLOCK) {
        let block = block(bytes, at);
        let mut space = mask(&block, |byte| (byte.wrapping_sub(b'\t') < 5) | (byte == b' '));
        let mut word = word_mask(&block);
        for place in ones(mask(&block, |byte| byte >= 0xC0)) {
            let c = text[at + place..].chars().next().unwrap_or(' ');
            word |= u64::from(is_word_char(c)) << place;
            space |= u64::from(c.is_whitespace()) << place;
        }
        // Added to the run of a word's bytes, its letters carry into the space behind.
        let (sum, over) = (!space).overflowing_add(word);
        let (sum, again) = sum.overflowing_add(u64::from(carried));
        words += (sum & space).count_ones() as usize;
        carried = over || again;
    }
    words + usize::from(carried)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

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

    proptest! {
        #[test]
        fn words_are_counted_as_by_splitting(text in "([a-z9]{1,9}|[ \n\t]|[-.+•]|é|ß|\u{a0}|\u{2003}){0,120}") {
            let slowly = text.split_whitespace().filter(|word| word.contains(is_word_char)).count();
            prop_assert_eq!(count_words(&text), slowly);
        }
    }
}
