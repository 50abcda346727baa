//! Facts beside the skills: degrees, years of experience, pay.
//!
//! Pure functions over a posting's text. One pass finds the few passages in which a
//! fact may stand; only those are folded and read with patterns. Nothing here knows
//! roles or weights, and no fact enters a verdict.

mod cues;
mod degree;
mod fields;
mod money;
mod passages;
mod pattern;
mod pay;
mod phrases;
mod years;

pub use degree::DegreeLevel;
pub use pay::{Pay, Period};
pub use years::Demand;

use crate::text::Span;
use degree::Degrees;
use passages::{Topic, passages};

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
}

impl Facts {
    /// Reads the facts of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut degrees = Degrees::default();
        let (mut demands, mut told) = (Vec::new(), Vec::new());
        for passage in passages(text) {
            if passage.is_about(Topic::Degree) {
                degrees.read(&passage);
            }
            if passage.is_about(Topic::Years) {
                demands.extend(years::demands(&passage));
            }
            if passage.is_about(Topic::Pay) {
                told.extend(pay::told(&passage));
            }
        }
        years::read_headings(text, &mut demands);
        let (years_min, years_max) = years::overall(&demands);
        Self {
            degrees: degrees.levels,
            degree_fields: degrees.fields,
            experience_instead: degrees.or_experience,
            years_min,
            years_max,
            demands,
            pay: pay::together(&told),
        }
    }

    /// The lowest degree that is asked for.
    #[must_use]
    pub fn degree(&self) -> Option<DegreeLevel> {
        self.degrees.first().copied()
    }

    /// The years asked of what is mentioned at `mention` in the same text, where the
    /// sentence binds them to it: `5+ years of Java`, `Java (5+ years)`.
    ///
    /// # Panics
    /// If `text` is not the text these facts were read from.
    #[must_use]
    pub fn years_for(&self, text: &str, mention: Span) -> Option<u32> {
        years::bound_to(&self.demands, text, mention)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
            let facts = Facts::of(&text);
            for demand in &facts.demands {
                prop_assert!(text.get(demand.span.start..demand.span.end).is_some());
            }
            let at = (0..=start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let _ = facts.years_for(&text, Span::new(at, text.len()));
            prop_assert_eq!(Facts::of(&text), facts);
        }
    }
}
