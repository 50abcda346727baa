//! Postings out of Arrow's record batches.
//!
//! What comes through Arrow's C interfaces is checked by nobody before: here no byte is taken for text, and no offset
//! or key followed, before it has been looked at.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float16Type, Float32Type, Float64Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, RecordBatch, RecordBatchReader,
    downcast_integer_array,
};
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::{PyKeyboardInterrupt, PyOSError};
use pyo3::{PyErr, PyResult};
use rolelean::input::TableRead;

use crate::columns::Layout;
use crate::errors::ColumnError;
use crate::running::Chunk;

/// Rows that are handed over together.
const ROWS: usize = 32;

/// Rows that are looked at to tell what the columns hold, as many as of a file.
const SAMPLE: usize = 100;

/// The bytes of a column of texts, as they came.
enum Texts {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
    /// For each row, where in the texts its own is.
    Dictionary(Vec<Option<usize>>, Box<Texts>),
    /// No row has a text.
    None,
}

impl Texts {
    /// # Errors
    /// When offsets or keys lead out of the column.
    fn of(column: &ArrayRef) -> Result<Self, ArrowError> {
        // Builds the array anew from its parts, which checks them.
        let as_bytes = |kind| column.to_data().into_builder().data_type(kind).build();
        Ok(match column.data_type() {
            DataType::Utf8 => Self::Small(as_bytes(DataType::Binary)?.into()),
            DataType::LargeUtf8 => Self::Large(as_bytes(DataType::LargeBinary)?.into()),
            DataType::Utf8View => Self::View(as_bytes(DataType::BinaryView)?.into()),
            DataType::Dictionary(..) => {
                column.to_data().validate_data()?;
                let dictionary = column.as_any_dictionary();
                Self::Dictionary(keys(dictionary.keys())?, Box::new(Self::of(dictionary.values())?))
            }
            DataType::Null => Self::None,
            _ => Self::Small(written(column)?),
        })
    }

    /// The bytes of a row, none where there is no text.
    fn get(&self, row: usize) -> &[u8] {
        match self {
            Self::Small(texts) if texts.is_valid(row) => texts.value(row),
            Self::Large(texts) if texts.is_valid(row) => texts.value(row),
            Self::View(texts) if texts.is_valid(row) => texts.value(row),
            Self::Dictionary(keys, texts) => keys[row].map_or(&[], |key| texts.get(key)),
            _ => &[],
        }
    }
}

/// Where in its dictionary each row is, none where it is null.
#[expect(clippy::unnecessary_fallible_conversions, reason = "it is of two kinds of keys, and not of the six others")]
fn keys(keys: &dyn Array) -> Result<Vec<Option<usize>>, ArrowError> {
    downcast_integer_array!(
        keys => Ok(keys.iter().map(|key| key.and_then(|key| usize::try_from(key).ok())).collect()),
        other => Err(ArrowError::CastError(format!("{other} is no kind of keys")))
    )
}

/// Numbers and flags as they are written: an id, or what a table says of the job.
fn written(column: &dyn Array) -> Result<BinaryArray, ArrowError> {
    // With a digit behind the point, as everywhere else in Python.
    fn number(number: f64) -> String {
        format!("{number:?}")
    }
    Ok(downcast_integer_array!(
        column => column.iter().map(|number| number.map(|number| number.to_string())).collect(),
        DataType::Boolean => column.as_boolean().iter().map(|flag| flag.map(|flag| flag.to_string())).collect(),
        DataType::Float16 => {
            column.as_primitive::<Float16Type>().iter().map(|value| value.map(|value| number(value.to_f64()))).collect()
        },
        DataType::Float32 => {
            column.as_primitive::<Float32Type>().iter().map(|value| value.map(|value| format!("{value:?}"))).collect()
        },
        DataType::Float64 => column.as_primitive::<Float64Type>().iter().map(|value| value.map(number)).collect(),
        other => return Err(ArrowError::CastError(format!("{other} cannot be read as text")))
    ))
}

