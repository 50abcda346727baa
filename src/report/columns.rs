//! The columns of every table: one list, from which each format takes names and cells.
//!
//! Names and order are a contract: they do not change within a major version.

use std::borrow::Cow;
use std::ops::Range;

use super::amounts::Median;
use super::market::Market;
use super::one_line::one_line;
use super::skills::{SkillCount, SkillCounts};
use crate::facts::{Clearance, Facts, Pay, Period, Seniority};
use crate::input::{Posting, Skipped};
use crate::leaning::{DECIMALS, Reason, SkillMatch};
use crate::lexicon::{Lexicon, Side, Skill, SkillId};
use crate::log_odds::LogOdds;
use crate::matching::Mention;
use crate::run::{Classified, Gap};
use crate::text::Span;
use crate::text::bytes::any;

/// How many skills the `top_` columns name.
const TOP: usize = 5;
/// Characters of context to each side of a mention.
const CONTEXT: usize = 48;
/// Letters of a number that is read and printed without a change.
const MOST_DIGITS: usize = 15;

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'c> {
    /// Nothing is known; never a zero.
    Empty,
    /// Words, possibly from a posting: to be escaped by the format.
    Text(Cow<'c, str>),
    /// A count or an offset.
    Integer(u64),
    /// A number printed with this many decimals.
    Number(f64, usize),
    /// A weight, a contribution or a score.
    LogOdds(LogOdds),
    /// True or false.
    Flag(bool),
}

impl<'c> Cell<'c> {
    fn text(text: impl Into<Cow<'c, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// The same, with a text of its own.
    #[cfg(feature = "xlsx")]
    pub(super) fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Empty => Cell::Empty,
            Self::Text(text) => Cell::Text(text.into_owned().into()),
            Self::Integer(number) => Cell::Integer(number),
            Self::Number(number, decimals) => Cell::Number(number, decimals),
            Self::LogOdds(amount) => Cell::LogOdds(amount),
            Self::Flag(flag) => Cell::Flag(flag),
        }
    }

    /// What is to be known of how a posting was read, with `; ` between.
    pub(super) fn warnings(posting: &Posting) -> Self {
        Self::text(posting.warnings.join("; "))
    }

    /// Names with `; ` between.
    fn names(names: impl Iterator<Item = &'static str>) -> Self {
        Self::text(names.collect::<Vec<_>>().join("; "))
    }

    /// A cell that is carried through: a number where it is written as numbers are, so that a spreadsheet can
    /// add it up, and else a text, so that `007` and telephone numbers stay what they are.
    pub(super) fn kept(text: &'c str) -> Self {
        let decimals = plain_number(text).filter(|_| text.len() <= MOST_DIGITS);
        let number = decimals.and_then(|decimals| Some((text.parse().ok()?, decimals)));
        number.map_or_else(|| Self::text(text), |(number, decimals)| Self::Number(number, decimals))
    }

    fn median(median: Median) -> Self {
        median.value.map_or(Self::Empty, Self::Integer)
    }

    fn count(count: usize) -> Self {
        Self::Integer(count as u64)
    }

    fn years(years: Option<u32>) -> Self {
        years.map_or(Self::Empty, |years| Self::Integer(years.into()))
    }

    /// An amount of money: whole where it is whole, else with cents.
    fn amount(amount: Option<f64>) -> Self {
        amount.map_or(Self::Empty, |amount| Self::Number(amount, if amount.fract() == 0.0 { 0 } else { 2 }))
    }

    pub(super) fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, |value| Self::Number(value, DECIMALS))
    }
}

/// How many decimals a number has that is written as this program would: without leading zeros, exponents or marks
/// between digits, and not as a negative zero.
fn plain_number(text: &str) -> Option<usize> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let size = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = size.split_once('.').map_or((size, None), |(whole, decimals)| (whole, Some(decimals)));
    let is_number = is_digits(whole) && decimals.is_none_or(is_digits);
    let is_plain = whole == "0" || !whole.starts_with('0');
    let is_negative_zero = size != text && size.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    (is_number && is_plain && !is_negative_zero).then(|| decimals.map_or(0, str::len))
}

