//! The tables of a finished report, read and found whole.
//!
//! A table that was cut off or has grown on its way is noticed by the number of its rows,
//! by the cells of a row, and by how it ends.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;

use csv::StringRecord;

use super::columns::{Name, TABLES, Table};
use crate::file;
#[cfg(feature = "xlsx")]
use crate::lexicon::Side;

/// Bytes of a file that are held at once.
pub(super) const PIECE: usize = 1 << 18;

/// The file of a table in a report.
pub(super) fn file_of<T: Table>() -> String {
    format!("{}.csv", TABLES[T::PLACE])
}

/// The place of a column that has the same name for every lexicon.
pub(super) fn place_of<T: Table>(name: &str) -> io::Result<usize> {
    place_where::<T>(name, |column| matches!(column, Name::Fixed(fixed) if fixed == name))
}

/// The place of a column of a role, by what is behind its word.
#[cfg(feature = "xlsx")]
pub(super) fn place_before<T: Table>(side: Side, end: &str) -> io::Result<usize> {
    place_where::<T>(end, |column| matches!(column, Name::Before(of, name) if of == side && name == end))
}

fn place_where<T: Table>(name: &str, is_it: impl Fn(Name) -> bool) -> io::Result<usize> {
    let place = T::COLUMNS.iter().position(|column| is_it(column.name));
    place.ok_or_else(|| invalid(&format!("it has no column `{name}`")))
}

/// What is said of a file that is not what a report holds there.
pub(super) fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

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

#[cfg(test)]
mod tests {
    use super::*;

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
