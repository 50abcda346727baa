//! JSON files: an array of objects, read element by element; objects one after
//! another; or one object that is a posting or holds an array of them.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::columns::list;
use super::csv_records::REST_LOST;
use super::json_object::{Json, Object, reason};
use super::json_records::Plan;
use super::json_repair::parse;
use super::json_scanner::{Broken, Scanner};
use super::row::Table;
use super::stream::{NOT_TEXT, Peeked, Rewound};
use super::{Pending, Skipped, Source, cell_rows, json_ld, json_leaves, json_path, json_records, jsonl};
use crate::extract::{decode, size};

/// How many records are looked at to tell where their fields stand.
const SAMPLED: usize = 20;

const EXPECTED: &str = "expected an array of objects, or an object that holds one";

/// Whether a stream without a name begins like JSON: text may begin with a bracket.
pub(super) fn begins_as_json(sample: &[u8]) -> bool {
    let sample = sample.trim_ascii_start();
    let Some((first, rest)) = sample.split_first() else { return false };
    let second = rest.trim_ascii_start().first();
    match first {
        b'{' => matches!(second, Some(b'"' | b'}')),
        b'[' => matches!(second, Some(b'{' | b'[' | b']')),
        _ => false,
    }
}

/// Opens a `.json` file; one that holds JSON Lines is read as such.
pub(super) fn open(peeked: Peeked, table: Table, max_document: u64) -> Result<Box<dyn Source>, Skipped> {
    if is_lines(&peeked) {
        return Ok(jsonl::open(peeked, table));
    }
    let source = table.source.clone();
    let sample = Sample::of(&peeked, &table);
    let mut scanner = Scanner::new(peeked.rewound(), table.max_depth, table.max_record);
    let opened = match scanner.peek() {
        Ok(Some(b'[')) if sample.is_to_be_searched(&table) => document(scanner, table, &sample, max_document),
        Ok(Some(b'[')) => {
            scanner.skip();
            Ok(Box::new(Elements::new(scanner, table, &sample, None)) as Box<dyn Source>)
        }
        Ok(Some(b'{')) => objects(scanner, table, &sample, max_document),
        Ok(Some(other)) => Err(format!("{EXPECTED}; found `{}`", char::from(other))),
        Ok(None) => Err(EXPECTED.to_owned()),
        Err(error) => Err(error.to_string()),
    };
    opened.map_err(|reason| Skipped::whole(&source, reason))
}

/// Whether a `.jsonl` file holds one array instead, or objects that go over several lines.
pub(super) fn is_array(peeked: &Peeked) -> bool {
    let sample = peeked.sample.trim_ascii_start();
    let first_line = sample.split(|byte| *byte == b'\n').next().unwrap_or_default();
    (sample.starts_with(b"[") && begins_as_json(sample)) || first_line.trim_ascii_end() == b"{"
}

/// Whether the first line is an object and more follows.
fn is_lines(peeked: &Peeked) -> bool {
    let sample = peeked.sample.trim_ascii_start();
    let Some(end) = sample.iter().position(|byte| *byte == b'\n') else { return false };
    let (line, rest) = sample.split_at(end);
    let more = !peeked.whole || !rest.trim_ascii().is_empty();
    more && line.starts_with(b"{") && parse(line).is_some()
}

/// The first elements of an array, or the first values of a stream.
struct Sample {
    values: Vec<Value>,
    /// Where the records seem to stand.
    records: String,
}

impl Sample {
    fn of(peeked: &Peeked, table: &Table) -> Self {
        let mut values = Vec::new();
        let begins = peeked.sample.trim_ascii_start();
        let mut scanner = Scanner::new(begins.strip_prefix(b"[").unwrap_or(begins), table.max_depth, table.max_record);
        while values.len() < SAMPLED {
            match scanner.peek() {
                Ok(Some(b',')) => scanner.skip(),
                Ok(Some(b']' | b'}') | None) | Err(_) => break,
                Ok(Some(_)) => match scanner.value(table.max_record) {
                    Ok(bytes) => values.extend(parse(&bytes)),
                    Err(_) => break,
                },
            }
        }
        let records = json_path::of_records(&String::from_utf8_lossy(begins));
        Self { values, records }
    }

