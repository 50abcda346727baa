//! One row of a table, or one JSON object, as a posting.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::account::{Account, Accounts, Chosen};
use super::columns::{Columns, Field, Keep, Role, heading};
use super::escapes;
use super::job_words::names_a_job;
use super::posting::id_by_place;
use super::stream::TableEncoding;
use super::structured::{JobField, Structured, as_written, said};
use super::{KeptCell, Posting, ReadOptions, Skipped, Unread, title};
use crate::extract::{PieceBudget, TooManyPieces, html_to_text, looks_like_html};

/// The most bytes of a title.
const LONGEST_TITLE: usize = 200;
/// How many parts are compared with the text before them, which each has to be looked
/// through for: exports have ten, and a table may be made to have a million.
const MOST_COMPARED: usize = 64;
/// What programs write where there is nothing, in lower case.
const NOTHING: [&str; 13] =
    ["", "-", "--", "#n/a", "<na>", "n/a", "na", "nan", "nat", "nil", "none", "null", "undefined"];
/// The longest of them, in bytes.
const LONGEST_NOTHING: usize = 9;

/// Whether a cell says that there is nothing: blank, or `nan`, `None`, `null` and their like.
pub(super) fn is_nothing(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= LONGEST_NOTHING && NOTHING.iter().any(|nothing| cell.eq_ignore_ascii_case(nothing))
}

/// What the records of one table share.
#[derive(Debug)]
pub(super) struct Table {
    pub source: String,
    pub columns: Arc<Columns>,
    /// The largest record that is read.
    pub max_record: u64,
    /// How deep the brackets of a record may be nested.
    pub max_depth: usize,
    pub encoding: TableEncoding,
    /// What is told of all tables, and of this one once it is known what its columns hold.
    pub accounts: Arc<Accounts>,
    pub account: OnceLock<Arc<Account>>,
    /// Whether a posting has been noted with the encoding.
    pub encoding_noted: AtomicBool,
}

impl Table {
    pub(super) fn new(source: String, columns: Arc<Columns>, options: &ReadOptions) -> Self {
        let (max_record, max_depth) = (options.max_record_bytes, options.max_depth);
        let (encoding, accounts, account) = (TableEncoding::default(), Arc::default(), OnceLock::new());
        let encoding_noted = AtomicBool::new(false);
        Self { source, columns, max_record, max_depth, encoding, accounts, account, encoding_noted }
    }

    /// Whether a posting is the one to be noted with the encoding that the whole table is in: the first
    /// of which it can be told. To be asked in the order of the records.
    pub(super) fn is_to_note(&self, is_utf8: impl Fn() -> bool) -> bool {
        let differs = || self.encoding.note.is_some() || !is_utf8();
        !self.encoding_noted.load(Ordering::Relaxed) && differs() && !self.encoding_noted.swap(true, Ordering::Relaxed)
    }

    /// Says which columns were taken, so that what is read of them is counted.
    pub(super) fn account_for(&self, chosen: Chosen) {
        self.account.get_or_init(|| self.accounts.open(&self.source, chosen));
    }

    pub(super) fn skipped(&self, record: u64, reason: impl Into<String>) -> Skipped {
        Skipped { source: self.source.clone(), record: Some(record), id: None, reason: reason.into() }
    }
}

/// The cells of one record that are of use.
#[derive(Debug, Default)]
pub(super) struct Row<'a> {
    cells: Vec<Cell<'a>>,
    /// Cells to be carried through.
    kept: Vec<Cell<'a>>,
    /// Cells so far, empty ones among them.
    pushed: usize,
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone)]
struct Cell<'a> {
    /// Its place in the record.
    place: usize,
    role: Role,
    name: Cow<'a, str>,
    value: Cow<'a, str>,
}

impl<'a> Row<'a> {
    pub(super) fn push(&mut self, role: Role, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) {
        let cell = Cell { place: self.pushed, role, name: name.into(), value: value.into() };
        self.pushed += 1;
        let is_empty = is_nothing(&cell.value);
        match role.keep {
            Keep::Named(_) => self.kept.push(cell.clone()),
            // Nothing can be made of it, and reports are to know the column.
            Keep::Unused if is_empty => self.kept.push(cell.clone()),
            Keep::Unused | Keep::No => {}
        }
        if !is_empty {
            self.cells.push(cell);
        }
    }

