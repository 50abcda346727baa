//! The class that Python wraps.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList};
use rolelean::input::{Posting, Skipped, Source as _};
use rolelean::report::Explanation;
use rolelean::report::columns::{MatchesTable, PostingsTable};
use rolelean::run::{Classified, Settings};
use rolelean::{Lexicon, Side};

use crate::capsules::{self, Table};
use crate::columns::{Columns, Layout, short_text};
use crate::errors::{guarded, input_error, internal, lexicon_error};
use crate::files::Files;
use crate::frame::{Frames, schema};
use crate::places::in_characters;
use crate::rows::Rows;
use crate::running::{Crew, in_background, run, run_over};
use crate::texts::{Texts, TitledText, Verdicts, pending, text, texts, title, too_much};
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

/// The tables of the postings and of the matches, and what to tell of how they were read.
type Tables = (Table, Option<Table>, Vec<String>);

/// A skill's id, its name, the word for where it pulls, and its weight.
type SkillRow<'l> = (&'l str, &'l str, &'l str, f64);

/// A lexicon made ready, and how many threads use it.
#[pyclass(frozen, module = "rolelean._native")]
pub(crate) struct Classifier {
    inner: Arc<rolelean::Classifier>,
    threads: NonZeroUsize,
}

#[pymethods]
impl Classifier {
    /// `extensions` are files, as their names and texts, that go on top of the lexicon.
    #[new]
    fn new(
        py: Python<'_>,
        lexicon: Option<LexiconFiles>,
        extensions: Vec<(String, String)>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        guarded(|| {
            let threads = threads.map_or_else(|| Ok(Settings::default().threads), thread_count)?;
            let lexicon = in_background(py, move || {
                let lexicon = match lexicon {
                    None => Ok(Lexicon::builtin()),
                    Some(LexiconFiles::Folder(folder)) => Lexicon::from_folder(&folder),
                    Some(LexiconFiles::Given(files)) => Lexicon::from_files("given", files),
                };
                extensions.iter().fold(lexicon, |lexicon, (name, text)| lexicon?.extended(name, text))
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

    /// The skills, in the order of the lexicon.
    #[getter]
    fn skills(&self) -> Vec<SkillRow<'_>> {
        let lexicon = self.inner.lexicon();
        let skills = lexicon.skills().iter();
        skills
            .map(|skill| (&*skill.id, &*skill.name, lexicon.leaning_name(skill.leaning), skill.weight.to_f64()))
            .collect()
    }

    #[pyo3(signature = (text, title, body_start))]
    fn classify(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        title: Option<&Bound<'_, PyAny>>,
        body_start: Option<usize>,
    ) -> PyResult<Verdict> {
        guarded(|| {
            let given = Given::of(text, title, body_start)?;
            self.analyse(py, given, |classifier, result| Verdict::of(classifier.lexicon(), &result))
        })
    }

    /// The explanation as JSON.
    #[pyo3(signature = (text, title, body_start))]
    fn explain(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        title: Option<&Bound<'_, PyAny>>,
        body_start: Option<usize>,
    ) -> PyResult<String> {
        guarded(|| {
            let given = Given::of(text, title, body_start)?;
            self.analyse(py, given, |classifier, result| {
                let mut told = serde_json::to_value(Explanation::of(classifier.lexicon(), &result))?;
                in_characters(&mut told, &result.posting.text);
                serde_json::to_string(&told)
            })?
            .map_err(internal)
        })
    }

    /// A verdict for each text, and `None` where there is none.
    #[pyo3(signature = (given, given_titles, progress))]
    fn classify_batch<'py>(
        &self,
        py: Python<'py>,
        given: &Bound<'py, PyList>,
        given_titles: Option<&Bound<'py, PyList>>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        guarded(|| {
            let texts_given = texts(given, "texts")?;
            let titles =
                given_titles.map_or_else(|| Ok(vec![None; texts_given.len()]), |list| texts(list, "titles"))?;
            if titles.len() != texts_given.len() {
                let message = format!("{} titles for {} texts", titles.len(), texts_given.len());
                return Err(PyValueError::new_err(message));
            }
            let is_there = texts_given.iter().map(Option::is_some).collect();
            let titled = texts_given.into_iter().zip(titles).filter_map(|(text, title)| Some((text?, title)));
            let verdicts = Verdicts::new(Arc::clone(self.inner.lexicon()));
            let (_, verdicts) = run(py, Texts(titled), self.crew(progress), verdicts)?;
            verdicts.into_list(py, is_there)
        })
    }

    /// `before` rows came before these.
    #[expect(clippy::too_many_arguments, reason = "Python names what it passes")]
    fn classify_arrow(
        &self,
        py: Python<'_>,
        batches: &Bound<'_, PyAny>,
        columns: &Columns,
        source: &str,
        before: u64,
        matches: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Tables> {
        guarded(|| {
            let batches = capsules::batches(batches)?;
            let layout = Layout::new(&batches.schema(), columns, source)?;
            let mut rows = Rows::new(batches, layout, before);
            let frames = Frames::new(Arc::clone(self.inner.lexicon()), &[], matches);
            let frames = run_over(py, &mut rows, self.crew(progress), frames)?;
            let (postings, matches) = frames.into_tables().map_err(internal)?;
            Ok((postings, matches, rows.told().iter().filter_map(short_text).collect()))
        })
    }

    fn classify_files(
        &self,
        py: Python<'_>,
        files: Files,
        matches: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Tables> {
        guarded(|| {
            let frames = Frames::new(Arc::clone(self.inner.lexicon()), &files.keep, matches);
            let (inputs, frames) = run(py, files.open(py)?, self.crew(progress), frames)?;
            inputs.check_columns().map_err(|error| input_error(&error))?;
            let (postings, matches) = frames.into_tables().map_err(internal)?;
            Ok((postings, matches, inputs.tables().iter().filter_map(short_text).collect()))
        })
    }

    /// A table without rows that has the columns of the postings, or of the matches.
    fn empty(&self, matches: bool) -> Table {
        let lexicon = self.inner.lexicon();
        let schema = if matches { schema::<MatchesTable>(lexicon) } else { schema::<PostingsTable>(lexicon) };
        Table { schema, batches: Vec::new() }
    }
}

/// A posting that Python passes: a text with its title, or one that was read before, whose body begins at this
/// character.
struct Given {
    text: TitledText,
    body_start: Option<usize>,
}

impl Given {
    fn of(
        given: &Bound<'_, PyAny>,
        given_title: Option<&Bound<'_, PyAny>>,
        body_start: Option<usize>,
    ) -> PyResult<Self> {
        Ok(Self { text: (text(given, "text")?, title(given_title, "title")?), body_start })
    }

    fn is_short(&self) -> bool {
        let (text, title) = &self.text;
        text.len() + title.as_ref().map_or(0, String::len) <= SHORT
    }

    fn read(self) -> Result<Posting, Skipped> {
        let Some(characters) = self.body_start else { return pending(self.text)?.read() };
        let (text, title) = self.text;
        let body_start = text.char_indices().nth(characters).map_or(text.len(), |(byte, _)| byte);
        rolelean::input::Pending::from(Posting {
            title: title.unwrap_or_default(),
            text,
            body_start,
            ..Posting::default()
        })
        .read()
    }
}

impl Classifier {
    fn crew(&self, progress: Option<Py<PyAny>>) -> Crew<'_> {
        Crew { classifier: &self.inner, threads: self.threads, progress }
    }

    /// Analyses a posting and makes of it what is wanted.
    fn analyse<T: Send + 'static>(
        &self,
        py: Python<'_>,
        given: Given,
        make: impl FnOnce(&rolelean::Classifier, Classified) -> T + Send + 'static,
    ) -> PyResult<T> {
        let is_short = given.is_short();
        let classifier = Arc::clone(&self.inner);
        let work = move || -> Result<T, Skipped> {
            let posting = given.read()?;
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
