//! Finds the files to read, in one fixed order.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, Walk, WalkBuilder};

use super::Skipped;
use super::globs::{Chosen, Globs};
use crate::file::not_a_file_at;
use crate::staging::{is_desktop_file, is_report};

/// Patterns in a file of this name, written as in `.gitignore`, keep files of its folder
/// from being read as postings: a README beside them, a table of expected answers.
const IGNORE_FILE: &str = ".rolelean-ignore";

/// A file of this name holds settings, and no posting; a walk passes over it.
pub const SETTINGS_FILE: &str = "rolelean.toml";

/// The path that stands for standard input; reports call it `stdin`.
pub(super) const STANDARD_INPUT: &str = "-";

/// A file to read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub path: PathBuf,
    /// What a posting is called that is the whole file.
    pub id: String,
    /// The path as reports show it.
    pub source: String,
    /// Whether the path was given itself, not found in a folder.
    pub given: bool,
}

pub(super) type Files = Peekable<Walker>;

/// Walks the paths that were given, one after another.
pub(super) struct Walker {
    given: std::vec::IntoIter<PathBuf>,
    /// One folder alone was given: ids are relative to it.
    alone: bool,
    exclude: Vec<PathBuf>,
    globs: Globs,
    older_reports: OlderReports,
    folder: Option<(PathBuf, Walk)>,
    refused: Refused,
}

/// The reports that walks have passed over.
#[derive(Debug, Clone, Default)]
pub(super) struct OlderReports(Arc<Mutex<Vec<PathBuf>>>);

impl OlderReports {
    fn push(&self, report: PathBuf) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(report);
    }

    pub(super) fn list(&self) -> Vec<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What a walk tells of besides the files it finds.
#[derive(Clone)]
struct PassedOver {
    older_reports: OlderReports,
    refused: Refused,
}

/// Folders that a walk turned away from, still to be told of.
type Refused = Arc<Mutex<VecDeque<Skipped>>>;

/// The files under `given`: folders are walked, anything else is taken as it is. `older_reports` is told
/// of those that are passed over.
pub(super) fn files(given: Vec<PathBuf>, exclude: &[PathBuf], globs: Globs, older_reports: &OlderReports) -> Files {
    // A folder that does not exist yet need not be passed over.
    let exclude = exclude.iter().filter_map(|path| path.canonicalize().ok()).collect();
    Walker {
        alone: given.len() == 1,
        given: given.into_iter(),
        exclude,
        globs,
        older_reports: older_reports.clone(),
        folder: None,
        refused: Refused::default(),
    }
    .peekable()
}

impl Walker {
    fn passed_over(&self) -> PassedOver {
        PassedOver { older_reports: self.older_reports.clone(), refused: Arc::clone(&self.refused) }
    }
}

impl Iterator for Walker {
    type Item = Result<Entry, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(refused) = lock(&self.refused).pop_front() {
                return Some(Err(refused));
            }
            if let Some((root, walk)) = &mut self.folder {
                match walk.find_map(|found| item(found, root, self.alone)) {
                    Some(item) => return Some(item),
                    None => self.folder = None,
                }
                continue;
            }
            let path = self.given.next()?;
            if !path.is_dir() {
                // In a cell a dash alone would be taken for the start of a formula.
                let source = if path.as_os_str() == STANDARD_INPUT { "stdin".to_owned() } else { shown(&path) };
                return Some(Ok(Entry { id: source.clone(), source, path, given: true }));
            }
            if let Some(refused) = refusal(&path) {
                return Some(Err(refused));
            }
            let walk = walk(&path, self.exclude.clone(), self.globs.under(&path), self.passed_over());
            self.folder = Some((path, walk));
        }
    }
}

fn lock(refused: &Refused) -> std::sync::MutexGuard<'_, VecDeque<Skipped>> {
    refused.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why a folder is not walked, if so: the walk opens its [`IGNORE_FILE`] whatever that is.
fn refusal(folder: &Path) -> Option<Skipped> {
    let found = not_a_file_at(&folder.join(IGNORE_FILE))?;
    Some(Skipped::whole(&shown(folder), format!("its {IGNORE_FILE} is {found}")))
}

