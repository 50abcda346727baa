//! Lines in capitals, whose case says nothing of their words.

use super::Span;
use super::bytes::lines;

/// Letters of a word that is hardly an abbreviation.
const LONG_WORD: usize = 5;
/// Long words that make a line one in capitals.
const LONG_WORDS: usize = 2;

/// The lines of a normalised text that are all in capitals, sorted.
///
/// A line of abbreviations (`SQL, AWS, PHP`) is none of them: half of the letters must be of
/// long words.
#[must_use]
pub fn lines_in_capitals(cased: &str) -> Vec<Span> {
    let mut in_capitals = Vec::new();
    let mut start = 0;
    for line in lines(cased) {
        let end = start + line.len();
        let has_room = line.len() > LONG_WORD * LONG_WORDS;
        if has_room && !line.bytes().any(|byte| byte.is_ascii_lowercase()) && is_in_capitals(line) {
            in_capitals.push(Span::new(start, end));
        }
        start = end;
    }
    in_capitals
}

fn is_in_capitals(line: &str) -> bool {
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
    use super::*;

    #[test]
    fn lines_of_words_in_capitals_are_told_from_abbreviations() {
        let text = "KNOWLEDGE OF SPRING\nSQL, AWS, PHP\nKnowledge Of Spring\nGO TO MARKET\n\nSKILLS: JAVA, VAULT";
        let lines: Vec<&str> = lines_in_capitals(text).iter().map(|line| line.of(text).trim()).collect();
        assert_eq!(lines, ["KNOWLEDGE OF SPRING", "SKILLS: JAVA, VAULT"]);
    }
}
