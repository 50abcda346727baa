//! Patterns of the files that are read or passed over, in folders and in archives.

use std::path::Path;

use ignore::overrides::{Override, OverrideBuilder};

use super::ReadOptions;

/// Patterns of the files that are taken or passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Globs {
    pub include: Vec<String>,
    pub exclude: Vec<String>,
}

impl Globs {
    /// The patterns, or the first that is none, and why.
    pub(super) fn new(options: &ReadOptions) -> Result<Self, (String, String)> {
        let globs = Self { include: options.include_globs.clone(), exclude: options.exclude_globs.clone() };
        for glob in globs.include.iter().chain(&globs.exclude) {
            let added = OverrideBuilder::new("").add(glob).map(|_| ());
            added.map_err(|error| (glob.clone(), error.to_string()))?;
        }
        Ok(globs)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// The patterns as they are meant in a folder or an archive.
    pub(super) fn under(&self, root: &Path) -> Chosen {
        // Of several that match the last decides, and what is excluded stays so.
        Chosen { included: overrides(root, &self.include, ""), excluded: overrides(root, &self.exclude, "!") }
    }

    /// Whether an archive is taken with all that is in it, because its own name is asked for.
    pub(super) fn take_whole(&self, archive: &Path) -> bool {
        let folder = archive.parent().unwrap_or(Path::new(""));
        self.include.is_empty() || overrides(folder, &self.include, "").matched(archive, false).is_whitelist()
    }
}

/// Patterns that have been found good, each with `sign` before it.
fn overrides(root: &Path, globs: &[String], sign: &str) -> Override {
    let mut builder = OverrideBuilder::new(root);
    for glob in globs {
        let _ = builder.add(&format!("{sign}{glob}"));
    }
    builder.build().unwrap_or_else(|_| Override::empty())
}

/// What is taken in one folder or archive.
pub(super) struct Chosen {
    included: Override,
    excluded: Override,
}

impl Chosen {
    /// Whether a file is read, or a folder walked. An archive is opened although its own name is not asked
    /// for: a pattern may be of what is in it.
    pub(super) fn takes(&self, path: &Path, is_folder: bool) -> bool {
        let asked_for = !self.included.matched(path, is_folder).is_ignore() || (!is_folder && is_archive(path));
        asked_for && !self.excluded.matched(path, is_folder).is_ignore()
    }

    /// Whether a member of an archive is read, or of all that are not passed over if the archive is taken `whole`.
    pub(super) fn takes_member(&self, path: &Path, whole: bool) -> bool {
        let folders = path.ancestors().skip(1);
        let is_excluded = |folder: &Path| self.excluded.matched(folder, true).is_ignore();
        let passed_over = self.excluded.matched(path, false).is_ignore() || folders.into_iter().any(is_excluded);
        !passed_over && (whole || self.takes(path, false))
    }
}

/// Whether a name is that of an archive.
fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_see_into_archives() {
        let names = ["a.csv", "b/c.docx", "b/d.txt", "inner.zip"];
        type Case<'c> = (&'c [&'c str], &'c [&'c str], &'c [&'c str]);
        let cases: [Case; 7] = [
            (&[], &[], &["a.csv", "b/c.docx", "b/d.txt", "inner.zip"]),
            (&["*.docx"], &[], &["b/c.docx", "inner.zip"]),
            (&["/*.csv"], &[], &["a.csv", "inner.zip"]),
            (&["*.{csv,txt}"], &["b/"], &["a.csv", "inner.zip"]),
            (&[], &["*.zip", "*.txt"], &["a.csv", "b/c.docx"]),
            (&["jobs.zip"], &["*.txt"], &["a.csv", "b/c.docx", "inner.zip"]),
            (&["jobs.zip"], &["b/"], &["a.csv", "inner.zip"]),
        ];
        for (include, exclude, expected) in cases {
            let owned = |globs: &[&str]| globs.iter().map(|glob| (*glob).to_owned()).collect();
            let globs = Globs { include: owned(include), exclude: owned(exclude) };
            let archive = Path::new("in/jobs.zip");
            let (chosen, whole) = (globs.under(archive), globs.take_whole(archive));
            let found = names.iter().copied().filter(|name| chosen.takes_member(&archive.join(name), whole));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{include:?} {exclude:?}");
        }
    }
}
