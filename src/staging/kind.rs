//! The folders that are written, and how one is known: every file in it has a name of ours, and one of
//! them, the mark, says what the folder is.

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, DirEntry};
use std::io::{self, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::file::open_itself;

use super::desktop::is_desktop_file;

/// Every file that a report may hold. Only files of these names are removed with an older report,
/// and a folder that holds anything else is none: a new file of a report must be named here.
pub const REPORT_FILES: [&str; 8] =
    ["matches.csv", "postings.csv", "postings.jsonl", "report.html", "report.xlsx", RUN, "skills.csv", "skipped.csv"];

/// Every file that a comparison of two reports holds.
pub const COMPARISON_FILES: [&str; 5] = ["comparison.html", COMPARED, RUN, "skill-changes.csv", "verdict-changes.csv"];

/// How the names of temporary folders begin.
pub(super) const TEMPORARY: &str = ".rolelean-tmp-";

/// The mark of a report and of a comparison.
const RUN: &str = "run.json";
/// The table that no report lacks.
const POSTINGS: &str = "postings.csv";
/// The table that no comparison lacks.
const COMPARED: &str = "posting-changes.csv";
/// The mark of a lexicon.
const LEXICON: &str = "lexicon.toml";
/// The folders in a lexicon, and how the names of their files end.
const LEXICON_FOLDERS: [(&str, &str); 3] = [("roles", "md"), ("schema", "json"), ("skills", "toml")];
/// How the names of a lexicon's other files end.
const LEXICON_FILES: [&str; 2] = ["csv", "toml"];
/// The largest mark that is read. It names the paths of a run, so it may be long.
const MARK_BYTES: u64 = 256 << 20;

/// What a folder is that is written whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The report of a run. It takes the place of an older one.
    Report,
    /// What two reports differ in. It takes the place of an older one.
    Comparison,
    /// A lexicon. It takes the place of nothing but an empty folder.
    Lexicon,
}

impl Kind {
    /// The file by which a folder of this kind is known; the last to be put in place.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Report | Self::Comparison => RUN,
            Self::Lexicon => LEXICON,
        }
    }

    /// Whether a folder of this kind may hold a file of this name, or one in a folder of it.
    fn names(self, folder: Option<&str>, file: &str) -> bool {
        let ends = |end: &str| Path::new(file).extension().is_some_and(|extension| extension == end);
        match (self, folder) {
            (Self::Report, None) => REPORT_FILES.contains(&file),
            (Self::Comparison, None) => COMPARISON_FILES.contains(&file),
            (Self::Report | Self::Comparison, Some(_)) => false,
            (Self::Lexicon, None) => LEXICON_FILES.into_iter().any(ends),
            (Self::Lexicon, Some(folder)) => LEXICON_FOLDERS.iter().any(|(name, end)| *name == folder && ends(end)),
        }
    }

    fn has_folder(self, folder: &str) -> bool {
        self == Self::Lexicon && LEXICON_FOLDERS.iter().any(|(name, _)| *name == folder)
    }
}

/// What keeps a folder from being taken for one of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stranger {
    /// An entry that no folder of this kind holds, and how many more there are beside it.
    Entry(PathBuf, usize),
    /// The files have names of ours, but the `run.json` is missing that would say so.
    NoRun,
    /// The `run.json` was written by something else.
    OtherRun,
}

impl fmt::Display for Stranger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(path, 0) => write!(f, "holds `{}`, which rolelean did not write", path.display()),
            Self::Entry(path, more) => {
                let plural = if *more == 1 { "" } else { "s" };
                write!(f, "holds `{}` and {more} other thing{plural} that rolelean did not write", path.display())
            }
            Self::NoRun => write!(f, "holds no {RUN}, by which what rolelean wrote is known"),
            Self::OtherRun => write!(f, "holds a {RUN} that rolelean did not write"),
        }
    }
}

/// All that stands in a folder.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Files with names of ours, from the folder on.
    pub files: Vec<PathBuf>,
    /// Folders with names of ours.
    pub folders: Vec<PathBuf>,
    /// Files that a desktop, an office program or an editor keeps there.
    pub desktop: Vec<PathBuf>,
    /// Everything else.
    pub strangers: Vec<PathBuf>,
}

impl Listing {
    /// Lists `folder` by what a folder of this kind holds.
    ///
    /// Links and special files are strangers whatever their names. What stays where it is when the folder
    /// is written in place is not listed if `in_place`: temporary folders of this program, and all that a
    /// desktop keeps there.
    pub(super) fn of(folder: &Path, kind: Kind, in_place: bool) -> io::Result<Self> {
        let mut listing = Self::default();
        for entry in entries(folder)? {
            let (name, is) = (entry.file_name(), entry.file_type()?);
            let known = name.to_str().unwrap_or_default();
            let is_desktop = is_desktop_file(&name);
            if in_place && (is_desktop || is.is_dir() && is_temporary(&name)) {
                continue;
            } else if is.is_file() && kind.names(None, known) {
                listing.files.push(name.into());
            } else if is.is_file() && is_desktop {
                listing.desktop.push(name.into());
            } else if is.is_dir() && kind.has_folder(known) {
                listing.add_folder(folder, kind, known)?;
            } else {
                listing.strangers.push(name.into());
            }
        }
        Ok(listing)
    }

