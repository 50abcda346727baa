//! What counts: one line a skill, with a bar to its side.

use std::fmt::Write as _;

use rolelean::leaning::SkillMatch;
use rolelean::lexicon::Side;
use rolelean::matching::Requirement;
use rolelean::text::Section;

use super::{Explained, side_style};
use crate::terminal::{BOLD, DIM, styled};
use crate::wrap::labelled;

/// Columns of the chart where there is no terminal to say.
const WIDTH: usize = 80;
/// Columns that are left to names and places beside bars and numbers.
const BESIDE: usize = 50;
/// The shortest name that is still cut to make room for where the skill stands.
const LEAST_NAME: usize = 12;

impl Explained<'_> {
    /// The contributions, strongest first, and their sum.
    pub fn chart(&self, page: &mut String, width: Option<usize>) -> std::fmt::Result {
        let counted = self.counted();
        if counted.is_empty() {
            return writeln!(page, "{}", styled(BOLD, "Nothing counts for either role."));
        }
        let width = width.unwrap_or(WIDTH);
        let bars = (width.saturating_sub(BESIDE) / 2).clamp(5, 18);
        let [left, right] = self.lexicon.roles().each_ref().map(|role| styled(side_style(role.side), &role.label));
        let label = format!("{}, ", styled(BOLD, "What counts"));
        *page += &labelled(&label, &format!("left for {left}, right for {right}"), 2, Some(width));
        let most = counted.first().map_or(1.0, |found| found.contribution.abs());
        for found in counted {
            self.row(page, found, found.contribution.abs() / most, bars, width)?;
        }
        self.score(page, bars)
    }

    fn counted(&self) -> Vec<&SkillMatch> {
        let counts = |found: &&SkillMatch| found.contribution != 0.0;
        let mut counted: Vec<&SkillMatch> = self.analysis.evidence.matches.iter().filter(counts).collect();
        counted.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        counted
    }

    fn row(&self, page: &mut String, found: &SkillMatch, share: f64, bars: usize, width: usize) -> std::fmt::Result {
        let side = Side::of_score(found.contribution).unwrap_or(Side::Left);
        let style = side_style(side);
        let length = length(share, bars);
        let (bar, rest) = ("█".repeat(length), " ".repeat(bars - length));
        match side {
            Side::Left => write!(page, "{rest}{style}{bar}{style:#}|{:bars$}", "")?,
            Side::Right => write!(page, "{:bars$}|{style}{bar}{style:#}{rest}", "")?,
        }
        let place = place(found);
        let room = width.saturating_sub(2 * bars + 1 + " +00.0000 ".len() + 1 + place.chars().count());
        let name = shortened(&self.lexicon.skill(found.skill).name, room.max(LEAST_NAME));
        write!(page, " {:>+8.4} {}", found.contribution, styled(style, &name))?;
        if !place.is_empty() {
            write!(page, " {DIM}{place}{DIM:#}")?;
        }
        writeln!(page)
    }

    /// The sum, as the difference of its two parts.
    fn score(&self, page: &mut String, bars: usize) -> std::fmt::Result {
        let evidence = &self.analysis.evidence;
        let (score, label) = (evidence.score, styled(BOLD, "score"));
        let parts = format_args!("{:.4} - {:.4}", evidence.right, evidence.left);
        writeln!(page, "{:w$} {score:>+8.4} {label} = {parts}", "", w = 2 * bars + 1)
    }
}

/// How often, in which section and how much it is asked for, where there is something to say.
fn place(found: &SkillMatch) -> String {
    let mut words = vec![];
    if found.mentions.len() > 1 {
        words.push(format!("x{}", found.mentions.len()));
    }
    if found.section != Section::Other {
        words.push(found.section.name().to_owned());
    }
    if found.requirement == Requirement::Preferred && found.section != Section::Preferred {
        words.push(found.requirement.name().to_owned());
    }
    words.join(" ")
}

fn shortened(name: &str, room: usize) -> String {
    if name.chars().count() <= room {
        return name.to_owned();
    }
    let start: String = name.chars().take(room.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a few columns")]
#[expect(clippy::cast_precision_loss, reason = "a share of a few columns")]
fn length(share: f64, columns: usize) -> usize {
    ((share * columns as f64).round() as usize).clamp(1, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_names_keep_to_their_columns() {
        assert_eq!([length(1.0, 10), length(0.26, 10), length(0.0, 10), length(1.1, 10)], [10, 3, 1, 10]);
        assert_eq!(shortened("system monitoring", 17), "system monitoring");
        assert_eq!(shortened("system monitoring", 8), "system…");
    }
}
