//! The class that Python wraps.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::RecordBatchReader;
use arrow_schema::Schema;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList};
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PySchema, PyTable};
use rolelean::input::Skipped;
use rolelean::report::Explanation;
use rolelean::report::columns::{MatchesTable, PostingsTable};
use rolelean::run::{Classified, Settings};
use rolelean::{Lexicon, Side};

use crate::columns::{Layout, Named};
use crate::errors::{guarded, internal, lexicon_error};
use crate::frame::{Frames, schema};
use crate::places::in_characters;
use crate::rows::Rows;
use crate::running::{in_background, run, run_over};
use crate::texts::{Texts, TitledText, Verdicts, pending, text, texts, title, titles, too_much};
use crate::verdict::Verdict;

/// The most threads that may be asked for, as on the command line.
const MOST_THREADS: u16 = 256;

/// Bytes of a text that is classified at once: not even the worst of that length takes as long as a person waits, and
/// most postings are shorter, so that no thread is started for them.
const SHORT: usize = 8 << 10;

/// Where a lexicon is: in a folder, or in files by their paths in one.
#[derive(FromPyObject)]
enum LexiconFiles {
    Given(HashMap<String, String>),
    Folder(PathBuf),
}

/// Which columns hold what, as `(text, title, id)`.
type Columns = (Vec<String>, Option<String>, Option<String>);

/// A lexicon made ready, and how many threads use it.
#[pyclass(frozen, module = "rolelean._native")]
pub(crate) struct Classifier {
    inner: Arc<rolelean::Classifier>,
    threads: NonZeroUsize,
}

#[pymethods]
impl Classifier {
    #[new]
    #[pyo3(signature = (lexicon=None, threads=None))]
    fn new(py: Python<'_>, lexicon: Option<LexiconFiles>, threads: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        guarded(|| {
            let threads = threads.map_or_else(|| Ok(Settings::default().threads), thread_count)?;
            let lexicon = in_background(py, || match lexicon {
                None => Ok(Lexicon::builtin()),
                Some(LexiconFiles::Folder(folder)) => Lexicon::from_folder(&folder),
                Some(LexiconFiles::Given(files)) => Lexicon::from_files("given", files),
            })?;
            let lexicon = lexicon.map_err(|error| lexicon_error(&error))?;
            let inner = py.detach(|| rolelean::Classifier::new(lexicon));
            Ok(Self { inner: Arc::new(inner), threads })
        })
    }

    /// `(name, version, sha256)` of the lexicon.
    #[getter]
    fn lexicon(&self) -> (&str, &str, &str) {
        let lexicon = self.inner.lexicon();
        (lexicon.name(), lexicon.version(), lexicon.hash())
    }

    /// `(id, side word)` of the left and of the right role.
    #[getter]
    fn roles(&self) -> Vec<(&str, &str)> {
        let role = |side| self.inner.lexicon().role(side);
        Side::BOTH.map(|side| (role(side).id.as_str(), role(side).side_id.as_str())).into()
    }

    #[pyo3(signature = (text, title))]
    fn classify(&self, py: Python<'_>, text: &Bound<'_, PyAny>, title: Option<&Bound<'_, PyAny>>) -> PyResult<Verdict> {
        guarded(|| {
            let text = titled(text, title)?;
            self.analyse(py, text, |classifier, result| Verdict::of(classifier.lexicon(), &result))
        })
    }

    /// The explanation as JSON.
    #[pyo3(signature = (text, title))]
    fn explain(&self, py: Python<'_>, text: &Bound<'_, PyAny>, title: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
        guarded(|| {
            let text = titled(text, title)?;
            self.analyse(py, text, |classifier, result| {
                let mut told = serde_json::to_value(Explanation::of(classifier.lexicon(), &result))?;
                in_characters(&mut told, &result.posting.text);
                serde_json::to_string(&told)
            })?
            .map_err(internal)
        })
    }

    #[pyo3(signature = (given, given_titles))]
    fn classify_batch<'py>(
        &self,
        py: Python<'py>,
        given: &Bound<'py, PyList>,
        given_titles: Option<&Bound<'py, PyList>>,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let texts = texts(given)?;
            let titles = given_titles.map_or_else(|| Ok(vec![None; texts.len()]), titles)?;
            if titles.len() != texts.len() {
                let message = format!("{} titles for {} texts", titles.len(), texts.len());
                return Err(PyValueError::new_err(message));
            }
            let source = Texts(texts.into_iter().zip(titles));
            let verdicts = Verdicts::new(Arc::clone(self.inner.lexicon()));
            run(py, source, &self.inner, self.threads, verdicts)?.into_list(py)
        })
    }

    /// The tables of the postings and of the matches. `before` rows came before these.
    fn classify_arrow(
        &self,
        py: Python<'_>,
        batches: &Bound<'_, PyAny>,
        columns: Columns,
        source: &str,
        before: u64,
        matches: bool,
    ) -> PyResult<(PyTable, Option<PyTable>)> {
        guarded(|| {
            let batches = record_batches(batches)?;
            let layout = Layout::new(&batches.schema(), &named(columns), source)?;
            let mut rows = Rows::new(batches, layout, before);
            let lexicon = self.inner.lexicon();
            let frames = Frames::new(Arc::clone(lexicon), matches);
            let frames = run_over(py, &mut rows, &self.inner, self.threads, frames)?;
            let (postings, found) = frames.into_batches().map_err(internal)?;
            let found = found.map(|found| PyTable::try_new(found, schema::<MatchesTable>(lexicon))).transpose()?;
            Ok((PyTable::try_new(postings, schema::<PostingsTable>(lexicon))?, found))
        })
    }

    /// The columns of the postings or of the matches.
    fn schema(&self, matches: bool) -> PySchema {
        let lexicon = self.inner.lexicon();
        if matches { schema::<MatchesTable>(lexicon) } else { schema::<PostingsTable>(lexicon) }.into()
    }

    /// Where the columns are that `classify_arrow` would read of a table.
    #[staticmethod]
    fn useful_columns(schema: &Bound<'_, PyAny>, columns: Columns) -> PyResult<Vec<usize>> {
        guarded(|| Ok(layout(schema, columns)?.columns))
    }

    /// Whether one of those columns holds ids.
    #[staticmethod]
    fn has_ids(schema: &Bound<'_, PyAny>, columns: Columns) -> PyResult<bool> {
        guarded(|| Ok(layout(schema, columns)?.table.has_ids()))
    }
}

