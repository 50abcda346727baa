//! A report that is to be joined, and what it must have in common with the others.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use super::{Difference, MergeError};
use crate::file;
use crate::report::columns::Table;
use crate::report::reading::{PIECE, invalid};
use crate::report::run_file::{self, RunFile, TableRows};
use crate::staging::lies_in;

/// A report to be joined.
pub(super) struct Report {
    pub(super) path: PathBuf,
    pub(super) run: RunFile,
    pub(super) rows: TableRows,
}

impl Report {
    /// Reads what a report says of itself.
    pub(super) fn open(path: PathBuf) -> Result<Self, MergeError> {
        let unreadable = |cause| MergeError::Unreadable { path: path.join(run_file::NAME), cause };
        let run = RunFile::read(&path).map_err(unreadable)?;
        let Some(rows) = run.rows else { return Err(MergeError::Uncounted(path)) };
        if let Some(contradiction) = run.contradiction() {
            return Err(unreadable(invalid(contradiction)));
        }
        Ok(Self { path, run, rows })
    }

    /// How many rows it says that a table has.
    pub(super) fn rows_of<T: Table>(&self) -> u64 {
        self.rows.of_tables()[T::PLACE]
    }

    pub(super) fn reader(&self, name: &str) -> Result<BufReader<File>, MergeError> {
        let file = file::open(&self.path.join(name)).map_err(|cause| self.unreadable(name, cause))?;
        Ok(BufReader::with_capacity(PIECE, file))
    }

    pub(super) fn unreadable(&self, name: &str, cause: io::Error) -> MergeError {
        MergeError::Unreadable { path: self.path.join(name), cause }
    }
}

/// No report may be joined with itself, nor replaced while it is read.
pub(super) fn check_places(reports: &[PathBuf], target: &Path) -> Result<(), MergeError> {
    let mut places: Vec<PathBuf> = Vec::new();
    for report in reports {
        if lies_in(report, target) {
            return Err(MergeError::InTarget { report: report.clone(), target: target.to_owned() });
        }
        let Ok(place) = report.canonicalize() else { continue };
        if places.contains(&place) {
            return Err(MergeError::Twice(report.clone()));
        }
        places.push(place);
    }
    Ok(())
}

/// Holds what the rows of the reports depend on against each other.
pub(super) fn check_alike(reports: &[Report]) -> Result<(), MergeError> {
    let Some((first, others)) = reports.split_first() else { return Err(MergeError::Nothing) };
    others.iter().try_for_each(|other| compare(first, &other.path, &other.run))?;
    check_own(first)?;
    match reports.iter().find(|report| report.run.settings.dedupe) {
        Some(report) if !others.is_empty() => Err(MergeError::Dedupe(report.path.clone())),
        _ => Ok(()),
    }
}

/// Whether a report was written by this version.
pub(super) fn check_own(report: &Report) -> Result<(), MergeError> {
    if report.run.rolelean == env!("CARGO_PKG_VERSION") {
        return Ok(());
    }
    Err(MergeError::Version { path: report.path.clone(), found: report.run.rolelean.clone() })
}

/// Holds a report against another run, which is called `name`.
pub(super) fn compare(first: &Report, name: &Path, other: &RunFile) -> Result<(), MergeError> {
    let runs = [&first.run, other];
    let told: [(&str, [String; 2]); 4] = [
        ("version", runs.map(|run| run.rolelean.clone())),
        ("lexicon", runs.map(|run| run.lexicon.to_string())),
        ("--raw-cells", runs.map(|run| run.settings.raw_cells.to_string())),
        ("--bom", runs.map(|run| run.settings.bom.to_string())),
    ];
    let differences: Vec<Difference> = told
        .into_iter()
        .filter(|(_, [first, other])| first != other)
        .map(|(what, [first, other])| Difference { what, first, other })
        .collect();
    if differences.is_empty() {
        return Ok(());
    }
    Err(MergeError::Differ { first: first.path.clone(), other: name.to_owned(), differences })
}
