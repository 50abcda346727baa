//! A person's decisions on the skills of a built lexicon: read, written, and carried out.
//!
//! They stand in `review.csv`, which [`build`](super::build) writes: a row a skill, the most useful
//! first. Carrying them out edits the lexicon's own files in place, so that comments and whatever
//! else a person wrote into them stay.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::folder::{LexiconFiles, quoted, slug};
use super::soundness::soundness;
use crate::lexicon::raw::{RawCategory, RawSkill};
use crate::lexicon::{Code, Diagnostic, Lexicon, LexiconError, SkillLeaning};
use crate::text::nearest;

/// The file in the lexicon folder.
pub const REVIEW: &str = "review.csv";

/// The tag of a statement that no skill rests on.
const OPEN: &str = " [open]";

/// The row of a skill: what a person decides, then what there is to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    /// `yes` or `no`; empty until somebody has decided.
    #[serde(with = "yes_or_no")]
    pub keep: Option<bool>,
    /// The side's word, `shared` or `away`.
    pub side: String,
    /// 1 to 3; 0 is what is not confirmed yet.
    pub strength: u8,
    /// The id of a skill that takes over the forms of this one.
    #[serde(default)]
    pub merge_with: String,
    /// Whether it is better kept, as far as a program can tell.
    #[serde(with = "yes_or_no_always")]
    pub suggested: bool,
    /// Its id.
    pub skill_id: String,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Its forms, with `;` between.
    #[serde(default)]
    pub forms: String,
    /// A sentence it was found in.
    #[serde(default)]
    pub example: String,
    /// Where it comes from.
    #[serde(default)]
    pub origin: String,
    /// How clearly it is of its side: a z-score.
    #[serde(default)]
    pub keyness: String,
    /// The statements it rests on.
    #[serde(default)]
    pub statements: String,
    /// The file it stands in.
    #[serde(default)]
    pub file: String,
}

/// `review.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewTable {
    /// A row a skill, the most useful first.
    pub rows: Vec<ReviewRow>,
}

/// Decisions that cannot be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The table cannot be read.
    #[error(
        "the review table cannot be read; it needs the columns keep (yes, no or empty), side, strength (0 to 3), suggested and skill_id"
    )]
    Table(#[from] csv::Error),
    /// A side nobody knows.
    #[error("{skill}: no side is called {side:?}; expected one of: {expected}")]
    Side {
        /// The skill of the row.
        skill: String,
        /// What stands there.
        side: String,
        /// What may stand there.
        expected: String,
    },
    /// A strength out of range.
    #[error("{skill}: strength is {strength}; expected 1 (weak), 2 (medium) or 3 (strong)")]
    Strength {
        /// The skill of the row.
        skill: String,
        /// What stands there.
        strength: u8,
    },
    /// A merge with a skill that is not there, or is itself merged or dropped.
    #[error("{skill} cannot be merged with {target:?}: no skill that is kept has this id{hint}")]
    Merge {
        /// The skill of the row.
        skill: String,
        /// What stands there.
        target: String,
        /// The nearest id.
        hint: String,
    },
    /// What is left does not hold together.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
}

impl ReviewTable {
    /// Reads the table; spreadsheets may have put `;` between the columns, or a byte order mark
    /// before them.
    ///
    /// # Errors
    /// When a column is missing or a cell holds something else than it should.
    pub fn read(text: &str) -> Result<Self, ReviewError> {
        let text = text.trim_start_matches('\u{feff}');
        let header = text.lines().next().unwrap_or_default();
        let delimiter = if header.contains(',') {
            b','
        } else if header.contains('\t') {
            b'\t'
        } else {
            b';'
        };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(text.as_bytes());
        Ok(Self { rows: reader.deserialize().collect::<Result<_, _>>()? })
    }

