//! Texts of postings on one line, as cells of tables have them.

use crate::text::bytes::{BLOCK, block, mask, ones};

/// `text` with every run of white space as one space, and none at its ends.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    each_piece(text, |piece| line.push_str(piece));
    line
}

/// Appends the same.
pub(super) fn push_one_line(out: &mut Vec<u8>, text: &str) {
    each_piece(text, |piece| out.extend_from_slice(piece.as_bytes()));
}

/// Takes the line apart into pieces of `text` and spaces between them.
fn each_piece(text: &str, mut take: impl FnMut(&str)) {
    let text = text.trim();
    let bytes = text.as_bytes();
    let (mut done, mut after_space) = (0, 0);
    for from in (0..bytes.len()).step_by(BLOCK) {
        let block = block(bytes, from);
        let spaces = mask(&block, |byte| byte == b' ');
        let again = spaces & (spaces << 1 | after_space);
        after_space = spaces >> (BLOCK - 1);
        // Control characters, and what begins a character beyond ASCII.
        let odd = mask(&block, |byte| !(b' '..0xC0).contains(&byte));
        for at in ones(again | odd).map(|place| from + place).take_while(|at| *at < bytes.len()) {
            let rest = text[at.max(done)..].trim_start();
            let end = text.len() - rest.len();
            // Else a mark inside the run before it, or one that is no white space.
            if end > at.max(done) {
                take(text[done..at].trim_end_matches(' '));
                take(" ");
                done = end;
            }
        }
    }
    take(&text[done..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_line_holds_the_words_of_its_text(text in "([a-z]{1,9}|[ \n\t\u{7f}]|é|\u{a0}|\u{2003}|–){0,90}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(one_line(&text), words.join(" "));
        }
    }
}
