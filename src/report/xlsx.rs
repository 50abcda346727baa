//! `report.xlsx`: the tables of the report as sheets of one workbook, for those who filter
//! and sort in a spreadsheet: headers that stay in view, filters, real numbers, and the
//! leanings in the colours of their sides.
//!
//! Rows go to temporary files as they come, so that memory stays flat.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Color, Format, Worksheet, XlsxError};

use super::columns::{Cell, MatchRow, MatchesTable, Name, PostingRow, PostingsTable, SkillsTable, SkippedTable, Table};
use super::csv::to_decimals;
use super::skills::SkillCounts;
use crate::classifier::Classifier;
use crate::lexicon::{Lexicon, Side};
use crate::posting::Skipped;
use crate::run::{Classified, Sink, SinkError, Summary};

const NAME: &str = "report.xlsx";
/// The most rows of a sheet, its header among them (Excel specifications and limits).
const ROWS: u32 = 1_048_576;
/// The most UTF-16 units of a cell (the same).
const CELL: usize = 32_767;
/// The backgrounds of the two sides, told apart by people who do not see red and green alike.
const COLOURS: [Color; 2] = [Color::RGB(0xDB_E8_F7), Color::RGB(0xFF_E6_CC)];
/// The sheets, in their order.
const SHEETS: [&str; 4] = ["postings", "matches", "skills", "skipped"];
/// How many columns they have.
const COLUMNS: [usize; 4] = [
    PostingsTable::COLUMNS.len(),
    MatchesTable::COLUMNS.len(),
    SkillsTable::COLUMNS.len(),
    SkippedTable::COLUMNS.len(),
];

/// Writes `report.xlsx`.
pub struct Workbook<'c> {
    classifier: &'c Classifier,
    path: PathBuf,
    workbook: rust_xlsxwriter::Workbook,
    /// The row of each sheet that is written next.
    next: [u32; SHEETS.len()],
    formats: Formats,
    skills: SkillCounts,
}

struct Formats {
    header: Format,
    sides: [Format; 2],
    /// By number of decimals.
    decimals: [Format; 5],
}

impl<'c> Workbook<'c> {
    /// Starts the workbook, which will stand in `folder`.
    ///
    /// # Errors
    /// When a temporary file cannot be made.
    pub fn create(folder: &Path, classifier: &'c Classifier) -> Result<Self, SinkError> {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let decimals = |count: usize| Format::new().set_num_format(format!("0.{}", "0".repeat(count)));
        let formats = Formats {
            header: Format::new().set_bold(),
            sides: COLOURS.map(|colour| Format::new().set_background_color(colour)),
            decimals: [Format::new().set_num_format("0"), decimals(1), decimals(2), decimals(3), decimals(4)],
        };
        workbook.set_tempdir(folder).map_err(failed)?;
        for _ in SHEETS {
            workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        }
        let skills = SkillCounts::new(classifier.lexicon());
        let mut this = Self { classifier, path: folder.join(NAME), workbook, next: [1; SHEETS.len()], formats, skills };
        this.headers().map_err(failed)?;
        Ok(this)
    }

    fn headers(&mut self) -> Result<(), XlsxError> {
        let lexicon = self.classifier.lexicon();
        let header = &self.formats.header;
        head::<PostingsTable>(self.workbook.worksheet_from_index(0)?, SHEETS[0], lexicon, header)?;
        head::<MatchesTable>(self.workbook.worksheet_from_index(1)?, SHEETS[1], lexicon, header)?;
        head::<SkillsTable>(self.workbook.worksheet_from_index(2)?, SHEETS[2], lexicon, header)?;
        head::<SkippedTable>(self.workbook.worksheet_from_index(3)?, SHEETS[3], lexicon, header)
    }