/// What the cells of a column hold, those apart that are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// [`Cell::Text`].
    Text,
    /// [`Cell::Integer`].
    Integer,
    /// [`Cell::Number`] or [`Cell::LogOdds`].
    Number,
    /// [`Cell::Flag`].
    Flag,
}

/// The name of a column: fixed, or made with a side's word.
#[derive(Debug, Clone, Copy)]
pub enum Name {
    /// The same for every lexicon.
    Fixed(&'static str),
    /// `garden_evidence`: the side's word, then this.
    Before(Side, &'static str),
    /// `top_garden`: this, then the side's word.
    After(&'static str, Side),
}

impl Name {
    /// The name under this lexicon.
    #[must_use]
    pub fn under(self, lexicon: &Lexicon) -> String {
        match self {
            Self::Fixed(name) => name.to_owned(),
            Self::Before(side, end) => format!("{}{end}", lexicon.role(side).side_id),
            Self::After(start, side) => format!("{start}{}", lexicon.role(side).side_id),
        }
    }
}

/// What the tables of a report are called: their files without the ending, and their sheets.
pub const TABLES: [&str; 4] = ["postings", "matches", "skills", "skipped"];

/// A table: what its rows are made from, and its columns.
pub trait Table: Sized + 'static {
    /// Its place among the [`TABLES`] of a report.
    const PLACE: usize;

    /// What a row is made from.
    type Row<'p>;

    /// Its columns, in order.
    const COLUMNS: &'static [Column<Self>];

    /// Whether columns of the user's own may stand behind them.
    const KEEPS: bool = false;
}

/// The cell of a column in a row.
pub type CellOf<T> = for<'r, 'p> fn(&'r <T as Table>::Row<'p>) -> Cell<'r>;

/// A column of a table.
pub struct Column<T: Table> {
    /// Its name.
    pub name: Name,
    /// What its cells hold, for formats that have to know before the first row.
    pub kind: Kind,
    /// Its cell in a row.
    pub cell: CellOf<T>,
    /// Whether its texts are words of this program's own, in which no format finds anything to escape.
    pub of_words: bool,
    /// What its cell waits for, if it is not known when a posting has been analysed.
    pub gap: Option<Gap>,
}

const fn waiting<T: Table>(gap: Gap, column: Column<T>) -> Column<T> {
    Column { gap: Some(gap), ..column }
}

const fn column<T: Table>(name: Name, kind: Kind, cell: CellOf<T>) -> Column<T> {
    Column { name, kind, cell, of_words: false, gap: None }
}

const fn text<T: Table>(name: &'static str, cell: CellOf<T>) -> Column<T> {
    column(Name::Fixed(name), Kind::Text, cell)
}

const fn word<T: Table>(name: &'static str, cell: CellOf<T>) -> Column<T> {
    Column { of_words: true, ..text(name, cell) }
}

const fn integer<T: Table>(name: &'static str, cell: CellOf<T>) -> Column<T> {
    column(Name::Fixed(name), Kind::Integer, cell)
}

const fn number<T: Table>(name: &'static str, cell: CellOf<T>) -> Column<T> {
    column(Name::Fixed(name), Kind::Number, cell)
}

const fn flag<T: Table>(name: &'static str, cell: CellOf<T>) -> Column<T> {
    column(Name::Fixed(name), Kind::Flag, cell)
}

/// A column of what concerns one role, its word in front of the name.
const fn of_side<T: Table>(side: Side, name: &'static str, kind: Kind, cell: CellOf<T>) -> Column<T> {
    column(Name::Before(side, name), kind, cell)
}

/// The names of the columns of a table under a lexicon.
#[must_use]
pub fn header<T: Table>(lexicon: &Lexicon) -> Vec<String> {
    T::COLUMNS.iter().map(|column| column.name.under(lexicon)).collect()
}

/// The word of a side, out of the names of the columns of a table; the other way round than
/// [`Name::under`].
pub(super) fn side_word<T: Table>(side: Side, header: &[String]) -> &str {
    let mut names = T::COLUMNS.iter().zip(header);
    let word = names.find_map(|(column, name)| match column.name {
        Name::Before(of, end) if of == side => name.strip_suffix(end),
        _ => None,
    });
    word.unwrap_or_default()
}

/// The cells of a row, in the order of the columns.
pub fn cells<'r, T: Table>(row: &'r T::Row<'_>) -> impl Iterator<Item = Cell<'r>> {
    T::COLUMNS.iter().map(move |column| (column.cell)(row))
}

/// A row of the postings table.
pub struct PostingRow<'p> {
    /// The lexicon in use.
    pub lexicon: &'p Lexicon,
    /// The result.
    pub result: &'p Classified,
}

impl PostingRow<'_> {
    fn posting(&self) -> &Posting {
        &self.result.posting
    }

