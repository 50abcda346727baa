//! Results as Arrow's record batches, with the columns of the tables in a report.

use std::io;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use rolelean::Lexicon;
use rolelean::input::{ALL_COLUMNS, KeptCell, Skipped};
use rolelean::report::columns::{
    self, Cell, Kind, MatchRow, MatchesTable, Name, PostingRow, PostingsTable, Table as _,
};
use rolelean::report::to_decimals;
use rolelean::run::{Classified, Rows, Sink, SinkError};

use crate::capsules::Table;

/// Rows of a batch at most.
const ROWS: usize = 1 << 16;
/// Bytes of text of a batch at most, with one more row: an offset of Arrow's strings has 31 bits.
const BYTES: usize = 1 << 28;

/// The columns of a table under a lexicon.
pub(crate) fn schema<T: columns::Table>(lexicon: &Lexicon) -> SchemaRef {
    let field = |(name, kind)| {
        let kind = match kind {
            Kind::Text => DataType::Utf8,
            Kind::Integer => DataType::Int64,
            Kind::Number => DataType::Float64,
            Kind::Flag => DataType::Boolean,
        };
        Field::new(name, kind, true)
    };
    let columns = T::COLUMNS.iter().map(|column| (column.name.under(lexicon), column.kind));
    Arc::new(Schema::new(columns.map(field).collect::<Vec<_>>()))
}

/// The cells of one column as they come.
enum Cells {
    Text(StringBuilder),
    Integer(Int64Builder),
    Number(Float64Builder),
    Flag(BooleanBuilder),
}

impl Cells {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Flag => Self::Flag(BooleanBuilder::new()),
        }
    }

    /// Adds a cell, null where it is empty, and says how many bytes of text it took.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        match (self, cell) {
            (Self::Text(cells), Cell::Text(text)) => {
                cells.append_value(text);
                return text.len();
            }
            (Self::Integer(cells), Cell::Integer(count)) => cells.append_option(i64::try_from(*count).ok()),
            (Self::Number(cells), Cell::Number(number, decimals)) => {
                cells.append_value(to_decimals(*number, *decimals));
            }
            (Self::Number(cells), Cell::LogOdds(value)) => cells.append_value(value.to_f64()),
            (Self::Flag(cells), Cell::Flag(flag)) => cells.append_value(*flag),
            // Empty: a column holds nothing but cells of its kind.
            (Self::Text(cells), _) => cells.append_null(),
            (Self::Integer(cells), _) => cells.append_null(),
            (Self::Number(cells), _) => cells.append_null(),
            (Self::Flag(cells), _) => cells.append_null(),
        }
        0
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(cells) => Arc::new(cells.finish()),
            Self::Integer(cells) => Arc::new(cells.finish()),
            Self::Number(cells) => Arc::new(cells.finish()),
            Self::Flag(cells) => Arc::new(cells.finish()),
        }
    }
}

/// A table as it grows.
struct Frame {
    schema: SchemaRef,
    columns: Vec<Cells>,
    rows: usize,
    bytes: usize,
    done: Vec<RecordBatch>,
}

impl Frame {
    fn new<T: columns::Table>(lexicon: &Lexicon) -> Self {
        let columns = T::COLUMNS.iter().map(|column| Cells::new(column.kind)).collect();
        Self { schema: schema::<T>(lexicon), columns, rows: 0, bytes: 0, done: Vec::new() }
    }

    fn push<'c>(&mut self, cells: impl Iterator<Item = Cell<'c>>) -> Result<(), ArrowError> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.push(&cell);
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES { self.cut() } else { Ok(()) }
    }

    /// Ends the batch at hand.
    fn cut(&mut self) -> Result<(), ArrowError> {
        if self.rows > 0 {
            let columns = self.columns.iter_mut().map(Cells::finish).collect();
            self.done.push(RecordBatch::try_new(Arc::clone(&self.schema), columns)?);
            (self.rows, self.bytes) = (0, 0);
        }
        Ok(())
    }

    fn into_table(mut self) -> Result<Table, ArrowError> {
        self.cut()?;
        Ok(Table { schema: self.schema, batches: self.done })
    }
}

/// The cells of the user's own columns that are carried through.
struct Kept {
    columns: Vec<Arc<str>>,
    /// Those of each row.
    rows: Vec<Vec<KeptCell>>,
}

