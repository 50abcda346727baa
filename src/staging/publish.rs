//! Putting a finished folder in its place.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::error::StagingError;
use super::kind::{Found, Kind, Listing, Stranger, Unfinished};
use super::place::{Place, Standing, above};
use super::temporary::{Temporary, remove_known};

/// How many names are tried for a folder that cannot stand in its place.
const NAMES: usize = 100;

/// A finished folder on its way to its place.
pub(super) struct Publication<'p> {
    pub place: &'p Place,
    pub temporary: &'p mut Temporary,
    pub kind: Kind,
}

impl Publication<'_> {
    /// Puts the new folder in place. What remains of the older one, if it cannot all be removed, is said.
    pub(super) fn run(mut self) -> Result<Option<PathBuf>, StagingError> {
        let standing = self.look_again()?;
        if self.place.in_place { self.fill_folder(standing).map(|()| None) } else { self.replace_folder(standing) }
    }

    /// The new folder takes the place of the older one at once.
    fn replace_folder(&mut self, standing: Standing) -> Result<Option<PathBuf>, StagingError> {
        let (new, target) = (self.temporary.new_folder(), &self.place.path);
        if standing != Standing::Nothing {
            // As open to readers as the one that stands there.
            let _ = copy_rights(target, &new);
        }
        if standing == Standing::Older {
            // The older report is given up only for one that a power cut does not take.
            sync(&new, self.kind).map_err(|cause| self.place.unwritable(cause))?;
        }
        let Err(cause) = fs::rename(&new, target) else { return Ok(None) };
        // A folder that is not empty cannot be renamed over; on some systems none can.
        let standing = self.look_again()?;
        if standing == Standing::Nothing {
            return Err(self.place.unwritable(cause));
        }
        match exchange(&new, target, &self.temporary.aside()) {
            Ok(older) => self.give_up_older(&older),
            Err(NotExchanged { cause, displaced: false }) if is_immovable(&cause) => {
                self.fill_folder(standing).map(|()| None)
            }
            Err(error) => Err(self.not_exchanged(error)),
        }
    }

    /// Removes the folder that stood in the place until now, and puts it back if something has come
    /// to stand in it.
    pub(super) fn give_up_older(&mut self, older: &Path) -> Result<Option<PathBuf>, StagingError> {
        if let Ok(Found::Other(stranger)) = Found::in_folder(older, self.kind, false) {
            return Err(self.put_back(older, stranger));
        }
        let removed = sync_folder(above(&self.place.path)).and_then(|()| remove_known(older, self.kind));
        if removed.is_err() {
            self.temporary.leave();
        }
        Ok(removed.is_err().then(|| older.to_owned()))
    }

    /// Puts the folder back that stood in the place, and keeps the new one elsewhere.
    fn put_back(&mut self, older: &Path, stranger: Stranger) -> StagingError {
        match exchange(older, &self.place.path, &self.temporary.aside()) {
            Ok(_) => self.changed(stranger),
            Err(NotExchanged { cause, displaced }) => {
                self.temporary.leave();
                self.displaced(if displaced { self.temporary.aside() } else { older.to_owned() }, cause)
            }
        }
    }

    /// The place is as it was; or what stood there is aside, and the next run puts it back.
    fn not_exchanged(&mut self, error: NotExchanged) -> StagingError {
        if !error.displaced {
            return self.place.unwritable(error.cause);
        }
        self.temporary.leave();
        self.displaced(self.temporary.aside(), error.cause)
    }

    fn displaced(&self, now: PathBuf, cause: io::Error) -> StagingError {
        StagingError::Displaced { target: self.place.given.clone(), now, cause }
    }

    /// The files of the new folder are put into the one that stands there.
    fn fill_folder(&mut self, standing: Standing) -> Result<(), StagingError> {
        let new = self.temporary.new_folder();
        // Two at a time would mix their files.
        let _lock = lock_folder(&self.place.path).ok_or_else(|| StagingError::Busy(self.place.given.clone()))?;
        let unwritable = |cause| self.place.unwritable(cause);
        let listing = Listing::of(&new, self.kind, false).map_err(unwritable)?;
        if self.kind == Kind::Lexicon {
            return self.add_files(&new, &listing).map_err(unwritable);
        }
        if standing == Standing::Older {
            sync(&new, self.kind).map_err(unwritable)?;
        }
        self.mark_unfinished().map_err(unwritable)?;
        let incomplete = |cause| StagingError::Incomplete { target: self.place.given.clone(), cause };
        self.replace_files(&new, &listing.files).map_err(incomplete)
    }

    /// Each new file takes the place of the older one, `run.json` last.
    fn replace_files(&self, new: &Path, files: &[PathBuf]) -> io::Result<()> {
        let (target, mark) = (&self.place.path, Path::new(self.kind.mark()));
        for file in files.iter().filter(|file| *file != mark) {
            fs::rename(new.join(file), target.join(file))?;
        }
        let older = Listing::of(target, self.kind, true)?.files;
        for file in older.iter().filter(|file| *file != mark && !files.contains(file)) {
            fs::remove_file(target.join(file))?;
        }
        let _ = sync_folder(target);
        fs::rename(new.join(mark), target.join(mark))
    }

    /// Each new file is put where none stands; all are taken away again if that fails for one.
    pub(super) fn add_files(&self, new: &Path, listing: &Listing) -> io::Result<()> {
        let target = &self.place.path;
        let mut added = Vec::new();
        let folders = listing.folders.iter().map(|folder| (folder, true));
        let added_all =
            folders.chain(listing.files.iter().map(|file| (file, false))).try_for_each(|(path, is_folder)| {
                let place = target.join(path);
                if is_folder {
                    fs::create_dir(&place)?
                } else {
                    add_file(&new.join(path), &place)?
                }
                added.push((place, is_folder));
                Ok(())
            });
        added_all.inspect_err(|_| {
            for (place, is_folder) in added.iter().rev() {
                let _ = if *is_folder { fs::remove_dir(place) } else { fs::remove_file(place) };
            }
        })
    }

    pub(super) fn mark_unfinished(&self) -> io::Result<()> {
        let path = self.temporary.unfinished();
        let mut file = File::create(&path)?;
        serde_json::to_writer_pretty(&mut file, &Unfinished::MARK)?;
        file.write_all(b"\n")?;
        file.sync_all().or_else(unless_unknown)?;
        fs::rename(path, self.place.path.join(self.kind.mark()))
    }

    /// Looks at the place once more, right before it is taken.
    fn look_again(&mut self) -> Result<Standing, StagingError> {
        self.place.look(self.kind, self.place.in_place).map_err(|error| match error {
            StagingError::Taken { found, .. } => self.changed(found),
            other => other,
        })
    }

    /// Keeps the new folder near its place, which cannot be taken.
    fn changed(&mut self, found: Stranger) -> StagingError {
        let kept = self.keep();
        if kept.is_some() {
            self.temporary.keep_parents();
        }
        StagingError::Changed { target: self.place.given.clone(), found, kept }
    }

    fn keep(&self) -> Option<PathBuf> {
        let path = &self.place.path;
        let name = path.file_name().map_or("rolelean-report".into(), |name| name.to_string_lossy());
        let folder = if self.place.in_place { path } else { above(path) };
        let names = (1..=NAMES).map(|number| match number {
            1 => format!("{name}-new"),
            _ => format!("{name}-new-{number}"),
        });
        let free = names.map(|name| folder.join(name)).find(|path| path.symlink_metadata().is_err())?;
        fs::rename(self.temporary.new_folder(), &free).is_ok().then_some(free)
    }
}