    /// Whether the elements are no postings themselves, but may hold some.
    fn is_to_be_searched(&self, table: &Table) -> bool {
        let array = Value::Array(self.values.clone());
        let rows = self.values.len() > 1 && self.values.iter().all(Value::is_array);
        let linked = !json_ld::postings(std::slice::from_ref(&array)).is_empty();
        rows || linked || json_records::find(&array, &table.columns).is_some_and(|found| found.depth != 1)
    }

    fn objects(&self) -> Vec<&Map<String, Value>> {
        self.values.iter().filter_map(Value::as_object).collect()
    }

    fn plan(&self, table: &Table) -> Plan {
        Plan::of(&self.objects(), table)
    }

    /// Whether the first element is none of the records, such as a legal notice: it has nothing of
    /// what the others have.
    fn begins_with_a_notice(&self) -> bool {
        match self.objects().as_slice() {
            [first, second, third, ..] => {
                let shared = |one: &Map<String, Value>, other| json_leaves::are_alike(one, other);
                shared(second, third) && !shared(first, second) && first.len() < second.len()
            }
            _ => false,
        }
    }
}

fn objects(
    mut scanner: Scanner<Rewound>,
    table: Table,
    sample: &Sample,
    max_document: u64,
) -> Result<Box<dyn Source>, String> {
    let first = value(&mut scanner, &table, sample, max_document)?;
    match scanner.peek().map_err(|error| error.to_string())? {
        None => single(&first, table),
        Some(_) => Ok(Box::new(Elements::new(scanner, table, sample, Some(first)))),
    }
}

/// A value that has to be seen as a whole.
fn document(
    mut scanner: Scanner<Rewound>,
    table: Table,
    sample: &Sample,
    max_document: u64,
) -> Result<Box<dyn Source>, String> {
    let whole = value(&mut scanner, &table, sample, max_document)?;
    single(&whole, table)
}

fn value(scanner: &mut Scanner<Rewound>, table: &Table, sample: &Sample, max_document: u64) -> Result<Vec<u8>, String> {
    scanner.value(max_document).map_err(|broken| match broken {
        Broken::TooLong => {
            format!(
                "one object larger than {}: write its records line by line, with `jq -c '{}[]' FILE > jobs.jsonl`, or \
                 raise --max-document-bytes",
                size(max_document),
                sample.records
            )
        }
        Broken::Unclosed => "the JSON object is never closed".to_owned(),
        Broken::TooDeep => too_deep(table.max_depth),
        Broken::Io(error) => error.to_string(),
    })
}

fn too_deep(limit: usize) -> String {
    format!("brackets nested more than {limit} deep")
}

/// The postings of a file that is one value.
fn single(bytes: &[u8], table: Table) -> Result<Box<dyn Source>, String> {
    let text = decode(bytes).ok_or(NOT_TEXT)?.text;
    let value: Value = match serde_json::from_str(&text) {
        Ok(value) => value,
        Err(error) => parse(bytes).ok_or_else(|| reason(&error, None))?,
    };
    let linked = json_ld::postings(std::slice::from_ref(&value));
    if !linked.is_empty() {
        return Ok(json_ld::source(linked, table));
    }
    if let Some(rows) = json_records::rows(&value, &table.columns) {
        return cell_rows::open(Box::new(rows.into_iter().map(Ok)), table).map_err(|skipped| skipped.reason);
    }
    match json_records::find(&value, &table.columns) {
        Some(found) => Ok(Box::new(Members::new(found.members.into_iter().cloned().collect(), table))),
        None => {
            let keys: Vec<String> =
                value.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default();
            Err(format!("{EXPECTED}, with a text key such as `description`; found an object with {}", list(&keys)))
        }
    }
}

/// Objects that are in memory already.
pub(super) struct Members {
    table: Arc<Table>,
    plan: Arc<Plan>,
    record: u64,
    members: std::vec::IntoIter<Map<String, Value>>,
}

impl Members {
    pub(super) fn new(members: Vec<Map<String, Value>>, table: Table) -> Self {
        let sample: Vec<&Map<String, Value>> = members.iter().take(SAMPLED).collect();
        let plan = Arc::new(Plan::of(&sample, &table));
        Self { table: Arc::new(table), plan, record: 0, members: members.into_iter() }
    }
}

