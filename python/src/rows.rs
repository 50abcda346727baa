//! Postings out of Arrow's record batches.

use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Schema};
use pyo3::PyResult;
use pyo3::exceptions::PyTypeError;
use rolelean::posting::{MemoryTable, Pending, ReadOptions, Skipped, Source};

use crate::errors::column_error;

/// Which columns of a table hold what, where the caller says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named {
    pub text: Vec<String>,
    pub title: Option<String>,
    pub id: Option<String>,
}

/// The columns that postings are made of.
#[derive(Debug)]
pub(crate) struct Layout {
    table: MemoryTable,
    /// Where the columns of `table` are in a batch.
    columns: Vec<usize>,
}

impl Layout {
    /// The columns of a table of this schema, called `source` in the results.
    ///
    /// # Errors
    /// `ColumnError` when a column is missing, `TypeError` when one that was named holds no text.
    pub(crate) fn new(schema: &Schema, named: &Named, source: &str) -> PyResult<Self> {
        for name in named.text.iter().chain(&named.title).chain(&named.id) {
            if let Ok(field) = schema.field_with_name(name)
                && !is_text(field.data_type())
            {
                let kind = field.data_type();
                return Err(PyTypeError::new_err(format!("the column `{name}` holds {kind}, where text is expected")));
            }
        }
        let fields = schema.fields().iter().enumerate().filter(|(_, field)| is_text(field.data_type()));
        let (indices, names): (Vec<usize>, Vec<String>) =
            fields.map(|(index, field)| (index, field.name().clone())).unzip();
        let options = ReadOptions {
            id_column: named.id.clone(),
            title_column: named.title.clone(),
            text_columns: named.text.clone(),
            ..ReadOptions::default()
        };
        let table = MemoryTable::new(source, &names, &options).map_err(|error| column_error(&error))?;
        let columns = table.columns().map(|index| indices[index]).collect();
        Ok(Self { table, columns })
    }

    /// The names of the columns that are of use.
    pub(crate) fn names<'s>(&self, schema: &'s Schema) -> Vec<&'s str> {
        self.columns.iter().map(|index| schema.field(*index).name().as_str()).collect()
    }

    /// Whether one of them holds ids.
    pub(crate) fn has_ids(&self) -> bool {
        self.table.has_ids()
    }

    fn texts(&self, batch: &RecordBatch) -> Result<Vec<Texts>, ArrowError> {
        self.columns.iter().map(|index| Texts::of(batch.column(*index))).collect()
    }
}

/// Whether cells of this type can be read as text: strings, their dictionaries, and what ids may be.
fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_text(values),
        kind => kind.is_string() || kind.is_integer() || kind.is_floating() || *kind == DataType::Null,
    }
}

/// A column of texts, as it came where it is one already.
enum Texts {
    Small(arrow_array::StringArray),
    Large(arrow_array::LargeStringArray),
    View(arrow_array::StringViewArray),
}

impl Texts {
    fn of(column: &ArrayRef) -> Result<Self, ArrowError> {
        Ok(match column.data_type() {
            DataType::Utf8 => Self::Small(column.as_string().clone()),
            DataType::LargeUtf8 => Self::Large(column.as_string().clone()),
            DataType::Utf8View => Self::View(column.as_string_view().clone()),
            _ => Self::Large(cast(column, &DataType::LargeUtf8)?.as_string().clone()),
        })
    }

    /// The text of a row, empty where there is none.
    fn get(&self, row: usize) -> &str {
        match self {
            Self::Small(texts) if texts.is_valid(row) => texts.value(row),
            Self::Large(texts) if texts.is_valid(row) => texts.value(row),
            Self::View(texts) if texts.is_valid(row) => texts.value(row),
            _ => "",
        }
    }
}

/// Why a stream of batches broke off, for the thread that started the run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Broken(Arc<Mutex<Option<ArrowError>>>);

impl Broken {
    fn set(&self, error: ArrowError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    /// The error, if there was one.
    pub(crate) fn take(&self) -> Option<ArrowError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Hands out the rows of a stream of batches one after another.
pub(crate) struct Rows {
    batches: Box<dyn RecordBatchReader + Send>,
    layout: Layout,
    /// The columns of the batch at hand, its length, and the next row.
    batch: (Vec<Texts>, usize, usize),
    /// Rows handed out.
    record: u64,
    broken: Broken,
}

impl Rows {
    /// The rows of `batches`, before which `record` others came.
    pub(crate) fn new(batches: Box<dyn RecordBatchReader + Send>, layout: Layout, record: u64, broken: Broken) -> Self {
        Self { batches, layout, batch: (Vec::new(), 0, 0), record, broken }
    }

    /// Goes to the next batch if the one at hand is used up; false after the last.
    fn advance(&mut self) -> Result<bool, ArrowError> {
        while self.batch.2 == self.batch.1 {
            let Some(batch) = self.batches.next().transpose()? else { return Ok(false) };
            self.batch = (self.layout.texts(&batch)?, batch.num_rows(), 0);
        }
        Ok(true)
    }
}

impl Source for Rows {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        match self.advance() {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                self.broken.set(error);
                return None;
            }
        }
        let (columns, _, row) = &mut self.batch;
        self.record += 1;
        let found = self.layout.table.row(self.record, columns.iter().map(|texts| texts.get(*row)));
        *row += 1;
        Some(found)
    }
}
