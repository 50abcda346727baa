//! The inputs of a run: paths and standard input, opened one after another.

use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memmem;

use super::account::Accounts;
use super::archive::OpenMember;
use super::columns::{Columns, NeverFound, list};
use super::compressed_table::CompressedTable;
use super::counted::Several;
use super::detect::{Container, Kind, Tabular};
use super::document_account::{DocumentKind, DocumentsRead};
use super::file::{Content, Document, Format};
use super::globs::Globs;
use super::held::Held;
use super::magic::Magic;
use super::meter::{Bytes, Meter, Metered};
use super::options::InputFormat;
use super::row::Table;
use super::stream::{Ahead, Awaited, Peeked, Waiting};
use super::suggest;
use super::walk::{Entry, Files, OlderReports, STANDARD_INPUT, files};
#[cfg(feature = "workbooks")]
use super::workbook;
use super::{
    BeforeWaiting, Pending, ReadOptions, Skipped, Source, TableRead, archive, csv, feed, html_table, json, json_ld,
    jsonl, mail, mailbox, ruled,
};
use crate::extract::{Package, decode};
use crate::{file, staging};

/// Why nothing can be read as it was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// A path that was given is not there.
    #[error("`{}` does not exist{}", path.display(), hint(nearest.as_deref()))]
    NotFound {
        /// The path as given.
        path: PathBuf,
        /// An existing path that is spelled nearly the same.
        nearest: Option<PathBuf>,
    },
    /// Several paths that were given are together the name of one that is there.
    #[error(
        "`{}` does not exist, and `{}` does: put a name with spaces in it in quotation marks",
        part.display(), whole.display()
    )]
    Unquoted {
        /// The part that is not there.
        part: PathBuf,
        /// The name as a whole.
        whole: PathBuf,
    },
    /// An address of the web.
    #[error(
        "`{0}` is an address, and rolelean reads nothing from the network: save it first, with \
         `curl -L -o postings.html {0}` or a browser"
    )]
    Address(String),
    /// No file at all was found under the paths.
    #[error("nothing to read{}", place(paths, *chosen, *older_reports))]
    Nothing {
        /// The paths as given.
        paths: Vec<PathBuf>,
        /// Whether files were chosen by patterns.
        chosen: bool,
        /// How many reports were passed over.
        older_reports: usize,
    },
    /// A path lies in a folder of [`ReadOptions::exclude`], where a report is to stand.
    #[error("{}; choose another folder with --out", lies(path, folder))]
    Excluded {
        /// The path as given.
        path: PathBuf,
        /// The folder.
        folder: PathBuf,
    },
    /// A path is a report.
    #[error(
        "`{}` is a report of rolelean: give the files or folders it was made from; `rolelean merge` joins reports",
        .0.display()
    )]
    Report(PathBuf),
    /// A column was named that no input has.
    #[error("no input has a column `{name}`{}", there_is(columns, nearest.as_deref()))]
    NoColumn {
        /// The name that was given.
        name: String,
        /// The columns that there are, of tables, or of objects that could be read.
        columns: Vec<String>,
        /// The one that is spelled nearly the same.
        nearest: Option<String>,
    },
    /// A pattern that cannot be understood.
    #[error("the pattern `{glob}` cannot be understood: {reason}")]
    Glob {
        /// The pattern as given.
        glob: String,
        /// What is wrong with it.
        reason: String,
    },
    /// `-` was given more than once.
    #[error("`-` is given twice: standard input can be read only once")]
    StandardInputTwice,
}

fn hint(nearest: Option<&Path>) -> String {
    nearest.map(|path| format!("; did you mean `{}`?", path.display())).unwrap_or_default()
}

fn lies(path: &Path, folder: &Path) -> String {
    let (path, folder) = (path.display(), folder.display());
    if path.to_string() == folder.to_string() {
        return format!("`{path}` is an input, so the report cannot be written there");
    }
    format!("`{path}` is an input, so the report cannot be written to {folder}")
}

fn there_is(columns: &[String], nearest: Option<&str>) -> String {
    if columns.is_empty() {
        return ": none of them is a table".to_owned();
    }
    let hint = nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
    format!("; the columns are {}{hint}", list(columns))
}

