//! How a delimited table is written: its delimiter, and how quotes stand inside quotes.

use std::io::{self, Cursor, Read};

use csv::{ByteRecord, ReaderBuilder};
use memchr::memmem;

use super::columns::Columns;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many rows of the first bytes are looked at.
const ROWS: usize = 100;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub delimiter: u8,
    /// What stands around a cell that holds delimiters or line breaks.
    pub quote: u8,
    /// Whether a quote inside quotes is written `\"`, not `""`.
    pub backslash: bool,
}

impl Dialect {
    /// The dialect of a table that begins with `sample`, the delimiter as it is `known`.
    pub(super) fn of(sample: &[u8], known: Option<u8>, columns: &Columns) -> Self {
        let known = known.or_else(|| told(sample));
        let delimiters = known.map_or_else(|| DELIMITERS.to_vec(), |known| vec![known]);
        // The last of equals wins, so the list is read backwards.
        let dialects = delimiters.into_iter().rev().flat_map(|delimiter| {
            let plain = Self { delimiter, quote: b'"', backslash: false };
            [Self { quote: b'\'', ..plain }, plain]
        });
        let dialects = dialects.filter(|dialect| dialect.quote == b'"' || begins_cells(sample, *dialect));
        let best = dialects.max_by_key(|dialect| dialect.fit(sample, columns));
        let plain = best.unwrap_or(Self { delimiter: b',', quote: b'"', backslash: false });
        if plain.quote == b'\'' {
            return plain;
        }
        let escaped = Self { backslash: true, ..plain };
        let fits_better = || escaped.fit(sample, columns) >= plain.fit(sample, columns);
        if has_escaped_quote(sample, plain.delimiter) && fits_better() { escaped } else { plain }
    }

    /// How well the sample reads as a table in this dialect: whether a row names a text,
    /// whether there are columns at all, the share of rows as wide as most, and their width.
    fn fit(self, sample: &[u8], columns: &Columns) -> (bool, bool, usize, usize) {
        let rows = self.rows(sample, true);
        let name = |row: &ByteRecord| -> Vec<String> {
            row.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect()
        };
        let named = rows.iter().take(20).any(|row| columns.have_text(name(row).iter().map(String::as_str)));
        let mut widths: Vec<usize> = rows.iter().map(ByteRecord::len).collect();
        widths.sort_unstable();
        let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
        let agree = widths.iter().filter(|width| **width == usual).count() * 100 / widths.len().max(1);
        (named, usual > 1, agree, usual)
    }

    /// The first rows of the sample; the last one, which may be cut, only if it is `whole` or
    /// there is no other but the names.
    pub(super) fn rows(self, sample: &[u8], whole: bool) -> Vec<ByteRecord> {
        let reader = ReaderBuilder::new()
            .delimiter(self.delimiter)
            .quote(self.quote)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.unescaped(sample));
        let mut rows: Vec<ByteRecord> = reader.into_byte_records().map_while(Result::ok).take(ROWS).collect();
        if !whole && rows.len() > 2 && rows.len() < ROWS {
            rows.pop();
        }
        rows
    }

    /// The table with quotes inside quotes doubled.
    pub(super) fn unescaped<R: Read>(self, table: R) -> Unescaped<R> {
        Unescaped { inner: table, active: self.backslash, backslash: false, held: Cursor::new(Vec::new()) }
    }
}

/// The delimiter that the first line tells Excel: `sep=;`.
fn told(sample: &[u8]) -> Option<u8> {
    let line = sample.split(|byte| *byte == b'\n').next()?.trim_ascii();
    let line = line.strip_prefix(b"\"").map_or(line, |line| line.strip_suffix(b"\"").unwrap_or(line));
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(*delimiter),
        // The delimiter was white space, which is trimmed.
        [s, e, p, b'='] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(b'\t'),
        _ => None,
    }
}

/// Whether cells begin with the quote of this dialect.
fn begins_cells(sample: &[u8], dialect: Dialect) -> bool {
    memmem::find(sample, &[dialect.delimiter, dialect.quote]).is_some()
}