    fn facts(&self) -> &Facts {
        &self.result.analysis.facts
    }

    fn pay(&self) -> Option<&Pay> {
        self.facts().pay.as_ref()
    }

    /// The names of the strongest skills of a side, `; ` between.
    fn top(&self, side: Side) -> Cell<'_> {
        let found = self.result.analysis.evidence.strongest(side, TOP);
        let names: Vec<&str> = found.iter().map(|found| self.lexicon.skill(found.skill).name.as_str()).collect();
        Cell::text(names.join("; "))
    }
}

/// `postings.csv`.
pub enum PostingsTable {}

impl Table for PostingsTable {
    const PLACE: usize = 0;

    const KEEPS: bool = true;

    type Row<'p> = PostingRow<'p>;

    const COLUMNS: &'static [Column<Self>] = &[
        waiting(Gap::Number, integer("posting", |row| Cell::Integer(row.result.number))),
        text("id", |row| Cell::text(row.posting().id.as_str())),
        text("source", |row| Cell::text(row.posting().source.as_str())),
        text("title", |row| Cell::text(row.posting().title.as_str())),
        text("company", |row| Cell::text(row.posting().company.as_str())),
        text("location", |row| Cell::text(row.posting().location.as_str())),
        text("leaning", |row| Cell::text(row.result.analysis.verdict.leaning.name(row.lexicon))),
        text("reason", |row| Cell::text(row.result.analysis.verdict.reason.map_or("", Reason::name))),
        number("tilt", |row| Cell::number(row.result.analysis.verdict.tilt)),
        number("probability", |row| Cell::number(row.result.analysis.verdict.probability())),
        column(Name::After("p_", Side::Left), Kind::Number, |row| {
            Cell::number(Some(row.result.analysis.verdict.probabilities.left))
        }),
        column(Name::After("p_", Side::Right), Kind::Number, |row| {
            Cell::number(Some(row.result.analysis.verdict.probabilities.right))
        }),
        number("p_neither", |row| Cell::number(Some(row.result.analysis.verdict.probabilities.neither))),
        number("score", |row| Cell::LogOdds(row.result.analysis.evidence.score)),
        of_side(Side::Left, "_evidence", Kind::Number, |row| Cell::LogOdds(row.result.analysis.evidence.left)),
        of_side(Side::Right, "_evidence", Kind::Number, |row| Cell::LogOdds(row.result.analysis.evidence.right)),
        of_side(Side::Left, "_skills", Kind::Integer, |row| Cell::count(row.result.analysis.evidence.skills.left)),
        of_side(Side::Right, "_skills", Kind::Integer, |row| Cell::count(row.result.analysis.evidence.skills.right)),
        integer("shared_skills", |row| Cell::count(row.result.analysis.evidence.skills.shared)),
        column(Name::After("top_", Side::Left), Kind::Text, |row| row.top(Side::Left)),
        column(Name::After("top_", Side::Right), Kind::Text, |row| row.top(Side::Right)),
        text("title_leaning", |row| {
            row.result.analysis.title_leaning.map_or(Cell::Empty, |side| Cell::text(row.lexicon.role(side).id.as_str()))
        }),
        flag("title_agrees", |row| row.result.analysis.title_agrees().map_or(Cell::Empty, Cell::Flag)),
        text("degree", |row| Cell::names(row.facts().degrees.iter().map(|level| level.name()))),
        text("degree_fields", |row| Cell::text(row.facts().degree_fields.join("; "))),
        integer("years_min", |row| Cell::years(row.facts().years_min)),
        integer("years_max", |row| Cell::years(row.facts().years_max)),
        number("salary_min", |row| Cell::amount(row.pay().and_then(|pay| pay.min))),
        number("salary_max", |row| Cell::amount(row.pay().and_then(|pay| pay.max))),
        text("salary_currency", |row| Cell::text(row.pay().and_then(|pay| pay.currency).unwrap_or_default())),
        text("salary_period", |row| Cell::text(row.pay().and_then(|pay| pay.period).map_or("", Period::name))),
        text("certifications", |row| Cell::text(row.result.analysis.certifications(row.lexicon).join("; "))),
        text("workplace", |row| Cell::names(row.facts().workplace.iter().map(|place| place.name()))),
        text("contract", |row| Cell::names(row.facts().contract.iter().map(|contract| contract.name()))),
        text("seniority", |row| Cell::text(row.facts().seniority().map_or("", Seniority::name))),
        text("clearance", |row| Cell::text(row.facts().clearance.map_or("", Clearance::name))),
        flag("sponsorship", |row| row.facts().sponsorship.map_or(Cell::Empty, Cell::Flag)),
        text("language", |row| row.posting().language.map_or(Cell::Empty, Cell::text)),
        integer("words", |row| Cell::count(row.result.analysis.evidence.words)),
        waiting(Gap::Warnings, text("warnings", |row| Cell::warnings(row.posting()))),
    ];
}

