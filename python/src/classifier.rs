//! The class that Python wraps.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_schema::Schema;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PySchema, PyTable};
use rolelean::posting::Skipped;
use rolelean::report::Explanation;
use rolelean::report::columns::{MatchesTable, PostingsTable};
use rolelean::run::{Classified, Settings};
use rolelean::{Lexicon, Side};

use crate::errors::{internal, lexicon_error};
use crate::frame::{Frames, schema};
use crate::places::in_characters;
use crate::rows::{Broken, Layout, Named, Rows};
use crate::running::run;
use crate::texts::{Texts, TitledText, Verdicts, pending};
use crate::verdict::Verdict;

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
    fn new(py: Python<'_>, lexicon: Option<LexiconFiles>, threads: Option<usize>) -> PyResult<Self> {
        let threads = match threads {
            None => Settings::default().threads,
            Some(threads) => NonZeroUsize::new(threads)
                .ok_or_else(|| PyValueError::new_err("threads is 0, where at least 1 is expected"))?,
        };
        let inner = py.detach(|| {
            let lexicon = match lexicon {
                None => Ok(Lexicon::builtin()),
                Some(LexiconFiles::Folder(folder)) => Lexicon::from_folder(&folder),
                Some(LexiconFiles::Given(files)) => Lexicon::from_files("given", files),
            };
            rolelean::Classifier::new(lexicon.map_err(|error| lexicon_error(&error))?).map_err(internal)
        })?;
        Ok(Self { inner: Arc::new(inner), threads })
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

    fn classify(&self, py: Python<'_>, text: String, title: Option<String>) -> PyResult<Verdict> {
        py.detach(|| {
            let result = self.analyse((text, title)).map_err(|skipped| internal(skipped.reason))?;
            Ok(Verdict::of(self.inner.lexicon(), &result))
        })
    }

    /// The explanation as JSON.
    fn explain(&self, py: Python<'_>, text: String, title: Option<String>) -> PyResult<String> {
        py.detach(|| {
            let Classified { posting, analysis } =
                self.analyse((text, title)).map_err(|skipped| internal(skipped.reason))?;
            let told = Explanation::of(self.inner.matcher(), &posting, &analysis);
            let mut told = serde_json::to_value(told).map_err(internal)?;
            in_characters(&mut told, &posting.text);
            Ok(told.to_string())
        })
    }

    fn classify_batch(
        &self,
        py: Python<'_>,
        texts: Vec<String>,
        titles: Option<Vec<Option<String>>>,
    ) -> PyResult<Vec<Verdict>> {
        let titles = titles.unwrap_or_else(|| vec![None; texts.len()]);
        if titles.len() != texts.len() {
            let message = format!("{} titles for {} texts", titles.len(), texts.len());
            return Err(PyValueError::new_err(message));
        }
        let mut verdicts = Verdicts::new(self.inner.lexicon());
        let mut source = Texts(texts.into_iter().zip(titles));
        run(py, &mut source, &self.inner, self.threads, &mut verdicts)?;
        verdicts.into_inner()
    }

    /// The tables of the postings and of the matches. `before` rows came before these.
    fn classify_arrow(
        &self,
        py: Python<'_>,
        batches: AnyRecordBatch,
        columns: Columns,
        source: &str,
        before: u64,
        matches: bool,
    ) -> PyResult<(PyTable, Option<PyTable>)> {
        let batches = batches.into_reader()?;
        let layout = Layout::new(&batches.schema(), &named(columns), source)?;
        let broken = Broken::default();
        let mut rows = Rows::new(batches, layout, before, broken.clone());
        let lexicon = self.inner.lexicon();
        let mut frames = Frames::new(lexicon, matches);
        run(py, &mut rows, &self.inner, self.threads, &mut frames)?;
        if let Some(error) = broken.take() {
            return Err(pyo3_arrow::error::PyArrowError::from(error).into());
        }
        let (postings, found) = frames.into_batches().map_err(internal)?;
        let found = found.map(|found| PyTable::try_new(found, schema::<MatchesTable>(lexicon))).transpose()?;
        Ok((PyTable::try_new(postings, schema::<PostingsTable>(lexicon))?, found))
    }

    /// The columns of the postings or of the matches.
    fn schema(&self, matches: bool) -> PySchema {
        let lexicon = self.inner.lexicon();
        if matches { schema::<MatchesTable>(lexicon) } else { schema::<PostingsTable>(lexicon) }.into()
    }

    /// The names of the columns of a table that `classify_arrow` would read.
    #[staticmethod]
    fn useful_columns(schema: PySchema, columns: Columns) -> PyResult<Vec<String>> {
        let schema: Arc<Schema> = schema.into();
        let layout = Layout::new(&schema, &named(columns), "")?;
        Ok(layout.names(&schema).into_iter().map(str::to_owned).collect())
    }

    /// Whether one of those columns holds ids.
    #[staticmethod]
    fn has_ids(schema: PySchema, columns: Columns) -> PyResult<bool> {
        let schema: Arc<Schema> = schema.into();
        Ok(Layout::new(&schema, &named(columns), "")?.has_ids())
    }
}

impl Classifier {
    fn analyse(&self, text: TitledText) -> Result<Classified, Skipped> {
        let posting = pending(text)?.read()?;
        let analysis = self.inner.classify(&posting);
        Ok(Classified { posting, analysis })
    }
}

fn named((text, title, id): Columns) -> Named {
    Named { text, title, id }
}
