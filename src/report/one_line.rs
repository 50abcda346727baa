//! Texts of postings on one line, as cells of tables have them.

use crate::text::bytes::{BLOCK, block, mask, ones};
use crate::text::{Span, char_start};

/// `text` with every run of white space as one space, and none at its ends.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Appends what stands at `span` of `text` in the same way, up to 64 bytes at a time. Says whether `is_marked` holds
/// for any byte of it, which no white space is.
pub(super) fn push_one_line(out: &mut Vec<u8>, text: &str, span: Span, is_marked: impl Fn(u8) -> bool) -> bool {
    let start = out.len();
    let mut marked = 0;
    let mut at = span.start;
    while at < span.end {
        let end = char_start(text, span.end.min(at + BLOCK));
        let mut line = block(text.as_bytes(), at);
        let mut spaces = mask(&line, is_white);
        for byte in &mut line {
            *byte = if is_white(*byte) { b' ' } else { *byte };
        }
        // What stands behind the span is read along with it, which costs less than a copy, and left out.
        let inside = u64::MAX >> (BLOCK - (end - at));
        marked |= inside & mask(&line, &is_marked);
        for place in ones(mask(&line, |byte| byte >= 0xC0) & inside) {
            if let Some(c) = text[at + place..].chars().next().filter(|c| c.is_whitespace()) {
                spaces |= ((1 << c.len_utf8()) - 1) << place;
                line[place] = b' ';
            }
        }
        // A space that begins the line is one too many, as if it came after another.
        let after_space = out[start..].last().is_none_or(|byte| *byte == b' ');
        let again = inside & spaces & (spaces << 1 | u64::from(after_space));
        // The bytes before the first space that is one too many, and the run of such.
        let len = again.trailing_zeros().min(inside.trailing_ones());
        let skipped = again.unbounded_shr(len).trailing_ones();
        let whole = out.len();
        out.extend_from_slice(&line);
        out.truncate(whole + len as usize);
        at += (len + skipped) as usize;
    }
    if out[start..].ends_with(b" ") {
        out.pop();
    }
    marked != 0
}

/// Whether a byte is white space of ASCII.
fn is_white(byte: u8) -> bool {
    (byte.wrapping_sub(b'\t') < 5) | (byte == b' ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_line_holds_the_words_of_its_text(text in "([a-z]{1,9}|[ \n\t\u{7f},]|é|\u{a0}|\u{2003}|–){0,90}", around in "[ a,]{0,2}") {
            let mut line = Vec::new();
            let whole = format!("{around}{text}{around}");
            let span = Span::new(around.len(), around.len() + text.len());
            let is_marked = push_one_line(&mut line, &whole, span, |byte| byte == b',');
            prop_assert_eq!(is_marked, text.contains(','));
            prop_assert_eq!(String::from_utf8(line), Ok(one_line(&text)));
        }
    }
}
