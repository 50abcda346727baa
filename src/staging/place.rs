//! Where a folder is to stand, looked at before anything is written or read.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::StagingError;
use super::kind::{Found, Kind, Listing};
use super::system;
use super::temporary::Temporary;

/// A place for a folder.
#[derive(Debug)]
pub(super) struct Place {
    /// As it was given, for messages.
    pub given: PathBuf,
    /// The same from the root on, and with no link in it.
    pub path: PathBuf,
    /// Whether files are put into the folder that stands there, which cannot be replaced as a whole.
    pub in_place: bool,
    /// Whether a folder stands there.
    exists: bool,
}

impl Place {
    /// Finds out where `given` leads, and makes the folders above it; `parents` is told of them.
    pub(super) fn resolve(given: &Path, parents: &mut Vec<PathBuf>) -> Result<Self, StagingError> {
        let unwritable = |cause| StagingError::Unwritable { target: given.to_owned(), cause };
        // Without a slash at the end, so that a link is seen as one.
        let plain: PathBuf = given.components().collect();
        match plain.canonicalize() {
            Ok(path) if !path.is_dir() => return Err(StagingError::NotAFolder(given.to_owned())),
            Ok(path) => {
                let in_place = is_immovable(&path);
                return Ok(Self { given: given.to_owned(), path, in_place, exists: true });
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(unwritable(error)),
        }
        if let Ok(to) = fs::read_link(&plain) {
            return Err(StagingError::Dangling { target: given.to_owned(), to });
        }
        let name = plain.file_name().ok_or_else(|| unwritable(ErrorKind::NotFound.into()))?;
        let parent = make_folders(above(&plain), parents).map_err(unwritable)?;
        Ok(Self { given: given.to_owned(), path: parent.join(name), in_place: false, exists: false })
    }

    /// Makes a temporary folder from which the new one can be put in place: beside the place, or in the
    /// folder that stands there if that cannot be replaced as a whole.
    pub(super) fn temporary(&mut self, kind: Kind) -> io::Result<Temporary> {
        if !self.in_place {
            let made = Temporary::create(above(&self.path), kind, self.path.file_name());
            match made {
                Ok(temporary) if !self.exists || may_replace(&self.path, &temporary) => return Ok(temporary),
                Err(error) if !self.exists => return Err(error),
                Ok(_) | Err(_) => self.in_place = true,
            }
        }
        let temporary = Temporary::create(&self.path, kind, None)?;
        if may_replace_files(&self.path, kind, &temporary)? {
            return Ok(temporary);
        }
        Err(ErrorKind::PermissionDenied.into())
    }

    /// Looks at what stands there, temporary folders aside if it is, or may yet be, written in place.
    ///
    /// # Errors
    /// When it is neither nothing, nor an empty folder, nor an older one that is to be replaced.
    pub(super) fn look(&self, kind: Kind, in_place: bool) -> Result<Standing, StagingError> {
        let found = match Found::in_folder(&self.path, kind, in_place) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Standing::Nothing),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(StagingError::NotAFolder(self.given.clone()));
            }
            found => found.map_err(|cause| self.unwritable(cause))?,
        };
        match found {
            Found::Empty => Ok(Standing::Empty),
            Found::Older => Ok(Standing::Older),
            Found::Other(_) if kind == Kind::Lexicon => Err(StagingError::Exists(self.given.clone())),
            Found::Other(found) => Err(StagingError::Taken { target: self.given.clone(), found }),
        }
    }

    pub(super) fn unwritable(&self, cause: io::Error) -> StagingError {
        StagingError::Unwritable { target: self.given.clone(), cause }
    }
}

/// What stands in a place that may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Nothing,
    Empty,
    Older,
}

/// The folder that a path stands in.
pub(super) fn above(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes a folder and those above it, and says where it is.
fn make_folders(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<PathBuf> {
    let missing = folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists());
    *made = missing.map(Path::to_path_buf).collect();
    fs::create_dir_all(folder)?;
    folder.canonicalize()
}

/// Whether `path` is, or lies below, `folder`, whatever links lead to either.
#[must_use]
pub fn lies_in(path: &Path, folder: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    path.ancestors().any(|above| same_file::is_same_file(above, folder).unwrap_or(false))
}

/// Whether a folder cannot be moved away: the one this process stands in, or one where a file system
/// is mounted, as a volume of a container is.
fn is_immovable(folder: &Path) -> bool {
    same_file::is_same_file(folder, ".").unwrap_or(false)
        || folder.parent().is_none()
        || system::is_mounted(folder, above(folder))
}

/// Whether this process may put another folder in the place of `folder`.
fn may_replace(folder: &Path, temporary: &Temporary) -> bool {
    system::may_write(folder) && system::may_move(folder, above(folder), temporary.made_as())
}

/// Whether this process may put other files in the place of those in `folder`.
fn may_replace_files(folder: &Path, kind: Kind, temporary: &Temporary) -> io::Result<bool> {
    let files = Listing::of(folder, kind, true)?.files;
    Ok(files.iter().all(|file| system::may_move(&folder.join(file), folder, temporary.made_as())))
}