/// The first rows of a table, as texts: they tell what its columns hold. What cannot be read as text is empty.
///
/// # Errors
/// When the stream breaks off.
pub(crate) fn beginning(mut batches: Box<dyn RecordBatchReader + Send>) -> PyResult<Vec<Vec<String>>> {
    let mut rows = Vec::new();
    while rows.len() < SAMPLE {
        let Some(batch) = batches.next().transpose().map_err(broken_off)? else { break };
        let batch = batch.slice(0, batch.num_rows().min(SAMPLE - rows.len()));
        let columns: Vec<Texts> =
            batch.columns().iter().map(|column| Texts::of(column).unwrap_or(Texts::None)).collect();
        let cell = |texts: &Texts, row| String::from_utf8_lossy(texts.get(row)).into_owned();
        rows.extend((0..batch.num_rows()).map(|row| columns.iter().map(|texts| cell(texts, row)).collect()));
    }
    Ok(rows)
}

/// A column that postings are made of.
struct Column {
    name: String,
    texts: Texts,
}

impl Column {
    fn of(batch: &RecordBatch, at: usize) -> PyResult<Self> {
        let name = batch.schema_ref().field(at).name().clone();
        match Texts::of(batch.column(at)) {
            Ok(texts) => Ok(Self { name, texts }),
            Err(error) => Err(ColumnError::new_err(format!(
                "the column `{name}` is broken: {error}; the program that made the table is at fault"
            ))),
        }
    }

    /// The text of a row, which is the `record`th of the table from 0.
    fn text(&self, row: usize, record: u64) -> PyResult<&str> {
        str::from_utf8(self.texts.get(row)).map_err(|error| {
            ColumnError::new_err(format!(
                "the column `{}` is not UTF-8 at row {record} counted from 0, byte {}; decode it by the encoding that it \
                 is in before it becomes text of Arrow",
                self.name,
                error.valid_up_to()
            ))
        })
    }
}

/// A batch that is being read.
struct Batch {
    columns: Vec<Column>,
    length: usize,
    /// The next row.
    row: usize,
}

/// Hands out the rows of a stream of batches in chunks.
pub(crate) struct Rows {
    batches: Box<dyn RecordBatchReader + Send>,
    layout: Layout,
    batch: Option<Batch>,
    /// Rows handed out.
    records: u64,
}

impl Rows {
    /// The rows of `batches`, before which `records` others came.
    pub(crate) fn new(batches: Box<dyn RecordBatchReader + Send>, layout: Layout, records: u64) -> Self {
        Self { batches, layout, batch: None, records }
    }

    /// What has been read.
    pub(crate) fn told(&self) -> Option<TableRead> {
        self.layout.table.told()
    }

    /// Goes to the next batch if the one at hand is used up; false after the last.
    fn advance(&mut self) -> PyResult<bool> {
        while self.batch.as_ref().is_none_or(|batch| batch.row == batch.length) {
            let Some(batch) = self.batches.next().transpose().map_err(broken_off)? else { return Ok(false) };
            let columns = self.layout.columns.iter().map(|at| Column::of(&batch, *at)).collect::<PyResult<_>>()?;
            self.batch = Some(Batch { columns, length: batch.num_rows(), row: 0 });
        }
        Ok(true)
    }

    fn chunk(&mut self) -> PyResult<Chunk> {
        let Some(batch) = &mut self.batch else { return Ok(Chunk::new()) };
        let end = batch.length.min(batch.row + ROWS);
        let mut chunk = Chunk::with_capacity(end - batch.row);
        for row in batch.row..end {
            let texts: Vec<&str> =
                batch.columns.iter().map(|column| column.text(row, self.records)).collect::<PyResult<_>>()?;
            self.records += 1;
            chunk.push(self.layout.table.row(self.records, texts));
        }
        batch.row = end;
        Ok(chunk)
    }
}

impl Iterator for Rows {
    type Item = PyResult<Chunk>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.advance() {
            Ok(true) => Some(self.chunk()),
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

/// Why a stream gives no more batches.
fn broken_off(error: ArrowError) -> PyErr {
    let said = match error {
        ArrowError::CDataInterface(said) => said,
        error => error.to_string(),
    };
    // A stream that runs Python code in this thread is where Ctrl-C is heard; all that comes through of it is the
    // last line of a traceback.
    if said.trim_end().lines().next_back().is_some_and(|line| line.starts_with("KeyboardInterrupt")) {
        return PyKeyboardInterrupt::new_err(());
    }
    PyOSError::new_err(format!("the table could not be read to its end: {}", said.trim_end()))
}
