//! Amounts of money as postings write them: `$120,000`, `120k`, `€ 60.000`, `12 LPA`.

use super::currency::CURRENCIES;
use super::line::is_one_of;
use super::written_amount::WrittenAmount;
use crate::text::Span;

/// Where a spelling names no currency, but a word or another thing.
const EXACT_CASE: [&str; 4] = ["TRY", "PHP", "COP", "RON"];

/// The code of the currency that a cell names: `GBP`, `£`.
pub(super) fn currency_code(cell: &str) -> Option<&'static str> {
    code_of(cell.trim())
}

/// The code of the currency that `spelling` names.
fn code_of(spelling: &str) -> Option<&'static str> {
    let lower = spelling.to_lowercase();
    let lower = lower.trim_matches(['(', ')', ':', ' ', '\n', '*', '_']);
    let currency = CURRENCIES
        .iter()
        .find(|currency| currency.code.eq_ignore_ascii_case(lower) || currency.spellings.contains(&lower))?;
    let exact = is_one_of(lower.as_bytes(), &EXACT_CASE) && spelling.contains(char::is_lowercase);
    (!exact).then_some(currency.code)
}

/// Roughly how many of a currency a dollar buys.
pub(super) fn per_dollar(code: Option<&str>) -> f64 {
    code.and_then(|code| CURRENCIES.iter().find(|currency| currency.code == code))
        .map_or(1.0, |currency| currency.per_dollar)
}

/// A number that may be money.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    /// From the first sign to the last.
    pub span: Span,
    /// The number as written, before its scale.
    pub number: f64,
    /// What the number is multiplied with, where that is written.
    pub scale: Option<Scale>,
    /// The ISO code of its currency.
    pub currency: Option<&'static str>,
    /// Whether the currency was a bare `$`, which a code elsewhere makes precise.
    pub bare_dollar: bool,
    /// Whether a `+` follows: this much or more.
    pub open: bool,
}

/// What a number is multiplied with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// `120k`.
    Thousand,
    /// `12 lakhs`, `12 LPA`: a hundred thousand, in India.
    Lakh,
    /// Millions and more: no one's pay.
    Million,
}

impl Amount {
    /// The sum, read with `scale` where the number has none of its own.
    pub(super) fn sum(&self, scale: Option<Scale>) -> f64 {
        self.number
            * match self.scale.or(scale) {
                None => 1.0,
                Some(Scale::Thousand) => 1e3,
                Some(Scale::Lakh) => 1e5,
                Some(Scale::Million) => 1e9,
            }
    }
}

/// All numbers of `text` that may be money, from left to right.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(written) = WrittenAmount::next(text, at) {
        let WrittenAmount { before, number, scale, open, end, after } = written;
        // A sign after the number may be the sign of the next number.
        let after = after.filter(|after| {
            !text[after.end..].trim_start_matches([' ', '*', '_']).starts_with(|c: char| c.is_ascii_digit())
        });
        let end = after.map_or(end, |after| after.end);
        at = end;
        let glued = before.is_none() && text[..number.start].ends_with(char::is_alphanumeric);
        let runs_on = after.is_none() && text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '%');
        let Some(value) = value(number.of(text)) else { continue };
        if glued || runs_on && is_word(text, end) {
            continue;
        }
        let scale = scale.and_then(|scale| scale_of(scale.of(text)));
        let codes = [after, before].map(|sign| sign.map(|sign| sign.of(text)));
        // Sums in lakhs are rupees.
        let rupees = (scale == Some(Scale::Lakh)).then_some("INR");
        let currency = codes.iter().flatten().find_map(|sign| sign_code(sign)).or(rupees);
        let bare_dollar = codes[0].is_none() && codes[1].is_some_and(|sign| sign.trim_matches([' ', '*', '_']) == "$");
        found.push(Amount { span: Span::new(written.start(), at), number: value, scale, currency, bare_dollar, open });
    }
    found
}

/// Whether a letter that follows an amount at once makes another thing of it (`4x`,
/// `90%`), rather than a unit of time written close (`16.15ph`).
fn is_word(text: &str, end: usize) -> bool {
    // A heading glued to cents: `$224,000.00Benefits`.
    let mut next = text[end..].chars();
    let is_heading = next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(char::is_lowercase);
    if is_heading && text[..end].get(end.saturating_sub(3)..).is_some_and(|cents| cents.starts_with('.')) {
        return false;
    }
    !["ph", "pa", "pd", "pm", "pw", "p.", "p/", "per", "hr"].iter().any(|unit| text[end..].starts_with(unit))
}