    /// The table as a file.
    ///
    /// # Panics
    /// Never: rows of texts and numbers can be written to memory.
    #[must_use]
    pub fn write(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in &self.rows {
            if let Err(error) = writer.serialize(row) {
                panic!("{error}");
            }
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Decides what nobody has decided yet, as suggested.
    pub fn take_suggestions(&mut self) {
        for row in self.rows.iter_mut().filter(|row| row.keep.is_none()) {
            row.keep = Some(row.suggested);
        }
    }

    /// The rows that nobody has decided yet.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.rows.iter().filter(|row| row.keep.is_none()).count()
    }

    /// The files of the lexicon with what was decided carried out; undecided skills stay as they
    /// are, and rows of skills that are gone already say nothing.
    ///
    /// # Errors
    /// When a decision cannot be carried out, or leaves a lexicon that cannot be used.
    pub fn carry_out(&self, lexicon: &Lexicon, files: &LexiconFiles) -> Result<LexiconFiles, ReviewError> {
        let mut decisions = Decisions::of(self, lexicon)?;
        let mut files = files.clone();
        for (path, text) in &mut files {
            if path.starts_with("skills/") {
                *text = decisions.edit(text);
            } else if path.starts_with("roles/") {
                *text = text.lines().map(|line| format!("{}\n", line.replace(OPEN, ""))).collect();
            }
        }
        mark_open(lexicon.name(), &mut files)?;
        Ok(files)
    }
}

/// What is to be done with skills, by their ids.
struct Decisions {
    changed: BTreeMap<String, Change>,
    /// Forms and sources that a skill takes over.
    taken_over: BTreeMap<String, TakenOver>,
}

#[derive(Default)]
struct TakenOver {
    forms: Vec<String>,
    sources: Vec<String>,
}

enum Change {
    Drop,
    Keep { side: String, strength: u8 },
}

impl Decisions {
    fn of(table: &ReviewTable, lexicon: &Lexicon) -> Result<Self, ReviewError> {
        let mut decisions = Self { changed: BTreeMap::new(), taken_over: BTreeMap::new() };
        let stays = |id: &str| {
            let row = table.rows.iter().find(|row| row.skill_id == id);
            lexicon.find(id).is_some() && row.is_none_or(|row| row.keep != Some(false) && row.merge_with.is_empty())
        };
        let there = table.rows.iter().filter(|row| row.keep.is_some() || !row.merge_with.is_empty());
        for row in there {
            let Some((_, skill)) = lexicon.find(&row.skill_id) else { continue };
            let change = if row.keep == Some(false) {
                Change::Drop
            } else if row.merge_with.is_empty() {
                // Whoever keeps a word confirms it.
                Change::Keep { side: side(row, lexicon)?, strength: strength(row)?.max(1) }
            } else {
                if !stays(&row.merge_with) {
                    let near = nearest(&row.merge_with, lexicon.skills().iter().map(|skill| skill.id.as_str()));
                    let hint = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
                    return Err(ReviewError::Merge { skill: skill.id.clone(), target: row.merge_with.clone(), hint });
                }
                let taken = decisions.taken_over.entry(row.merge_with.clone()).or_default();
                taken.forms.extend(skill.forms.iter().map(|form| form.text.to_string()));
                taken.sources.extend(skill.sources.iter().map(|source| lexicon.cite(source)));
                Change::Drop
            };
            decisions.changed.insert(skill.id.clone(), change);
        }
        Ok(decisions)
    }

    /// A file of `skills/` after the decisions; from the end on, so that what is still to be
    /// edited stays where it is. A file that is not one of skills stays as it is.
    fn edit(&mut self, text: &str) -> String {
        let Ok(category) = toml::from_str::<RawCategory>(text) else { return text.to_owned() };
        let starts: Vec<usize> = category.skill.iter().map(|skill| start_of(text, skill)).collect();
        let mut edited = text.to_owned();
        for (at, skill) in category.skill.iter().enumerate().rev() {
            let id = skill.id.get_ref();
            match self.changed.get(id) {
                Some(Change::Drop) => {
                    let end = starts.get(at + 1).copied().unwrap_or(text.len());
                    edited.replace_range(starts[at]..end, "");
                    continue;
                }
                Some(Change::Keep { side, strength }) => {
                    let mut edits =
                        vec![(skill.leaning.span(), quoted(side)), (skill.strength.span(), strength.to_string())];
                    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
                    edits.extend(self.additions(text, skill));
                    apply(&mut edited, edits);
                }
                None => apply(&mut edited, self.additions(text, skill)),
            }
        }
        edited
    }

