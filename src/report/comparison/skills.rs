//! How the share of postings that name a skill moved, among all postings and among those of each role.

use std::collections::BTreeMap;
use std::io;

use csv::StringRecord;

use super::ComparisonError;
use super::report::Report;
use crate::report::columns::SkillsTable;
use crate::report::proportion::{Proportion, Shift, findings};
use crate::report::reading::{invalid, place_of};

/// The share of false findings among the skills that are said to have moved.
pub(super) const FALSE_FINDINGS: f64 = 0.05;
/// Groups of postings in which shares are taken: all, the left role's, the right role's.
pub(super) const GROUPS: usize = 3;

/// A skill in both reports, among the postings of one group.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SkillShift {
    /// Among which postings: 0 all, 1 those that lean to the left role, 2 to the right one.
    pub group: usize,
    /// The id of the skill.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its category.
    pub category: String,
    /// The word of what it leans to, as in `skills.csv`.
    pub leaning: String,
    /// The postings of the group that name it, in the old report and in the new one.
    pub postings: [Proportion; 2],
    /// How the share moved; none where one report has no posting in this group.
    pub shift: Option<Shift>,
    /// Whether it moved by more than chance explains, all skills of the group considered.
    pub moved: bool,
}

/// A skill as one of the tables tells of it.
#[derive(Default)]
struct Skill {
    name: String,
    category: String,
    leaning: String,
    /// By report and group.
    counts: [[u64; GROUPS]; 2],
}

/// All skills of both reports: group by group, those that moved most first.
pub(super) fn shifts(reports: &[Report; 2]) -> Result<Vec<SkillShift>, ComparisonError> {
    let mut skills: BTreeMap<String, Skill> = BTreeMap::new();
    for (which, report) in reports.iter().enumerate() {
        report.each_row::<SkillsTable>(|_, row| {
            add(&mut skills, which, row).map_err(|cause| report.unreadable::<SkillsTable>(cause))
        })?;
    }
    Ok((0..GROUPS).flat_map(|group| in_group(&skills, reports, group)).collect())
}

fn add(skills: &mut BTreeMap<String, Skill>, which: usize, row: &StringRecord) -> io::Result<()> {
    let place = place_of::<SkillsTable>;
    let (id, postings) = (place("skill_id")?, place("postings")?);
    let skill = skills.entry(row[id].to_owned()).or_default();
    skill.name = row[place("skill")?].to_owned();
    skill.category = row[place("category")?].to_owned();
    skill.leaning = row[place("leaning")?].to_owned();
    // Between the counts of all and of the sides stands the share.
    for (count, column) in skill.counts[which].iter_mut().zip([postings, postings + 2, postings + 3]) {
        *count = row[column].parse().map_err(|_| invalid(&format!("`{}` is not a count of postings", &row[column])))?;
    }
    Ok(())
}

fn in_group(skills: &BTreeMap<String, Skill>, reports: &[Report; 2], group: usize) -> Vec<SkillShift> {
    let totals = reports.each_ref().map(|report| match group {
        0 => report.run.postings,
        role => report.run.leaning()[role - 1],
    });
    let shift = |(id, skill): (&String, &Skill)| {
        let postings = [0, 1].map(|which| Proportion { count: skill.counts[which][group], of: totals[which] });
        SkillShift {
            group,
            id: id.clone(),
            name: skill.name.clone(),
            category: skill.category.clone(),
            leaning: skill.leaning.clone(),
            postings,
            shift: Shift::between(postings[0], postings[1]),
            moved: false,
        }
    };
    let named = |shift: &SkillShift| shift.postings.iter().any(|postings| postings.count > 0);
    let mut shifts: Vec<SkillShift> = skills.iter().map(shift).filter(named).collect();
    mark_moved(&mut shifts);
    let size = |shift: &SkillShift| shift.shift.map_or(-1.0, |shift| shift.difference.abs());
    shifts.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.id.cmp(&b.id)));
    shifts
}

fn mark_moved(shifts: &mut [SkillShift]) {
    let tested = |shift: &&mut SkillShift| shift.chance().is_some();
    let chances: Vec<f64> = shifts.iter().filter_map(SkillShift::chance).collect();
    let found = findings(&chances, FALSE_FINDINGS);
    for (shift, found) in shifts.iter_mut().filter(tested).zip(found) {
        shift.moved = found;
    }
}

impl SkillShift {
    /// How probable its shift is by chance alone, where that can be told.
    #[must_use]
    pub fn chance(&self) -> Option<f64> {
        self.shift.and_then(|shift| shift.chance)
    }

    /// The new share less the old one; 0 where there is none.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.shift.map_or(0.0, |shift| shift.difference)
    }
}
