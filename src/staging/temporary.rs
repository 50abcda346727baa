//! The folder in which something is written until it is put in place, and the clearing of those that
//! processes left which ended before.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::file::open_itself_to_lock;

use super::kind::{Kind, Listing, RunFound, TEMPORARY, if_there, is_temporary, run_of};
use super::system::{are_alike, host, make_private};

/// The file in one that says whose it is, and is locked while its process lives.
const MARKER: &str = "rolelean-staging.json";
/// The folder in it that is to be put in place; what stood there before, once they have changed places.
const NEW: &str = "new";
/// Where the older one waits in between, if the system cannot let two folders change places at once.
const ASIDE: &str = "aside";
/// The mark that is put in place before the files of an older report are replaced one by one.
const UNFINISHED: &str = "unfinished.json";
/// The largest marker that is read.
const MARKER_BYTES: u64 = 1 << 16;
/// How often another process may take a folder for a left-over before its marker is locked.
const TRIES: usize = 16;

/// What a marker says. A folder whose marker does not parse is not ours to clear.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marker {
    /// The version of this program.
    rolelean: String,
    staging: Kind,
    /// The name that the folder is to have, where it will stand beside the temporary one.
    target: Option<String>,
    /// The machine that the process runs on; see [`host`].
    host: Option<String>,
    process: u32,
}

/// What is to be removed when nothing is put in place, for whoever ends the process.
#[derive(Debug, Clone)]
pub struct LeftOver {
    kind: Kind,
    temporary: PathBuf,
    /// Folders that were made to stand in, the innermost first.
    parents: Vec<PathBuf>,
}

impl LeftOver {
    /// Removes the temporary folder with the files of ours in it. One that holds anything else stays,
    /// and so does one that holds an older report: the next run puts that back where it is missed.
    pub fn remove(&self) {
        let has_older = fs::symlink_metadata(self.temporary.join(ASIDE)).is_ok();
        if !has_older && remove_temporary(&self.temporary, self.kind).is_ok() {
            self.remove_parents();
        }
    }

    /// Removes the parents that nobody has put anything into.
    fn remove_parents(&self) {
        for parent in &self.parents {
            if fs::remove_dir(parent).is_err() {
                break;
            }
        }
    }
}

/// A temporary folder of this process; removed when dropped.
#[derive(Debug)]
pub(super) struct Temporary {
    left_over: LeftOver,
    made_as: Metadata,
    /// Locked until the process ends. Where a file system knows no locks nobody clears anything.
    lock: Option<File>,
    stays: bool,
}

impl Temporary {
    /// Makes a folder in `parent` for one that will be called `target` there, if it will stand there.
    pub(super) fn create(parent: &Path, kind: Kind, target: Option<&OsStr>) -> io::Result<Self> {
        let mut made = Self::try_create(parent, kind, target);
        for _ in 1..TRIES {
            match made.as_ref().map_err(io::Error::kind) {
                // Another process may have taken it for a left-over.
                Err(ErrorKind::NotFound | ErrorKind::WouldBlock) => made = Self::try_create(parent, kind, target),
                _ => break,
            }
        }
        made
    }

    fn try_create(parent: &Path, kind: Kind, target: Option<&OsStr>) -> io::Result<Self> {
        let (temporary, ()) = make_temporary(parent, make_private)?;
        let begin = || -> io::Result<(File, Metadata)> {
            let lock = lock_marker(&temporary.join(MARKER))?;
            let target = target.and_then(OsStr::to_str).map(str::to_owned);
            let (rolelean, process) = (env!("CARGO_PKG_VERSION").to_owned(), std::process::id());
            let marker = Marker { rolelean, staging: kind, target, host: host()?, process };
            (&lock).write_all(&serde_json::to_vec(&marker)?)?;
            // Unlike the temporary one, as open to readers as any new folder.
            fs::create_dir(temporary.join(NEW))?;
            Ok((lock, fs::symlink_metadata(&temporary)?))
        };
        let (lock, made_as) = begin().inspect_err(|_| {
            let _ = remove_temporary(&temporary, kind);
        })?;
        let left_over = LeftOver { kind, temporary, parents: Vec::new() };
        Ok(Self { left_over, made_as, lock: Some(lock), stays: false })
    }

    /// The folder that is to be put in place.
    pub(super) fn new_folder(&self) -> PathBuf {
        self.left_over.temporary.join(NEW)
    }

    /// A place for an older one, where two folders cannot change places at once.
    pub(super) fn aside(&self) -> PathBuf {
        self.left_over.temporary.join(ASIDE)
    }

    /// A place for the mark that is put in place before files are replaced one by one.
    pub(super) fn unfinished(&self) -> PathBuf {
        self.left_over.temporary.join(UNFINISHED)
    }

    /// What the system said of this folder when it was made.
    pub(super) fn made_as(&self) -> &Metadata {
        &self.made_as
    }

    pub(super) fn left_over(&self) -> &LeftOver {
        &self.left_over
    }

    /// Has the folders that were made to stand in removed with this one.
    pub(super) fn with_parents(mut self, parents: Vec<PathBuf>) -> Self {
        self.left_over.parents = parents;
        self
    }

