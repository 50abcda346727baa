//! The workbook of a report, out of its tables, which are complete by then: all columns are known, and those of joined
//! reports are those of one run.

use std::io;
use std::path::Path;

use crate::lexicon::Side;
use crate::report::columns::{
    Cell, Column, Kind, MatchesTable, PostingsTable, SkillsTable, SkippedTable, Table, side_word,
};
use crate::report::csv::undefused;
use crate::report::reading::{Rows, file_of, invalid};
use crate::report::run_file::RunFile;
use crate::report::xlsx::{Sheets, Words, written};

/// Writes the workbook into the folder that holds the joined tables.
pub(in crate::report) fn write(folder: &Path, run: &RunFile) -> io::Result<()> {
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
        let mut cells: Vec<Cell<'_>> = cells.collect::<io::Result<_>>()?;
        let kept = record.iter().skip(cells.len());
        cells.extend(kept.map(|text| Cell::kept(if raw_cells { text } else { undefused(text) })));
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