fn place(paths: &[PathBuf], chosen: bool, older_reports: usize) -> String {
    let quoted: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    if quoted.is_empty() {
        ": no path is given".to_owned()
    } else if chosen {
        format!(" in {}: `--include` and `--exclude` leave no file", quoted.join(", "))
    } else {
        let reports = match older_reports {
            0 => String::new(),
            1 => " and a report".to_owned(),
            more => format!(" and {more} reports"),
        };
        format!(" in {}: no files but hidden ones{reports}", quoted.join(", "))
    }
}

/// All postings under some paths, in order: a [`Source`] made of one for each file.
pub struct Inputs {
    paths: Vec<PathBuf>,
    files: Files,
    /// The file that is being read, and how reports show it.
    open: Option<(String, Box<dyn Source>)>,
    opener: Opener,
    globs: Globs,
    older_reports: OlderReports,
}

/// How many archives and messages may stand in one another.
const MOST_DEEP: usize = 3;

/// Opens files, streams and the members of archives as what they are.
#[derive(Clone)]
struct Opener {
    columns: Arc<Columns>,
    options: Arc<ReadOptions>,
    meter: Meter,
    waiting: Waiting,
    accounts: Arc<Accounts>,
    /// Which members of archives are read.
    globs: Arc<Globs>,
    /// How many archives and messages stand around what is opened.
    depth: usize,
}

impl Inputs {
    /// Finds the first input; the rest is found on the way.
    ///
    /// A path is a file, a folder to be walked, or `-` for standard input.
    ///
    /// # Errors
    /// When a path does not exist, is a report, or lies in a folder to be passed over, or there is
    /// nothing to read at all.
    pub fn new(mut paths: Vec<PathBuf>, options: ReadOptions) -> Result<Self, InputError> {
        if paths.iter().filter(|path| is_standard_input(path)).count() > 1 {
            return Err(InputError::StandardInputTwice);
        }
        if let Some(at) = paths.iter().position(|path| is_missing(path)) {
            return Err(missing(&paths, at));
        }
        paths.extend_from_slice(&options.listed);
        paths.iter().filter(|path| !is_standard_input(path)).try_for_each(|path| check(path, &options.exclude))?;
        let globs = Globs::new(&options).map_err(|(glob, reason)| InputError::Glob { glob, reason })?;
        let older_reports = OlderReports::default();
        let mut files = files(paths.clone(), &options.exclude, globs.clone(), &older_reports);
        if files.peek().is_none() {
            let (chosen, older_reports) = (!globs.is_empty(), older_reports.list().len());
            return Err(InputError::Nothing { paths, chosen, older_reports });
        }
        let (columns, options) = (Arc::new(Columns::new(&options)), Arc::new(options));
        let opener = Opener {
            columns,
            options,
            meter: Meter::default(),
            waiting: Waiting::default(),
            accounts: Arc::default(),
            globs: Arc::new(globs.clone()),
            depth: 0,
        };
        Ok(Self { paths, files, open: None, opener, globs, older_reports })
    }

    /// The reports that were passed over in the folders that have been walked so far.
    #[must_use]
    pub fn older_reports(&self) -> Vec<PathBuf> {
        self.older_reports.list()
    }

    /// Whether each column that was named stands in one of the inputs that have been read so far.
    ///
    /// # Errors
    /// [`InputError::NoColumn`] for the first that stands in none.
    pub fn check_columns(&self) -> Result<(), InputError> {
        match self.opener.columns.never_found() {
            Some(NeverFound { name, columns, nearest }) => Err(InputError::NoColumn { name, columns, nearest }),
            None => Ok(()),
        }
    }

    /// The bytes that all files hold, to measure [`Self::bytes_read`] against; `None` where
    /// that cannot be known, as of a pipe. Looks at each file.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let exclude = &self.opener.options.exclude;
        let files = files(self.paths.clone(), exclude, self.globs.clone(), &OlderReports::default());
        files.flatten().try_fold(0, |sum, entry| {
            let data = entry.path.metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some(sum + data.len())
        })
    }

    /// The bytes read so far, counted on while the inputs are read.
    #[must_use]
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.opener.meter)
    }
}

