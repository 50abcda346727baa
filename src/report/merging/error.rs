//! Why reports cannot be joined.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::staging::StagingError;

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
    /// A page or workbook cannot be made from what was joined.
    #[error("cannot make {file} from the joined report")]
    Further {
        /// The file.
        file: &'static str,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// Two reports whose rows do not belong in one table.
    #[error(
        "{} and {} cannot be joined, because they differ in {}; classify one of them again",
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
        "{} was made with --dedupe, which compares only postings of one run; classify again without it",
        .0.display()
    )]
    Dedupe(PathBuf),
    /// A report of another version of this program.
    #[error(
        "{} was written by rolelean {found}, and this is {}: classify again with this version, or join with that one",
        path.display(), env!("CARGO_PKG_VERSION")
    )]
    Version {
        /// The report.
        path: PathBuf,
        /// The version that wrote it.
        found: String,
    },
    /// A report that does not say how many rows its tables have.
    #[error(
        "{} does not say how many rows its tables have, as older reports do not: classify again with this version",
        .0.display()
    )]
    Uncounted(PathBuf),
    /// A report that does not say which postings it is made of.
    #[error("{} does not say which texts it was made from, as older reports and those of more than 7 million postings do not: \
         classify again without --since", .0.display())]
    Untold(PathBuf),
    /// Counts that cannot be those of runs.
    #[error(
        "`{0}` in the run.json of all reports together is too large: one of them was changed; \
         classify its inputs again"
    )]
    Overflow(&'static str),
    /// A page is asked for, and a report has no objects to make it from.
    #[error(
        "report.html is made from the texts in postings.jsonl, and {} has none: classify its inputs again with --jsonl, \
         or go on without --html and --jsonl",
        .0.display()
    )]
    NoObjects(PathBuf),
    /// A page is asked for by another lexicon than that of the reports.
    #[error(
        "the reports were made with the lexicon {of_reports}, and report.html would be with {given}: give the lexicon \
         of the reports with --lexicon and --extend"
    )]
    Lexicon {
        /// The lexicon of the reports.
        of_reports: String,
        /// The one that was given.
        given: String,
    },
    /// A report was given twice.
    #[error("{} is given twice: its postings would be counted twice", .0.display())]
    Twice(PathBuf),
    /// A report is, or lies in, the folder where the joined one is to stand.
    #[error(
        "{} is an input, so the joined report cannot be written to {}; choose another folder with --out",
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
