//! Tables that a program has written as a page and named `.xls`.

use std::io::Read as _;

use super::columns::{Columns, Field};
use super::row::Table;
use super::stream::{NOT_TEXT, Peeked};
use super::{Skipped, Source, cell_rows, header};
use crate::extract::{PieceBudget, decode, html_table_rows, size};

/// Whether a stream without a telling name is a page that is a table of postings: its first rows
/// name a text and another field.
pub(super) fn begins_as_table(sample: &[u8], columns: &Columns) -> bool {
    let start = sample.trim_ascii_start();
    if !start.starts_with(b"<") || !contains_table(start) {
        return false;
    }
    let rows = html_table_rows(&String::from_utf8_lossy(start), &mut PieceBudget::default()).unwrap_or_default();
    let header = header::find(&rows, columns);
    let names = || header.names.iter().map(String::as_str);
    let is_other = |name: &str| {
        columns.role(name).is_some_and(|role| !matches!(role.field, Field::Text | Field::Part | Field::Location))
    };
    header.rows > 0 && rows.len() > header.rows && columns.have_text(names()) && names().any(is_other)
}

fn contains_table(sample: &[u8]) -> bool {
    sample.windows(b"<table".len()).any(|window| window.eq_ignore_ascii_case(b"<table"))
}

/// Opens such a page, which is read as a whole.
pub(super) fn open(peeked: Peeked, table: Table, max_document: u64) -> Result<Box<dyn Source>, Skipped> {
    let refused = |reason: String| Skipped::whole(&table.source, reason);
    let mut bytes = Vec::new();
    let read = peeked.rewound().take(max_document.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| refused(error.to_string()))?;
    if bytes.len() as u64 > max_document {
        return Err(refused(format!("larger than {}, the limit for one document", size(max_document))));
    }
    let text = decode(&bytes).ok_or_else(|| refused(NOT_TEXT.to_owned()))?.text;
    let rows = html_table_rows(&text, &mut PieceBudget::default()).map_err(|error| refused(error.to_string()))?;
    cell_rows::open(Box::new(rows.into_iter().map(Ok)), table)
}
