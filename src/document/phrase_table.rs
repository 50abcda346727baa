//! All phrases that a posting is searched for, and what each may mean.
//!
//! A posting is searched once, for everything: the forms of skills, headings, cues of
//! negation and requirement, words that ambiguous forms need beside them, words that
//! facts turn on. Each layer adds its phrases to a [`PhraseTableBuilder`], and looks for
//! its own kind among the [hits](Hit).

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::section_words::{HeadingWord, PassageWord};
use crate::compiled::{Fields, Packed, PackedList};
use crate::text::{Scanner, Span, is_word_char};

/// The bytes of an ordinary posting for each phrase in it, or a few less: making more room later costs a
/// copy.
const BYTES_A_HIT: usize = 6;

/// The number of a phrase in its table.
pub type PhraseId = u32;

/// What a phrase may mean. One phrase can mean several things: `required` is a cue of how
/// much something is asked for, and ends what years of experience are of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Meaning {
    /// How many entries the lexicon has for this spelling. They stand in the matcher's list in the
    /// order of the phrases.
    pub entries: u32,
    /// Whether it means something else than the forms inside it: `go to market`.
    pub excluded: bool,
    /// Whether an ambiguous form may need it nearby.
    pub context: bool,
    /// What it says of the mentions near it: a set of kinds that the matcher numbers.
    pub cues: u16,
    /// What it may be in a duty.
    pub duty: DutyWord,
    /// What it opens as a heading.
    pub heading: HeadingWord,
    /// What it says of the passage it stands in.
    pub passage: PassageWord,
    /// What it says to whoever looks for facts, in any case.
    pub fact: FactWord,
    /// The same where it is written exactly so, as the degree `MS` must be.
    pub exact_facts: Vec<(Box<str>, FactWord)>,
}

/// What a phrase may be in a duty; the numbers are those of the lexicon's classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// In which ways a phrase may mean something, as a set. Most hits matter to one layer alone, and
/// the others pass over them by this, without looking up their [`Meaning`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kinds(u8);

impl Kinds {
    /// It is a form of a skill.
    pub const FORM: Self = Self(1);
    /// It means something else than the forms inside it.
    pub const EXCLUDED: Self = Self(1 << 1);
    /// An ambiguous form may need it nearby.
    pub const CONTEXT: Self = Self(1 << 2);
    /// It says something of the mentions near it.
    pub const CUE: Self = Self(1 << 3);
    /// It may be a heading, or tell the section of a passage.
    pub const SECTION: Self = Self(1 << 4);
    /// It says something to whoever looks for facts.
    pub const FACT: Self = Self(1 << 5);
    /// A fact may stand near it.
    pub const TRIGGER: Self = Self(1 << 6);
    /// It may be part of a duty.
    pub const DUTY: Self = Self(1 << 7);

    /// Whether they have one of `kinds` among them.
    #[must_use]
    pub fn has(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// These kinds and others.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    fn of(meaning: &Meaning) -> Self {
        let facts = || meaning.exact_facts.iter().map(|(_, word)| word).chain([&meaning.fact]);
        let kinds = [
            (Self::FORM, meaning.entries > 0),
            (Self::EXCLUDED, meaning.excluded),
            (Self::CONTEXT, meaning.context),
            (Self::CUE, meaning.cues != 0),
            (Self::SECTION, meaning.heading != HeadingWord::default() || meaning.passage.says_anything()),
            (Self::FACT, facts().any(|word| word.is_any())),
            (Self::TRIGGER, facts().any(|word| word.triggers != 0)),
            (Self::DUTY, meaning.duty.is_any()),
        ];
        kinds.into_iter().filter(|(_, is)| *is).fold(Self(0), |kinds, (kind, _)| kinds.and(kind))
    }
}

/// What a phrase says of facts; the numbers are those of the facts' own lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FactWord {
    /// The kinds of cue it is, as a set.
    pub cues: u128,
    /// The facts that may stand near it, as a set.
    pub triggers: u8,
    /// Which of several things it names, such as a field of study.
    pub names: Option<u16>,
}

impl FactWord {
    /// Whether it says anything.
    #[must_use]
    pub fn is_any(&self) -> bool {
        *self != Self::default()
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
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PhraseTable {
    /// Holds the phrases, and finds them.
    scanner: Scanner,
    /// What is known of each of them.
    known: PackedList<Known, { Known::BYTES }>,
    /// The meanings that phrases have, each once.
    meanings: Vec<Meaning>,
    /// Finds the words that phrases are made of.
    words: Scanner,
}

/// What is known of a phrase.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// The place of its meaning, which many phrases share.
    meaning: u32,
    /// The place of its first entry in the matcher's list.
    first_entry: u32,
    /// In short what it means.
    kinds: Kinds,
}

impl Packed for Known {
    const BYTES: usize = 9;