    fn add_folder(&mut self, above: &Path, kind: Kind, folder: &str) -> io::Result<()> {
        for entry in entries(&above.join(folder))? {
            let name = entry.file_name();
            let is_known = entry.file_type()?.is_file() && kind.names(Some(folder), name.to_str().unwrap_or_default());
            let path = Path::new(folder).join(name);
            if is_known { self.files.push(path) } else { self.strangers.push(path) }
        }
        self.folders.push(folder.into());
        Ok(())
    }
}

/// The entries of a folder in the order of their names.
fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<DirEntry>>>()?;
    entries.sort_by_key(DirEntry::file_name);
    Ok(entries)
}

/// What a folder is found to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Empty,
    /// An older one of the same kind, with nothing in it but files of ours.
    Older,
    Other(Stranger),
}

impl Found {
    /// Looks at `folder`; see [`Listing::of`].
    pub(super) fn in_folder(folder: &Path, kind: Kind, in_place: bool) -> io::Result<Self> {
        let Listing { files, folders, mut strangers, .. } = Listing::of(folder, kind, in_place)?;
        if kind == Kind::Lexicon {
            // What somebody has written into a lexicon is theirs.
            strangers.extend(folders.into_iter().chain(files.iter().cloned()));
        }
        if let Some((first, more)) = strangers.split_first() {
            return Ok(Self::Other(Stranger::Entry(first.clone(), more.len())));
        }
        if files.is_empty() {
            return Ok(Self::Empty);
        }
        Ok(match run_of(folder)? {
            RunFound::Ours => Self::Older,
            RunFound::None => Self::Other(Stranger::NoRun),
            RunFound::Empty | RunFound::Other => Self::Other(Stranger::OtherRun),
        })
    }
}

/// Whether a folder is a report, perhaps with something beside its files.
///
/// It is one when it holds the table of postings, or that of a comparison of reports, and a `run.json` that this
/// program wrote. Where the system fails to tell, it is taken for one: its tables are not to be read for anything else.
#[must_use]
pub fn is_report(folder: &Path) -> bool {
    let has = |table: &str| match fs::symlink_metadata(folder.join(table)) {
        Ok(found) => found.is_file(),
        Err(error) => !is_answer(&error),
    };
    (has(POSTINGS) || has(COMPARED)) && run_of(folder).map_or(true, |run| run == RunFound::Ours)
}

/// Whether an error says that nothing is there, or nothing that this user could read, and is no failure.
fn is_answer(error: &io::Error) -> bool {
    use ErrorKind::{InvalidFilename, NotADirectory, NotFound, PermissionDenied};
    matches!(error.kind(), InvalidFilename | NotADirectory | NotFound | PermissionDenied)
}

/// What every `run.json` of this program says, whatever its version.
#[derive(Deserialize)]
struct Run {
    rolelean: String,
    lexicon: Option<RunLexicon>,
    settings: Option<IgnoredAny>,
    postings: Option<u64>,
    comparison: Option<IgnoredAny>,
    unfinished: Option<String>,
}

#[derive(Deserialize)]
struct RunLexicon {
    sha256: String,
}

impl Run {
    fn is_ours(&self) -> bool {
        let names_lexicon = self.lexicon.as_ref().is_some_and(|lexicon| !lexicon.sha256.is_empty());
        let is_finished = names_lexicon && self.settings.is_some() && self.postings.is_some();
        !self.rolelean.is_empty() && (is_finished || self.comparison.is_some() || self.unfinished.is_some())
    }
}

/// What `run.json` in a folder is found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunFound {
    None,
    /// Just begun, by whomever.
    Empty,
    Ours,
    Other,
}

/// Looks at the `run.json` in a folder.
///
/// # Errors
/// When the system does not let it be read: then nobody knows whose it is.
pub(super) fn run_of(folder: &Path) -> io::Result<RunFound> {
    let file = match if_there(open_itself(&folder.join(RUN))) {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(RunFound::None),
        // A folder, a link, or a pipe.
        Err(error) if error.kind() == ErrorKind::InvalidInput => return Ok(RunFound::Other),
        Err(error) => return Err(error),
    };
    if file.metadata()?.len() == 0 {
        return Ok(RunFound::Empty);
    }
    match serde_json::from_reader::<_, Run>(BufReader::new(file.take(MARK_BYTES))) {
        Ok(run) if run.is_ours() => Ok(RunFound::Ours),
        Err(error) if error.is_io() => Err(error.into()),
        Ok(_) | Err(_) => Ok(RunFound::Other),
    }
}

/// Whether a folder of this name could be a temporary one.
pub(super) fn is_temporary(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes())
}

/// What was found, and nothing where nothing is there.
pub(super) fn if_there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        found => found.map(Some),
    }
}

/// What `run.json` says while the files beside it are replaced one by one: it vouches for none of them.
#[derive(Serialize)]
pub(super) struct Unfinished {
    rolelean: &'static str,
    unfinished: &'static str,
}

impl Unfinished {
    pub(super) const MARK: Self = Self {
        rolelean: env!("CARGO_PKG_VERSION"),
        unfinished: "the files of this report are being replaced; if no run is doing so any more, run it again",
    };
}
