//! How it adds up: one line a skill, with a bar from the sum before it to the sum after it.

use std::cmp::Reverse;
use std::fmt::Write as _;

use anstyle::Style;
use rolelean::LogOdds;
use rolelean::document::Section;
use rolelean::leaning::SkillMatch;
use rolelean::lexicon::Side;
use rolelean::matching::Requirement;

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
    /// The contributions, strongest first, as steps from zero to the score.
    pub fn chart(&self, page: &mut String, width: Option<usize>) -> std::fmt::Result {
        let counted = self.counted();
        if counted.is_empty() {
            return writeln!(page, "{}", styled(BOLD, "Nothing counts for either role."));
        }
        let width = width.unwrap_or(WIDTH);
        let cells = width.saturating_sub(BESIDE).clamp(10, 36);
        let [left, right] = self.lexicon.roles().each_ref().map(|role| styled(side_style(role.side), &role.label));
        let label = format!("{}, ", styled(BOLD, "How it adds up"));
        *page += &labelled(&label, &format!("left for {left}, right for {right}"), 2, Some(width));
        let axis = Axis::new(counted.iter().map(|found| found.contribution.to_f64()), cells);
        let mut sum = LogOdds::ZERO;
        for found in counted {
            let next = sum + found.contribution;
            self.row(page, found, &axis.bar(sum.to_f64(), next.to_f64()), width)?;
            sum = next;
        }
        self.score(page, &axis)
    }

    fn counted(&self) -> Vec<&SkillMatch> {
        let counts = |found: &&SkillMatch| found.contribution != LogOdds::ZERO;
        let mut counted: Vec<&SkillMatch> = self.analysis.evidence.matches.iter().filter(counts).collect();
        counted.sort_by_key(|found| Reverse(found.contribution.abs()));
        counted
    }

    fn row(&self, page: &mut String, found: &SkillMatch, bar: &Bar, width: usize) -> std::fmt::Result {
        let style = side_style(Side::of_score(found.contribution).unwrap_or(Side::Left));
        let place = place(found);
        let room = width.saturating_sub(bar.columns() + " +00.0000 ".len() + 1 + place.chars().count());
        let name = shortened(&self.lexicon.skill(found.skill).name, room.max(LEAST_NAME));
        write!(page, "{} {:>+8.4} {}", bar.drawn(style), found.contribution, styled(style, &name))?;
        if !place.is_empty() {
            write!(page, " {DIM}{place}{DIM:#}")?;
        }
        writeln!(page)
    }

    /// The sum, as the difference of its two parts.
    fn score(&self, page: &mut String, axis: &Axis) -> std::fmt::Result {
        let evidence = &self.analysis.evidence;
        let (score, label) = (evidence.score, styled(BOLD, "score"));
        let bar = axis.bar(0.0, score.to_f64()).drawn(Side::of_score(score).map_or(BOLD, side_style));
        writeln!(page, "{bar} {score:>+8.4} {label} = {} - {}", evidence.right, evidence.left)
    }
}

/// The columns of the chart: so many cells, and a line among them at zero.
struct Axis {
    cells: usize,
    /// Cells left of zero.
    zero: usize,
    /// Cells for each unit of score.
    scale: f64,
}

impl Axis {
    /// An axis that holds every sum on the way from zero.
    fn new(steps: impl Iterator<Item = f64>, cells: usize) -> Self {
        let (mut sum, mut low, mut high) = (0.0_f64, 0.0_f64, 0.0_f64);
        for step in steps {
            sum += step;
            (low, high) = (low.min(sum), high.max(sum));
        }
        let scale = columns(cells) / (high - low).max(f64::MIN_POSITIVE);
        Self { cells, zero: whole(-low * scale, cells), scale }
    }

    /// The cell boundary at which `sum` lies.
    fn place(&self, sum: f64) -> usize {
        whole(columns(self.zero) + sum * self.scale, self.cells)
    }

    /// The bar from one sum to another; never empty.
    fn bar(&self, from: f64, to: f64) -> Bar {
        let (start, end) = (self.place(from.min(to)), self.place(from.max(to)));
        let start = if start < end { start } else { start.min(self.cells - 1) };
        Bar { start, end: end.max(start + 1), zero: self.zero, cells: self.cells }
    }
}

/// Cells of a row from `start` on that are filled.
struct Bar {
    start: usize,
    end: usize,
    zero: usize,
    cells: usize,
}

impl Bar {
    fn columns(&self) -> usize {
        self.cells + 1
    }

    fn drawn(&self, style: Style) -> String {
        format!("{}|{}", self.part(0, self.zero, style), self.part(self.zero, self.cells, style))
    }

    /// The cells from `from` to `to`.
    fn part(&self, from: usize, to: usize, style: Style) -> String {
        let (start, end) = (self.start.clamp(from, to), self.end.clamp(from, to));
        let blank = |count: usize| " ".repeat(count);
        if start == end {
            return blank(to - from);
        }
        format!("{}{style}{}{style:#}{}", blank(start - from), "█".repeat(end - start), blank(to - end))
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

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to a few columns")]
fn whole(place: f64, most: usize) -> usize {
    (place.round().max(0.0) as usize).min(most)
}

#[expect(clippy::cast_precision_loss, reason = "a few columns")]
fn columns(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_go_on_where_the_one_before_ended() {
        let cases: [(&[f64], &[&str]); 4] = [
            (&[2.0, 1.0, 1.0], &["|█████     ", "|     ███  ", "|        ██"]),
            (&[-3.0, 2.0], &["██████████|", "███████   |"]),
            (&[4.0, -6.0, 1.0], &["   |███████", "███|███████", "█  |       "]),
            (&[5.0, 0.01], &["|██████████", "|         █"]),
        ];
        for (steps, expected) in cases {
            let axis = Axis::new(steps.iter().copied(), 10);
            let mut sum = 0.0;
            for (step, expected) in steps.iter().zip(expected) {
                assert_eq!(axis.bar(sum, sum + step).drawn(Style::new()), *expected, "{steps:?}");
                sum += step;
            }
        }
    }

    #[test]
    fn names_keep_to_their_columns() {
        assert_eq!(shortened("system monitoring", 17), "system monitoring");
        assert_eq!(shortened("system monitoring", 8), "system…");
    }
}
