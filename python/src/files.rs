//! Postings out of files, in every format that the command line reads.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::thread;

use crossbeam_channel::{Receiver, bounded};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use rolelean::input::{Inputs, Pending, ReadOptions, ReaderProgram, Skipped, Source as _};

use crate::columns::Named;
use crate::errors::{guarded, input_error};
use crate::running::{in_background, received};

/// Postings that may wait to be taken.
const AHEAD: usize = 64;

/// What to read, and how: paths, columns, the columns to keep, and the call by which a PDF or a workbook is read in a
/// process of its own.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Files {
    paths: Vec<PathBuf>,
    text: Vec<String>,
    title: Option<String>,
    id: Option<String>,
    pub keep: Vec<String>,
    call: Vec<OsString>,
}

impl Files {
    /// # Errors
    /// `FileNotFoundError`, or `ValueError` when nothing can be read.
    pub(crate) fn open(self, py: Python<'_>) -> PyResult<Inputs> {
        let named = Named { text: self.text, title: self.title, id: self.id };
        let options = ReadOptions { keep_columns: self.keep, reader_program: reader(self.call), ..named.options() };
        in_background(py, move || Inputs::new(self.paths, options))?.map_err(|error| input_error(&error))
    }
}

/// A call as the program that reads where a hostile file can do no harm; none without one.
pub(crate) fn reader(call: Vec<OsString>) -> Option<ReaderProgram> {
    let mut words = call.into_iter();
    let path = words.next()?.into();
    Some(ReaderProgram { path, arguments: words.collect() })
}

/// A posting, field by field; `body_start` counts characters.
#[derive(IntoPyObject)]
pub(crate) struct Read {
    text: String,
    title: String,
    id: String,
    company: String,
    location: String,
    source: String,
    record: Option<u64>,
    body_start: usize,
    language: Option<&'static str>,
    warnings: Vec<String>,
    kept: BTreeMap<String, String>,
}

/// What comes of an input: a posting, or its source, record and the reason why it was skipped.
type Next = (Option<Read>, Option<(String, Option<u64>, String)>);

/// Hands out postings one after another, which a thread reads ahead.
#[pyclass(frozen, module = "rolelean._native")]
pub(crate) struct Postings {
    read: Receiver<Result<Next, PyErr>>,
}

#[pymethods]
impl Postings {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Next>> {
        guarded(|| received(py, &self.read)?.transpose())
    }
}

/// The postings in files.
#[pyfunction]
pub(crate) fn read_postings(py: Python<'_>, files: Files) -> PyResult<Postings> {
    guarded(|| {
        let inputs = files.open(py)?;
        let (give, read) = bounded(AHEAD);
        let started = thread::Builder::new().name("rolelean".to_owned()).spawn(move || {
            read_all(inputs, &mut |next| give.send(next).is_ok());
        });
        started.map_err(|error| PyOSError::new_err(format!("no thread could be started to read in: {error}")))?;
        Ok(Postings { read })
    })
}

/// Gives each posting, until nobody takes one any more.
fn read_all(mut inputs: Inputs, give: &mut dyn FnMut(Result<Next, PyErr>) -> bool) {
    while let Some(next) = inputs.next() {
        let next = match next.and_then(Pending::read) {
            Ok(posting) => (Some(Read::of(posting)), None),
            Err(Skipped { source, record, reason, .. }) => (None, Some((source, record, reason))),
        };
        if !give(Ok(next)) {
            return;
        }
    }
    if let Err(error) = inputs.check_columns() {
        give(Err(input_error(&error)));
    }
}

impl Read {
    fn of(posting: rolelean::Posting) -> Self {
        let kept = posting.kept.into_iter().map(|cell| (cell.column.to_string(), cell.value)).collect();
        let before = posting.text.get(..posting.body_start).unwrap_or_default();
        Self {
            body_start: before.chars().count(),
            text: posting.text,
            title: posting.title,
            id: posting.id,
            company: posting.company,
            location: posting.location,
            source: posting.source,
            record: posting.record,
            language: posting.language,
            warnings: posting.warnings,
            kept,
        }
    }
}
