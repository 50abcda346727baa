//! The report folder: built aside, put in place whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use tempfile::TempDir;

use super::columns::{MatchRow, MatchesTable, PostingRow, PostingsTable, SkillRow, SkillsTable, SkippedTable};
use super::csv::{CsvStyle, CsvTable};
use super::skills::SkillCounts;
use crate::classifier::Classifier;
use crate::lexicon::{Lexicon, Side};
use crate::posting::Skipped;
use crate::run::{Classified, Sink, SinkError, Summary};
use crate::text::LineIndex;

/// The file by which a folder is known to be a report.
const MARKER: &str = "run.json";
/// How temporary folders beside the report begin; a later run clears left-over ones.
const TEMPORARY: &str = ".rolelean-tmp-";

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

/// What `run.json` says of how the run was made.
#[derive(Debug, Clone, Serialize)]
pub struct RunSettings {
    /// The paths given.
    pub paths: Vec<String>,
    /// Worker threads.
    pub threads: usize,
    /// Whether formula-like text cells were left as they are.
    pub raw_cells: bool,
}

type Out = File;

/// Writes the report's files into a temporary folder, and puts it in place at the end.
pub struct ReportFolder<'c> {
    classifier: &'c Classifier,
    target: PathBuf,
    building: TempDir,
    settings: RunSettings,
    postings: CsvTable<Out, PostingsTable>,
    matches: CsvTable<Out, MatchesTable>,
    skipped: CsvTable<Out, SkippedTable>,
    style: CsvStyle,
    skills: SkillCounts,
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
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(unwritable)?;
        clear_left_overs(parent);
        let building = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(parent).map_err(unwritable)?;
        let lexicon = classifier.lexicon();
        let open = |name: &str| File::create(building.path().join(name));
        Ok(Self {
            classifier,
            target: target.to_owned(),
            postings: open("postings.csv").and_then(|out| CsvTable::new(out, lexicon, style)).map_err(unwritable)?,
            matches: open("matches.csv").and_then(|out| CsvTable::new(out, lexicon, style)).map_err(unwritable)?,
            skipped: open("skipped.csv").and_then(|out| CsvTable::new(out, lexicon, style)).map_err(unwritable)?,
            building,
            settings,
            style,
            skills: SkillCounts::new(lexicon),
        })
    }

    /// The counts of skills so far.
    #[must_use]
    pub fn skills(&self) -> &SkillCounts {
        &self.skills
    }

    /// The folder in which the report is being built: to be removed by whoever ends the
    /// process before it is published.
    #[must_use]
    pub fn building(&self) -> &Path {
        self.building.path()
    }

    /// Puts the finished report in place; an older report there is replaced whole.
    ///
    /// # Errors
    /// When the folder cannot be renamed; the older report is then still there.
    pub fn publish(self) -> Result<PathBuf, ReportError> {
        let unwritable = |cause| ReportError::Unwritable { path: self.target.clone(), cause };
        // The tables must be closed before their folder moves on every system.
        drop((self.postings, self.matches, self.skipped));
        open_to_readers(self.building.path()).map_err(unwritable)?;
        if !self.target.exists() {
            fs::rename(self.building.path(), &self.target).map_err(unwritable)?;
            let _ = self.building.keep();
            return Ok(self.target);
        }
        let parent = self.building.path().parent().unwrap_or(Path::new("."));
        let aside = tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(parent).map_err(unwritable)?;
        let old = aside.path().join("old");
        fs::rename(&self.target, &old).map_err(unwritable)?;
        if let Err(cause) = fs::rename(self.building.path(), &self.target) {
            let _ = fs::rename(&old, &self.target);
            return Err(unwritable(cause));
        }
        let _ = self.building.keep();
        Ok(self.target)
    }

    fn write_skills(&self, summary: &Summary) -> io::Result<()> {
        let lexicon = self.classifier.lexicon();
        let out = File::create(self.building.path().join("skills.csv"))?;
        let mut table = CsvTable::<_, SkillsTable>::new(out, lexicon, self.style)?;
        let mut met: Vec<_> =
            lexicon.skills().iter().zip(self.skills.counts()).filter(|(_, counts)| counts.postings > 0).collect();
        met.sort_by(|a, b| b.1.postings.cmp(&a.1.postings).then_with(|| a.0.id.cmp(&b.0.id)));
        for (skill, counts) in met {
            table.row(&SkillRow {
                lexicon,
                skill,
                counts,
                postings: summary.classified,
                leaning: self.skills.leaning,
            })?;
        }
        table.flush()
    }

    fn write_run(&self, summary: &Summary) -> io::Result<()> {
        let lexicon = self.classifier.lexicon();
        let mut out = BufWriter::new(File::create(self.building.path().join(MARKER))?);
        serde_json::to_writer_pretty(&mut out, &run_json(lexicon, &self.settings, summary))?;
        out.write_all(b"\n")?;
        out.flush()
    }
}

