//! Which postings came, went, or got another verdict.
//!
//! A posting is the same in both reports where its id, title and text are (their fingerprint, in run.json), or else where
//! its id is. An id that is only a place in a file (`jobs.csv#3`) names another posting next month, so that there
//! the title must be the same, too. Of each posting a few numbers are held; the rows are read a second time for what is
//! told of them.

use std::hash::Hasher as _;
use std::io;

use csv::StringRecord;
use twox_hash::XxHash64;

use super::ComparisonError;
use super::report::{LEANINGS, Report};
use crate::report::columns::PostingsTable;
use crate::report::csv::undefused;
use crate::report::reading::{invalid, place_of};

/// By what two postings were found to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Id, title and text.
    Text,
    /// The id; title or text differ.
    Id,
}

impl Match {
    /// The word in a table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Id => "id",
        }
    }
}

/// A posting of one report, or of both, of which there is something to tell.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PostingChange {
    /// Its number in the old report and in the new one.
    pub numbers: [Option<u64>; 2],
    /// Its id in the new report, or where it is gone in the old one.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The employer.
    pub company: String,
    /// The numbers of its leanings in the order of [`Comparison::leanings`](super::Comparison::leanings).
    pub leanings: [Option<usize>; 2],
    /// Its tilts.
    pub tilts: [Option<f64>; 2],
    /// How it was found in both.
    pub matched: Option<Match>,
}

impl PostingChange {
    /// `came`, `gone` or `verdict`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self.numbers {
            [None, _] => "came",
            [_, None] => "gone",
            _ => "verdict",
        }
    }
}

/// What is held of a posting.
#[derive(Clone, Copy)]
struct Brief {
    id: u64,
    leaning: usize,
    tilt: Option<f64>,
}

/// Which posting of the old report each posting of the new one is.
pub(super) struct Pairs {
    old: Vec<Brief>,
    new: Vec<Brief>,
    of_new: Vec<Option<(usize, Match)>>,
    is_paired: Vec<bool>,
}

/// Where the cells stand that are looked at.
struct Columns {
    id: usize,
    source: usize,
    title: usize,
    company: usize,
    leaning: usize,
    tilt: usize,
}

impl Columns {
    fn find() -> io::Result<Self> {
        let place = place_of::<PostingsTable>;
        Ok(Self {
            id: place("id")?,
            source: place("source")?,
            title: place("title")?,
            company: place("company")?,
            leaning: place("leaning")?,
            tilt: place("tilt")?,
        })
    }

    /// A hash of what names the posting.
    fn identity(&self, row: &StringRecord) -> u64 {
        let id = &row[self.id];
        let is_place = id.strip_prefix(&row[self.source]).is_some_and(|rest| rest.starts_with('#'));
        let mut hasher = XxHash64::with_seed(0);
        hasher.write(id.as_bytes());
        if is_place {
            hasher.write(&[0]);
            hasher.write(row[self.title].as_bytes());
        }
        hasher.finish()
    }

    fn brief(&self, row: &StringRecord, leanings: [&str; LEANINGS]) -> io::Result<Brief> {
        let leaning = leanings.iter().position(|leaning| *leaning == &row[self.leaning]);
        let leaning = leaning.ok_or_else(|| invalid(&format!("`{}` is no leaning", &row[self.leaning])))?;
        let tilt = match &row[self.tilt] {
            "" => None,
            tilt => Some(tilt.parse().map_err(|_| invalid(&format!("`{tilt}` is no tilt")))?),
        };
        Ok(Brief { id: self.identity(row), leaning, tilt })
    }
}

impl Pairs {
    pub(super) fn find(reports: &[Report; 2]) -> Result<Self, ComparisonError> {
        let (old, new) = (briefs(&reports[0])?, briefs(&reports[1])?);
        let (of_new, is_paired) = (vec![None; new.len()], vec![false; old.len()]);
        let mut pairs = Self { old, new, of_new, is_paired };
        // Each table has as many rows as its run.json says, and so many fingerprints.
        let [Some(old), Some(new)] = reports.each_ref().map(texts) else {
            pairs.pair_by_id();
            return Ok(pairs);
        };
        pairs.pair(|at| old[at], |at| new[at], Match::Text);
        pairs.pair_by_id();
        Ok(pairs)
    }

    fn pair_by_id(&mut self) {
        let (old, new) = (ids(&self.old), ids(&self.new));
        self.pair(|at| old[at], |at| new[at], Match::Id);
    }

