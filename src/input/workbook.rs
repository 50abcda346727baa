//! Workbooks: each sheet that holds postings is a table, found among title rows and other sheets.

use std::io::Write as _;
use std::iter::Peekable;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use super::held::Held;
use super::row::Table;
use super::workbook_child::Steps;
use super::{Pending, ReadOptions, Skipped, Source, cell_rows};
use crate::extract::{Step, size};
use crate::file;

/// How many rows of a sheet are looked at to tell whether it is a table.
const LOOKED_AT: usize = 50;

/// Opens a workbook.
pub(super) fn open(held: Held, table: Table, options: Arc<ReadOptions>) -> Result<Box<dyn Source>, Skipped> {
    let begin = || -> Result<(Steps, Option<NamedTempFile>), String> {
        let (path, spooled) = placed(held)?;
        let file = file::open(&path).map_err(|error| error.to_string())?;
        let program = options.reader_program.as_ref();
        Ok((Steps::begin(&path, file, program, options.max_record_bytes)?, spooled))
    };
    let (steps, spooled) = begin().map_err(|reason| Skipped::whole(&table.source, reason))?;
    Ok(Box::new(Workbook::new(steps, table, options, spooled)))
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

/// The sheets of a workbook, one after another.
struct Workbook {
    steps: Arc<Mutex<Peekable<Steps>>>,
    /// The workbook, as reports show it.
    workbook: Table,
    options: Arc<ReadOptions>,
    /// The sheet that is being read.
    sheet: Option<Box<dyn Source>>,
    /// Whether a sheet has been read.
    found: bool,
    /// Why the last sheet was not read.
    refusal: Option<String>,
    ended: bool,
    /// Is gone when the workbook has been read.
    _spooled: Option<NamedTempFile>,
}

impl Workbook {
    fn new(steps: Steps, workbook: Table, options: Arc<ReadOptions>, spooled: Option<NamedTempFile>) -> Self {
        let steps = Arc::new(Mutex::new(steps.peekable()));
        Self { steps, workbook, options, sheet: None, found: false, refusal: None, ended: false, _spooled: spooled }
    }

    /// Opens a sheet as a table, if it is one.
    fn open(&mut self, name: &str) {
        let mut rows = SheetRows { steps: Arc::clone(&self.steps), limit: self.workbook.max_record };
        let first: Vec<_> = rows.by_ref().take(LOOKED_AT).collect();
        let cells: Vec<&Vec<String>> = first.iter().flatten().collect();
        let is_named = cells.iter().any(|row| self.workbook.columns.have_text(row.iter().map(String::as_str)));
        if cells.is_empty() || !(is_named || is_table(&cells)) {
            return;
        }
        let (columns, accounts) = (Arc::clone(&self.workbook.columns), Arc::clone(&self.workbook.accounts));
        // A sheet is called by its own name within that of the workbook.
        let source = format!("{}/{name}", self.workbook.source);
        let table = Table { accounts, ..Table::new(source, columns, &self.options) };
        match cell_rows::open(Box::new(first.into_iter().chain(rows)), table) {
            Ok(source) => (self.sheet, self.found) = (Some(source), true),
            Err(skipped) => self.refusal = Some(skipped.reason),
        }
    }

    /// What is said at the end: that there was nothing, if so.
    fn end(&mut self) -> Option<Result<Pending, Skipped>> {
        self.ended = true;
        let reason = self.refusal.take().unwrap_or_else(|| "none that is shown is a table".to_owned());
        (!self.found).then(|| Err(Skipped::whole(&self.workbook.source, format!("no sheet holds postings: {reason}"))))
    }
}

/// Whether rows are those of a table and not of notes: most have several cells.
fn is_table(rows: &[&Vec<String>]) -> bool {
    let wide = rows.iter().filter(|row| row.iter().filter(|cell| !cell.trim().is_empty()).count() > 1).count();
    wide * 2 > rows.len()
}

impl Source for Workbook {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        while !self.ended {
            if let Some(next) = self.sheet.as_mut().and_then(|sheet| sheet.next()) {
                return Some(next);
            }
            self.sheet = None;
            let step = lock(&self.steps).next();
            match step {
                Some(Step::Sheet(name)) => self.open(&name),
                // What is left of a sheet that is passed over.
                Some(Step::Row(_)) => {}
                Some(Step::Broken { reason }) => {
                    self.ended = true;
                    let rest = if self.found { "; the rest of the file is not read" } else { "" };
                    return Some(Err(Skipped::whole(&self.workbook.source, format!("{reason}{rest}"))));
                }
                None => return self.end(),
            }
        }
        None
    }
}

/// The rows of one sheet.
struct SheetRows {
    steps: Arc<Mutex<Peekable<Steps>>>,
    limit: u64,
}

impl Iterator for SheetRows {
    type Item = Result<Vec<String>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut steps = lock(&self.steps);
        match steps.next_if(|step| matches!(step, Step::Row(_)))? {
            Step::Row(row) if row.iter().map(String::len).sum::<usize>() as u64 > self.limit => {
                Some(Err(format!("larger than {}, the limit for one record", size(self.limit))))
            }
            Step::Row(row) => Some(Ok(row)),
            Step::Sheet(_) | Step::Broken { .. } => None,
        }
    }
}

fn lock(steps: &Mutex<Peekable<Steps>>) -> MutexGuard<'_, Peekable<Steps>> {
    steps.lock().unwrap_or_else(PoisonError::into_inner)
}
