//! The workbook of a joined report, out of its tables: cell by cell what a run would write.

use std::io;
use std::path::Path;

use super::invalid;
use super::report::file_of;
use super::tables::Rows;
use crate::lexicon::Side;
use crate::report::columns::{
    Cell, Column, Kind, MatchesTable, PostingsTable, SkillsTable, SkippedTable, Table, side_word,
};
use crate::report::csv::undefused;
use crate::report::run_file::RunFile;
use crate::report::xlsx::{Sheets, Words, written};

/// Writes the workbook into the folder that holds the joined tables.
pub(super) fn write(folder: &Path, run: &RunFile) -> io::Result<()> {
    let tables = (
        open::<PostingsTable>(folder)?,
        open::<MatchesTable>(folder)?,
        open::<SkillsTable>(folder)?,
        open::<SkippedTable>(folder)?,
    );
    let headers = [tables.0.names()?, tables.1.names()?, tables.2.names()?, tables.3.names()?];
    let words = words(run, &headers[PostingsTable::PLACE]);
    let mut sheets = written(|| Sheets::create(folder, headers, words))?;
    let raw_cells = run.settings.raw_cells;
    copy::<PostingsTable>(tables.0, &mut sheets, raw_cells)?;
    copy::<MatchesTable>(tables.1, &mut sheets, raw_cells)?;
    copy::<SkillsTable>(tables.2, &mut sheets, raw_cells)?;
    copy::<SkippedTable>(tables.3, &mut sheets, raw_cells)?;
    written(|| sheets.save())
}

fn open<T: Table>(folder: &Path) -> io::Result<Rows> {
    Rows::open::<T>(&folder.join(file_of::<T>()))
}

/// The words of the sides, out of what `run.json` and the names of columns say.
fn words(run: &RunFile, header: &[String]) -> Words {
    Side::BOTH
        .map(|side| [run.lexicon.roles[side.index()].clone(), side_word::<PostingsTable>(side, header).to_owned()])
}

fn copy<T: Table>(mut rows: Rows, sheets: &mut Sheets, raw_cells: bool) -> io::Result<()> {
    while let Some((_, record)) = rows.next()? {
        let cells = T::COLUMNS.iter().zip(record).map(|(column, text)| cell(column, text, raw_cells));
        let cells: Vec<Cell<'_>> = cells.collect::<io::Result<_>>()?;
        written(|| sheets.row::<T>(cells.into_iter()))?;
    }
    Ok(())
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