impl Opener {
    /// Opens a file by its name, and by its content where the name does not tell.
    fn open(&self, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        if entry.given && is_standard_input(&entry.path) {
            let stream = Awaited::new(io::stdin(), &self.waiting);
            return self.open_stream(Box::new(Metered::new(stream, &self.meter)), entry, self.options.input_format);
        }
        match Kind::of_name(&entry.path) {
            Kind::Document(Format::Unknown) => self.open_unknown(entry),
            kind => self.open_as(kind, entry),
        }
    }

    /// Opens a file of which it is known what it is.
    fn open_as(&self, kind: Kind, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        match kind {
            Kind::Document(format) => {
                let listing = if format == Format::Html { self.listing(&entry) } else { None };
                if let Some(listing) = listing {
                    return Ok(listing);
                }
                let content = Content::File(entry.path.clone(), Arc::clone(&self.meter));
                Ok(self.document(content, format, entry))
            }
            Kind::Table(Tabular::Parquet) => self.parquet(entry),
            Kind::Container(Container::Zip | Container::Ole) => {
                // The file is read here and there, so its size is counted as a whole.
                let size = entry.path.metadata().map_or(0, |data| data.len());
                self.meter.fetch_add(size, Ordering::Relaxed);
                self.held(Held::File(entry.path.clone()), entry)
            }
            kind => {
                let peeked = Peeked::open(&entry.path, &self.meter, self.options.max_expanded_bytes);
                let peeked = peeked.map_err(|error| failed(&error, &entry))?;
                match Magic::of(&peeked.sample) {
                    // A name may be wrong.
                    Some(_) if peeked.compressed.is_none() => {
                        let kind = Kind::of_content(&peeked, &self.columns);
                        drop(peeked);
                        self.open_as(kind, entry)
                    }
                    _ => self.open_peeked(kind, peeked, entry),
                }
            }
        }
    }

    /// The postings of a page that lists several. Any other page is opened anew when it is read.
    fn listing(&self, entry: &Entry) -> Option<Box<dyn Source>> {
        let mut bytes = Vec::new();
        let file = file::open(&entry.path).ok().filter(|file| file.metadata().is_ok_and(|data| data.is_file()))?;
        file.take(self.options.max_document_bytes).read_to_end(&mut bytes).ok()?;
        let mentions = memmem::find_iter(&bytes, b"JobPosting").take(2).count();
        if mentions < 2 {
            return None;
        }
        let listing = json_ld::listing(&decode(&bytes)?.text, &entry.source)?;
        self.meter.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Some(Box::new(Several::new(listing, DocumentKind::Html, &self.accounts)))
    }

    /// Opens a file by its content. A document is opened anew when it is read, so that
    /// no more files are open than are being read.
    fn open_unknown(&self, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        let file = file::open(&entry.path).map_err(|error| failed(&error, &entry))?;
        if !file.metadata().is_ok_and(|data| data.is_file()) {
            let stream = Awaited::new(file, &self.waiting);
            return self.open_stream(Box::new(Metered::new(stream, &self.meter)), entry, None);
        }
        let peeked = Peeked::expanding(Box::new(file), self.options.max_expanded_bytes, Ahead::Sample);
        let peeked = peeked.map_err(|error| failed(&error, &entry))?;
        let kind = Kind::of_content(&peeked, &self.columns);
        if matches!(kind, Kind::Document(_)) && peeked.whole && peeked.compressed.is_none() {
            let ruled = decode(&peeked.sample).and_then(|decoded| ruled::postings(&decoded.text, &entry.source));
            if let Some(postings) = ruled {
                self.meter.fetch_add(peeked.sample.len() as u64, Ordering::Relaxed);
                return Ok(Box::new(Several::new(postings, DocumentKind::of_text(&entry.source), &self.accounts)));
            }
        }
        self.open_as(kind, entry)
    }

