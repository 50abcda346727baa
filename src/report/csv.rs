//! Tables as CSV: RFC 4180, UTF-8, `\n` ended, the same bytes for the same rows.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::marker::PhantomData;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::columns::{Cell, Column, MatchRow, MatchesTable, PostingRow, PostingsTable, Table, header};
use super::decimals::push_decimal;
use super::kept::KeptColumns;
use super::one_line::{one_line, push_one_line};
use crate::input::KeptCell;
use crate::lexicon::Lexicon;
use crate::run::{Classified, Gap, Prepare, Rows};
use crate::text::bytes::any;
use crate::text::{Span, inert_line};

/// Bytes gathered before they are written: large enough that writing costs little.
const BUFFER: usize = 1 << 17;
/// Bytes of most rows of the postings table.
const BYTES_A_POSTING: usize = 512;
/// Bytes of most rows of the matches table.
const BYTES_A_MATCH: usize = 340;

/// How cells are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CsvStyle {
    /// Leave text that a spreadsheet would run as a formula as it is.
    pub raw_cells: bool,
    /// Start with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
    /// Make visible what a terminal would obey, for a table that is shown on one.
    pub inert: bool,
}

/// Writes the rows of one table.
///
/// Rows are put together here, for `csv` walks every field twice, byte by byte: that
/// took a fifth of a run. Its writer is what the tests hold this one against.
pub struct CsvTable<W: Write, T: Table> {
    out: W,
    style: CsvStyle,
    /// The user's columns behind those of the table.
    kept: KeptColumns,
    /// Rows still to be written.
    rows: Vec<u8>,
    /// Rows so far, the header apart.
    count: u64,
    table: PhantomData<T>,
}

impl<W: Write, T: Table> CsvTable<W, T> {
    /// Begins with the header.
    pub fn new(out: W, lexicon: &Lexicon, style: CsvStyle) -> Self {
        Self::keeping(out, lexicon, style, KeptColumns::default())
    }

    /// The same, with columns of the user's own behind those of the table.
    pub(super) fn keeping(out: W, lexicon: &Lexicon, style: CsvStyle, kept: KeptColumns) -> Self {
        let mut rows = Vec::with_capacity(BUFFER + BUFFER / 4);
        rows.extend_from_slice(&header_row::<T>(lexicon, style, &kept).0);
        Self { out, style, kept, rows, count: 0, table: PhantomData }
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, row: &T::Row<'_>) -> io::Result<()> {
        push_row::<T>(&mut self.rows, row, self.style);
        self.count += 1;
        if self.rows.len() >= BUFFER { self.write() } else { Ok(()) }
    }

    /// Writes the rows that a worker made of a posting.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn rows(&mut self, rows: &Rows, result: &Classified) -> io::Result<()> {
        let mut number = itoa::Buffer::new();
        // The same in all rows.
        let number = number.format(result.number).as_bytes();
        rows.write(&mut self.rows, |gap, out| match gap {
            Gap::Number => out.extend_from_slice(number),
            Gap::Warnings => push_cell(out, &Cell::warnings(&result.posting), self.style),
        });
        if !self.kept.is_none() {
            self.push_kept(&result.posting.kept);
        }
        self.count += rows.count();
        if self.rows.len() >= BUFFER { self.write() } else { Ok(()) }
    }

    /// Puts the user's cells behind the row that ends here.
    fn push_kept(&mut self, kept: &[KeptCell]) {
        self.rows.truncate(self.rows.len() - 1);
        for text in self.kept.texts(kept) {
            self.rows.push(b',');
            push_cell(&mut self.rows, &Cell::kept(text), self.style);
        }
        self.rows.push(b'\n');
    }

    /// The user's columns so far.
    pub(super) fn kept(&self) -> &KeptColumns {
        &self.kept
    }

    /// How many rows were written.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    fn write(&mut self) -> io::Result<()> {
        self.out.write_all(&self.rows)?;
        self.rows.clear();
        Ok(())
    }

    /// Writes what is still buffered.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.write()?;
        self.out.flush()
    }
}

/// The header of a table, and how many columns it names.
pub(super) fn header_row<T: Table>(lexicon: &Lexicon, style: CsvStyle, kept: &KeptColumns) -> (Vec<u8>, usize) {
    let mut names = header::<T>(lexicon);
    names.extend(kept.beside(&names));
    (header_of(&names, style.bom), names.len())
}

