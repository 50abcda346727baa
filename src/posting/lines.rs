//! JSON Lines: one object a line, one line in memory.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use super::object::{Json, Object};
use super::row::Table;
use super::stream::{Peeked, Rewound, is_blank};
use super::{Pending, Skipped, Source};
use crate::text::size;

pub(super) fn open(peeked: Peeked, table: Table) -> Box<dyn Source> {
    let reader = BufReader::with_capacity(1 << 16, peeked.rewound());
    Box::new(Lines { reader, table: Arc::new(table), record: 0, line: 0, ended: false })
}

struct Lines {
    reader: BufReader<Rewound>,
    table: Arc<Table>,
    /// Lines that are not blank.
    record: u64,
    line: u64,
    ended: bool,
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

impl Source for Lines {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        while !self.ended {
            self.line += 1;
            match self.read_line() {
                Ok(Line::Whole(bytes)) if is_blank(&bytes) => {}
                Ok(Line::Whole(bytes)) => return Some(Ok(self.object(bytes))),
                Ok(Line::TooLong) => return Some(Err(self.too_long())),
                Ok(Line::End) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Skipped::whole(&self.table.source, error.to_string())));
                }
            }
        }
        None
    }
}

impl Lines {
    fn read_line(&mut self) -> io::Result<Line> {
        let limit = self.table.max_record.saturating_add(1);
        let mut bytes = Vec::new();
        let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(Line::End);
        }
        if read as u64 == limit && !bytes.ends_with(b"\n") {
            self.reader.skip_until(b'\n')?;
            return Ok(Line::TooLong);
        }
        Ok(Line::Whole(bytes))
    }

    fn object(&mut self, mut bytes: Vec<u8>) -> Pending {
        // Past the line's end serde would count a second line.
        bytes.truncate(bytes.trim_ascii_end().len());
        self.record += 1;
        let table = Arc::clone(&self.table);
        Pending::new(Object { table, record: self.record, line: Some(self.line), json: Json::Bytes(bytes) })
    }

    fn too_long(&mut self) -> Skipped {
        self.record += 1;
        let limit = size(self.table.max_record);
        self.table.skipped(self.record, format!("line {} is larger than {limit}, the limit for one record", self.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posting::ReadOptions;
    use crate::posting::columns::Columns;

    #[test]
    fn a_bad_line_does_not_stop_the_rest() -> io::Result<()> {
        let long = format!("{{\"text\": \"{}\"}}", "x".repeat(200));
        let json = format!(
            "\u{feff}{{\"id\": 1, \"text\": \"Cook\"}}\r\n\n  \n{{\"id\": 2\n{long}\n[]\n{{\"text\": \"Bake\"}}"
        );
        let columns = Arc::new(Columns::new(&ReadOptions::default()));
        let options = ReadOptions { max_record_bytes: 100, ..ReadOptions::default() };
        let table = Table::new("jobs.jsonl".to_owned(), columns, &options);
        let mut lines = open(Peeked::new(Box::new(io::Cursor::new(json)))?, table);
        let read: Vec<String> = std::iter::from_fn(|| lines.next())
            .map(|pending| match pending.and_then(Pending::read) {
                Ok(posting) => format!("{}={}", posting.id, posting.text),
                Err(skipped) => skipped.to_string(),
            })
            .collect();
        let expected = [
            "1=Cook",
            "jobs.jsonl, record 2: not valid JSON at line 4, column 8: EOF while parsing an object",
            "jobs.jsonl, record 3: line 5 is larger than 100 bytes, the limit for one record",
            "jobs.jsonl, record 4: invalid type: sequence, expected a JSON object with the fields of a posting",
            "jobs.jsonl#5=Bake",
        ];
        assert_eq!(read, expected);
        Ok(())
    }
}
