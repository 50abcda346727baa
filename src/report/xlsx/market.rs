//! The sheet of the market: a row for each skill that postings of the two roles ask for, the roles side by side.
//!
//! It is made of the rows of `skills.csv`, of which it shows what is about one role, and shares where those have counts.
//! Its headers are the names of those columns in words, so that they can be broken into lines.

use std::io;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::formats::{Formats, Words};
use super::{exact, widths, write};
use crate::lexicon::{Side, SkillLeaning};
use crate::report::columns::{Cell, SkillsTable, ratio};
use crate::report::reading::{place_before, place_of};

/// The name of the sheet.
pub(super) const NAME: &str = "market";

/// Room for headers of three lines, in points.
const HEADER_HEIGHT: f64 = 48.0;

/// A column of the sheet.
struct Column {
    name: String,
    made: Made,
}

/// What a cell is made from; columns by their place in `skills.csv`.
enum Made {
    Text(usize),
    Share(usize),
    /// A count of postings as a share of another.
    ShareOf(usize, usize),
    Whole(usize),
}

/// The rows of the sheet as they come in.
pub(in crate::report) struct Market {
    columns: Vec<Column>,
    /// The columns that count the postings of the two roles.
    postings: [usize; 2],
    /// The column of what a skill leans to.
    leaning: usize,
    rows: Vec<Vec<Cell<'static>>>,
}

impl Market {
    /// No rows yet; `names` are those of the columns of `skills.csv`.
    pub(in crate::report) fn new(names: &[String]) -> io::Result<Self> {
        let words = |place: usize| names[place].replace('_', " ");
        let column = |place: usize, made: fn(usize) -> Made| Column { name: words(place), made: made(place) };
        let fixed = place_of::<SkillsTable>;
        let of_side = place_before::<SkillsTable>;
        let leaning = fixed("leaning")?;
        let mut columns: Vec<Column> = [fixed("skill")?, fixed("category")?, leaning, fixed("pay_currency")?]
            .map(|place| column(place, Made::Text))
            .into();
        for side in Side::BOTH {
            let required = of_side(side, "_required")?;
            columns.push(column(of_side(side, "_share")?, Made::Share));
            columns.push(Column {
                name: format!("{} share", words(required)),
                made: Made::ShareOf(required, of_side(side, "_postings")?),
            });
            for end in ["_pay_median", "_pay_postings", "_years_median", "_years_postings"] {
                columns.push(column(of_side(side, end)?, Made::Whole));
            }
        }
        let postings = [of_side(Side::Left, "_postings")?, of_side(Side::Right, "_postings")?];
        Ok(Self { columns, postings, leaning, rows: Vec::new() })
    }

    /// Takes a row of `skills.csv`, if postings of a role ask for the skill and it is not one of another profession.
    pub(in crate::report) fn add(&mut self, row: &[Cell<'_>]) {
        let is_asked = self.postings.iter().any(|column| row[*column] != Cell::Integer(0));
        let is_away = matches!(&row[self.leaning], Cell::Text(leaning) if leaning == SkillLeaning::OTHER_PROFESSION);
        if is_asked && !is_away {
            self.rows.push(self.columns.iter().map(|column| column.made.cell(row)).collect());
        }
    }

    /// The finished sheet.
    pub(super) fn sheet(&self, words: &Words, formats: &Formats) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(NAME)?;
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_landscape().set_repeat_rows(0, 0)?;
        sheet.set_print_fit_to_pages(1, 0);
        let longest_words: Vec<String> = self.columns.iter().map(|column| longest_word(&column.name)).collect();
        for ((column, width), at) in self.columns.iter().zip(widths(&longest_words, &self.lengths())).zip(0_u16..) {
            sheet.set_column_width(at, exact(width as u64))?;
            sheet.write_string_with_format(0, at, &column.name, &formats.wrapped)?;
        }
        sheet.set_row_height(0, HEADER_HEIGHT)?;
        for (row, at) in self.rows.iter().zip(1..) {
            self.write(&mut sheet, at, row, words, formats)?;
        }
        let (last_row, last_column) = (self.rows.len().max(1), self.columns.len() - 1);
        sheet.autofilter(
            0,
            0,
            u32::try_from(last_row).unwrap_or(u32::MAX),
            u16::try_from(last_column).unwrap_or(u16::MAX),
        )?;
        Ok(sheet)
    }

    /// How long the texts of each column are.
    fn lengths(&self) -> Vec<usize> {
        let length = |cell: &Cell<'_>| if let Cell::Text(text) = cell { text.chars().count() } else { 0 };
        let of_column = |at: usize| self.rows.iter().map(|row| length(&row[at])).max().unwrap_or_default();
        (0..self.columns.len()).map(of_column).collect()
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        at: u32,
        row: &[Cell<'_>],
        words: &Words,
        formats: &Formats,
    ) -> Result<(), XlsxError> {
        for ((column, cell), place) in self.columns.iter().zip(row).zip(0_u16..) {
            let format = match &column.made {
                Made::Text(text) if *text == self.leaning => formats.of_leaning(words, cell),
                Made::Text(_) => None,
                Made::Share(_) | Made::ShareOf(..) => Some(&formats.share),
                Made::Whole(_) => Some(&formats.grouped),
            };
            write(sheet, (at, place), cell, format, formats)?;
        }
        Ok(())
    }
}

impl Made {
    /// The cell that is made from a row of `skills.csv`.
    fn cell(&self, row: &[Cell<'_>]) -> Cell<'static> {
        match *self {
            Self::Text(column) | Self::Share(column) | Self::Whole(column) => row[column].clone().into_owned(),
            Self::ShareOf(part, whole) => match (&row[part], &row[whole]) {
                (Cell::Integer(part), Cell::Integer(whole)) => Cell::number(ratio(*part, *whole)),
                _ => Cell::Empty,
            },
        }
    }
}

/// The word that a name of several lines is at least as wide as.
fn longest_word(name: &str) -> String {
    name.split(' ').max_by_key(|word| word.chars().count()).unwrap_or_default().to_owned()
}
