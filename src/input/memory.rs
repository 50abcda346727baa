//! Rows that the caller holds in memory, such as those of a data frame.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::account::Chosen;
use super::choice::{choose, choose_any};
use super::columns::{ColumnError, Columns, Field, Role};
use super::row::{Cells, Table};
use super::{Pending, ReadOptions, Skipped, TableRead};
use crate::extract::size;

/// Which columns of a table postings are made of. It holds for all parts of the table, so that none is read otherwise
/// than the others.
///
/// ```
/// use rolelean::input::{ColumnChoice, Field, ReadOptions};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let names = ["Was", "Wortlaut"].map(str::to_owned);
/// let rows = [vec!["Chef", "You cook for sixty guests each night and plan the menus."]];
/// let choice = ColumnChoice::new(&names, &rows, &ReadOptions::default())?;
/// assert_eq!(choice.best(Field::Text), Some("Wortlaut"));
/// assert_eq!(choice.by_content(), [(Field::Title, "Was".to_owned()), (Field::Text, "Wortlaut".to_owned())]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnChoice {
    columns: Vec<ChosenColumn>,
    told: Chosen,
    by_content: Vec<(Field, String)>,
}

/// A column that postings are made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChosenColumn {
    /// Where it was among the names.
    pub index: usize,
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub field: Field,
    /// How good a column for that it is; 0 is the best.
    pub rank: usize,
}

impl ColumnChoice {
    /// Chooses among columns of these names by the rules for a table in a file. The table begins with `rows`, which
    /// tell what the columns hold where their names do not; a hundred are enough. Without rows the names decide.
    ///
    /// Of `options`, those on columns.
    ///
    /// # Errors
    /// When a column that `options` name is not there, or none holds a text.
    pub fn new<C: AsRef<str>>(names: &[String], rows: &[Vec<C>], options: &ReadOptions) -> Result<Self, ColumnError> {
        let columns = Columns::new(options);
        let choice = choose(&columns, names, rows)?;
        let by_name = choose_any::<&str>(&columns, names, &[]).told(names).columns;
        let told = choice.told(names);
        let by_content = told.columns.iter().filter(|told| !by_name.contains(told)).cloned().collect();
        let column = |(index, role): (usize, Role)| {
            let Role { field, rank, .. } = role;
            ChosenColumn { index, name: names[index].clone(), field, rank }
        };
        Ok(Self { columns: choice.useful().map(column).collect(), told, by_content })
    }

    /// The columns, in the order of the names.
    #[must_use]
    pub fn columns(&self) -> &[ChosenColumn] {
        &self.columns
    }

    /// The columns that were chosen by what they hold: their names alone would have led to others, or to none.
    #[must_use]
    pub fn by_content(&self) -> &[(Field, String)] {
        &self.by_content
    }

    /// The best column of a field.
    #[must_use]
    pub fn best(&self, field: Field) -> Option<&str> {
        self.all(field).next()
    }

    /// The columns that a text is joined of, in their order.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.all(Field::Part)
    }

    fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        self.told.columns.iter().filter(move |(told, _)| *told == field).map(|(_, name)| name.as_str())
    }
}

/// Makes postings of rows that the caller holds, by the rules for a table in a file: parts of a text are joined, HTML
/// becomes plain text.
///
/// ```
/// use rolelean::input::{ColumnChoice, MemoryTable, ReadOptions};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let names = ["Job ID", "Colour", "Description"].map(str::to_owned);
/// let choice = ColumnChoice::new::<&str>(&names, &[], &ReadOptions::default())?;
/// assert_eq!(choice.columns().iter().map(|column| column.index).collect::<Vec<_>>(), [0, 2]);
/// let table = MemoryTable::new("jobs", &choice, &ReadOptions::default());
/// let posting = table.row(1, ["17", "<p>You cook.</p>"])?.read()?;
/// assert_eq!((posting.id.as_str(), posting.text.as_str()), ("17", "You cook."));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct MemoryTable {
    table: Arc<Table>,
    /// Role and name of the columns.
    columns: Vec<(Role, String)>,
}

impl MemoryTable {
    /// A table of which these columns were chosen, called `source` in reports.
    ///
    /// Of `options`, those on columns and the largest record count.
    #[must_use]
    pub fn new(source: &str, choice: &ColumnChoice, options: &ReadOptions) -> Self {
        let columns = Columns::new(options);
        let role = |column: &ChosenColumn| columns.with_keep(Some(Role::new(column.field, column.rank)), &column.name);
        let chosen = choice.columns.iter().filter_map(|column| Some((role(column)?, column.name.clone()))).collect();
        let table = Table::new(source.to_owned(), Arc::new(columns), options);
        table.account_for(choice.told.clone());
        Self { table: Arc::new(table), columns: chosen }
    }

    /// What has been read of the table so far: which columns were taken for what, how long the texts are, and which
    /// long columns were left out.
    #[must_use]
    pub fn told(&self) -> Option<TableRead> {
        self.table.accounts.tables().pop()
    }

