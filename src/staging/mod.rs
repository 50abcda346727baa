//! Folders that are written aside and put in place whole, without touching anything that is not ours.
//!
//! In the order in which the system is asked:
//!
//! 1. The place is found: links are followed, the folders above it are made. What stands there must be
//!    nothing, an empty folder or, for a report, an older report: a folder that holds nothing but files with
//!    names of ours, among them a `run.json` of ours. Anything else is an error, before anything is written.
//! 2. A temporary folder is made beside the place: `.rolelean-tmp-PROCESS-NUMBER`, open to nobody else. In it
//!    a marker is made, locked and written, and then the folder `new`. Temporary folders that ended processes
//!    left are cleared; see below.
//! 3. The files are written into `new`.
//! 4. What stands in the place is looked at again. If it is an older report, the new files are synced to the disk.
//! 5. `new` is renamed to the place; or, if an older report stands there, the two change places at once. Where
//!    the system does not know how, the older one is first renamed to `aside`.
//! 6. What stood there is looked at a last time. If something has come to stand in it, the two change places
//!    again, and the new one is kept beside it. Else what a desktop or an office program keeps there, such as
//!    `.DS_Store`, moves into the new folder; the other files are removed by their names, and then the empty folder.
//! 7. The marker and the empty temporary folder are removed.
//!
//! Wherever a process ends, the older report stands in its place, or the new one does, whole. Only between
//! the two renamings of step 5, on a file system that cannot exchange folders, neither does; the next run
//! puts the older one back.
//!
//! **In place.** The folder a process stands in, a mounted one, or one in a folder that may not be
//! written cannot be replaced. Then the temporary folder stands in it, and steps 5 and 6 are: `run.json` is
//! replaced by one that says that the report is unfinished; each new file is renamed over the older one;
//! older files that the new report does not have are removed; `run.json` comes last. Wherever a process ends,
//! a `run.json` that gives figures vouches for files that belong together. A report that is unfinished counts as an older one.
//!
//! **Left-overs.** A temporary folder is cleared by a later run if the same user made it, its marker is
//! a file of ours that names this machine since its last start, and its lock is free. What such a folder holds is removed
//! by names as well, and stays if it holds anything else.

mod desktop;
mod error;
mod file;
mod kind;
mod place;
mod publish;
mod system;
mod temporary;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub(crate) use desktop::is_desktop_file;
pub use error::StagingError;
pub use file::{FilesError, replace_file, replace_files};
pub use kind::{COMPARISON_FILES, Kind, REPORT_FILES, Stranger, is_report};
pub use place::lies_in;
pub use temporary::LeftOver;

use place::Place;
use publish::Publication;
use temporary::Temporary;

/// A folder that is being written, beside the place where it will stand.
///
/// Dropped, it is gone, and nothing has changed in that place.
///
/// ```
/// use rolelean::staging::{Kind, Staging};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let place = folder.path().join("mine");
/// let staging = Staging::create(&place, Kind::Lexicon)?;
/// std::fs::write(staging.folder().join("lexicon.toml"), "name = \"mine\"\n")?;
/// assert!(!place.exists());
/// staging.publish()?;
/// assert!(place.join("lexicon.toml").is_file());
///
/// // It is never written over.
/// assert!(Staging::create(&place, Kind::Lexicon).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Staging {
    kind: Kind,
    place: Place,
    temporary: Temporary,
}

/// A folder that stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Published {
    /// The place, as it was given.
    pub folder: PathBuf,
    /// Where the older one is now, if it could not be removed.
    pub older: Option<PathBuf>,
}

impl Staging {
    /// Finds out whether a folder can be put at `target`, and makes one to write in.
    ///
    /// # Errors
    /// When something stands there that is not to be replaced, or nothing can be written there.
    pub fn create(target: &Path, kind: Kind) -> Result<Self, StagingError> {
        let mut parents = Vec::new();
        let begun = Self::begin(target, kind, &mut parents);
        if begun.is_err() {
            for parent in &parents {
                // Those that nobody has put anything into.
                let _ = std::fs::remove_dir(parent);
            }
        }
        begun
    }

    fn begin(target: &Path, kind: Kind, parents: &mut Vec<PathBuf>) -> Result<Self, StagingError> {
        let mut place = Place::resolve(target, parents)?;
        place.look(kind, true)?;
        let temporary = place.temporary(kind).map_err(|cause| place.unwritable(cause))?;
        let temporary = temporary.with_parents(parents.clone());
        temporary.clear_left_overs(place::above(&place.path));
        temporary.clear_left_overs(&place.path);
        place.look(kind, place.in_place)?;
        Ok(Self { kind, place, temporary })
    }

    /// The folder in which all files are to be written.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.temporary.new_folder()
    }

    /// What is to be removed by whoever ends the process before the folder is published.
    #[must_use]
    pub fn left_over(&self) -> LeftOver {
        self.temporary.left_over().clone()
    }

    /// Puts the folder in its place. No file in it may be open any more.
    ///
    /// # Errors
    /// When that cannot be done; what stands there is then as it was, unless the error says otherwise.
    pub fn publish(mut self) -> Result<Published, StagingError> {
        let publication = Publication { place: &self.place, temporary: &mut self.temporary, kind: self.kind };
        let older = publication.run()?;
        self.temporary.keep_parents();
        Ok(Published { folder: self.place.given.clone(), older })
    }
}