/// Whether a `\"` stands where a quote that ends a cell could not: before neither a
/// delimiter nor the end of a line.
fn has_escaped_quote(sample: &[u8], delimiter: u8) -> bool {
    let ends = |byte: &u8| *byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n');
    sample.windows(3).any(|three| three.starts_with(b"\\\"") && !ends(&three[2]))
}

/// Reads a table with `\"` as `""`, which is as long, so that offsets stay.
pub(super) struct Unescaped<R> {
    inner: R,
    active: bool,
    /// Whether an odd number of backslashes stands before what comes next.
    backslash: bool,
    /// A backslash of which the next byte is not known yet, rewritten or not.
    held: Cursor<Vec<u8>>,
}

impl<R: Read> Read for Unescaped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.active {
            return self.inner.read(buffer);
        }
        loop {
            let read = self.held.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let mut chunk = vec![0; buffer.len().max(2)];
            let read = self.inner.read(&mut chunk)?;
            chunk.truncate(read);
            let ended = read == 0;
            self.held = Cursor::new(self.rewrite(&chunk));
            if ended {
                return self.held.read(buffer);
            }
        }
    }
}

impl<R> Unescaped<R> {
    /// The chunk rewritten, but for a backslash at its end; nothing is the end of the table.
    fn rewrite(&mut self, chunk: &[u8]) -> Vec<u8> {
        let mut rewritten = Vec::with_capacity(chunk.len() + 1);
        for byte in chunk {
            match byte {
                b'"' if self.backslash => rewritten.extend_from_slice(b"\"\""),
                b'\\' if !self.backslash => {
                    self.backslash = true;
                    continue;
                }
                byte if self.backslash => rewritten.extend_from_slice(&[b'\\', *byte]),
                byte => rewritten.push(*byte),
            }
            self.backslash = false;
        }
        if chunk.is_empty() && std::mem::take(&mut self.backslash) {
            rewritten.push(b'\\');
        }
        rewritten
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;

    #[test]
    fn the_first_rows_tell_how_a_table_is_written() {
        let columns = Columns::new(&ReadOptions::default());
        let cases: [(&str, u8, bool); 8] = [
            ("id,text\n1,Cook; bake; fry\n", b',', false),
            ("sep=|\nid|a,b\n", b'|', false),
            ("\"sep=;\"\nNr;Wort\n", b';', false),
            ("Nr;Wort\n1;Cook, bake\n2;Fry, boil, eat\n", b';', false),
            ("Nr\tWort\n1\tCook, bake\n2\tFry\n", b'\t', false),
            ("id,text\n1,\"Say \\\"hi\\\", cook\"\n", b',', true),
            ("id,text\n1,\"In C:\\\",2\n", b',', false),
            ("", b',', false),
        ];
        for (table, delimiter, backslash) in cases {
            let found = Dialect::of(table.as_bytes(), None, &columns);
            assert_eq!(found, Dialect { delimiter, quote: b'"', backslash }, "{table}");
        }
    }

    #[test]
    fn quotes_may_be_single() {
        let columns = Columns::new(&ReadOptions::default());
        let cases = [
            ("id,text\n1,'Cook, bake, fry'\n2,'Boil, eat'\n", b'\''),
            ("'1','Cook; or\nbake, fry'\n'2','Boil; or\neat'\n", b'\''),
            ("id,text\n1,'t is cooking\n2,Boil\n", b'"'),
        ];
        for (table, quote) in cases {
            assert_eq!(Dialect::of(table.as_bytes(), None, &columns).quote, quote, "{table}");
        }
    }

    #[test]
    fn escaped_quotes_are_doubled_wherever_the_reads_end() -> io::Result<()> {
        let dialect = Dialect { delimiter: b',', quote: b'"', backslash: true };
        let table = br#"a,"b \"c\" \\",d\n\"#;
        for size in 1..table.len() {
            let mut unescaped = dialect.unescaped(table.as_slice());
            let (mut all, mut buffer) = (Vec::new(), vec![0; size]);
            loop {
                match unescaped.read(&mut buffer)? {
                    0 => break,
                    read => all.extend_from_slice(&buffer[..read]),
                }
            }
            assert_eq!(String::from_utf8_lossy(&all), r#"a,"b ""c"" \\",d\n\"#);
        }
        Ok(())
    }
}