fn walk(folder: &Path, exclude: Vec<PathBuf>, globs: Chosen, passed_over: PassedOver) -> Walk {
    let names: Vec<OsString> = exclude.iter().filter_map(|path| path.file_name().map(OsString::from)).collect();
    let keep = move |entry: &DirEntry| {
        let (is_folder, is_given) = (entry.file_type().is_some_and(|kind| kind.is_dir()), entry.depth() == 0);
        let is_no_input = is_desktop_file(entry.file_name()) || entry.file_name() == SETTINGS_FILE;
        let is_chosen = !is_no_input && globs.takes(entry.path(), is_folder);
        if !is_given && !is_chosen {
            return false;
        }
        let named = names.iter().any(|name| name == entry.file_name());
        if named && entry.path().canonicalize().is_ok_and(|path| exclude.contains(&path)) {
            return false;
        }
        let is_older_report = is_folder && !is_given && is_report(entry.path());
        if is_older_report {
            passed_over.older_reports.push(entry.path().to_owned());
            return false;
        }
        let refusal = if is_folder { refusal(entry.path()) } else { None };
        let walked = refusal.is_none();
        lock(&passed_over.refused).extend(refusal);
        walked
    };
    WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .add_custom_ignore_filename(IGNORE_FILE)
        .follow_links(false)
        .sort_by_file_name(|one, other| one.cmp(other))
        .filter_entry(keep)
        .build()
}

/// What a walk found, unless it is a folder.
fn item(found: Result<DirEntry, ignore::Error>, root: &Path, alone: bool) -> Option<Result<Entry, Skipped>> {
    let entry = match found {
        Ok(entry) => entry,
        Err(error) => return Some(Err(unreadable(error, root))),
    };
    if entry.depth() == 0 {
        // The folder itself, which may be given through a link.
        return None;
    }
    let kind = entry.file_type()?;
    let source = shown(entry.path());
    if kind.is_dir() {
        None
    } else if kind.is_symlink() {
        let reason = "a symbolic link, which a walk does not follow: give its path to read it";
        Some(Err(Skipped::whole(&source, reason)))
    } else if !kind.is_file() {
        Some(Err(Skipped::whole(&source, "neither a file nor a folder")))
    } else {
        let id = if alone { shown(entry.path().strip_prefix(root).unwrap_or(entry.path())) } else { source.clone() };
        Some(Ok(Entry { id, source, path: entry.into_path(), given: false }))
    }
}

