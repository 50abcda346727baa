//! `report.xlsx`: the tables of the report as sheets of one workbook, for those who filter
//! and sort in a spreadsheet: headers that stay in view, filters, real numbers, columns as wide as what is in them,
//! the leanings in the colours of their sides, and links from a posting to its matches. In front of them stands a
//! [summary], and a sheet of the [market].
//!
//! Rows go to temporary files as they come, so that memory stays flat. The same rows give the
//! same bytes.

mod formats;
mod market;
mod summary;

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Worksheet, XlsxError};

use super::columns::{Cell, MatchesTable, Name, TABLES, Table};
use super::decimals::to_decimals;
use super::run_file::{SHEET_ROWS, WORKBOOK};
use crate::log_odds::LogOdds;
use formats::Formats;
pub(super) use formats::Words;
pub(super) use market::Market;
pub(super) use summary::Summary;

/// The most UTF-16 units of a cell (Excel specifications and limits).
const CELL: usize = 32_767;
/// The fewest and the most digits that a column is wide.
const WIDTHS: std::ops::RangeInclusive<usize> = 6..=48;
/// The arrow of a filter takes the place of so many digits.
const ARROW: usize = 3;
/// The year of the workbook's own date, which by itself would be that of the run: the same rows
/// are to give the same bytes.
const YEAR: u16 = 2000;

/// The names of the columns of each table.
pub(super) type Headers = [Vec<String>; TABLES.len()];
/// How many characters long the cells of each column are, as far as its table was looked at.
pub(super) type Lengths = [Vec<usize>; TABLES.len()];

/// The sheets of a workbook as they are filled, whatever their rows are made from: one for each
/// table, and further ones for what the first has no room for.
pub(super) struct Sheets {
    path: PathBuf,
    workbook: rust_xlsxwriter::Workbook,
    formats: Formats,
    words: Words,
    tables: [Filled; TABLES.len()],
    /// For each worksheet of the workbook its table, and which of its sheets it is.
    order: Vec<(usize, u64)>,
    /// The most rows of a sheet, without the header.
    most: u32,
}

/// A table as far as its sheets are filled.
struct Filled {
    header: Vec<String>,
    /// How many digits wide each column is.
    widths: Vec<usize>,
    /// The worksheet that is being filled, by its place in the workbook.
    worksheet: usize,
    /// Its sheets so far.
    sheets: u64,
    /// The row that is written next.
    next: u32,
}

impl Sheets {
    /// Starts the workbook in `folder`.
    pub(super) fn create(folder: &Path, headers: Headers, lengths: &Lengths, words: Words) -> Result<Self, XlsxError> {
        Self::with_most(folder, headers, lengths, words, SHEET_ROWS)
    }

    fn with_most(
        folder: &Path,
        headers: Headers,
        lengths: &Lengths,
        words: Words,
        most: u32,
    ) -> Result<Self, XlsxError> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.set_tempdir(folder)?;
        let created = ExcelDateTime::from_ymd(YEAR, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let mut lengths = lengths.iter();
        let tables = headers.map(|header| {
            let widths = widths(&header, lengths.next().map_or(&[], Vec::as_slice));
            Filled { header, widths, worksheet: 0, sheets: 0, next: 0 }
        });
        let (path, formats) = (folder.join(WORKBOOK), Formats::new());
        // Numbered here and not when each is first used, which depends on the order of the rows of
        // different tables.
        formats.all().for_each(|format| workbook.register_format(format));
        let mut sheets = Self { path, workbook, formats, words, tables, order: Vec::new(), most };
        (0..TABLES.len()).try_for_each(|table| sheets.begin(table))?;
        Ok(sheets)
    }

    /// Begins a new sheet for a table.
    fn begin(&mut self, table: usize) -> Result<(), XlsxError> {
        let filled = &mut self.tables[table];
        filled.sheets += 1;
        filled.worksheet = self.order.len();
        filled.next = 1;
        let name = name(table, filled.sheets);
        self.order.push((table, filled.sheets));
        head(self.workbook.add_worksheet_with_constant_memory()?, &name, filled, &self.formats.header)
    }

    /// Ends the sheet of a table that is being filled.
    fn end(&mut self, table: usize) -> Result<(), XlsxError> {
        let filled = &self.tables[table];
        let last = u16::try_from(filled.header.len() - 1).unwrap_or(u16::MAX);
        let worksheet = self.workbook.worksheet_from_index(filled.worksheet)?;
        worksheet.autofilter(0, 0, (filled.next - 1).max(1), last)?;
        Ok(())
    }

