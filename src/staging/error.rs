//! Why a folder cannot be written or put in place.

use std::io;
use std::path::{Path, PathBuf};

use super::kind::Stranger;

/// A folder that cannot be written or put in place. Nothing of what stands there is changed, unless
/// the error says so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StagingError {
    /// Something stands there that is not an older report.
    #[error("{} {found}; it was not changed: choose another folder with --out", target.display())]
    Taken {
        /// The place as given.
        target: PathBuf,
        /// What was found.
        found: Stranger,
    },
    /// Something stands there, and what was to be written takes the place of nothing.
    #[error("{} exists already; give --out a new folder, so that nothing of yours is overwritten", .0.display())]
    Exists(PathBuf),
    /// The place is that of a file.
    #[error("{} is not a folder; it was not changed: choose another place with --out", .0.display())]
    NotAFolder(PathBuf),
    /// The place is a link that leads nowhere.
    #[error("{} is a link to {}, which does not exist; make that folder, or remove the link", target.display(), to.display())]
    Dangling {
        /// The place as given.
        target: PathBuf,
        /// Where the link leads.
        to: PathBuf,
    },
    /// Another process is putting its files there.
    #[error("another run is putting its report into {} just now; nothing was changed, run it again", .0.display())]
    Busy(PathBuf),
    /// A folder or file cannot be written.
    #[error("cannot write {}", target.display())]
    Unwritable {
        /// The place as given.
        target: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// Something came to stand there while the new folder was written.
    #[error("meanwhile {} {found}; it was not changed{}", target.display(), kept_in(kept.as_deref()))]
    Changed {
        /// The place as given.
        target: PathBuf,
        /// What was found.
        found: Stranger,
        /// Where the new folder stands instead, if it could be kept.
        kept: Option<PathBuf>,
    },
    /// What stood there could not be put back.
    #[error("cannot put back the older content of {}: it is in {}", target.display(), now.display())]
    Displaced {
        /// The place as given.
        target: PathBuf,
        /// Where it is now.
        now: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The files of a report were being replaced one by one.
    #[error("the report in {} is incomplete, as its run.json says; run it again", target.display())]
    Incomplete {
        /// The place as given.
        target: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

fn kept_in(kept: Option<&Path>) -> String {
    match kept {
        Some(path) => format!(", and the new one is in {}", path.display()),
        None => ", and the new one is not kept: choose another folder with --out".to_owned(),
    }
}