/// A header of these names.
pub(super) fn header_of(names: &[String], bom: bool) -> Vec<u8> {
    let mut row = Vec::from(if bom { "\u{feff}" } else { "" });
    for name in names {
        push_field(&mut row, name);
        row.push(b',');
    }
    end_row(&mut row);
    row
}

/// Gives a table that was written before all its columns were known its header, and its rows the cells that
/// they lack.
pub(super) fn complete(path: &Path, header: &[u8], columns: usize) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let whole = tempfile::NamedTempFile::new_in(folder)?;
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_path(path)?;
    let mut out = BufWriter::new(whole);
    out.write_all(header)?;
    let (mut record, mut row) = (csv::StringRecord::new(), Vec::new());
    while rows.read_record(&mut record)? {
        row.clear();
        for cell in record.iter().chain(std::iter::repeat("")).take(columns) {
            push_field(&mut row, cell);
            row.push(b',');
        }
        end_row(&mut row);
        out.write_all(&row)?;
    }
    drop(rows);
    let whole = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    // A temporary file may be read by its owner alone; the tables are as all other files are.
    let permissions = File::open(path)?.metadata()?.permissions();
    whole.as_file().set_permissions(permissions)?;
    whole.persist(path)?;
    Ok(())
}

/// Makes the row of the postings table.
pub(super) struct PreparePostings {
    pub lexicon: Arc<Lexicon>,
    pub style: CsvStyle,
}

impl Prepare for PreparePostings {
    fn prepare(&self, result: &Classified, rows: &mut Rows) {
        rows.make_room(1, BYTES_A_POSTING);
        prepare_cells(rows, PostingsTable::COLUMNS, &PostingRow { lexicon: &self.lexicon, result }, self.style);
        end_prepared(rows);
    }
}

/// Appends cells of a row of the matches table, each with a separator behind it. Unlike [`push_cells`] it compiles each
/// of them for itself: this table has most of all cells, and most of these hold a digit or two.
macro_rules! push_cells_at {
    ($rows:expr, $row:expr, $style:expr, [$($at:literal),*]) => {
        $(push_cell_of($rows, const { &MatchesTable::COLUMNS[$at] }, $row, $style);)*
    };
}

/// Makes the rows of the matches table.
pub(super) struct PrepareMatches {
    lexicon: Arc<Lexicon>,
    style: CsvStyle,
    /// For each skill of the lexicon the cells that are the same in all its rows, once it has been found.
    skills: Vec<OnceLock<Box<[u8]>>>,
}

impl PrepareMatches {
    pub(super) fn new(lexicon: &Arc<Lexicon>, style: CsvStyle) -> Self {
        Self { lexicon: Arc::clone(lexicon), style, skills: vec![OnceLock::new(); lexicon.skills().len()] }
    }

    /// These cells of a row, to be copied into others.
    fn cells(&self, columns: Range<usize>, row: &MatchRow<'_>) -> Box<[u8]> {
        let mut cells = Vec::with_capacity(BYTES_A_MATCH);
        push_cells::<MatchesTable>(&mut cells, &MatchesTable::COLUMNS[columns], row, self.style);
        cells.into()
    }
}