/// A row of the matches table.
pub struct MatchRow<'p> {
    /// The lexicon in use.
    pub lexicon: &'p Lexicon,
    /// The number of the posting it was found in, as in the postings table.
    pub number: u64,
    /// That posting.
    pub posting: &'p Posting,
    /// The skill.
    pub found: &'p SkillMatch,
    /// Its mentions.
    pub mentions: &'p [Mention],
}

impl<'p> MatchRow<'p> {
    /// The rows of one posting, in the order of first mentions.
    pub fn all(lexicon: &'p Lexicon, result: &'p Classified) -> impl Iterator<Item = Self> {
        let Classified { number, posting, analysis } = result;
        let evidence = &analysis.evidence;
        let row = move |found| Self { lexicon, number: *number, posting, found, mentions: evidence.mentions_of(found) };
        evidence.matches.iter().map(row)
    }
}

impl MatchRow<'_> {
    fn skill(&self) -> &Skill {
        self.lexicon.skill(self.found.skill)
    }

    fn first(&self) -> &Mention {
        &self.mentions[0]
    }

    /// What the first mention stands in.
    pub(super) fn text(&self) -> &str {
        self.first().around(&self.posting.title, &self.posting.text)
    }

    /// Where the words of the first mention stand there, on as many lines as in the posting.
    pub(super) fn form(&self) -> Span {
        self.first().span
    }

    /// Where the text around the first mention stands, likewise.
    pub(super) fn context(&self) -> Span {
        let (text, Span { start, end }) = (self.text(), self.form());
        Span::new(before(text, start), after(text, end))
    }
}

/// Where [`CONTEXT`] characters and one more begin that end at byte `at`.
fn before(text: &str, at: usize) -> usize {
    let start = at.saturating_sub(CONTEXT + 1);
    // Nearly always, and counted many times faster.
    if is_ascii(&text.as_bytes()[start..at]) {
        return start;
    }
    text[..at].char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at)
}

/// Where [`CONTEXT`] characters end that begin at byte `at`.
fn after(text: &str, at: usize) -> usize {
    let end = (at + CONTEXT).min(text.len());
    if is_ascii(&text.as_bytes()[at..end]) {
        return end;
    }
    text[at..].char_indices().nth(CONTEXT).map_or(text.len(), |(more, _)| at + more)
}

/// The library's own test costs twice as much for so few bytes.
fn is_ascii(bytes: &[u8]) -> bool {
    !any(bytes, |byte| !byte.is_ascii())
}

/// `matches.csv`.
pub enum MatchesTable {}

impl MatchesTable {
    /// The place of the column for the posting's number.
    pub(super) const NUMBER: Range<usize> = 0..Self::OF_POSTING.start;
    /// Of those whose cells are the same in all rows of a posting.
    pub(super) const OF_POSTING: Range<usize> = 1..2;
    /// Of those whose cells are the same in all rows of a skill.
    pub(super) const OF_SKILL: Range<usize> = 2..7;
}