    /// Where the next row of the matches will stand, as a link leads there.
    pub(super) fn next_match(&self) -> String {
        let filled = &self.tables[MatchesTable::PLACE];
        let (sheet, row) = if filled.next > self.most { (filled.sheets + 1, 1) } else { (filled.sheets, filled.next) };
        format!("#'{}'!A{}", name(MatchesTable::PLACE, sheet), row + 1)
    }

    /// Writes a row of a table whose first cell leads to `link`, if there is one.
    pub(super) fn row<'c, T: Table>(
        &mut self,
        cells: impl Iterator<Item = Cell<'c>>,
        link: Option<&str>,
    ) -> Result<(), XlsxError> {
        if self.tables[T::PLACE].next > self.most {
            self.end(T::PLACE)?;
            self.begin(T::PLACE)?;
        }
        let filled = &mut self.tables[T::PLACE];
        let row = filled.next;
        filled.next += 1;
        let worksheet = self.workbook.worksheet_from_index(filled.worksheet)?;
        let columns = T::COLUMNS.iter().map(Some).chain(std::iter::repeat(None));
        for ((column, cell), at) in columns.zip(cells).zip(0_u16..) {
            let leaning = column.is_some_and(|column| matches!(column.name, Name::Fixed("leaning" | "title_leaning")));
            match (link, &cell) {
                (Some(link), Cell::Integer(number)) if at == 0 => {
                    // Not a link of the sheet, all of which would be held in memory.
                    let formula =
                        Formula::new(format!("=HYPERLINK(\"{link}\",{number})")).set_result(number.to_string());
                    worksheet.write_formula_with_format(row, at, formula, &self.formats.link)?;
                }
                _ => {
                    let format = leaning.then(|| self.formats.of_leaning(&self.words, &cell)).flatten();
                    write(worksheet, (row, at), &cell, format, &self.formats)?;
                }
            }
        }
        Ok(())
    }

    /// Writes the workbook: the summary, the market, then the sheets in the order of the tables.
    pub(super) fn save(&mut self, summary: &Summary<'_>, market: &Market) -> Result<(), XlsxError> {
        (0..TABLES.len()).try_for_each(|table| self.end(table))?;
        let worksheets = self.workbook.worksheets_mut();
        let mut ordered: Vec<_> = self.order.iter().zip(worksheets.drain(..)).collect();
        ordered.sort_by_key(|(order, _)| **order);
        worksheets.push(summary.sheet(&self.formats)?);
        worksheets.push(market.sheet(&self.words, &self.formats)?);
        worksheets.extend(ordered.into_iter().map(|(_, worksheet)| worksheet));
        self.workbook.save(&self.path)
    }
}

fn write(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    format: Option<&Format>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match (cell, format) {
        (Cell::Empty, _) => return Ok(()),
        (Cell::Text(text), Some(format)) => worksheet.write_string_with_format(row, column, cut(text), format)?,
        (Cell::Text(text), None) => worksheet.write_string(row, column, cut(text))?,
        (Cell::Integer(value), Some(format)) => {
            worksheet.write_number_with_format(row, column, exact(*value), format)?
        }
        (Cell::Integer(value), None) => worksheet.write_number(row, column, exact(*value))?,
        (Cell::Number(value, decimals), Some(format)) => {
            worksheet.write_number_with_format(row, column, to_decimals(*value, *decimals), format)?
        }
        (Cell::Number(value, decimals), None) => {
            let format = &formats.decimals[(*decimals).min(formats.decimals.len() - 1)];
            worksheet.write_number_with_format(row, column, to_decimals(*value, *decimals), format)?
        }
        (Cell::LogOdds(value), _) => {
            let format = &formats.decimals[LogOdds::DECIMALS];
            worksheet.write_number_with_format(row, column, value.to_f64(), format)?
        }
        (Cell::Flag(flag), _) => worksheet.write_boolean(row, column, *flag)?,
    };
    Ok(())
}

fn head(sheet: &mut Worksheet, name: &str, table: &Filled, format: &Format) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    for ((name, width), at) in table.header.iter().zip(&table.widths).zip(0_u16..) {
        sheet.set_column_width(at, exact(*width as u64))?;
        sheet.write_string_with_format(0, at, name, format)?;
    }
    Ok(())
}

/// How many digits wide each column is: room for its name with the arrow of its filter, and for what is in it.
fn widths(header: &[String], lengths: &[usize]) -> Vec<usize> {
    let lengths = lengths.iter().copied().chain(std::iter::repeat(0));
    let width = |(name, length): (&String, usize)| {
        length.saturating_add(1).max(name.chars().count() + ARROW).clamp(*WIDTHS.start(), *WIDTHS.end())
    };
    header.iter().zip(lengths).map(width).collect()
}

