//! Putting a finished folder in its place.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::error::StagingError;
use super::kind::{Found, Kind, Listing, Stranger, Unfinished};
use super::place::{Place, Standing, above};
use super::system::{self, Locked, exchange_at_once, is_unknown, sync_folder};
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
        let removed = sync_folder(above(&self.place.path))
            .and_then(|()| self.move_desktop_files(older))
            .and_then(|()| remove_known(older, self.kind));
        if removed.is_err() {
            self.temporary.leave();
        }
        Ok(removed.is_err().then(|| older.to_owned()))
    }

    /// Moves what a desktop keeps in the older folder to the new one: it is not ours to remove.
    fn move_desktop_files(&self, older: &Path) -> io::Result<()> {
        let files = Listing::of(older, self.kind, false)?.desktop;
        files.iter().try_for_each(|file| fs::rename(older.join(file), self.place.path.join(file)))
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
        let _lock = Locked::folder(&self.place.path).ok_or_else(|| StagingError::Busy(self.place.given.clone()))?;
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
        let (mut folders, mut files) = (0, 0);
        let mut add = || -> io::Result<()> {
            for folder in &listing.folders {
                fs::create_dir(target.join(folder))?;
                folders += 1;
            }
            for file in &listing.files {
                add_file(&new.join(file), &target.join(file))?;
                files += 1;
            }
            Ok(())
        };
        let added = add();
        if added.is_err() {
            for file in &listing.files[..files] {
                let _ = fs::remove_file(target.join(file));
            }
            for folder in &listing.folders[..folders] {
                let _ = fs::remove_dir(target.join(folder));
            }
        }
        added
    }

    pub(super) fn mark_unfinished(&self) -> io::Result<()> {
        let path = self.temporary.unfinished();
        let mut file = File::create(&path)?;
        serde_json::to_writer_pretty(&mut file, &Unfinished::MARK)?;
        file.write_all(b"\n")?;
        system::sync(&file)?;
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
    match exchange_at_once(first, second) {
        Ok(()) => Ok(first.to_owned()),
        Err(error) if is_unknown(&error) => {
            exchange_by_way_of(first, second, aside, &mut |from, to| fs::rename(from, to))
        }
        Err(cause) => Err(NotExchanged { cause, displaced: false }),
    }
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
    fs::set_permissions(to, system::movable(from.metadata()?.permissions()))
}

/// Has the files of a folder, and then their names, written to the disk.
fn sync(folder: &Path, kind: Kind) -> io::Result<()> {
    for file in Listing::of(folder, kind, false)?.files {
        system::sync(&OpenOptions::new().write(true).open(folder.join(file))?)?;
    }
    sync_folder(folder)
}

/// Whether a folder cannot be moved, though its files may: it is mounted, or a layer below holds it.
fn is_immovable(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::CrossesDevices | ErrorKind::PermissionDenied | ErrorKind::ResourceBusy)
}
