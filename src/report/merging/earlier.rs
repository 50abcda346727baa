//! An earlier report, to which a run adds what is new.

use std::path::PathBuf;

use super::report::{Report, compare};
use super::{MergeError, check_own};
use crate::lexicon::Lexicon;
use crate::report::run_file::{LexiconUsed, RunFile, RunSettings};
use crate::run::Known;

/// A report that a run goes on from.
pub struct Earlier {
    pub(super) report: Report,
    texts: Vec<u64>,
}

impl Earlier {
    /// Reads what a report says of itself.
    ///
    /// # Errors
    /// When it cannot be read, is of another version, or does not say which postings it is made of.
    pub fn open(path: PathBuf) -> Result<Self, MergeError> {
        let mut report = Report::open(path)?;
        check_own(&report)?;
        match report.run.texts.take() {
            Some(texts) if texts.len() as u64 == report.run.postings => {
                report.run.texts = Some(texts.clone());
                Ok(Self { report, texts })
            }
            _ => Err(MergeError::Untold(report.path)),
        }
    }

    /// Whether a run with this lexicon and these settings writes rows that belong into the same tables.
    ///
    /// # Errors
    /// When it does not, or cannot add to the objects and the page that are wanted.
    pub fn check(&self, lexicon: &Lexicon, settings: &RunSettings) -> Result<(), MergeError> {
        let run = RunFile { lexicon: LexiconUsed::of(lexicon), settings: settings.clone(), ..self.report.run.clone() };
        let this_run = PathBuf::from("this run");
        compare(&self.report, &this_run, &run)?;
        let runs = [(&self.report.path, &self.report.run), (&this_run, &run)];
        if let Some((name, _)) = runs.into_iter().find(|(_, run)| run.settings.dedupe) {
            return Err(MergeError::Dedupe(name.clone()));
        }
        if (settings.html || settings.jsonl) && !self.has_objects() {
            return Err(MergeError::NoObjects(self.report.path.clone()));
        }
        Ok(())
    }

    /// Whether it holds an object for each posting.
    #[must_use]
    pub fn has_objects(&self) -> bool {
        self.report.run.settings.jsonl
    }

    /// How it was made.
    #[must_use]
    pub fn settings(&self) -> &RunSettings {
        &self.report.run.settings
    }

    /// The postings that it holds.
    #[must_use]
    pub fn known(&self) -> Known {
        Known::new(self.texts.iter().copied())
    }
}
