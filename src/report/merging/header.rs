//! The header of a joined table: the columns of its kind, and behind them those of the user's own that any of the
//! reports has.

use std::borrow::Cow;
use std::io;

use csv::StringRecord;

use crate::report::columns::Table;
use crate::report::csv::header_of;
use crate::report::reading::{Rows, invalid};

/// The columns of a joined table.
#[derive(Default)]
pub(super) struct Header {
    names: Vec<String>,
    /// Whether a byte order mark stands before them.
    bom: bool,
}

impl Header {
    /// Adds the columns of a report's table; all but the user's own must be the same in all.
    pub(super) fn add<T: Table>(&mut self, rows: &Rows) -> io::Result<()> {
        let names = rows.names()?;
        let ours = T::COLUMNS.len();
        if self.names.is_empty() {
            self.bom = rows.has_bom();
            self.names = names;
        } else if self.names[..ours] != names[..ours] || self.bom != rows.has_bom() {
            return Err(invalid("its columns are not those of the first report"));
        } else {
            for name in &names[ours..] {
                if !self.names.contains(name) {
                    self.names.push(name.clone());
                }
            }
        }
        Ok(())
    }

    /// The row as it is written.
    pub(super) fn row(&self) -> Vec<u8> {
        header_of(&self.names, self.bom)
    }

    /// For each column the cell of it in a record of `rows`, if it has one.
    pub(super) fn places(&self, rows: &Rows) -> io::Result<Vec<Option<usize>>> {
        let names = rows.names()?;
        Ok(self.names.iter().map(|name| names.iter().position(|other| other == name)).collect())
    }
}

/// The cells of a record in these places.
pub(super) fn arranged<'r>(record: &'r StringRecord, places: &[Option<usize>]) -> Cow<'r, StringRecord> {
    let is_same = record.len() == places.len() && places.iter().zip(0..).all(|(place, at)| *place == Some(at));
    if is_same {
        return Cow::Borrowed(record);
    }
    Cow::Owned(places.iter().map(|place| place.map_or("", |at| &record[at])).collect())
}
