//! Joins the reports of separate runs into the one that a single run would have written.
//!
//! The tables of postings, matches and skipped inputs are copied one behind another, a
//! piece at a time, so that memory does not grow with them. Those of skills are added up,
//! see [`skills`].

mod skills;

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::jsonl;
use super::run_file::{self, RunFile};
use crate::file;
use crate::staging::{Kind, LeftOver, Published, Staging, StagingError, lies_in};
use skills::Skills;

/// Bytes of a table that are held at once.
const PIECE: usize = 1 << 18;
/// What a report may hold besides that cannot be joined without classifying anew.
const NOT_JOINED: [&str; 2] = ["report.html", "report.xlsx"];

/// Reports that cannot be joined.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// No report was given.
    #[error("no report is given")]
    Nothing,
    /// The joined report cannot be put in its place.
    #[error(transparent)]
    Report(#[from] StagingError),
    /// A file of a report is missing, or is not what a report holds there.
    #[error("cannot join {}: is its report whole, and of this version?", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// Two reports whose rows do not belong in one table.
    #[error(
        "{} and {} cannot be joined, for they differ in {}; classify one of them anew",
        first.display(), other.display(), list(differences)
    )]
    Differ {
        /// The first report.
        first: PathBuf,
        /// The first one that differs from it.
        other: PathBuf,
        /// All that differs.
        differences: Vec<Difference>,
    },
    /// A run that marked repeated postings, which it cannot know of other runs.
    #[error(
        "{} was made with --dedupe, which sees the postings of its own run alone; classify anew without it",
        .0.display()
    )]
    Dedupe(PathBuf),
    /// A report was given twice.
    #[error("{} is given twice: its postings would be counted twice", .0.display())]
    Twice(PathBuf),
    /// A report is, or lies in, the folder where the joined one is to stand.
    #[error(
        "{} is to be joined, and {} is where the joined report is to stand; choose another folder with --out",
        report.display(), target.display()
    )]
    InTarget {
        /// The report.
        report: PathBuf,
        /// The folder.
        target: PathBuf,
    },
    /// No report holds a posting.
    #[error("none of the reports holds a posting; nothing is joined")]
    Empty,
}

/// One thing in which two reports differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What.
    pub what: &'static str,
    /// What it is in the first report.
    pub first: String,
    /// What it is in the other.
    pub other: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} and {})", self.what, self.first, self.other)
    }
}

fn list(differences: &[Difference]) -> String {
    differences.iter().map(Difference::to_string).collect::<Vec<_>>().join(", ")
}

/// What was joined.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Merged {
    /// The postings of all reports.
    pub postings: u64,
    /// The inputs that were skipped in all runs.
    pub skipped: u64,
    /// Files that stand in some reports and not in the joined one: a page or workbook, which
    /// `classify` alone makes, or objects that not all reports have.
    pub left_out: Vec<&'static str>,
}

/// A joined report that is being written.
///
/// ```no_run
/// use rolelean::report::Merge;
///
/// # fn main() -> Result<(), rolelean::report::MergeError> {
/// let merge = Merge::begin(vec!["monday".into(), "tuesday".into()], "both".as_ref())?;
/// let merged = merge.join()?;
/// let joined = merge.publish()?;
/// println!("{} postings in {}", merged.postings, joined.folder.display());
/// # Ok(())
/// # }
/// ```
pub struct Merge {
    reports: Vec<Report>,
    target: PathBuf,
    staging: Staging,
}

/// A report to be joined.
struct Report {
    path: PathBuf,
    run: RunFile,
}

impl Merge {
    /// Holds the reports against each other, and starts a report that will stand at `target`.
    ///
    /// # Errors
    /// When a report cannot be read, when two differ in what their rows depend on, when none holds
    /// a posting, or when the joined one cannot be written.
    pub fn begin(reports: Vec<PathBuf>, target: &Path) -> Result<Self, MergeError> {
        check_places(&reports, target)?;
        let reports = reports.into_iter().map(Report::open).collect::<Result<Vec<Report>, _>>()?;
        let Some((first, others)) = reports.split_first() else { return Err(MergeError::Nothing) };
        others.iter().try_for_each(|other| compare(first, other))?;
        if let Some(report) = reports.iter().find(|report| report.run.settings.dedupe && !others.is_empty()) {
            return Err(MergeError::Dedupe(report.path.clone()));
        }
        if reports.iter().all(|report| report.run.postings == 0) {
            return Err(MergeError::Empty);
        }
        let staging = Staging::create(target, Kind::Report)?;
        Ok(Self { reports, target: target.to_owned(), staging })
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
        let sum = RunFile::sum(self.reports.iter().map(|report| &report.run)).ok_or(MergeError::Nothing)?;
        self.join_table("postings.csv", |run| Some(run.postings))?;
        self.join_table("matches.csv", |_| None)?;
        self.join_table("skipped.csv", |run| Some(run.skipped))?;
        self.join_skills(&sum)?;
        let mut left_out: Vec<&str> = NOT_JOINED.into_iter().filter(|name| self.holders(name) > 0).collect();
        match self.holders(jsonl::NAME) {
            0 => {}
            all if all == self.reports.len() => self.join_objects()?,
            _ => left_out.insert(0, jsonl::NAME),
        }
        sum.write(&self.staging.folder()).map_err(|cause| unwritable(&self.target, cause))?;
        Ok(Merged { postings: sum.postings, skipped: sum.skipped, left_out })
    }

    /// Puts the joined report in place; an older report there is replaced whole.
    ///
    /// # Errors
    /// When it cannot be put there; see [`Staging::publish`].
    pub fn publish(self) -> Result<Published, MergeError> {
        Ok(self.staging.publish()?)
    }

