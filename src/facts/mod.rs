//! Facts beside the skills: degrees, years of experience, pay, certificates, the terms of the job.
//!
//! Pure functions over a [`Document`]. The hits of its phrase table show the few passages
//! in which a fact may stand; only those are read closely. Nothing here knows roles
//! or weights, and no fact enters a verdict.

mod asked_years;
mod certificates;
mod cues;
mod currency;
mod degree;
mod degree_names;
mod eligibility;
mod fields;
mod line;
mod money;
mod passages;
mod pattern;
mod pay;
mod period;
mod quotes;
mod seniority;
mod stated;
mod terms;
mod this_job;
mod vocabulary;
mod working_days;
mod written_amount;
mod written_years;
mod year_count;
mod years;

pub use degree_names::DegreeLevel;
pub use eligibility::Clearance;
pub use pay::Pay;
pub use period::Period;
pub use seniority::Seniority;
pub(crate) use stated::Stated;
pub use terms::{Contract, Workplace};
pub(crate) use vocabulary::add_phrases;
pub use years::Demand;

use crate::document::Document;
use crate::input::Structured;
use crate::text::Span;
use degree::Degrees;
use passages::{Passage, Topic, passages};
use terms::Terms;

/// What a posting says besides skills.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The degrees that are asked for or welcome, the lowest first.
    pub degrees: Vec<DegreeLevel>,
    /// The fields of study named with them, in the order of the text.
    pub degree_fields: Vec<&'static str>,
    /// Whether experience may stand in for the degree.
    pub experience_instead: bool,
    /// The fewest years of experience with which a person meets every demand.
    pub years_min: Option<u32>,
    /// The most years that the demand which decides so asks for; none where it is open.
    pub years_max: Option<u32>,
    /// Every demand for years, from left to right.
    pub demands: Vec<Demand>,
    /// What is paid.
    pub pay: Option<Pay>,
    /// Certificates named, whether they are skills of a lexicon or not, in the order of the text.
    pub certificates: Vec<&'static str>,
    /// Where the work is done, where it is said; several where one may choose.
    pub workplace: Vec<Workplace>,
    /// How one is employed.
    pub contract: Vec<Contract>,
    /// Whether a security clearance is asked for.
    pub clearance: Option<Clearance>,
    /// Whether the employer sponsors a permit to work.
    pub sponsorship: Option<bool>,
    /// How experienced the person shall be, where the title or a field of a table says it.
    level: Option<Seniority>,
}

