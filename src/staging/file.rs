//! Files put in the place of others.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::place::above;
use super::system::{self, exchange_at_once, is_unknown};
use super::temporary::make_temporary;
use crate::file::not_a_file_at;

/// Writes a file, in the place of an older one at once; behind a link, where the path is one.
///
/// # Errors
/// When it cannot be written; the older one is then as it was.
pub fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    if path.exists() && !path.is_file() {
        // A pipe, or a device.
        return fs::write(path, content);
    }
    NewFile::write(path, content)?.replace()
}

/// Writes files that belong together, in the place of older ones: none takes its place before all are
/// written, and if one cannot, those before it are taken back.
///
/// # Errors
/// When one cannot be written or take its place. The older ones are then as they were, except those that the
/// error names.
pub fn replace_files(files: &[(&Path, &[u8])]) -> Result<(), FilesError> {
    let failed = |path: &Path, cause| FilesError { path: path.to_owned(), replaced: Vec::new(), cause };
    let written =
        files.iter().map(|(path, content)| NewFile::write(path, content).map_err(|cause| failed(path, cause)));
    let mut new = written.collect::<Result<Vec<_>, _>>()?;
    for place in 0..new.len() {
        if let Err(cause) = new[place].exchange() {
            let kept = new[..place].iter_mut().filter_map(|file| file.put_back().err().map(|_| file.path.clone()));
            let replaced = kept.collect();
            return Err(FilesError { replaced, ..failed(files[place].0, cause) });
        }
    }
    Ok(())
}

/// Files that belong together and cannot all be replaced.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}{}", path.display(), also(replaced))]
pub struct FilesError {
    /// The file that cannot be written.
    pub path: PathBuf,
    /// Those that are new all the same, because their older content could not be put back.
    pub replaced: Vec<PathBuf>,
    /// Why.
    #[source]
    pub cause: io::Error,
}

fn also(replaced: &[PathBuf]) -> String {
    let names: Vec<String> = replaced.iter().map(|path| path.display().to_string()).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!(", while {} is new already; run it again", names.join(" and "))
    }
}

/// A file written beside the one whose place it is to take; dropped, what stands beside it is gone.
struct NewFile {
    temporary: PathBuf,
    path: PathBuf,
    /// What stood at `path` when the file was written, or stands at `temporary` now.
    older: Older,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Older {
    None,
    InPlace,
    Aside,
    Lost,
}

impl NewFile {
    fn write(path: &Path, content: &[u8]) -> io::Result<Self> {
        let older = match path.canonicalize() {
            Ok(older) => Some(older),
            Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => None,
            Err(error) => return Err(error),
        };
        if let Some(other) = not_a_file_at(path) {
            return Err(other.into());
        }
        let path = older.clone().unwrap_or_else(|| path.to_owned());
        let (temporary, file) = make_temporary(above(&path), |path| File::create_new(path))?;
        let new = Self { temporary, path, older: if older.is_some() { Older::InPlace } else { Older::None } };
        write(file, content, older.as_deref())?;
        Ok(new)
    }

    /// Takes its place for good.
    fn replace(self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.path)
    }

    /// Takes its place, and keeps what stood there as long as this value lives, where the system can.
    fn exchange(&mut self) -> io::Result<()> {
        if self.older == Older::InPlace {
            match exchange_at_once(&self.temporary, &self.path) {
                Ok(()) => {
                    self.older = Older::Aside;
                    return Ok(());
                }
                Err(error) if !is_unknown(&error) => return Err(error),
                Err(_) => {}
            }
        }
        fs::rename(&self.temporary, &self.path)?;
        if self.older == Older::InPlace {
            self.older = Older::Lost;
        }
        Ok(())
    }

    /// Puts back what stood there before [`exchange`](Self::exchange).
    fn put_back(&mut self) -> io::Result<()> {
        match self.older {
            Older::None => fs::remove_file(&self.path),
            Older::InPlace => Ok(()),
            Older::Aside => exchange_at_once(&self.temporary, &self.path),
            Older::Lost => Err(ErrorKind::NotFound.into()),
        }
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.temporary);
    }
}

fn write(mut file: File, content: &[u8], older: Option<&Path>) -> io::Result<()> {
    file.write_all(content)?;
    let Some(older) = older else { return Ok(()) };
    file.set_permissions(older.metadata()?.permissions())?;
    system::sync(&file)
}
