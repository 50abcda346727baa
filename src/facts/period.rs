//! The time a sum is paid for: how it is said, and which sums are likely for it.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::money::per_dollar;
use super::pattern::{Captures, Pattern};

/// Dollars that can only be a year's pay.
pub(super) const YEARLY: RangeInclusive<f64> = 12_000.0..=2_000_000.0;
/// Dollars that are a year's pay where nothing else says so.
pub(super) const UNSAID_YEARLY: RangeInclusive<f64> = 12_000.0..=600_000.0;
/// Dollars that can only be an hour's pay.
pub(super) const HOURLY: RangeInclusive<f64> = 7.0..=120.0;

/// What a sum is paid for, said after it: `/hr`, `gross per month`, `p.a.`, `p/d`.
pub(super) static PER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?xi) ^ (?: [\s(),/\\-] | \+\s?vat | \b(?:gross|net|netto|brutto|bruto|bruts?|usd|eur|gbp|cad|pln|kr|dollars|euros?|salary|base|pay|doe|in)\b )*
          (?: (?:per\b|pro\b|im\b|an?\b|each\b|every\b|p\.?|/)? \s*
              (?: (hours?|hrs?|stunde|std|uur) | (days?|tag|dag) | (weeks?|wk|woche) | (?:calendar\s)? (months?|mo|monat|maand|mois) | (years?|yrs?|annum|jahr|jaar) | (fortnights?) ) \b
            | /\s? (?: (h) | (d) | (w) | (m) | (y|a) | (fn) ) \b
            | (hourly|ph\b|p/h|p\.h\b) | (daily|pd\b|p/d|p\.d\b) | (weekly|pw\b|p/w|p\.w\b) | (monthly|monatlich|pm\b|pcm\b|p/m|p\.m\b)
            | (yearly|annual(?:ly)?\b|(?u:jährlich)|pa\b|p/a|p\.\s?a\b|lpa\b) | (bi-?\s?weekly|every\s(?:two|other)\sweeks?|every\s2\sweeks|fortnightly) ) \.?",
    )
});

/// The time a sum is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Period {
    /// All of them, the shortest first.
    const ALL: [Self; 5] = [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Year];

    /// The one with this word in reports.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }

    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// Dollars that someone may earn in this time.
    pub(super) fn plausible(self) -> RangeInclusive<f64> {
        match self {
            Self::Hour => 3.0..=600.0,
            Self::Day => 40.0..=5_000.0,
            Self::Week => 150.0..=15_000.0,
            Self::Month => 200.0..=60_000.0,
            Self::Year => 3_000.0..=2_000_000.0,
        }
    }
}

impl Period {
    /// The period that such a sum can only be for.
    pub(super) fn of_sum(sum: f64, currency: Option<&str>) -> Option<Self> {
        let dollars = sum / per_dollar(currency);
        if YEARLY.contains(&dollars) { Some(Self::Year) } else { HOURLY.contains(&dollars).then_some(Self::Hour) }
    }
}

/// A period that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    One(Period),
    /// Two weeks, which reports do not know: half the sum is a week's.
    Fortnight,
}

impl Stated {
    pub(super) fn period(self) -> Period {
        match self {
            Self::One(period) => period,
            Self::Fortnight => Period::Week,
        }
    }

    /// How many of the reported period it lasts.
    pub(super) fn times(self) -> f64 {
        if self == Self::Fortnight { 2.0 } else { 1.0 }
    }
}

/// The period that `words` name, such as `HOUR` or `per annum`, and how many of it the sum is for.
pub(super) fn period_of_words(words: &str) -> Option<(Period, f64)> {
    let stated = period_of(&PER.captures(words)?)?;
    Some((stated.period(), stated.times()))
}

pub(super) fn period_of(found: &Captures) -> Option<Stated> {
    // The groups repeat in this order.
    let periods = Period::ALL.map(Stated::One);
    let named = |group: usize| periods.get((group - 1) % (periods.len() + 1)).copied().unwrap_or(Stated::Fortnight);
    (1..found.len()).find(|group| found.get(*group).is_some()).map(named)
}
