//! Amounts joined to sums and ranges of sums, as in `$60-85k` and `from 500 to 600 €`.

use super::money::{Amount, Scale, amounts};
use super::period::PER;
use crate::text::Span;

/// The upper end of a range is at most this many times the lower.
const WIDEST: f64 = 12.0;

/// A sum or a range of sums.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    pub span: Span,
    pub min: f64,
    pub max: f64,
    pub is_range: bool,
    pub currency: Option<&'static str>,
    /// Whether the currency is a bare `$`, which the place makes precise.
    pub bare_dollar: bool,
    /// Said to be in thousands or lakhs.
    pub scaled: bool,
    /// Said in lakhs, as pay for a year is in India.
    pub in_lakhs: bool,
    pub open: bool,
}

/// Joins the amounts of `text` to ranges.
pub(super) fn quotes(text: &str) -> Vec<Quote> {
    let amounts = amounts(text);
    let mut quotes = Vec::new();
    let mut at = 0;
    while let Some(first) = amounts.get(at) {
        let second = amounts.get(at + 1).filter(|second| joins(text, first, second));
        at += if second.is_some() { 2 } else { 1 };
        quotes.extend(Quote::new(first, second));
    }
    quotes
}

/// Whether two amounts are the ends of one range.
fn joins(text: &str, first: &Amount, second: &Amount) -> bool {
    let between = &text[first.span.end..second.span.start];
    let between = PER.find(between).map_or(between, |per| &between[per.end()..]);
    // `100'000.- bis 120'000.-`
    let between = between.strip_prefix([',', '.']).and_then(|rest| rest.strip_prefix('-')).unwrap_or(between);
    let word = between.trim_matches([' ', '\n', '(', ',', '.', '\'']).to_lowercase();
    // A dash lost in conversion: `$82,000$119,000`.
    let lost = between.is_empty() && first.currency.is_some() && second.currency.is_some();
    let joined = lost
        || !word.is_empty() && word.bytes().all(|byte| byte == b'-')
        || matches!(
            word.as_str(),
            "to" | "and"
                | "up to"
                | "till"
                | "until"
                | "through"
                | "bis"
                | "tot"
                | "à"
                | "do"
                | "~"
                | "and up to"
                | "progressing to"
                | "rising to"
                | "increasing to"
                | "going up to"
        );
    let (low, high) = ends(first, second);
    joined && low < high && high <= low * WIDEST
}

/// The sums of a range: what is written once may be meant for both, as in `$60-85k` and
/// `$100-150,000`, but not in `$800 - $1k`.
fn ends(first: &Amount, last: &Amount) -> (f64, f64) {
    let sum = |amount: &Amount, other: &Amount| amount.sum(other.scale.filter(|_| amount.number < 1_000.0));
    let (low, high) = (sum(first, last), sum(last, first));
    let short = first.scale.is_none() && first.currency.is_some() && low < 1_000.0 && high >= 10_000.0;
    (if short && low * 1e3 < high { low * 1e3 } else { low }, high)
}

impl Quote {
    /// Keeps one of `times` equal shares.
    pub fn share(&mut self, times: f64) {
        self.min /= times;
        self.max /= times;
    }

    /// `None` for a retirement plan and for millions.
    fn new(first: &Amount, second: Option<&Amount>) -> Option<Self> {
        let last = second.unwrap_or(first);
        let (min, max) = ends(first, last);
        let is_plan = first.number == 401.0 && second.is_none();
        let is_million = [first, last].iter().any(|amount| amount.scale == Some(Scale::Million));
        let precise = [last, first].into_iter().find(|amount| amount.currency.is_some() && !amount.bare_dollar);
        (!is_plan && !is_million).then(|| Self {
            span: Span::new(first.span.start, last.span.end),
            min,
            max,
            is_range: second.is_some(),
            currency: precise.and_then(|amount| amount.currency).or(first.currency).or(last.currency),
            bare_dollar: precise.is_none() && [first, last].iter().any(|amount| amount.bare_dollar),
            scaled: first.scale.is_some() || last.scale.is_some(),
            in_lakhs: [first, last].iter().any(|amount| amount.scale == Some(Scale::Lakh)),
            open: last.open,
        })
    }
}
