//! The facts beside the skills: degree, years, pay, certifications, the terms of the job.

use rolelean::facts::{Facts, Pay, Period};

use super::Explained;
use crate::terminal::{BOLD, styled};
use crate::wrap::list;

impl Explained<'_> {
    /// What else the posting says, fact by fact.
    pub fn facts(&self, width: Option<usize>) -> String {
        let facts = &self.analysis.facts;
        let rows = [
            ("degree", degree(facts)),
            ("years of experience", years(facts)),
            ("pay", facts.pay.as_ref().map_or(String::new(), pay)),
            ("certifications", self.analysis.certifications(self.lexicon).join(", ")),
            ("workplace", facts.workplace.iter().map(|place| place.name()).collect::<Vec<_>>().join(", ")),
            ("contract", facts.contract.iter().map(|contract| contract.name()).collect::<Vec<_>>().join(", ")),
            ("seniority", facts.seniority().map_or(String::new(), |level| level.name().to_owned())),
            ("security clearance", facts.clearance.map_or(String::new(), |clearance| clearance.name().to_owned())),
            (
                "visa sponsorship",
                facts.sponsorship.map_or(String::new(), |is_offered| yes_or_no(is_offered).to_owned()),
            ),
        ];
        let rows = rows.into_iter().filter(|(_, told)| !told.is_empty());
        rows.map(|(label, told)| list(&format!("{}: ", styled(BOLD, label)), &told, 2, width)).collect()
    }
}

fn yes_or_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

fn degree(facts: &Facts) -> String {
    let mut told = facts.degrees.iter().map(|level| level.name()).collect::<Vec<_>>().join(", ");
    if !facts.degree_fields.is_empty() {
        told = format!("{told} in {}", facts.degree_fields.join(", "));
    }
    if facts.experience_instead {
        told += ", or experience instead";
    }
    told
}

fn years(facts: &Facts) -> String {
    match (facts.years_min, facts.years_max) {
        (Some(least), Some(most)) if least == most => least.to_string(),
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("{least} or more"),
        (None, Some(most)) => format!("up to {most}"),
        (None, None) => String::new(),
    }
}

fn pay(pay: &Pay) -> String {
    let amount = |amount: f64| if amount.fract() == 0.0 { format!("{amount:.0}") } else { format!("{amount:.2}") };
    let sums = match (pay.min, pay.max) {
        (Some(min), Some(max)) if min < max => format!("{} to {}", amount(min), amount(max)),
        (Some(min), Some(_)) => amount(min),
        (Some(min), None) => format!("from {}", amount(min)),
        (None, Some(max)) => format!("up to {}", amount(max)),
        (None, None) => String::new(),
    };
    let period = pay.period.map(Period::name);
    let article = period.map(|period| if period == Period::Hour.name() { "an" } else { "a" });
    let words = [pay.currency, Some(sums.as_str()), article, period];
    words.into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use rolelean::{Classifier, Lexicon};

    use super::*;

    #[test]
    fn facts_are_told_in_words() {
        let classifier = Classifier::new(Lexicon::builtin());
        let cases = [
            ("Salary: $120,000 - $150,000 per year", "USD 120000 to 150000 a year", ""),
            ("Pay is £21/hour", "GBP 21 an hour", ""),
            ("You have 3-5 years of experience", "", "3 to 5"),
            ("At least 4 years of experience", "", "4 or more"),
        ];
        for (text, paid, asked) in cases {
            let facts = Facts::of(&classifier.read("", text));
            assert_eq!((facts.pay.as_ref().map_or(String::new(), pay).as_str(), years(&facts).as_str()), (paid, asked));
        }
    }
}
