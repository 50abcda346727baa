//! Which postings a part of a chart stands for, written as the page's address writes its filters
//! (`leaning=cook&tilt=0.1..0.2`): what is chosen in a chart can be sent and changed like any filter.

use std::fmt;

use crate::leaning::Leaning;
use crate::lexicon::{Lexicon, Side};

/// The four leanings in the order in which they are counted.
const LEANINGS: [Leaning; 4] =
    [Leaning::Role(Side::Left), Leaning::Role(Side::Right), Leaning::Balanced, Leaning::Neither];

/// What the four leanings are called.
#[derive(Debug, Clone, Copy)]
pub struct Names<'l> {
    /// By people.
    pub labels: [&'l str; 4],
    /// In tables and addresses.
    pub ids: [&'l str; 4],
}

impl<'l> Names<'l> {
    pub fn of(lexicon: &'l Lexicon) -> Self {
        let ids = LEANINGS.map(|leaning| leaning.name(lexicon));
        let label = |leaning: Leaning| match leaning {
            Leaning::Role(side) => lexicon.role(side).label.as_str(),
            other => other.name(lexicon),
        };
        Self { labels: LEANINGS.map(label), ids }
    }

    /// The postings of a leaning, by its place among the four.
    pub fn filter(&self, leaning: usize) -> Filter {
        Filter::default().with("leaning", self.ids[leaning])
    }
}

/// Conditions that a posting of the table meets, all of them. Empty: no condition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter(String);

impl Filter {
    /// A further condition: `key` is that of a column or a filter of the script, `value` an id or a number.
    pub fn with(mut self, key: &str, value: impl fmt::Display) -> Self {
        let separator = if self.0.is_empty() { "" } else { "&" };
        self.0 += &format!("{separator}{key}={value}");
        self
    }

    /// A number of a column lies in a range that does not hold its end; without an end it is open.
    pub fn between(self, key: &str, start: f64, end: Option<f64>) -> Self {
        let end = end.map(|end| end.to_string()).unwrap_or_default();
        self.with(key, format!("{start}..{end}"))
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_written_as_in_the_address() {
        let filter =
            Filter::default().with("leaning", "cook").between("tilt", -0.1, Some(0.0)).between("words", 5.0, None);
        assert_eq!(filter.to_string(), "leaning=cook&tilt=-0.1..0&words=5..");
    }
}
