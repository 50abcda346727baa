//! The report folder: its files, and what they are made from.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::building::Building;
use super::columns::{MatchRow, MatchesTable, PostingRow, PostingsTable, SkillsTable, SkippedTable};
use super::csv::{CsvStyle, CsvTable};
use super::run_file::{self, RunFile, RunSettings, TableRows};
use super::skills::SkillCounts;
use crate::classifier::Classifier;
use crate::posting::Skipped;
use crate::run::{Classified, Sink, SinkError, Summary};

/// A report folder that cannot be made or replaced.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The place is taken by something that is not a report.
    #[error("{0} exists and is not a rolelean report; choose another folder with --out, or remove it")]
    NotAReport(PathBuf),
    /// The folder or a file in it cannot be written.
    #[error("cannot write the report {path}")]
    Unwritable {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

type Out = File;

/// Writes the report's files into a temporary folder, and puts it in place at the end.
///
/// ```
/// use std::sync::atomic::AtomicBool;
///
/// use rolelean::posting::{Inputs, ReadOptions};
/// use rolelean::report::{CsvStyle, ReportFolder, RunSettings};
/// use rolelean::run::{Settings, run};
/// use rolelean::{Classifier, Lexicon};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let out = folder.path().join("report");
/// let classifier = Classifier::new(Lexicon::builtin())?;
/// let mut inputs = Inputs::new(vec!["samples/postings.jsonl".into()], ReadOptions::default())?;
/// let about = RunSettings { paths: vec!["samples/postings.jsonl".to_owned()], threads: 1, ..RunSettings::default() };
/// let mut report = ReportFolder::create(&classifier, &out, CsvStyle::default(), about)?;
/// let stop = AtomicBool::new(false);
/// let summary = run(&mut inputs, &classifier, Settings::default(), &mut [&mut report], &stop, |_| {})?;
/// let written = report.publish()?;
/// assert!(written.join("postings.csv").is_file() && summary.classified > 0);
/// # Ok(())
/// # }
/// ```
pub struct ReportFolder<'c> {
    classifier: &'c Classifier,
    target: PathBuf,
    building: Building,
    settings: RunSettings,
    postings: CsvTable<Out, PostingsTable>,
    matches: CsvTable<Out, MatchesTable>,
    skipped: CsvTable<Out, SkippedTable>,
    style: CsvStyle,
    skills: SkillCounts,
    split_tables: Vec<(String, u64)>,
}

impl<'c> ReportFolder<'c> {
    /// Starts a report that will stand at `target`.
    ///
    /// # Errors
    /// When `target` is something else than a report, or its parent cannot be written:
    /// both are known before any posting is read.
    pub fn create(
        classifier: &'c Classifier,
        target: &Path,
        style: CsvStyle,
        settings: RunSettings,
    ) -> Result<Self, ReportError> {
        if !is_free(target) {
            return Err(ReportError::NotAReport(target.to_owned()));
        }
        let unwritable = |cause| ReportError::Unwritable { path: target.to_owned(), cause };
        let building = Building::create(target).map_err(unwritable)?;
        let lexicon = classifier.lexicon();
        let open = |name: &str| File::create(building.folder().join(name));
        Ok(Self {
            classifier,
            postings: open("postings.csv").and_then(|out| CsvTable::new(out, lexicon, style)).map_err(unwritable)?,
            matches: open("matches.csv").and_then(|out| CsvTable::new(out, lexicon, style)).map_err(unwritable)?,
            skipped: open("skipped.csv").and_then(|out| CsvTable::new(out, lexicon, style)).map_err(unwritable)?,
            target: target.to_owned(),
            building,
            settings,
            style,
            skills: SkillCounts::new(lexicon),
            split_tables: Vec::new(),
        })
    }

    /// The counts of skills so far.
    #[must_use]
    pub fn skills(&self) -> &SkillCounts {
        &self.skills
    }

    /// The tables that had no room in one sheet of a workbook that was asked for, and how many
    /// each fills; known when the run has ended.
    #[must_use]
    pub fn split_tables(&self) -> &[(String, u64)] {
        &self.split_tables
    }

    /// The folder in which the report's files are being written; more may be put there.
    #[must_use]
    pub fn building(&self) -> PathBuf {
        self.building.folder()
    }

    /// What is to be removed by whoever ends the process before the report is published.
    #[must_use]
    pub fn temporary(&self) -> &Path {
        self.building.temporary()
    }

    /// Puts the finished report in place; an older report there is replaced whole.
    ///
    /// # Errors
    /// When the folder cannot be renamed; the older report is then still there.
    pub fn publish(self) -> Result<PathBuf, ReportError> {
        // The tables must be closed before their folder moves on every system.
        drop((self.postings, self.matches, self.skipped));
        let path = self.target;
        self.building.publish().map_err(|cause| ReportError::Unwritable { path, cause })
    }

    /// Writes the table of skills, and says how many rows it has.
    fn write_skills(&self) -> io::Result<u64> {
        let lexicon = self.classifier.lexicon();
        let out = File::create(self.building.folder().join("skills.csv"))?;
        let mut table = CsvTable::<_, SkillsTable>::new(out, lexicon, self.style)?;
        for row in self.skills.rows(lexicon) {
            table.row(&row)?;
        }
        table.flush()?;
        Ok(table.count())
    }

    fn write_run(&mut self, summary: &Summary, skills: u64) -> io::Result<()> {
        let rows = TableRows {
            postings: self.postings.count(),
            matches: self.matches.count(),
            skills,
            skipped: self.skipped.count(),
            objects: self.settings.jsonl.then_some(summary.classified),
        };
        let run = RunFile::new(self.classifier.lexicon(), self.settings.clone(), rows, summary);
        self.split_tables = run.split_tables();
        run.write(&self.building.folder())
    }
}

impl Sink for ReportFolder<'_> {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        let lexicon = self.classifier.lexicon();
        self.skills.add(lexicon, result);
        self.postings.row(&PostingRow { lexicon, result }).map_err(|cause| failed("postings.csv", cause))?;
        for row in MatchRow::all(lexicon, result) {
            self.matches.row(&row).map_err(|cause| failed("matches.csv", cause))?;
        }
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        self.skipped.row(skipped).map_err(|cause| failed("skipped.csv", cause))
    }

    fn finish(&mut self, summary: &Summary) -> Result<(), SinkError> {
        self.postings.flush().map_err(|cause| failed("postings.csv", cause))?;
        self.matches.flush().map_err(|cause| failed("matches.csv", cause))?;
        self.skipped.flush().map_err(|cause| failed("skipped.csv", cause))?;
        let skills = self.write_skills().map_err(|cause| failed("skills.csv", cause))?;
        self.write_run(summary, skills).map_err(|cause| failed(run_file::NAME, cause))
    }
}

fn failed(what: &str, cause: io::Error) -> SinkError {
    SinkError { what: what.to_owned(), cause }
}

/// Whether a report may be put at `target`: nothing is there, or an empty folder, or
/// an older report.
pub(super) fn is_free(target: &Path) -> bool {
    match fs::read_dir(target) {
        Ok(mut entries) => target.join(run_file::NAME).is_file() || entries.next().is_none(),
        Err(_) => !target.exists(),
    }
}
