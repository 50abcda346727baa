//! Opens the files that a user names, and nothing that could be waited for without end.
//!
//! A pipe, a socket or a device can stand wherever a file is expected: in a folder of
//! postings, in a lexicon, in a report that is merged or replaced. Everything that is read is
//! opened here, so that none of them is.

use std::fs::{File, FileType, OpenOptions};
use std::io::{self, Read as _};
#[cfg(unix)]
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

#[cfg(unix)]
use rustix::fs::OFlags;

use crate::extract::size;

/// The most bytes of a file that is read whole, such as one of a lexicon.
pub const LARGEST_WHOLE: u64 = 64 << 20;

/// What stands where a file was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAFile {
    /// A pipe with a name, which may never be written to.
    #[error("a named pipe, which is not opened because it may never be written to: redirect it to standard input")]
    Pipe,
    /// A socket.
    #[error("a socket, which is not opened")]
    Socket,
    /// A device, such as a terminal or `/dev/zero`.
    #[error("a device, which is not opened")]
    Device,
    /// A folder.
    #[error("a folder, where a file was expected")]
    Folder,
    /// A link where none is followed.
    #[error("a link, which is not followed")]
    Link,
}

/// Opens a file to be read, or a pipe that the shell handed over by its number, as
/// `<(command)` does (`/dev/fd/63`).
///
/// # Errors
/// When it cannot be opened; the error holds [`NotAFile`] where it is no file.
pub fn open(path: &Path) -> io::Result<File> {
    let options = options();
    if !is_descriptor(path) {
        return checked(std::fs::metadata(path)?.file_type(), || options.open(path));
    }
    match not_a_file(std::fs::metadata(path)?.file_type()) {
        Some(NotAFile::Pipe) => options.open(path).and_then(wait_for_data),
        None => options.open(path),
        Some(other) => Err(other.into()),
    }
}

/// Opens a file that stands at `path` itself: no link is followed.
///
/// # Errors
/// When it cannot be opened; its kind is [`io::ErrorKind::InvalidInput`] where it is no file.
pub(crate) fn open_itself(path: &Path) -> io::Result<File> {
    itself(path, options())
}

/// Opens a file that stands at `path` itself to read it and to lock it, which some file systems
/// allow only where it could be written.
///
/// # Errors
/// As [`open_itself`].
pub(crate) fn open_itself_to_lock(path: &Path) -> io::Result<File> {
    let mut options = options();
    options.write(true);
    itself(path, options)
}

fn itself(path: &Path, mut options: OpenOptions) -> io::Result<File> {
    follow_no_link(&mut options);
    checked(std::fs::symlink_metadata(path)?.file_type(), || options.open(path))
}

/// Opens a file whose kind was looked at before, for opening a device may already do something,
/// and is looked at again, for another may have taken its place meanwhile.
fn checked(before: FileType, open: impl FnOnce() -> io::Result<File>) -> io::Result<File> {
    let check = |kind| not_a_file(kind).map_or(Ok(()), |other| Err(io::Error::from(other)));
    check(before)?;
    let file = open()?;
    check(file.metadata()?.file_type())?;
    Ok(file)
}

impl From<NotAFile> for io::Error {
    fn from(found: NotAFile) -> Self {
        Self::new(io::ErrorKind::InvalidInput, found)
    }
}

/// What stands at `path`, if something does that [`open`] would not open.
pub(crate) fn not_a_file_at(path: &Path) -> Option<NotAFile> {
    not_a_file(std::fs::metadata(path).ok()?.file_type())
}

/// The whole of a file, which may hold no more than [`LARGEST_WHOLE`].
///
/// # Errors
/// When it cannot be opened or read, or is larger.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(LARGEST_WHOLE + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_WHOLE {
        let reason = format!("larger than {}, the limit for a file that is read whole", size(LARGEST_WHOLE));
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(bytes)
}

/// The whole text of a file, which may hold no more than [`LARGEST_WHOLE`].
///
/// # Errors
/// When it cannot be opened or read, is larger, or is not UTF-8.
pub fn read_to_string(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("not UTF-8: {}", error.utf8_error())))
}

/// Whether a path names an open file of this process by its number.
fn is_descriptor(path: &Path) -> bool {
    path == Path::new("/dev/stdin")
        || path.parent().is_some_and(|folder| folder == Path::new("/dev/fd") || folder == Path::new("/proc/self/fd"))
}

