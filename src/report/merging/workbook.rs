//! The workbook of a report, out of its tables, which are complete by then: all columns are known, and those of joined
//! reports are those of one run.

use std::io;
use std::path::Path;

use csv::StringRecord;

use crate::lexicon::Side;
use crate::report::columns::{
    Cell, Column, Kind, MatchesTable, PostingsTable, SkillsTable, SkippedTable, Table, side_word,
};
use crate::report::csv::undefused;
use crate::report::reading::{Rows, file_of, invalid};
use crate::report::run_file::RunFile;
use crate::report::xlsx::{Market, Sheets, Summary, Words, written};

/// Rows of each table by which the widths of its columns are measured.
const MEASURED: u64 = 1000;

/// Writes the workbook into the folder that holds the joined tables.
pub(in crate::report) fn write(folder: &Path, run: &RunFile) -> io::Result<()> {
    let tables = (
        open::<PostingsTable>(folder)?,
        open::<MatchesTable>(folder)?,
        open::<SkillsTable>(folder)?,
        open::<SkippedTable>(folder)?,
    );
    let lengths = [
        lengths::<PostingsTable>(folder)?,
        lengths::<MatchesTable>(folder)?,
        lengths::<SkillsTable>(folder)?,
        lengths::<SkippedTable>(folder)?,
    ];
    let headers = [tables.0.names()?, tables.1.names()?, tables.2.names()?, tables.3.names()?];
    let words = words(run, &headers[PostingsTable::PLACE]);
    let sides = words.each_ref().map(|[_, side]| side.clone());
    let mut market = Market::new(&headers[SkillsTable::PLACE])?;
    let mut sheets = written(|| Sheets::create(folder, headers, &lengths, words))?;
    let raw_cells = run.settings.raw_cells;
    copy_linked(tables.0, tables.1, &mut sheets, raw_cells)?;
    copy::<SkillsTable>(tables.2, &mut sheets, raw_cells, |row| market.add(row))?;
    copy::<SkippedTable>(tables.3, &mut sheets, raw_cells, |_| ())?;
    let sides = sides.each_ref().map(String::as_str);
    written(|| sheets.save(&Summary { run, sides }, &market))
}

fn open<T: Table>(folder: &Path) -> io::Result<Rows> {
    Rows::open::<T>(&folder.join(file_of::<T>()))
}

/// The words of the sides, out of what `run.json` and the names of columns say.
fn words(run: &RunFile, header: &[String]) -> Words {
    Side::BOTH
        .map(|side| [run.lexicon.roles[side.index()].clone(), side_word::<PostingsTable>(side, header).to_owned()])
}

/// How long the cells of each column are, as far as the first rows of the table tell: a sheet that is written row by row
/// must know its widths before.
fn lengths<T: Table>(folder: &Path) -> io::Result<Vec<usize>> {
    let mut rows = open::<T>(folder)?;
    let mut lengths = Vec::new();
    while let Some((count, record)) = rows.next()? {
        lengths.resize(record.len(), 0);
        for (length, cell) in lengths.iter_mut().zip(record) {
            *length = cell.chars().count().max(*length);
        }
        if count == MEASURED {
            break;
        }
    }
    Ok(lengths)
}

/// Copies postings and matches side by side, so that each posting can lead to its first match.
fn copy_linked(mut postings: Rows, mut matches: Rows, sheets: &mut Sheets, raw_cells: bool) -> io::Result<()> {
    // In both tables the first column is the number of the posting.
    let mut next = matches.next()?.map(|(_, record)| record.clone());
    while let Some((_, posting)) = postings.next()? {
        let link = sheets.next_match();
        let mut is_linked = false;
        while let Some(found) = next.take_if(|found| found[0] == posting[0]) {
            is_linked = true;
            copy_row::<MatchesTable>(&found, None, sheets, raw_cells)?;
            next = matches.next()?.map(|(_, record)| record.clone());
        }
        copy_row::<PostingsTable>(posting, is_linked.then_some(link.as_str()), sheets, raw_cells)?;
    }
    match next {
        Some(found) => Err(invalid(&format!("`{}` in matches.csv is no posting of postings.csv", &found[0]))),
        None => Ok(()),
    }
}

/// Copies a table, and shows the cells of each row to `see`.
fn copy<T: Table>(
    mut rows: Rows,
    sheets: &mut Sheets,
    raw_cells: bool,
    mut see: impl FnMut(&[Cell<'_>]),
) -> io::Result<()> {
    while let Some((_, record)) = rows.next()? {
        let cells = cells::<T>(record, raw_cells)?;
        see(&cells);
        written(|| sheets.row::<T>(cells.into_iter(), None))?;
    }
    Ok(())
}

fn copy_row<T: Table>(
    record: &StringRecord,
    link: Option<&str>,
    sheets: &mut Sheets,
    raw_cells: bool,
) -> io::Result<()> {
    let cells = cells::<T>(record, raw_cells)?;
    written(|| sheets.row::<T>(cells.into_iter(), link))
}

/// The cells of a row.
fn cells<T: Table>(record: &StringRecord, raw_cells: bool) -> io::Result<Vec<Cell<'_>>> {
    let cells = T::COLUMNS.iter().zip(record).map(|(column, text)| cell(column, text, raw_cells));
    let mut cells: Vec<Cell<'_>> = cells.collect::<io::Result<_>>()?;
    let kept = record.iter().skip(cells.len());
    cells.extend(kept.map(|text| Cell::kept(if raw_cells { text } else { undefused(text) })));
    Ok(cells)
}

/// The value of a cell that was written as `text`.
fn cell<'c, T: Table>(column: &Column<T>, text: &'c str, raw_cells: bool) -> io::Result<Cell<'c>> {
    let parsed = match column.kind {
        _ if text.is_empty() => Some(Cell::Empty),
        Kind::Text if raw_cells => Some(Cell::Text(text.into())),
        Kind::Text => Some(Cell::Text(undefused(text).into())),
        Kind::Integer => text.parse().ok().map(Cell::Integer),
        Kind::Number => {
            let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            text.parse().ok().map(|number| Cell::Number(number, decimals))
        }
        Kind::Flag => text.parse().ok().map(Cell::Flag),
    };
    parsed.ok_or_else(|| invalid(&format!("`{text}` is not what a cell of a column of numbers or flags holds")))
}