    /// Writes a row, unless its sheet is full.
    fn row<T: Table>(&mut self, sheet: usize, row: &T::Row<'_>) -> Result<(), XlsxError> {
        let number = self.next[sheet];
        if number == ROWS {
            // Who opens the workbook must see that there is more.
            let name = format!("{}, first {}", SHEETS[sheet], ROWS - 1);
            self.workbook.worksheet_from_index(sheet)?.set_name(name)?;
            return Ok(());
        }
        self.next[sheet] += 1;
        let lexicon = self.classifier.lexicon();
        let worksheet = self.workbook.worksheet_from_index(sheet)?;
        for (column, at) in T::COLUMNS.iter().zip(0_u16..) {
            let cell = (column.cell)(row);
            let leaning = matches!(column.name, Name::Fixed("leaning" | "title_leaning"));
            let side = if leaning { side(lexicon, &cell) } else { None };
            match (cell, side) {
                (Cell::Empty, _) => continue,
                (Cell::Text(text), Some(side)) => {
                    worksheet.write_string_with_format(number, at, cut(&text), &self.formats.sides[side.index()])?
                }
                (Cell::Text(text), None) => worksheet.write_string(number, at, cut(&text))?,
                (Cell::Integer(value), _) => worksheet.write_number(number, at, exact(value))?,
                (Cell::Number(value, decimals), _) => {
                    let format = &self.formats.decimals[decimals.min(self.formats.decimals.len() - 1)];
                    worksheet.write_number_with_format(number, at, to_decimals(value, decimals), format)?
                }
                (Cell::Flag(flag), _) => worksheet.write_boolean(number, at, flag)?,
            };
        }
        Ok(())
    }

    fn classify(&mut self, result: &Classified) -> Result<(), XlsxError> {
        let lexicon = self.classifier.lexicon();
        self.skills.add(lexicon, result);
        self.row::<PostingsTable>(0, &PostingRow { lexicon, result })?;
        for row in MatchRow::all(lexicon, result) {
            self.row::<MatchesTable>(1, &row)?;
        }
        Ok(())
    }

    fn save(&mut self) -> Result<(), XlsxError> {
        let skills = self.skills.clone();
        for row in skills.rows(self.classifier.lexicon()) {
            self.row::<SkillsTable>(2, &row)?;
        }
        for (sheet, next) in self.next.into_iter().enumerate() {
            let worksheet = self.workbook.worksheet_from_index(sheet)?;
            let last = u16::try_from(COLUMNS[sheet] - 1).unwrap_or(u16::MAX);
            worksheet.autofilter(0, 0, (next - 1).max(1), last)?;
        }
        self.workbook.save(&self.path)
    }
}

fn head<T: Table>(sheet: &mut Worksheet, name: &str, lexicon: &Lexicon, format: &Format) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, at) in T::COLUMNS.iter().zip(0_u16..) {
        let name = column.name.under(lexicon);
        sheet.set_column_width(at, width(&name))?;
        sheet.write_string_with_format(0, at, name, format)?;
    }
    Ok(())
}

/// How many digits wide a column is: room for long texts, else for its name and the arrow of
/// its filter.
fn width(name: &str) -> f64 {
    let long = matches!(name, "id" | "source" | "title" | "context" | "reason") || name.starts_with("top_");
    if long { 36.0 } else { (name.len() as f64 + 4.0).max(10.0) }
}

/// The side that the word of a leaning names, as a role or as a side.
fn side(lexicon: &Lexicon, cell: &Cell<'_>) -> Option<Side> {
    let Cell::Text(word) = cell else { return None };
    Side::BOTH.into_iter().find(|side| {
        let role = lexicon.role(*side);
        [&role.id, &role.side_id].into_iter().any(|name| name == word)
    })
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

impl Sink for Workbook<'_> {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        written(|| self.classify(result))
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        written(|| self.row::<SkippedTable>(3, skipped))
    }

    fn finish(&mut self, _summary: &Summary) -> Result<(), SinkError> {
        written(|| self.save())
    }
}

/// Writes to the workbook, whose crate panics where a temporary file of its own cannot be written.
fn written(write: impl FnOnce() -> Result<(), XlsxError>) -> Result<(), SinkError> {
    let panicked = |panic: Box<dyn Any + Send>| Err(XlsxError::IoError(io::Error::other(reason(&*panic))));
    catch_unwind(AssertUnwindSafe(write)).unwrap_or_else(panicked).map_err(failed)
}

/// What the crate says when it panics.
fn reason(panic: &(dyn Any + Send)) -> String {
    panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "a temporary file cannot be written".to_owned())
}

fn failed(cause: XlsxError) -> SinkError {
    let cause = match cause {
        XlsxError::IoError(cause) => cause,
        other => io::Error::other(other),
    };
    SinkError { what: NAME.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_takes_no_more_than_excel_does() {
        let long = "🙂".repeat(CELL);
        assert_eq!(cut(&long).chars().count(), CELL / 2);
        assert_eq!(cut("short"), "short");
    }
}