impl Classifier {
    /// Analyses a text and makes of it what is wanted.
    fn analyse<T: Send + 'static>(
        &self,
        py: Python<'_>,
        text: TitledText,
        make: impl FnOnce(&rolelean::Classifier, Classified) -> T + Send + 'static,
    ) -> PyResult<T> {
        let is_short = text.0.len() + text.1.as_ref().map_or(0, String::len) <= SHORT;
        let classifier = Arc::clone(&self.inner);
        let work = move || -> Result<T, Skipped> {
            let posting = pending(text)?.read()?;
            let analysis = classifier.classify(&posting).map_err(too_much)?;
            Ok(make(&classifier, Classified { number: 1, posting, analysis }))
        };
        let made = if is_short { py.detach(work) } else { in_background(py, work)? };
        made.map_err(|skipped| internal(skipped.reason))
    }
}

/// How many threads are asked for.
fn thread_count(given: &Bound<'_, PyAny>) -> PyResult<NonZeroUsize> {
    let expected = format!("where a whole number from 1 to {MOST_THREADS} is expected");
    let out_of_range = |found: &str| PyValueError::new_err(format!("threads is {found}, {expected}"));
    let count = match given.extract::<i64>() {
        Ok(count) if !given.is_instance_of::<PyBool>() => count,
        Err(error) if !error.is_instance_of::<PyTypeError>(given.py()) => return Err(out_of_range("beyond 64 bits")),
        _ => {
            let kind = given.get_type().name()?;
            return Err(PyTypeError::new_err(format!("threads is of type {kind}, {expected}")));
        }
    };
    let allowed = u16::try_from(count).ok().filter(|count| *count <= MOST_THREADS);
    allowed.and_then(|count| NonZeroUsize::new(count.into())).ok_or_else(|| out_of_range(&count.to_string()))
}

fn titled(given: &Bound<'_, PyAny>, given_title: Option<&Bound<'_, PyAny>>) -> PyResult<TitledText> {
    Ok((text(given, "text")?, title(given_title, "title")?))
}

/// The batches of a table.
fn record_batches(table: &Bound<'_, PyAny>) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    table.extract::<AnyRecordBatch>().and_then(AnyRecordBatch::into_reader).map_err(|error| {
        if !error.is_instance_of::<PyValueError>(table.py()) {
            return error;
        }
        PyTypeError::new_err(format!("what was passed cannot be read as a table: {}", error.value(table.py())))
    })
}

fn layout(schema: &Bound<'_, PyAny>, columns: Columns) -> PyResult<Layout> {
    let schema: Arc<Schema> = schema.extract::<PySchema>()?.into();
    Layout::new(&schema, &named(columns), "")
}

fn named((text, title, id): Columns) -> Named {
    Named { text, title, id }
}
