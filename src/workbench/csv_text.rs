//! CSV tables put together in memory, where writing cannot fail.

use crate::report::{end_row, needs_quotes, push_quoted};

/// A table as the text of a CSV file: `\n` ended, quoted where RFC 4180 asks for it.
pub(crate) struct CsvText {
    rows: Vec<u8>,
}

impl CsvText {
    /// A table with this header.
    pub(crate) fn new<C: AsRef<str>>(header: impl IntoIterator<Item = C>) -> Self {
        let mut table = Self { rows: Vec::new() };
        table.row(header);
        table
    }

    /// Adds a row, which must have as many cells as the header.
    pub(crate) fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) {
        for cell in cells {
            push_quoted(&mut self.rows, cell.as_ref(), needs_quotes);
            self.rows.push(b',');
        }
        end_row(&mut self.rows);
    }

    /// The whole text.
    pub(crate) fn finish(self) -> String {
        String::from_utf8_lossy(&self.rows).into_owned()
    }
}
