//! The skills tables of several runs as one.
//!
//! All that `skills.csv` counts is a whole number of postings, and each posting belongs to
//! one run, so the counts of runs add up exactly. Shares and lifts do not; they are worked
//! out anew from the sums, with the totals of `run.json`, by the expressions that a run
//! itself uses. So neither the rows of `matches.csv` nor the lexicon are needed.

use std::collections::HashMap;
use std::io;

use csv::StringRecord;

use crate::leaning::DECIMALS;
use crate::lexicon::Side;
use crate::report::columns::{SkillsTable, lift, ratio, side_word};
use crate::report::csv::{end_row, push_decimal, push_field};
use crate::report::reading::{Rows, invalid};
use crate::report::run_file::RunFile;

/// Columns that say what a skill is; the same in every run with one lexicon.
const ABOUT: usize = 5;
/// Where the id is among them.
const ID: usize = 1;
/// Where the word of its side, or another pull, is among them.
const LEANING: usize = 3;
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

struct Skill {
    about: StringRecord,
    counts: [u64; COUNTS.len()],
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
        let about = || Skill { about: row.iter().take(ABOUT).collect(), counts: [0; COUNTS.len()] };
        let skill = self.skills.entry(row[ID].to_owned()).or_insert_with(about);
        for (sum, column) in skill.counts.iter_mut().zip(COUNTS) {
            let count = row[column].parse::<u64>().ok().and_then(|count| sum.checked_add(count));
            *sum = count.ok_or_else(|| invalid(&format!("`{}` is not a count of postings", &row[column])))?;
        }
        Ok(())
    }

    /// How many rows the table of all runs has.
    pub(super) fn count(&self) -> u64 {
        self.skills.len() as u64
    }

    /// The table of all runs together, in the order of a run's own.
    pub(super) fn table(&self, sum: &RunFile) -> Vec<u8> {
        let mut rows = self.header.clone();
        let mut skills: Vec<&Skill> = self.skills.values().collect();
        skills.sort_by(|a, b| b.counts[0].cmp(&a.counts[0]).then_with(|| a.about[ID].cmp(&b.about[ID])));
        for skill in skills {
            self.push(&mut rows, skill, sum);
        }
        rows
    }

    fn push(&self, rows: &mut Vec<u8>, skill: &Skill, sum: &RunFile) {
        for cell in &skill.about {
            // Defused already, where that was asked for.
            push_field(rows, cell);
            rows.push(b',');
        }
        let [postings, left, right, required, preferred, sole, of_roles @ ..] = skill.counts;
        let totals = sum.leaning();
        let side = self.sides.iter().position(|side| *side == skill.about[LEANING]);
        let lift = side.and_then(|side| lift([left, right][side], totals[side], ratio(postings, sum.postings)?));
        let count = |rows: &mut Vec<u8>, count: u64| {
            rows.extend_from_slice(itoa::Buffer::new().format(count).as_bytes());
            rows.push(b',');
        };
        let number = |rows: &mut Vec<u8>, number: Option<f64>| {
            if let Some(number) = number {
                push_decimal(rows, number, DECIMALS);
            }
            rows.push(b',');
        };
        count(rows, postings);
        number(rows, ratio(postings, sum.postings));
        [left, right, required, preferred].into_iter().for_each(|counted| count(rows, counted));
        number(rows, lift);
        count(rows, sole);
        [left, right].into_iter().zip(totals).for_each(|(part, whole)| number(rows, ratio(part, whole)));
        of_roles.into_iter().for_each(|counted| count(rows, counted));
        end_row(rows);
    }
}
