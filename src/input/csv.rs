//! CSV, TSV and their kin: one posting a record, one record in memory.

use std::borrow::Cow;
use std::sync::Arc;

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8};

use super::cell_rows::useful;
use super::choice::choose;
use super::columns::{Columns, Role};
use super::csv_records::{Found, REST_LOST, Records};
use super::dialect::Dialect;
use super::header;
use super::row::{Row, Table};
use super::stream::{Peeked, decode_record, encoding_note, is_blank};
use super::{Pending, Posting, Skipped, Source, Unread};
use crate::extract::size;

/// Whether a stream without a name begins like a table that has a text column.
///
/// The rows must be of one width: a sentence with commas is no header.
pub(super) fn begins_as_table(sample: &[u8], columns: &Columns) -> bool {
    let rows = Dialect::of(sample, None, columns).rows(sample, true);
    let header = header::find(&texts(&rows), columns);
    let records = rows.get(header.rows..).unwrap_or_default();
    let as_wide = records.iter().filter(|record| record.len() == header.names.len()).count();
    header.rows > 0
        && header.names.len() > 1
        && as_wide > 0
        && as_wide * 10 >= records.len() * 8
        && columns.have_text(header.names.iter().map(String::as_str))
}

/// Opens a table; how it is written is told from its first rows, but for a delimiter that is `known`.
pub(super) fn open(peeked: Peeked, table: Table, known: Option<u8>) -> Result<Box<dyn Source>, Skipped> {
    let dialect = Dialect::of(&peeked.sample, known, &table.columns);
    let sample = texts(&dialect.rows(&peeked.sample, peeked.whole));
    let mut records = Records::new(peeked, dialect, table.max_record);
    let source = table.source.clone();
    let refused = |reason: String| Skipped::whole(&source, reason);
    let header = Header::read(&mut records, table, &sample).map_err(refused)?;
    Ok(Box::new(Rows { records, header: Arc::new(header), record: 0, ended: false }))
}

/// The cells of some rows as text.
fn texts(rows: &[ByteRecord]) -> Vec<Vec<String>> {
    let text = |row: &ByteRecord| {
        let guess = guess(row, None);
        row.iter().map(|value| cell(value, guess.as_ref()).trim().to_owned()).collect()
    };
    rows.iter().map(text).collect()
}

/// What a table's columns are.
struct Header {
    table: Table,
    width: usize,
    /// Index, name and role of the columns that are of use.
    useful: Vec<(usize, Role, String)>,
}

impl Header {
    /// Reads what stands before the first record, of a table that begins with the rows of `sample`.
    fn read(records: &mut Records, table: Table, sample: &[Vec<String>]) -> Result<Self, String> {
        let found = header::find(sample, &table.columns);
        let (above, mut names) = if sample.is_empty() { (1, Vec::new()) } else { (found.rows, found.names) };
        for _ in 0..above {
            // Read again, for the sample may have cut it.
            names = match records.next() {
                Found::Record(record, _) => texts(&[record]).swap_remove(0),
                Found::End => return Err("no records".to_owned()),
                Found::TooLong(_) => return Err(format!("the header is larger than {}", size(table.max_record))),
                Found::Broken(reason) => return Err(reason),
            };
        }
        let rows = sample.get(above..).unwrap_or_default();
        let choice = choose(&table.columns, &names, rows).map_err(|error| error.reason())?;
        table.account_for(choice.told(&names));
        Ok(Self { width: names.len(), useful: useful(&choice, &names), table })
    }
}

struct Rows {
    records: Records,
    header: Arc<Header>,
    record: u64,
    ended: bool,
}

impl Source for Rows {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        let start = self.records.offset();
        while !self.ended {
            self.record += 1;
            match self.records.next() {
                // Spreadsheets leave rows of delimiters alone behind.
                Found::Record(record, line) if is_blank(record.as_slice()) => {
                    let limit = self.header.table.max_record;
                    if self.records.offset() - start > limit {
                        self.ended = true;
                        let reason =
                            format!("more than {} of empty records up to line {line}; {REST_LOST}", size(limit));
                        return Some(Err(self.skipped(reason)));
                    }
                }
                Found::Record(cells, line) => {
                    let (header, record) = (Arc::clone(&self.header), self.record);
                    let note = header.table.is_to_note(|| std::str::from_utf8(cells.as_slice()).is_ok());
                    let unread = UnreadRow { header, record, line, note, cells };
                    return Some(Ok(Pending::new(unread)));
                }
                Found::TooLong(line) => {
                    let limit = size(self.header.table.max_record);
                    return Some(Err(self.skipped(format!("the record at line {line} is larger than {limit}"))));
                }
                Found::Broken(reason) => {
                    self.ended = true;
                    return Some(Err(self.skipped(reason)));
                }
                Found::End => {
                    self.ended = true;
                    if self.record == 1 {
                        return Some(Err(Skipped::whole(&self.header.table.source, "no records under the header")));
                    }
                }
            }
        }
        None
    }
}

