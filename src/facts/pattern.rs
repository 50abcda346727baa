//! Fixed patterns: regular expressions that are ready in half a millisecond.
//!
//! The `regex` crate takes literals out of each pattern to search for first, which takes
//! ten times as long as all the rest and finds nothing in passages that are short and
//! full of hits. Its engine can be told to leave that out; `regex` itself cannot.

use regex_automata::meta::{Config, Regex};
use regex_automata::util::{captures, syntax};
use regex_automata::{Input, Span as Place};

/// A fixed pattern, compiled.
pub(super) struct Pattern(Regex);

/// What the groups of a pattern met.
pub(super) struct Captures<'t> {
    text: &'t str,
    groups: captures::Captures,
}

/// A stretch of a text.
#[derive(Clone, Copy)]
pub(super) struct Match<'t> {
    text: &'t str,
    place: Place,
}

impl Pattern {
    /// Compiles `pattern`.
    ///
    /// Classes and word boundaries are of ASCII: the words of facts are, and boundaries of
    /// Unicode would cost the fast engine. A class that excludes characters must say `(?u:...)`.
    pub(super) fn new(pattern: &str) -> Self {
        let regex = Regex::builder()
            .configure(Config::new().auto_prefilter(false))
            .syntax(syntax::Config::new().unicode(false))
            .build(pattern);
        Self(regex.unwrap_or_else(|error| unreachable!("a fixed pattern: {error}")))
    }

    /// Where the first hit in `text` ends.
    pub(super) fn end_of_first(&self, text: &str) -> Option<usize> {
        self.0.find(text).map(|found| found.end())
    }

    /// Every hit in `text`, from left to right; none overlaps another.
    pub(super) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.0.captures_iter(text).map(move |groups| Captures { text, groups })
    }

    /// The first hit in `text` from byte `at` on.
    pub(super) fn captures_at<'t>(&self, text: &'t str, at: usize) -> Option<Captures<'t>> {
        let mut groups = self.0.create_captures();
        self.0.search_captures(&Input::new(text).range(at..), &mut groups);
        groups.is_match().then_some(Captures { text, groups })
    }
}

impl<'t> Captures<'t> {
    /// What the group of that number met; 0 is the whole hit.
    pub(super) fn get(&self, group: usize) -> Option<Match<'t>> {
        self.groups.get_group(group).map(|place| Match { text: self.text, place })
    }

    /// What the group of that name met.
    pub(super) fn name(&self, group: &str) -> Option<Match<'t>> {
        self.groups.get_group_by_name(group).map(|place| Match { text: self.text, place })
    }

    /// How many groups there are, the whole hit among them.
    pub(super) fn len(&self) -> usize {
        self.groups.group_len()
    }
}

impl<'t> Match<'t> {
    pub(super) fn start(self) -> usize {
        self.place.start
    }

    pub(super) fn end(self) -> usize {
        self.place.end
    }

    pub(super) fn as_str(self) -> &'t str {
        &self.text[self.place.range()]
    }
}