impl Facts {
    /// Reads the facts of a posting.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Self {
        let mut degrees = Degrees::default();
        let title = Passage::title(document);
        let mut terms = Terms::of_title(&title);
        let mut clearance = None;
        let mut sponsored = Vec::new();
        let (mut demands, mut pay, mut certificates) = (Vec::new(), Vec::new(), Vec::new());
        for passage in passages(document) {
            if passage.is_about(Topic::Degree) {
                degrees.read(&passage);
            }
            if passage.is_about(Topic::Years) {
                demands.extend(asked_years::demands(&passage));
            }
            if passage.is_about(Topic::Pay) {
                pay.extend(pay::told(&passage));
            }
            if passage.is_about(Topic::Certificate) {
                for name in certificates::asked(&passage).filter_map(vocabulary::certificate) {
                    if !certificates.contains(&name) {
                        certificates.push(name);
                    }
                }
            }
            if passage.is_about(Topic::Terms) {
                terms.read(&passage);
                clearance = clearance.max(Clearance::asked(&passage));
                sponsored.extend(eligibility::sponsorship(&passage));
            }
            document.budget().spend(passage.cues.looked_at());
        }
        years::prefer_in_sections(&mut demands);
        let (years_min, years_max) = years::overall(&demands);
        Self {
            degrees: degrees.levels,
            degree_fields: degrees.fields,
            experience_instead: degrees.or_experience,
            years_min,
            years_max,
            demands,
            pay: pay::together(&pay),
            certificates,
            workplace: terms.workplace(),
            contract: terms.contract(),
            level: Seniority::of_title(&title),
            clearance,
            sponsorship: eligibility::agreed(&sponsored),
        }
    }

    /// Takes what a table says of the job in fields of its own before what the text says.
    /// `stated` are the facts of [`Stated`], `fields` what it was made of.
    pub(crate) fn prefer(&mut self, stated: Self, fields: &Structured) {
        if !stated.degrees.is_empty() {
            (self.degrees, self.degree_fields) = (stated.degrees, stated.degree_fields);
            self.experience_instead |= stated.experience_instead;
        }
        if stated.years_min.is_some() || stated.years_max.is_some() {
            (self.years_min, self.years_max) = (stated.years_min, stated.years_max);
        }
        if !stated.workplace.is_empty() {
            self.workplace = stated.workplace;
        }
        if !stated.contract.is_empty() {
            self.contract = stated.contract;
        }
        self.pay = stated::pay(fields).or(stated.pay).or(self.pay.take());
        self.level = stated.level.or(self.level);
        self.clearance = stated.clearance.or(self.clearance);
        self.sponsorship = stated.sponsorship.or(self.sponsorship);
    }

    /// How experienced the person shall be: by a field of a table, by the title, else by the
    /// years of experience that are asked for.
    #[must_use]
    pub fn seniority(&self) -> Option<Seniority> {
        self.level.or(self.years_min.map(Seniority::of_years))
    }

    /// The lowest degree that is asked for.
    #[must_use]
    pub fn degree(&self) -> Option<DegreeLevel> {
        self.degrees.first().copied()
    }

    /// The years asked of what is mentioned at `mention` in the normalised text, where the
    /// sentence binds them to it: `5+ years of Java`, `Java (5+ years)`. `document` is the one
    /// that these facts were read from.
    #[must_use]
    pub fn years_for(&self, document: &Document<'_>, mention: Span) -> Option<u32> {
        years::bound_to(&self.demands, document, mention)
    }
}

/// Facts of texts, read with the built-in lexicon.
#[cfg(test)]
mod testing {
    use super::passages::{Passage, passages};
    use super::*;
    use crate::classifier::testing::CLASSIFIER;

    pub(super) fn facts(text: &str) -> Facts {
        Facts::of(&CLASSIFIER.read("", text))
    }

    pub(super) fn years_for(text: &str, skill: &str) -> Option<u32> {
        let document = CLASSIFIER.read("", text);
        let at = document.text().cased().find(skill).expect("the skill is named");
        Facts::of(&document).years_for(&document, Span::new(at, at + skill.len()))
    }

    pub(super) fn with_passages(text: &str, check: impl FnOnce(&[Passage<'_>])) {
        let document = CLASSIFIER.read("", text);
        check(&passages(&document).collect::<Vec<_>>());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::classifier::testing::CLASSIFIER;

    /// Pieces of which odd texts are made.
    const PIECES: [&str; 40] = [
        "5",
        "3-",
        "+",
        " years",
        " yrs",
        "year",
        "five (5)",
        " of ",
        "experience",
        " Java",
        "(",
        ")",
        "$",
        "€",
        "120,000",
        "k",
        " - ",
        "1",
        " per ",
        "hour",
        "salary ",
        "bonus",
        "LPA",
        "BS",
        "/",
        "MS",
        "Master",
        "'s",
        " degree",
        " in ",
        "Computer",
        " Science",
        "PhD",
        "**",
        "_",
        "\n",
        "* ",
        "é",
        "\u{200b}",
        "•",
    ];

    proptest! {
        #[test]
        fn any_text_is_read(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40), start in 0..40_usize) {
            let text = pieces.concat();
            let document = CLASSIFIER.read("", &text);
            let facts = Facts::of(&document);
            for demand in &facts.demands {
                prop_assert!(text.get(demand.span.start..demand.span.end).is_some());
            }
            let normalised = document.text().cased();
            let at = crate::text::char_start(normalised, start);
            let _ = facts.years_for(&document, Span::new(at, normalised.len()));
        }
    }
}
