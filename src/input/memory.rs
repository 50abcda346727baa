//! Rows that the caller holds in memory, such as those of a data frame.

use std::sync::Arc;

use super::cell_rows::useful;
use super::choice::choose;
use super::columns::{ColumnError, Columns, Field, Role};
use super::row::{Cells, Table};
use super::{Pending, ReadOptions, Skipped, TableRead};
use crate::extract::size;

/// Makes postings of rows that the caller holds, by the rules for a table in a file: columns are found by
/// the same names, parts of a text are joined, HTML becomes plain text.
///
/// ```
/// use rolelean::input::{Field, MemoryTable, ReadOptions};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let names = ["Job ID", "Colour", "Description"].map(str::to_owned);
/// let table = MemoryTable::new("jobs", &names, &ReadOptions::default())?;
/// assert_eq!(table.columns().collect::<Vec<_>>(), [0, 2]);
/// assert_eq!(table.fields().collect::<Vec<_>>(), [Field::Id, Field::Text]);
/// let posting = table.row(1, ["17", "<p>You cook.</p>"])?.read()?;
/// assert_eq!((posting.id.as_str(), posting.text.as_str()), ("17", "You cook."));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct MemoryTable {
    table: Arc<Table>,
    /// Index, role and name of the columns that are of use.
    useful: Vec<(usize, Role, String)>,
}

impl MemoryTable {
    /// A table with columns of these names, called `source` in reports.
    ///
    /// Of `options`, those on columns and the largest record count.
    ///
    /// # Errors
    /// When a column that `options` name is not there, or none holds a text.
    pub fn new(source: &str, names: &[String], options: &ReadOptions) -> Result<Self, ColumnError> {
        Self::beginning_with::<&str>(source, names, &[], options)
    }

    /// A table with columns of these names that begins with `rows`, which tell what the columns hold where their names
    /// do not, as they do in a file. A hundred rows are enough; they are not read as postings yet.
    ///
    /// ```
    /// use rolelean::input::{Field, MemoryTable, ReadOptions};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let names = ["Was", "Wortlaut"].map(str::to_owned);
    /// let rows = [vec!["Chef", "You cook for sixty guests each night and plan the menus."]];
    /// let table = MemoryTable::beginning_with("jobs", &names, &rows, &ReadOptions::default())?;
    /// assert_eq!(table.fields().collect::<Vec<_>>(), [Field::Title, Field::Text]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As of [`Self::new`].
    pub fn beginning_with<C: AsRef<str>>(
        source: &str,
        names: &[String],
        rows: &[Vec<C>],
        options: &ReadOptions,
    ) -> Result<Self, ColumnError> {
        let columns = Columns::new(options);
        let choice = choose(&columns, names, rows)?;
        let table = Table::new(source.to_owned(), Arc::new(columns), options);
        table.account_for(choice.told(names));
        Ok(Self { table: Arc::new(table), useful: useful(&choice, names) })
    }

    /// What has been read of the table so far: which columns were taken for what, how long the texts are, and which
    /// long columns were left out.
    #[must_use]
    pub fn told(&self) -> Option<TableRead> {
        self.table.accounts.tables().pop()
    }

    /// The indices of the columns that are of use, in their order.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.useful.iter().map(|(index, ..)| *index)
    }

    /// What those columns hold.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.useful.iter().map(|(_, role, _)| role.field)
    }

    /// Whether a column holds ids; without one a row is called by its source and number.
    pub fn has_ids(&self) -> bool {
        self.id_column().is_some()
    }

    /// The index of the column whose cells are the ids, as far as they are not empty.
    #[must_use]
    pub fn id_column(&self) -> Option<usize> {
        let ids = self.useful.iter().filter(|(_, role, _)| role.field == Field::Id);
        ids.min_by_key(|(_, role, _)| role.rank).map(|(index, ..)| *index)
    }

    /// The posting in a row, the `record`th from 1; `cells` are the texts in [`Self::columns`].
    ///
    /// # Errors
    /// When the cells are larger than the largest record.
    pub fn row<C: Into<String>>(&self, record: u64, cells: impl IntoIterator<Item = C>) -> Result<Pending, Skipped> {
        let mut bytes = 0;
        let cell = |((_, role, name), value): (&(usize, Role, String), C)| {
            let value: String = value.into();
            bytes += value.len() as u64;
            (*role, name.clone(), value)
        };
        let cells = self.useful.iter().zip(cells).map(cell).collect();
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

    #[test]
    fn rows_are_read_as_those_of_a_file() -> Result<(), Box<dyn std::error::Error>> {
        let options = ReadOptions { max_record_bytes: 20, ..ReadOptions::default() };
        let table = MemoryTable::new("jobs", &names(&["id", "colour", "duties", "requirements"]), &options)?;
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
        let rows = [vec!["Chef", "Cook wanted", full]];
        let (names, options) = (names(&["Was", "description", "Wortlaut"]), ReadOptions::default());
        let by_name = MemoryTable::new("jobs", &names, &options)?;
        assert_eq!(by_name.columns().collect::<Vec<_>>(), [1]);
        let table = MemoryTable::beginning_with("jobs", &names, &rows, &options)?;
        let posting = table.row(1, rows[0].clone()).and_then(Pending::read)?;
        assert_eq!((posting.title.as_str(), posting.text.as_str()), ("Chef", full));
        let told = table.told().ok_or("nothing told")?;
        assert_eq!((told.postings, told.names(Field::Text)), (1, vec!["Wortlaut"]));
        Ok(())
    }

    #[test]
    fn ids_are_found_by_name_or_named() -> Result<(), ColumnError> {
        let named = ReadOptions { id_column: Some("key".to_owned()), ..ReadOptions::default() };
        let cases = [
            (&["Job ID", "text"][..], ReadOptions::default(), true),
            (&["key", "text"], ReadOptions::default(), false),
            (&["key", "text"], named, true),
        ];
        for (columns, options, expected) in cases {
            assert_eq!(MemoryTable::new("jobs", &names(columns), &options)?.has_ids(), expected, "{columns:?}");
        }
        let two = MemoryTable::new("jobs", &names(&["url", "text", "id"]), &ReadOptions::default())?;
        assert_eq!(two.id_column(), Some(2));
        Ok(())
    }

    #[test]
    fn a_table_without_its_columns_is_refused() {
        let named = ReadOptions { id_column: Some("key".to_owned()), ..ReadOptions::default() };
        let columns = "`id`, `text`".to_owned();
        let missing = ColumnError::Missing { name: "key".to_owned(), nearest: None, columns };
        assert_eq!(MemoryTable::new("jobs", &names(&["id", "text"]), &named).err(), Some(missing));
        let none = ColumnError::NoText { columns: "`id`, `notes`".to_owned() };
        assert_eq!(MemoryTable::new("jobs", &names(&["id", "notes"]), &ReadOptions::default()).err(), Some(none));
    }
}