    /// Adds what a JSON value says of the job.
    pub(super) fn push_said(&mut self, role: Role, field: JobField, name: &str, value: &serde_json::Value) {
        if role.keep != Keep::No {
            let (name, value) = (name.to_owned().into(), as_written(value).into());
            self.kept.push(Cell { place: self.pushed, role, name, value });
        }
        for (field, value) in said(field, value) {
            self.push(Role::new(Field::Job(field), role.rank), name.to_owned(), value);
        }
    }

    /// Whether any cell holds a text, or a part of one.
    pub(super) fn has_text(&self) -> bool {
        self.cells.iter().any(|cell| matches!(cell.role.field, Field::Text | Field::Part))
    }

    /// Warns of the encoding, of which `read` is what this record showed, in the one posting of its table
    /// that is to be noted with it; see [`Table::is_to_note`].
    pub(super) fn note_encoding(&mut self, note: bool, table: &Table, read: Option<String>) {
        if note {
            self.warnings.extend(table.encoding.note.clone().or(read));
        }
    }

    /// The posting of this row, which may cost as much work as one document.
    pub(super) fn posting(self, table: &Table, record: u64) -> Result<Posting, NoPosting> {
        self.posting_within(&mut PieceBudget::default(), table, record)
    }

    /// The posting of this row, which may cost no more work than `budget` allows.
    pub(super) fn posting_within(
        mut self,
        budget: &mut PieceBudget,
        table: &Table,
        record: u64,
    ) -> Result<Posting, NoPosting> {
        self.find_title();
        let id = self.take_id();
        let texts = match self.texts(budget) {
            Err(cause) => return Err(NoPosting { id, cause: Some(cause) }),
            Ok(texts) if texts.text.trim().is_empty() => return Err(NoPosting { id, cause: None }),
            Ok(texts) => texts,
        };
        // A column called like a title may hold that of the page, or of the thread.
        let listed = if names_a_job(&texts.title) { None } else { title::of_listing(&texts.text) };
        let title = listed.map_or_else(|| texts.title.clone(), str::to_owned);
        if let Some(account) = table.account.get() {
            account.add(&texts.text);
        }
        let kept = self.kept(&table.columns);
        Ok(Posting {
            title,
            id: id.unwrap_or_else(|| id_by_place(&table.source, record)),
            source: table.source.clone(),
            record: Some(record),
            warnings: self.warnings,
            kept,
            ..texts
        })
    }

    /// A posting of which only the texts are known.
    fn texts(&mut self, budget: &mut PieceBudget) -> Result<Posting, TooManyPieces> {
        Ok(Posting {
            title: self.line(Field::Title, budget)?,
            company: without_rating(&self.lines(Field::Company, budget)?),
            location: self.lines(Field::Location, budget)?.join("; "),
            structured: self.structured(),
            text: self.text(budget)?,
            ..Posting::default()
        })
    }