/// The name of a sheet of a table.
fn name(table: usize, sheet: u64) -> String {
    match sheet {
        1 => TABLES[table].to_owned(),
        number => format!("{} {number}", TABLES[table]),
    }
}

/// As much of a text as a cell takes.
fn cut(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL
    });
    end.map_or(text, |(at, _)| &text[..at])
}

#[expect(clippy::cast_precision_loss, reason = "counts and offsets, far below 2^52")]
fn exact(value: u64) -> f64 {
    value as f64
}

/// Writes to a workbook, whose crate panics where a temporary file of its own cannot be written.
pub(super) fn written<T>(write: impl FnOnce() -> Result<T, XlsxError>) -> io::Result<T> {
    let panicked = |panic: Box<dyn Any + Send>| Err(XlsxError::IoError(io::Error::other(reason(&*panic))));
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(panicked).map_err(io_error)
}

/// What the crate says when it panics.
fn reason(panic: &(dyn Any + Send)) -> String {
    panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "a temporary file cannot be written".to_owned())
}

/// Why a workbook cannot be written, as of any other file.
fn io_error(cause: XlsxError) -> io::Error {
    match cause {
        XlsxError::IoError(cause) => cause,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::columns::{self, PostingsTable, SkillsTable};
    use crate::report::run_file::{RunFile, RunSettings, TableRows};
    use crate::{Lexicon, run};

    #[test]
    fn a_cell_takes_no_more_than_excel_does() {
        let long = "🙂".repeat(CELL);
        assert_eq!(cut(&long).chars().count(), CELL / 2);
        assert_eq!(cut("short"), "short");
    }

    #[test]
    fn a_column_is_as_wide_as_what_is_in_it() {
        let header = ["tilt", "leaning", "context"].map(str::to_owned);
        assert_eq!(widths(&header, &[7, 17, 900]), [8, 18, 48]);
        assert_eq!(widths(&header, &[]), [7, 10, 10]);
    }

    /// The text of a file in a workbook.
    fn part(path: &Path, name: &str) -> Result<String, Box<dyn std::error::Error>> {
        let mut book = zip::ZipArchive::new(std::fs::File::open(path)?)?;
        Ok(io::read_to_string(book.by_name(name)?)?)
    }

    #[test]
    fn a_table_goes_on_in_further_sheets() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let header = |name: &str| vec![name.to_owned()];
        let headers = [header("posting"), header("posting"), header("skill"), header("source")];
        let mut sheets = Sheets::with_most(folder.path(), headers, &Lengths::default(), Words::default(), 2)?;
        let mut links = vec![sheets.next_match()];
        for number in 1..=5 {
            sheets.row::<MatchesTable>([Cell::Integer(number)].into_iter(), None)?;
            links.push(sheets.next_match());
        }
        let expected = [
            "#'matches'!A2",
            "#'matches'!A3",
            "#'matches 2'!A2",
            "#'matches 2'!A3",
            "#'matches 3'!A2",
            "#'matches 3'!A3",
        ];
        assert_eq!(links, expected);
        sheets.row::<PostingsTable>([Cell::Integer(1)].into_iter(), Some(&links[4]))?;
        sheets.row::<PostingsTable>([Cell::Integer(2)].into_iter(), None)?;
        let summary = run::Summary::default();
        let run = RunFile::new(&Lexicon::builtin(), RunSettings::default(), TableRows::default(), &summary);
        let market = Market::new(&columns::header::<SkillsTable>(&Lexicon::builtin()))?;
        sheets.save(&Summary { run: &run, sides: ["a", "b"] }, &market)?;
        let path = folder.path().join(WORKBOOK);
        let workbook = part(&path, "xl/workbook.xml")?;
        let names: Vec<&str> =
            workbook.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(names, ["summary", "market", "postings", "matches", "matches 2", "matches 3", "skills", "skipped"]);
        let numbers = |sheet: usize| -> Result<Vec<String>, Box<dyn std::error::Error>> {
            let sheet = part(&path, &format!("xl/worksheets/sheet{sheet}.xml"))?;
            let values = sheet.split("<v>").skip(1).filter_map(|rest| rest.split('<').next());
            assert!(sheet.contains("<autoFilter ref=\"A1:A") && sheet.contains("state=\"frozen\""), "{sheet}");
            Ok(values.map(str::to_owned).collect())
        };
        assert_eq!([numbers(3)?, numbers(4)?, numbers(5)?], [["1", "2"], ["1", "2"], ["3", "4"]]);
        assert_eq!(numbers(6)?, ["5"]);
        let postings = part(&path, "xl/worksheets/sheet3.xml")?;
        assert!(postings.contains("HYPERLINK(\"#'matches 3'!A2\",1)"), "{postings}");
        Ok(())
    }
}
