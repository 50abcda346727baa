//! The skills tables of several runs as one.
//!
//! What `skills.csv` counts is a whole number of postings, and each posting belongs to
//! one run, so the counts of runs add up exactly. Shares, lifts and medians do not; shares and lifts are worked
//! out anew from the sums, with the totals of `run.json`, medians from the postings and their matches ([`Markets`]), and all by
//! the expressions that a run itself uses. So the lexicon is not needed.

use std::collections::HashMap;
use std::io;

use csv::StringRecord;

use super::markets::Markets;
use crate::lexicon::Side;
use crate::log_odds::LogOdds;
use crate::report::columns::{SkillRow, SkillsTable, side_word};
use crate::report::csv::{CsvStyle, push_row, undefused};
use crate::report::reading::{Rows, invalid};
use crate::report::run_file::RunFile;
use crate::report::skills::SkillCount;

/// The columns that say what a skill is, the same in every run with one lexicon: name, id, category, leaning, weight.
const ABOUT: usize = 5;
/// Where the id is among them.
const ID: usize = 1;
/// The columns of counts: postings, left, right, required, preferred, sole evidence, required left and right,
/// preferred left and right.
const COUNTS: [usize; 10] = [5, 7, 8, 9, 10, 12, 15, 16, 17, 18];

/// The skills tables added so far.
#[derive(Default)]
pub(super) struct Skills {
    header: Vec<u8>,
    /// The words of the two sides.
    sides: [String; 2],
    skills: HashMap<String, Skill>,
}

/// A skill, and what was counted of it in all runs.
struct Skill {
    about: StringRecord,
    weight: LogOdds,
    counts: SkillCount,
}

impl Skills {
    /// Adds a table, which is said to have so many rows.
    pub(super) fn add(&mut self, mut table: Rows, rows: u64) -> io::Result<()> {
        if self.header.is_empty() {
            self.header = table.header().to_vec();
        } else if self.header != table.header() {
            return Err(invalid("its columns are not those of the first report"));
        }
        let names = table.names()?;
        self.sides = Side::BOTH.map(|side| side_word::<SkillsTable>(side, &names).to_owned());
        while let Some((_, row)) = table.next()? {
            self.add_row(row)?;
        }
        table.expect(rows)
    }

    fn add_row(&mut self, row: &StringRecord) -> io::Result<()> {
        if !self.skills.contains_key(&row[ID]) {
            self.skills.insert(row[ID].to_owned(), Skill::new(row)?);
        }
        let Some(skill) = self.skills.get_mut(&row[ID]) else { return Ok(()) };
        for (sum, column) in counted(&mut skill.counts).into_iter().zip(COUNTS) {
            let count = row[column].parse::<u64>().ok().and_then(|count| sum.checked_add(count));
            *sum = count.ok_or_else(|| invalid(&format!("`{}` is not a count of postings", &row[column])))?;
        }
        Ok(())
    }

    /// How many rows the table of all runs has.
    pub(super) fn count(&self) -> u64 {
        self.skills.len() as u64
    }

    /// The table of all runs together, as a run of its own would write it.
    pub(super) fn table(&self, sum: &RunFile, markets: &Markets) -> Vec<u8> {
        let style = CsvStyle { raw_cells: sum.settings.raw_cells, ..CsvStyle::default() };
        let mut rows: Vec<SkillRow<'_>> = self.skills.values().map(|skill| self.row(skill, sum, markets)).collect();
        SkillRow::sort(&mut rows);
        let mut table = self.header.clone();
        for row in &rows {
            push_row::<SkillsTable>(&mut table, row, style);
        }
        table
    }

    fn row<'s>(&'s self, skill: &'s Skill, sum: &RunFile, markets: &'s Markets) -> SkillRow<'s> {
        let [name, id, category, leaning] =
            [0, ID, 2, 3].map(|column| text(&skill.about[column], sum.settings.raw_cells));
        SkillRow {
            name,
            id,
            category,
            leaning,
            side: Side::BOTH.into_iter().find(|side| self.sides[side.index()] == leaning),
            weight: skill.weight,
            counts: &skill.counts,
            postings: sum.postings,
            leaning_postings: sum.leaning(),
            currency: markets.currency(),
            market: markets.of(&skill.about[ID]),
        }
    }
}

impl Skill {
    fn new(row: &StringRecord) -> io::Result<Self> {
        let weight = &row[ABOUT - 1];
        let weight = weight.parse().map_err(|_| invalid(&format!("`{weight}` is not a weight")))?;
        Ok(Self {
            about: row.iter().take(ABOUT).collect(),
            weight: LogOdds::rounded(weight),
            counts: SkillCount::default(),
        })
    }
}

/// The text of a cell.
fn text(cell: &str, raw_cells: bool) -> &str {
    if raw_cells { cell } else { undefused(cell) }
}

/// The counts in the order of their [columns](COUNTS).
fn counted(counts: &mut SkillCount) -> [&mut u64; COUNTS.len()] {
    let SkillCount { postings, leaning, required, preferred, required_by, preferred_by, sole_evidence } = counts;
    let ([left, right], [required_left, required_right], [preferred_left, preferred_right]) =
        (leaning, required_by, preferred_by);
    [
        postings,
        left,
        right,
        required,
        preferred,
        sole_evidence,
        required_left,
        required_right,
        preferred_left,
        preferred_right,
    ]
}
