//! Joins the reports of separate runs into the one that a single run would have written.
//!
//! The tables of postings, matches and skipped inputs and the objects are copied one behind another, a
//! row at a time, so that memory does not grow with them; the postings are numbered anew
//! ([`tables`], [`objects`]). Those of skills are added up ([`skills`], [`markets`]). A workbook is made out of the joined
//! tables ([`workbook`]), a page out of the joined objects ([`page`]).

mod earlier;
mod error;
mod header;
mod markets;
mod objects;
mod page;
mod report;
mod skills;
mod tables;
#[cfg(feature = "xlsx")]
mod workbook;

#[cfg(feature = "xlsx")]
pub(super) use workbook::write as write_workbook;

use std::fs::File;
use std::io::{self, BufRead as _, BufWriter, Write};
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::columns::{MatchesTable, PostingsTable, SkillsTable, SkippedTable, Table};
use super::reading::{Rows, file_of, miscounted};
use super::run_file::{LexiconUsed, RunFile, TableRows, WORKBOOK};
use super::{html, jsonl};
use crate::classifier::Classifier;
use crate::staging::{Kind, LeftOver, Published, Staging, StagingError};
pub use earlier::Earlier;
pub use error::{Difference, MergeError};
use header::{Header, arranged};
use markets::Markets;
use objects::renumbered;
use report::{Report, check_alike, check_own, check_places};
use skills::Skills;
use tables::{At, Matches, Postings, Repeated, Skips};

/// What a joined report is to hold besides its tables and, where all reports have them, its objects.
#[derive(Clone, Copy, Default)]
pub struct Further<'c> {
    /// The page, made with this classifier from the objects; its lexicon must be that of the reports.
    pub html: Option<&'c Classifier>,
    /// The workbook, made from the tables; nothing in a build without it.
    pub xlsx: bool,
}

/// What was joined.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Merged {
    /// The postings of all reports.
    pub postings: u64,
    /// The inputs that were skipped in all runs.
    pub skipped: u64,
    /// The postings whose id an earlier one has, in the same report or one before.
    pub repeated_ids: u64,
    /// The tables that have no room in one sheet of the workbook, and how many each fills.
    pub split_tables: Vec<(String, u64)>,
    /// Files that stand in some reports and not in the joined one: a page or workbook that was
    /// not asked for, or objects that not all reports have.
    pub left_out: Vec<&'static str>,
}

/// A joined report that is being written.
///
/// ```no_run
/// use rolelean::report::{Further, Merge};
///
/// # fn main() -> Result<(), rolelean::report::MergeError> {
/// let merge = Merge::begin(vec!["monday".into(), "tuesday".into()], "both".as_ref(), Further::default())?;
/// let merged = merge.join()?;
/// let joined = merge.publish()?;
/// println!("{} postings in {}", merged.postings, joined.folder.display());
/// # Ok(())
/// # }
/// ```
pub struct Merge<'c> {
    reports: Vec<Report>,
    further: Further<'c>,
    target: PathBuf,
    /// Whether an input that several runs skipped for one reason is named once.
    skips_once: bool,
    staging: Staging,
}

impl<'c> Merge<'c> {
    /// Holds the reports against each other, and starts a report that will stand at `target`.
    ///
    /// # Errors
    /// When a report cannot be read, when two differ in what their rows depend on, when what is
    /// asked for cannot be made from them, when none holds a posting, or when the joined one cannot
    /// be written.
    pub fn begin(reports: Vec<PathBuf>, target: &Path, further: Further<'c>) -> Result<Self, MergeError> {
        check_places(&reports, target)?;
        let reports = reports.into_iter().map(Report::open).collect::<Result<Vec<Report>, _>>()?;
        Self::of(reports, target, further, false)
    }

