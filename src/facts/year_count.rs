//! Numbers of years as postings write them: `5+ years`, `three (3) to five (5) years`,
//! `between 3 and 5 years`, `6 months - 2 years`, `5y+`, `Experience (in years): 6`.

use std::sync::LazyLock;

use super::pattern::{Captures, Match, Pattern};
use crate::text::Span;

/// More years than anyone is asked for: such a number is a company's age.
const MOST: u32 = 30;
const MONTHS_IN_A_YEAR: u32 = 12;

/// Number, range, openness and unit; or a label and the number after it.
static YEARS: LazyLock<Pattern> = LazyLock::new(|| {
    let words = NUMBERS.map(|(word, _)| format!("(?u:{word})")).join("|");
    let number = format!(r"(?:\d{{1,2}}(?:\.\d)?|(?:a\s)?couple\sof|{words})");
    let again = format!(r"(?:\s*\(\s?{number}\s?\+?(?:\s?[-~]\s?{number}\s?\+?)?\s?\))?");
    let open = r"(?:\+|\(\+\)|-?\s?plus\b|or\s(?:more|greater|above|higher)\b|and\s(?:above|up|more|over)\b|(?:oder|und|of)\s(?:mehr|meer)\b)";
    let unit = r"(?:years?(?:of)?|yrs?|yoe|jahre?n?|jaar|jaren|months?|mths?|mos|monate?n?)\b";
    let most_is = r",?\s?(?:(?:and|but|to|or)\s)?(?:up\sto|(?:no|not)\smore\sthan|at\smost|max(?:imum)?(?:\sof)?)\b";
    Pattern::new(&format!(
        r"(?xi)
          (?<least>{number}) {again} (?:\s*{open})? {again}
          (?: (?: \s* (?: [-~] | to\b | through\b | or\b | bis\b | tot\b | (?<and>and\b) | {most_is} )
                | \s? (?<least_unit>{unit}) '? \s* (?: [-~] | to\b | {most_is} ) )
              \s* (?<most>{number}) {again} )?
          (?<open>\s*{open})? {again}
          (?: \s*-?\s* (?<unit>{unit}) | y\b ) (?<after>\s?\+)?
        | (?: years?'?\s (?:of\s)? (?:\w{{1,30}}\s)? exp(?:erience)?\b (?:\srequired)? [\s:.-]{{1,12}}
            | exp(?:erience)? \s?\(?\s? (?:in\s)? (?:years?|yrs?)\b \s?\)? \s?[:-]\s? )
          (?<label>{number}) (?: \s?[-~]\s? (?<label_most>{number}) )? \s?\+? (?: \s?(?:years?|yrs?)\b )?",
    ))
});

/// Numbers in words, English, German and Dutch; of two that begin alike, the longer first.
const NUMBERS: [(&str, u32); 32] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("sixteen", 16),
    ("six", 6),
    ("seven", 7),
    ("eighteen", 18),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("twenty", 20),
    ("ein", 1),
    ("zwei", 2),
    ("twee", 2),
    ("drei", 3),
    ("drie", 3),
    ("vier", 4),
    ("fünf", 5),
    ("vijf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("tien", 10),
];

/// What `a couple of` comes to.
const COUPLE: u32 = 2;

/// A number of years, whatever they are of.
#[derive(Debug)]
pub(super) struct Count {
    pub span: Span,
    pub least: u32,
    pub most: Option<u32>,
    /// `5+`, `5 or more`, a range, or the number after `Years of experience:`.
    pub telling: bool,
    /// `5-year`, `1 year`.
    pub singular: bool,
    /// Said in months; the numbers are full years.
    pub months: bool,
}

/// All numbers of years in `text`, from left to right.
pub(super) fn counts(text: &str) -> Vec<Count> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(captures) = YEARS.captures_at(text, at) {
        let Some(whole) = captures.get(0) else { break };
        at = whole.end();
        if let Some(second) = captures.name("most").filter(|_| !is_range(text, &captures)) {
            at = second.start();
            found.extend(captures.name("least_unit").and_then(|unit| Count::alone(text, &captures, unit)));
        } else {
            found.extend(Count::new(text, &captures));
        }
    }
    found
}

/// Whether two numbers are the ends of one range: `5 and 7 years` without a `between` are
/// not, nor are `5 years - 3 years`.
fn is_range(text: &str, captures: &Captures<'_>) -> bool {
    let before = captures.get(0).map_or("", |whole| text[..whole.start()].trim_end());
    let between = before.get(before.len().saturating_sub("between".len())..).unwrap_or_default();
    let joined = captures.name("and").is_none() || between.eq_ignore_ascii_case("between");
    let rises = captures.name("least_unit").is_none() || years(captures, "least") <= years(captures, "most");
    joined && rises
}