    /// What a skill takes over from others, at the ends of its lists.
    fn additions(&self, text: &str, skill: &RawSkill) -> Vec<(Range<usize>, String)> {
        let Some(TakenOver { forms, sources }) = self.taken_over.get(skill.id.get_ref()) else { return Vec::new() };
        let own_forms: HashSet<&str> = skill.forms.get_ref().iter().map(|form| form.get_ref().form.as_str()).collect();
        let own_sources: HashSet<&str> =
            skill.sources.get_ref().iter().map(|source| source.get_ref().as_str()).collect();
        let new = |words: &[String], own: &HashSet<&str>| -> Vec<String> {
            let mut seen = HashSet::new();
            words
                .iter()
                .filter(|word| !own.contains(word.as_str()) && seen.insert(*word))
                .map(|word| quoted(word))
                .collect()
        };
        vec![
            added(text, skill.forms.span(), &new(forms, &own_forms)),
            added(text, skill.sources.span(), &new(sources, &own_sources)),
        ]
    }
}

/// Puts replacements into a text, the last one first.
fn apply(text: &mut String, mut edits: Vec<(Range<usize>, String)>) {
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, new) in edits {
        text.replace_range(span, &new);
    }
}

/// Where the table of a skill begins.
fn start_of(text: &str, skill: &RawSkill) -> usize {
    text[..skill.id.span().start].rfind("[[skill]]").unwrap_or(skill.id.span().start)
}

/// A list with more items: what stands where its closing bracket stands.
fn added(text: &str, list: Range<usize>, items: &[String]) -> (Range<usize>, String) {
    let inside = text[list.start..list.end - 1].trim_end().trim_end_matches(',');
    let at = list.start + inside.len();
    let comma = if inside.ends_with('[') || items.is_empty() { "" } else { ", " };
    (at..at, format!("{comma}{}", items.join(", ")))
}

fn side(row: &ReviewRow, lexicon: &Lexicon) -> Result<String, ReviewError> {
    let word = slug(&row.side);
    let role = lexicon
        .roles()
        .iter()
        .find(|role| [&role.id, &role.side_id, &role.label].iter().any(|name| slug(name) == word));
    let known = role.map(|role| role.side_id.clone()).or_else(|| {
        let others = [SkillLeaning::SHARED, SkillLeaning::OTHER_PROFESSION];
        others.into_iter().find(|other| *other == word).map(str::to_owned)
    });
    known.ok_or_else(|| ReviewError::Side {
        skill: row.skill_id.clone(),
        side: row.side.clone(),
        expected: SkillLeaning::ALL.map(|leaning| lexicon.leaning_name(leaning)).join(", "),
    })
}

fn strength(row: &ReviewRow) -> Result<u8, ReviewError> {
    if row.strength <= 3 {
        return Ok(row.strength);
    }
    Err(ReviewError::Strength { skill: row.skill_id.clone(), strength: row.strength })
}

/// Marks the statements that no skill, or no telling one, rests on any more.
fn mark_open(name: &str, files: &mut LexiconFiles) -> Result<(), ReviewError> {
    let lexicon = match Lexicon::from_files(name, files.clone()) {
        Ok(lexicon) => lexicon,
        Err(error) => {
            if error.errors.iter().any(|finding| finding.code != Code::UncoveredStatement) {
                return Err(error.into());
            }
            tag(files, &error.errors);
            Lexicon::from_files(name, files.clone())?
        }
    };
    let findings = soundness(&lexicon.into());
    tag(files, &findings.into_iter().filter(|finding| finding.code == Code::Everyday).collect::<Vec<_>>());
    Ok(())
}

