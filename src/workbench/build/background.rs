//! How common words are in postings of all kinds: what the words of a role are compared with.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use super::words::{is_stop_word, words};
use crate::lexicon::Lexicon;

/// The file in the lexicon folder.
pub const FILE: &str = "background.csv";

/// Occurrences of words in a large body of postings.
#[derive(Debug, Clone, Default)]
pub struct Background {
    text: String,
    counts: HashMap<String, u64>,
    total: u64,
}

/// A line of a background list that is no word and count.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "{FILE}, line {line}: expected a word and how often it was counted, found {found:?}; `rolelean lexicon background` writes such a list"
)]
pub struct BackgroundError {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
}

/// What a word counts that is not in the list: half an occurrence, so that none is impossible.
const UNSEEN: f64 = 0.5;

impl Background {
    /// Reads a list: a header, then `word,count` a line.
    ///
    /// # Errors
    /// At the first line that is neither.
    pub fn parse(text: &str) -> Result<Self, BackgroundError> {
        let mut background = Self { text: text.to_owned(), ..Self::default() };
        for (line, row) in text.lines().enumerate().skip(1).filter(|(_, row)| !row.trim().is_empty()) {
            let read = row.split_once(',').and_then(|(word, count)| Some((word.trim(), count.trim().parse().ok()?)));
            let Some((word, count)) = read else {
                return Err(BackgroundError { line: line + 1, found: row.to_owned() });
            };
            background.total += count;
            background.counts.insert(word.to_owned(), count);
        }
        Ok(background)
    }

    /// The list inside the crate: the words of some 4,500 English postings, most of them of
    /// information technology.
    ///
    /// # Panics
    /// Never in a released build: the test suite reads it.
    #[must_use]
    pub fn builtin() -> Self {
        match Self::parse(Lexicon::builtin_file(FILE).unwrap_or_default()) {
            Ok(background) => background,
            Err(error) => panic!("{error}"),
        }
    }

    /// The list as a file.
    #[must_use]
    pub fn list(&self) -> &str {
        &self.text
    }

    /// Occurrences of a word, in lower case; half a one where the list lacks it.
    pub(crate) fn count(&self, word: &str) -> f64 {
        self.counts.get(word).map_or(UNSEEN, |count| *count as f64)
    }

    /// The share of a word among all, above zero and below one.
    pub(crate) fn share(&self, word: &str) -> f64 {
        self.count(word) / (self.total as f64 + 1.0)
    }

    /// The words of the list, sorted.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        let sorted: BTreeMap<&str, u64> = self.counts.iter().map(|(word, count)| (word.as_str(), *count)).collect();
        sorted.into_keys()
    }
}

/// Counts words over postings, for a background list.
#[derive(Debug, Clone, Default)]
pub struct WordCounts {
    counts: HashMap<String, (u64, u64)>,
}

impl WordCounts {
    /// Counts the words of a posting.
    pub fn add(&mut self, text: &str) {
        let mut seen = HashSet::new();
        for word in words(text) {
            let (count, postings) = self.counts.entry(word.key.clone()).or_default();
            *count += 1;
            *postings += u64::from(seen.insert(word.key));
        }
    }

    /// The list as a file: words of at least `postings` postings, by their counts.
    /// Rarer ones are left out, for they may be names of people and firms, and so are
    /// words that no term is made of.
    #[must_use]
    pub fn list(&self, postings: u64) -> String {
        let is_address = |word: &str| word.starts_with("www.") || word.starts_with("http");
        let kept = |word: &str| word.chars().any(char::is_alphabetic) && !is_address(word) && !is_stop_word(word);
        let mut rows: Vec<(&str, u64)> = self
            .counts
            .iter()
            .filter(|(word, (_, with_it))| *with_it >= postings && kept(word))
            .map(|(word, (count, _))| (word.as_str(), *count))
            .collect();
        rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let mut list = String::from("word,count\n");
        for (word, count) in rows {
            let _ = writeln!(list, "{word},{count}");
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_written_can_be_read() {
        let mut counts = WordCounts::default();
        counts.add("The cook bakes bread, and bread again.");
        counts.add("The cook writes menus for the team.");
        let list = counts.list(1);
        assert_eq!(list, "word,count\nbread,2\ncook,2\nbakes,1\nmenus,1\n");
        let background = Background::parse(&list).expect("a list of our own");
        assert_eq!((background.total, background.count("bread"), background.count("anvil")), (6, 2.0, 0.5));
        assert_eq!(counts.list(2), "word,count\ncook,2\n");
    }

    #[test]
    fn a_line_that_is_no_count_is_named() {
        let error = Background::parse("word,count\nbread,2\ncook;3\n").map(|_| ());
        assert_eq!(error, Err(BackgroundError { line: 3, found: "cook;3".to_owned() }));
    }
}