impl Rows {
    fn skipped(&self, reason: String) -> Skipped {
        self.header.table.skipped(self.record, reason)
    }
}

struct UnreadRow {
    header: Arc<Header>,
    record: u64,
    line: u64,
    /// Whether it is to be noted with the encoding of the table.
    note: bool,
    cells: ByteRecord,
}

impl Unread for UnreadRow {
    fn source(&self) -> &str {
        &self.header.table.source
    }

    fn record(&self) -> Option<u64> {
        Some(self.record)
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let header = &self.header;
        let guess = guess(&self.cells, header.table.encoding.legacy);
        let mut row = Row::default();
        for (index, role, name) in &header.useful {
            if let Some(bytes) = self.cells.get(*index) {
                row.push(*role, name, cell(bytes, guess.as_ref()));
            }
        }
        let width = self.cells.len();
        let plural = if width == 1 { "" } else { "s" };
        let ragged = || format!("{width} field{plural} where the header has {}", header.width);
        let ragged = (width != header.width).then(ragged);
        row.note_encoding(self.note, &header.table, guess.map(|(_, note)| note));
        row.warnings.extend(ragged.clone());
        row.posting(&header.table, self.record).map_err(|none| {
            let detail = ragged.map(|ragged| format!(": {ragged}")).unwrap_or_default();
            let no_text = format!("no text in the record at line {}{detail}", self.line);
            none.skipped(&header.table, self.record, no_text)
        })
    }
}

/// The encoding of a record that is not UTF-8, and a note on it: that of the table
/// where it is known, else guessed from the whole record, a cell being often too short.
fn guess(record: &ByteRecord, legacy: Option<&'static Encoding>) -> Option<(&'static Encoding, String)> {
    if std::str::from_utf8(record.as_slice()).is_ok() {
        return None;
    }
    let decoded = decode_record(record.as_slice(), legacy);
    let encoding = decoded.as_ref().and_then(|decoded| Encoding::for_label(decoded.encoding.as_bytes()));
    let note = decoded.as_ref().and_then(encoding_note);
    Some((encoding.unwrap_or(UTF_8), note.unwrap_or_else(|| "read with control characters in it".to_owned())))
}