impl Prepare for PrepareMatches {
    fn prepare(&self, result: &Classified, rows: &mut Rows) {
        const TABLE: &[Column<MatchesTable>] = MatchesTable::COLUMNS;
        rows.make_room(result.analysis.evidence.matches.len(), BYTES_A_MATCH);
        let of_posting = OnceCell::new();
        for row in MatchRow::all(&self.lexicon, result) {
            prepare_cells(rows, &TABLE[MatchesTable::NUMBER], &row, self.style);
            let out = rows.bytes();
            out.extend_from_slice(of_posting.get_or_init(|| self.cells(MatchesTable::OF_POSTING, &row)));
            let of_skill = &self.skills[row.found.skill.index()];
            out.extend_from_slice(of_skill.get_or_init(|| self.cells(MatchesTable::OF_SKILL, &row)));
            // Those of the row itself, up to the texts of the posting; a test holds all against the columns.
            push_cells_at!(out, &row, self.style, [7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
            push_line(out, row.text(), row.form(), self.style);
            out.push(b',');
            push_line(out, row.text(), row.context(), self.style);
            out.push(b',');
            end_prepared(rows);
        }
    }
}

/// Ends a row of what is made of a posting.
fn end_prepared(rows: &mut Rows) {
    end_row(rows.bytes());
    rows.end_row();
}

/// Appends cells to what is made of a posting, with gaps for what is not known yet.
fn prepare_cells<T: Table>(rows: &mut Rows, columns: &[Column<T>], row: &T::Row<'_>, style: CsvStyle) {
    for column in columns {
        match column.gap {
            Some(gap) => {
                rows.leave(gap);
                rows.bytes().push(b',');
            }
            None => push_cell_of(rows.bytes(), column, row, style),
        }
    }
}

/// Appends cells, each with a separator behind it.
fn push_cells<T: Table>(rows: &mut Vec<u8>, columns: &[Column<T>], row: &T::Row<'_>, style: CsvStyle) {
    for column in columns {
        push_cell_of(rows, column, row, style);
    }
}

/// Appends one of them.
#[inline(always)]
fn push_cell_of<T: Table>(rows: &mut Vec<u8>, column: &Column<T>, row: &T::Row<'_>, style: CsvStyle) {
    match (column.cell)(row) {
        Cell::Text(word) if column.of_words => rows.extend_from_slice(word.as_bytes()),
        cell => push_cell(rows, &cell, style),
    }
    rows.push(b',');
}

/// Appends a row.
pub(super) fn push_row<T: Table>(rows: &mut Vec<u8>, row: &T::Row<'_>, style: CsvStyle) {
    push_cells::<T>(rows, T::COLUMNS, row, style);
    end_row(rows);
}

/// Makes the last separator the end of the row.
pub(crate) fn end_row(rows: &mut [u8]) {
    if let Some(last) = rows.last_mut() {
        *last = b'\n';
    }
}

/// Appends the text of a cell.
#[inline(always)]
pub(super) fn push_cell(rows: &mut Vec<u8>, cell: &Cell<'_>, style: CsvStyle) {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => push_text(rows, text, style),
        Cell::Integer(number) => push_integer(rows, *number),
        Cell::Number(number, decimals) => push_decimal(rows, *number, *decimals),
        Cell::LogOdds(value) => value.push(rows),
        Cell::Flag(flag) => rows.extend_from_slice(if *flag { b"true" } else { b"false" }),
    }
}

/// Appends a whole number; most cells of numbers hold few digits.
fn push_integer(rows: &mut Vec<u8>, number: u64) {
    // Below ten.
    let digit = |power: u64| b'0' + u8::try_from(number / power % 10).unwrap_or(0);
    match number {
        0..=9 => rows.push(digit(1)),
        10..=99 => rows.extend_from_slice(&[digit(10), digit(1)]),
        100..=999 => rows.extend_from_slice(&[digit(100), digit(10), digit(1)]),
        1_000..=9_999 => rows.extend_from_slice(&[digit(1_000), digit(100), digit(10), digit(1)]),
        _ => rows.extend_from_slice(itoa::Buffer::new().format(number).as_bytes()),
    }
}

fn push_text(rows: &mut Vec<u8>, text: &str, style: CsvStyle) {
    let inert = style.inert.then(|| inert_line(text));
    let text = inert.as_deref().unwrap_or(text);
    if !style.raw_cells && is_defused(text.as_bytes()) {
        push_field(rows, &defused(text));
    } else {
        push_field(rows, text);
    }
}

/// Appends what stands at `span` of a text of a posting as [one line](super::one_line).
fn push_line(rows: &mut Vec<u8>, text: &str, span: Span, style: CsvStyle) {
    let start = rows.len();
    // White space becomes spaces, and needs no quotation marks.
    let is_quoted = push_one_line(rows, text, span, is_special_mark);
    if style.inert || is_quoted && any(&rows[start..], |byte| byte == b'"') {
        rows.truncate(start);
        return push_text(rows, &one_line(span.of(text)), style);
    }
    if !style.raw_cells && is_defused(&rows[start..]) {
        rows.insert(start, b'\'');
    }
    if is_quoted {
        rows.insert(start, b'"');
        rows.push(b'"');
    }
}

/// Appends `text`, in quotation marks where RFC 4180 asks for them, and where another separator
/// of spreadsheets stands in it: one that splits at those as well, and minds quotation marks,
/// leaves such a cell whole, and no part of it becomes a formula.
pub(crate) fn push_field(rows: &mut Vec<u8>, text: &str) {
    push_quoted(rows, text, is_special);
}

/// Whether a field that holds the byte gets quotation marks.
fn is_special(byte: u8) -> bool {
    is_special_mark(byte) | needs_quotes(byte) | (byte == b'\t')
}

/// The same of bytes that are no white space.
fn is_special_mark(byte: u8) -> bool {
    (byte == b',') | (byte == b'"') | (byte == b';')
}

/// Whether RFC 4180 asks for quotation marks around a field that holds the byte.
pub(crate) fn needs_quotes(byte: u8) -> bool {
    (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r')
}

/// Appends `text`, in quotation marks where a byte of it is `special`.
pub(crate) fn push_quoted(rows: &mut Vec<u8>, text: &str, special: impl Fn(u8) -> bool) {
    if !any(text.as_bytes(), special) {
        rows.extend_from_slice(text.as_bytes());
        return;
    }
    rows.push(b'"');
    let mut done = 0;
    for mark in memchr::memchr_iter(b'"', text.as_bytes()) {
        rows.extend_from_slice(&text.as_bytes()[done..=mark]);
        rows.push(b'"');
        done = mark + 1;
    }
    rows.extend_from_slice(&text.as_bytes()[done..]);
    rows.push(b'"');
}

/// A text that a spreadsheet would run as a formula, with an apostrophe in front.
fn defused(text: &str) -> String {
    format!("'{text}")
}

/// What [`defused`] was given.
pub(super) fn undefused(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_defused(text.as_bytes())).unwrap_or(cell)
}

/// Whether an apostrophe goes before a text: where a formula begins (OWASP, "CSV Injection": `=`,
/// `+`, `-`, `@`, tab and carriage return first, also as full-width characters and after a line
/// break inside the cell), and where apostrophes stand before one, so that taking the first away
/// always gives the text back.
fn is_defused(text: &[u8]) -> bool {
    const FORMULA: [&str; 11] = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"];
    // Nearly all begin so, and are told at once.
    if text.first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    let apostrophes = text.iter().take_while(|byte| **byte == b'\'').count();
    FORMULA.iter().any(|mark| text[apostrophes..].starts_with(mark.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Classifier;
    use crate::input::{Posting, Skipped};
    use crate::report::columns::SkippedTable;

    /// A row of these cells.
    fn row(fields: &[String]) -> Vec<u8> {
        let mut row = Vec::new();
        for field in fields {
            push_field(&mut row, field);
            row.push(b',');
        }
        end_row(&mut row);
        row
    }

    struct ClosedPipe;

    impl Write for ClosedPipe {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn whole_numbers_are_written_as_by_the_library() {
        for number in (0..=10_000).chain([u64::MAX]) {
            let mut written = Vec::new();
            push_integer(&mut written, number);
            assert_eq!(written, number.to_string().as_bytes());
        }
    }

    #[test]
    fn matches_are_prepared_as_their_columns_have_them() {
        let classifier = Classifier::new(Lexicon::builtin());
        let posting = Posting {
            id: "=a, 1".to_owned(),
            text: "You write  \"TypeScript\",\n- Spring\n  Boot; Kubernetes\u{1b}\n\nYou must have 5 years of Linux \u{2022} Ansible."
                .to_owned(),
            ..Posting::default()
        };
        let analysis = classifier.classify(&posting).expect("within its budget");
        let result = Classified { number: 12, posting, analysis };
        let style = CsvStyle::default();
        for style in [style, CsvStyle { raw_cells: true, ..style }, CsvStyle { inert: true, ..style }] {
            let mut expected = Vec::new();
            for row in MatchRow::all(classifier.lexicon(), &result) {
                push_row::<MatchesTable>(&mut expected, &row, style);
            }
            let mut rows = Rows::default();
            PrepareMatches::new(classifier.lexicon(), style).prepare(&result, &mut rows);
            let mut written = Vec::new();
            rows.write(&mut written, |_, out| out.extend_from_slice(b"12"));
            assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&expected));
            assert!(rows.count() > 3, "{}", rows.count());
        }
    }

    #[test]
    fn a_closed_pipe_is_told_as_such() -> io::Result<()> {
        let lexicon = Lexicon::builtin();
        let mut table = CsvTable::<_, SkippedTable>::new(ClosedPipe, &lexicon, CsvStyle::default());
        // The table is buffered: the pipe is met when a row does not fit.
        let row = Skipped { source: "x".repeat(BUFFER), record: None, id: None, reason: String::new() };
        let kind = table.row(&row).map_err(|error| error.kind());
        assert_eq!(kind, Err(io::ErrorKind::BrokenPipe));
        Ok(())
    }

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        let style = CsvStyle::default();
        let cases = [
            (Cell::Text("=1+1".into()), "'=1+1"),
            (Cell::Text("@SUM(A1)".into()), "'@SUM(A1)"),
            (Cell::Text("-2 years".into()), "'-2 years"),
            (Cell::Text("\tx".into()), "\"'\tx\""),
            (Cell::Text("'=1+1".into()), "''=1+1"),
            (Cell::Text("'n".into()), "'n"),
            (Cell::Text("C# = fun".into()), "C# = fun"),
            (Cell::Number(-1.5, 2), "-1.50"),
            (Cell::Number(-0.00001, 4), "0.0000"),
            (Cell::Empty, ""),
        ];
        let print = |cell: &Cell, style| {
            let mut printed = Vec::new();
            push_cell(&mut printed, cell, style);
            String::from_utf8(printed).expect("text")
        };
        for (cell, expected) in cases {
            assert_eq!(print(&cell, style), expected);
        }
        let raw = CsvStyle { raw_cells: true, ..style };
        assert_eq!(print(&Cell::Text("=1+1".into()), raw), "=1+1");
        let shown = CsvStyle { inert: true, ..style };
        assert_eq!(print(&Cell::Text("a\u{1b}[31m\nb\u{9b}".into()), shown), "a\u{fffd}[31m\u{fffd}b\u{fffd}");
    }

    #[test]
    fn a_cell_with_another_separator_is_quoted() {
        let cases = [
            ("Engineer;=HYPERLINK(1);x", "\"Engineer;=HYPERLINK(1);x\""),
            ("a\t=1+1", "\"a\t=1+1\""),
            ("a;\"b\"", "\"a;\"\"b\"\"\""),
            ("a|b:c", "a|b:c"),
        ];
        for (text, expected) in cases {
            let mut printed = Vec::new();
            push_field(&mut printed, text);
            assert_eq!(String::from_utf8_lossy(&printed), expected);
        }
    }

    #[test]
    fn rows_are_completed() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("postings.csv");
        std::fs::write(&path, "\u{feff}id\n1\n2,\"a, b\"\n3,c,d\n")?;
        complete(&path, "\u{feff}id,x,y\n".as_bytes(), 3)?;
        assert_eq!(std::fs::read_to_string(&path)?, "\u{feff}id,x,y\n1,,\n2,\"a, b\",\n3,c,d\n");
        Ok(())
    }

    proptest! {
        #[test]
        fn a_defused_text_can_be_had_back(text in "['=+@\t\n\r＝a]{0,5}") {
            let cell = if is_defused(text.as_bytes()) { defused(&text) } else { text.clone() };
            prop_assert!(!cell.starts_with(['=', '+', '@', '\t', '\n', '\r', '＝']));
            prop_assert_eq!(undefused(&cell), text);
        }

        #[test]
        fn fields_read_as_they_were_written(fields in prop::collection::vec("[a-c ,;\t\"\n\r'é]{0,9}", 2..6)) {
            let row = row(&fields);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_slice());
            let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("a row");
            prop_assert_eq!(read, [csv::StringRecord::from(fields)]);
        }

        #[test]
        fn fields_are_written_as_the_library_writes_them(fields in prop::collection::vec("[a-c ,\"\n\r'é]{0,9}", 2..6)) {
            let mut theirs = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
            theirs.write_record(&fields).expect("memory takes it");
            prop_assert_eq!(row(&fields), theirs.into_inner().expect("memory takes it"));
        }
    }
}
