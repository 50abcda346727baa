//! Bytes to text: one file for each format of document. Uses `text` alone.
//!
//! A new format is a new file here that gives plain text with line breaks where a reader
//! sees them, and a line in `input/file.rs`.

mod docx;
mod encoding;
mod flow;
mod html;
mod html_table;
mod html_title;
mod limits;
mod line_breaks;
#[cfg(feature = "workbooks")]
mod number_format;
mod odt;
mod package;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod pdf_layout;
mod rtf;
#[cfg(feature = "workbooks")]
mod workbook;

pub use docx::docx_to_text;
pub(crate) use encoding::without_controls;
pub use encoding::{Decoded, decode};
pub use html::{html_to_text, json_ld, looks_like_html};
pub use html_table::html_table_rows;
pub use html_title::{PageNames, page_names};
pub(crate) use limits::{Capped, EXPAND_IT, Growth};
pub use limits::{Limits, PieceBudget, TooManyPieces, size};
pub use odt::odt_to_text;
pub(crate) use package::{Package, broken, broken_zip, entity, local, open as open_zip, too_deep};
#[cfg(feature = "pdf")]
pub use pdf::pdf_to_text;
pub use rtf::rtf_to_text;
#[cfg(feature = "workbooks")]
pub use workbook::{GoOn, Step, each_step};
