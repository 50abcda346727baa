//! Building a report aside, and putting it in place in one step.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// How temporary folders beside a report begin.
const TEMPORARY: &str = ".rolelean-tmp-";
/// The file in a temporary folder that is locked while someone writes there.
const LOCK: &str = "lock";
/// The folder in it that becomes the report.
const REPORT: &str = "report";
/// How often another process may take a folder away before it is locked.
const TRIES: usize = 16;

/// A report that is being written, beside the place where it will stand.
///
/// However its process ends, nothing stands in that place but what stood there before;
/// a later one removes what is left.
pub(super) struct Building {
    target: PathBuf,
    temporary: TempDir,
    /// Locked until the process ends.
    _lock: File,
}

impl Building {
    /// Makes a folder to write in; folders above `target` are made too.
    pub(super) fn create(target: &Path) -> io::Result<Self> {
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent)?;
        clear_left_overs(parent);
        let (temporary, lock) = locked_folder(parent)?;
        Ok(Self { target: target.to_owned(), temporary, _lock: lock })
    }

    /// The folder in which the report's files are to be written.
    pub(super) fn folder(&self) -> PathBuf {
        self.temporary.path().join(REPORT)
    }

    /// All there is to be removed if the report is not published.
    pub(super) fn temporary(&self) -> &Path {
        self.temporary.path()
    }

    /// Puts the report in place; an older one there is replaced whole, and removed.
    pub(super) fn publish(self) -> io::Result<PathBuf> {
        let folder = self.folder();
        match fs::rename(&folder, &self.target) {
            Ok(()) => {}
            // A folder that is not empty cannot be renamed over.
            Err(_) if self.target.is_dir() => exchange(&folder, &self.target)?,
            Err(error) => return Err(error),
        }
        Ok(self.target)
    }
}

/// A temporary folder of ours in `parent`, with a folder for the report in it.
fn locked_folder(parent: &Path) -> io::Result<(TempDir, File)> {
    let make = || -> io::Result<(TempDir, File)> {
        let temporary = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(parent)?;
        let lock = File::create(temporary.path().join(LOCK))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::NotFound.into()),
            // Where a file system knows no locks, a left-over stays until someone removes it.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // Unlike the temporary one, as open to readers as any new folder.
        fs::create_dir(temporary.path().join(REPORT))?;
        Ok((temporary, lock))
    };
    // Before it is locked, another process may take it for a left-over and remove it.
    let mut made = make();
    for _ in 0..TRIES {
        match made {
            Err(error) if error.kind() == io::ErrorKind::NotFound => made = make(),
            _ => break,
        }
    }
    made
}

/// Lets two folders change places, at once where the system can.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        // Some file systems do not know how.
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let aside = new.with_file_name("old");
    fs::rename(old, &aside)?;
    fs::rename(new, old).inspect_err(|_| {
        let _ = fs::rename(&aside, old);
    })
}

/// Removes temporary folders that nobody writes in any more.
fn clear_left_overs(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) && is_left_over(&path) {
            let _ = fs::remove_dir_all(path);
        }
    }
}

fn is_left_over(folder: &Path) -> bool {
    match File::open(folder.join(LOCK)) {
        Ok(lock) => lock.try_lock().is_ok(),
        // Its process ended, or has only begun, between making it and locking it.
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> io::Result<Vec<String>> {
        let mut names: Vec<String> = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<_>>()?;
        names.sort();
        Ok(names)
    }

    fn report(target: &Path, content: &str) -> io::Result<Building> {
        let building = Building::create(target)?;
        fs::write(building.folder().join("postings.csv"), content)?;
        Ok(building)
    }

    #[test]
    fn a_report_is_put_in_place_and_nothing_else_is_left() -> io::Result<()> {
        let parent = tempfile::tempdir()?;
        let target = parent.path().join("a/report");
        for content in ["first", "second", "third"] {
            report(&target, content)?.publish()?;
            assert_eq!(fs::read_to_string(target.join("postings.csv"))?, content);
            assert_eq!(names(&target)?, ["postings.csv"]);
            assert_eq!(names(&parent.path().join("a"))?, ["report"]);
        }
        drop(report(&target, "fourth")?);
        assert_eq!(fs::read_to_string(target.join("postings.csv"))?, "third");
        assert_eq!(names(&parent.path().join("a"))?, ["report"]);
        Ok(())
    }

    #[test]
    fn only_folders_in_which_nobody_writes_are_cleared() -> io::Result<()> {
        let parent = tempfile::tempdir()?;
        let busy = Building::create(&parent.path().join("report"))?;
        let left = parent.path().join(format!("{TEMPORARY}left"));
        fs::create_dir(&left)?;
        File::create(left.join(LOCK))?;
        for name in [format!("{TEMPORARY}empty"), "mine".to_owned()] {
            fs::create_dir(parent.path().join(name))?;
        }
        clear_left_overs(parent.path());
        let busy = busy.temporary().file_name().expect("it has a name").to_string_lossy().into_owned();
        assert_eq!(names(parent.path())?, [busy.as_str(), "mine"]);
        Ok(())
    }
}