    /// The cells that are carried through, in their order and each column once.
    fn kept(&mut self, columns: &Columns) -> Vec<KeptCell> {
        let mut kept = std::mem::take(&mut self.kept);
        kept.sort_by_key(|cell| cell.place);
        let mut seen = HashSet::new();
        let cell = |cell: Cell<'_>| {
            let column: Arc<str> = columns.kept_name(cell.role.keep, cell.name.trim()).into();
            seen.insert(Arc::clone(&column)).then(|| KeptCell { column, value: cell.value.into_owned() })
        };
        kept.into_iter().filter_map(cell).collect()
    }

    /// The id, which is then no longer here.
    pub(super) fn take_id(&mut self) -> Option<String> {
        self.take(Field::Id).map(|cell| cell.value.trim().to_owned())
    }

    /// Some boards call the title `text`, and have the text in a description.
    fn find_title(&mut self) {
        let texts = self.cells.iter().filter(|cell| cell.role.field == Field::Text).count();
        if texts < 2 || self.cells.iter().any(|cell| cell.role.field == Field::Title) {
            return;
        }
        let is_title = |cell: &&mut Cell| cell.name == "text" && cell.role.field == Field::Text && is_line(&cell.value);
        if let Some(cell) = self.cells.iter_mut().find(is_title) {
            cell.role.field = Field::Title;
        }
    }

    /// The best cell for `field`; of equals the first.
    fn take(&mut self, field: Field) -> Option<Cell<'a>> {
        let cells = self.cells.iter().enumerate().filter(|(_, cell)| cell.role.field == field);
        let (best, _) = cells.min_by_key(|(_, cell)| cell.role.rank)?;
        Some(self.cells.remove(best))
    }

    /// A cell on one line: white space and markup have no place in a title.
    fn line(&mut self, field: Field, budget: &mut PieceBudget) -> Result<String, TooManyPieces> {
        Ok(self.lines(field, budget)?.join(" "))
    }

    /// The lines of a cell that hold something, with single spaces.
    fn lines(&mut self, field: Field, budget: &mut PieceBudget) -> Result<Vec<String>, TooManyPieces> {
        let Some(cell) = self.take(field) else { return Ok(Vec::new()) };
        let value = plain(cell.value, budget)?;
        let lines = value.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        Ok(lines.filter(|line| !line.is_empty()).collect())
    }

    /// What the cells say of the job beside its text.
    fn structured(&mut self) -> Structured {
        let mut found = Structured::default();
        self.cells.sort_by_key(|cell| cell.role.rank);
        for cell in &mut self.cells {
            if let Field::Job(field) = cell.role.field {
                // Reports do not show it as it is written, so it may still be kept.
                let is_kept = cell.role.keep == Keep::Unused;
                found.push(field, if is_kept { cell.value.clone() } else { std::mem::take(&mut cell.value) });
            }
        }
        found
    }

    /// The text cell, and after it the parts that it does not hold already.
    fn text(&mut self, budget: &mut PieceBudget) -> Result<String, TooManyPieces> {
        let cell = self.take(Field::Text).map_or(Cow::Borrowed(""), |cell| cell.value);
        let mut text = plain(cell, budget)?.into_owned();
        let unused = self.cells.extract_if(.., |cell| cell.role.field != Field::Part);
        self.kept.extend(unused.filter(|cell| cell.role.keep == Keep::Unused));
        if self.cells.is_empty() {
            return Ok(text);
        }
        self.cells.sort_by_key(|cell| cell.role.rank);
        let held = words(&text);
        for (at, cell) in self.cells.drain(..).enumerate() {
            let part = plain(cell.value, budget)?;
            if at >= MOST_COMPARED || !held.contains(&words(&part)) {
                append(&mut text, &heading(&cell.name), &part);
            }
        }
        Ok(text)
    }
}

/// Why a row is no posting.
#[derive(Debug)]
pub(super) struct NoPosting {
    /// The row's id, where it has one.
    id: Option<String>,
    /// None where it has no text.
    pub cause: Option<TooManyPieces>,
}

impl NoPosting {
    /// The row as a record that is skipped; `no_text` says that it has no text.
    pub(super) fn skipped(self, table: &Table, record: u64, no_text: impl Into<String>) -> Skipped {
        let reason = self.cause.map_or_else(|| no_text.into(), |cause| cause.to_string());
        Skipped { id: self.id, ..table.skipped(record, reason) }
    }
}

/// The cells of a record that come one by one, still to be put together.
pub(super) struct Cells {
    pub table: Arc<Table>,
    pub record: u64,
    /// What each holds, the name of its column, and its text.
    pub cells: Vec<(Role, String, String)>,
}

impl Cells {
    pub(super) fn row(self) -> Row<'static> {
        let mut row = Row::default();
        for (role, name, value) in self.cells {
            row.push(role, name, value);
        }
        row
    }
}

impl Unread for Cells {
    fn source(&self) -> &str {
        &self.table.source
    }