    /// Opens a stream as what it is said to be, or begins like.
    fn open_stream(
        &self,
        stream: Bytes,
        entry: Entry,
        format: Option<InputFormat>,
    ) -> Result<Box<dyn Source>, Skipped> {
        let ahead = if format.is_some() { Ahead::Line } else { Ahead::Sample };
        let peeked = Peeked::expanding(stream, self.options.max_expanded_bytes, ahead);
        let peeked = peeked.map_err(|error| failed(&error, &entry))?;
        let kind = format.map_or_else(|| Kind::of_content(&peeked, &self.columns), Kind::of_format);
        self.open_peeked(kind, peeked, entry)
    }

    /// Opens a stream of which it is known what it is.
    fn open_peeked(&self, kind: Kind, peeked: Peeked, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        match kind {
            Kind::Document(format) => {
                let compressed = peeked.compressed.clone();
                Ok(self.document(Content::Stream(Box::new(peeked.rewound()), compressed), format, entry))
            }
            Kind::Table(Tabular::Parquet) => {
                Err(Skipped::whole(&entry.source, "Parquet, which is read from files only"))
            }
            Kind::Table(format) => self.table(peeked, format, entry.source),
            Kind::Container(Container::Mail) => {
                mail::open(Box::new(peeked.rewound()), &entry, self.mail_reader(&entry)?)
            }
            Kind::Container(Container::Mailbox) => {
                let reader = Arc::new(self.mail_reader(&entry)?);
                Ok(mailbox::open(Box::new(peeked.rewound()), &entry, reader))
            }
            Kind::Container(Container::Zip | Container::Ole) => {
                let held = Held::memory(peeked.rewound(), self.options.limits().expanded_bytes);
                self.held(held.map_err(|reason| Skipped::whole(&entry.source, reason))?, entry)
            }
        }
    }

    /// Opens what has to be read here and there: an archive, an office document, a workbook.
    fn held(&self, held: Held, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        let refused = |reason: String| Skipped::whole(&entry.source, reason);
        let most = self.options.limits().expanded_bytes;
        match held.what_it_is(most).map_err(refused)? {
            Package::Docx => Ok(self.document(held.into_content(), Format::Docx, entry)),
            Package::Odt => Ok(self.document(held.into_content(), Format::Odt, entry)),
            Package::Workbook => self.workbook(held, entry),
            Package::Folder => {
                let members = self.deeper().map_err(refused)?;
                archive::open(held.reader().map_err(refused)?, &entry, &self.options, &self.globs, Box::new(members))
            }
            Package::Other(reason) => Err(refused(reason.to_owned())),
        }
    }

    /// What opens the members of an archive, or what is attached to a message.
    fn deeper(&self) -> Result<Self, String> {
        if self.depth >= MOST_DEEP {
            return Err(format!("archives and messages nested more than {MOST_DEEP} deep"));
        }
        Ok(Self { depth: self.depth + 1, ..self.clone() })
    }

    fn mail_reader(&self, entry: &Entry) -> Result<mail::Reader, Skipped> {
        let opener = self.deeper().map_err(|reason| Skipped::whole(&entry.source, reason))?;
        let (options, accounts) = (Arc::clone(&self.options), Arc::clone(&self.accounts));
        Ok(mail::Reader { options, accounts, opener: Box::new(opener) })
    }

    fn document(&self, content: Content, format: Format, entry: Entry) -> Box<dyn Source> {
        let Entry { id, source, .. } = entry;
        let (options, accounts) = (Arc::clone(&self.options), Arc::clone(&self.accounts));
        Document { id, source, format, content, options, accounts }.into_source()
    }

    /// A table of that name, of which is told when the run has ended.
    fn table_of(&self, source: String) -> Table {
        let accounts = Arc::clone(&self.accounts);
        Table { accounts, ..Table::new(source, Arc::clone(&self.columns), &self.options) }
    }

