//! JSON Lines: one object a line, one line in memory.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader};
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};
use serde_json::{Map, Value};

use super::csv_records::REST_LOST;
use super::json_object::{Json, Object};
use super::json_records::Plan;
use super::row::Table;
use super::stream::{Peeked, Rewound, blank_start, is_blank};
use super::{Pending, Skipped, Source, json_records, json_repair};
use crate::extract::size;

/// How many lines are looked at to tell where the fields of their objects stand.
const SAMPLED: usize = 20;

pub(super) fn open(peeked: Peeked, table: Table) -> Box<dyn Source> {
    let first =
        peeked.sample.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n") || peeked.whole);
    let sample: Vec<Value> = first.take(SAMPLED).filter_map(json_repair::parse).collect();
    let plan = Plan::of(&sample.iter().filter_map(Value::as_object).collect::<Vec<_>>(), &table);
    let is_page = |value: &Value| json_records::find(value, &table.columns).is_some_and(|found| found.depth > 0);
    let pages = sample.first().is_some_and(is_page);
    let reader = BufReader::with_capacity(1 << 16, peeked.rewound());
    let (table, plan) = (Arc::new(table), Arc::new(plan));
    let page = VecDeque::new();
    Box::new(Lines { reader, table, plan, pages, page, record: 0, line: 0, last: 0, blank: 0, ended: false })
}

struct Lines {
    reader: BufReader<Rewound>,
    table: Arc<Table>,
    plan: Arc<Plan>,
    /// Whether a line holds several postings, as where each is one answer of a board.
    pages: bool,
    /// Postings of the last line that are still to be handed out.
    page: VecDeque<Map<String, Value>>,
    /// Lines that are not blank.
    record: u64,
    line: u64,
    /// The line of the last record, and the bytes of blank lines since.
    last: u64,
    blank: u64,
    ended: bool,
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
    /// Blank lines that go on for longer than a record may.
    Blank,
    End,
}

impl Source for Lines {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        while !self.ended {
            if let Some(object) = self.page.pop_front() {
                return Some(Ok(self.member(object)));
            }
            match self.read_line() {
                // One that was cut by the end of what is buffered.
                Ok(Line::Whole(bytes)) if is_blank(&bytes) => self.blank += bytes.len() as u64,
                Ok(Line::Whole(bytes)) if self.pages && self.turn_to(&bytes) => {}
                Ok(Line::Whole(bytes)) => return Some(Ok(self.object(bytes))),
                Ok(Line::TooLong) => return Some(Err(self.too_long())),
                Ok(Line::End) => self.ended = true,
                Ok(Line::Blank) => {
                    let most = size(self.table.max_record);
                    return Some(Err(
                        self.end(format!("more than {most} of blank lines after line {}; {REST_LOST}", self.last))
                    ));
                }
                Err(error) => return Some(Err(self.end(error.to_string()))),
            }
        }
        None
    }
}

impl Lines {
    /// The file ends here, for this reason.
    fn end(&mut self, reason: String) -> Skipped {
        self.ended = true;
        Skipped::whole(&self.table.source, reason)
    }

    /// The next line, with the blank ones before it passed over.
    fn read_line(&mut self) -> io::Result<Line> {
        if !self.skip_blank_lines()? {
            return Ok(Line::Blank);
        }
        self.line += 1;
        let limit = self.table.max_record.saturating_add(1);
        let mut bytes = Vec::new();
        self.read_to_line_end(limit, &mut bytes)?;
        if bytes.is_empty() {
            return Ok(Line::End);
        }
        if bytes.len() as u64 == limit && !bytes.ends_with(b"\n") {
            self.reader.skip_until(b'\n')?;
            return Ok(Line::TooLong);
        }
        Ok(Line::Whole(bytes))
    }

    /// Appends what is left of a line, its end included, up to a limit: `read_until` of the library
    /// looks for the end many times slower.
    fn read_to_line_end(&mut self, limit: u64, line: &mut Vec<u8>) -> io::Result<()> {
        loop {
            let chunk = self.reader.fill_buf()?;
            let left = usize::try_from(limit).unwrap_or(usize::MAX) - line.len();
            let chunk = &chunk[..chunk.len().min(left)];
            let end = memchr(b'\n', chunk).map(|newline| newline + 1);
            let read = end.unwrap_or(chunk.len());
            line.extend_from_slice(&chunk[..read]);
            self.reader.consume(read);
            if end.is_some() || read == 0 {
                return Ok(());
            }
        }
    }