fn cell<'a>(bytes: &'a [u8], guess: Option<&(&'static Encoding, String)>) -> Cow<'a, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => guess.map_or(UTF_8, |(encoding, _)| encoding).decode_without_bom_handling(bytes).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use std::io::Cursor;

    fn read_with(bytes: &[u8], known: Option<u8>, options: &ReadOptions) -> Vec<Result<Posting, Skipped>> {
        let columns = Arc::new(Columns::new(options));
        let table = Table::new("jobs.csv".to_owned(), columns, options);
        let peeked = Peeked::new(Box::new(Cursor::new(bytes.to_vec())));
        let mut source = match peeked.map(|peeked| open(peeked, table, known)) {
            Ok(Ok(source)) => source,
            Ok(Err(skipped)) => return vec![Err(skipped)],
            Err(error) => return vec![Err(Skipped::whole("jobs.csv", error.to_string()))],
        };
        std::iter::from_fn(|| source.next()).map(|pending| pending.and_then(Pending::read)).collect()
    }

    fn read(bytes: &[u8]) -> Vec<Result<Posting, Skipped>> {
        read_with(bytes, None, &ReadOptions::default())
    }

    /// Each posting as `id=text`, each skipped record as its reason.
    fn short(read: &[Result<Posting, Skipped>]) -> Vec<String> {
        let line = |one: &Result<Posting, Skipped>| match one {
            Ok(posting) => format!("{}={}", posting.id, posting.text),
            Err(skipped) => skipped.to_string(),
        };
        read.iter().map(line).collect()
    }

    #[test]
    fn delimiters_quotes_marks_and_line_ends() {
        let cases: [(&[u8], &[&str]); 9] = [
            (b"id,description\n1,Cook\n2,Bake\n", &["1=Cook", "2=Bake"]),
            (b"id;description\r\n1;Cook, bake\r\n2;Bake", &["1=Cook, bake", "2=Bake"]),
            (b"id\tdescription\n1\tCook\n", &["1=Cook"]),
            (b"id|description\n1|Cook\n", &["1=Cook"]),
            (b"id;\"a,b,c\";Job Description\n1;2;Cook\n", &["1=Cook"]),
            (b"\xef\xbb\xbf\"id\",\"description\"\n1,\"Cook \"\"all\"\"\n\nfood\"\n", &["1=Cook \"all\"\n\nfood"]),
            (b"id,text\n1,Cook\n\n,\n,\n2,Bake\n", &["1=Cook", "2=Bake"]),
            (b"text\nCook\nBake", &["jobs.csv#1=Cook", "jobs.csv#2=Bake"]),
            (b"id,text\n1,<p>Cook</p><p>Bake</p>\n", &["1=Cook\n\nBake"]),
        ];
        for (bytes, expected) in cases {
            assert_eq!(short(&read(bytes)), expected, "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(short(&read_with(b"text\tid\nCook;bake\t1", Some(b'\t'), &ReadOptions::default())), ["1=Cook;bake"]);
    }

    #[test]
    fn a_ragged_record_is_kept_if_it_has_text() {
        let found = read(b"id,text,city\n1,Cook\n2\n3,Bake,Ulm,more\n4,,Ulm\n");
        let expected = [
            "1=Cook",
            "jobs.csv, record 2: no text in the record at line 3: 1 field where the header has 3",
            "3=Bake",
            "jobs.csv, record 4: no text in the record at line 5",
        ];
        assert_eq!(short(&found), expected);
        let warnings: Vec<_> = found.iter().flatten().map(|posting| posting.warnings.join("; ")).collect();
        assert_eq!(warnings, ["2 fields where the header has 3", "4 fields where the header has 3"]);
    }

    #[test]
    fn a_table_that_cannot_be_read_says_what_it_has() {
        let named = ReadOptions { text_columns: vec!["notes".to_owned()], ..ReadOptions::default() };
        let none = "jobs.csv: no text column such as `description` was found; the columns are `id`, `skill`; name one with `--text-column`";
        let cases: [(&[u8], &ReadOptions, &str); 3] = [
            (b"id,skill\n1,Java\n", &ReadOptions::default(), none),
            (b"id,text\n1,Java\n", &named, "jobs.csv: no column `notes`; the columns are `id`, `text`"),
            (b"id,text\n", &ReadOptions::default(), "jobs.csv: no records under the header"),
        ];
        for (bytes, options, expected) in cases {
            assert_eq!(short(&read_with(bytes, None, options)), [expected]);
        }
    }

    #[test]
    fn an_unclosed_quote_is_reported_where_it_begins() {
        let reason =
            "jobs.csv, record 2: a quote in the record at line 3 is never closed; the rest of the file is not read";
        for end in ["\n", "\r\n"] {
            let text = ["id,text", "1,Cook", "2,\"Bake", "3,Fry", "4,Boil", ""].join(end);
            assert_eq!(short(&read(text.as_bytes())), ["1=Cook", reason]);
        }
    }

    #[test]
    fn a_record_over_the_limit_is_skipped() {
        let options = ReadOptions { max_record_bytes: 100, ..ReadOptions::default() };
        let long = "x".repeat(150);
        let text = format!("id,text\n1,Cook\n2,{long}\n3,Bake\n");
        let found = short(&read_with(text.as_bytes(), None, &options));
        assert_eq!(found, ["1=Cook", "jobs.csv, record 2: the record at line 3 is larger than 100 bytes", "3=Bake"]);
        let text = format!("id,text\n1,Cook\n2,\"{}", "x\n".repeat(100_000));
        let found = short(&read_with(text.as_bytes(), None, &options));
        let expected = "jobs.csv, record 2: the record at line 3 is larger than 100 bytes: perhaps a quote is never closed; the rest of the file is not read";
        assert_eq!(found, ["1=Cook", expected]);
    }

    #[test]
    fn empty_records_are_passed_over_up_to_a_bound() {
        let options = ReadOptions { max_record_bytes: 100, ..ReadOptions::default() };
        let table = |rows| format!("id,text\n1,Cook\n{}2,Bake\n", ",\n".repeat(rows));
        assert_eq!(short(&read_with(table(40).as_bytes(), None, &options)), ["1=Cook", "2=Bake"]);
        let expected =
            "jobs.csv, record 52: more than 100 bytes of empty records up to line 53; the rest of the file is not read";
        assert_eq!(short(&read_with(table(70_000).as_bytes(), None, &options)), ["1=Cook", expected]);
    }

    #[test]
    fn cells_that_are_not_utf8_are_decoded_with_a_warning() {
        let found = read(
            b"id,company,text\n1,Caf\xe9 Ulm,You cook in the caf\xe9 \x96 na\xefve r\xe9sum\xe9s welcome\n2,Inn,Bake\n",
        );
        let expected = ["1=You cook in the café – naïve résumés welcome", "2=Bake"];
        assert_eq!(short(&found), expected);
        let seen: Vec<_> =
            found.iter().flatten().map(|posting| (posting.company.as_str(), posting.warnings.as_slice())).collect();
        assert_eq!(seen, [("Café Ulm", ["read as windows-1252".to_owned()].as_slice()), ("Inn", [].as_slice())]);
    }
}
