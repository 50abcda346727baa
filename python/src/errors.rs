//! The exceptions that rolelean raises of its own; `pysrc/rolelean/_errors.py` has them, for Python to show.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::{PyFileNotFoundError, PyValueError};
use pyo3::import_exception;
use pyo3::prelude::*;
use rolelean::input::{self, InputError};

import_exception!(rolelean._errors, ColumnError);
import_exception!(rolelean._errors, ColumnTypeError);
import_exception!(rolelean._errors, InternalError);
import_exception!(rolelean._errors, LexiconError);

/// Every finding of a lexicon that cannot be used, a line each.
pub(crate) fn lexicon_error(error: &rolelean::LexiconError) -> PyErr {
    let findings: Vec<String> = error.errors.iter().map(ToString::to_string).collect();
    LexiconError::new_err(format!("the lexicon {} cannot be used:\n{}", error.name, findings.join("\n")))
}

/// What a table lacks, and the argument that helps.
pub(crate) fn column_error(error: &input::ColumnError) -> PyErr {
    ColumnError::new_err(match error {
        input::ColumnError::Missing { .. } => error.to_string(),
        input::ColumnError::NoText { .. } => format!("{error}; name one with text=\"...\""),
    })
}

/// Why paths cannot be read as they were given.
pub(crate) fn input_error(error: &InputError) -> PyErr {
    match error {
        InputError::NotFound { .. } | InputError::Unquoted { .. } => PyFileNotFoundError::new_err(error.to_string()),
        InputError::NoColumn { .. } => ColumnError::new_err(error.to_string()),
        _ => PyValueError::new_err(error.to_string()),
    }
}

/// A fault of rolelean itself.
pub(crate) fn internal(error: impl ToString) -> PyErr {
    InternalError::new_err(error.to_string())
}

/// Runs what Python called, and makes a panic an exception.
///
/// `PyO3` does so too, but its exception is no `Exception`: it passes every handler of errors and ends the program.
///
/// # Errors
/// What `called` returns, or `InternalError` when it panics.
pub(crate) fn guarded<T>(called: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(called)).unwrap_or_else(|panic| Err(panicked(&*panic)))
}

/// What a panic says, as an exception.
pub(crate) fn panicked(panic: &(dyn Any + Send)) -> PyErr {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let said = said.unwrap_or("a panic without a message");
    internal(format!("internal error: {said}; please file a bug with the output above"))
}
