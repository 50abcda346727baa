//! A list of paths in a file, as `find` and `ls` write one.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::walk::STANDARD_INPUT;
use crate::file;

/// The paths that a file lists: one a line or, where a NUL stands in it, with NULs between, so that names may
/// hold line breaks. `-` is standard input. Empty lines are passed over.
///
/// # Errors
/// When the file cannot be read.
pub fn listed_paths(list: &Path) -> io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    if list.as_os_str() == STANDARD_INPUT {
        io::stdin().read_to_end(&mut bytes)?;
    } else {
        file::open(list)?.read_to_end(&mut bytes)?;
    }
    Ok(split(&bytes))
}

fn split(bytes: &[u8]) -> Vec<PathBuf> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let has_nul = memchr::memchr(0, bytes).is_some();
    let names = bytes.split(|byte| *byte == if has_nul { 0 } else { b'\n' });
    let names = names.map(|name| if has_nul { name } else { name.strip_suffix(b"\r").unwrap_or(name) });
    names.filter(|name| !name.is_empty()).map(path).collect()
}

/// A file that is called `-` is not standard input, which may be where the list comes from.
fn path(name: &[u8]) -> PathBuf {
    let path = as_path(name);
    if path.as_os_str() == STANDARD_INPUT { Path::new(".").join(path) } else { path }
}

#[cfg(unix)]
fn as_path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;

    std::ffi::OsStr::from_bytes(name).into()
}

#[cfg(not(unix))]
fn as_path(name: &[u8]) -> PathBuf {
    String::from_utf8_lossy(name).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stand_on_lines_or_between_nuls() {
        let cases: [(&[u8], &[&str]); 5] = [
            (b"a.txt\r\n\nb c.txt\n", &["a.txt", "b c.txt"]),
            (b"\xef\xbb\xbfa.txt\nb.txt", &["a.txt", "b.txt"]),
            (b"a\nb.txt\0c\r\0", &["a\nb.txt", "c\r"]),
            (b"-\n", &["./-"]),
            (b"\n", &[]),
        ];
        for (bytes, expected) in cases {
            assert_eq!(split(bytes), expected.iter().map(PathBuf::from).collect::<Vec<_>>());
        }
    }
}