impl Kept {
    /// Those of the columns that are named, before any that come up.
    fn new(keep: &[String]) -> Self {
        let named = keep.iter().filter(|name| *name != ALL_COLUMNS);
        Self { columns: named.map(|name| name.as_str().into()).collect(), rows: Vec::new() }
    }

    fn push(&mut self, cells: &[KeptCell]) {
        for cell in cells {
            if !self.columns.contains(&cell.column) {
                self.columns.push(Arc::clone(&cell.column));
            }
        }
        self.rows.push(cells.to_vec());
    }

    /// A table of all rows with these columns behind its own.
    fn behind(self, table: Table) -> Result<Table, ArrowError> {
        let mut fields = table.schema.fields().to_vec();
        for column in &self.columns {
            let mut name = column.to_string();
            while fields.iter().any(|field| *field.name() == name) {
                // As the command line tells it from a column of ours.
                name += "_kept";
            }
            fields.push(Arc::new(Field::new(name, DataType::Utf8, true)));
        }
        let (schema, mut rows) = (Arc::new(Schema::new(fields)), self.rows.as_slice());
        let mut batches = Vec::with_capacity(table.batches.len());
        for batch in table.batches {
            let (here, rest) = rows.split_at(batch.num_rows());
            rows = rest;
            let text = |row: &'_ Vec<KeptCell>, column: &str| {
                let cell = row.iter().find(|cell| &*cell.column == column && !cell.value.is_empty());
                cell.map(|cell| cell.value.clone())
            };
            let own = self.columns.iter().map(|column| -> ArrayRef {
                Arc::new(here.iter().map(|row| text(row, column)).collect::<StringArray>())
            });
            let columns = batch.columns().iter().cloned().chain(own).collect();
            batches.push(RecordBatch::try_new(Arc::clone(&schema), columns)?);
        }
        Ok(Table { schema, batches })
    }
}

/// Gathers the tables of a run.
pub(crate) struct Frames {
    lexicon: Arc<Lexicon>,
    postings: Frame,
    kept: Kept,
    matches: Option<Frame>,
}

impl Frames {
    /// Empty tables: the postings, with the columns of the inputs that are to be kept, and the matches if they are
    /// wanted.
    pub(crate) fn new(lexicon: Arc<Lexicon>, keep: &[String], matches: bool) -> Self {
        let matches = matches.then(|| Frame::new::<MatchesTable>(&lexicon));
        let postings = Frame::new::<PostingsTable>(&lexicon);
        Self { lexicon, postings, kept: Kept::new(keep), matches }
    }

    /// The postings and the matches.
    ///
    /// # Errors
    /// When a batch cannot be put together.
    pub(crate) fn into_tables(self) -> Result<(Table, Option<Table>), ArrowError> {
        let postings = self.kept.behind(self.postings.into_table()?)?;
        Ok((postings, self.matches.map(Frame::into_table).transpose()?))
    }
}

impl Sink for Frames {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        let row = PostingRow { lexicon: &self.lexicon, result };
        self.postings.push(PostingsTable::COLUMNS.iter().map(|column| (column.cell)(&row))).map_err(failed)?;
        self.kept.push(&result.posting.kept);
        let Some(matches) = &mut self.matches else { return Ok(()) };
        for row in MatchRow::all(&self.lexicon, result) {
            matches.push(MatchesTable::COLUMNS.iter().map(|column| (column.cell)(&row))).map_err(failed)?;
        }
        Ok(())
    }

    /// A row keeps its place, so that tables can be put side by side.
    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        let cells = PostingsTable::COLUMNS.iter().map(|column| match column.name {
            Name::Fixed("id") => Cell::Text(id(skipped).into()),
            Name::Fixed("source") => Cell::Text(skipped.source.as_str().into()),
            Name::Fixed("warnings") => Cell::Text(format!("skipped: {}", skipped.reason).into()),
            _ => Cell::Empty,
        });
        self.postings.push(cells).map_err(failed)?;
        self.kept.push(&[]);
        Ok(())
    }
}

/// What a row would be called if it were a posting.
fn id(skipped: &Skipped) -> String {
    let by_place =
        || skipped.record.map_or_else(|| skipped.source.clone(), |record| format!("{}#{record}", skipped.source));
    skipped.id.clone().unwrap_or_else(by_place)
}

fn failed(error: ArrowError) -> SinkError {
    SinkError { what: "a record batch".to_owned(), cause: io::Error::other(error) }
}
