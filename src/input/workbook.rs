//! Workbooks: each sheet that holds postings is a table, found among title rows and other sheets.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::columns::{Columns, Role};
use super::held::Held;
use super::row::{Cells, Table};
use super::walk::Entry;
use super::workbook_child::Steps;
use super::{Pending, ReadOptions, Skipped, Source};
use crate::extract::{Step, size};
use crate::file;

/// How many rows of a sheet are looked at for its header.
const LOOKED_AT: usize = 50;

/// Opens a workbook.
pub(super) fn open(
    held: Held,
    entry: &Entry,
    columns: Arc<Columns>,
    options: &ReadOptions,
) -> Result<Box<dyn Source>, Skipped> {
    let begin = || -> Result<(Steps, Option<NamedTempFile>), String> {
        let (path, spooled) = placed(held)?;
        let file = file::open(&path).map_err(|error| error.to_string())?;
        let program = options.reader_program.as_deref();
        Ok((Steps::begin(&path, file, program, options.max_record_bytes)?, spooled))
    };
    let (steps, spooled) = begin().map_err(|reason| Skipped::whole(&entry.source, reason))?;
    let table = Table::new(entry.source.clone(), columns, options);
    Ok(Box::new(Workbook::new(Box::new(steps), table, spooled)))
}

/// Where a workbook is, and the temporary file that it is in, if it came out of a stream.
fn placed(held: Held) -> Result<(PathBuf, Option<NamedTempFile>), String> {
    match held {
        Held::File(path) => Ok((path, None)),
        Held::Memory(bytes) => {
            let mut file = NamedTempFile::new().map_err(|error| error.to_string())?;
            file.write_all(&bytes).map_err(|error| error.to_string())?;
            Ok((file.path().to_owned(), Some(file)))
        }
    }
}

/// The rows of a workbook as postings.
struct Workbook {
    steps: Box<dyn Iterator<Item = Step> + Send>,
    /// The workbook, as reports show it.
    workbook: Table,
    sheet: Sheet,
    /// Records of all sheets so far.
    records: u64,
    /// The widest row of the sheets in which no text column was found.
    widest: Vec<String>,
    ended: bool,
    /// Is gone when the workbook has been read.
    _spooled: Option<NamedTempFile>,
}

/// The sheet that is being read.
enum Sheet {
    /// Its header has not been found yet, in so many rows.
    Sought(Arc<Table>, usize),
    /// Its postings are read.
    Table { table: Arc<Table>, columns: Vec<(usize, String, Role)>, record: u64 },
    /// It holds no postings.
    PassedOver,
}

impl Workbook {
    fn new(steps: Box<dyn Iterator<Item = Step> + Send>, workbook: Table, spooled: Option<NamedTempFile>) -> Self {
        let (sheet, widest) = (Sheet::PassedOver, Vec::new());
        Self { steps, workbook, sheet, records: 0, widest, ended: false, _spooled: spooled }
    }

    /// A sheet is called by its own name within that of the workbook.
    fn begin_sheet(&mut self, name: &str) {
        let Table { columns, max_record, max_depth, .. } = &self.workbook;
        let (columns, max_record, max_depth) = (Arc::clone(columns), *max_record, *max_depth);
        let source = format!("{}/{name}", self.workbook.source);
        let table = Table { source, columns, max_record, max_depth, encoding: Default::default() };
        self.sheet = Sheet::Sought(Arc::new(table), 0);
    }

    fn row(&mut self, cells: Vec<String>) -> Option<Result<Pending, Skipped>> {
        match &mut self.sheet {
            Sheet::PassedOver => None,
            Sheet::Sought(table, rows) => {
                *rows += 1;
                let found = header(table, &cells);
                if found.is_none() && cells.len() > self.widest.len() {
                    self.widest = cells;
                }
                if let Some(columns) = found {
                    self.sheet = Sheet::Table { table: Arc::clone(table), columns, record: 0 };
                } else if *rows == LOOKED_AT {
                    self.sheet = Sheet::PassedOver;
                }
                None
            }
            Sheet::Table { table, columns, record } => {
                *record += 1;
                self.records += 1;
                let bytes: usize = cells.iter().map(String::len).sum();
                if bytes as u64 > table.max_record {
                    let limit = size(table.max_record);
                    return Some(Err(table.skipped(*record, format!("larger than {limit}, the limit for one record"))));
                }
                let mut cells = cells;
                let cell = |(column, name, role): &(usize, String, Role)| {
                    Some((*role, name.clone(), std::mem::take(cells.get_mut(*column)?)))
                };
                let cells = columns.iter().filter_map(cell).collect();
                Some(Ok(Pending::new(Cells { table: Arc::clone(table), record: *record, cells })))
            }
        }
    }

    /// What is said at the end: that there was nothing, if so.
    fn end(&mut self) -> Option<Result<Pending, Skipped>> {
        self.ended = true;
        if self.records > 0 {
            return None;
        }
        let names: Vec<String> = std::mem::take(&mut self.widest).into_iter().filter(|name| !name.is_empty()).collect();
        let reason = match names.as_slice() {
            [] => "no rows in any sheet that is shown".to_owned(),
            names => match self.workbook.columns.check(names) {
                Err(error) => format!("no sheet holds postings: {}", error.reason()),
                Ok(()) => "no records under the header".to_owned(),
            },
        };
        Some(Err(Skipped::whole(&self.workbook.source, reason)))
    }
}

/// The columns that are of use, if this is the row that names them.
fn header(table: &Table, cells: &[String]) -> Option<Vec<(usize, String, Role)>> {
    table.columns.check(cells).ok()?;
    let role = |(index, name): (usize, &String)| Some((index, name.trim().to_owned(), table.columns.role(name)?));
    Some(cells.iter().enumerate().filter_map(role).collect())
}

impl Source for Workbook {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        while !self.ended {
            match self.steps.next() {
                Some(Step::Sheet(name)) => self.begin_sheet(&name),
                Some(Step::Row(cells)) => {
                    if let Some(next) = self.row(cells) {
                        return Some(next);
                    }
                }
                Some(Step::Broken { reason }) => {
                    self.ended = true;
                    let rest = if self.records > 0 { "; the rest of the file is not read" } else { "" };
                    return Some(Err(Skipped::whole(&self.workbook.source, format!("{reason}{rest}"))));
                }
                None => return self.end(),
            }
        }
        None
    }
}