fn unreadable(error: ignore::Error, root: &Path) -> Skipped {
    let source = path_of(&error).map_or_else(|| shown(root), shown);
    let reason = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
    Skipped::whole(&source, reason)
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// A path with `/` between its parts, wherever the program runs.
fn shown(path: &Path) -> String {
    match std::path::MAIN_SEPARATOR {
        '/' => readable(path.as_os_str().as_encoded_bytes()),
        // Names are of UTF-16 there, and all but never of what is none.
        separator => path.to_string_lossy().replace(separator, "/"),
    }
}

/// The bytes of a path as text, different for different bytes: each that is no part of UTF-8
/// becomes `\xFF`, in its two hexadecimal digits, and every backslash of such a path two. So do
/// those of a path that looks as if that had been done to it.
fn readable(path: &[u8]) -> String {
    let plain = std::str::from_utf8(path).ok().filter(|path| !path.contains("\\x"));
    if let Some(path) = plain {
        return path.to_owned();
    }
    let mut shown = String::with_capacity(path.len() + 8);
    for chunk in path.utf8_chunks() {
        shown += &chunk.valid().replace('\\', "\\\\");
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02X}");
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use std::fs;

    fn folder(files: &[&str]) -> io::Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        for name in files {
            let path = folder.path().join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, name)?;
        }
        Ok(folder)
    }

    fn ids(files: Files, root: &Path) -> Vec<String> {
        let short = |text: String| text.replace(&shown(root), "ROOT");
        files.map(|found| found.map_or_else(|skipped| short(skipped.to_string()), |entry| short(entry.id))).collect()
    }

    #[test]
    fn a_folder_is_walked_in_order_without_what_is_hidden() -> io::Result<()> {
        let folder = folder(&[
            "b.txt",
            "a/2.txt",
            "a/10.txt",
            ".git/x.txt",
            "a/.x.txt",
            "README.md",
            "report/p.csv",
            ".gitignore",
        ])?;
        fs::write(folder.path().join(".gitignore"), "*.txt")?;
        let root = folder.path().to_path_buf();
        let exclude = [root.join("report"), root.join("missing")];
        assert_eq!(
            ids(files(vec![root.clone()], &exclude, Globs::default(), &OlderReports::default()), &root),
            ["README.md", "a/10.txt", "a/2.txt", "b.txt"]
        );
        let both = vec![root.join("b.txt"), root.join("a")];
        assert_eq!(
            ids(files(both, &[], Globs::default(), &OlderReports::default()), &root),
            ["ROOT/b.txt", "ROOT/a/10.txt", "ROOT/a/2.txt"]
        );
        assert_eq!(
            ids(files(vec![root.join("a/.x.txt")], &[], Globs::default(), &OlderReports::default()), &root),
            ["ROOT/a/.x.txt"]
        );
        assert_eq!(ids(files(vec!["-".into()], &[], Globs::default(), &OlderReports::default()), &root), ["stdin"]);
        Ok(())
    }

    #[test]
    fn patterns_choose_among_files() -> io::Result<()> {
        let folder = folder(&["a.txt", "b.md", "c/d.txt", "c/e.csv", "old/f.txt", ".g.txt"])?;
        let root = folder.path().to_path_buf();
        type Case<'c> = (&'c [&'c str], &'c [&'c str], &'c [&'c str]);
        let cases: [Case; 6] = [
            (&[], &[], &["a.txt", "b.md", "c/d.txt", "c/e.csv", "old/f.txt"]),
            (&["*.txt"], &[], &["a.txt", "c/d.txt", "old/f.txt"]),
            (&["*.txt", "*.md"], &["old/"], &["a.txt", "b.md", "c/d.txt"]),
            (&[], &["*.{txt,md}"], &["c/e.csv"]),
            (&["c/**"], &[], &["c/d.txt", "c/e.csv"]),
            (&["/*.txt"], &["a.*"], &[]),
        ];
        for (include, exclude, expected) in cases {
            let owned = |globs: &[&str]| globs.iter().map(|glob| (*glob).to_owned()).collect();
            let globs = Globs { include: owned(include), exclude: owned(exclude) };
            assert_eq!(
                ids(files(vec![root.clone()], &[], globs, &OlderReports::default()), &root),
                expected,
                "{include:?} {exclude:?}"
            );
        }
        let options = ReadOptions { exclude_globs: vec!["a[".to_owned()], ..ReadOptions::default() };
        assert!(Globs::new(&options).is_err_and(|(glob, _)| glob == "a["));
        Ok(())
    }

    #[test]
    fn the_source_is_the_path_that_leads_there() -> io::Result<()> {
        let folder = folder(&["a/b.txt"])?;
        let found: Vec<_> =
            files(vec![folder.path().join("a/")], &[], Globs::default(), &OlderReports::default()).collect();
        let path = folder.path().join("a/b.txt");
        let entry = Entry { id: "b.txt".to_owned(), source: shown(&path), path, given: false };
        assert_eq!(found, [Ok(entry)]);
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn different_names_stay_different() {
        let cases: [(&[u8], &str); 7] = [
            ("naïve – 日本.txt".as_bytes(), "naïve – 日本.txt"),
            (b"a\\b.txt", "a\\b.txt"),
            (b"\xff.txt", "\\xFF.txt"),
            (b"\xfe.txt", "\\xFE.txt"),
            (b"\\xFF.txt", "\\\\xFF.txt"),
            (b"a\\\xff\xc3.txt", "a\\\\\\xFF\\xC3.txt"),
            (b"\\\\xFF.txt", "\\\\\\\\xFF.txt"),
        ];
        for (name, expected) in cases {
            assert_eq!(readable(name), expected);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_folder_are_named_and_not_followed() -> io::Result<()> {
        let folder = folder(&["a/b.txt", "c/d.txt"])?;
        let root = folder.path().to_path_buf();
        std::os::unix::fs::symlink(root.join("c"), root.join("a/link"))?;
        let link = "ROOT/a/link: a symbolic link, which a walk does not follow: give its path to read it";
        assert_eq!(
            ids(files(vec![root.join("a")], &[], Globs::default(), &OlderReports::default()), &root),
            ["b.txt", link]
        );
        assert_eq!(
            ids(files(vec![root.join("a/link")], &[], Globs::default(), &OlderReports::default()), &root),
            ["d.txt"]
        );
        Ok(())
    }

    #[test]
    fn an_unreadable_folder_is_skipped_with_what_the_system_says() {
        let denied = ignore::Error::Io(io::Error::from(io::ErrorKind::PermissionDenied));
        let error = ignore::Error::WithPath { path: "in/locked".into(), err: Box::new(denied) };
        let error = ignore::Error::WithDepth { depth: 1, err: Box::new(error) };
        assert_eq!(unreadable(error, Path::new("in")).to_string(), "in/locked: permission denied");
    }
}
