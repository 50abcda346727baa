//! One file put in the place of another.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use super::place::above;
use super::system;
use super::temporary::make_temporary;

/// Writes a file, in the place of an older one at once; behind a link, where the path is one.
///
/// # Errors
/// When it cannot be written; the older one is then as it was.
pub fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let older = match path.canonicalize() {
        Ok(older) => Some(older),
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => None,
        Err(error) => return Err(error),
    };
    let path = older.as_deref().unwrap_or(path);
    if older.is_some() && !path.is_file() {
        // A pipe, or a device.
        return fs::write(path, content);
    }
    let (temporary, file) = make_temporary(above(path), |path| File::create_new(path))?;
    let replaced = write(file, content, older.as_deref()).and_then(|()| fs::rename(&temporary, path));
    replaced.inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}

fn write(mut file: File, content: &[u8], older: Option<&Path>) -> io::Result<()> {
    file.write_all(content)?;
    let Some(older) = older else { return Ok(()) };
    file.set_permissions(older.metadata()?.permissions())?;
    system::sync(&file)
}
