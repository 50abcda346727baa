//! What a table or a page says of the job in fields of its own, read as facts.
//!
//! The fields are put into words behind the labels that postings use, so that they are read by
//! the same rules as a text. Sums that stand in fields of their own are taken as they are.

use super::money::{Amount, amounts, currency_code};
use super::pay::Pay;
use super::period::{Period, period_of_words};
use crate::input::{JobField, Posting, Structured};

const MONTHS_IN_A_YEAR: f64 = 12.0;
/// Words of a location that name no place.
const NO_PLACES: [&str; 7] = ["remote", "hybrid", "home", "anywhere", "onsite", "on-site", "tele"];

/// What the fields of a posting say, in words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// How experienced the person shall be: words that titles have.
    pub title: String,
    /// Everything else, line by line.
    pub text: String,
}

impl Stated {
    /// What the fields of `posting` say; none where they say nothing of the job.
    pub(crate) fn of(posting: &Posting) -> Option<Self> {
        let fields = &posting.structured;
        let location = posting.location.to_lowercase();
        let location = NO_PLACES.iter().any(|word| location.contains(word)).then_some(posting.location.as_str());
        if fields.is_empty() && location.is_none() {
            return None;
        }
        let remote = fields.all(JobField::IsRemote).map(|value| if is_yes(value) { "remote" } else { value });
        let remote = remote.filter(|value| !is_no(value));
        let lines = [
            line("Location", location.into_iter().map(str::to_owned)),
            line("Workplace", fields.all(JobField::Workplace).chain(remote).map(spaced)),
            line("Employment type", fields.all(JobField::Contract).map(spaced)),
            line("Experience", fields.all(JobField::Experience).map(years).chain(months(fields))),
            line("Education", fields.all(JobField::Education).map(str::to_owned)),
            line("Salary", fields.all(JobField::Pay).map(str::to_owned)),
            line("Security clearance", fields.all(JobField::Clearance).map(answer)),
            line("Visa sponsorship", fields.all(JobField::Sponsorship).map(answer)),
        ];
        Some(Self { title: level(fields), text: lines.concat() })
    }
}

/// `Salary: £45,000`; nothing where there is no value.
fn line(label: &str, values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    if values.is_empty() { String::new() } else { format!("{label}: {}\n", values.join(", ")) }
}

/// The level of experience; `Mid-Senior level`, as LinkedIn has it, is no level.
fn level(fields: &Structured) -> String {
    let levels = fields.all(JobField::Seniority).map(spaced);
    levels.filter(|level| !(level.contains("mid") && level.contains("senior"))).collect::<Vec<_>>().join(", ")
}

/// `5` is `5 years`.
fn years(value: &str) -> String {
    let bare = !value.contains(char::is_alphabetic);
    format!("{value}{}", if bare { " years" } else { "" })
}

fn months(fields: &Structured) -> Option<String> {
    let months: f64 = fields.get(JobField::ExperienceMonths)?.parse().ok()?;
    (months >= MONTHS_IN_A_YEAR).then(|| format!("{} years", (months / MONTHS_IN_A_YEAR).floor()))
}

/// `Visa sponsorship: available`, `Visa sponsorship: no`.
fn answer(value: &str) -> String {
    if is_yes(value) {
        "required or available".to_owned()
    } else if is_no(value) {
        "not required, not available".to_owned()
    } else {
        spaced(value)
    }
}

fn is_yes(value: &str) -> bool {
    ["true", "yes", "1", "1.0", "y", "t"].iter().any(|yes| value.eq_ignore_ascii_case(yes))
}

fn is_no(value: &str) -> bool {
    ["false", "no", "0", "0.0", "n", "f", "none"].iter().any(|no| value.eq_ignore_ascii_case(no))
}

/// `FULL_TIME` and `FullTime` as words in lower case.
fn spaced(value: &str) -> String {
    let mut words = String::with_capacity(value.len() + 4);
    let mut after_lower = false;
    for c in value.chars() {
        if after_lower && c.is_uppercase() {
            words.push(' ');
        }
        after_lower = c.is_lowercase();
        words.extend(if c == '_' { ' ' } else { c }.to_lowercase());
    }
    words
}

/// The pay that fields of numbers say.
pub(super) fn pay(fields: &Structured) -> Option<Pay> {
    let sum = |field| amount_of(fields.get(field)?);
    let (mut least, mut most) = (sum(JobField::PayMin), sum(JobField::PayMax));
    if least.is_none() && most.is_none() {
        // A lone number; words are read as a text is.
        let lone = fields.get(JobField::Pay).filter(|value| !value.contains([' ', '-', '\u{2013}', '/']))?;
        least = amount_of(lone);
        most.clone_from(&least);
    }
    let named = fields.get(JobField::PayCurrency).and_then(currency_code);
    let currency = named.or_else(|| [&least, &most].into_iter().flatten().find_map(|amount| amount.currency));
    let [min, max] = [least, most].map(|amount| amount.map(|amount| amount.sum(None)));
    let (period, times) = match fields.get(JobField::PayPeriod).and_then(period_of_words) {
        Some((period, times)) => (Some(period), times),
        None => (Period::of_sum(min.or(max)?, currency), 1.0),
    };
    Some(Pay { min: min.map(|sum| sum / times), max: max.map(|sum| sum / times), currency, period })
}

