//! One of the two reports: what it says of itself, and its tables.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::ComparisonError;
use crate::file;
use crate::report::columns::Table;
use crate::report::proportion::Proportion;
use crate::report::reading::{Rows, file_of, invalid};
use crate::report::run_file::{self, RunFile, TableRows};

/// How many leanings there are: the two roles, balanced, neither.
pub(super) const LEANINGS: usize = 4;

/// A report that is compared.
pub(super) struct Report {
    pub(super) path: PathBuf,
    pub(super) run: RunFile,
    rows: TableRows,
}

/// What tells a report from other folders that this program writes.
#[derive(Deserialize)]
struct Mark {
    rolelean: String,
    lexicon: Option<IgnoredAny>,
    unfinished: Option<IgnoredAny>,
}

impl Report {
    /// Reads what a report says of itself.
    pub(super) fn open(path: &Path) -> Result<Self, ComparisonError> {
        let path = path.to_owned();
        let text = match file::read(&path.join(run_file::NAME)) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Err(ComparisonError::NotAReport(path));
            }
            Err(cause) => return Err(ComparisonError::Unreadable { path: path.join(run_file::NAME), cause }),
        };
        let Ok(mark) = serde_json::from_slice::<Mark>(&text) else { return Err(ComparisonError::NotAReport(path)) };
        if mark.unfinished.is_some() {
            return Err(ComparisonError::Unfinished(path));
        }
        if mark.lexicon.is_none() {
            return Err(ComparisonError::NotAReport(path));
        }
        if mark.rolelean != env!("CARGO_PKG_VERSION") {
            return Err(ComparisonError::Version { path, found: mark.rolelean });
        }
        let unreadable = |cause| ComparisonError::Unreadable { path: path.join(run_file::NAME), cause };
        let run: RunFile = serde_json::from_slice(&text).map_err(|error| unreadable(error.into()))?;
        if let Some(contradiction) = run.contradiction() {
            return Err(unreadable(invalid(contradiction)));
        }
        let Some(rows) = run.rows else {
            return Err(unreadable(invalid("it does not say how many rows its tables have")));
        };
        if run.postings == 0 {
            return Err(ComparisonError::Empty(path));
        }
        Ok(Self { path, run, rows })
    }

    /// Hands each row of a table to `read`, with its place from 0.
    pub(super) fn each_row<T: Table>(
        &self,
        mut read: impl FnMut(usize, &StringRecord) -> Result<(), ComparisonError>,
    ) -> Result<(), ComparisonError> {
        let unreadable = |cause| self.unreadable::<T>(cause);
        let mut rows = Rows::open::<T>(&self.path.join(file_of::<T>())).map_err(unreadable)?;
        let mut place = 0;
        while let Some((_, record)) = rows.next().map_err(unreadable)? {
            read(place, record)?;
            place += 1;
        }
        rows.expect(self.rows.of_tables()[T::PLACE]).map_err(unreadable)
    }

    pub(super) fn unreadable<T: Table>(&self, cause: io::Error) -> ComparisonError {
        ComparisonError::Unreadable { path: self.path.join(file_of::<T>()), cause }
    }

    /// The words of the leanings, in the order of their numbers.
    pub(super) fn leanings(&self) -> [&str; LEANINGS] {
        let [left, right] = self.run.lexicon.roles.each_ref();
        [left, right, "balanced", "neither"]
    }

    /// The postings that lean so, of all.
    pub(super) fn leaning(&self, leaning: usize) -> Proportion {
        let count = self.run.leanings.get(self.leanings()[leaning]).copied().unwrap_or(0);
        Proportion { count, of: self.run.postings }
    }
}
