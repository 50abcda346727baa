//! Rows of tables: read and found whole, and written again with numbers that count on.
//!
//! A table that was cut off or has grown on its way is noticed by the number of its rows,
//! by the cells of a row, and by how it ends.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::ops::RangeInclusive;
use std::path::Path;

use csv::StringRecord;
use twox_hash::XxHash64;

use super::{PIECE, invalid};
use crate::file;
use crate::report::columns::{PostingsTable, Table};
use crate::report::csv::{end_row, push_field, undefused};
use crate::run::{SeenIds, ids};

/// The rows of a table, one after another.
pub(super) struct Rows {
    header: Vec<u8>,
    columns: usize,
    reader: csv::Reader<Watched<BufReader<File>>>,
    record: StringRecord,
    /// Rows so far.
    count: u64,
}

impl Rows {
    /// Opens a table and reads its header.
    pub(super) fn open<T: Table>(path: &Path) -> io::Result<Self> {
        let mut table = BufReader::with_capacity(PIECE, file::open(path)?);
        let mut header = Vec::new();
        table.read_until(b'\n', &mut header)?;
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(PIECE)
            .from_reader(Watched::new(table));
        let mut rows = Self { header, columns: 0, reader, record: StringRecord::new(), count: 0 };
        rows.columns = rows.names()?.len();
        let ours = T::COLUMNS.len();
        let is_such = rows.columns == ours || T::KEEPS && rows.columns > ours;
        if is_such { Ok(rows) } else { Err(invalid("it has not the columns of such a table")) }
    }

    /// The line of the header, with a byte order mark if there is one.
    pub(super) fn header(&self) -> &[u8] {
        &self.header
    }

    /// Whether a byte order mark stands before it.
    pub(super) fn has_bom(&self) -> bool {
        self.header.starts_with("\u{feff}".as_bytes())
    }

    /// The names of its columns.
    pub(super) fn names(&self) -> io::Result<Vec<String>> {
        let mut reader = csv::Reader::from_reader(self.header.as_slice());
        Ok(reader.headers()?.iter().map(str::to_owned).collect())
    }

    /// The next row and its number, from 1; none after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, &StringRecord)>> {
        if !self.reader.read_record(&mut self.record)? {
            return if self.reader.get_ref().is_whole() { Ok(None) } else { Err(invalid("its last row does not end")) };
        }
        self.count += 1;
        let cells = self.record.len();
        if cells != self.columns {
            return Err(invalid(&format!("row {} has {cells} cells, expected {}", self.count, self.columns)));
        }
        Ok(Some((self.count, &self.record)))
    }

    /// Fails unless so many rows have been read.
    pub(super) fn expect(&self, rows: u64) -> io::Result<()> {
        if self.count == rows { Ok(()) } else { Err(miscounted(self.count, "rows", rows)) }
    }
}

/// What is said of a file that holds more or less than its report says.
pub(super) fn miscounted(found: u64, what: &str, expected: u64) -> io::Error {
    invalid(&format!("it has {found} {what}, and run.json says {expected}"))
}

/// Remembers of the bytes that are read through it whether they end with a row. By RFC 4180 a
/// quotation mark inside a cell is doubled, so that an odd number of them has gone by inside
/// a quoted cell alone.
struct Watched<R> {
    inner: R,
    quoted: bool,
    last: u8,
}

impl<R> Watched<R> {
    fn new(inner: R) -> Self {
        Self { inner, quoted: false, last: b'\n' }
    }

    fn is_whole(&self) -> bool {
        self.last == b'\n' && !self.quoted
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.quoted ^= buffer[..read].iter().fold(false, |odd, byte| odd ^ (*byte == b'"'));
        self.last = buffer[..read].last().copied().unwrap_or(self.last);
        Ok(read)
    }
}

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
    pub(super) fn push(&mut self, at: At, record: &StringRecord, row: &mut Vec<u8>) -> io::Result<()> {
        let first = self.last.saturating_sub(at.before).max(1);
        self.last = at.number(record, first..=at.postings)?;
        push_number(self.last, row);
        push_cells(record.iter().skip(1), row);
        end_row(row);
        Ok(())
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

    #[test]
    fn a_table_that_does_not_end_is_noticed() {
        let whole = |bytes: &str| {
            let mut watched = Watched::new(bytes.as_bytes());
            io::copy(&mut watched, &mut io::sink()).map(|_| watched.is_whole())
        };
        for (bytes, expected) in
            [("", true), ("a,b\n", true), ("a,b", false), ("a,\"b\n", false), ("\"a\"\"\n\"\n", true)]
        {
            assert_eq!(whole(bytes).ok(), Some(expected), "{bytes}");
        }
    }
}