/// The sum that a cell is, if it is one and not nothing.
fn amount_of(value: &str) -> Option<Amount> {
    let [amount] = <[Amount; 1]>::try_from(amounts(value)).ok()?;
    (amount.number > 0.0 && amount.span.start == 0).then_some(amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classifier::testing::CLASSIFIER;

    fn posting(location: &str, fields: &[(JobField, &str)]) -> Posting {
        let mut structured = Structured::default();
        fields.iter().for_each(|(field, value)| structured.push(*field, *value));
        let text = "You run servers. Salary: $1,000 - $2,000 per month. This is an on-site, part-time position. \
                    You have 2 years of experience.";
        Posting { text: text.to_owned(), location: location.to_owned(), structured, ..Posting::default() }
    }

    #[test]
    fn fields_count_before_the_text() {
        use JobField::{
            Contract, Experience, IsRemote, Pay, PayCurrency, PayMax, PayMin, PayPeriod, Seniority, Workplace,
        };
        let text = "1000-2000 USD month; 2; on-site; part-time; mid";
        let cases = [
            (posting("Ulm", &[]), text),
            (posting("Remote, US", &[]), "1000-2000 USD month; 2; remote; part-time; mid"),
            (posting("", &[(IsRemote, "True")]), "1000-2000 USD month; 2; remote; part-time; mid"),
            (posting("", &[(IsRemote, "False")]), text),
            (posting("", &[(Workplace, "TELECOMMUTE")]), "1000-2000 USD month; 2; remote; part-time; mid"),
            (posting("", &[(Workplace, "OnSite")]), text),
            (posting("", &[(Workplace, "Hybrid")]), "1000-2000 USD month; 2; hybrid; part-time; mid"),
            (posting("", &[(Contract, "FULL_TIME")]), "1000-2000 USD month; 2; on-site; full-time; mid"),
            (
                posting("", &[(Contract, "fulltime, contract")]),
                "1000-2000 USD month; 2; on-site; contract, full-time; mid",
            ),
            (posting("", &[(Contract, "CONTRACTOR")]), "1000-2000 USD month; 2; on-site; contract; mid"),
            (posting("", &[(Contract, "INTERN")]), "1000-2000 USD month; 2; on-site; internship; mid"),
            (posting("", &[(Contract, "OTHER")]), text),
            (posting("", &[(Seniority, "Entry level")]), "1000-2000 USD month; 2; on-site; part-time; junior"),
            (posting("", &[(Seniority, "Mid-Senior level")]), text),
            (posting("", &[(Experience, "7+ years")]), "1000-2000 USD month; 7; on-site; part-time; senior"),
            (posting("", &[(Experience, "7")]), "1000-2000 USD month; 7; on-site; part-time; senior"),
            (posting("", &[(JobField::ExperienceMonths, "36")]), "1000-2000 USD month; 3; on-site; part-time; mid"),
            (posting("", &[(Pay, "£45,000 - £52,000 per year")]), "45000-52000 GBP year; 2; on-site; part-time; mid"),
            (posting("", &[(Pay, "90000")]), "90000-90000  year; 2; on-site; part-time; mid"),
            (
                posting("", &[(PayMin, "45000.0"), (PayMax, "52000.0"), (PayCurrency, "GBP"), (PayPeriod, "yearly")]),
                "45000-52000 GBP year; 2; on-site; part-time; mid",
            ),
            (posting("", &[(PayMin, "30"), (PayPeriod, "HOUR")]), "30-  hour; 2; on-site; part-time; mid"),
            (posting("", &[(PayMin, "0"), (PayMax, "0")]), text),
        ];
        let read = |posting: &Posting| {
            let facts = CLASSIFIER.classify(posting).expect("within its budget").facts;
            let sum = |sum: Option<f64>| sum.map_or(String::new(), |sum| sum.to_string());
            let pay = facts.pay.expect("some pay");
            format!(
                "{}-{} {} {}; {}; {}; {}; {}",
                sum(pay.min),
                sum(pay.max),
                pay.currency.unwrap_or_default(),
                pay.period.map_or("", Period::name),
                facts.years_min.unwrap_or_default(),
                facts.workplace.iter().map(|place| place.name()).collect::<Vec<_>>().join(", "),
                facts.contract.iter().map(|contract| contract.name()).collect::<Vec<_>>().join(", "),
                facts.seniority().map_or("", |level| level.name()),
            )
        };
        let wrong: Vec<_> = cases
            .iter()
            .map(|(posting, want)| (&posting.structured, want, read(posting)))
            .filter(|(_, want, found)| found != *want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