impl Table for MatchesTable {
    const PLACE: usize = 1;

    type Row<'p> = MatchRow<'p>;

    const COLUMNS: &'static [Column<Self>] = &[
        waiting(Gap::Number, integer("posting", |row| Cell::Integer(row.number))),
        text("id", |row| Cell::text(row.posting.id.as_str())),
        text("skill", |row| Cell::text(row.skill().name.as_str())),
        text("skill_id", |row| Cell::text(row.skill().id.as_str())),
        text("category", |row| Cell::text(row.lexicon.category_of(row.skill()).id.as_str())),
        text("leaning", |row| Cell::text(row.lexicon.leaning_name(row.skill().leaning))),
        number("weight", |row| Cell::LogOdds(row.skill().weight)),
        number("contribution", |row| Cell::LogOdds(row.found.contribution)),
        integer("mentions", |row| Cell::count(row.mentions.len())),
        integer("first_line", |row| Cell::count(row.first().place.line)),
        integer("first_column", |row| Cell::count(row.first().place.column)),
        integer("start", |row| Cell::count(row.first().span.start)),
        integer("end", |row| Cell::count(row.first().span.end)),
        word("section", |row| Cell::text(row.found.section.name())),
        word("requirement", |row| Cell::text(row.found.requirement.name())),
        flag("negated", |row| Cell::Flag(row.found.negated)),
        integer("years", |row| Cell::years(row.found.years)),
        text("form", |row| Cell::text(one_line(row.form().of(row.text())))),
        text("context", |row| Cell::text(one_line(row.context().of(row.text())))),
    ];
}

/// A row of the skills table: one skill over the whole run.
pub struct SkillRow<'p> {
    /// Its name.
    pub name: &'p str,
    /// Its id in the lexicon.
    pub id: &'p str,
    /// The id of its category.
    pub category: &'p str,
    /// The word of what it leans to.
    pub leaning: &'p str,
    /// The side that it leans to, if it is one.
    pub side: Option<Side>,
    /// Its weight.
    pub weight: LogOdds,
    /// What was counted of it.
    pub counts: &'p SkillCount,
    /// Postings in the run.
    pub postings: u64,
    /// Postings that lean to the left and to the right role.
    pub leaning_postings: [u64; 2],
    /// The currency of all pay in the table, if any posting states pay.
    pub currency: Option<&'p str>,
    /// Pay and years of the postings that have it.
    pub market: Market,
}

impl<'p> SkillRow<'p> {
    /// The rows of the skills that were found, the commonest first.
    pub fn all(lexicon: &'p Lexicon, skills: &'p SkillCounts) -> Vec<Self> {
        let found = lexicon.skill_ids().zip(skills.counts()).filter(|(_, counts)| counts.postings > 0);
        let mut rows: Vec<Self> =
            found.map(|(id, counts)| Self::of(lexicon, skills, id, lexicon.skill(id), counts)).collect();
        Self::sort(&mut rows);
        rows
    }

    fn of(
        lexicon: &'p Lexicon,
        skills: &'p SkillCounts,
        place: SkillId,
        skill: &'p Skill,
        counts: &'p SkillCount,
    ) -> Self {
        Self {
            name: &skill.name,
            id: &skill.id,
            category: &lexicon.category_of(skill).id,
            leaning: lexicon.leaning_name(skill.leaning),
            side: skill.leaning.side(),
            weight: skill.weight,
            counts,
            postings: skills.postings,
            leaning_postings: skills.leaning,
            currency: skills.currency(),
            market: skills.market(place),
        }
    }

    /// Puts rows into the order of the table.
    pub(super) fn sort(rows: &mut [Self]) {
        rows.sort_by(|a, b| b.counts.postings.cmp(&a.counts.postings).then_with(|| a.id.cmp(b.id)));
    }
}

