//! The report folder: its files, and what they are made from.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::{MatchesTable, PostingsTable, SkillRow, SkillsTable, SkippedTable};
use super::csv::{self, CsvStyle, CsvTable, PrepareMatches, PreparePostings};
use super::kept::KeptColumns;
#[cfg(feature = "xlsx")]
use super::merging;
use super::run_file::{self, MOST_TEXTS, RunFile, RunSettings, TableRows};
use super::skills::SkillCounts;
use crate::classifier::Classifier;
use crate::input::{Posting, Skipped};
use crate::run::{Classified, Prepare, Rows, Sink, SinkError, Summary};
use crate::staging::{Kind, LeftOver, Published, Staging, StagingError};

type Out = File;

/// The file of the postings table.
const POSTINGS: &str = "postings.csv";

/// Writes the report's files into a temporary folder, and puts it in place at the end.
///
/// ```
/// use std::sync::atomic::AtomicBool;
///
/// use rolelean::input::{Inputs, ReadOptions};
/// use rolelean::report::{CsvStyle, ReportFolder, RunSettings};
/// use rolelean::run::{Settings, run};
/// use rolelean::{Classifier, Lexicon};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let out = folder.path().join("report");
/// let classifier = Classifier::new(Lexicon::builtin());
/// let mut inputs = Inputs::new(vec!["samples/postings.jsonl".into()], ReadOptions::default())?;
/// let about = RunSettings { paths: vec!["samples/postings.jsonl".to_owned()], threads: 1, ..RunSettings::default() };
/// let mut report = ReportFolder::create(&classifier, &out, CsvStyle::default(), about)?;
/// let stop = AtomicBool::new(false);
/// let summary = run(&mut inputs, &classifier, Settings::default(), &mut [&mut report], &stop, |_| {})?;
/// let written = report.publish()?.folder;
/// assert!(written.join("postings.csv").is_file() && summary.classified > 0);
/// # Ok(())
/// # }
/// ```
pub struct ReportFolder<'c> {
    classifier: &'c Classifier,
    settings: RunSettings,
    postings: CsvTable<Out, PostingsTable>,
    matches: CsvTable<Out, MatchesTable>,
    skipped: CsvTable<Out, SkippedTable>,
    style: CsvStyle,
    skills: SkillCounts,
    /// The fingerprints of the postings so far, unless there are too many.
    texts: Option<Vec<u64>>,
    split_tables: Vec<(String, u64)>,
    /// The last, so that the tables in it are closed when it is dropped.
    staging: Staging,
}

