//! What differs from system to system: mounts, rights, locks, and folders that change places.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Whether a file system does not know how to do what it was asked.
pub(super) fn is_unknown(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported)
}

/// Lets two folders change places at once; an error that [`is_unknown`] where the system, or the file
/// system, has no such thing.
pub(super) fn exchange_at_once(first: &Path, second: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, first, CWD, second, RenameFlags::EXCHANGE)?)
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        let _ = (first, second);
        Err(ErrorKind::Unsupported.into())
    }
}

/// Has what is in a file written to the disk, if the file system has one.
pub(super) fn sync(file: &File) -> io::Result<()> {
    file.sync_all().or_else(|error| if is_unknown(&error) { Ok(()) } else { Err(error) })
}

/// Has the names in a folder written to the disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder cannot be opened.
    if cfg!(unix) { sync(&File::open(folder)?) } else { Ok(()) }
}

/// A folder that no other process of this program puts files into.
pub(super) struct Locked(#[expect(dead_code, reason = "its lock is held as long as it is")] Option<File>);

impl Locked {
    /// Locks a folder; nothing if another process holds it. Where folders cannot be locked nobody can tell.
    pub(super) fn folder(folder: &Path) -> Option<Self> {
        let Some(file) = File::open(folder).ok().filter(|_| cfg!(unix)) else { return Some(Self(None)) };
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => None,
            Ok(()) | Err(fs::TryLockError::Error(_)) => Some(Self(Some(file))),
        }
    }
}

/// Whether a file system is mounted at `folder`, which stands in `above`.
#[cfg(unix)]
pub(super) fn is_mounted(folder: &Path, above: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        // Also tells of a folder that is mounted elsewhere in the same file system.
        if let Ok(found) = statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
            && found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)
        {
            return true;
        }
    }
    let device = |path: &Path| path.metadata().map(|found| found.dev()).ok();
    device(folder) != device(above)
}

#[cfg(not(unix))]
pub(super) fn is_mounted(_: &Path, _: &Path) -> bool {
    false
}

/// Whether this process may write into a folder; one that is moved into another must allow that too.
#[cfg(unix)]
pub(super) fn may_write(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
pub(super) fn may_write(_: &Path) -> bool {
    true
}

/// Whether the user who has made `own` may move `path` away from the folder `above`. In a sticky one, such
/// as that for temporary files, only the owners of either and the superuser may.
#[cfg(unix)]
pub(super) fn may_move(path: &Path, above: &Path, own: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    const STICKY: u32 = 0o1000;
    let (Ok(found), Ok(above)) = (path.symlink_metadata(), above.metadata()) else { return false };
    above.mode() & STICKY == 0 || own.uid() == 0 || [found.uid(), above.uid()].contains(&own.uid())
}

#[cfg(not(unix))]
pub(super) fn may_move(_: &Path, _: &Path, _: &Metadata) -> bool {
    true
}

/// Whether two folders belong to one user and are open to the same others.
#[cfg(unix)]
pub(super) fn are_alike(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.uid(), one.mode()) == (other.uid(), other.mode())
}

#[cfg(not(unix))]
pub(super) fn are_alike(one: &Metadata, other: &Metadata) -> bool {
    one.file_type() == other.file_type()
}

/// Makes a folder that is open to nobody else.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "changed below on other systems"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Rights of a folder that can still be moved by whoever owns it.
#[cfg(unix)]
pub(super) fn movable(mut rights: Permissions) -> Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    rights.set_mode(rights.mode() | 0o700);
    rights
}

#[cfg(not(unix))]
pub(super) fn movable(rights: Permissions) -> Permissions {
    rights
}

/// This machine since it was started. Within it a lock is seen by every process, in containers too, while
/// some network file systems keep locks to the machine that took them.
///
/// # Errors
/// When the system knows and does not let it be read: a run by another name could not be told from one
/// on another machine.
pub(super) fn host() -> io::Result<Option<String>> {
    let boot = match fs::read_to_string("/proc/sys/kernel/random/boot_id") {
        // It knows no such thing, or tells it to nobody in here.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => None,
        boot => Some(boot?.trim().to_owned()),
    };
    Ok(boot.filter(|id| !id.is_empty()).or_else(host_name))
}

#[cfg(unix)]
fn host_name() -> Option<String> {
    rustix::system::uname().nodename().to_str().ok().map(str::to_owned)
}

#[cfg(not(unix))]
fn host_name() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}