impl SkillRow<'_> {
    /// How much commoner the skill is among the postings that lean its way than among
    /// all: 1 says nothing, 2 says twice as common. Empty for skills without a side.
    fn lift(&self) -> Option<f64> {
        let side = self.side?.index();
        let of_side = ratio(self.counts.leaning[side], self.leaning_postings[side])?;
        Some(of_side / ratio(self.counts.postings, self.postings)?)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of postings, far below 2^52")]
pub(super) fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// `skills.csv`.
pub enum SkillsTable {}

impl Table for SkillsTable {
    const PLACE: usize = 2;

    type Row<'p> = SkillRow<'p>;

    const COLUMNS: &'static [Column<Self>] = &[
        text("skill", |row| Cell::text(row.name)),
        text("skill_id", |row| Cell::text(row.id)),
        text("category", |row| Cell::text(row.category)),
        text("leaning", |row| Cell::text(row.leaning)),
        number("weight", |row| Cell::LogOdds(row.weight)),
        integer("postings", |row| Cell::Integer(row.counts.postings)),
        number("share", |row| Cell::number(ratio(row.counts.postings, row.postings))),
        of_side(Side::Left, "_postings", Kind::Integer, |row| Cell::Integer(row.counts.leaning[0])),
        of_side(Side::Right, "_postings", Kind::Integer, |row| Cell::Integer(row.counts.leaning[1])),
        integer("required", |row| Cell::Integer(row.counts.required)),
        integer("preferred", |row| Cell::Integer(row.counts.preferred)),
        number("lift", |row| Cell::number(row.lift())),
        integer("sole_evidence", |row| Cell::Integer(row.counts.sole_evidence)),
        of_side(Side::Left, "_share", Kind::Number, |row| {
            Cell::number(ratio(row.counts.leaning[0], row.leaning_postings[0]))
        }),
        of_side(Side::Right, "_share", Kind::Number, |row| {
            Cell::number(ratio(row.counts.leaning[1], row.leaning_postings[1]))
        }),
        of_side(Side::Left, "_required", Kind::Integer, |row| Cell::Integer(row.counts.required_by[0])),
        of_side(Side::Right, "_required", Kind::Integer, |row| Cell::Integer(row.counts.required_by[1])),
        of_side(Side::Left, "_preferred", Kind::Integer, |row| Cell::Integer(row.counts.preferred_by[0])),
        of_side(Side::Right, "_preferred", Kind::Integer, |row| Cell::Integer(row.counts.preferred_by[1])),
        text("pay_currency", |row| Cell::text(row.currency.unwrap_or_default())),
        integer("pay_postings", |row| Cell::Integer(row.market.pay[0].postings)),
        of_side(Side::Left, "_pay_postings", Kind::Integer, |row| Cell::Integer(row.market.pay[1].postings)),
        of_side(Side::Right, "_pay_postings", Kind::Integer, |row| Cell::Integer(row.market.pay[2].postings)),
        integer("pay_median", |row| Cell::median(row.market.pay[0])),
        of_side(Side::Left, "_pay_median", Kind::Integer, |row| Cell::median(row.market.pay[1])),
        of_side(Side::Right, "_pay_median", Kind::Integer, |row| Cell::median(row.market.pay[2])),
        integer("pay_left_out", |row| Cell::Integer(row.market.pay_left_out)),
        integer("years_postings", |row| Cell::Integer(row.market.years[0].postings)),
        of_side(Side::Left, "_years_postings", Kind::Integer, |row| Cell::Integer(row.market.years[1].postings)),
        of_side(Side::Right, "_years_postings", Kind::Integer, |row| Cell::Integer(row.market.years[2].postings)),
        integer("years_median", |row| Cell::median(row.market.years[0])),
        of_side(Side::Left, "_years_median", Kind::Integer, |row| Cell::median(row.market.years[1])),
        of_side(Side::Right, "_years_median", Kind::Integer, |row| Cell::median(row.market.years[2])),
    ];
}

/// `skipped.csv`.
pub enum SkippedTable {}

impl Table for SkippedTable {
    const PLACE: usize = 3;

    type Row<'p> = Skipped;

    const COLUMNS: &'static [Column<Self>] = &[
        text("source", |row| Cell::text(row.source.as_str())),
        integer("record", |row| row.record.map_or(Cell::Empty, Cell::Integer)),
        text("reason", |row| Cell::text(row.reason.as_str())),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Classifier;

