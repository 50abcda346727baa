//! Postings out of Python's strings, and their verdicts.

use std::sync::Arc;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PyString};
use rolelean::Lexicon;
use rolelean::extract::{PieceBudget, html_to_text, looks_like_html};
use rolelean::input::{Pending, Posting, Skipped, Source};
use rolelean::run::{Classified, Rows, Sink, SinkError};

use crate::errors::internal;
use crate::verdict::Verdict;

/// How many texts are taken from Python, or verdicts given, between two looks at the signals.
const LISTED: usize = 1024;

/// A text and, where it is known, its title.
pub(crate) type TitledText = (String, Option<String>);

/// The text that is called `name`.
///
/// # Errors
/// `TypeError` when it is no `str`, `ValueError` when it holds halves of characters.
pub(crate) fn text(given: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    string(given, "a str", || name.to_owned())
}

/// The title that is called `name`, if there is one.
///
/// # Errors
/// As [`text`].
pub(crate) fn title(given: Option<&Bound<'_, PyAny>>, name: &str) -> PyResult<Option<String>> {
    given.map(|given| string(given, "a str or None", || name.to_owned())).transpose()
}

/// The texts of the list that is called `name`, of which some may be missing.
///
/// # Errors
/// As [`text`], for the first that is neither; what a signal handler raised.
pub(crate) fn texts(list: &Bound<'_, PyList>, name: &str) -> PyResult<Vec<Option<String>>> {
    let mut texts = Vec::with_capacity(list.len());
    for (index, given) in list.iter().enumerate() {
        if index % LISTED == 0 {
            list.py().check_signals()?;
        }
        let text = || string(&given, "a str or None", || format!("{name}[{index}]"));
        texts.push(if is_missing(&given)? { None } else { Some(text()?) });
    }
    Ok(texts)
}

/// Whether a value stands for none, as libraries for data frames write it: `None`, NaN, `pandas.NA` or `NaT`.
fn is_missing(given: &Bound<'_, PyAny>) -> PyResult<bool> {
    if given.is_none() {
        return Ok(true);
    }
    if let Ok(number) = given.cast::<PyFloat>() {
        return Ok(number.value().is_nan());
    }
    let kind = given.get_type();
    Ok(["NAType", "NaTType"].iter().any(|missing| kind.name().is_ok_and(|name| name == *missing)))
}

/// A string of Python's, which stands at `place`.
fn string(given: &Bound<'_, PyAny>, expected: &str, place: impl Fn() -> String) -> PyResult<String> {
    let Ok(string) = given.cast::<PyString>() else {
        let found = if given.is_none() { "None".to_owned() } else { format!("of type {}", given.get_type().name()?) };
        return Err(PyTypeError::new_err(format!("{} is {found}, where {expected} is expected", place())));
    };
    string.to_cow().map(String::from).map_err(|error| {
        let help = "take such characters out first, as .encode(errors=\"replace\").decode() does";
        PyValueError::new_err(format!("{} cannot be written as UTF-8: {}; {help}", place(), error.value(given.py())))
    })
}

/// A text that takes more work than one of its length should.
pub(crate) fn too_much(error: impl std::error::Error) -> Skipped {
    Skipped { source: String::new(), record: None, id: None, reason: error.to_string() }
}

/// The posting in a text. Without a title it may have one in its first line, as a file may.
///
/// # Errors
/// When the text is HTML of more pieces than a posting may be made of.
pub(crate) fn pending((text, title): TitledText) -> Result<Pending, Skipped> {
    let text =
        if looks_like_html(&text) { html_to_text(&text, &mut PieceBudget::default()).map_err(too_much)? } else { text };
    let posting = match title {
        Some(title) => {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            Posting { title, text, ..Posting::default() }
        }
        None => Posting::from_text(text),
    };
    Ok(posting.into())
}

/// Hands out texts one after another.
pub(crate) struct Texts<I>(pub I);

impl<I: Iterator<Item = TitledText> + Send> Source for Texts<I> {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        self.0.next().map(pending)
    }
}

/// Gathers the verdicts.
pub(crate) struct Verdicts {
    lexicon: Arc<Lexicon>,
    verdicts: Vec<Verdict>,
    failed: Option<Skipped>,
}

impl Verdicts {
    /// None yet.
    pub(crate) fn new(lexicon: Arc<Lexicon>) -> Self {
        Self { lexicon, verdicts: Vec::new(), failed: None }
    }

    /// One verdict for each of the texts `is_there` says are there, and `None` for each other.
    ///
    /// # Errors
    /// When a posting could not be analysed, or was too much work to take apart. What a signal
    /// handler raised.
    pub(crate) fn into_list(self, py: Python<'_>, is_there: Vec<bool>) -> PyResult<Bound<'_, PyList>> {
        if let Some(skipped) = self.failed {
            let places = is_there.iter().enumerate().filter(|(_, is_there)| **is_there);
            let place = places.map(|(index, _)| index).nth(self.verdicts.len()).unwrap_or_default();
            return Err(internal(format!("texts[{place}]: {}", skipped.reason)));
        }
        let (list, mut verdicts) = (PyList::empty(py), self.verdicts.into_iter());
        for (index, is_there) in is_there.into_iter().enumerate() {
            if index % LISTED == 0 {
                py.check_signals()?;
            }
            list.append(if is_there { verdicts.next() } else { None })?;
        }
        Ok(list)
    }
}

impl Sink for Verdicts {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        if self.failed.is_none() {
            self.verdicts.push(Verdict::of(&self.lexicon, result));
        }
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        self.failed.get_or_insert_with(|| skipped.clone());
        Ok(())
    }
}
