//! The postings table alone, as it comes, for pipes.

use std::io::{self, Write};

use super::columns::{PostingRow, PostingsTable};
use super::csv::{CsvStyle, CsvTable};
use crate::lexicon::Lexicon;
use crate::run::{Classified, Sink, SinkError, Summary};

/// What the output is called when it cannot be written.
pub(super) const NAME: &str = "standard output";

/// Writes the postings table to one output.
pub struct PostingsStream<'c, W: Write> {
    lexicon: &'c Lexicon,
    table: CsvTable<W, PostingsTable>,
}

impl<'c, W: Write> PostingsStream<'c, W> {
    /// Writes the header.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, lexicon: &'c Lexicon, style: CsvStyle) -> io::Result<Self> {
        Ok(Self { lexicon, table: CsvTable::new(out, lexicon, style)? })
    }
}

impl<W: Write> Sink for PostingsStream<'_, W> {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        self.table.row(&PostingRow { lexicon: self.lexicon, result }).map_err(failed)
    }

    fn idle(&mut self) -> Result<(), SinkError> {
        self.table.flush().map_err(failed)
    }

    fn finish(&mut self, _summary: &Summary) -> Result<(), SinkError> {
        self.table.flush().map_err(failed)
    }
}

fn failed(cause: io::Error) -> SinkError {
    SinkError { what: NAME.to_owned(), cause }
}