    fn kinds<T: Table>(row: &T::Row<'_>) -> Vec<(Kind, Option<Kind>)> {
        let kind = |column: &Column<T>| match (column.cell)(row) {
            Cell::Empty => None,
            Cell::Text(_) => Some(Kind::Text),
            Cell::Integer(_) => Some(Kind::Integer),
            Cell::Number(..) | Cell::LogOdds(_) => Some(Kind::Number),
            Cell::Flag(_) => Some(Kind::Flag),
        };
        T::COLUMNS.iter().map(|column| (column.kind, kind(column))).collect()
    }

    fn check(kinds: Vec<(Kind, Option<Kind>)>) {
        for (column, (said, found)) in kinds.into_iter().enumerate() {
            assert_eq!(found, Some(said), "column {column}");
        }
    }

    #[test]
    fn a_kept_cell_is_a_number_only_where_nothing_is_lost() {
        let cases = [
            ("", Cell::Empty),
            ("7", Cell::Number(7.0, 0)),
            ("-0.1278", Cell::Number(-0.1278, 4)),
            ("50000.50", Cell::Number(50_000.5, 2)),
            ("0", Cell::Number(0.0, 0)),
        ];
        for (text, expected) in cases {
            assert_eq!(Cell::kept(text), expected, "{text}");
        }
        let texts =
            ["007", "-0", "-0.0", "+49", "1e3", "1,000", ".5", "5.", "1234567890123456", "-", "=1", " 7", "7 a"];
        for text in texts {
            assert_eq!(Cell::kept(text), Cell::Text(text.into()));
        }
    }

    #[test]
    fn columns_of_matches_that_are_written_alike_stand_together() {
        let names = header::<MatchesTable>(&Lexicon::builtin());
        assert_eq!(names[MatchesTable::OF_POSTING], ["id"]);
        assert_eq!(names[MatchesTable::OF_SKILL], ["skill", "skill_id", "category", "leaning", "weight"]);
    }

    #[test]
    fn cells_are_of_the_kind_their_column_names() {
        let classifier = Classifier::new(Lexicon::builtin());
        let lexicon = &**classifier.lexicon();
        let posting = Posting {
            id: "1".to_owned(),
            source: "jobs.csv".to_owned(),
            title: lexicon.role(Side::Left).label.clone(),
            company: "Example".to_owned(),
            location: "Ulm".to_owned(),
            text: "You must have 5 to 7 years of experience with TypeScript, and patch Linux servers. Bachelor's degree in computer science. \
                   CCNA certification is required. $100,000 - $120,000 a year. This is a fully remote, full-time position. \
                   An active Secret clearance is required. We do not sponsor visas."
                .to_owned(),
            language: Some("en"),
            warnings: vec!["read as windows-1252".to_owned()],
            ..Posting::default()
        };
        let mut analysis = classifier.classify(&posting).expect("within its budget");
        analysis.verdict.reason = Some(Reason::Both);
        let result = Classified { number: 1, posting, analysis };
        check(kinds::<PostingsTable>(&PostingRow { lexicon, result: &result }));
        let mut matches = MatchRow::all(lexicon, &result);
        check(kinds::<MatchesTable>(&matches.find(|row| row.found.years.is_some()).expect("years of TypeScript")));
        let counts = SkillCount { postings: 1, leaning: [1, 0], ..Default::default() };
        let (place, skill) = lexicon.find("typescript").expect("a skill of the lexicon");
        let median = Median { postings: 1, value: Some(5) };
        let skills = SkillCounts::new(lexicon);
        let row = SkillRow {
            postings: 1,
            leaning_postings: [1, 1],
            currency: Some("USD"),
            market: Market { pay: [median; 3], pay_left_out: 1, years: [median; 3] },
            ..SkillRow::of(lexicon, &skills, place, skill, &counts)
        };
        check(kinds::<SkillsTable>(&row));
        let skipped =
            Skipped { source: "jobs.csv".to_owned(), record: Some(1), id: None, reason: "no text".to_owned() };
        check(kinds::<SkippedTable>(&skipped));
    }
}
