//! Tables by the Arrow PyCapsule interface, on which pyarrow, pandas, Polars, DuckDB and others agree.

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_pyarrow::FromPyArrow as _;
use arrow_schema::{Schema, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::errors::internal;

/// A table of results, of which other libraries make one of theirs.
#[pyclass(frozen, module = "rolelean._native")]
pub(crate) struct Table {
    pub schema: SchemaRef,
    pub batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // It may be passed over, says the interface, and whoever asked looks at what comes.
        let _ = requested_schema;
        let batches = RecordBatchIterator::new(self.batches.clone().into_iter().map(Ok), self.schema.clone());
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(internal)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }
}

/// The batches of a table of any library.
///
/// # Errors
/// `TypeError` when it is none.
pub(crate) fn batches(table: &Bound<'_, PyAny>) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    let found = if table.hasattr(intern!(table.py(), "__arrow_c_stream__"))? {
        RecordBatchStreamReader::from_pyarrow_bound(table).map(|stream| Box::new(stream) as Box<_>)
    } else {
        RecordBatch::from_pyarrow_bound(table).map(|batch| {
            let schema = batch.schema();
            Box::new(RecordBatchIterator::new([Ok(batch)], schema)) as Box<_>
        })
    };
    found.map_err(|error| {
        if !error.is_instance_of::<PyValueError>(table.py()) {
            return error;
        }
        PyTypeError::new_err(format!("what was passed cannot be read as a table: {}", error.value(table.py())))
    })
}

/// Whether a table has rows to be read, or no more than columns.
pub(crate) fn has_rows(table: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = table.py();
    Ok(table.hasattr(intern!(py, "__arrow_c_stream__"))? || table.hasattr(intern!(py, "__arrow_c_array__"))?)
}

/// The columns of a table, or of what has no more than columns.
///
/// # Errors
/// As [`batches`].
pub(crate) fn schema(table: &Bound<'_, PyAny>) -> PyResult<SchemaRef> {
    if table.hasattr(intern!(table.py(), "__arrow_c_schema__"))? {
        return Schema::from_pyarrow_bound(table).map(SchemaRef::new);
    }
    batches(table).map(|batches| batches.schema())
}