fn run_json(lexicon: &Arc<Lexicon>, settings: &RunSettings, summary: &Summary) -> serde_json::Value {
    let mut leanings = serde_json::Map::new();
    leanings.insert(lexicon.role(Side::Left).id.clone(), summary.leanings.left.into());
    leanings.insert(lexicon.role(Side::Right).id.clone(), summary.leanings.right.into());
    leanings.insert("balanced".to_owned(), summary.leanings.balanced.into());
    leanings.insert("neither".to_owned(), summary.leanings.neither.into());
    serde_json::json!({
        "rolelean": env!("CARGO_PKG_VERSION"),
        "lexicon": { "name": lexicon.name(), "version": lexicon.version(), "sha256": lexicon.hash() },
        "settings": settings,
        "postings": summary.classified,
        "skipped": summary.skipped,
        "leanings": leanings,
        "title_disagrees": summary.title_disagrees,
        "bytes": summary.bytes,
        "words": summary.words,
        "seconds": summary.elapsed.as_secs_f64(),
    })
}

impl Sink for ReportFolder<'_> {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        let lexicon = self.classifier.lexicon();
        self.skills.add(lexicon, result);
        self.postings.row(&PostingRow { lexicon, result }).map_err(|cause| failed("postings.csv", cause))?;
        let lines = LineIndex::new(&result.posting.text);
        for found in &result.analysis.evidence.matches {
            let row = MatchRow {
                lexicon,
                posting: &result.posting,
                found,
                place: lines.place(found.mentions[0].span.start),
                years: result.analysis.years(&result.posting, found),
            };
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
        self.write_skills(summary).map_err(|cause| failed("skills.csv", cause))?;
        self.write_run(summary).map_err(|cause| failed(MARKER, cause))
    }
}

fn failed(what: &str, cause: io::Error) -> SinkError {
    SinkError { what: what.to_owned(), cause }
}

/// Whether a report may be put at `target`: nothing is there, or an empty folder, or
/// an older report.
fn is_free(target: &Path) -> bool {
    match fs::read_dir(target) {
        Ok(mut entries) => target.join(MARKER).is_file() || entries.next().is_none(),
        Err(_) => !target.exists(),
    }
}

/// How long nothing has been written to a temporary folder that a killed run left behind.
const LEFT_OVER: Duration = Duration::from_secs(24 * 3600);

/// Removes temporary folders that killed runs left behind, and none that may be in use.
fn clear_left_overs(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(TEMPORARY);
        if ours && last_written(&entry.path()).is_some_and(|time| time.elapsed().is_ok_and(|age| age > LEFT_OVER)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// When a folder or a file in it was last written to.
fn last_written(folder: &Path) -> Option<SystemTime> {
    let files = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let times = files.chain([folder.to_owned()]).map(|path| fs::metadata(path).and_then(|data| data.modified()));
    times.collect::<io::Result<Vec<_>>>().ok()?.into_iter().max()
}

/// Temporary folders are private; a report is as open as any new folder.
#[cfg(unix)]
fn open_to_readers(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let probe = folder.join(".mode");
    fs::create_dir(&probe)?;
    let mode = fs::metadata(&probe)?.permissions().mode();
    fs::remove_dir(&probe)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn open_to_readers(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn only_folders_that_nobody_writes_to_are_cleared() -> io::Result<()> {
        let parent = tempfile::tempdir()?;
        let long_ago = SystemTime::now() - 2 * LEFT_OVER;
        for (name, old_file, old_folder) in
            [("left", true, true), ("busy", false, true), ("new", true, false), ("other", true, true)]
        {
            let prefix = if name == "other" { "mine-" } else { TEMPORARY };
            let folder = parent.path().join(format!("{prefix}{name}"));
            fs::create_dir(&folder)?;
            fs::write(folder.join("postings.csv"), "id")?;
            for (path, old) in [(folder.join("postings.csv"), old_file), (folder, old_folder)] {
                if old {
                    File::open(path)?.set_modified(long_ago)?;
                }
            }
        }
        clear_left_overs(parent.path());
        let mut left: Vec<_> = fs::read_dir(parent.path())?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<io::Result<_>>()?;
        left.sort();
        assert_eq!(left, [".rolelean-tmp-busy", ".rolelean-tmp-new", "mine-other"]);
        Ok(())
    }
}