/// The full years that a number stands for, with its own unit.
fn years(captures: &Captures<'_>, name: &str) -> Option<u32> {
    let own = if name == "least" { captures.name("least_unit") } else { None };
    let number = number(captures.name(name)?.as_str())?;
    Some(if own.or(captures.name("unit")).is_some_and(is_month) { number / MONTHS_IN_A_YEAR } else { number })
}

fn is_month(unit: Match<'_>) -> bool {
    unit.as_str().starts_with(['m', 'M'])
}

impl Count {
    fn new(text: &str, captures: &Captures<'_>) -> Option<Self> {
        let whole = captures.get(0)?;
        let has = |name: &str| captures.name(name).is_some();
        let label = has("label");
        let least = years(captures, "label").or_else(|| years(captures, "least"))?;
        let most = years(captures, "most").or_else(|| years(captures, "label_most")).filter(|most| *most > least);
        let open = has("open") || has("after") || whole.as_str().contains('+');
        let unit = captures.name("unit");
        let count = Self {
            span: Span::new(whole.start(), whole.end()),
            least,
            most,
            telling: label || open || most.is_some(),
            singular: unit.is_some_and(|unit| unit.as_str().eq_ignore_ascii_case("year")) && !open,
            months: unit.is_some_and(is_month),
        };
        ((label || !is_glued(text, count.span.start)) && least <= MOST).then_some(count)
    }

    /// The first of two numbers that are no range, with its own `unit`.
    fn alone(text: &str, captures: &Captures<'_>, unit: Match<'_>) -> Option<Self> {
        let least = years(captures, "least")?;
        let span = Span::new(captures.name("least")?.start(), unit.end());
        let telling = span.of(text).contains('+');
        let count = Self { span, least, most: None, telling, singular: false, months: is_month(unit) };
        (!is_glued(text, span.start) && least <= MOST).then_some(count)
    }
}

/// Whether a number goes on what stands before it: `v5 years`, `1.5`, `$5`.
fn is_glued(text: &str, start: usize) -> bool {
    text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '$' | '£' | '€' | '/'))
}

/// The number a word or a numeral stands for; halves are rounded down.
fn number(text: &str) -> Option<u32> {
    let digits = text.split('.').next()?;
    let word = || NUMBERS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)).map(|(_, number)| *number);
    let couple = || text.to_ascii_lowercase().contains("couple").then_some(COUPLE);
    digits.parse().ok().or_else(word).or_else(couple)
}

/// Whether one of the words in `near` spells a number out.
pub(super) fn has_number_word(near: &[u8]) -> bool {
    near.split(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic()).any(|word| {
        (3..=8).contains(&word.len())
            && (word.eq_ignore_ascii_case(b"couple")
                || NUMBERS.iter().any(|(number, _)| word.eq_ignore_ascii_case(number.as_bytes())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, and the fewest and the most years of each number in it.
    type Case = (&'static str, &'static [(u32, Option<u32>)]);

    #[test]
    fn numbers_of_years_are_read_however_they_are_written() {
        let cases: [Case; 30] = [
            ("5 years", &[(5, None)]),
            ("5+ yrs", &[(5, None)]),
            ("5y+", &[(5, None)]),
            ("3-5y exp", &[(3, Some(5))]),
            ("3~5 years", &[(3, Some(5))]),
            ("between 3 and 5 years", &[(3, Some(5))]),
            ("Between three and five years", &[(3, Some(5))]),
            ("level 3 and 5 years", &[(5, None)]),
            ("three to five (3-5) years", &[(3, Some(5))]),
            ("three (3) to five (5) years", &[(3, Some(5))]),
            ("3 years to 5 years", &[(3, Some(5))]),
            ("3 years up to 5 years", &[(3, Some(5))]),
            ("3 and up to 5 years", &[(3, Some(5))]),
            ("minimum 3, maximum 5 years", &[(3, Some(5))]),
            ("6 months - 2 years", &[(0, Some(2))]),
            ("18 months", &[(1, None)]),
            ("18-24 months", &[(1, Some(2))]),
            ("eighteen months", &[(1, None)]),
            ("5 years - 3 years", &[(5, None), (3, None)]),
            ("Java 5 years, Go 2 years", &[(5, None), (2, None)]),
            ("Experience (in years): 6", &[(6, None)]),
            ("Experience in years: 6-8", &[(6, Some(8))]),
            ("Years of experience: 4", &[(4, None)]),
            ("a couple of years", &[(2, None)]),
            ("3 bis 5 Jahre", &[(3, Some(5))]),
            ("fünf oder mehr Jahre", &[(5, None)]),
            ("twee tot vier jaar", &[(2, Some(4))]),
            ("ein Jahr", &[(1, None)]),
            ("99 years", &[]),
            ("v5 years", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = counts(text).iter().map(|count| (count.least, count.most)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