impl<'c> ReportFolder<'c> {
    /// Starts a report that will stand at `target`.
    ///
    /// # Errors
    /// When something else than a report stands at `target`, or none can be put there:
    /// both are known before any posting is read.
    pub fn create(
        classifier: &'c Classifier,
        target: &Path,
        style: CsvStyle,
        settings: RunSettings,
    ) -> Result<Self, StagingError> {
        let staging = Staging::create(target, Kind::Report)?;
        let unwritable = |cause| StagingError::Unwritable { target: target.to_owned(), cause };
        let lexicon = classifier.lexicon();
        let open = |name: &str| File::create(staging.folder().join(name));
        Ok(Self {
            classifier,
            postings: open(POSTINGS)
                .map(|out| CsvTable::keeping(out, lexicon, style, KeptColumns::new(&settings.keep)))
                .map_err(unwritable)?,
            matches: open("matches.csv").map(|out| CsvTable::new(out, lexicon, style)).map_err(unwritable)?,
            skipped: open("skipped.csv").map(|out| CsvTable::new(out, lexicon, style)).map_err(unwritable)?,
            settings,
            style,
            skills: SkillCounts::new(lexicon),
            texts: Some(Vec::new()),
            split_tables: Vec::new(),
            staging,
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
    pub fn folder(&self) -> PathBuf {
        self.staging.folder()
    }

    /// What is to be removed by whoever ends the process before the report is published.
    #[must_use]
    pub fn left_over(&self) -> LeftOver {
        self.staging.left_over()
    }

    /// Puts the finished report in place; an older report there is replaced whole.
    ///
    /// # Errors
    /// When it cannot be put there; see [`Staging::publish`].
    pub fn publish(self) -> Result<Published, StagingError> {
        // The tables must be closed before their folder moves on every system.
        drop((self.postings, self.matches, self.skipped));
        self.staging.publish()
    }

    /// Keeps what later runs know a posting by.
    fn remember(&mut self, posting: &Posting) {
        match &mut self.texts {
            Some(texts) if texts.len() < MOST_TEXTS => texts.push(posting.fingerprint()),
            texts => *texts = None,
        }
    }

    /// Writes the table of skills, and says how many rows it has.
    fn write_skills(&self) -> io::Result<u64> {
        let lexicon = self.classifier.lexicon();
        let out = File::create(self.staging.folder().join("skills.csv"))?;
        let mut table = CsvTable::<_, SkillsTable>::new(out, lexicon, self.style);
        for row in SkillRow::all(lexicon, &self.skills) {
            table.row(&row)?;
        }
        table.flush()?;
        Ok(table.count())
    }

    /// Writes what is left of the postings table. Only now may all of its columns be known.
    fn finish_postings(&mut self) -> io::Result<()> {
        self.postings.flush()?;
        let kept = self.postings.kept();
        if !kept.is_open() {
            return Ok(());
        }
        let (header, columns) = csv::header_row::<PostingsTable>(self.classifier.lexicon(), self.style, kept);
        csv::complete(&self.staging.folder().join(POSTINGS), &header, columns)
    }

    fn write_run(&self, summary: &Summary, skills: u64) -> io::Result<RunFile> {
        let rows = TableRows {
            postings: self.postings.count(),
            matches: self.matches.count(),
            skills,
            skipped: self.skipped.count(),
            objects: self.settings.jsonl.then_some(summary.classified),
        };
        let mut run = RunFile::new(self.classifier.lexicon(), self.settings.clone(), rows, summary);
        run.texts.clone_from(&self.texts);
        run.write(&self.staging.folder())?;
        Ok(run)
    }
}

impl Sink for ReportFolder<'_> {
    fn preparations(&self) -> Vec<Arc<dyn Prepare>> {
        let (lexicon, style) = (self.classifier.lexicon(), self.style);
        vec![
            Arc::new(PreparePostings { lexicon: Arc::clone(lexicon), style }),
            Arc::new(PrepareMatches::new(lexicon, style)),
        ]
    }

    fn classified(&mut self, result: &Classified, rows: &[Rows]) -> Result<(), SinkError> {
        self.skills.add(self.classifier.lexicon(), result);
        self.remember(&result.posting);
        if let [postings, matches] = rows {
            self.postings.rows(postings, result).map_err(|cause| failed(POSTINGS, cause))?;
            self.matches.rows(matches, result).map_err(|cause| failed("matches.csv", cause))?;
        }
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        self.skipped.row(skipped).map_err(|cause| failed("skipped.csv", cause))
    }

    fn finish(&mut self, summary: &Summary) -> Result<(), SinkError> {
        self.finish_postings().map_err(|cause| failed(POSTINGS, cause))?;
        self.matches.flush().map_err(|cause| failed("matches.csv", cause))?;
        self.skipped.flush().map_err(|cause| failed("skipped.csv", cause))?;
        let skills = self.write_skills().map_err(|cause| failed("skills.csv", cause))?;
        let run = self.write_run(summary, skills).map_err(|cause| failed(run_file::NAME, cause))?;
        #[cfg(feature = "xlsx")]
        if run.settings.xlsx {
            merging::write_workbook(&self.staging.folder(), &run).map_err(|cause| failed(run_file::WORKBOOK, cause))?;
        }
        self.split_tables = run.split_tables();
        Ok(())
    }
}

fn failed(what: &str, cause: io::Error) -> SinkError {
    SinkError { what: what.to_owned(), cause }
}
