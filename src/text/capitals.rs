//! Lines in capitals, whose case says nothing of their words.

use super::Span;
use super::bytes::{BLOCK, block, mask, ones};

/// Letters of a word that is hardly an abbreviation.
const LONG_WORD: usize = 5;
/// Long words that make a line one in capitals.
const LONG_WORDS: usize = 2;
/// Places of a block behind which there is room for a long word.
const STEP: usize = BLOCK - (LONG_WORD - 1);

/// The lines of a normalised text that are all in capitals, sorted.
///
/// A line of abbreviations (`SQL, AWS, PHP`) is none of them: half of the letters must be of
/// long words.
#[must_use]
pub fn lines_in_capitals(cased: &str) -> Vec<Span> {
    let bytes = cased.as_bytes();
    let mut in_capitals = Vec::new();
    let mut seen_to = 0;
    for at in long_runs(bytes) {
        if at < seen_to {
            continue;
        }
        let start = memchr::memrchr(b'\n', &bytes[seen_to..at]).map_or(seen_to, |newline| seen_to + newline + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |newline| at + newline + 1);
        if is_in_capitals(&cased[start..end]) {
            in_capitals.push(Span::new(start, end));
        }
        seen_to = end;
    }
    in_capitals
}

/// Where as many bytes stand together as a long word has at least, capitals or bytes of other letters
/// than those of ASCII. Few lines have any.
fn long_runs(bytes: &[u8]) -> impl Iterator<Item = usize> {
    (0..bytes.len()).step_by(STEP).flat_map(move |from| {
        let large = mask(&block(bytes, from), |byte| (byte.wrapping_sub(b'A') < 26) | !byte.is_ascii());
        let runs = (1..LONG_WORD).fold(large, |runs, by| runs & large >> by);
        ones(runs).map(move |place| from + place)
    })
}

fn is_in_capitals(line: &str) -> bool {
    if line.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let words = line.split(|c: char| !c.is_alphabetic()).map(|word| word.chars().count());
    let (mut letters, mut long, mut in_long) = (0, 0, 0);
    for len in words {
        letters += len;
        if len >= LONG_WORD {
            long += 1;
            in_long += len;
        }
    }
    long >= LONG_WORDS && in_long * 2 >= letters && !line.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn lines_of_words_in_capitals_are_told_from_abbreviations() {
        let text = "KNOWLEDGE OF SPRING\nSQL, AWS, PHP\nKnowledge Of Spring\nGO TO MARKET\n\nSKILLS: JAVA, VAULT";
        let lines: Vec<&str> = lines_in_capitals(text).iter().map(|line| line.of(text).trim()).collect();
        assert_eq!(lines, ["KNOWLEDGE OF SPRING", "SKILLS: JAVA, VAULT"]);
    }

    proptest! {
        #[test]
        fn no_line_in_capitals_is_passed_over(text in "([A-D]{1,7}|[\u{dc}\u{416}]{1,7}|[a\u{e9}1]|[ .\n]){0,80}") {
            let ends = text.split_inclusive('\n').scan(0, |end, line| {
                *end += line.len();
                Some((line, *end))
            });
            let all = ends.filter(|(line, _)| is_in_capitals(line)).map(|(line, end)| Span::new(end - line.len(), end));
            prop_assert_eq!(lines_in_capitals(&text), all.collect::<Vec<_>>());
        }
    }
}