/// Puts a file where none stands; a renaming would replace one.
fn add_file(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|error| match error.kind() {
        ErrorKind::AlreadyExists => Err(error),
        _ if to.symlink_metadata().is_ok() => Err(ErrorKind::AlreadyExists.into()),
        // Not every file system has hard links.
        _ => fs::rename(from, to),
    })
}

/// Two folders that have not changed places.
#[derive(Debug)]
pub(super) struct NotExchanged {
    /// Why.
    pub cause: io::Error,
    /// Whether the second one is aside and could not be put back. Else both are where they were.
    pub displaced: bool,
}

/// Lets two folders change places: at once where the system can, else by way of `aside`. Says where
/// the second one is then.
fn exchange(first: &Path, second: &Path, aside: &Path) -> Result<PathBuf, NotExchanged> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, first, CWD, second, RenameFlags::EXCHANGE).map_err(io::Error::from) {
            Ok(()) => return Ok(first.to_owned()),
            Err(error) if is_unknown(&error) => {}
            Err(cause) => return Err(NotExchanged { cause, displaced: false }),
        }
    }
    exchange_by_way_of(first, second, aside, &mut |from, to| fs::rename(from, to))
}

/// Lets two folders change places in three steps. A process that ends after the first leaves the second
/// folder aside, from where the next run puts it back.
pub(super) fn exchange_by_way_of(
    first: &Path,
    second: &Path,
    aside: &Path,
    rename: &mut dyn FnMut(&Path, &Path) -> io::Result<()>,
) -> Result<PathBuf, NotExchanged> {
    rename(second, aside).map_err(|cause| NotExchanged { cause, displaced: false })?;
    if let Err(cause) = rename(first, second) {
        let displaced = rename(aside, second).is_err();
        return Err(NotExchanged { cause, displaced });
    }
    // Both have left their places. That one does not reach its new place is no failure any more.
    Ok(if rename(aside, first).is_ok() { first } else { aside }.to_owned())
}

fn copy_rights(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "changed below on other systems"))]
    let mut rights = from.metadata()?.permissions();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // It must still be moved.
        rights.set_mode(rights.mode() | 0o700);
    }
    fs::set_permissions(to, rights)
}

/// Has the files of a folder, and then their names, written to the disk.
fn sync(folder: &Path, kind: Kind) -> io::Result<()> {
    for file in Listing::of(folder, kind, false)?.files {
        OpenOptions::new().write(true).open(folder.join(file))?.sync_all().or_else(unless_unknown)?;
    }
    sync_folder(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all().or_else(unless_unknown)
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether a file system does not know how to do what it was asked.
fn is_unknown(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported)
}

fn unless_unknown(error: io::Error) -> io::Result<()> {
    if is_unknown(&error) { Ok(()) } else { Err(error) }
}

/// Whether a folder cannot be moved, though its files may: it is mounted, or a layer below holds it.
fn is_immovable(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::CrossesDevices | ErrorKind::PermissionDenied | ErrorKind::ResourceBusy)
}

/// Locks a folder, and gives nothing if another process holds it.
#[cfg(unix)]
fn lock_folder(folder: &Path) -> Option<Option<File>> {
    // Where a folder cannot be locked nobody can tell.
    let Ok(file) = File::open(folder) else { return Some(None) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        Ok(()) | Err(TryLockError::Error(_)) => Some(Some(file)),
    }
}

#[cfg(not(unix))]
fn lock_folder(_: &Path) -> Option<Option<File>> {
    Some(None)
}
