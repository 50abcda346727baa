//! Paths in, postings out: one reader a format, behind one trait that streams.
//!
//! A [`Source`] hands out [`Pending`] postings in a fixed order and does little
//! else: it finds files and splits tables into records. What costs time (opening a
//! document, decoding, taking HTML apart) waits in [`Pending::read`], so that
//! workers share it. One record of a table is held at a time, never the table.
//!
//! A new format is a new file here with its own [`Source`], and a line in `kind.rs`.

mod columns;
mod delimited;
mod document;
mod inputs;
mod json;
mod kind;
mod lines;
mod nearest;
mod object;
mod records;
mod row;
mod scanner;
mod stream;
mod title;
mod walk;

use std::fmt;
use std::path::PathBuf;

pub use inputs::{InputError, Inputs};

/// One job posting, as plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posting {
    /// What the posting is called in reports: a relative path, or the id cell of a row.
    pub id: String,
    /// The file it came from, as reached from the path that was given.
    pub source: String,
    /// The record in a table, counted from 1; none for a file that is one posting.
    pub record: Option<u64>,
    /// The job title, empty where none was found.
    pub title: String,
    /// The employer, empty where none was given.
    pub company: String,
    /// Where the job is, empty where not given.
    pub location: String,
    /// The whole text; offsets of mentions refer to it.
    pub text: String,
    /// The byte of `text` where the body begins, after a title line.
    pub body_start: usize,
    /// What was odd about the posting, though it could be read.
    pub warnings: Vec<String>,
}

impl Posting {
    /// A posting of which only the text is known, with the title in its first line
    /// if that reads like one.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        let (title, body_start) = title::of_text(&text);
        Self { title, text, body_start, ..Self::default() }
    }

    /// The text without its title line.
    #[must_use]
    pub fn body(&self) -> &str {
        self.text.get(self.body_start..).unwrap_or(&self.text)
    }
}

/// A file or record that could not be read as a posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file, as reached from the path that was given.
    pub source: String,
    /// The record in a table, counted from 1; none where the whole file is meant.
    pub record: Option<u64>,
    /// What was found or expected and, where there is one, the next step.
    pub reason: String,
}

impl Skipped {
    fn whole(source: &str, reason: impl Into<String>) -> Self {
        Self { source: source.to_owned(), record: None, reason: reason.into() }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}, record {record}: {}", self.source, self.reason),
            None => write!(f, "{}: {}", self.source, self.reason),
        }
    }
}

/// Hands out postings one after another.
pub trait Source: Send {
    /// The next posting or skipped input, and `None` after the last.
    fn next(&mut self) -> Option<Result<Pending, Skipped>>;
}

/// A posting still to be read: a document not yet opened, a row not yet cleaned.
pub struct Pending(Box<dyn Unread>);

impl Pending {
    fn new(unread: impl Unread + 'static) -> Self {
        Self(Box::new(unread))
    }

    /// The file it comes from, as reports show it.
    #[must_use]
    pub fn source(&self) -> &str {
        self.0.source()
    }

    /// The record in a table, counted from 1; none for a file that is one posting.
    #[must_use]
    pub fn record(&self) -> Option<u64> {
        self.0.record()
    }

    /// Reads the posting; any thread may do so.
    ///
    /// # Errors
    /// [`Skipped`] says why there is no posting to be had.
    pub fn read(self) -> Result<Posting, Skipped> {
        self.0.read()
    }
}

impl From<Posting> for Pending {
    /// A posting that is there already, for sources that hold postings in memory.
    fn from(posting: Posting) -> Self {
        Self::new(posting)
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("source", &self.source()).field("record", &self.record()).finish()
    }
}

/// The work that [`Pending::read`] puts off.
trait Unread: Send {
    fn source(&self) -> &str;
    fn record(&self) -> Option<u64>;
    fn read(self: Box<Self>) -> Result<Posting, Skipped>;
}

impl Unread for Posting {
    fn source(&self) -> &str {
        &self.source
    }

    fn record(&self) -> Option<u64> {
        self.record
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        Ok(*self)
    }
}

/// How inputs are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// The column that holds the id, instead of one found by name.
    pub id_column: Option<String>,
    /// The column that holds the title, instead of one found by name.
    pub title_column: Option<String>,
    /// The columns that hold the text, in the order in which they are joined,
    /// instead of those found by name.
    pub text_columns: Vec<String>,
    /// The largest file that is read as one document.
    pub max_document_bytes: u64,
    /// The largest record of a table.
    pub max_record_bytes: u64,
    /// Folders that a walk passes over, such as the one a report is written to.
    pub exclude: Vec<PathBuf>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            id_column: None,
            title_column: None,
            text_columns: Vec::new(),
            max_document_bytes: 16 << 20,
            max_record_bytes: 16 << 20,
            exclude: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_in_memory_reads_as_itself() {
        let posting = Posting { text: "Cook\n\nYou cook.".to_owned(), body_start: 6, ..Posting::default() };
        assert_eq!(posting.body(), "You cook.");
        let same = Posting { title: "Cook".to_owned(), ..posting.clone() };
        assert_eq!(Posting::from_text("Cook\n\nYou cook."), same);
        assert_eq!(Pending::from(posting.clone()).read(), Ok(posting));
    }

    #[test]
    fn a_pending_posting_knows_its_place() {
        let posting = Posting { source: "jobs.csv".to_owned(), record: Some(3), ..Posting::default() };
        let pending = Pending::from(posting);
        assert_eq!((pending.source(), pending.record()), ("jobs.csv", Some(3)));
        assert_eq!(format!("{pending:?}"), "Pending { source: \"jobs.csv\", record: Some(3) }");
    }

    #[test]
    fn a_skipped_input_names_its_place() {
        let mut skipped = Skipped::whole("jobs.csv", "no text");
        assert_eq!(skipped.to_string(), "jobs.csv: no text");
        skipped.record = Some(3);
        assert_eq!(skipped.to_string(), "jobs.csv, record 3: no text");
    }
}
