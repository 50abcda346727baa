//! Tables whose cells are texts already, row by row: sheets, HTML tables, arrays of arrays.

use std::collections::VecDeque;
use std::sync::Arc;

use super::choice::{Choice, choose};
use super::columns::Role;
use super::header;
use super::row::{Cells, Table, is_nothing};
use super::{Pending, Skipped, Source};

/// How many rows are looked at to tell what the columns hold.
pub(super) const SAMPLE: usize = 100;

/// A table's rows, one after another, or why one could not be read.
pub(super) type CellRows = Box<dyn Iterator<Item = Result<Vec<String>, String>> + Send>;

/// Opens a table of which the rows are `rows`, its names and what stands above them too.
pub(super) fn open(mut rows: CellRows, table: Table) -> Result<Box<dyn Source>, Skipped> {
    let refused = |reason: String| Skipped::whole(&table.source, reason);
    let ahead: Result<Vec<Vec<String>>, String> = rows.by_ref().take(SAMPLE).collect();
    let mut ahead: VecDeque<Vec<String>> = ahead.map_err(refused)?.into();
    let header = header::find(ahead.make_contiguous(), &table.columns);
    ahead.drain(..header.rows);
    let choice =
        choose(&table.columns, &header.names, ahead.make_contiguous()).map_err(|error| refused(error.reason()))?;
    table.account_for(choice.told(&header.names));
    let useful = useful(&choice, &header.names);
    Ok(Box::new(Rows { ahead, rows, table: Arc::new(table), useful, record: 0 }))
}

/// Index, role and name of the columns of use.
pub(super) fn useful(choice: &Choice, names: &[String]) -> Vec<(usize, Role, String)> {
    choice.useful().map(|(index, role)| (index, role, names[index].clone())).collect()
}

struct Rows {
    /// Rows that were looked at.
    ahead: VecDeque<Vec<String>>,
    rows: CellRows,
    table: Arc<Table>,
    useful: Vec<(usize, Role, String)>,
    record: u64,
}

impl Source for Rows {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        loop {
            let row = self.ahead.pop_front().map_or_else(|| self.rows.next(), |row| Some(Ok(row)))?;
            self.record += 1;
            match row {
                Ok(row) if row.iter().all(|cell| is_nothing(cell)) => {}
                Ok(row) => return Some(Ok(self.pending(row))),
                Err(reason) => return Some(Err(self.table.skipped(self.record, reason))),
            }
        }
    }
}

impl Rows {
    fn pending(&self, mut row: Vec<String>) -> Pending {
        let cell = |(index, role, name): &(usize, Role, String)| {
            let value = row.get_mut(*index).map(std::mem::take).unwrap_or_default();
            (*role, name.clone(), value)
        };
        let cells = self.useful.iter().map(cell).collect();
        Pending::new(Cells { table: Arc::clone(&self.table), record: self.record, cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use crate::input::columns::Columns;

    #[test]
    fn rows_of_cells_give_their_postings() {
        let text = "You cook for sixty guests each night and plan the menus.";
        let rows = [&["Jobs in Ulm", ""], &["Was", "Wortlaut"], &["Koch", text], &["", ""], &["Köchin", "None"]];
        let rows: Vec<_> = rows.map(|row| Ok(row.map(str::to_owned).to_vec())).into_iter().collect();
        let options = ReadOptions::default();
        let table = Table::new("jobs".to_owned(), Arc::new(Columns::new(&options)), &options);
        let mut source = open(Box::new(rows.into_iter()), table).expect("a table");
        let read = std::iter::from_fn(|| source.next()).map(|pending| pending.and_then(Pending::read));
        let read: Vec<String> = read
            .map(|read| match read {
                Ok(posting) => format!("{}: {} - {}", posting.id, posting.title, posting.text),
                Err(skipped) => skipped.to_string(),
            })
            .collect();
        assert_eq!(read, [format!("jobs#1: Koch - {text}"), "jobs, record 3: no text".to_owned()]);
    }
}
