//! How inputs are read: columns, limits, and what a walk takes.

use std::ffi::OsString;
use std::path::PathBuf;
#[cfg(any(feature = "pdf", feature = "workbooks"))]
use std::process::Command;

use crate::extract::Limits;

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
    /// The columns that are carried through to the reports, as [`Posting::kept`](super::Posting::kept);
    /// `*` stands for all of which no part of the posting is made.
    pub keep_columns: Vec<String>,
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
    /// Patterns, written as in `.gitignore`, of the files that a walk takes, and of the
    /// members of archives; where there are none it takes all.
    pub include_globs: Vec<String>,
    /// Patterns of the files and folders that a walk passes over.
    pub exclude_globs: Vec<String>,
    /// The program that reads PDF files and workbooks in a process of its own. Without one they are
    /// read in this process, which a hostile file can make run out of memory.
    pub reader_program: Option<ReaderProgram>,
    /// Folders that a walk passes over, and of which no part may be given as a path, such as the one a
    /// report is written to.
    pub exclude: Vec<PathBuf>,
    /// Further paths, which are not checked: one that is not there is skipped when its turn comes.
    pub listed: Vec<PathBuf>,
    /// What standard input is, instead of what it begins like. Only its first line is then
    /// looked at ahead, so that records come out as they come in.
    pub input_format: Option<InputFormat>,
}

/// A program that reads PDF files and workbooks: `rolelean` itself, or an interpreter that runs it.
///
/// It is called with its own arguments and then `read-pdf` and the most pages, is given the PDF and writes its text;
/// or with `read-workbook` and the path, and writes a line of JSON for each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReaderProgram {
    /// The program.
    pub path: PathBuf,
    /// What it is told before all else.
    pub arguments: Vec<OsString>,
}

#[cfg(any(feature = "pdf", feature = "workbooks"))]
impl ReaderProgram {
    /// A call of the program that is still to be told what to read.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.args(&self.arguments);
        command
    }
}

impl From<PathBuf> for ReaderProgram {
    /// A program that needs no arguments of its own.
    fn from(path: PathBuf) -> Self {
        Self { path, arguments: Vec::new() }
    }
}

/// How many times the largest document a DOCX may grow to when it is expanded.
pub const DOCX_GROWTH: u64 = 4;

impl ReadOptions {
    /// The limits on taking one document apart.
    pub(super) fn limits(&self) -> Limits {
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
            keep_columns: Vec::new(),
            max_document_bytes: 16 << 20,
            max_record_bytes: 16 << 20,
            max_expanded_bytes: 16 << 30,
            max_depth: 128,
            max_pages: 500,
            include_globs: Vec::new(),
            exclude_globs: Vec::new(),
            reader_program: None,
            exclude: Vec::new(),
            listed: Vec::new(),
            input_format: None,
        }
    }
}

/// What standard input can be said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputFormat {
    /// One posting in plain text or Markdown.
    Text,
    /// One posting in HTML.
    Html,
    /// One posting as a Word file.
    Docx,
    /// One posting as a PDF.
    Pdf,
    /// A table, its delimiter told from the header.
    Csv,
    /// A table, its delimiter a tab.
    Tsv,
    /// An array of objects, or an object that holds one.
    Json,
    /// One object a line.
    JsonLines,
}
