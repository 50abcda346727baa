//! The exceptions that are rolelean's own.

use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use rolelean::posting;

create_exception!(
    rolelean,
    LexiconError,
    PyValueError,
    "A lexicon that cannot be used. The message lists every finding with its file, line and column."
);

create_exception!(
    rolelean,
    ColumnError,
    PyValueError,
    "A table that lacks the column that is needed. The message names the columns it has."
);

/// Every finding of a lexicon that cannot be used, a line each.
pub(crate) fn lexicon_error(error: &rolelean::LexiconError) -> PyErr {
    let findings: Vec<String> = error.errors.iter().map(ToString::to_string).collect();
    LexiconError::new_err(format!("the lexicon {} cannot be used:\n{}", error.name, findings.join("\n")))
}

/// What a table lacks, and the argument that helps.
pub(crate) fn column_error(error: &posting::ColumnError) -> PyErr {
    ColumnError::new_err(match error {
        posting::ColumnError::Missing { .. } => error.to_string(),
        posting::ColumnError::NoText { .. } => format!("{error}; name one with text=\"...\""),
    })
}

/// A fault of rolelean itself.
pub(crate) fn internal(error: impl ToString) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}
