//! Numbers of a workbook as it shows them, by the format of their cells.

use std::iter::Peekable;
use std::str::Chars;

/// The digits that a workbook keeps of a number (Excel specifications and limits); what is behind them is noise,
/// as in `0.30000000000000004`.
const DIGITS: usize = 15;

/// How the numbers of a cell are shown. What parts thousands is left out, so that an id stays the same id and a
/// column that is carried through a column of numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NumberFormat {
    /// None where a number is shown as it is.
    digits: Option<Digits>,
    before: String,
    behind: String,
}

/// The digits of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Digits {
    /// The fewest before the point.
    whole: usize,
    /// The fewest and the most behind it.
    decimals: (usize, usize),
    percent: bool,
}

impl NumberFormat {
    /// The format that a code such as `[$£-809]#,##0.00` stands for, of which the first section counts. Numbers with a
    /// format that is not understood, such as one of fractions, are shown as they are.
    pub(super) fn of(code: &str) -> Self {
        let mut format = Self::default();
        let (mut digits, mut found, mut point) = (Digits::default(), false, false);
        let mut characters = code.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                ';' => break,
                '0' | '#' | '?' => {
                    found = true;
                    let fewest = usize::from(c == '0');
                    if point {
                        digits.decimals = (digits.decimals.0 + fewest, digits.decimals.1 + 1);
                    } else {
                        digits.whole += fewest;
                    }
                }
                '.' if found => point = true,
                ',' if found && is_digit(&mut characters) => {}
                '%' => {
                    digits.percent = true;
                    format.literal(found, "%");
                }
                '_' | '*' => {
                    characters.next();
                }
                '"' => format.literal(found, &until(&mut characters, '"')),
                '\\' => format.literal(found, &characters.next().map(String::from).unwrap_or_default()),
                '[' => format.literal(found, currency(&until(&mut characters, ']'))),
                c if c.is_ascii_alphabetic() || matches!(c, '/' | '@' | ',') => return Self::default(),
                c => format.literal(found, c.encode_utf8(&mut [0; 4])),
            }
        }
        format.digits = found.then_some(digits);
        if found { format } else { Self::default() }
    }

    fn literal(&mut self, behind: bool, text: &str) {
        if behind { &mut self.behind } else { &mut self.before }.push_str(text);
    }

    /// A number as it is shown.
    pub(super) fn show(&self, number: f64) -> String {
        let Some(digits) = self.digits else { return plain(number) };
        let shown = format!("{}{}{}", self.before, digits.show(number.abs()), self.behind);
        let sign = if number < 0.0 { "-" } else { "" };
        format!("{sign}{}", shown.trim())
    }
}

impl Digits {
    fn show(self, number: f64) -> String {
        let (fewest, most) = self.decimals;
        let shown = format!("{:.most$}", if self.percent { number * 100.0 } else { number });
        let (whole, decimals) = shown.split_once('.').unwrap_or((&shown, ""));
        let kept = decimals.trim_end_matches('0').len().max(fewest);
        let point = if kept > 0 { "." } else { "" };
        format!("{whole:0>width$}{point}{}", &decimals[..kept], width = self.whole)
    }
}

/// Whether a comma parts thousands: behind the last digit it would divide by them.
fn is_digit(characters: &mut Peekable<Chars<'_>>) -> bool {
    matches!(characters.peek(), Some('0' | '#' | '?'))
}

/// What stands before `end`.
fn until(characters: &mut Peekable<Chars<'_>>, end: char) -> String {
    characters.by_ref().take_while(|c| *c != end).collect()
}

/// The currency in brackets: `$£-809` is of pounds; colours and conditions are of none.
fn currency(bracketed: &str) -> &str {
    let sign = bracketed.strip_prefix('$').unwrap_or_default();
    sign.split_once('-').map_or(sign, |(sign, _)| sign)
}

/// A number without a format: whole ones without a point, others to [`DIGITS`] digits.
pub(super) fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number);
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_in_their_cells() {
        let cases = [
            ("General", 12.0, "12"),
            ("General", 0.1 + 0.2, "0.3"),
            ("0", 41.6, "42"),
            ("00000", 7.0, "00007"),
            ("0.00", 12.5, "12.50"),
            ("0.##", 12.5, "12.5"),
            ("0%", 0.25, "25%"),
            ("0.0%", -0.125, "-12.5%"),
            ("#,##0", 52_000.0, "52000"),
            ("[$£-809]#,##0.00", 1234.5, "£1234.50"),
            ("#,##0 [$€-407]", 52_000.0, "52000 €"),
            ("\"$\"#,##0_);[Red](\"$\"#,##0)", -9.0, "-$9"),
            ("_-[$£-809]* #,##0_-", 9.0, "£9"),
            ("0\" hours\"", 38.0, "38 hours"),
            ("# ?/?", 0.5, "0.5"),
            ("#,##0,\"k\"", 52_000.0, "52000"),
            ("0.00E+00", 52_000.0, "52000"),
            ("@", 7.0, "7"),
        ];
        for (code, number, expected) in cases {
            assert_eq!(NumberFormat::of(code).show(number), expected, "{code}");
        }
    }
}
