//! Numbers of years as postings write them: `5+ years`, `three (3) to five (5) years`,
//! `between 3 and 5 years`, `6 months - 2 years`, `5y+`, `Experience (in years): 6`.

use super::written_years::{NUMBERS, WrittenYears};
use crate::text::Span;

/// More years than anyone is asked for: such a number is a company's age.
const MOST: u32 = 30;
const MONTHS_IN_A_YEAR: u32 = 12;

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
    while let Some(written) = WrittenYears::next(text, at) {
        at = written.span.end;
        if let Some(second) = written.most.filter(|_| !is_range(text, &written)) {
            at = second.start;
            found.extend(written.least_unit.and_then(|unit| Count::alone(text, &written, unit)));
        } else {
            found.extend(Count::new(text, &written));
        }
    }
    found
}

/// Whether two numbers are the ends of one range: `5 and 7 years` without a `between` are
/// not, nor are `5 years - 3 years`.
fn is_range(text: &str, written: &WrittenYears) -> bool {
    let before = text[..written.span.start].trim_end();
    let between = before.get(before.len().saturating_sub("between".len())..).unwrap_or_default();
    let joined = !written.is_joined_by_and || between.eq_ignore_ascii_case("between");
    let rises = written.least_unit.is_none() || least(text, written) <= most(text, written);
    joined && rises
}

/// The full years of the first number, or of the only one.
fn least(text: &str, written: &WrittenYears) -> Option<u32> {
    years(text, written.least, written.least_unit.or(written.unit))
}

/// The full years of the second number of a range.
fn most(text: &str, written: &WrittenYears) -> Option<u32> {
    years(text, written.most, written.unit)
}

/// The full years that a number of a unit stands for.
fn years(text: &str, written: Option<Span>, unit: Option<Span>) -> Option<u32> {
    let number = number(written?.of(text))?;
    Some(if unit.is_some_and(|unit| is_month(text, unit)) { number / MONTHS_IN_A_YEAR } else { number })
}

fn is_month(text: &str, unit: Span) -> bool {
    unit.of(text).starts_with(['m', 'M'])
}

impl Count {
    fn new(text: &str, written: &WrittenYears) -> Option<Self> {
        let WrittenYears { span, unit, label, .. } = *written;
        let least = years(text, label, unit).or_else(|| least(text, written))?;
        let most = most(text, written).or_else(|| years(text, written.label_most, unit)).filter(|most| *most > least);
        let open = written.open || written.plus_behind || span.of(text).contains('+');
        let count = Self {
            span,
            least,
            most,
            telling: label.is_some() || open || most.is_some(),
            singular: unit.is_some_and(|unit| unit.of(text).eq_ignore_ascii_case("year")) && !open,
            months: unit.is_some_and(|unit| is_month(text, unit)),
        };
        ((label.is_some() || !is_glued(text, span.start)) && least <= MOST).then_some(count)
    }

    /// The first of two numbers that are no range, with its own `unit`.
    fn alone(text: &str, written: &WrittenYears, unit: Span) -> Option<Self> {
        let least = least(text, written)?;
        let span = Span::new(written.least?.start, unit.end);
        let telling = span.of(text).contains('+');
        let count = Self { span, least, most: None, telling, singular: false, months: is_month(text, unit) };
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
