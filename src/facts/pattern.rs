//! Fixed patterns, by the engine under the `regex` crate.
//!
//! That crate always looks for literals by which to pass over text. Passages are short and begin
//! with what is looked for, so that the look would cost as much as all the rest of compiling them.

use regex_automata::meta::{Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::captures;
use regex_automata::util::syntax;
use regex_automata::{Input, Span as Found};

/// A fixed pattern.
///
/// Classes and word boundaries are of ASCII: the words of facts are, and boundaries of
/// Unicode would cost the fast engine. A class that excludes characters must say `(?u:...)`, in
/// which `\w`, `\d` and `\s` may not stand: the program is built without their tables.
#[derive(Debug)]
pub(super) struct Pattern(Regex);

/// Several such patterns; of those that begin together, the first counts.
#[derive(Debug)]
pub(super) struct Patterns(Regex);

/// Where a pattern and its groups were found.
#[derive(Debug)]
pub(super) struct Captures(captures::Captures);

/// Where a pattern, or one of its groups, was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match(Found);

impl Pattern {
    /// Compiles a pattern.
    pub(super) fn new(pattern: &str) -> Self {
        Self(compiled(&[pattern], WhichCaptures::All))
    }

    /// Whether it stands in `text`.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Where it first stands in `text`.
    pub(super) fn find(&self, text: &str) -> Option<Match> {
        self.0.find(text).map(|found| Match(found.span()))
    }

    /// Where it and its groups first stand in `text`.
    pub(super) fn captures(&self, text: &str) -> Option<Captures> {
        self.captures_in(Input::new(text))
    }

    /// The same from byte `at` on; what stands before it is looked back at.
    #[cfg(test)]
    pub(super) fn captures_at(&self, text: &str, at: usize) -> Option<Captures> {
        self.captures_in(Input::new(text).range(at..))
    }

    fn captures_in(&self, input: Input<'_>) -> Option<Captures> {
        let mut groups = self.0.create_captures();
        self.0.search_captures(&input, &mut groups);
        groups.is_match().then_some(Captures(groups))
    }

    /// All places where it stands in `text`, from left to right; none overlaps another.
    pub(super) fn captures_iter(&self, text: &str) -> impl Iterator<Item = Captures> {
        self.0.captures_iter(text).map(Captures)
    }
}

impl Patterns {
    /// Compiles patterns.
    pub(super) fn new(patterns: &[impl AsRef<str>]) -> Self {
        Self(compiled(patterns, WhichCaptures::Implicit))
    }

    /// All places where one stands in `text`, from left to right, and the number of it; none overlaps another.
    pub(super) fn find_iter(&self, text: &str) -> impl Iterator<Item = (usize, Match)> {
        self.0.find_iter(text).map(|found| (found.pattern().as_usize(), Match(found.span())))
    }
}

/// `groups` tells whether groups are wanted, or the place of the whole alone.
fn compiled(patterns: &[impl AsRef<str>], groups: WhichCaptures) -> Regex {
    let mut builder = Regex::builder();
    builder.configure(Config::new().auto_prefilter(false).which_captures(groups));
    builder.syntax(syntax::Config::new().unicode(false));
    builder.build_many(patterns).unwrap_or_else(|error| unreachable!("fixed patterns: {error}"))
}

impl Captures {
    /// The group of a number; 0 is the whole.
    pub(super) fn get(&self, group: usize) -> Option<Match> {
        self.0.get_group(group).map(Match)
    }

    /// The group of a name.
    pub(super) fn name(&self, name: &str) -> Option<Match> {
        self.0.get_group_by_name(name).map(Match)
    }

    /// How many groups there are, the whole included.
    pub(super) fn len(&self) -> usize {
        self.0.group_len()
    }
}

impl Match {
    /// Where it begins.
    pub(super) fn start(&self) -> usize {
        self.0.start
    }

    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        self.0.end
    }
}