    /// How many of the reports have this file.
    fn holders(&self, name: &str) -> usize {
        self.reports.iter().filter(|report| report.path.join(name).is_file()).count()
    }

    fn create(&self, name: &str) -> Result<BufWriter<File>, MergeError> {
        let file = File::create(self.staging.folder().join(name));
        file.map(BufWriter::new).map_err(|cause| unwritable(&self.target, cause))
    }

    /// Copies a table of all reports under one header. `rows` says how many rows it has,
    /// where that is known: one that was cut off on its way here is found out.
    fn join_table(&self, name: &str, rows: impl Fn(&RunFile) -> Option<u64>) -> Result<(), MergeError> {
        let mut out = self.create(name)?;
        let mut joined = Vec::new();
        for report in &self.reports {
            let expected = rows(&report.run);
            let unreadable = |cause| report.unreadable(name, cause);
            let mut table = report.reader(name)?;
            let mut header = Vec::new();
            table.read_until(b'\n', &mut header).map_err(unreadable)?;
            if joined.is_empty() {
                out.write_all(&header).map_err(|cause| unwritable(&self.target, cause))?;
                joined = header;
            } else if joined != header {
                return Err(unreadable(invalid("its columns are not those of the first report")));
            }
            let found = self.copy(&mut table, &mut out, &unreadable)?;
            if expected.is_some_and(|expected| expected != found.rows) || found.quoted || found.open {
                let expected = expected.map_or("whole rows".to_owned(), |expected| format!("{expected} rows"));
                return Err(unreadable(invalid(&format!("it has {} whole rows, expected {expected}", found.rows))));
            }
        }
        out.flush().map_err(|cause| unwritable(&self.target, cause))
    }

    /// Copies the rest of a table, and counts its rows.
    fn copy(
        &self,
        table: &mut impl BufRead,
        out: &mut impl Write,
        unreadable: &impl Fn(io::Error) -> MergeError,
    ) -> Result<Counted, MergeError> {
        let mut counted = Counted::default();
        loop {
            let piece = table.fill_buf().map_err(unreadable)?;
            if piece.is_empty() {
                return Ok(counted);
            }
            counted.add(piece);
            out.write_all(piece).map_err(|cause| unwritable(&self.target, cause))?;
            let used = piece.len();
            table.consume(used);
        }
    }

    fn join_skills(&self, sum: &RunFile) -> Result<(), MergeError> {
        let mut skills = Skills::default();
        for report in &self.reports {
            let added = file::read(&report.path.join(skills::NAME)).and_then(|table| skills.add(&table));
            added.map_err(|cause| report.unreadable(skills::NAME, cause))?;
        }
        let mut out = self.create(skills::NAME)?;
        let written = out.write_all(&skills.table(sum)).and_then(|()| out.flush());
        written.map_err(|cause| unwritable(&self.target, cause))
    }

    fn join_objects(&self) -> Result<(), MergeError> {
        let mut out = self.create(jsonl::NAME)?;
        for report in &self.reports {
            let unreadable = |cause| report.unreadable(jsonl::NAME, cause);
            let found = self.copy(&mut report.reader(jsonl::NAME)?, &mut out, &unreadable)?.lines;
            let expected = report.run.postings;
            if found != expected {
                return Err(unreadable(invalid(&format!("it has {found} lines, expected {expected}"))));
            }
        }
        out.flush().map_err(|cause| unwritable(&self.target, cause))
    }
}

/// What a table was found to hold while it was copied. By RFC 4180 a quotation mark
/// inside a cell is doubled, so that an odd number of them has gone by inside a quoted cell alone.
#[derive(Default)]
struct Counted {
    rows: u64,
    lines: u64,
    quoted: bool,
    /// The last line does not end.
    open: bool,
}

impl Counted {
    fn add(&mut self, piece: &[u8]) {
        for byte in piece {
            self.quoted ^= *byte == b'"';
            self.lines += u64::from(*byte == b'\n');
            self.rows += u64::from(*byte == b'\n' && !self.quoted);
        }
        self.open = piece.last() != Some(&b'\n');
    }
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

fn unwritable(path: &Path, cause: io::Error) -> MergeError {
    StagingError::Unwritable { target: path.to_owned(), cause }.into()
}

impl Report {
    fn open(path: PathBuf) -> Result<Self, MergeError> {
        match RunFile::read(&path) {
            Ok(run) => Ok(Self { path, run }),
            Err(cause) => Err(MergeError::Unreadable { path: path.join(run_file::NAME), cause }),
        }
    }

    fn reader(&self, name: &str) -> Result<BufReader<File>, MergeError> {
        let file = file::open(&self.path.join(name)).map_err(|cause| self.unreadable(name, cause))?;
        Ok(BufReader::with_capacity(PIECE, file))
    }

    fn unreadable(&self, name: &str, cause: io::Error) -> MergeError {
        MergeError::Unreadable { path: self.path.join(name), cause }
    }
}

/// No report may be joined with itself, nor replaced while it is read.
fn check_places(reports: &[PathBuf], target: &Path) -> Result<(), MergeError> {
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

/// Holds what the rows of two reports depend on against each other.
fn compare(first: &Report, other: &Report) -> Result<(), MergeError> {
    let runs = [&first.run, &other.run];
    let lexicon = |run: &RunFile| {
        let used = &run.lexicon;
        format!("{} {}, sha256 {}", used.name, used.version, used.sha256)
    };
    let told: [(&str, [String; 2]); 4] = [
        ("version", runs.map(|run| run.rolelean.clone())),
        ("lexicon", runs.map(lexicon)),
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
    Err(MergeError::Differ { first: first.path.clone(), other: other.path.clone(), differences })
}
