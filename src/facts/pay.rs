//! What a posting says of pay.
//!
//! Amounts are many and few of them are wages: companies name the money they raised,
//! bonuses, stipends, what they match. An amount is taken for pay when the nearest cue
//! before it says so, or when it is a range with a currency, and when the sum is one
//! that people earn in the time it is for.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use super::cues::Cue;
use super::money::per_dollar;
use super::passages::Passage;
use super::period::{HOURLY, PER, Period, Stated, UNSAID_YEARLY, YEARLY, period_of};
use super::quotes::{Quote, quotes};
use crate::text::Span;

/// Dollars that may be pay where the period cannot be told.
pub(super) const UNTOLD: RangeInclusive<f64> = 500.0..=60_000.0;
/// Bytes before an amount in which the label of a table may stand, lines above.
pub(super) const LABEL: usize = 200;
/// Bytes before an amount in which a word makes it something else than pay.
pub(super) const OTHER_REACH: usize = 45;
/// Words after an amount in which a noun makes it something else than pay.
pub(super) const WORDS_AFTER: usize = 5;
/// What is added to wages.
const BESIDE_WAGES: [&str; 8] = ["stock", "equity", "bonus", "benefits", "super", "options", "commission", "package"];
/// Wages for one kind of work differ by less than this factor between places and grades.
pub(super) const TIMES: f64 = 4.0;

/// Pay, as far as the posting tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pay {
    /// The lowest sum named; none for `up to`.
    pub min: Option<f64>,
    /// The highest sum named; none for `from`.
    pub max: Option<f64>,
    /// The ISO code of the currency.
    pub currency: Option<&'static str>,
    /// What the sum is for. Where none is said, the one that a sum of this size can only
    /// be for.
    pub period: Option<Period>,
}

/// What a passage says of pay.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pay: Pay,
    is_range: bool,
}

/// All that `passage` says of pay, from left to right.
pub(super) fn told(passage: &Passage<'_>) -> Vec<Told> {
    let told = |quote: Quote| Some(Told { is_range: quote.is_range, pay: Place::new(passage, quote).pay()? });
    quotes(passage.text()).into_iter().filter_map(told).collect()
}

/// One pay out of all that were quoted: those in the currency and for the period of the
/// first range, or of the first sum where there is no range.
pub(super) fn together(told: &[Told]) -> Option<Pay> {
    let ranges = || told.iter().filter(|told| told.is_range).map(|told| told.pay);
    let main = ranges().find(|pay| pay.period.is_some()).or_else(|| ranges().next());
    let main = main.or_else(|| told.first().map(|told| told.pay))?;
    let alike = |pay: &Pay| {
        let same_period = pay.period.is_none() || pay.period == main.period;
        let same_currency = pay.currency.is_none() || main.currency.is_none() || pay.currency == main.currency;
        same_period && same_currency && is_near(pay, &main)
    };
    let mut pay = main;
    for other in told.iter().map(|told| told.pay).filter(alike) {
        pay.min = other.min.into_iter().chain(pay.min).reduce(f64::min);
        pay.max = other.max.into_iter().chain(pay.max).reduce(f64::max);
        pay.currency = pay.currency.or(other.currency);
    }
    Some(pay)
}

/// Whether two sums may be pay for the same work: neither is many times the other.
pub(super) fn is_near(a: &Pay, b: &Pay) -> bool {
    let size = |pay: &Pay| pay.max.or(pay.min).unwrap_or_default();
    let (a, b) = (size(a), size(b));
    a <= b * TIMES && b <= a * TIMES
}

/// What the words around a sum make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Pay,
    Other,
    Unsaid,
}

/// A quote where it stands.
pub(super) struct Place<'t> {
    passage: &'t Passage<'t>,
    quote: Quote,
    /// What stands before it in its line and sentence.
    own: Span,
    /// What stands above that, where the label of a table may be.
    above: Span,
    /// Where its sentence ends.
    end: usize,
}

