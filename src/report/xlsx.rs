//! `report.xlsx`: the tables of the report as sheets of one workbook, for those who filter
//! and sort in a spreadsheet: headers that stay in view, filters, real numbers, and the
//! leanings in the colours of their sides.
//!
//! Rows go to temporary files as they come, so that memory stays flat. The same rows give the
//! same bytes.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, Worksheet, XlsxError};

use super::columns::{Cell, Name, TABLES, Table};
use super::csv::to_decimals;
use super::run_file::{SHEET_ROWS, WORKBOOK};
use crate::lexicon::Side;
use crate::log_odds::LogOdds;

/// The most UTF-16 units of a cell (Excel specifications and limits).
const CELL: usize = 32_767;
/// The backgrounds of the two sides, told apart by people who do not see red and green alike.
const COLOURS: [Color; 2] = [Color::RGB(0xDB_E8_F7), Color::RGB(0xFF_E6_CC)];
/// The year of the workbook's own date, which by itself would be that of the run: the same rows
/// are to give the same bytes.
const YEAR: u16 = 2000;

/// The names of the columns of each table.
pub(super) type Headers = [Vec<String>; TABLES.len()];
/// The words that name each side in cells: the id of its role, and its own.
pub(super) type Words = [[String; 2]; 2];

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
    /// The worksheet that is being filled, by its place in the workbook.
    worksheet: usize,
    /// Its sheets so far.
    sheets: u64,
    /// The row that is written next.
    next: u32,
}

struct Formats {
    header: Format,
    sides: [Format; 2],
    /// By number of decimals.
    decimals: [Format; 5],
}

impl Formats {
    fn new() -> Self {
        let decimals = |count: usize| Format::new().set_num_format(format!("0.{}", "0".repeat(count)));
        Self {
            header: Format::new().set_bold(),
            sides: COLOURS.map(|colour| Format::new().set_background_color(colour)),
            decimals: [Format::new().set_num_format("0"), decimals(1), decimals(2), decimals(3), decimals(4)],
        }
    }

    fn all(&self) -> impl Iterator<Item = &Format> {
        std::iter::once(&self.header).chain(&self.sides).chain(&self.decimals)
    }
}

impl Sheets {
    /// Starts the workbook in `folder`.
    pub(super) fn create(folder: &Path, headers: Headers, words: Words) -> Result<Self, XlsxError> {
        Self::with_most(folder, headers, words, SHEET_ROWS)
    }

    fn with_most(folder: &Path, headers: Headers, words: Words, most: u32) -> Result<Self, XlsxError> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.set_tempdir(folder)?;
        let created = ExcelDateTime::from_ymd(YEAR, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let tables = headers.map(|header| Filled { header, worksheet: 0, sheets: 0, next: 0 });
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
        let name = match filled.sheets {
            1 => TABLES[table].to_owned(),
            number => format!("{} {number}", TABLES[table]),
        };
        self.order.push((table, filled.sheets));
        head(self.workbook.add_worksheet_with_constant_memory()?, &name, &filled.header, &self.formats.header)
    }

    /// Ends the sheet of a table that is being filled.
    fn end(&mut self, table: usize) -> Result<(), XlsxError> {
        let filled = &self.tables[table];
        let last = u16::try_from(filled.header.len() - 1).unwrap_or(u16::MAX);
        let worksheet = self.workbook.worksheet_from_index(filled.worksheet)?;
        worksheet.autofilter(0, 0, (filled.next - 1).max(1), last)?;
        Ok(())
    }

    /// Writes a row of a table.
    pub(super) fn row<'c, T: Table>(&mut self, cells: impl Iterator<Item = Cell<'c>>) -> Result<(), XlsxError> {
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
            let side = if leaning { side(&self.words, &cell) } else { None };
            write(worksheet, (row, at), &cell, side, &self.formats)?;
        }
        Ok(())
    }

    /// Writes the workbook, its sheets in the order of the tables.
    pub(super) fn save(&mut self) -> Result<(), XlsxError> {
        (0..TABLES.len()).try_for_each(|table| self.end(table))?;
        let worksheets = self.workbook.worksheets_mut();
        let mut ordered: Vec<_> = self.order.iter().zip(worksheets.drain(..)).collect();
        ordered.sort_by_key(|(order, _)| **order);
        worksheets.extend(ordered.into_iter().map(|(_, worksheet)| worksheet));
        self.workbook.save(&self.path)
    }
}

fn write(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell<'_>,
    side: Option<Side>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match (cell, side) {
        (Cell::Empty, _) => return Ok(()),
        (Cell::Text(text), Some(side)) => {
            worksheet.write_string_with_format(row, column, cut(text), &formats.sides[side.index()])?
        }
        (Cell::Text(text), None) => worksheet.write_string(row, column, cut(text))?,
        (Cell::Integer(value), _) => worksheet.write_number(row, column, exact(*value))?,
        (Cell::Number(value, decimals), _) => {
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

fn head(sheet: &mut Worksheet, name: &str, header: &[String], format: &Format) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (name, at) in header.iter().zip(0_u16..) {
        sheet.set_column_width(at, width(name))?;
        sheet.write_string_with_format(0, at, name, format)?;
    }
    Ok(())
}

/// How many digits wide a column is: room for long texts, else for its name and the arrow of
/// its filter.
fn width(name: &str) -> f64 {
    let long = matches!(name, "id" | "source" | "title" | "context") || name.starts_with("top_");
    if long { 36.0 } else { (name.len() as f64 + 4.0).max(10.0) }
}

/// The side that the word of a leaning names.
fn side(words: &Words, cell: &Cell<'_>) -> Option<Side> {
    let Cell::Text(word) = cell else { return None };
    Side::BOTH.into_iter().find(|side| words[side.index()].iter().any(|name| name == word))
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
    use crate::report::columns::{MatchesTable, PostingsTable};

    #[test]
    fn a_cell_takes_no_more_than_excel_does() {
        let long = "🙂".repeat(CELL);
        assert_eq!(cut(&long).chars().count(), CELL / 2);
        assert_eq!(cut("short"), "short");
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
        let mut sheets = Sheets::with_most(folder.path(), headers, Words::default(), 2)?;
        for number in 1..=5 {
            sheets.row::<MatchesTable>([Cell::Integer(number)].into_iter())?;
        }
        sheets.row::<PostingsTable>([Cell::Integer(1)].into_iter())?;
        sheets.row::<PostingsTable>([Cell::Integer(2)].into_iter())?;
        sheets.save()?;
        let path = folder.path().join(WORKBOOK);
        let workbook = part(&path, "xl/workbook.xml")?;
        let names: Vec<&str> =
            workbook.split("<sheet name=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(names, ["postings", "matches", "matches 2", "matches 3", "skills", "skipped"]);
        let numbers = |sheet: usize| -> Result<Vec<String>, Box<dyn std::error::Error>> {
            let sheet = part(&path, &format!("xl/worksheets/sheet{sheet}.xml"))?;
            let values = sheet.split("<v>").skip(1).filter_map(|rest| rest.split('<').next());
            assert!(sheet.contains("<autoFilter ref=\"A1:A") && sheet.contains("state=\"frozen\""), "{sheet}");
            Ok(values.map(str::to_owned).collect())
        };
        assert_eq!([numbers(1)?, numbers(2)?, numbers(3)?], [["1", "2"], ["1", "2"], ["3", "4"]]);
        assert_eq!(numbers(4)?, ["5"]);
        Ok(())
    }
}
