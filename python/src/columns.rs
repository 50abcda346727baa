//! Which columns of a table postings are made of, and what cannot be one of them.

use std::collections::BTreeMap;

use arrow_schema::{DataType, Schema};
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rolelean::input::{ChosenColumn, ColumnChoice, Field, MemoryTable, ReadOptions, TableRead};

use crate::capsules;
use crate::errors::{ColumnError, ColumnTypeError, column_error, guarded, internal};
use crate::rows::beginning;

/// Which columns of a table hold what, where the caller says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Named {
    pub text: Vec<String>,
    pub title: Option<String>,
    pub id: Option<String>,
}

impl Named {
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            id_column: self.id.clone(),
            title_column: self.title.clone(),
            text_columns: self.text.clone(),
            ..ReadOptions::default()
        }
    }

    /// Whether the caller named the columns of `field`.
    fn names(&self, field: Field) -> bool {
        match field {
            Field::Text | Field::Part => !self.text.is_empty(),
            Field::Title => self.title.is_some(),
            Field::Id => self.id.is_some(),
            Field::Company | Field::Location | Field::Job(_) | Field::Other => false,
        }
    }
}

/// Which columns of a table postings are made of: by name where the names tell, by what the columns hold where they do
/// not. It holds for all parts of a table.
#[pyclass(frozen, eq, hash, module = "rolelean")]
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Columns {
    choice: ColumnChoice,
}

#[pymethods]
impl Columns {
    /// `state` is what a pickle holds.
    #[new]
    fn new(state: &str) -> PyResult<Self> {
        let choice = serde_json::from_str(state);
        let choice = choice.map_err(|_| PyValueError::new_err("Columns are made by rolelean.choose_columns"))?;
        Ok(Self { choice })
    }

    fn __getnewargs__(&self) -> PyResult<(String,)> {
        Ok((serde_json::to_string(&self.choice).map_err(internal)?,))
    }

    /// The column by which rows are known.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.choice.best(Field::Id)
    }

    /// The column with the title.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.choice.best(Field::Title)
    }

    /// The columns of which the text is joined; mostly it is one.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.texts())
    }

    /// The column with the employer.
    #[getter]
    fn company(&self) -> Option<&str> {
        self.choice.best(Field::Company)
    }

    /// The column with the place of work.
    #[getter]
    fn location(&self) -> Option<&str> {
        self.choice.best(Field::Location)
    }

    /// Those of them that were chosen by what they hold, for the names alone would have led to others or to none.
    #[getter]
    fn by_content<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.choice.by_content().iter().map(|(_, name)| name))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (id, title, text) = (repr(py, self.id())?, repr(py, self.title())?, repr(py, self.text(py)?)?);
        let (company, location) = (repr(py, self.company())?, repr(py, self.location())?);
        Ok(format!("Columns(id={id}, title={title}, text={text}, company={company}, location={location})"))
    }

    /// What to tell of a choice that was made by what the columns hold, if it is one that can be named.
    fn _warning(&self, py: Python<'_>) -> PyResult<Option<String>> {
        let by_content = self.choice.by_content();
        let is_of = |fields: &[Field]| by_content.iter().any(|(field, _)| fields.contains(field));
        let mut named = Vec::new();
        if is_of(&[Field::Text, Field::Part]) {
            match *self.texts() {
                [text] => named.push(format!("text={}", repr(py, text)?)),
                _ => named.push(format!("text={}", repr(py, self.texts())?)),
            }
        }
        for (argument, field, name) in [("title", Field::Title, self.title()), ("id", Field::Id, self.id())] {
            if is_of(&[field]) {
                named.push(format!("{argument}={}", repr(py, name)?));
            }
        }
        let told = || {
            format!(
                "columns were chosen by what they hold, for their names do not tell: {}; pass these arguments, if they are \
             right, or others",
                named.join(", ")
            )
        };
        Ok((!named.is_empty()).then(told))
    }

    /// Where the columns are in a table, and where its ids are.
    fn _places(&self, table: &Bound<'_, PyAny>) -> PyResult<(Vec<usize>, Option<usize>)> {
        guarded(|| {
            let schema = capsules::schema(table)?;
            let places = self.places(&schema)?;
            let id = places.iter().copied().find(|at| Some(schema.field(*at).name().as_str()) == self.id());
            Ok((places, id))
        })
    }
}

/// The columns of a table, which begins with the rows that tell what they hold; of what has no rows by names alone.
#[pyfunction]
pub(crate) fn choose(
    table: &Bound<'_, PyAny>,
    named: (Vec<String>, Option<String>, Option<String>),
) -> PyResult<Columns> {
    guarded(|| {
        let (text, title, id) = named;
        let named = Named { text, title, id };
        if !capsules::has_rows(table)? {
            return Columns::choose(&*capsules::schema(table)?, &[], &named);
        }
        let batches = capsules::batches(table)?;
        let schema = batches.schema();
        Columns::choose(&schema, &beginning(batches)?, &named)
    })
}

/// A value as Python writes it.
fn repr<'py>(py: Python<'py>, value: impl IntoPyObject<'py>) -> PyResult<String> {
    let value = value.into_bound_py_any(py)?;
    Ok(value.repr()?.to_string())
}