    /// The posting in a row, the `record`th from 1; `cells` are the texts in the
    /// [columns](ColumnChoice::columns) that were chosen.
    ///
    /// # Errors
    /// When the cells are larger than the largest record.
    pub fn row<C: Into<String>>(&self, record: u64, cells: impl IntoIterator<Item = C>) -> Result<Pending, Skipped> {
        let mut bytes = 0;
        let cell = |((role, name), value): (&(Role, String), C)| {
            let value: String = value.into();
            bytes += value.len() as u64;
            (*role, name.clone(), value)
        };
        let cells = self.columns.iter().zip(cells).map(cell).collect();
        let cells = Cells { table: Arc::clone(&self.table), record, cells };
        if bytes > self.table.max_record {
            let reason = format!("the record is larger than {}", size(self.table.max_record));
            return Err(Skipped { id: cells.row().take_id(), ..self.table.skipped(record, reason) });
        }
        Ok(Pending::new(cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn by_names(columns: &[&str], options: &ReadOptions) -> Result<ColumnChoice, ColumnError> {
        ColumnChoice::new::<&str>(&names(columns), &[], options)
    }

    #[test]
    fn rows_are_read_as_those_of_a_file() -> Result<(), Box<dyn std::error::Error>> {
        let options = ReadOptions { max_record_bytes: 20, ..ReadOptions::default() };
        let choice = by_names(&["id", "colour", "duties", "requirements"], &options)?;
        let table = MemoryTable::new("jobs", &choice, &options);
        let cases = [
            (["7", "You cook.", ""], "7=Duties:\nYou cook."),
            (["", "", "Bake."], "jobs#1=Requirements:\nBake."),
            (["8", " ", ""], "jobs, record 1: no text (8)"),
            (["9", "You cook.", "You bake."], "9=Duties:\nYou cook.\n\nRequirements:\nYou bake."),
            (["9", "You cook.", "You bake it."], "jobs, record 1: the record is larger than 20 bytes (9)"),
        ];
        for (cells, expected) in cases {
            let found = match table.row(1, cells).and_then(Pending::read) {
                Ok(posting) => format!("{}={}", posting.id, posting.text),
                Err(skipped) => format!("{skipped} ({})", skipped.id.as_deref().unwrap_or("no id")),
            };
            assert_eq!(found, expected);
        }
        Ok(())
    }

    #[test]
    fn first_rows_tell_what_names_do_not() -> Result<(), Box<dyn std::error::Error>> {
        let full = "You cook for sixty guests each night and plan the menus with the owner of the house.";
        let (names, options) = (names(&["Was", "description", "Wortlaut", "id"]), ReadOptions::default());
        let by_name = ColumnChoice::new::<&str>(&names, &[], &options)?;
        assert_eq!((by_name.best(Field::Text), by_name.by_content().len()), (Some("description"), 0));
        let choice = ColumnChoice::new(&names, &[vec!["Chef", "Cook wanted", full, "1"]], &options)?;
        let expected = [(Field::Title, "Was".to_owned()), (Field::Text, "Wortlaut".to_owned())];
        assert_eq!(choice.by_content(), expected);
        let table = MemoryTable::new("jobs", &choice, &options);
        let posting = table.row(1, ["Chef", "Cook wanted", full, "1"]).and_then(Pending::read)?;
        assert_eq!((posting.title.as_str(), posting.text.as_str()), ("Chef", full));
        let told = table.told().ok_or("nothing told")?;
        assert_eq!((told.postings, told.names(Field::Text)), (1, vec!["Wortlaut"]));
        Ok(())
    }

    #[test]
    fn a_choice_holds_when_it_is_written_and_read_again() -> Result<(), Box<dyn std::error::Error>> {
        let options = ReadOptions { text_columns: vec!["a".to_owned(), "b".to_owned()], ..ReadOptions::default() };
        let choice = by_names(&["id", "a", "salary", "b"], &options)?;
        assert_eq!(choice.parts().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(serde_json::from_str::<ColumnChoice>(&serde_json::to_string(&choice)?)?, choice);
        Ok(())
    }

    #[test]
    fn ids_are_found_by_name_or_named() -> Result<(), ColumnError> {
        let named = ReadOptions { id_column: Some("key".to_owned()), ..ReadOptions::default() };
        let cases = [
            (&["Job ID", "text"][..], ReadOptions::default(), Some("Job ID")),
            (&["key", "text"], ReadOptions::default(), None),
            (&["key", "text"], named, Some("key")),
            (&["url", "text", "id"], ReadOptions::default(), Some("id")),
        ];
        for (columns, options, expected) in cases {
            assert_eq!(by_names(columns, &options)?.best(Field::Id), expected, "{columns:?}");
        }
        Ok(())
    }

    #[test]
    fn a_table_without_its_columns_is_refused() {
        let named = ReadOptions { id_column: Some("key".to_owned()), ..ReadOptions::default() };
        let columns = "`id`, `text`".to_owned();
        let missing = ColumnError::Missing { name: "key".to_owned(), nearest: None, columns };
        assert_eq!(by_names(&["id", "text"], &named).err(), Some(missing));
        let none = ColumnError::NoText { columns: "`id`, `notes`".to_owned() };
        assert_eq!(by_names(&["id", "notes"], &ReadOptions::default()).err(), Some(none));
    }
}
