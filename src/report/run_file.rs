//! `run.json`: how a report was made and what it adds up to, written and read again.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::file;
use crate::lexicon::{Lexicon, Side};
use crate::run::Summary;

/// The file by which a folder is known to be a report.
pub(super) const NAME: &str = "run.json";

/// What `run.json` says of how the run was made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RunSettings {
    /// The paths given.
    pub paths: Vec<String>,
    /// Worker threads.
    pub threads: usize,
    /// Whether formula-like text cells were left as they are.
    pub raw_cells: bool,
    /// Whether the tables start with a byte order mark.
    pub bom: bool,
    /// Whether postings were marked that repeat an earlier one of the run.
    pub dedupe: bool,
}

/// All that `run.json` holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RunFile {
    /// The version of this program.
    pub rolelean: String,
    pub lexicon: LexiconUsed,
    pub settings: RunSettings,
    pub postings: u64,
    pub skipped: u64,
    /// Postings by leaning.
    pub leanings: BTreeMap<String, u64>,
    pub title_disagrees: u64,
    pub bytes: u64,
    pub words: u64,
    pub seconds: f64,
}

/// Which lexicon a run used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LexiconUsed {
    pub name: String,
    pub version: String,
    pub sha256: String,
    /// The ids of its two roles, left and right.
    pub roles: [String; 2],
}

impl RunFile {
    pub(super) fn new(lexicon: &Lexicon, settings: RunSettings, summary: &Summary) -> Self {
        let roles = Side::BOTH.map(|side| lexicon.role(side).id.clone());
        let [left, right] = roles.clone();
        let counts = &summary.leanings;
        let others = [("balanced".to_owned(), counts.balanced), ("neither".to_owned(), counts.neither)];
        Self {
            rolelean: env!("CARGO_PKG_VERSION").to_owned(),
            lexicon: LexiconUsed {
                name: lexicon.name().to_owned(),
                version: lexicon.version().to_owned(),
                sha256: lexicon.hash().to_owned(),
                roles,
            },
            settings,
            postings: summary.classified,
            skipped: summary.skipped,
            leanings: [(left, counts.left), (right, counts.right)].into_iter().chain(others).collect(),
            title_disagrees: summary.title_disagrees,
            bytes: summary.bytes,
            words: summary.words,
            seconds: summary.elapsed.as_secs_f64(),
        }
    }

    pub(super) fn read(report: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&file::read(&report.join(NAME))?)?)
    }

    pub(super) fn write(&self, report: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(report.join(NAME))?);
        serde_json::to_writer_pretty(&mut out, self)?;
        out.write_all(b"\n")?;
        out.flush()
    }

    /// Postings that lean to the left and to the right role.
    pub(super) fn leaning(&self) -> [u64; 2] {
        self.lexicon.roles.each_ref().map(|role| self.leanings.get(role).copied().unwrap_or(0))
    }

    /// Runs as one; the time is that of all together.
    pub(super) fn sum<'r>(mut runs: impl Iterator<Item = &'r Self>) -> Option<Self> {
        let mut sum = runs.next()?.clone();
        runs.for_each(|run| sum.add(run));
        Some(sum)
    }

    fn add(&mut self, other: &Self) {
        self.settings.paths.extend_from_slice(&other.settings.paths);
        self.settings.threads = self.settings.threads.max(other.settings.threads);
        self.postings += other.postings;
        self.skipped += other.skipped;
        for (leaning, count) in &other.leanings {
            *self.leanings.entry(leaning.clone()).or_default() += count;
        }
        self.title_disagrees += other.title_disagrees;
        self.bytes += other.bytes;
        self.words += other.words;
        self.seconds += other.seconds;
    }
}
