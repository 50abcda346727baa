//! The postings table alone, as it comes, for pipes.

use std::io::{self, Write};
use std::sync::Arc;

use super::columns::PostingsTable;
use super::csv::{CsvStyle, CsvTable, PreparePostings};
use super::kept::KeptColumns;
use crate::lexicon::Lexicon;
use crate::run::{Classified, Prepare, Rows, Sink, SinkError, Summary};

/// What the output is called when it cannot be written.
pub(super) const NAME: &str = "standard output";

/// Writes the postings table to one output.
pub struct PostingsStream<W: Write> {
    lexicon: Arc<Lexicon>,
    style: CsvStyle,
    table: CsvTable<W, PostingsTable>,
}

impl<W: Write> PostingsStream<W> {
    /// Begins with the header. The columns of `keep` follow those of the table; [`ALL_COLUMNS`](crate::input::ALL_COLUMNS)
    /// adds none, for the header stands before the first posting is known.
    pub fn new(out: W, lexicon: &Arc<Lexicon>, style: CsvStyle, keep: &[String]) -> Self {
        let table = CsvTable::keeping(out, lexicon, style, KeptColumns::new(keep));
        Self { table, lexicon: Arc::clone(lexicon), style }
    }
}

impl<W: Write> Sink for PostingsStream<W> {
    fn preparations(&self) -> Vec<Arc<dyn Prepare>> {
        vec![Arc::new(PreparePostings { lexicon: Arc::clone(&self.lexicon), style: self.style })]
    }

    fn classified(&mut self, result: &Classified, rows: &[Rows]) -> Result<(), SinkError> {
        rows.iter().try_for_each(|rows| self.table.rows(rows, result)).map_err(failed)
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
