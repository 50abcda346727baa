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
    let bytes = text.as_bytes();
    // A space that begins the text is one too many, as if it came after another.
    let (mut done, mut after_space) = (0, 1);
    for from in (0..bytes.len()).step_by(BLOCK) {
        let block = block(bytes, from);
        let spaces = mask(&block, |byte| byte == b' ');
        let again = spaces & (spaces << 1 | after_space);
        after_space = spaces >> (BLOCK - 1);
        // Control characters, and what begins a character beyond ASCII.
        let odd = mask(&block, |byte| !(b' '..0xC0).contains(&byte));
        for at in ones(again | odd).map(|place| from + place).take_while(|at| *at < bytes.len()) {
            if at < done {
                // Inside the run before it.
                continue;
            }
            let end = text.len() - text[at..].trim_start().len();
            // Else a mark that is no white space.
            if end > at {
                take(without_space(&text[done..at]));
                if at > 0 && end < text.len() {
                    take(" ");
                }
                done = end;
            }
        }
    }
    take(without_space(&text[done..]));
}

/// A piece without the one space that it may end in.
fn without_space(piece: &str) -> &str {
    piece.strip_suffix(' ').unwrap_or(piece)
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