/// Ends the lines of these findings with the tag.
fn tag(files: &mut LexiconFiles, findings: &[Diagnostic]) {
    let mut ends: Vec<(&str, usize)> =
        findings.iter().filter_map(|finding| Some((finding.file.as_str(), finding.span?.end))).collect();
    ends.sort_by_key(|(_, end)| std::cmp::Reverse(*end));
    for (file, end) in ends {
        if let Some(text) = files.get_mut(file) {
            text.insert_str(end, OPEN);
        }
    }
}

/// `yes`, `no` and their like in the tables of people; empty for nothing decided.
mod yes_or_no {
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(keep: &Option<bool>, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(match keep {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        })
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<bool>, D::Error> {
        let word = String::deserialize(input)?;
        match word.to_lowercase().as_str() {
            "" => Ok(None),
            "yes" | "y" | "x" | "1" | "true" | "keep" => Ok(Some(true)),
            "no" | "n" | "0" | "false" | "drop" => Ok(Some(false)),
            _ => Err(de::Error::custom(format!("keep is {word:?}; expected yes, no or nothing"))),
        }
    }
}

/// The same where something always stands; nothing is `no`.
mod yes_or_no_always {
    use serde::{Deserializer, Serializer};

    // serde hands over a reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub(super) fn serialize<S: Serializer>(word: &bool, out: S) -> Result<S::Ok, S::Error> {
        super::yes_or_no::serialize(&Some(*word), out)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
        Ok(super::yes_or_no::deserialize(input)?.unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    fn row(id: &str, keep: Option<bool>, side: &str, strength: u8, merge_with: &str) -> ReviewRow {
        ReviewRow {
            keep,
            side: side.to_owned(),
            strength,
            merge_with: merge_with.to_owned(),
            suggested: true,
            skill_id: id.to_owned(),
            name: String::new(),
            forms: String::new(),
            example: String::new(),
            origin: String::new(),
            keyness: String::new(),
            statements: String::new(),
            file: String::new(),
        }
    }

    fn reviewed(rows: Vec<ReviewRow>) -> Result<Lexicon, ReviewError> {
        let files: LexiconFiles = testing::files().into_iter().collect();
        let files = ReviewTable { rows }.carry_out(&testing::lexicon(), &files)?;
        Ok(Lexicon::from_files("bread-beer", files)?)
    }

    #[test]
    fn decisions_are_carried_out() {
        let lexicon = reviewed(vec![
            row("proving", Some(false), "bread", 1, ""),
            row("hops", Some(true), "Baker", 3, ""),
            row("mashing", None, "beer", 2, "kneading"),
        ])
        .unwrap_or_else(|error| panic!("{error}"));
        assert!(lexicon.find("proving").is_none() && lexicon.find("mashing").is_none());
        let (_, hops) = lexicon.find("hops").expect("kept");
        assert_eq!((lexicon.leaning_name(hops.leaning), hops.strength), ("bread", 3));
        let (_, kneading) = lexicon.find("kneading").expect("kept");
        assert!(kneading.forms.iter().any(|form| form.key.contains("mash")), "{:?}", kneading.forms);
        assert!(testing::lexicon().skills().len() == lexicon.skills().len() + 2);
    }

    #[test]
    fn a_decision_that_makes_no_sense_is_told() {
        for (decided, told) in [
            (row("hops", Some(true), "wine", 2, ""), "hops: no side is called \"wine\""),
            (row("hops", Some(true), "beer", 7, ""), "hops: strength is 7"),
            (row("hops", None, "beer", 2, "kneeding"), "did you mean \"kneading\"?"),
        ] {
            let error = reviewed(vec![decided]).map(|_| ()).expect_err(told);
            assert!(error.to_string().contains(told), "{error}");
        }
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let table =
            ReviewTable { rows: vec![row("hops", None, "beer", 0, ""), row("malt", Some(true), "beer", 2, "")] };
        assert_eq!(ReviewTable::read(&table.write()).expect("our own table"), table);
        let german = "\u{feff}keep;side;strength;suggested;skill_id\nx;beer;2;;hops\n";
        let read = ReviewTable::read(german).expect("what a spreadsheet writes");
        assert_eq!(read.rows[0].keep, Some(true));
        assert!(ReviewTable::read("keep,side\nmaybe,beer\n").is_err());
    }
}