impl Columns {
    /// Chooses among the columns of a table of this schema, of which the first `rows` are known.
    ///
    /// A column that nobody named is passed over if its type is not one for what its name says: `skills` may be a
    /// count.
    ///
    /// # Errors
    /// `ColumnError` when a column is missing or there twice, `ColumnTypeError` when one that is needed holds no text.
    fn choose(schema: &Schema, rows: &[Vec<String>], named: &Named) -> PyResult<Self> {
        let all = Self::among(schema, rows, named, |_| true)?;
        let chosen = all.choice.columns().iter().map(|column| (column.index, column.field));
        let wrong: BTreeMap<usize, Field> = chosen.filter(|(at, field)| !is_fit(schema, *at, *field)).collect();
        if let Some((at, _)) = wrong.iter().find(|(_, field)| named.names(**field)) {
            return Err(wrong_type(schema, *at));
        }
        let columns = Self::among(schema, rows, named, |at| !wrong.contains_key(&at)).map_err(|error| {
            // The text column that is missing now is one of these.
            let text = wrong.iter().find(|(_, field)| matches!(field, Field::Text | Field::Part));
            text.map_or(error, |(at, _)| wrong_type(schema, *at))
        })?;
        columns.places(schema)?;
        Ok(columns)
    }

    /// Chooses among the columns that `is_there` says are there.
    fn among(schema: &Schema, rows: &[Vec<String>], named: &Named, is_there: impl Fn(usize) -> bool) -> PyResult<Self> {
        // One that is not there has a name that tells nothing, and nothing in it, and keeps its place.
        let name = |at: usize| if is_there(at) { schema.field(at).name().clone() } else { String::new() };
        let names: Vec<String> = (0..schema.fields().len()).map(name).collect();
        let cells = |row: &Vec<String>| {
            let cell = |(at, cell): (usize, &String)| if is_there(at) { cell.clone() } else { String::new() };
            row.iter().enumerate().map(cell).collect()
        };
        let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let choice = ColumnChoice::new(&names, &rows, &named.options()).map_err(|error| column_error(&error))?;
        Ok(Self { choice })
    }

    /// The columns of the text.
    fn texts(&self) -> Vec<&str> {
        self.choice.best(Field::Text).into_iter().chain(self.choice.parts()).collect()
    }

    /// Where each of the columns is in a table of this schema.
    ///
    /// # Errors
    /// `ColumnError` when one is missing, or which is meant cannot be told; `ColumnTypeError` when it holds no text.
    fn places(&self, schema: &Schema) -> PyResult<Vec<usize>> {
        self.choice.columns().iter().map(|column| place(schema, column)).collect()
    }
}

/// The one place where a column is.
fn place(schema: &Schema, column: &ChosenColumn) -> PyResult<usize> {
    let name = &column.name;
    let places: Vec<usize> = (0..schema.fields().len()).filter(|at| schema.field(*at).name() == name).collect();
    match *places {
        [at] if is_fit(schema, at, column.field) => Ok(at),
        [at] => Err(wrong_type(schema, at)),
        [] => {
            let there: Vec<String> = schema.fields().iter().map(|field| format!("`{}`", field.name())).collect();
            Err(ColumnError::new_err(format!(
                "no column `{name}`, which was chosen for this table; the columns are {}",
                there.join(", ")
            )))
        }
        _ => {
            let places: Vec<String> = places.iter().map(usize::to_string).collect();
            Err(ColumnError::new_err(format!(
                "{} columns are called `{name}`, at positions {} counted from 0; rename or drop all but one",
                places.len(),
                places.join(" and ")
            )))
        }
    }
}

/// A table that is being read: where its columns are, and what is made of them.
#[derive(Debug)]
pub(crate) struct Layout {
    pub table: MemoryTable,
    /// Where the columns are in a batch.
    pub columns: Vec<usize>,
}

impl Layout {
    /// A table of this schema, called `source` in the results.
    ///
    /// # Errors
    /// As [`Columns::places`].
    pub(crate) fn new(schema: &Schema, columns: &Columns, source: &str) -> PyResult<Self> {
        let table = MemoryTable::new(source, &columns.choice, &ReadOptions::default());
        Ok(Self { table, columns: columns.places(schema)? })
    }
}

/// What to tell of texts that are short, where another column is longer.
pub(crate) fn short_text(table: &TableRead) -> Option<String> {
    let longer = table.longer_column()?;
    let texts = [table.names(Field::Text), table.names(Field::Part)].concat();
    Some(format!(
        "the text of {}, from `{}`, is short, and `{longer}` is longer: text=\"{longer}\" takes it instead",
        table.source,
        texts.join("`, `")
    ))
}

/// Whether a column is of a type that can hold `field`: an id may be a number.
fn is_fit(schema: &Schema, at: usize, field: Field) -> bool {
    let kind = schema.field(at).data_type();
    match field {
        Field::Id => is_text(kind) || is_number(kind),
        Field::Job(_) => is_text(kind) || is_number(kind) || *kind == DataType::Boolean,
        _ => is_text(kind),
    }
}

/// Strings, dictionaries of them, and a column that is empty altogether.
fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_text(values),
        kind => kind.is_string() || *kind == DataType::Null,
    }
}

fn is_number(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_number(values),
        kind => kind.is_integer() || kind.is_floating(),
    }
}

fn wrong_type(schema: &Schema, at: usize) -> PyErr {
    let field = schema.field(at);
    ColumnTypeError::new_err(format!(
        "the column `{}` holds {}, where text is expected; turn it into text, or name another column",
        field.name(),
        field.data_type()
    ))
}
