//! The rows of a workbook: XLSX, XLSB, XLS and ODS.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use calamine::{Data, DataRef, Ods, Reader, SheetType, SheetVisible, Style, Xls, Xlsb, Xlsx, open_workbook_from_rs};

use super::number_format::{self, NumberFormat};
use super::package::part_names;

/// The most columns of a sheet that are read.
const MOST_COLUMNS: usize = 2_000;

/// What comes next in a workbook.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Step {
    /// A sheet begins.
    Sheet(String),
    /// A row of it that holds something: its cells as they are shown (XLSX; else numbers without their format), dates
    /// as in `2026-05-01`.
    Row(Vec<String>),
    /// The workbook cannot be read further.
    Broken {
        /// What is wrong.
        reason: String,
    },
}

/// Whether reading goes on.
pub type GoOn = bool;

/// Shows `take` the sheets that are shown and their rows, until it has enough.
///
/// Cells of XLSX come out of the file one by one; of the other formats a sheet is in memory at a
/// time, and of XLSX all texts that several cells share.
///
/// # Errors
/// Says what is wrong with the file.
pub fn each_step(file: File, take: &mut dyn FnMut(Step) -> GoOn) -> Result<(), String> {
    let mut file = BufReader::new(file);
    let mut start = [0; 2];
    file.read_exact(&mut start).and_then(|()| file.seek(SeekFrom::Start(0))).map_err(|error| error.to_string())?;
    if start != *b"PK" {
        return each_range::<Xls<_>>(file, take);
    }
    let names = part_names(&mut file)?;
    file.seek(SeekFrom::Start(0)).map_err(|error| error.to_string())?;
    match names.iter().map(String::as_str).find(|name| matches!(*name, "xl/workbook.bin" | "content.xml")) {
        Some("content.xml") => each_range::<Ods<_>>(file, take),
        Some(_) => each_range::<Xlsb<_>>(file, take),
        None => each_cell(file, take),
    }
}

fn broken(error: impl std::fmt::Display) -> String {
    format!("a broken workbook: {error}")
}

/// The sheets of a workbook that are shown.
fn shown<R: Read + Seek, W: Reader<R>>(workbook: &W) -> Vec<String> {
    let sheets = workbook.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    sheets.map(|sheet| sheet.name.clone()).collect()
}

fn each_range<W>(file: BufReader<File>, take: &mut dyn FnMut(Step) -> GoOn) -> Result<(), String>
where
    W: Reader<BufReader<File>>,
    W::Error: std::fmt::Display,
{
    let mut workbook: W = open_workbook_from_rs(file).map_err(broken)?;
    for name in shown(&workbook) {
        let range = workbook.worksheet_range(&name).map_err(broken)?;
        if !take(Step::Sheet(name)) {
            return Ok(());
        }
        for row in range.rows() {
            let row: Vec<String> = row.iter().take(MOST_COLUMNS).map(text).collect();
            if row.iter().any(|cell| !cell.is_empty()) && !take(Step::Row(row)) {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn each_cell(file: BufReader<File>, take: &mut dyn FnMut(Step) -> GoOn) -> Result<(), String> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(file).map_err(broken)?;
    for name in shown(&workbook) {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(broken)?;
        if !take(Step::Sheet(name)) {
            return Ok(());
        }
        let formats: Vec<NumberFormat> = cells.styles().iter().map(number_format).collect();
        let (mut number, mut row) = (0, Vec::new());
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
            let (of_row, column) = cell.get_position();
            if of_row != number && !row.is_empty() && !take(Step::Row(std::mem::take(&mut row))) {
                return Ok(());
            }
            number = of_row;
            let text = text_ref(cell.get_value(), formats.get(style));
            let column = column as usize;
            if !text.is_empty() && column < MOST_COLUMNS {
                row.resize(row.len().max(column + 1), String::new());
                row[column] = text;
            }
        }
        if !row.is_empty() && !take(Step::Row(row)) {
            return Ok(());
        }
    }
    Ok(())
}

fn number_format(style: &Style) -> NumberFormat {
    style.number_format.as_ref().map(|format| NumberFormat::of(&format.format_code)).unwrap_or_default()
}

fn text_ref(value: &DataRef<'_>, format: Option<&NumberFormat>) -> String {
    match (value, format) {
        (DataRef::SharedString(text), _) => (*text).to_owned(),
        (DataRef::Float(number), Some(format)) => format.show(*number),
        (value, _) => text(&Data::from(value.clone())),
    }
}

/// A cell as it is shown; errors are empty.
fn text(value: &Data) -> String {
    match value {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_format::plain(*number),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(date) if date.is_datetime() => shown_date(date.to_ymd_hms_milli()),
        Data::DateTime(duration) => duration.as_f64().to_string(),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// `2026-05-01`, and the time of day where there is one.
fn shown_date((year, month, day, hours, minutes, seconds, _): (u16, u8, u8, u8, u8, u8, u16)) -> String {
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hours, minutes, seconds) {
        (0, 0, 0) => date,
        (hours, minutes, 0) => format!("{date} {hours:02}:{minutes:02}"),
        (hours, minutes, seconds) => format!("{date} {hours:02}:{minutes:02}:{seconds:02}"),
    }
}