impl Source for Members {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        let json = Json::Value(self.members.next()?);
        self.record += 1;
        Some(Ok(Pending::new(Object::new(&self.table, &self.plan, self.record, None, json))))
    }
}

/// Values one after another, in an array or on their own.
struct Elements {
    scanner: Scanner<Rewound>,
    table: Arc<Table>,
    /// The first value, where it had to be read to see what follows; there is no
    /// array around it then.
    first: Option<Vec<u8>>,
    in_array: bool,
    plan: Arc<Plan>,
    /// Whether the first element is passed over.
    notice: bool,
    record: u64,
    ended: bool,
}

impl Elements {
    fn new(scanner: Scanner<Rewound>, table: Table, sample: &Sample, first: Option<Vec<u8>>) -> Self {
        let (in_array, notice) = (first.is_none(), sample.begins_with_a_notice());
        let plan = Arc::new(sample.plan(&table));
        Self { scanner, table: Arc::new(table), first, in_array, plan, notice, record: 0, ended: false }
    }

    /// The next value, `None` after the last, or what is wrong with the file.
    fn value(&mut self) -> Result<Option<Vec<u8>>, String> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let mut after_comma = false;
        loop {
            let next = self.scanner.peek().map_err(|error| error.to_string())?;
            match next {
                Some(b',') if !after_comma => {
                    self.scanner.skip();
                    after_comma = true;
                }
                Some(b']') if self.in_array => return self.close(),
                None if !self.in_array => return Ok(None),
                None => {
                    return Err(format!(
                        "the array is never closed: the file may be cut off after record {}",
                        self.record
                    ));
                }
                Some(byte @ (b',' | b']' | b'}')) => {
                    return Err(format!("expected a record, found `{}`", char::from(byte)));
                }
                Some(_) => {
                    return self.scanner.value(self.table.max_record).map(Some).map_err(|broken| self.broken(broken));
                }
            }
        }
    }

    fn close(&mut self) -> Result<Option<Vec<u8>>, String> {
        self.scanner.skip();
        match self.scanner.peek().map_err(|error| error.to_string())? {
            Some(_) => Err("something follows the end of the array, which is not read".to_owned()),
            None if self.record == 0 => Err("no records: the array is empty".to_owned()),
            None => Ok(None),
        }
    }

    fn broken(&self, broken: Broken) -> String {
        let record = self.record + 1;
        match broken {
            Broken::TooDeep => format!("record {record}: {}; {REST_LOST}", too_deep(self.table.max_depth)),
            Broken::TooLong => {
                let limit = size(self.table.max_record);
                format!("record {record} is larger than {limit}: perhaps a quote is never closed; {REST_LOST}")
            }
            Broken::Unclosed => format!("record {record} is never closed: the file may be cut off"),
            Broken::Io(error) => error.to_string(),
        }
    }
}

