//! All phrases that a posting is searched for, and what each may mean.
//!
//! A posting is searched once, for everything: the forms of skills, headings, cues of
//! negation and requirement, words that ambiguous forms need beside them, words that
//! facts turn on. Each layer adds its phrases to a [`PhraseTableBuilder`], and looks for
//! its own kind among the [hits](super::Hit).

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::section_words::{HeadingWord, PassageWord};
use crate::text::{Scanner, Span};

/// The number of a phrase in its table.
pub type PhraseId = u32;

/// A phrase found in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Where it stands in the normalised text.
    pub span: Span,
    /// Which phrase of the table it is.
    pub phrase: PhraseId,
}

/// What a phrase may mean. One phrase can mean several things: `required` is a cue of how
/// much something is asked for, and ends what years of experience are of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    /// Where the lexicon entries with this spelling stand in the matcher's list.
    pub entries: Range<u32>,
    /// Whether it means something else than the forms inside it: `go to market`.
    pub excluded: bool,
    /// Whether an ambiguous form may need it nearby.
    pub context: bool,
    /// What it says of the mentions near it: a set of kinds that the matcher numbers.
    pub cues: u8,
    /// What it opens as a heading.
    pub heading: HeadingWord,
    /// What it says of the passage it stands in.
    pub passage: PassageWord,
    /// What it says to whoever looks for facts, in any case.
    pub fact: FactWord,
    /// The same where it is written exactly so, as the degree `MS` must be.
    pub exact_facts: Vec<(Box<str>, FactWord)>,
}

/// What a phrase says of facts; the numbers are those of the facts' own lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactWord {
    /// The kinds of cue it is, as a set.
    pub cues: u64,
    /// The facts that may stand near it, as a set.
    pub triggers: u8,
    /// Which of several things it names, such as a field of study.
    pub names: Option<u16>,
}

impl FactWord {
    /// Whether it says anything.
    #[must_use]
    pub fn is_any(self) -> bool {
        self != Self::default()
    }

    /// What both say together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            cues: self.cues | other.cues,
            triggers: self.triggers | other.triggers,
            names: self.names.or(other.names),
        }
    }
}

/// The phrases that postings are searched for, sorted, each with its meaning.
#[derive(Debug)]
pub struct PhraseTable {
    phrases: Vec<String>,
    meanings: Vec<Meaning>,
    scanner: Scanner,
}

impl PhraseTable {
    /// Every phrase, normalised and sorted; its place is its number.
    #[must_use]
    pub fn phrases(&self) -> &[String] {
        &self.phrases
    }

    /// What a phrase may mean.
    #[must_use]
    pub fn meaning(&self, phrase: PhraseId) -> &Meaning {
        &self.meanings[phrase as usize]
    }

    /// The number of a normalised phrase.
    #[must_use]
    pub fn find(&self, phrase: &str) -> Option<PhraseId> {
        self.phrases.binary_search_by(|other| other.as_str().cmp(phrase)).ok().and_then(|at| at.try_into().ok())
    }

    /// Calls `found` with every phrase in `text`, which is normalised and in lower case.
    pub(super) fn each(&self, text: &str, found: impl FnMut(Span, PhraseId)) {
        self.scanner.each(text, found);
    }

    /// What a table is made of, to be kept in a file.
    #[cfg(test)]
    pub(crate) fn parts(&self) -> (&[String], &[Meaning]) {
        (&self.phrases, &self.meanings)
    }

    /// A table of such parts.
    #[must_use]
    pub(crate) fn from_parts(phrases: Vec<String>, meanings: Vec<Meaning>) -> Self {
        let scanner = Scanner::new(&phrases);
        Self { phrases, meanings, scanner }
    }
}

/// Gathers phrases for a [`PhraseTable`].
#[derive(Debug, Default)]
pub struct PhraseTableBuilder(HashMap<String, Meaning>);

impl PhraseTableBuilder {
    /// The meaning of a normalised phrase, to be added to.
    pub fn meaning(&mut self, phrase: impl Into<String>) -> &mut Meaning {
        self.0.entry(phrase.into()).or_default()
    }

    /// Puts the table together.
    #[must_use]
    pub fn build(self) -> PhraseTable {
        let mut all: Vec<(String, Meaning)> = self.0.into_iter().collect();
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let (phrases, meanings) = all.into_iter().unzip();
        PhraseTable::from_parts(phrases, meanings)
    }
}
