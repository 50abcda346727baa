//! What a skill goes with: the pay and the years of experience of the postings that name it.
//!
//! Medians do not add up. So numbers are counted one by one, sums of money to three digits; a run counts its postings as
//! they come, and whoever joins reports counts them again from `postings.csv` and `matches.csv`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::amounts::{Amounts, Median, three_digits, yearly};
use crate::classifier::Analysis;
use crate::lexicon::Side;

/// Pay and years of the postings that name a skill: of all, and of those that lean to the left and to the right role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Market {
    /// A year's pay in the commonest currency, to three digits.
    pub pay: [Median; 3],
    /// Postings that state pay and do not count in `pay`: in another currency, or without currency or period.
    pub pay_left_out: u64,
    /// The fewest years of experience that are asked for.
    pub years: [Median; 3],
}

/// What one posting states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PayAndYears {
    /// The role that it leans to.
    pub side: Option<Side>,
    /// Whether it names any pay.
    pub names_pay: bool,
    /// A year's pay, if its currency and period are known.
    pub pay: Option<(Cow<'static, str>, u64)>,
    /// The fewest years of experience.
    pub years: Option<u64>,
}

impl PayAndYears {
    pub(super) fn of(analysis: &Analysis) -> Self {
        let facts = &analysis.facts;
        let pay = facts.pay.as_ref().and_then(yearly);
        Self {
            side: analysis.verdict.leaning.side(),
            names_pay: facts.pay.is_some(),
            pay: pay.map(|(currency, amount)| (currency.into(), three_digits(amount))),
            years: facts.years_min.map(u64::from),
        }
    }

    /// Whether it states pay or years.
    pub(super) fn states_any(&self) -> bool {
        self.names_pay || self.years.is_some()
    }
}

/// How many postings state a year's pay in each currency.
#[derive(Debug, Clone, Default)]
pub(super) struct Currencies(BTreeMap<Cow<'static, str>, u64>);

impl Currencies {
    /// Counts one posting.
    pub(super) fn add(&mut self, stated: &PayAndYears) {
        if let Some((currency, _)) = &stated.pay {
            *self.0.entry(currency.clone()).or_default() += 1;
        }
    }

    /// The one that most postings state; of equals the first by its code.
    pub(super) fn commonest(&self) -> Option<&str> {
        let most = self.0.iter().rev().max_by_key(|(_, count)| **count)?;
        Some(most.0)
    }
}

/// Numbers of the postings that lean to the left role, to the right one, and to none.
type ByRole = [Amounts; 3];

/// What is counted of the postings that name one skill.
#[derive(Debug, Clone, Default)]
pub(super) struct MarketCounts {
    /// A year's pay by currency.
    pay: BTreeMap<Cow<'static, str>, ByRole>,
    /// Postings that name any pay.
    paid: u64,
    years: ByRole,
}

impl MarketCounts {
    /// Counts one posting that names the skill.
    pub(super) fn add(&mut self, stated: &PayAndYears) {
        let role = stated.side.map_or(2, Side::index);
        self.paid += u64::from(stated.names_pay);
        if let Some((currency, amount)) = &stated.pay {
            self.pay.entry(currency.clone()).or_default()[role].add(*amount);
        }
        if let Some(years) = stated.years {
            self.years[role].add(years);
        }
    }

    /// What they come to, with pay in this currency.
    pub(super) fn market(&self, currency: Option<&str>) -> Market {
        let pay = currency.and_then(|currency| self.pay.get(currency)).map(medians).unwrap_or_default();
        Market { pay, pay_left_out: self.paid - pay[0].postings, years: medians(&self.years) }
    }
}

/// The median of all, and of each role.
fn medians(numbers: &ByRole) -> [Median; 3] {
    let [left, right, _] = numbers;
    [Amounts::together(numbers).median(), left.median(), right.median()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(side: Option<Side>, pay: Option<(&'static str, u64)>, years: Option<u64>) -> PayAndYears {
        let pay = pay.map(|(currency, amount)| (currency.into(), amount));
        PayAndYears { side, names_pay: pay.is_some(), pay, years }
    }

    #[test]
    fn medians_are_in_the_commonest_currency_and_say_what_they_leave_out() {
        let (left, right) = (Some(Side::Left), Some(Side::Right));
        let postings = [
            stated(left, Some(("USD", 90_000)), Some(2)),
            stated(left, Some(("USD", 110_000)), None),
            stated(right, Some(("USD", 100_000)), Some(7)),
            stated(None, Some(("EUR", 10)), Some(0)),
            PayAndYears { names_pay: true, ..PayAndYears::default() },
        ];
        let (mut currencies, mut counts) = (Currencies::default(), MarketCounts::default());
        for posting in &postings {
            currencies.add(posting);
            counts.add(posting);
        }
        assert_eq!(currencies.commonest(), Some("USD"));
        let median = |postings, value| Median { postings, value };
        let expected = Market {
            pay: [median(3, Some(100_000)), median(2, Some(90_000)), median(1, Some(100_000))],
            pay_left_out: 2,
            years: [median(3, Some(2)), median(1, Some(2)), median(1, Some(7))],
        };
        assert_eq!(counts.market(currencies.commonest()), expected);
        assert_eq!(MarketCounts::default().market(None), Market::default());
    }

    #[test]
    fn of_currencies_that_are_as_common_the_first_is_taken() {
        let mut currencies = Currencies::default();
        assert_eq!(currencies.commonest(), None);
        for currency in ["USD", "EUR", "GBP", "GBP", "EUR"] {
            currencies.add(&stated(None, Some((currency, 1)), None));
        }
        assert_eq!(currencies.commonest(), Some("EUR"));
    }
}