    /// Starts a report that will stand at `target`, made of an earlier one, which may stand there now, and of
    /// the one in the folder `new`. What both skipped is named once.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub fn go_on(earlier: Earlier, new: PathBuf, target: &Path, further: Further<'c>) -> Result<Self, MergeError> {
        Self::of(vec![earlier.report, Report::open(new)?], target, further, true)
    }

    fn of(reports: Vec<Report>, target: &Path, further: Further<'c>, skips_once: bool) -> Result<Self, MergeError> {
        check_alike(&reports)?;
        if let Some(classifier) = further.html {
            check_page(&reports, classifier)?;
        }
        if reports.iter().all(|report| report.run.postings == 0) {
            return Err(MergeError::Empty);
        }
        let staging = Staging::create(target, Kind::Report)?;
        Ok(Self { reports, further, target: target.to_owned(), skips_once, staging })
    }

    /// What is to be removed by whoever ends the process before the report is published.
    #[must_use]
    pub fn left_over(&self) -> LeftOver {
        self.staging.left_over()
    }

    /// Writes the files of the joined report.
    ///
    /// # Errors
    /// When a file cannot be read or written, or does not hold what its `run.json` says.
    pub fn join(&self) -> Result<Merged, MergeError> {
        let mut run = self.sum()?;
        let repeated = self.join_postings()?;
        run.repeated_ids = repeated.count();
        let markets = self.join_matches(&run)?;
        let mut skips = Skips::new(self.skips_once);
        self.join_table::<SkippedTable>(|_, record, row| skips.push(record, row))?;
        run.skipped = skips.count();
        let skills = self.join_skills(&run, &markets)?;
        if run.settings.jsonl {
            self.join_objects(&repeated)?;
        }
        run.set_rows(self.rows(skills, &run)?);
        self.write_further(&run)?;
        run.write(&self.staging.folder()).map_err(|cause| unwritable(&self.target, cause))?;
        Ok(Merged {
            postings: run.postings,
            skipped: run.skipped,
            repeated_ids: run.repeated_ids,
            split_tables: run.split_tables(),
            left_out: self.left_out(&run),
        })
    }

    /// Puts the joined report in place; an older report there is replaced whole.
    ///
    /// # Errors
    /// When it cannot be put there; see [`Staging::publish`].
    pub fn publish(self) -> Result<Published, MergeError> {
        Ok(self.staging.publish()?)
    }

    /// The reports as one run.
    fn sum(&self) -> Result<RunFile, MergeError> {
        let (first, others) = self.reports.split_first().ok_or(MergeError::Nothing)?;
        let mut sum = first.run.clone();
        others.iter().try_for_each(|other| sum.add(&other.run)).map_err(MergeError::Overflow)?;
        sum.settings.html = self.further.html.is_some();
        sum.settings.xlsx = cfg!(feature = "xlsx") && self.further.xlsx;
        sum.settings.jsonl = self.reports.iter().all(|report| report.run.settings.jsonl);
        Ok(sum)
    }

    /// How many rows the joined tables have, which all have been counted.
    fn rows(&self, skills: u64, run: &RunFile) -> Result<TableRows, MergeError> {
        let sum = |count: fn(&TableRows) -> u64| {
            let mut counts = self.reports.iter().map(|report| count(&report.rows));
            counts.try_fold(0_u64, u64::checked_add).ok_or(MergeError::Overflow("rows"))
        };
        let (postings, matches) = (sum(|rows| rows.postings)?, sum(|rows| rows.matches)?);
        let objects = run.settings.jsonl.then_some(postings);
        Ok(TableRows { postings, matches, skills, skipped: run.skipped, objects })
    }

    /// The files that some reports have and the joined one has not.
    fn left_out(&self, run: &RunFile) -> Vec<&'static str> {
        let any = |has: fn(&Report) -> bool| self.reports.iter().any(has);
        let files = [
            (jsonl::NAME, run.settings.jsonl, any(|report| report.run.settings.jsonl)),
            (html::NAME, run.settings.html, any(|report| report.run.settings.html)),
            (WORKBOOK, run.settings.xlsx, any(|report| report.run.settings.xlsx)),
        ];
        files.into_iter().filter(|(_, joined, any)| *any && !joined).map(|(name, ..)| name).collect()
    }

    fn create(&self, name: &str) -> Result<BufWriter<File>, MergeError> {
        let file = File::create(self.staging.folder().join(name));
        file.map(BufWriter::new).map_err(|cause| unwritable(&self.target, cause))
    }

    fn join_postings(&self) -> Result<Repeated, MergeError> {
        let mut postings = Postings::default();
        self.join_table::<PostingsTable>(|at, record, row| postings.push(at, record, row))?;
        Ok(postings.repeated())
    }

    /// Joins the matches, and counts what the postings of each skill state.
    fn join_matches(&self, run: &RunFile) -> Result<Markets, MergeError> {
        let reread = |cause| unwritable(&self.target, cause);
        let mut markets = Markets::open(&self.staging.folder(), run).map_err(reread)?;
        let mut matches = Matches::default();
        self.join_table::<MatchesTable>(|at, record, row| {
            let posting = matches.push(at, record, row)?;
            markets.add(posting, record)
        })?;
        markets.finish().map_err(reread)?;
        Ok(markets)
    }

    /// Copies a table of all reports under one header; `push` appends each row as it is to be.
    fn join_table<T: Table>(
        &self,
        mut push: impl FnMut(At, &StringRecord, &mut Vec<u8>) -> io::Result<()>,
    ) -> Result<(), MergeError> {
        let name = file_of::<T>();
        let mut out = self.create(&name)?;
        let unwritable = |cause| unwritable(&self.target, cause);
        let header = self.header::<T>(&name)?;
        out.write_all(&header.row()).map_err(unwritable)?;
        let (mut row, mut before) = (Vec::new(), 0);
        for report in &self.reports {
            let unreadable = |cause| report.unreadable(&name, cause);
            let mut rows = Rows::open::<T>(&report.path.join(&name)).map_err(unreadable)?;
            let places = header.places(&rows).map_err(unreadable)?;
            let (postings, raw_cells) = (report.run.postings, report.run.settings.raw_cells);
            while let Some((number, record)) = rows.next().map_err(unreadable)? {
                row.clear();
                let at = At { before, postings, row: number, raw_cells };
                push(at, &arranged(record, &places), &mut row).map_err(unreadable)?;
                out.write_all(&row).map_err(unwritable)?;
            }
            rows.expect(report.rows_of::<T>()).map_err(unreadable)?;
            before += postings;
        }
        out.flush().map_err(unwritable)
    }

    /// The header of a table of all reports.
    fn header<T: Table>(&self, name: &str) -> Result<Header, MergeError> {
        let mut header = Header::default();
        for report in &self.reports {
            let rows = Rows::open::<T>(&report.path.join(name));
            let added = rows.and_then(|rows| header.add::<T>(&rows));
            added.map_err(|cause| report.unreadable(name, cause))?;
        }
        Ok(header)
    }

    /// Adds up the tables of skills, and says how many rows the sum has.
    fn join_skills(&self, sum: &RunFile, markets: &Markets) -> Result<u64, MergeError> {
        let name = file_of::<SkillsTable>();
        let mut skills = Skills::default();
        for report in &self.reports {
            let rows = Rows::open::<SkillsTable>(&report.path.join(&name));
            let added = rows.and_then(|rows| skills.add(rows, report.rows_of::<SkillsTable>()));
            added.map_err(|cause| report.unreadable(&name, cause))?;
        }
        let mut out = self.create(&name)?;
        let written = out.write_all(&skills.table(sum, markets)).and_then(|()| out.flush());
        written.map_err(|cause| unwritable(&self.target, cause))?;
        Ok(skills.count())
    }

    fn join_objects(&self, repeated: &Repeated) -> Result<(), MergeError> {
        let mut out = self.create(jsonl::NAME)?;
        let unwritable = |cause| unwritable(&self.target, cause);
        let (mut line, mut before) = (Vec::new(), 0);
        for report in &self.reports {
            let unreadable = |cause| report.unreadable(jsonl::NAME, cause);
            let mut lines = report.reader(jsonl::NAME)?;
            let mut number = 0;
            loop {
                line.clear();
                if lines.read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
                    break;
                }
                number += 1;
                let new = before + number;
                let object = renumbered(&line, number, new, repeated.earlier(new)).map_err(unreadable)?;
                out.write_all(&object).map_err(unwritable)?;
            }
            if number != report.run.postings {
                return Err(unreadable(miscounted(number, "objects", report.run.postings)));
            }
            before += number;
        }
        out.flush().map_err(unwritable)
    }

    /// Makes the workbook and the page that were asked for, from what is joined.
    fn write_further(&self, run: &RunFile) -> Result<(), MergeError> {
        let folder = self.staging.folder();
        #[cfg(feature = "xlsx")]
        if self.further.xlsx {
            let failed = |cause| MergeError::Further { file: WORKBOOK, cause };
            workbook::write(&folder, run).map_err(failed)?;
        }
        if let Some(classifier) = self.further.html {
            let failed = |cause| MergeError::Further { file: html::NAME, cause };
            page::write(&folder, classifier, run).map_err(failed)?;
        }
        Ok(())
    }
}

/// Whether the page can be made from these reports with this classifier.
fn check_page(reports: &[Report], classifier: &Classifier) -> Result<(), MergeError> {
    let given = LexiconUsed::of(classifier.lexicon());
    for report in reports {
        if !report.run.settings.jsonl {
            return Err(MergeError::NoObjects(report.path.clone()));
        }
        if report.run.lexicon != given {
            let of_reports = report.run.lexicon.to_string();
            return Err(MergeError::Lexicon { of_reports, given: given.to_string() });
        }
    }
    Ok(())
}

fn unwritable(path: &Path, cause: io::Error) -> MergeError {
    StagingError::Unwritable { target: path.to_owned(), cause }.into()
}
