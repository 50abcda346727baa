//! A single file that is written aside and then takes the place of an older one.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::place::above;
use super::temporary::PREFIX;

/// Writes a file whole: however the process ends, the older file stands there or the new one does.
///
/// What a link leads to is replaced, not the link; what is no file, such as a pipe, is written to as it
/// stands. A process that is killed may leave its unfinished file beside `path`, named `.rolelean-tmp-...`.
///
/// # Errors
/// When the file cannot be written; the older one is then as it was.
pub fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let older = match fs::symlink_metadata(&place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        older => Some(older?),
    };
    if older.as_ref().is_some_and(|older| !older.is_file()) {
        return write_all(&mut File::create(&place)?, write);
    }
    let (path, mut aside) = create_aside(&place)?;
    let written = write_all(&mut aside, write)
        // As open to others as the older one, or as any new file.
        .and_then(|()| older.map_or(Ok(()), |older| aside.set_permissions(older.permissions())))
        .and_then(|()| aside.sync_all());
    // Closed first, for not every system renames an open file.
    drop(aside);
    written.and_then(|()| fs::rename(&path, &place)).inspect_err(|_| {
        let _ = fs::remove_file(&path);
    })
}

fn write_all(file: &mut File, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()
}

/// Makes a file beside `place`. Its name says which process made it.
fn create_aside(place: &Path) -> io::Result<(PathBuf, File)> {
    let mut number = 0_u32;
    loop {
        let path = above(place).join(format!("{PREFIX}{}-{number}", std::process::id()));
        match File::create_new(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < u32::MAX => number += 1,
            made => return made.map(|file| (path, file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> io::Result<usize> {
        Ok(fs::read_dir(folder)?.count())
    }

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("weights.csv");
        for text in ["first", "second"] {
            write_file(&path, |out| out.write_all(text.as_bytes()))?;
            assert_eq!(fs::read_to_string(&path)?, text);
        }
        let broken = write_file(&path, |out| {
            out.write_all(b"third")?;
            Err(io::Error::other("as the test wants it"))
        });
        assert_eq!(broken.map_err(|error| error.to_string()), Err("as the test wants it".to_owned()));
        assert_eq!((fs::read_to_string(&path)?.as_str(), names(folder.path())?), ("second", 1));
        assert!(write_file(&folder.path().join("none/weights.csv"), |_| Ok(())).is_err());
        assert!(write_file(folder.path(), |_| Ok(())).is_err());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn rights_links_and_pipes_stay_what_they_are() -> io::Result<()> {
        use std::fs::Permissions;
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir()?;
        let at = |name: &str| folder.path().join(name);
        let text = |out: &mut dyn Write| out.write_all(b"text");
        File::create(at("any"))?;
        write_file(&at("new"), text)?;
        assert_eq!(fs::metadata(at("new"))?.permissions(), fs::metadata(at("any"))?.permissions());
        fs::set_permissions(at("new"), Permissions::from_mode(0o640))?;
        symlink("new", at("link"))?;
        symlink("later", at("dangling"))?;
        for link in ["link", "dangling"] {
            write_file(&at(link), text)?;
            assert!(at(link).is_symlink());
            assert_eq!(fs::read_to_string(at(link))?, "text");
        }
        assert_eq!(fs::metadata(at("new"))?.permissions().mode() & 0o777, 0o640);
        write_file(Path::new("/dev/null"), text)?;
        assert!(!fs::metadata("/dev/null")?.is_file());
        Ok(())
    }
}
