//! Paths in, postings out: one reader a format, behind one trait that streams.
//!
//! A [`Source`] hands out [`Pending`] postings in a fixed order and does little
//! else: it finds files and splits tables into records. What costs time (opening a
//! document, decoding, taking HTML apart) waits in [`Pending::read`], so that
//! workers share it. One record of a table is held at a time, never the table.
//!
//! A new format is a new file here with its own [`Source`], and a line in `detect.rs`.

mod account;
mod archive;
mod cell_rows;
mod choice;
mod columns;
mod compressed_table;
mod counted;
mod csv;
mod csv_records;
mod decompress;
mod detect;
mod dialect;
mod document_account;
mod escapes;
mod feed;
mod feed_fields;
mod feed_records;
mod file;
mod front_matter;
mod globs;
mod header;
mod held;
mod html_table;
mod inputs;
mod job_words;
mod json;
mod json_ld;
mod json_leaves;
mod json_object;
mod json_path;
mod json_records;
mod json_repair;
mod json_scanner;
mod json_text;
mod jsonl;
mod legacy;
mod magic;
mod mail;
mod mail_digest;
mod mail_header;
mod mailbox;
mod markup;
mod memory;
mod meter;
mod options;
#[cfg(feature = "parquet")]
mod parquet;
mod path_list;
mod pdf_child;
mod posting;
mod profile;
mod row;
mod ruled;
mod source;
mod stream;
mod structured;
mod suggest;
mod title;
mod transcode;
mod walk;
mod word_counts;
#[cfg(feature = "workbooks")]
mod workbook;
#[cfg(feature = "workbooks")]
mod workbook_child;

pub use account::TableRead;
pub use columns::{ALL_COLUMNS, ColumnError, Field};
pub use document_account::{DocumentKind, DocumentsRead};
pub use inputs::{InputError, Inputs};
pub use memory::{ChosenColumn, ColumnChoice, MemoryTable};
pub use options::{DOCX_GROWTH, InputFormat, ReadOptions, ReaderProgram};
pub use path_list::listed_paths;
pub use posting::{KeptCell, Posting, Skipped};
pub(crate) use source::Unread;
pub use source::{BeforeWaiting, Pending, Source};
pub use structured::{JobField, Structured};
pub use walk::SETTINGS_FILE;