impl<'t> Place<'t> {
    fn new(passage: &'t Passage<'t>, quote: Quote) -> Self {
        let text = passage.text();
        let sentence = passage.sentence(quote.span);
        let line =
            text[sentence.start..quote.span.start].rfind('\n').map_or(sentence.start, |at| sentence.start + at + 1);
        Self {
            passage,
            quote,
            own: Span::new(line, quote.span.start),
            above: Span::new(line.saturating_sub(LABEL), line),
            // The dot of `Rs. 50,000` may end a sentence.
            end: passage.sentence(Span::new(quote.span.end - 1, quote.span.end)).end,
        }
    }

    /// The quote as pay, if it is any.
    fn pay(mut self) -> Option<Pay> {
        let sense = self.sense();
        if sense == Sense::Other {
            return None;
        }
        let stated = self.stated();
        self.quote.share(stated.map_or(1.0, Stated::times));
        let stated = stated.map(Stated::period);
        let period = self.period(stated, sense)?;
        let said = sense == Sense::Pay;
        let scaled = self.quote.scaled;
        let counts = match (self.quote.is_range, self.quote.currency) {
            (true, Some(_)) => true,
            (true, None) => said && (scaled || self.quote.min >= *UNTOLD.start()) || stated.is_some() && scaled,
            (false, Some(_)) => said && period.is_some() || self.is_wage(stated),
            (false, None) => scaled && self.is_said_beside(),
        };
        counts.then(|| self.ends(period))
    }

    /// Whether the sum can only be a wage for the period that is said with it.
    fn is_wage(&self, stated: Option<Period>) -> bool {
        stated.is_some_and(|period| match period {
            Period::Hour | Period::Day => true,
            Period::Year => self.fits(&UNSAID_YEARLY),
            Period::Week | Period::Month => false,
        })
    }

    fn ends(&self, period: Option<Period>) -> Pay {
        let single = |cue| !self.quote.is_range && self.precedes(cue);
        let (up_to, from) = (single(Cue::UpTo), !self.quote.is_range && self.quote.open || single(Cue::From));
        Pay {
            min: (!up_to).then_some(self.quote.min),
            max: (!from).then_some(self.quote.max),
            currency: self.dollar().or(self.quote.currency),
            period,
        }
    }

