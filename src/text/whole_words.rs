//! Words of letters and digits, 64 bytes at a time.

use super::bytes::{BLOCK, block, mask, ones, word_mask};
use super::{Span, char_start, is_word_char, word_end};

/// The [words](is_word_char) of `text` in `part`, from left to right: what [`words`](super::words) finds, 64 bytes at a time.
pub(crate) fn whole_words(text: &str, part: Span) -> impl Iterator<Item = Span> {
    let mut window = Window::default();
    let mut at = part.start;
    std::iter::from_fn(move || {
        loop {
            if at >= window.end {
                if at >= part.end {
                    return None;
                }
                window = Window::new(text, Span::new(at, part.end));
            }
            // Shifted by less than a window, for `at` lies in it.
            let left = window.words >> (at - window.start);
            if left == 0 {
                at = window.end;
                continue;
            }
            let start = at + left.trailing_zeros() as usize;
            let end = start + (window.words >> (start - window.start)).trailing_ones() as usize;
            // A word may go on behind the window.
            at = if end < window.end { end } else { word_end(&text[..part.end], start, is_word_char) };
            return Some(Span::new(start, at));
        }
    })
}

/// Which of up to 64 bytes belong to words; ends between two characters.
#[derive(Default)]
struct Window {
    start: usize,
    end: usize,
    words: u64,
}

impl Window {
    /// The beginning of `part`, which is not empty.
    fn new(text: &str, part: Span) -> Self {
        let end = char_start(text, part.end.min(part.start + BLOCK));
        // What stands behind the part is read along with it, which costs less than a copy, and left out.
        let inside = u64::MAX >> (BLOCK - (end - part.start));
        let block = block(text.as_bytes(), part.start);
        let mut words = word_mask(&block) & inside;
        for at in ones(mask(&block, |byte| byte >= 0xC0) & inside) {
            let c = text[part.start + at..].chars().next().filter(|c| is_word_char(*c));
            words |= c.map_or(0, |c| ((1 << c.len_utf8()) - 1) << at);
        }
        Self { start: part.start, end, words }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::words;

    proptest! {
        #[test]
        fn whole_words_are_those_found_character_by_character(
            text in "([a-z9]{1,90}|[ \n\t]|[-.+\u{2022}]|\u{e9}|\u{df}|\u{301}|\u{65e5}|\u{1F600}){0,90}",
            (from, to) in (0..200_usize, 0..400_usize),
        ) {
            let start = char_start(&text, from);
            let part = Span::new(start, char_start(&text, to).max(start));
            let slowly: Vec<Span> = words(&text, part, is_word_char).collect();
            prop_assert_eq!(whole_words(&text, part).collect::<Vec<_>>(), slowly);
        }
    }
}