    fn table(&self, peeked: Peeked, format: Tabular, source: String) -> Result<Box<dyn Source>, Skipped> {
        if let Some(refusal) = peeked.refusal() {
            return Err(Skipped::whole(&source, refusal));
        }
        let transcoded = peeked.transcoded().map_err(|error| Skipped::whole(&source, error.to_string()));
        let (peeked, encoding) = transcoded?;
        let compressed = peeked.compressed.clone();
        let table = Table { encoding, ..self.table_of(source.clone()) };
        let records = match format {
            Tabular::Delimited(delimiter) => csv::open(peeked, table, delimiter)?,
            Tabular::Feed => feed::open(peeked, table)?,
            Tabular::JsonLines if !json::is_array(&peeked) => jsonl::open(peeked, table),
            Tabular::Html => html_table::open(peeked, table, self.options.max_document_bytes)?,
            _ => json::open(peeked, table, self.options.max_document_bytes)?,
        };
        Ok(match compressed {
            None => records,
            Some(compressed) => Box::new(CompressedTable::new(records, source, compressed)),
        })
    }

    #[cfg(feature = "workbooks")]
    fn workbook(&self, held: Held, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        workbook::open(held, self.table_of(entry.source), Arc::clone(&self.options))
    }

    #[cfg(not(feature = "workbooks"))]
    #[expect(clippy::unused_self, reason = "the other build needs it")]
    fn workbook(&self, _: Held, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        let reason = "a workbook, which this build does not read: build it with the feature `workbooks`, or save the sheet as CSV";
        Err(Skipped::whole(&entry.source, reason))
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        // The file is read here and there, so its size is counted as a whole.
        let size = entry.path.metadata().map_or(0, |data| data.len());
        self.meter.fetch_add(size, Ordering::Relaxed);
        super::parquet::open(&entry.path, self.table_of(entry.source))
    }

    #[cfg(not(feature = "parquet"))]
    #[expect(clippy::unused_self, reason = "the other build needs it")]
    fn parquet(&self, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        let reason =
            "Parquet, which this build does not read: build it with the feature `parquet`, or save the table as CSV";
        Err(Skipped::whole(&entry.source, reason))
    }
}

impl OpenMember for Opener {
    fn open_member(&self, stream: Bytes, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
        match Kind::of_name(&entry.path) {
            Kind::Document(Format::Unknown) => self.open_stream(stream, entry, None),
            kind => {
                let peeked = Peeked::expanding(stream, self.options.max_expanded_bytes, Ahead::Sample);
                let peeked = peeked.map_err(|error| failed(&error, &entry))?;
                let known = Magic::of(&peeked.sample).map(|_| Kind::of_content(&peeked, &self.columns));
                self.open_peeked(known.unwrap_or(kind), peeked, entry)
            }
        }
    }
}

fn failed(error: &io::Error, entry: &Entry) -> Skipped {
    Skipped::whole(&entry.source, error.to_string())
}

impl Source for Inputs {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        loop {
            if let Some((name, open)) = &mut self.open {
                match guarded(name, || Ok(open.next())) {
                    Ok(Some(next)) => return Some(next),
                    Ok(None) => self.open = None,
                    Err(skipped) => {
                        self.open = None;
                        return Some(Err(skipped));
                    }
                }
            }
            let opened = self.files.next()?.and_then(|entry| {
                let name = entry.source.clone();
                guarded(&name, || self.opener.open(entry)).map(|source| (name, source))
            });
            match opened {
                Ok(source) => self.open = Some(source),
                Err(skipped) => return Some(Err(skipped)),
            }
        }
    }

    fn tables(&self) -> Vec<TableRead> {
        self.opener.accounts.tables()
    }

    fn documents(&self) -> Vec<DocumentsRead> {
        self.opener.accounts.documents()
    }

    fn before_waiting(&mut self, call: Option<BeforeWaiting>) {
        if let Ok(mut waiting) = self.opener.waiting.lock() {
            *waiting = call;
        }
    }
}

/// Reads of a file. A panic in its reader costs what is left of it, and no other file.
fn guarded<T>(name: &str, read: impl FnOnce() -> Result<T, Skipped>) -> Result<T, Skipped> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Skipped::broken(name.to_owned(), None)))
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT || path == Path::new("/dev/stdin")
}

/// Refuses a path that must not be read as postings.
fn check(path: &Path, exclude: &[PathBuf]) -> Result<(), InputError> {
    if path.is_dir() && staging::is_report(path) {
        return Err(InputError::Report(path.to_owned()));
    }
    match exclude.iter().find(|folder| staging::lies_in(path, folder)) {
        Some(folder) => Err(InputError::Excluded { path: path.to_owned(), folder: folder.clone() }),
        None => Ok(()),
    }
}