impl Source for Elements {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        if self.ended {
            return None;
        }
        match self.value() {
            Ok(Some(bytes)) => {
                self.record += 1;
                if self.record == 1 && self.notice {
                    return self.next();
                }
                let json = Json::of(bytes);
                Some(Ok(Pending::new(Object::new(&self.table, &self.plan, self.record, None, json))))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(reason) => {
                self.ended = true;
                Some(Err(Skipped::whole(&self.table.source, reason)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use crate::input::columns::Columns;

    fn read(json: &str, options: &ReadOptions) -> Vec<String> {
        let columns = Arc::new(Columns::new(options));
        let table = Table::new("jobs.json".to_owned(), columns, options);
        let stream = Box::new(std::io::Cursor::new(json.to_owned()));
        let opened = Peeked::new(stream).map(|peeked| open(peeked, table, options.max_document_bytes));
        let mut source = match opened {
            Ok(Ok(source)) => source,
            Ok(Err(skipped)) => return vec![skipped.to_string()],
            Err(error) => return vec![error.to_string()],
        };
        std::iter::from_fn(|| source.next())
            .map(|pending| match pending.and_then(Pending::read) {
                Ok(posting) => format!("{}={}", posting.id, posting.text),
                Err(skipped) => skipped.to_string(),
            })
            .collect()
    }

    #[test]
    fn arrays_and_objects_give_their_postings() {
        let cases: [(&str, &[&str]); 12] = [
            (r#"{"a": [{"id": 1, "text": "Cook"}], "b": [{"id": 2, "text": "Bake"}]}"#, &["1=Cook", "2=Bake"]),
            (r#"[{"id": 1, "text": "Cook"}, {"id": 2, "text": "Bake"}]"#, &["1=Cook", "2=Bake"]),
            (
                r#"{"meta": {"total": 2}, "jobs": [{"text": "Cook"}, {"text": "Bake"}], "tags": [1]}"#,
                &["jobs.json#1=Cook", "jobs.json#2=Bake"],
            ),
            (r#"{"description": "A feed", "items": [{"title": "Chef", "content": "Cook"}]}"#, &["jobs.json#1=Cook"]),
            (r#"{"id": 1, "description": "Cook", "lists": [{"content": "Bake"}]}"#, &["1=Cook\n\nLists:\nBake"]),
            (
                "{\"id\": 1, \"text\": \"Cook\"}\n{bad}\n{\"id\": 2, \"text\": \"Bake\"}\n",
                &["1=Cook", "jobs.json, record 2: not valid JSON at line 2, column 2: key must be a string", "2=Bake"],
            ),
            ("{\n\"id\": 1, \"text\": \"Cook\"\n}\n{\n\"id\": 2, \"text\": \"Bake\"\n}\n", &["1=Cook", "2=Bake"]),
            (
                r#"[{"id": 1, "text": "Cook"}, 5, {"id": 1 "text": "x"}, {"id": 2, "text": "Bake"},]"#,
                &[
                    "1=Cook",
                    "jobs.json, record 2: invalid type: integer `5`, expected a JSON object with the fields of a posting",
                    "jobs.json, record 3: not valid JSON at line 1, column 10 of the record: expected `,` or `}`",
                    "2=Bake",
                ],
            ),
            (
                r#"[{"id": 1, "text": "Cook"}, {"id": 2, "te"#,
                &["1=Cook", "jobs.json: record 2 is never closed: the file may be cut off"],
            ),
            (
                r#"[{"id": 1, "text": "Cook"}"#,
                &["1=Cook", "jobs.json: the array is never closed: the file may be cut off after record 1"],
            ),
            (
                r#"[{"id": 1, "text": "Cook"}] x"#,
                &["1=Cook", "jobs.json: something follows the end of the array, which is not read"],
            ),
            (
                r#"[{"id": 1, "text": "Cook"},, {"id": 2, "text": "Bake"}]"#,
                &["1=Cook", "jobs.json: expected a record, found `,`"],
            ),
        ];
        for (json, expected) in cases {
            assert_eq!(read(json, &ReadOptions::default()), expected, "{json}");
        }
    }

    #[test]
    fn what_holds_no_postings_is_refused() {
        let cases = [
            ("[]", "no records: the array is empty"),
            ("5", "expected an array of objects, or an object that holds one; found `5`"),
            (
                r#"{"a": 1, "b": []}"#,
                "expected an array of objects, or an object that holds one, with a text key such as `description`; found an object with `a`, `b`",
            ),
            (r#"{"a": "#, "the JSON object is never closed"),
            (r#"{"a": x}"#, "not valid JSON at line 1, column 7 of the record: expected value"),
        ];
        for (json, expected) in cases {
            assert_eq!(read(json, &ReadOptions::default()), [format!("jobs.json: {expected}")], "{json}");
        }
    }

    #[test]
    fn limits_hold() {
        let options = ReadOptions { max_document_bytes: 60, max_record_bytes: 40, ..ReadOptions::default() };
        let long = "x".repeat(100);
        let expected = "jobs.json: record 2 is larger than 40 bytes: perhaps a quote is never closed; the rest of the file is not read";
        assert_eq!(
            read(&format!(r#"[{{"id": 1, "text": "Cook"}}, {{"text": "{long}"}}]"#), &options),
            ["1=Cook", expected]
        );
        let expected = "jobs.json: one object larger than 60 bytes: write its records line by line, with `jq -c '.jobs[]' FILE > jobs.jsonl`, or raise --max-document-bytes";
        assert_eq!(read(&format!(r#"{{"jobs": [{{"text": "{long}"}}]}}"#), &options), [expected]);
    }
}