    fn pack(&self, bytes: &mut Vec<u8>) {
        [self.meaning, self.first_entry].iter().for_each(|place| place.pack(bytes));
        self.kinds.0.pack(bytes);
    }

    #[inline(always)]
    fn unpack(bytes: &[u8]) -> Self {
        let mut fields = Fields(bytes);
        Self { meaning: fields.next(), first_entry: fields.next(), kinds: Kinds(fields.next()) }
    }
}

impl PhraseTable {
    /// Every phrase, normalised and sorted, in the order of their numbers.
    pub fn phrases(&self) -> impl ExactSizeIterator<Item = &str> {
        self.scanner.phrases()
    }

    /// What a phrase may mean.
    #[must_use]
    pub fn meaning(&self, phrase: PhraseId) -> &Meaning {
        &self.meanings[self.known.at(phrase as usize).meaning as usize]
    }

    /// Where the lexicon entries for a phrase stand in the matcher's list.
    #[must_use]
    pub fn entries(&self, phrase: PhraseId) -> Range<usize> {
        let first = self.known.at(phrase as usize).first_entry as usize;
        first..first + self.meaning(phrase).entries as usize
    }

    /// The number of a normalised phrase.
    #[must_use]
    pub fn find(&self, phrase: &str) -> Option<PhraseId> {
        if phrase.is_empty() { None } else { self.scanner.find(phrase) }
    }

    /// Whether a phrase begins with these words, or is them.
    #[must_use]
    pub fn begins_phrase(&self, words: &str) -> bool {
        // Phrases that go on otherwise may stand between the words alone and longer phrases.
        let longer = || {
            let longer = format!("{words} ");
            self.scanner.phrase_from(&longer).is_some_and(|phrase| phrase.starts_with(&longer))
        };
        self.scanner.phrase_from(words) == Some(words) || longer()
    }

    /// Whether some phrase has this word.
    #[must_use]
    pub fn has_word(&self, word: &str) -> bool {
        !word.is_empty() && self.words.find(word).is_some()
    }

    /// The phrases of one of `kinds`, each with its number.
    pub fn of_kind(&self, kinds: Kinds) -> impl Iterator<Item = (&str, PhraseId)> {
        let numbered = self.phrases().zip(self.known.iter()).zip(0..);
        numbered.filter(move |((_, known), _)| known.kinds.has(kinds)).map(|((phrase, _), number)| (phrase, number))
    }

    /// Every phrase in `text`, which is normalised and in lower case.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(text.len() / BYTES_A_HIT);
        self.scanner.each(text, |span, phrase| hits.push(self.hit(span, phrase)));
        hits
    }

    /// A phrase as a hit at `span`.
    #[must_use]
    pub fn hit(&self, span: Span, phrase: PhraseId) -> Hit {
        Hit { span, phrase, kinds: self.known.at(phrase as usize).kinds }
    }
}

/// The words that phrases are made of, sorted.
fn words_of(phrases: &[String]) -> Vec<&str> {
    let words = phrases.iter().flat_map(|phrase| phrase.split(|c| !is_word_char(c)));
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A phrase found in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Where it stands in the normalised text.
    pub span: Span,
    /// Which phrase of the table it is.
    pub phrase: PhraseId,
    /// In which ways it may mean something.
    pub kinds: Kinds,
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
        let (phrases, of_phrases): (Vec<String>, Vec<Meaning>) = all.into_iter().unzip();
        let (mut meanings, mut places) = (Vec::new(), FxHashMap::default());
        let mut first_entry = 0;
        let known = of_phrases.into_iter().map(|meaning| {
            let (entries, kinds) = (meaning.entries, Kinds::of(&meaning));
            let place = *places.entry(meaning).or_insert_with_key(|meaning| {
                meanings.push(meaning.clone());
                u32::try_from(meanings.len() - 1).unwrap_or(u32::MAX)
            });
            let known = Known { meaning: place, first_entry, kinds };
            first_entry += entries;
            known
        });
        let known = known.collect();
        PhraseTable { scanner: Scanner::new(&phrases), known, meanings, words: Scanner::new(&words_of(&phrases)) }
    }
}
