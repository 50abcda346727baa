//! The existing path that a mistyped one probably means.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::text::nearest;

/// Words before and behind a missing one that may belong to its name.
const MOST_WORDS: usize = 12;

/// `path` with its first missing part replaced by the nearest name in that folder.
pub(super) fn existing(path: &Path) -> Option<PathBuf> {
    let missing = path.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists()).last()?;
    let folder = missing.parent()?;
    let name = missing.file_name()?.to_string_lossy().to_lowercase();
    let near = nearest_name(folder, &name)?;
    let rest = path.strip_prefix(missing).ok()?;
    // Joining an empty path would end the suggestion with a slash.
    let found = folder.join(near);
    Some(if rest.as_os_str().is_empty() { found } else { found.join(rest) }).filter(|found| found.exists())
}

/// The existing path that the missing one at `at` is a part of, together with its neighbours and spaces between.
pub(super) fn unquoted(paths: &[PathBuf], at: usize) -> Option<PathBuf> {
    let starts = (at.saturating_sub(MOST_WORDS)..=at).rev();
    let ends = at + 1..=paths.len().min(at + MOST_WORDS);
    starts.flat_map(|start| ends.clone().map(move |end| start..end)).filter(|words| words.len() > 1).find_map(|words| {
        let words: Vec<&OsStr> = paths[words].iter().map(|path| path.as_os_str()).collect();
        Some(PathBuf::from(words.join(OsStr::new(" ")))).filter(|whole| whole.exists())
    })
}

/// The name in `folder` that is nearest to `name`, whatever its capitals.
fn nearest_name(folder: &Path, name: &str) -> Option<OsString> {
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names: Vec<(String, OsString)> = fs::read_dir(listed)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .map(|name| (name.to_string_lossy().to_lowercase(), name))
        .collect();
    let near = nearest(name, names.iter().map(|(lower, _)| lower.as_str()))?;
    names.iter().find(|(lower, _)| lower == near).map(|(_, name)| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_name_is_suggested() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("samples"))?;
        fs::write(folder.path().join("samples/jobs.csv"), "x")?;
        let cases = [
            ("sampels", Some("samples")),
            ("Samples", Some("samples")),
            ("sampels/jobs.csv", Some("samples/jobs.csv")),
            ("samples/job.csv", Some("samples/jobs.csv")),
            ("sampels/other.csv", None),
            ("reports", None),
        ];
        for (wrong, right) in cases {
            let path = folder.path().join(wrong);
            // On a file system without case `Samples` is no mistake.
            if !path.exists() {
                assert_eq!(existing(&path), right.map(|name| folder.path().join(name)), "{wrong}");
            }
        }
        Ok(())
    }
}