    fn begin_record(&mut self) {
        self.record += 1;
        (self.last, self.blank) = (self.line, 0);
    }

    /// False where they go on for longer than a record may.
    fn skip_blank_lines(&mut self) -> io::Result<bool> {
        while self.blank <= self.table.max_record {
            let chunk = self.reader.fill_buf()?;
            let blank = &chunk[..blank_start(chunk)];
            // What stands on the line of the next record is part of that.
            let Some(last) = memrchr(b'\n', blank) else { break };
            self.line += memchr_iter(b'\n', blank).count() as u64;
            self.blank += last as u64 + 1;
            self.reader.consume(last + 1);
        }
        Ok(self.blank <= self.table.max_record)
    }

    fn object(&mut self, mut bytes: Vec<u8>) -> Pending {
        // Past the line's end serde would count a second line.
        bytes.truncate(bytes.trim_ascii_end().len());
        self.begin_record();
        self.pending(Json::of(bytes))
    }

    /// Takes the postings of a line that holds several; false where it does not.
    fn turn_to(&mut self, line: &[u8]) -> bool {
        let Some(value) = json_repair::parse(line) else { return false };
        let Some(found) = json_records::find(&value, &self.table.columns) else { return false };
        self.page = found.members.into_iter().cloned().collect();
        true
    }

    fn member(&mut self, object: Map<String, Value>) -> Pending {
        self.begin_record();
        self.pending(Json::Value(object))
    }

    fn pending(&self, json: Json) -> Pending {
        Pending::new(Object::new(&self.table, &self.plan, self.record, Some(self.line), json))
    }

    fn too_long(&mut self) -> Skipped {
        self.begin_record();
        let limit = size(self.table.max_record);
        self.table.skipped(self.record, format!("line {} is larger than {limit}, the limit for one record", self.line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use crate::input::columns::Columns;

    fn read(json: impl Into<Vec<u8>>, max_record_bytes: u64) -> io::Result<Vec<String>> {
        let columns = Arc::new(Columns::new(&ReadOptions::default()));
        let options = ReadOptions { max_record_bytes, ..ReadOptions::default() };
        let table = Table::new("jobs.jsonl".to_owned(), columns, &options);
        let mut lines = open(Peeked::new(Box::new(io::Cursor::new(json.into())))?, table);
        let short = |pending: Result<Pending, Skipped>| match pending.and_then(Pending::read) {
            Ok(posting) => format!("{}={}", posting.id, posting.text),
            Err(skipped) => skipped.to_string(),
        };
        Ok(std::iter::from_fn(|| lines.next()).map(short).collect())
    }

    #[test]
    fn blank_lines_are_passed_over_up_to_a_bound() -> io::Result<()> {
        let (cook, broken) = ("{\"text\": \"Cook\"}\n", "{\"text\": 1");
        let unread = |lines| {
            format!("jobs.jsonl, record 2: not valid JSON at line {lines}, column 12: EOF while parsing an object")
        };
        for blank in ["\n", "\r\n", " \t\n"] {
            let most = 200_000 / blank.len();
            let gap = blank.repeat(most);
            let read_on = read(format!("{cook}{gap}  {broken}"), 200_000)?;
            assert_eq!(read_on, ["jobs.jsonl#1=Cook".to_owned(), unread(most + 2)]);
            let ended = "jobs.jsonl: more than 195 KiB of blank lines after line 1; the rest of the file is not read";
            let gap = blank.repeat(most + 70_000);
            assert_eq!(read(format!("{cook}{gap}{cook}"), 200_000)?, ["jobs.jsonl#1=Cook", ended]);
        }
        Ok(())
    }

    #[test]
    fn a_bad_line_does_not_stop_the_rest() -> io::Result<()> {
        let long = format!("{{\"text\": \"{}\"}}", "x".repeat(200));
        let json = format!(
            "\u{feff}{{\"id\": 1, \"text\": \"Cook\"}}\r\n\n  \n{{\"id\": 2\n{long}\n[]\n{{\"text\": \"Bake\"}}"
        );
        let expected = [
            "1=Cook",
            "jobs.jsonl, record 2: not valid JSON at line 4, column 8: EOF while parsing an object",
            "jobs.jsonl, record 3: line 5 is larger than 100 bytes, the limit for one record",
            "jobs.jsonl, record 4: invalid type: sequence, expected a JSON object with the fields of a posting",
            "jobs.jsonl#5=Bake",
        ];
        assert_eq!(read(json, 100)?, expected);
        Ok(())
    }
}
