//! Rows of tables, written again with numbers that count on.

use std::collections::HashSet;
use std::io;
use std::ops::RangeInclusive;

use csv::StringRecord;
use twox_hash::XxHash64;

use crate::report::columns::{PostingsTable, Table};
use crate::report::csv::{end_row, push_field, undefused};
use crate::report::reading::invalid;
use crate::run::{SeenIds, ids};

/// Where a row stands in the joined report.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    /// Postings of the reports before.
    pub(super) before: u64,
    /// Postings of this report.
    pub(super) postings: u64,
    /// The number of the row in this report.
    pub(super) row: u64,
    /// Whether cells are not defused.
    pub(super) raw_cells: bool,
}

impl At {
    /// The number that the posting of a row has in the joined report.
    fn number(self, record: &StringRecord, expected: RangeInclusive<u64>) -> io::Result<u64> {
        let told = record[0].parse::<u64>().ok().filter(|told| expected.contains(told));
        let told = told.ok_or_else(|| invalid(&format!("row {} is not of posting `{}`", self.row, &record[0])))?;
        Ok(self.before + told)
    }
}

/// Copies the rows of the skipped inputs, all or each once.
pub(super) struct Skips {
    /// Hashes of the rows so far, where each is to stand once.
    seen: Option<HashSet<u64>>,
    count: u64,
}

impl Skips {
    pub(super) fn new(once: bool) -> Self {
        Self { seen: once.then(HashSet::new), count: 0 }
    }

    pub(super) fn push(&mut self, record: &StringRecord, row: &mut Vec<u8>) -> io::Result<()> {
        push_cells(record.iter(), row);
        end_row(row);
        let hash = XxHash64::oneshot(0, row);
        if self.seen.as_mut().is_none_or(|seen| seen.insert(hash)) {
            self.count += 1;
        } else {
            row.clear();
        }
        Ok(())
    }

    /// The rows that were copied.
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}

/// Numbers the rows of the matches anew.
#[derive(Default)]
pub(super) struct Matches {
    /// The posting of the row before, in the joined report.
    last: u64,
}

impl Matches {
    /// Appends a row, and says which posting of the joined report it is of.
    pub(super) fn push(&mut self, at: At, record: &StringRecord, row: &mut Vec<u8>) -> io::Result<u64> {
        let first = self.last.saturating_sub(at.before).max(1);
        self.last = at.number(record, first..=at.postings)?;
        push_number(self.last, row);
        push_cells(record.iter().skip(1), row);
        end_row(row);
        Ok(self.last)
    }
}

/// Numbers the rows of the postings anew, and warns of ids that repeat those of an earlier
/// report, as a single run would.
#[derive(Default)]
pub(super) struct Postings {
    seen: SeenIds,
    /// Postings whose id an earlier one has: their numbers, and those of the earliest.
    repeated: Vec<(u64, u64)>,
}

impl Postings {
    pub(super) fn push(&mut self, at: At, record: &StringRecord, row: &mut Vec<u8>) -> io::Result<()> {
        let number = at.number(record, at.row..=at.row)?;
        let id = if at.raw_cells { &record[1] } else { undefused(&record[1]) };
        let earlier = self.seen.earlier(id, number);
        self.repeated.extend(earlier.map(|earlier| (number, earlier)));
        let last = PostingsTable::COLUMNS.len() - 1;
        push_number(number, row);
        push_cells(record.iter().take(last).skip(1), row);
        push_cells([warnings(&record[last], earlier).as_str()].into_iter(), row);
        push_cells(record.iter().skip(last + 1), row);
        end_row(row);
        Ok(())
    }

    pub(super) fn repeated(self) -> Repeated {
        Repeated(self.repeated)
    }
}

/// The cell of warnings, with the one of the id in front where there is to be one.
fn warnings(cell: &str, earlier: Option<u64>) -> String {
    let (first, rest) = cell.split_once("; ").unwrap_or((cell, ""));
    let others = if ids::is_warning(first) { rest } else { cell };
    let warning = earlier.map(ids::warning).unwrap_or_default();
    let between = if warning.is_empty() || others.is_empty() { "" } else { "; " };
    format!("{warning}{between}{others}")
}

/// The postings of a joined report whose id an earlier one has.
pub(super) struct Repeated(Vec<(u64, u64)>);

impl Repeated {
    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// The number of the earliest posting with the id of this one, if that is another.
    pub(super) fn earlier(&self, number: u64) -> Option<u64> {
        self.0.binary_search_by_key(&number, |(number, _)| *number).ok().map(|at| self.0[at].1)
    }
}

fn push_number(number: u64, row: &mut Vec<u8>) {
    row.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    row.push(b',');
}

/// Appends cells that are defused already, where that was asked for.
fn push_cells<'c>(cells: impl Iterator<Item = &'c str>, row: &mut Vec<u8>) {
    for cell in cells {
        push_field(row, cell);
        row.push(b',');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_of_an_id_takes_the_place_of_the_one_there_was() {
        let cases = [
            ("", None, ""),
            ("", Some(3), "same id as posting 3"),
            ("same id as posting 1", None, ""),
            ("same id as posting 1", Some(3), "same id as posting 3"),
            ("same id as posting 1; not English (de)", Some(3), "same id as posting 3; not English (de)"),
            ("same id as posting 1; not English (de)", None, "not English (de)"),
            ("read as a; not English (de)", Some(3), "same id as posting 3; read as a; not English (de)"),
            ("same text as x; same id as posting 1", None, "same text as x; same id as posting 1"),
        ];
        for (cell, earlier, expected) in cases {
            assert_eq!(warnings(cell, earlier), expected);
        }
    }
}