fn sign_code(sign: &str) -> Option<&'static str> {
    let sign = sign.trim_matches([' ', '\n', '*', '_', '(', ')', ',', ':', ']']);
    // `(USD) $`: the code says more than the sign.
    code_of(sign).or_else(|| code_of(sign.trim_end_matches('$').trim_matches([' ', ')', ':', ']'])))
}

fn scale_of(word: &str) -> Option<Scale> {
    match word.to_ascii_lowercase().as_str() {
        "k" => Some(Scale::Thousand),
        "l" | "lpa" | "lakh" | "lakhs" | "lac" | "lacs" => Some(Scale::Lakh),
        _ => Some(Scale::Million),
    }
}

/// The value of digits with any marks of thousands and decimals.
fn value(digits: &str) -> Option<f64> {
    let tail = digits.rfind(['.', ',']).map(|at| (at, digits.len() - at - 1));
    let (whole, fraction) = match tail {
        Some((at, 1 | 2)) => (&digits[..at], &digits[at + 1..]),
        _ => (digits, "0"),
    };
    let plain = whole.chars().filter(char::is_ascii_digit).chain(['.']).chain(fraction.chars());
    plain.collect::<String>().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_their_marks_and_signs() {
        let cases: [(&str, f64, Option<&str>); 40] = [
            ("R45 000", 45_000.0, Some("ZAR")),
            ("R 600 000.00", 600_000.0, Some("ZAR")),
            ("R35k", 35_000.0, Some("ZAR")),
            ("Rs. 50,000", 50_000.0, Some("INR")),
            ("Rs 12,00,000", 1_200_000.0, Some("INR")),
            ("50,000 Rs", 50_000.0, Some("INR")),
            ("600 000 R", 600_000.0, Some("ZAR")),
            ("50,000 Restaurants", 50_000.0, None),
            ("₹25L", 2_500_000.0, Some("INR")),
            ("8L", 800_000.0, Some("INR")),
            ("RM 6,000", 6_000.0, Some("MYR")),
            ("RM6000", 6_000.0, Some("MYR")),
            ("450.000 Ft", 450_000.0, Some("HUF")),
            ("KSh 150,000", 150_000.0, Some("KES")),
            ("Fr. 95'000", 95_000.0, Some("CHF")),
            ("$120,000", 120_000.0, Some("USD")),
            ("$120,000.50", 120_000.5, Some("USD")),
            ("$ 120K", 120_000.0, Some("USD")),
            ("US$95k", 95_000.0, Some("USD")),
            ("USD 95k", 95_000.0, Some("USD")),
            ("CA$80,000", 80_000.0, Some("CAD")),
            ("A$ 130,000", 130_000.0, Some("AUD")),
            ("AUD $750", 750.0, Some("AUD")),
            ("(USD) $2.500", 2_500.0, Some("USD")),
            ("$98,100 CAD", 98_100.0, Some("CAD")),
            ("€60.000", 60_000.0, Some("EUR")),
            ("60.000,50 €", 60_000.5, Some("EUR")),
            ("45 K€", 45_000.0, Some("EUR")),
            ("£38, 984", 38_984.0, Some("GBP")),
            ("$110 , 000", 110_000.0, Some("USD")),
            ("CHF 100'000", 100_000.0, Some("CHF")),
            ("264 500 zł", 264_500.0, Some("PLN")),
            ("R$ 1.200,00", 1_200.0, Some("BRL")),
            ("₹12,00,000", 1_200_000.0, Some("INR")),
            ("15 LPA", 1_500_000.0, Some("INR")),
            ("110,000 USD", 110_000.0, Some("USD")),
            ("661,000 TRY", 661_000.0, Some("TRY")),
            ("$16.15ph", 16.15, Some("USD")),
            ("120k", 120_000.0, None),
            ("8 try", 8.0, None),
        ];
        for (text, sum, currency) in cases {
            let found = amounts(text);
            let read = found.first().map(|amount| (amount.sum(None), amount.currency));
            assert_eq!(read, Some((sum, currency)), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_sign_belongs_to_the_number_after_it() {
        let sums: Vec<f64> = amounts("$82,000$119,000 CAD").iter().map(|amount| amount.sum(None)).collect();
        assert_eq!(sums, [82_000.0, 119_000.0]);
    }
}