    /// Keeps the parents, for something stands there now.
    pub(super) fn keep_parents(&mut self) {
        self.left_over.parents.clear();
    }

    /// Leaves the folder where it is, with all that is in it.
    pub(super) fn leave(&mut self) {
        self.stays = true;
    }

    /// Removes what processes left in `folder` that have ended.
    pub(super) fn clear_left_overs(&self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            if is_temporary(&entry.file_name()) && path != self.left_over.temporary && is_like(&path, &self.made_as) {
                // One that cannot be cleared is in nobody's way.
                let _ = clear(&path, folder);
            }
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // Closed first, for not every system removes an open file.
        self.lock = None;
        if !self.stays {
            self.left_over.remove();
        }
    }
}

/// Makes something in `parent` under a name that nothing has yet, and that says which process made it.
pub(super) fn make_temporary<T>(parent: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(PathBuf, T)> {
    let mut number = 0_u32;
    loop {
        let path = parent.join(format!("{TEMPORARY}{}-{number}", std::process::id()));
        match make(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && number < u32::MAX => number += 1,
            made => return made.map(|made| (path, made)),
        }
    }
}

/// Makes the marker and locks it before it says anything: an empty one has nobody's word in it.
fn lock_marker(path: &Path) -> io::Result<File> {
    let marker = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
    match marker.try_lock() {
        Err(TryLockError::WouldBlock) => Err(ErrorKind::WouldBlock.into()),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(marker),
    }
}

/// Whether `folder` is one, and was made as this process makes them: by the same user, open to nobody else.
fn is_like(folder: &Path, own: &Metadata) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir() && are_alike(&found, own))
}

/// Removes a temporary folder in `parent` if its process has surely ended: if its marker is whole,
/// names this machine, and nobody holds its lock.
fn clear(folder: &Path, parent: &Path) -> io::Result<()> {
    // Its process ended before it wrote anything, or begins just now and will make another.
    if fs::remove_dir(folder).is_ok() {
        return Ok(());
    }
    let file = open_itself_to_lock(&folder.join(MARKER))?;
    file.try_lock().map_err(|_| ErrorKind::WouldBlock)?;
    let mut text = Vec::new();
    (&file).take(MARKER_BYTES).read_to_end(&mut text)?;
    if text.is_empty() {
        return remove_just_begun(folder);
    }
    let marker: Marker = serde_json::from_slice(&text)?;
    if marker.host.is_none() || marker.host != host()? {
        // A lock may say nothing of a process on another machine.
        return Err(ErrorKind::WouldBlock.into());
    }
    if let Some(target) = marker.target.filter(|name| is_name(name)) {
        put_back(&folder.join(ASIDE), &parent.join(target))?;
    }
    remove_temporary(folder, marker.staging)
}

/// Removes a temporary folder of a process that ended between making its marker and writing it.
fn remove_just_begun(folder: &Path) -> io::Result<()> {
    if fs::read_dir(folder)?.count() > 1 {
        return Err(not_ours(folder));
    }
    fs::remove_file(folder.join(MARKER))?;
    fs::remove_dir(folder)
}

/// Puts an older folder back that was moved aside by a process that then ended.
fn put_back(aside: &Path, target: &Path) -> io::Result<()> {
    let is_missing = |path: &Path| fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound);
    if is_missing(target) && !is_missing(aside) { fs::rename(aside, target) } else { Ok(()) }
}

/// Whether a text is the name of one entry of a folder.
fn is_name(text: &str) -> bool {
    let mut parts = Path::new(text).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None))
}

/// Removes a temporary folder, file by file, unless something in it is not ours: then all of it stays.
fn remove_temporary(folder: &Path, kind: Kind) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if ![MARKER, NEW, ASIDE, UNFINISHED].iter().any(|known| name == *known) {
            return Err(not_ours(Path::new(&name)));
        }
    }
    for part in [NEW, ASIDE] {
        if_there(remove_known(&folder.join(part), kind))?;
    }
    if_there(fs::remove_file(folder.join(UNFINISHED)))?;
    // Last, so that what is left of a removal that stops half-way is still known.
    if_there(fs::remove_file(folder.join(MARKER)))?;
    fs::remove_dir(folder)
}

/// Removes a folder with its files, unless it holds anything that no folder of this kind does, or the
/// `run.json` of another program.
pub(super) fn remove_known(folder: &Path, kind: Kind) -> io::Result<()> {
    if !fs::symlink_metadata(folder)?.is_dir() {
        return Err(not_ours(folder));
    }
    let listing = Listing::of(folder, kind, false)?;
    if let Some(stranger) = listing.strangers.first().or(listing.desktop.first()) {
        return Err(not_ours(stranger));
    }
    if run_of(folder)? == RunFound::Other {
        return Err(not_ours(Path::new(Kind::Report.mark())));
    }
    listing.files.iter().try_for_each(|file| fs::remove_file(folder.join(file)))?;
    listing.folders.iter().try_for_each(|inner| fs::remove_dir(folder.join(inner)))?;
    fs::remove_dir(folder)
}

fn not_ours(path: &Path) -> io::Error {
    io::Error::other(format!("`{}` is not ours", path.display()))
}
