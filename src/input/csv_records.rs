//! Splits a delimited table into records, and notices where that goes wrong.

use std::io::{self, Chain, Cursor, Read};

use csv::{ByteRecord, Position, Reader, ReaderBuilder};

use super::dialect::{Dialect, Unescaped};
use super::stream::{Peeked, Rewound};
use crate::extract::size;

/// A last record put after the end of every table. When it does not come out as a
/// record of its own, a quote before it was never closed.
const END: &[u8] = b"\n\x1c end of table \x1c\n";

/// How a message ends when there is no telling where the next record begins.
pub(super) const REST_LOST: &str = "the rest of the file is not read";

/// The bytes of a table with [`END`] behind them.
type Ended = Chain<Unescaped<Rewound>, Cursor<&'static [u8]>>;

/// Fails once `left` bytes have been read: an unclosed quote would else take in the
/// rest of the file as one field.
pub(super) struct Limited<R> {
    pub inner: R,
    pub left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("record too large"));
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(&mut buffer[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

/// Splits a table into records.
pub(super) struct Records {
    reader: Reader<Limited<Ended>>,
    limit: u64,
    /// By how many lines the reader is behind: it ends a record at the first byte of
    /// `\r\n` and counts the line at the second.
    behind: u64,
    /// The size of the last record, which the next one is expected to have.
    usual: usize,
}

/// What stands next in a table.
pub(super) enum Found {
    /// A record, and the line it begins on.
    Record(ByteRecord, u64),
    /// A record over the limit that nonetheless ends.
    TooLong(u64),
    /// Nothing can be read after this.
    Broken(String),
    End,
}

impl Records {
    pub(super) fn new(peeked: Peeked, dialect: Dialect, limit: u64) -> Self {
        let first_line = peeked.sample.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        let behind = u64::from(first_line.ends_with(b"\r\n"));
        let input = Limited { inner: dialect.unescaped(peeked.rewound()).chain(Cursor::new(END)), left: u64::MAX };
        let mut builder = ReaderBuilder::new();
        builder
            .delimiter(dialect.delimiter)
            .quote(dialect.quote)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16);
        Self { reader: builder.from_reader(input), limit, behind, usual: 0 }
    }

    pub(super) fn next(&mut self) -> Found {
        let line = self.line(self.reader.position());
        let mut record = ByteRecord::with_capacity(self.usual + self.usual / 4 + 64, 16);
        // Quotes and their doubling make a record larger in the file than it is.
        self.reader.get_mut().left = self.limit.saturating_mul(2);
        match self.reader.read_byte_record(&mut record) {
            Err(_) if self.reader.get_ref().left == 0 => {
                let limit = size(self.limit);
                let cause = "perhaps a quote is never closed";
                return Found::Broken(format!(
                    "the record at line {line} is larger than {limit}: {cause}; {REST_LOST}"
                ));
            }
            Err(error) => return Found::Broken(error.to_string()),
            Ok(false) => return Found::End,
            Ok(true) => {}
        }
        let bytes = record.as_slice();
        self.usual = bytes.len();
        if bytes == END.trim_ascii() {
            Found::End
        } else if bytes.ends_with(END) {
            Found::Broken(format!("a quote in the record at line {line} is never closed; {REST_LOST}"))
        } else if bytes.len() as u64 > self.limit {
            Found::TooLong(line)
        } else {
            Found::Record(record, line)
        }
    }

    /// How many bytes of the table have been read.
    pub(super) fn offset(&self) -> u64 {
        self.reader.position().byte()
    }

    fn line(&self, position: &Position) -> u64 {
        position.line() + if position.byte() > 0 { self.behind } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_whatever_ends_them() -> io::Result<()> {
        let cases: [(&str, &[u64]); 5] = [
            ("h\na\n\"b\nb\"\nc", &[1, 2, 3, 5]),
            ("h\r\na\r\n\"b\r\nb\"\r\nc\r\n", &[1, 2, 3, 5]),
            // Blank lines before a record are taken for its own.
            ("h\n\n\na\n", &[1, 2]),
            ("h\na \x1c end of table \x1c\nb\n", &[1, 2, 3]),
            ("", &[]),
        ];
        for (table, expected) in cases {
            let dialect = Dialect { delimiter: b',', quote: b'"', backslash: false };
            let mut records = Records::new(Peeked::new(Box::new(table.as_bytes()))?, dialect, 100);
            let mut lines = Vec::new();
            while let Found::Record(_, line) = records.next() {
                lines.push(line);
            }
            assert_eq!(lines, expected, "{table:?}");
        }
        Ok(())
    }
}
