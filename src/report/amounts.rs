//! Sums of money for a year, and medians of such sums and of years.

use std::collections::BTreeMap;

use super::decimals::to_decimals;
use crate::facts::{Pay, Period};

/// Decimals of a sum of money in the tables.
const CENTS: usize = 2;

/// What is paid for a year by this currency. None without currency or period.
pub(super) fn yearly(pay: &Pay) -> Option<(&'static str, f64)> {
    Some((pay.currency?, amount_a_year(pay.min, pay.max, pay.period)?))
}

/// The middle of what is paid for a year of full time: 2080 hours, 260 days, 52 weeks,
/// 12 months, as labour statistics have it. The sums are those that tables print, so that whoever works it out from a
/// table gets the same.
pub(super) fn amount_a_year(min: Option<f64>, max: Option<f64>, period: Option<Period>) -> Option<f64> {
    let amount = match [min, max].map(|sum| sum.map(|sum| to_decimals(sum, CENTS))) {
        [Some(min), Some(max)] => f64::midpoint(min, max),
        [one, other] => one.or(other)?,
    };
    let times = match period? {
        Period::Hour => 2080.0,
        Period::Day => 260.0,
        Period::Week => 52.0,
        Period::Month => 12.0,
        Period::Year => 1.0,
    };
    Some(amount * times)
}

/// A sum of money without what is behind the point, to three digits, so that there are few different ones.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sums of money")]
pub(super) fn three_digits(amount: f64) -> u64 {
    let amount = amount as u64;
    let step = 10_u64.pow(amount.checked_ilog10().unwrap_or(0).saturating_sub(2));
    amount.saturating_add(step / 2) / step * step
}

/// How often each of a few different numbers came up: sums of money in [`three_digits`], or years.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    counts: BTreeMap<u64, u64>,
}

impl Amounts {
    /// Counts a number.
    pub(super) fn add(&mut self, number: u64) {
        *self.counts.entry(number).or_default() += 1;
    }

    /// All that these have counted.
    pub(super) fn together<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut counts = BTreeMap::new();
        for (number, count) in parts.into_iter().flat_map(|part| &part.counts) {
            *counts.entry(*number).or_default() += count;
        }
        Self { counts }
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.counts.values().sum()
    }

    /// The smallest number that at least this share, from 0 to 1, does not exceed.
    #[expect(clippy::cast_precision_loss, reason = "counts of postings")]
    pub(super) fn quantile(&self, share: f64) -> Option<u64> {
        let wanted = share * self.count() as f64;
        let mut below = 0;
        self.counts.iter().find_map(|(number, count)| {
            below += count;
            (below as f64 >= wanted).then_some(*number)
        })
    }

    /// The lower median, and of how many.
    pub(super) fn median(&self) -> Median {
        Median { postings: self.count(), value: self.quantile(0.5) }
    }
}

/// The median of what some postings state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Median {
    /// The postings that state it.
    pub postings: u64,
    /// The value that half of them do not exceed: of an even number of postings the lower of the two in the middle.
    pub value: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_is_compared_by_the_year() {
        let pay = |min, max, period| Pay { min, max, currency: Some("EUR"), period };
        let cases = [
            (pay(Some(50_000.0), Some(60_000.0), Some(Period::Year)), Some(("EUR", 55_000.0))),
            (pay(Some(20.0), None, Some(Period::Hour)), Some(("EUR", 41_600.0))),
            // As it is printed: 20.33.
            (pay(Some(20.333), None, Some(Period::Hour)), Some(("EUR", 20.33 * 2080.0))),
            (pay(None, Some(4_000.0), Some(Period::Month)), Some(("EUR", 48_000.0))),
            (pay(Some(4_000.0), None, None), None),
            (Pay { currency: None, ..pay(Some(1.0), None, Some(Period::Year)) }, None),
        ];
        for (pay, expected) in cases {
            assert_eq!(yearly(&pay), expected, "{pay:?}");
        }
    }

    #[test]
    fn sums_are_kept_to_three_digits() {
        let cases = [
            (0.0, 0),
            (0.9, 0),
            (999.9, 999),
            (1_004.9, 1_000),
            (1_005.0, 1_010),
            (41_649.9, 41_600),
            (41_650.0, 41_700),
            (99_950.0, 100_000),
            (f64::INFINITY, u64::MAX / 10_u64.pow(17) * 10_u64.pow(17)),
        ];
        for (amount, expected) in cases {
            assert_eq!(three_digits(amount), expected, "{amount}");
        }
    }

    #[test]
    fn quantiles_are_of_the_numbers_seen() {
        let mut amounts = Amounts::default();
        assert_eq!((amounts.quantile(0.5), amounts.median()), (None, Median::default()));
        for amount in [41_600, 50_000, 60_000, 70_000] {
            amounts.add(amount);
        }
        assert_eq!(
            [0.25, 0.5, 0.75, 1.0].map(|share| amounts.quantile(share)),
            [Some(41_600), Some(50_000), Some(60_000), Some(70_000)]
        );
        assert_eq!(amounts.median(), Median { postings: 4, value: Some(50_000) });
        let twice = Amounts::together([&amounts, &amounts]);
        assert_eq!(twice.median(), Median { postings: 8, value: Some(50_000) });
    }
}
