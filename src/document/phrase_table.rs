//! All phrases that a posting is searched for, and what each may mean.
//!
//! A posting is searched once, for everything: the forms of skills, headings, cues of
//! negation and requirement, words that ambiguous forms need beside them, words that
//! facts turn on. Each layer adds its phrases to a [`PhraseTableBuilder`], and looks for
//! its own kind among the [hits](super::Hit).

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::Section;
use crate::text::{Scanner, Span, is_word_char};

/// The number of a phrase in its table.
pub type PhraseId = u32;

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
    pub cues: u16,
    /// What it may be in a duty.
    pub duty: DutyWord,
    /// The section it opens as a heading.
    pub heading: Option<Section>,
    /// What it says to whoever looks for facts, in any case.
    pub fact: FactWord,
    /// The same where it is written exactly so, as the degree `MS` must be.
    pub exact_facts: Vec<(Box<str>, FactWord)>,
}

/// What a phrase may be in a duty; the numbers are those of the lexicon's classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyWord {
    /// The class of verbs it belongs to, inflected or not.
    pub verb: Option<u8>,
    /// The class of verbs that it is the noun of.
    pub noun: Option<u8>,
    /// The class of objects it belongs to.
    pub object: Option<u8>,
}

impl DutyWord {
    /// Whether it may be anything.
    #[must_use]
    pub fn is_any(self) -> bool {
        self != Self::default()
    }
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
    /// The words of all phrases, gathered when they are first asked for.
    words: OnceLock<HashSet<Box<str>>>,
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
        if phrase.is_empty() { None } else { self.scanner.find(phrase) }
    }

    /// Whether a phrase begins with these words, or is them.
    #[must_use]
    pub fn begins_phrase(&self, words: &str) -> bool {
        let from = self.phrases.partition_point(|phrase| phrase.as_str() < words);
        // Phrases that go on otherwise may stand between the words alone and longer phrases.
        let longer = || {
            let longer = format!("{words} ");
            let from = self.phrases.partition_point(|phrase| *phrase < longer);
            self.phrases.get(from).is_some_and(|phrase| phrase.starts_with(&longer))
        };
        self.phrases.get(from).is_some_and(|phrase| phrase == words) || longer()
    }

    /// Whether some phrase has this word.
    #[must_use]
    pub fn has_word(&self, word: &str) -> bool {
        self.words.get_or_init(|| words_of(&self.phrases)).contains(word)
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
        Self { phrases, meanings, scanner, words: OnceLock::new() }
    }
}

/// The words that phrases are made of.
fn words_of(phrases: &[String]) -> HashSet<Box<str>> {
    let words = phrases.iter().flat_map(|phrase| phrase.split(|c| !is_word_char(c)));
    words.filter(|word| !word.is_empty()).map(Box::from).collect()
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