    /// The dollar that a bare `$` is where its sentence names a place or a custom of one
    /// country: `$130k + super, Sydney`.
    fn dollar(&self) -> Option<&'static str> {
        let near = Span::new(self.own.start, self.end);
        let places = [(Cue::PlaceAud, "AUD"), (Cue::PlaceCad, "CAD"), (Cue::PlaceNzd, "NZD"), (Cue::PlaceSgd, "SGD")];
        let mut named = places.into_iter().filter(|(cue, _)| self.passage.cues.any(near, *cue));
        let (_, code) = named.next().filter(|_| self.quote.bare_dollar)?;
        let alone = named.next().is_none() && !self.passage.cues.any(near, Cue::PlaceUsd);
        alone.then_some(code)
    }

    fn precedes(&self, cue: Cue) -> bool {
        self.passage.cues.just_before(self.passage.text(), self.own, cue)
    }

    /// What the nearest cue makes of the sum. After it and before it in its own line any
    /// cue counts, above it a label of pay alone.
    fn sense(&self) -> Sense {
        // `$95k+ bonus`: the plus joins another sum.
        if !self.quote.open && self.is_other_after() || self.is_count() {
            return Sense::Other;
        }
        let cues = &self.passage.cues;
        let pay = cues.within(self.own, Cue::Pay).rfind(|cue| !self.is_bracketed(*cue));
        let near = |cue: &Span| self.own.end - cue.end <= OTHER_REACH && !self.is_bracketed(*cue);
        let other = cues.within(self.own, Cue::OtherSum).rfind(near);
        // Of `wage` and `minimum wage`, the longer.
        let place = |cue: Span| (cue.end, Reverse(cue.start));
        if other.is_some_and(|other| pay.is_none_or(|pay| place(pay) < place(other))) {
            Sense::Other
        } else if pay.is_some() || cues.any(self.above, Cue::Pay) || self.is_basic() || self.is_joined() {
            Sense::Pay
        } else {
            Sense::Unsaid
        }
    }

    /// `1k-5k people`.
    fn is_count(&self) -> bool {
        let after = Span::new(self.quote.span.end, self.end);
        self.quote.currency.is_none() && self.passage.cues.just_after(self.passage.text(), after, Cue::Counted)
    }

    /// `$80k + stock`: what is paid beside wages is added to them.
    fn is_joined(&self) -> bool {
        let after = self.passage.text()[self.quote.span.end..self.end].trim_start();
        let added = after.strip_prefix('+').map(str::trim_start).unwrap_or_default().to_ascii_lowercase();
        self.quote.currency.is_some() && BESIDE_WAGES.iter().any(|word| added.starts_with(word))
    }

    /// `£60k base`, `base £60k`.
    fn is_basic(&self) -> bool {
        let after = Span::new(self.quote.span.end, self.end);
        let signed = self.quote.currency.is_some();
        signed && (self.precedes(Cue::Basic) || self.passage.cues.just_after(self.passage.text(), after, Cue::Basic))
    }

    /// Whether a cue before the quote stands in brackets that close before it.
    fn is_bracketed(&self, cue: Span) -> bool {
        let rest = &self.passage.text()[cue.end..self.own.end];
        rest.find([')', ']']).is_some_and(|close| !rest[..close].contains(['(', '[']))
    }

    /// Whether the quote's own line says, close to it, that it is pay.
    fn is_said_beside(&self) -> bool {
        self.passage.cues.last(self.own, Cue::Pay).is_some_and(|pay| self.own.end - pay.end <= OTHER_REACH)
    }

    /// Whether the words after the sum make it something else: `$500 home office stipend`.
    fn is_other_after(&self) -> bool {
        let text = self.passage.text();
        let after = &text[self.quote.span.end..self.end];
        let from = self.quote.span.end + PER.find(after).map_or(0, |per| per.end());
        let mut at = from;
        for word in text[from..self.end].split_inclusive([' ', '\n']).take(WORDS_AFTER + 1) {
            let here = Span::new(at, self.end);
            let bare = word.trim_end();
            if bare == "-" || bare.starts_with(['+', '(', '|', ',', ';', '.']) {
                return false;
            }
            if self.passage.cues.just_after(text, here, Cue::OtherSumAfter) {
                return true;
            }
            if bare == "in" {
                return self.is_paid_out(Span::new(at + word.len(), self.end));
            }
            let joint = bare.len() > 1 && self.passage.cues.just_after(text, here, Cue::Joint);
            if joint || bare.ends_with([',', '.', ';', ':', ')']) {
                return false;
            }
            at += word.len();
        }
        false
    }

    /// Whether what a sum is `in` is bought or sold: `in vendor contracts`, `in rent`.
    fn is_paid_out(&self, after: Span) -> bool {
        let words = after.of(self.passage.text());
        let clause = words.find([',', '.', ';', '\n']).map_or(words, |end| &words[..end]);
        let few = clause.split_inclusive(' ').take(3).map(str::len).sum::<usize>();
        self.passage.cues.any(Span::new(after.start, after.start + few), Cue::Goods)
    }

    /// The period that words after or before the quote name.
    fn stated(&self) -> Option<Stated> {
        let text = self.passage.text();
        if let Some(found) = PER.captures(&text[self.quote.span.end..self.end]) {
            return period_of(&found);
        }
        let last = |span| {
            let cues = [
                (Cue::PerHour, Stated::One(Period::Hour)),
                (Cue::PerDay, Stated::One(Period::Day)),
                (Cue::PerWeek, Stated::One(Period::Week)),
                (Cue::PerMonth, Stated::One(Period::Month)),
                (Cue::PerYear, Stated::One(Period::Year)),
                (Cue::PerFortnight, Stated::Fortnight),
            ];
            let found = cues.into_iter().filter_map(|(cue, period)| Some((self.passage.cues.last(span, cue)?, period)));
            // Of `bi-weekly` and `weekly`, the longer.
            found.max_by_key(|(cue, _)| (cue.end, Reverse(cue.start))).map(|(_, period)| period)
        };
        last(self.own).or_else(|| last(self.above)).filter(|stated| self.fits(&stated.period().plausible()))
    }

    /// The period, `None` if the sum is no pay, `Some(None)` if it cannot be told.
    #[expect(clippy::option_option, reason = "no pay and pay of an unknown period are two things")]
    fn period(&self, stated: Option<Period>, sense: Sense) -> Option<Option<Period>> {
        let said = sense == Sense::Pay;
        if let Some(period) = stated {
            self.fits(&period.plausible()).then_some(stated)
        } else if self.fits(&YEARLY) || self.quote.in_lakhs && self.fits(&Period::Year.plausible()) {
            Some(Some(Period::Year))
        } else if said && self.quote.currency.is_some() && self.fits(&HOURLY) && !self.quote.scaled {
            Some(Some(Period::Hour))
        } else {
            (said && self.fits(&UNTOLD)).then_some(None)
        }
    }

    fn fits(&self, dollars: &RangeInclusive<f64>) -> bool {
        let rate = per_dollar(self.quote.currency);
        dollars.contains(&(self.quote.min / rate)) && dollars.contains(&(self.quote.max / rate))
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::testing::facts;

    /// A text, the lowest and the highest sum, the currency, and what it is paid for.
    type Case = (&'static str, Option<f64>, Option<f64>, &'static str, &'static str);

    const PAID: &[Case] = &[
        ("Salary: $120,000 - $150,000", Some(120e3), Some(150e3), "USD", "year"),
        ("Salary range: 120k-150k", Some(120e3), Some(150e3), "", "year"),
        // notations of other countries
        ("Salary: R45 000 - R55 000 per month", Some(45e3), Some(55e3), "ZAR", "month"),
        ("Salary: R600 000 - R750 000 per annum", Some(600e3), Some(750e3), "ZAR", "year"),
        ("Salary : Rs. 50,000 - 70,000 per month", Some(50e3), Some(70e3), "INR", "month"),
        ("Rs 12,00,000 - 18,00,000 per annum", Some(1.2e6), Some(1.8e6), "INR", "year"),
        ("CTC: ₹25L per annum", Some(2.5e6), Some(2.5e6), "INR", "year"),
        ("Salary: 8L - 12L per annum", Some(8e5), Some(12e5), "INR", "year"),
        ("Salary: RM 6,000 - RM 9,000 per month", Some(6e3), Some(9e3), "MYR", "month"),
        ("Salary: 450.000 Ft gross per month", Some(450e3), Some(450e3), "HUF", "month"),
        ("Salary: KSh 150,000 monthly", Some(150e3), Some(150e3), "KES", "month"),
        ("Salary: $130k + super, Sydney", Some(130e3), Some(130e3), "AUD", "year"),
        ("Salary: $95,000 - $110,000 (Toronto, Canada)", Some(95e3), Some(110e3), "CAD", "year"),
        ("Salary: CHF 100'000.- bis 120'000.-", Some(100e3), Some(120e3), "CHF", "year"),
        ("Salary: GBP55,000-65,000", Some(55e3), Some(65e3), "GBP", "year"),
        ("Contract rate: £500 - £600 p/d inside IR35", Some(500.0), Some(600.0), "GBP", "day"),
        ("£550 p.d. outside IR35", Some(550.0), Some(550.0), "GBP", "day"),
        ("Starting at $90,000, up to $130,000", Some(90e3), Some(130e3), "USD", "year"),
        ("Pay: $2,400 biweekly", Some(1_200.0), Some(1_200.0), "USD", "week"),
        ("Bi-weekly pay: $2,400", Some(1_200.0), Some(1_200.0), "USD", "week"),
        // base pay without what is on target
        ("Base salary £60k, OTE £90k", Some(60e3), Some(60e3), "GBP", "year"),
        ("Base $120k-$140k plus 20% bonus; OTE $160k-$180k", Some(120e3), Some(140e3), "USD", "year"),
        ("Salary £40,000 rising to £45,000 (OTE £60,000)", Some(40e3), Some(45e3), "GBP", "year"),
        ("£60k base, £90k OTE", Some(60e3), Some(60e3), "GBP", "year"),
        ("Salary: $120k- 140k/Yr.", Some(120e3), Some(140e3), "USD", "year"),
        ("Base pay of USD 120k", Some(120e3), Some(120e3), "USD", "year"),
        ("£45,000 per annum", Some(45e3), Some(45e3), "GBP", "year"),
        ("Salary of £45,000 per annum", Some(45e3), Some(45e3), "GBP", "year"),
        ("Gehalt: €60.000 - €75.000", Some(60e3), Some(75e3), "EUR", "year"),
        ("The rate is $60/hr", Some(60.0), Some(60.0), "USD", "hour"),
        ("$52/hour to $75/hour", Some(52.0), Some(75.0), "USD", "hour"),
        ("Pay: $45.50 - 56.25 an hour", Some(45.5), Some(56.25), "USD", "hour"),
        ("We pay $4,500 monthly", Some(4_500.0), Some(4_500.0), "USD", "month"),
        ("Pay range: 1800-2200 USD / month", Some(1_800.0), Some(2_200.0), "USD", "month"),
        ("Rate: £450-500 a day", Some(450.0), Some(500.0), "GBP", "day"),
        ("**Rate:** 650€/day", Some(650.0), Some(650.0), "EUR", "day"),
        ("Wage: $900 per week", Some(900.0), Some(900.0), "USD", "week"),
        ("₹12-15 LPA", Some(1.2e6), Some(1.5e6), "INR", "year"),
        ("CTC: 18 LPA", Some(1.8e6), Some(1.8e6), "INR", "year"),
        ("Salary: Rs. 4 - 6 LPA", Some(4e5), Some(6e5), "INR", "year"),
        ("Salary: 5-8 Lacs", Some(5e5), Some(8e5), "INR", "year"),
        ("Package 3.5 LPA", Some(3.5e5), Some(3.5e5), "INR", "year"),
        ("Compensation: kr480k - 720k", Some(480e3), Some(720e3), "", "year"),
        ("Salary: 45 000 - 55 000 kr per month", Some(45e3), Some(55e3), "", "month"),
        ("Ein Jahresgehalt von 60.000 €", Some(60e3), Some(60e3), "EUR", "year"),
        ("55.000 bis 70.000 Euro brutto im Jahr", Some(55e3), Some(70e3), "EUR", "year"),
        ("Monatsgehalt: 3.500 Euro brutto", Some(3_500.0), Some(3_500.0), "EUR", "month"),
        ("Gehalt ab 3.200 € brutto / Monat", Some(3_200.0), None, "EUR", "month"),
        ("Stundenlohn: 18,50 €", Some(18.5), Some(18.5), "EUR", "hour"),
        ("Salaris: € 3.500,- tot € 5.000,- bruto per maand", Some(3_500.0), Some(5_000.0), "EUR", "month"),
        ("$80k + Stock", Some(80e3), Some(80e3), "USD", "year"),
        ("$120,000 + super", Some(120e3), Some(120e3), "AUD", "year"),
        ("Rémunération : 1400€ bruts / mois", Some(1_400.0), Some(1_400.0), "EUR", "month"),
        ("CAN base pay range per year: $125,000 - $175,000", Some(125e3), Some(175e3), "CAD", "year"),
        ("Compensation of CA$90,000 to CA$110,000", Some(90e3), Some(110e3), "CAD", "year"),
        ("Base: A$140k - A$160k + super", Some(140e3), Some(160e3), "AUD", "year"),
        ("$82,000$119,000 CAD", Some(82e3), Some(119e3), "CAD", "year"),
        ("CHF 100'000 - CHF 120'000", Some(100e3), Some(120e3), "CHF", "year"),
        ("SEK 738,500 - SEK 886,200", Some(738.5e3), Some(886.2e3), "SEK", "year"),
        ("between PLN 15,000 and 20,000 gross/month", Some(15e3), Some(20e3), "PLN", "month"),
        ("16 433 - 20 125 zł brutto monthly", Some(16_433.0), Some(20_125.0), "PLN", "month"),
        ("Pay up to $90k", None, Some(90e3), "USD", "year"),
        ("Salary from £45,000", Some(45e3), None, "GBP", "year"),
        ("Salary: $90k+", Some(90e3), None, "USD", "year"),
        ("Pay is $90,000 - $110,000 annually", Some(90e3), Some(110e3), "USD", "year"),
        ("**Salary** : __$133,000 – $179,000__", Some(133e3), Some(179e3), "USD", "year"),
        ("_$180-220k_", Some(180e3), Some(220e3), "USD", "year"),
        ("Base salary: $110-145,000", Some(110e3), Some(145e3), "USD", "year"),
        ("### Zone 1 $130,400-$195,600\n\n### Zone 2 $117,400-$176,000", Some(117.4e3), Some(195.6e3), "USD", "year"),
        ("Annual salary\n\n110,000 - 185,000 USD", Some(110e3), Some(185e3), "USD", "year"),
        ("The range is $120,500 to $234,200+ bonus + equity", Some(120.5e3), Some(234.2e3), "USD", "year"),
        ("Salary $120,000 - $140,000 plus annual bonus of $20,000", Some(120e3), Some(140e3), "USD", "year"),
        ("A base salary (bonus not included) of $150,000", Some(150e3), Some(150e3), "USD", "year"),
        ("Min: 144,100 CAD\n\nMax: 216,200 CAD\n\nis the base pay range", None, None, "", ""),
        (
            "Base pay range per year:\n\nMin: 144,100 CAD\n\nMax: 216,200 CAD",
            Some(144.1e3),
            Some(216.2e3),
            "CAD",
            "year",
        ),
        ("Salary starts at $170,000 inclusive of bonus", Some(170e3), None, "USD", "year"),
        ("Hourly rate: Days £19.38, Nights £25.19", Some(19.38), Some(25.19), "GBP", "hour"),
        ("$100,000 - $120,000 in Texas, CAD 90,000 - CAD 95,000 in Ontario", Some(100e3), Some(120e3), "USD", "year"),
        (
            "A salary of $1,500 to $2,000 monthly and a $300 monthly stipend",
            Some(1_500.0),
            Some(2_000.0),
            "USD",
            "month",
        ),
    ];

    const UNPAID: &[&str] = &[
        "We raised $5 million in funding",
        "We closed a $50m Series B and have $10M ARR",
        "A 401k with a match",
        "A 401(k) plan and 401K advice",
        "A $500 home office stipend",
        "A sign-on bonus of $20,000",
        "A referral bonus of up to $15,000",
        "$1,500 annual learning budget",
        "$150 monthly allowance for internet",
        "Up to $20k in adoption reimbursement",
        "Relocation package of up to £8,000",
        "$20 a month to connect with colleagues",
        "We serve 60k customers and 350k+ listings",
        "10k requests per second",
        "a $9 trillion industry",
        "Annual salary: $0.00 - $0.00",
        "A competitive salary and 25 days of leave",
        "Life insurance of $50,000",
        "Our bicycles saved their riders $30,000 in fees",
        "PHP 7.4 - 8.1 and Python 3",
        "One Medical, valued at $199/year",
        "Salary: competitive, 2-5 years of experience",
        "A diverse customer base, including over 60K agencies",
        "You will own a budget of £250,000 per year",
        "You will manage an annual budget of $500,000",
        "You own $2,000,000 per year in vendor contracts",
        "You manage $400,000 a year in supplier spend",
        "You win deals of £20k - £50k",
        "The minimum wage in Denver is $18.81 per hour",
        "Life assurance cover of $50,000 per year",
        "We pay £30,000 a year in rent",
        "Rent starts at £9,000 - £12,000 per year",
        "A quota of $300,000 - $500,000",
        "Fines of £10,000 - £20,000",
        "Compensation: competitive\nCompany size: 10k+ people",
        "Salary to be agreed. We have 1k-5k users",
        "Bonus bis zu 3.000 € pro Jahr",
    ];

    #[test]
    fn pay_is_read_however_it_is_written() {
        assert!(PAID.len() >= 40);
        let mut wrong = Vec::new();
        for (text, min, max, currency, period) in PAID {
            let found = facts(text).pay.map(|pay| {
                (pay.min, pay.max, pay.currency.unwrap_or_default(), pay.period.map_or("", super::Period::name))
            });
            let expected = (min.is_some() || max.is_some()).then_some((*min, *max, *currency, *period));
            if found != expected {
                wrong.push((text, found));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn other_sums_are_no_pay() {
        let paid = UNPAID.iter().filter_map(|text| Some((text, facts(text).pay?)));
        let wrong: Vec<_> = paid.collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
