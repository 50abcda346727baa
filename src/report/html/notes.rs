//! What was odd about the inputs, once for each file instead of once for each posting.

use std::collections::BTreeMap;

use super::rows::line;
use crate::input::Posting;

/// The most files with notes that are kept, so that memory stays flat.
const FILES: usize = 1_000;
/// The most different notes of a file.
const NOTES: usize = 10;
/// Files whose notes are listed.
const LISTED: usize = 100;
/// The most characters of a note or of the name of a file.
const LENGTH: usize = 300;

/// The warnings of a run by file, with how many postings have each.
#[derive(Debug, Default)]
pub struct Notes {
    files: BTreeMap<String, BTreeMap<String, u64>>,
}

/// A note on a file, as it is listed.
#[derive(Debug, PartialEq, Eq)]
pub struct Note {
    pub source: String,
    pub text: String,
    pub postings: u64,
}

impl Notes {
    /// Counts the warnings of a posting.
    pub fn add(&mut self, posting: &Posting) {
        for warning in &posting.warnings {
            let source = line(&posting.source, LENGTH);
            if self.files.len() == FILES && !self.files.contains_key(&source) {
                continue;
            }
            let notes = self.files.entry(source).or_default();
            let text = line(warning, LENGTH);
            if notes.len() < NOTES || notes.contains_key(&text) {
                *notes.entry(text).or_default() += 1;
            }
        }
    }

    /// The notes of the first files, by the names of these.
    pub fn listed(&self) -> Vec<Note> {
        let of_file = |(source, notes): (&String, &BTreeMap<String, u64>)| {
            let note = |(text, postings): (&String, &u64)| Note {
                source: source.clone(),
                text: text.clone(),
                postings: *postings,
            };
            notes.iter().map(note).collect::<Vec<_>>()
        };
        self.files.iter().take(LISTED).flat_map(of_file).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_is_told_once_for_each_file() {
        let mut notes = Notes::default();
        for (source, warnings) in [("b.csv", vec!["odd", "short"]), ("a.csv", vec!["odd"]), ("b.csv", vec!["odd"])] {
            let warnings = warnings.into_iter().map(str::to_owned).collect();
            notes.add(&Posting { source: source.to_owned(), warnings, ..Posting::default() });
        }
        let note = |source: &str, text: &str, postings| Note { source: source.into(), text: text.into(), postings };
        assert_eq!(notes.listed(), [note("a.csv", "odd", 1), note("b.csv", "odd", 2), note("b.csv", "short", 1)]);
    }
}
