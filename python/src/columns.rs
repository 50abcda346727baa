//! Which columns of a table postings are made of, and what cannot be one of them.

use std::collections::BTreeMap;

use arrow_schema::{DataType, Schema};
use pyo3::{PyErr, PyResult};
use rolelean::input::{Field, MemoryTable, ReadOptions};

use crate::errors::{ColumnError, ColumnTypeError, column_error};

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

/// The columns that postings are made of.
#[derive(Debug)]
pub(crate) struct Layout {
    pub table: MemoryTable,
    /// Where the columns of `table` are in a batch.
    pub columns: Vec<usize>,
}

impl Layout {
    /// The columns of a table of this schema, called `source` in the results.
    ///
    /// A column that nobody named is passed over if its type is not one for what its name says: `skills` may be a
    /// count.
    ///
    /// # Errors
    /// `ColumnError` when a column is missing or there twice, `ColumnTypeError` when one that is needed holds no text.
    pub(crate) fn new(schema: &Schema, named: &Named, source: &str) -> PyResult<Self> {
        let all = Self::of(schema, named, source, |_| true)?;
        let wrong: BTreeMap<usize, Field> = all.fields().filter(|(at, field)| !is_fit(schema, *at, *field)).collect();
        if let Some((at, _)) = wrong.iter().find(|(_, field)| named.names(**field)) {
            return Err(wrong_type(schema, *at));
        }
        let layout = Self::of(schema, named, source, |at| !wrong.contains_key(&at)).map_err(|error| {
            // The text column that is missing now is one of these.
            let text = wrong.iter().find(|(_, field)| matches!(field, Field::Text | Field::Part));
            text.map_or(error, |(at, _)| wrong_type(schema, *at))
        })?;
        layout.check_names(schema)?;
        Ok(layout)
    }

    /// The columns among those that `is_there` says are there.
    fn of(schema: &Schema, named: &Named, source: &str, is_there: impl Fn(usize) -> bool) -> PyResult<Self> {
        let there: Vec<usize> = (0..schema.fields().len()).filter(|at| is_there(*at)).collect();
        let names: Vec<String> = there.iter().map(|at| schema.field(*at).name().clone()).collect();
        let table = MemoryTable::new(source, &names, &named.options()).map_err(|error| column_error(&error))?;
        let columns = table.columns().map(|index| there[index]).collect();
        Ok(Self { table, columns })
    }

    /// The column with the ids, by its place in a batch.
    pub(crate) fn id_column(&self) -> Option<usize> {
        let id = self.table.id_column()?;
        self.table.columns().position(|index| index == id).map(|place| self.columns[place])
    }

    /// Each column with what it holds.
    fn fields(&self) -> impl Iterator<Item = (usize, Field)> {
        self.columns.iter().copied().zip(self.table.fields())
    }

    /// Refuses a name that two columns have: which of them is meant cannot be told.
    fn check_names(&self, schema: &Schema) -> PyResult<()> {
        let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for at in &self.columns {
            places.entry(schema.field(*at).name()).or_default().push(at.to_string());
        }
        match places.iter().find(|(_, places)| places.len() > 1) {
            None => Ok(()),
            Some((name, places)) => Err(ColumnError::new_err(format!(
                "{} columns are called `{name}`, at positions {} counted from 0; rename or drop all but one",
                places.len(),
                places.join(" and ")
            ))),
        }
    }
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
