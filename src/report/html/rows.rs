//! What the page's table knows of each posting: the cells of its row in `postings.csv`, so that
//! what is exported from the page is what the table holds, and what the filters need besides.

use serde::{Serialize, Serializer};

use crate::leaning::SkillMatch;
use crate::lexicon::{Lexicon, Side};
use crate::log_odds::LogOdds;
use crate::matching::Requirement;
use crate::report::amounts::yearly;
use crate::report::columns::{Cell, Name, PostingRow, PostingsTable, Table as _, cells};
use crate::report::decimals::to_decimals;
use crate::report::kept::KeptColumns;
use crate::run::Classified;
use crate::text::inert;

/// The most characters of a cell.
const CELL: usize = 1_000;
/// The most characters of a cell that is carried through: a user may carry whole texts.
const KEPT_CELL: usize = 300;

/// A posting in the page's table.
#[derive(Serialize)]
pub struct Row<'r> {
    /// In the order of the columns of `postings.csv`.
    cells: Vec<RowCell<'r>>,
    /// In the order of the columns that are carried through.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kept: Vec<String>,
    /// The places in the lexicon of the skills that are found and not negated, by how they are
    /// asked for.
    required: Vec<usize>,
    preferred: Vec<usize>,
    named: Vec<usize>,
    /// The leaning of the body alone.
    text: &'r str,
    /// Evidence of other professions.
    other: LogOdds,
    /// What is paid for a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pay: Option<(&'static str, f64)>,
}

impl<'r> Row<'r> {
    pub fn new(row: &'r PostingRow<'_>, kept: &mut KeptColumns) -> Self {
        let Classified { posting, analysis, .. } = row.result;
        let matches = &analysis.evidence.matches;
        Self {
            cells: cells::<PostingsTable>(row).map(RowCell).collect(),
            kept: kept.texts(&posting.kept).into_iter().map(|text| line(text, KEPT_CELL)).collect(),
            required: asked(matches, |requirement| requirement == Requirement::Required),
            preferred: asked(matches, |requirement| requirement == Requirement::Preferred),
            named: asked(matches, |requirement| !matches!(requirement, Requirement::Required | Requirement::Preferred)),
            text: analysis.body_leaning.name(row.lexicon),
            other: analysis.evidence.other_profession,
            pay: analysis.facts.pay.as_ref().and_then(yearly),
        }
    }
}

/// The places of the skills that are found, not negated, and asked for so.
fn asked(matches: &[SkillMatch], is_so: impl Fn(Requirement) -> bool) -> Vec<usize> {
    let found = matches.iter().filter(|found| !found.negated && is_so(found.requirement));
    found.map(|found| found.skill.index()).collect()
}

/// A cell as JSON; empty ones are `null`.
struct RowCell<'r>(Cell<'r>);

impl Serialize for RowCell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(&line(text, CELL)),
            Cell::Integer(number) => serializer.serialize_u64(*number),
            Cell::Number(number, decimals) => serializer.serialize_f64(to_decimals(*number, *decimals)),
            Cell::LogOdds(amount) => amount.serialize(serializer),
            Cell::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

/// A column of the rows.
#[derive(Serialize)]
pub struct RowColumn {
    /// By which the script knows it, whatever the lexicon calls its sides.
    key: String,
    /// Its name in `postings.csv`.
    pub name: String,
}

/// The columns of the rows under a lexicon.
pub fn columns(lexicon: &Lexicon) -> Vec<RowColumn> {
    let column = |name: Name| RowColumn { key: key(name), name: name.under(lexicon) };
    PostingsTable::COLUMNS.iter().map(|column_of| column(column_of.name)).collect()
}

fn key(name: Name) -> String {
    let word = |side| if side == Side::Left { "left" } else { "right" };
    match name {
        Name::Fixed(name) => name.to_owned(),
        Name::Before(side, end) => format!("{}{end}", word(side)),
        Name::After(start, side) => format!("{start}{}", word(side)),
    }
}

/// A text on one line, with a sign where it is cut.
pub fn line(text: &str, most: usize) -> String {
    // No more is split than could be shown.
    let words: Vec<&str> = text.split_whitespace().take(most).collect();
    let line = words.join(" ");
    let line = inert(&line);
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_line_and_says_where_it_is_cut() {
        let cases = [
            ("Cook\r\n  and\tbaker", 20, "Cook and baker"),
            ("Köchin", 6, "Köchin"),
            ("Köchinnen", 6, "Köchin…"),
            ("a\u{202e}b", 9, "a\u{fffd}b"),
            ("", 9, ""),
        ];
        for (text, most, expected) in cases {
            assert_eq!(line(text, most), expected);
        }
    }

    #[test]
    fn the_script_knows_a_column_whatever_the_sides_are_called() {
        let names = [Name::Fixed("tilt"), Name::Before(Side::Left, "_evidence"), Name::After("p_", Side::Right)];
        assert_eq!(names.map(key), ["tilt", "left_evidence", "p_right"]);
    }
}
