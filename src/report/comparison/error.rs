//! Why two reports cannot be compared.

use std::io;
use std::path::PathBuf;

use crate::staging::StagingError;

/// Reports that cannot be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ComparisonError {
    /// A folder, or something else, that is no report.
    #[error("{} is no report: give a folder that `rolelean classify` or `merge` wrote, with its run.json", .0.display())]
    NotAReport(PathBuf),
    /// A report whose files were being replaced one by one.
    #[error("the report in {} is unfinished, as its run.json says: run its `rolelean classify` again", .0.display())]
    Unfinished(PathBuf),
    /// A report of another version of this program.
    #[error(
        "{} was written by rolelean {found}, and this is {}: classify its inputs again with this version",
        path.display(), env!("CARGO_PKG_VERSION")
    )]
    Version {
        /// The report.
        path: PathBuf,
        /// The version that wrote it.
        found: String,
    },
    /// The same report twice.
    #[error("{} and {} are the same report: give two", .0.display(), .1.display())]
    Same(PathBuf, PathBuf),
    /// Reports of lexicons with other roles.
    #[error(
        "{} is about {}, and {} about {}: only reports of the same two roles can be compared",
        paths[0].display(), roles[0], paths[1].display(), roles[1]
    )]
    Roles {
        /// The reports.
        paths: [PathBuf; 2],
        /// Their roles.
        roles: [String; 2],
    },
    /// A report without a posting.
    #[error("{} holds no posting: there is nothing to compare", .0.display())]
    Empty(PathBuf),
    /// A file of a report is missing, or is not what a report holds there.
    #[error("cannot compare {}: is its report whole?", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A report is, or lies in, the folder where the comparison is to stand.
    #[error(
        "{} is an input, so the comparison cannot be written to {}; choose another folder with --out",
        report.display(), target.display()
    )]
    InTarget {
        /// The report.
        report: PathBuf,
        /// The folder.
        target: PathBuf,
    },
    /// The comparison cannot be put in its place.
    #[error(transparent)]
    Folder(#[from] StagingError),
}
