//! Two finished reports compared: two months, two sources, or two lexicons on the same postings.
//!
//! Lexicons themselves are compared by [`workbench::compare`](crate::workbench::compare), without any report.

mod error;
mod folder;
mod page;
mod postings;
mod report;
mod skills;

use std::path::{Path, PathBuf};

use super::proportion::{Proportion, Shift};
pub use error::ComparisonError;
pub use folder::ComparisonFolder;
use postings::Pairs;
pub use postings::{Match, PostingChange};
use report::{LEANINGS, Report};
pub use skills::SkillShift;

/// What two reports differ in.
///
/// ```no_run
/// use rolelean::report::Comparison;
///
/// # fn main() -> Result<(), rolelean::report::ComparisonError> {
/// let comparison = Comparison::of("october".as_ref(), "november".as_ref())?;
/// for skill in comparison.skills.iter().filter(|skill| skill.moved) {
///     println!("{} {:+.3}", skill.name, skill.difference());
/// }
/// # Ok(())
/// # }
/// ```
pub struct Comparison {
    reports: [Report; 2],
    pairs: Pairs,
    /// The old report and the new one.
    pub compared: [Compared; 2],
    /// How the shares of the four leanings moved, in the order of [`Self::leanings`].
    pub verdicts: [VerdictShift; LEANINGS],
    /// How often skills are named, among all postings and among those of each role.
    pub skills: Vec<SkillShift>,
    /// Of the postings in both reports: how many of each leaning in the old one, by rows, have each in the new one.
    pub flows: [[u64; LEANINGS]; LEANINGS],
    /// Postings of the new report that the old one does not have.
    pub came: u64,
    /// Postings of the old report that the new one does not have.
    pub gone: u64,
}

/// One of the two reports.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Compared {
    /// Its folder.
    pub path: PathBuf,
    /// Its postings.
    pub postings: u64,
    /// The name, version and fingerprint of its lexicon.
    pub lexicon: String,
}

/// How the share of a leaning moved.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct VerdictShift {
    /// The postings that lean so, in the old report and in the new one.
    pub postings: [Proportion; 2],
    /// How the share moved.
    pub shift: Option<Shift>,
}

impl Comparison {
    /// The least chance at which one of the four shares of verdicts is said to have moved: a twentieth, shared among four
    /// (Bonferroni).
    const VERDICT_CHANCE: f64 = 0.05 / LEANINGS as f64;

    /// Reads two reports and compares them.
    ///
    /// # Errors
    /// When one is no finished report of this version, when they are the same, and when they are about other roles.
    pub fn of(old: &Path, new: &Path) -> Result<Self, ComparisonError> {
        if same_file::is_same_file(old, new).unwrap_or(false) {
            return Err(ComparisonError::Same(old.to_owned(), new.to_owned()));
        }
        let reports = [Report::open(old)?, Report::open(new)?];
        check_roles(&reports)?;
        let pairs = Pairs::find(&reports)?;
        let [came, gone] = pairs.came_and_gone();
        let verdict = |leaning| {
            let postings = reports.each_ref().map(|report| report.leaning(leaning));
            VerdictShift { postings, shift: Shift::between(postings[0], postings[1]) }
        };
        Ok(Self {
            compared: reports.each_ref().map(Compared::of),
            verdicts: [0, 1, 2, 3].map(verdict),
            skills: skills::shifts(&reports)?,
            flows: pairs.flows(),
            came,
            gone,
            pairs,
            reports,
        })
    }

    /// The words of the leanings, in the order of their numbers: the two roles, balanced, neither.
    #[must_use]
    pub fn leanings(&self) -> [&str; LEANINGS] {
        self.reports[1].leanings()
    }

    /// What a group of postings is called: `all`, or the role that they lean to.
    #[must_use]
    pub fn group(&self, group: usize) -> &str {
        group.checked_sub(1).map_or("all", |role| self.leanings()[role])
    }

    /// Whether the share of a leaning moved by more than chance explains, the four considered together.
    #[must_use]
    pub fn has_moved(&self, leaning: usize) -> bool {
        let chance = self.verdicts[leaning].shift.and_then(|shift| shift.chance);
        chance.is_some_and(|chance| chance <= Self::VERDICT_CHANCE)
    }

    /// Postings in both reports, and how many of them have another verdict in the new one.
    #[must_use]
    pub fn in_both(&self) -> [u64; 2] {
        let all: u64 = self.flows.iter().flatten().sum();
        let same: u64 = (0..LEANINGS).map(|leaning| self.flows[leaning][leaning]).sum();
        [all, all - same]
    }

    /// Whether the reports were made with different lexicons, so that skills may have moved for that reason.
    #[must_use]
    pub fn has_other_lexicon(&self) -> bool {
        self.compared[0].lexicon != self.compared[1].lexicon
    }

    /// Hands every posting to `tell` that came, has another verdict, or is gone. The tables are read once more.
    ///
    /// # Errors
    /// When a table cannot be read, and what `tell` returns.
    pub fn each_change(
        &self,
        tell: impl FnMut(&PostingChange) -> Result<(), ComparisonError>,
    ) -> Result<(), ComparisonError> {
        self.pairs.each_change(&self.reports, tell)
    }
}

impl Compared {
    fn of(report: &Report) -> Self {
        let (path, run) = (report.path.clone(), &report.run);
        Self { path, postings: run.postings, lexicon: run.lexicon.to_string() }
    }
}

fn check_roles(reports: &[Report; 2]) -> Result<(), ComparisonError> {
    let roles = reports.each_ref().map(|report| report.run.lexicon.roles.join(" and "));
    if roles[0] == roles[1] {
        return Ok(());
    }
    Err(ComparisonError::Roles { paths: reports.each_ref().map(|report| report.path.clone()), roles })
}