/// What is said of a path that is not there.
fn missing(paths: &[PathBuf], at: usize) -> InputError {
    let path = &paths[at];
    let address =
        path.to_str().filter(|text| ["http://", "https://", "ftp://"].iter().any(|kind| text.starts_with(kind)));
    match (address, suggest::unquoted(paths, at)) {
        (Some(address), _) => InputError::Address(address.to_owned()),
        (None, Some(whole)) => InputError::Unquoted { part: path.clone(), whole },
        (None, None) => InputError::NotFound { path: path.clone(), nearest: suggest::existing(path) },
    }
}

/// A path of which nothing more is known, such as one behind a locked folder, is not missing.
fn is_missing(path: &Path) -> bool {
    !is_standard_input(path) && path.try_exists().is_ok_and(|exists| !exists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Posting;
    use std::fs;

    fn read(mut source: impl FnMut() -> Option<Result<Pending, Skipped>>) -> Vec<Result<Posting, Skipped>> {
        std::iter::from_fn(&mut source).map(|pending| pending.and_then(Pending::read)).collect()
    }

    fn short(read: Vec<Result<Posting, Skipped>>) -> Vec<String> {
        let line = |one: Result<Posting, Skipped>| match one {
            Ok(posting) => format!("{}: {}", posting.id, posting.title),
            Err(skipped) => skipped.to_string(),
        };
        read.into_iter().map(line).collect()
    }

    fn inputs(paths: Vec<PathBuf>) -> Result<Inputs, InputError> {
        Inputs::new(paths, ReadOptions::default())
    }

    /// Panics when it is asked for anything.
    struct Panicking;

    impl Source for Panicking {
        fn next(&mut self) -> Option<Result<Pending, Skipped>> {
            panic!("as the test wants it")
        }
    }

    #[test]
    fn a_reader_that_panics_costs_what_is_left_of_its_file() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("a.txt"), "Cook\n\nYou cook.")?;
        let mut inputs = inputs(vec![folder.path().to_path_buf()])?;
        inputs.open = Some(("broken.csv".to_owned(), Box::new(Panicking)));
        let expected = ["broken.csv: internal error while reading it; please file a bug with this file", "a.txt: Cook"];
        assert_eq!(short(read(|| inputs.next())), expected);
        let opened = guarded("broken.json", || -> Result<(), Skipped> { panic!("as the test wants it") });
        assert!(opened.is_err_and(|skipped| skipped.source == "broken.json"));
        Ok(())
    }

    #[test]
    fn a_folder_of_all_formats_is_read_in_order() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let files: [(&str, &[u8]); 14] = [
            ("a.txt", b"Cook\n\nYou cook."),
            ("b.md", b"# Baker\n\nYou bake."),
            ("c.html", b"<h1>Chef</h1><p>You lead.</p>"),
            ("d.csv", b"title,description\nFryer,You fry.\nBoiler,You boil.\n"),
            ("e.json", br#"[{"id": "e", "title": "Maid", "text": "You clean."}]"#),
            ("f.jsonl", br#"{"title": "Guard", "text": "You guard."}"#),
            ("g.jsonl", br#"[{"id": "g", "title": "Groom", "text": "You ride."}]"#),
            ("h.csv", b"id,skill\n1,Java\n"),
            ("i.dat", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0"),
            ("j.txt", b""),
            ("k.csv", b""),
            ("l", b"Waiter\n\nYou wait."),
            ("m.dump", b"id,title,text\nm,Usher,You usher.\n"),
            ("n.tsv", b"\xff\xfei\0d\0\t\0t\0e\0x\0t\0\n\0n\0\t\0Y\0o\0u\0 \0r\0u\0n\0.\0\n\0"),
        ];
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes)?;
        }
        let root = folder.path().display().to_string();
        let mut inputs = inputs(vec![folder.path().to_path_buf()])?;
        let found: Vec<String> = short(read(|| inputs.next())).iter().map(|line| line.replace(&root, "in")).collect();
        let expected = [
            "a.txt: Cook",
            "b.md: Baker",
            "c.html: Chef",
            "in/d.csv#1: Fryer",
            "in/d.csv#2: Boiler",
            "e: Maid",
            "in/f.jsonl#1: Guard",
            "g: Groom",
            "in/h.csv: no text column such as `description` was found; the columns are `id`, `skill`; name one with `--text-column`",
            "in/i.dat: not text (binary), and none of the formats that are read: see docs/inputs.md, or save it as text or CSV",
            "in/j.txt: empty file",
            "in/k.csv: empty file",
            "l: Waiter",
            "m: Usher",
            "n: ",
        ];
        assert_eq!(found, expected);
        Ok(())
    }

    #[test]
    fn every_byte_of_every_file_is_counted() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let files = [("a.txt", "Cook\n\nYou cook."), ("b.csv", "id,text\n1,Cook\n"), ("c.json", "[]"), ("d.txt", "")];
        for (name, text) in files {
            fs::write(folder.path().join(name), text)?;
        }
        let paths = vec![folder.path().to_path_buf()];
        let size = files.iter().map(|(_, text)| text.len() as u64).sum();
        let mut inputs = inputs(paths)?;
        assert_eq!(inputs.size(), Some(size));
        let read_so_far = inputs.bytes_read();
        read(|| inputs.next());
        assert_eq!(read_so_far.load(Ordering::Relaxed), size);
        assert_eq!(Inputs::new(vec!["-".into()], ReadOptions::default())?.size(), None);
        Ok(())
    }

    #[test]
    fn a_stream_is_what_it_begins_like() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("a.txt"), "x")?;
        let inputs = inputs(vec![folder.path().to_path_buf()])?;
        let cases: [(&str, &[&str]); 6] = [
            ("Cook\n\nYou cook.", &["-: Cook"]),
            ("<!DOCTYPE html><h1>Cook</h1><p>You cook.", &["-: Cook"]),
            (
                "{\"title\": \"Cook\", \"text\": \"x\"}\n{\"title\": \"Baker\", \"text\": \"x\"}\n",
                &["-#1: Cook", "-#2: Baker"],
            ),
            ("[{\"title\": \"Cook\", \"text\": \"x\"}]", &["-#1: Cook"]),
            ("id;title;text\n7;Cook;x\n", &["7: Cook"]),
            ("", &["-: empty file"]),
        ];
        for (content, expected) in cases {
            let entry = Entry { path: "-".into(), id: "-".to_owned(), source: "-".to_owned(), given: true };
            let mut source = inputs
                .opener
                .open_stream(Box::new(content.as_bytes()), entry, None)
                .map_err(|skipped| skipped.to_string())?;
            assert_eq!(short(read(|| source.next())), expected, "{content}");
        }
        Ok(())
    }

    #[test]
    fn a_file_that_is_given_is_read_whatever_its_name() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let (hidden, dump) = (folder.path().join(".hidden.log"), folder.path().join("dump"));
        fs::write(&hidden, "Cook\n\nYou cook.")?;
        fs::write(&dump, "id,title,text\n7,Baker,You bake.\n")?;
        let mut inputs = inputs(vec![hidden.clone(), dump])?;
        assert_eq!(short(read(|| inputs.next())), [format!("{}: Cook", hidden.display()), "7: Baker".to_owned()]);
        Ok(())
    }

    #[test]
    fn a_run_with_nothing_to_read_says_so() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("empty"))?;
        fs::write(path("empty/.hidden.txt"), "x")?;
        let cases = [
            (
                vec![path("emty")],
                format!("`{}` does not exist; did you mean `{}`?", path("emty").display(), path("empty").display()),
            ),
            (vec![path("other")], format!("`{}` does not exist", path("other").display())),
            (
                vec![path("empty")],
                format!("nothing to read in `{}`: no files but hidden ones", path("empty").display()),
            ),
            (vec![], "nothing to read: no path is given".to_owned()),
            (vec!["-".into(), "-".into()], "`-` is given twice: standard input can be read only once".to_owned()),
        ];
        for (paths, expected) in cases {
            let found = inputs(paths).err().map(|error| error.to_string());
            assert_eq!(found, Some(expected));
        }
        Ok(())
    }
}