    fn record(&self) -> Option<u64> {
        Some(self.record)
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let (table, record) = (Arc::clone(&self.table), self.record);
        self.row().posting(&table, record).map_err(|none| none.skipped(&table, record, "no text"))
    }
}

/// An employer's name, without the number of stars that scraped tables have below it.
fn without_rating(lines: &[String]) -> String {
    let lines = match lines {
        [name @ .., rating] if !name.is_empty() && rating.parse::<f64>().is_ok() => name,
        lines => lines,
    };
    lines.join(" ")
}

/// Whether a value could stand as a title.
fn is_line(value: &str) -> bool {
    let value = value.trim();
    value.len() <= LONGEST_TITLE && !value.contains('\n') && !looks_like_html(value)
}

/// Appends a part, which may have headings of its own.
fn append(text: &mut String, heading: &str, part: &str) {
    if !text.is_empty() {
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    if !part.trim_start().starts_with("## ") {
        text.push_str(heading);
        text.push_str(":\n");
    }
    text.push_str(part.trim());
}

/// The text of a cell: without markup where it is HTML, with its line breaks and characters
/// where a program has written them as escapes, and else as it is.
fn plain<'v>(value: Cow<'v, str>, budget: &mut PieceBudget) -> Result<Cow<'v, str>, TooManyPieces> {
    let value = escapes::undone(value);
    if looks_like_html(&value) {
        return Ok(Cow::Owned(html_to_text(&value, budget)?));
    }
    match escapes::as_markup(&value) {
        Some(markup) => Ok(Cow::Owned(html_to_text(&markup, budget)?)),
        None => Ok(value),
    }
}