#[cfg(unix)]
fn not_a_file(kind: FileType) -> Option<NotAFile> {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_file() {
        None
    } else if kind.is_dir() {
        Some(NotAFile::Folder)
    } else if kind.is_symlink() {
        Some(NotAFile::Link)
    } else if kind.is_fifo() {
        Some(NotAFile::Pipe)
    } else if kind.is_socket() {
        Some(NotAFile::Socket)
    } else {
        Some(NotAFile::Device)
    }
}

#[cfg(not(unix))]
fn not_a_file(kind: FileType) -> Option<NotAFile> {
    if kind.is_file() {
        None
    } else if kind.is_dir() {
        Some(NotAFile::Folder)
    } else if kind.is_symlink() {
        Some(NotAFile::Link)
    } else {
        Some(NotAFile::Device)
    }
}

/// To read, without waiting: opening a pipe would else wait for somebody to open its other end.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    options.custom_flags(WITHOUT_WAITING.bits().cast_signed());
    options
}

#[cfg(unix)]
const WITHOUT_WAITING: OFlags = OFlags::NONBLOCK.union(OFlags::NOCTTY);

#[cfg(unix)]
fn follow_no_link(options: &mut OpenOptions) {
    options.custom_flags((WITHOUT_WAITING | OFlags::NOFOLLOW).bits().cast_signed());
}

#[cfg(not(unix))]
fn follow_no_link(_: &mut OpenOptions) {}

/// Lets reads of a pipe wait for whoever writes to it.
#[cfg(unix)]
fn wait_for_data(pipe: File) -> io::Result<File> {
    rustix::fs::fcntl_setfl(&pipe, rustix::fs::fcntl_getfl(&pipe)? - OFlags::NONBLOCK)?;
    Ok(pipe)
}

#[cfg(not(unix))]
fn wait_for_data(pipe: File) -> io::Result<File> {
    Ok(pipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(path: &Path) -> Option<NotAFile> {
        let error = open(path).err()?;
        error.get_ref()?.downcast_ref::<NotAFile>().copied()
    }

    #[test]
    fn a_file_is_read_whole_up_to_the_limit() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "Caf\u{e9}")?;
        assert_eq!(read_to_string(&path)?, "Caf\u{e9}");
        std::fs::write(&path, b"Caf\xe9")?;
        assert_eq!(read_to_string(&path).map_err(|error| error.kind()), Err(io::ErrorKind::InvalidData));
        // A hole takes no room on the disk.
        File::create(&path)?.set_len(LARGEST_WHOLE + 1)?;
        let told = read(&path).map_err(|error| error.to_string());
        assert_eq!(told, Err("larger than 64 MiB, the limit for a file that is read whole".to_owned()));
        assert_eq!(refusal(folder.path()), Some(NotAFile::Folder));
        assert_eq!(
            open(&folder.path().join("b.txt")).map_err(|error| error.kind()).err(),
            Some(io::ErrorKind::NotFound)
        );
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn what_could_be_waited_for_is_not_opened() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::from_raw_mode(0o600),
            0,
        )?;
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket)?;
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/dev/zero", &link)?;
        let cases = [
            (pipe.as_path(), NotAFile::Pipe),
            (socket.as_path(), NotAFile::Socket),
            (link.as_path(), NotAFile::Device),
            (Path::new("/dev/null"), NotAFile::Device),
        ];
        for (path, expected) in cases {
            assert_eq!(refusal(path), Some(expected), "{}", path.display());
            assert_eq!(open_itself(path).map_err(|error| error.kind()).err(), Some(io::ErrorKind::InvalidInput));
            assert!(open_itself_to_lock(path).is_err());
        }
        let (file, link) = (folder.path().join("file"), folder.path().join("other"));
        std::fs::write(&file, "Cook")?;
        std::os::unix::fs::symlink(&file, &link)?;
        assert!(open(&link).is_ok() && open_itself(&file).is_ok() && open_itself_to_lock(&file).is_ok());
        assert_eq!(
            open_itself(&link).map_err(|error| error.to_string()).err().as_deref(),
            Some("a link, which is not followed")
        );
        Ok(())
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_that_was_handed_over_is_read() -> io::Result<()> {
        use std::io::Write as _;
        use std::os::fd::AsRawFd as _;
        let (reader, mut writer) = io::pipe()?;
        let path = format!("/dev/fd/{}", reader.as_raw_fd());
        let reading = std::thread::spawn(move || read_to_string(Path::new(&path)));
        // So late that a read which does not wait would have found nothing.
        std::thread::sleep(std::time::Duration::from_millis(50));
        writer.write_all(b"Cook")?;
        drop(writer);
        let read = reading.join().map_err(|_| io::Error::other("the reader panicked"))??;
        assert_eq!(read, "Cook");
        Ok(())
    }
}
