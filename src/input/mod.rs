//! Paths in, postings out: one reader a format, behind one trait that streams.
//!
//! A [`Source`] hands out [`Pending`] postings in a fixed order and does little
//! else: it finds files and splits tables into records. What costs time (opening a
//! document, decoding, taking HTML apart) waits in [`Pending::read`], so that
//! workers share it. One record of a table is held at a time, never the table.
//!
//! A new format is a new file here with its own [`Source`], and a line in `detect.rs`.

mod columns;
mod compressed_table;
mod csv;
mod csv_records;
mod decompress;
mod detect;
mod file;
mod inputs;
mod json;
mod json_ld;
mod json_object;
mod json_scanner;
mod jsonl;
mod memory;
mod meter;
mod options;
#[cfg(feature = "parquet")]
mod parquet;
mod pdf_child;
mod posting;
mod row;
mod source;
mod stream;
mod structured;
mod suggest;
mod title;
mod transcode;
mod walk;

pub use columns::{ColumnError, Field};
pub use inputs::{InputError, Inputs};
pub use memory::MemoryTable;
pub use options::{DOCX_GROWTH, InputFormat, ReadOptions};
pub use posting::{Posting, Skipped};
pub(crate) use source::Unread;
pub use source::{BeforeWaiting, Pending, Source};
pub use structured::{JobField, Structured};