/// The words of a text, between single spaces and in lower case.
fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text_columns: &[&str]) -> Table {
        let text_columns = text_columns.iter().map(|name| (*name).to_owned()).collect();
        let options = ReadOptions { text_columns, ..ReadOptions::default() };
        Table::new("jobs.csv".to_owned(), Arc::new(Columns::new(&options)), &options)
    }

    fn posting(table: &Table, cells: &[(&'static str, &'static str)]) -> Option<Posting> {
        let mut row = Row::default();
        for (name, value) in cells {
            if let Some(role) = table.columns.role(name) {
                row.push(role, *name, *value);
            }
        }
        row.posting(table, 7).ok()
    }

    #[test]
    fn the_best_cell_that_is_not_empty_wins() {
        let found = posting(
            &table(&[]),
            &[
                ("url", "https://x.example/1"),
                ("job_id", " "),
                ("name", "Cook 2"),
                ("Job Title", "Cook\n &amp; <b>Baker</b>"),
                ("company", "Inn"),
                ("city", "Ulm"),
                ("body", "other"),
                ("description", "<p>Cook</p><p>Bake</p>"),
            ],
        );
        let expected = Posting {
            id: "https://x.example/1".to_owned(),
            source: "jobs.csv".to_owned(),
            record: Some(7),
            title: "Cook & Baker".to_owned(),
            company: "Inn".to_owned(),
            location: "Ulm".to_owned(),
            text: "Cook\n\nBake".to_owned(),
            ..Posting::default()
        };
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn parts_of_the_text_are_joined_under_their_names() {
        type Case<'c> = (&'c [&'c str], &'c [(&'static str, &'static str)], Option<&'c str>);
        let cases: [Case; 8] = [
            (&[], &[("text", "  As it is\n")], Some("  As it is\n")),
            (
                &[],
                &[("job_duties", "Cook.\n"), ("Requirements", "Bake.")],
                Some("Job duties:\nCook.\n\nRequirements:\nBake."),
            ),
            (&[], &[("duties", ""), ("requirements", "Bake.")], Some("Requirements:\nBake.")),
            (&[], &[("requirements", "Bake."), ("text", "Cook.\n")], Some("Cook.\n\nRequirements:\nBake.")),
            (&[], &[("requirements", "bake\n it"), ("text", "Cook and BAKE it.")], Some("Cook and BAKE it.")),
            (&["b", "a"], &[("a", "one"), ("text", "no"), ("b", "two")], Some("B:\ntwo\n\nA:\none")),
            (&["a"], &[("a", "one"), ("text", "no")], Some("one")),
            (&[], &[("title", "Cook"), ("text", " \n")], None),
        ];
        for (text_columns, cells, expected) in cases {
            let found = posting(&table(text_columns), cells).map(|posting| posting.text);
            assert_eq!(found.as_deref(), expected, "{cells:?}");
        }
    }

    #[test]
    fn parts_past_a_bound_are_joined_unseen() {
        let mut row = Row::default();
        let table = table(&[]);
        for (name, value) in [("text", "Cook and bake.")].into_iter().chain([("skills", "bake"); MOST_COMPARED + 2]) {
            row.push(table.columns.role(name).expect("a known name"), name, value);
        }
        let text = row.posting(&table, 7).map(|posting| posting.text);
        assert_eq!(text.ok().as_deref(), Some("Cook and bake.\n\nSkills:\nbake\n\nSkills:\nbake"));
    }

    #[test]
    fn a_row_of_too_much_markup_is_skipped_with_its_id() {
        let mut row = Row::default();
        let table = table(&[]);
        for (name, value) in [("id", "7"), ("title", "<b>Chef</b>"), ("text", "<p>Cook</p><p>Bake</p>")] {
            row.push(table.columns.role(name).expect("a known name"), name, value);
        }
        let none = row.posting_within(&mut PieceBudget::new(5), &table, 3).map(|posting| posting.text);
        let skipped = none.map_err(|none| none.skipped(&table, 3, "no text"));
        let told = "made of more than 5 tags, attributes and pieces of text, which is the limit for one posting";
        assert_eq!(skipped, Err(Skipped { id: Some("7".to_owned()), ..table.skipped(3, told) }));
    }

    #[test]
    fn what_is_kept_is_what_was_named_or_not_used() {
        let cells =
            [("id", "7"), ("url", "u"), ("text", "Cook."), ("skills", "cook"), ("pay", ""), ("Pay", "9"), ("pay", "8")];
        type Case<'c> = (&'c [&'c str], &'c [(&'c str, &'c str)]);
        let cases: [Case; 4] = [
            (&[], &[]),
            (&["PAY"], &[("PAY", "")]),
            (&["*"], &[("url", "u"), ("pay", ""), ("Pay", "9")]),
            (&["text", "*"], &[("url", "u"), ("text", "Cook."), ("pay", ""), ("Pay", "9")]),
        ];
        for (keep, expected) in cases {
            let keep_columns = keep.iter().map(|name| (*name).to_owned()).collect();
            let options = ReadOptions { keep_columns, ..ReadOptions::default() };
            let table = Table::new("jobs.csv".to_owned(), Arc::new(Columns::new(&options)), &options);
            let kept = posting(&table, &cells).map(|posting| posting.kept).unwrap_or_default();
            let kept: Vec<(&str, &str)> = kept.iter().map(|cell| (&*cell.column, cell.value.as_str())).collect();
            assert_eq!(kept, expected, "{keep:?}");
        }
    }

    #[test]
    fn a_row_without_an_id_is_called_by_its_place() {
        let found = posting(&table(&[]), &[("text", "Cook.")]).map(|posting| posting.id);
        assert_eq!(found.as_deref(), Some("jobs.csv#7"));
    }

    #[test]
    fn a_board_may_call_its_title_text() {
        type Case<'c> = (&'c [(&'static str, &'static str)], (&'c str, &'c str));
        let cases: [Case; 4] = [
            (&[("text", "Cook"), ("description", "You cook.")], ("Cook", "You cook.")),
            (&[("text", "You cook.")], ("", "You cook.")),
            (&[("title", "Chef"), ("text", "Cook"), ("description", "You cook.")], ("Chef", "You cook.")),
            (&[("text", "You cook.\nYou bake."), ("description", "A job")], ("", "A job")),
        ];
        for (cells, expected) in cases {
            let found = posting(&table(&[]), cells);
            let found = found.as_ref().map(|posting| (posting.title.as_str(), posting.text.as_str()));
            assert_eq!(found, Some(expected), "{cells:?}");
        }
    }
}