    /// Pairs those that have no partner yet and the same key: the first with the first, the second with the second.
    fn pair(&mut self, old: impl Fn(usize) -> u64, new: impl Fn(usize) -> u64, by: Match) {
        let free_old = (0..self.old.len()).filter(|at| !self.is_paired[*at]);
        let mut olds: Vec<(u64, usize)> = free_old.map(|at| (old(at), at)).collect();
        let free_new = (0..self.new.len()).filter(|at| self.of_new[*at].is_none());
        let mut news: Vec<(u64, usize)> = free_new.map(|at| (new(at), at)).collect();
        olds.sort_unstable();
        news.sort_unstable();
        let mut olds = olds.into_iter().peekable();
        for (key, at) in news {
            while olds.next_if(|(old, _)| *old < key).is_some() {}
            if let Some((_, old)) = olds.next_if(|(old, _)| *old == key) {
                self.of_new[at] = Some((old, by));
                self.is_paired[old] = true;
            }
        }
    }

    /// How many postings of each leaning in the old report, by rows, have each in the new one.
    pub(super) fn flows(&self) -> [[u64; LEANINGS]; LEANINGS] {
        let mut flows = [[0; LEANINGS]; LEANINGS];
        for (new, paired) in self.new.iter().zip(&self.of_new) {
            if let Some((old, _)) = paired {
                flows[self.old[*old].leaning][new.leaning] += 1;
            }
        }
        flows
    }

    /// How many postings came, and how many are gone.
    pub(super) fn came_and_gone(&self) -> [u64; 2] {
        let came = self.of_new.iter().filter(|paired| paired.is_none()).count();
        let gone = self.is_paired.iter().filter(|paired| !**paired).count();
        [came as u64, gone as u64]
    }

    /// Hands every change to `tell`: what came and what has another verdict in the order of the new report, then what is
    /// gone in that of the old one.
    pub(super) fn each_change(
        &self,
        reports: &[Report; 2],
        mut tell: impl FnMut(&PostingChange) -> Result<(), ComparisonError>,
    ) -> Result<(), ComparisonError> {
        let columns = Columns::find().map_err(|cause| reports[1].unreadable::<PostingsTable>(cause))?;
        reports[1].each_row::<PostingsTable>(|at, row| {
            let (Some(new), Some(paired)) = (self.new.get(at), self.of_new.get(at)) else { return Ok(()) };
            let old = paired.map(|(old, by)| (old, self.old[old], by));
            if old.is_some_and(|(_, old, _)| old.leaning == new.leaning) {
                return Ok(());
            }
            let briefs = [old.map(|(at, old, _)| (at, old)), Some((at, *new))];
            tell(&change(&columns, reports[1].run.settings.raw_cells, row, briefs, old.map(|(.., by)| by)))
        })?;
        reports[0].each_row::<PostingsTable>(|at, row| match self.old.get(at) {
            Some(old) if !self.is_paired[at] => {
                tell(&change(&columns, reports[0].run.settings.raw_cells, row, [Some((at, *old)), None], None))
            }
            _ => Ok(()),
        })
    }
}

/// The fingerprints of the postings of a report, if it says that of each.
fn texts(report: &Report) -> Option<&[u64]> {
    report.run.texts.as_deref().filter(|texts| texts.len() as u64 == report.run.postings)
}

fn ids(briefs: &[Brief]) -> Vec<u64> {
    briefs.iter().map(|brief| brief.id).collect()
}

fn briefs(report: &Report) -> Result<Vec<Brief>, ComparisonError> {
    let columns = Columns::find().map_err(|cause| report.unreadable::<PostingsTable>(cause))?;
    let mut briefs = Vec::new();
    report.each_row::<PostingsTable>(|_, row| {
        let brief = columns.brief(row, report.leanings());
        briefs.push(brief.map_err(|cause| report.unreadable::<PostingsTable>(cause))?);
        Ok(())
    })?;
    Ok(briefs)
}

fn change(
    columns: &Columns,
    raw_cells: bool,
    row: &StringRecord,
    briefs: [Option<(usize, Brief)>; 2],
    matched: Option<Match>,
) -> PostingChange {
    let cell = |at: usize| if raw_cells { &row[at] } else { undefused(&row[at]) }.to_owned();
    PostingChange {
        numbers: briefs.map(|brief| brief.map(|(at, _)| at as u64 + 1)),
        id: cell(columns.id),
        title: cell(columns.title),
        company: cell(columns.company),
        leanings: briefs.map(|brief| brief.map(|(_, brief)| brief.leaning)),
        tilts: briefs.map(|brief| brief.and_then(|(_, brief)| brief.tilt)),
        matched,
    }
}
