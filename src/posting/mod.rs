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
mod duplicates;
mod expand;
pub(crate) mod ids;
mod inputs;
mod jobposting;
mod json;
mod kind;
mod lines;
mod memory;
mod nearest;
mod object;
#[cfg(feature = "parquet")]
mod parquet;
mod pdf;
mod records;
mod row;
mod scanner;
mod stream;
mod title;
mod transcode;
mod walk;

use std::fmt;
use std::path::PathBuf;

pub use columns::{ColumnError, Field};
pub use duplicates::Duplicates;
pub use ids::SeenIds;
pub use inputs::{InputError, Inputs};
pub use kind::InputFormat;
pub use memory::MemoryTable;

use crate::text::{Limits, language_of, without_controls};

/// One job posting, as plain text.
///
/// ```
/// use rolelean::Posting;
/// use rolelean::posting::{Inputs, ReadOptions, Source};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let posting = Posting::from_text("# Cook\n\nYou cook for sixty guests.");
/// assert_eq!((posting.title.as_str(), posting.body()), ("Cook", "You cook for sixty guests."));
///
/// // Files of all kinds are read by `Inputs`, one posting after another.
/// let mut inputs = Inputs::new(vec!["samples".into()], ReadOptions::default())?;
/// let first = inputs.next().expect("a file")?.read()?;
/// assert!(!first.text.is_empty());
/// # Ok(())
/// # }
/// ```
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
    /// The language of the body as an ISO 639-1 code, where it could be told.
    pub language: Option<&'static str>,
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

    /// What is the same for all formats: control characters become spaces, which leaves
    /// every offset as it was, and the language is told. Twice is the same as once.
    fn finished(mut self) -> Self {
        for text in [&mut self.text, &mut self.title, &mut self.company, &mut self.location] {
            *text = without_controls(std::mem::take(text));
        }
        self.language = self.language.or_else(|| language_of(self.body()));
        if let Some(language) = self.language.filter(|language| *language != "en") {
            let warning = format!("not English ({language})");
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        self
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
    /// The id of the record, where it could be read as far as that.
    pub id: Option<String>,
    /// What was found or expected and, where there is one, the next step.
    pub reason: String,
}

impl Skipped {
    fn whole(source: &str, reason: impl Into<String>) -> Self {
        Self { source: source.to_owned(), record: None, id: None, reason: reason.into() }
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

impl std::error::Error for Skipped {}

/// Hands out postings one after another.
pub trait Source: Send {
    /// The next posting or skipped input, and `None` after the last.
    fn next(&mut self) -> Option<Result<Pending, Skipped>>;

    /// Has `call` called within [`Self::next`] before each read that may have to wait for
    /// whoever writes to a pipe, so that what was handed out before need not wait with it.
    /// `None` ends that. Sources that never wait do nothing.
    fn before_waiting(&mut self, call: Option<BeforeWaiting>) {
        let _ = call;
    }
}

/// What is called before a read that may have to wait.
pub type BeforeWaiting = Box<dyn FnMut() + Send>;

/// A posting still to be read: a document not yet opened, a row not yet cleaned.
pub struct Pending(Box<dyn Unread>);

impl Pending {
    pub(crate) fn new(unread: impl Unread + 'static) -> Self {
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
        self.0.read().map(Posting::finished)
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
pub(crate) trait Unread: Send {
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
    /// The most that a compressed file may grow to; a DOCX moreover to no more than
    /// [`DOCX_GROWTH`] times the largest document.
    pub max_expanded_bytes: u64,
    /// How deep brackets (JSON) and elements (DOCX) may be nested. HTML is read without a
    /// tree, so that nesting costs nothing there.
    pub max_depth: usize,
    /// The most pages of a PDF.
    pub max_pages: usize,
    /// Patterns, written as in `.gitignore`, of the files that a walk takes; where there
    /// are none it takes all.
    pub include_globs: Vec<String>,
    /// Patterns of the files and folders that a walk passes over.
    pub exclude_globs: Vec<String>,
    /// The program that reads a PDF in a process of its own: it is called with `read-pdf`
    /// and the most pages, is given the PDF and writes its text. Without one a PDF is
    /// read in this process, which a hostile file can make run out of memory.
    pub pdf_program: Option<PathBuf>,
    /// Folders that a walk passes over, and of which no part may be given as a path, such as the one a
    /// report is written to.
    pub exclude: Vec<PathBuf>,
    /// What standard input is, instead of what it begins like. Only its first line is then
    /// looked at ahead, so that records come out as they come in.
    pub input_format: Option<InputFormat>,
}

/// How many times the largest document a DOCX may grow to when it is expanded.
pub const DOCX_GROWTH: u64 = 4;

impl ReadOptions {
    /// The limits on taking one document apart.
    fn limits(&self) -> Limits {
        let expanded_bytes = self.max_expanded_bytes.min(self.max_document_bytes.saturating_mul(DOCX_GROWTH));
        Limits { expanded_bytes, depth: self.max_depth, pages: self.max_pages, ..Limits::default() }
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            id_column: None,
            title_column: None,
            text_columns: Vec::new(),
            max_document_bytes: 16 << 20,
            max_record_bytes: 16 << 20,
            max_expanded_bytes: 16 << 30,
            max_depth: 128,
            max_pages: 500,
            include_globs: Vec::new(),
            exclude_globs: Vec::new(),
            pdf_program: None,
            exclude: Vec::new(),
            input_format: None,
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
    fn control_characters_are_spaces_and_languages_are_told() {
        let german = "Wir suchen einen Koch, der unsere Küche führt und die Gerichte plant. Du arbeitest mit anderen im \
                      Team und sorgst dafür, dass alles läuft.";
        let cases = [
            ("Cook\0 and\u{b}bake\tna\u{ef}ve\u{7f}", "Cook  and bake\tna\u{ef}ve ", None, vec![]),
            (german, german, Some("de"), vec!["not English (de)".to_owned()]),
        ];
        for (text, expected, language, warnings) in cases {
            let posting = Posting { text: text.to_owned(), ..Posting::default() };
            let found = Pending::from(posting).read().map(|found| (found.text, found.language, found.warnings));
            assert_eq!(found, Ok((expected.to_owned(), language, warnings)));
        }
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
