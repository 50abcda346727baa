//! The phrases that show what a name beside them stands for, ready to be looked up.

use rustc_hash::{FxHashMap, FxHashSet};

use super::word_map::WordMap;
use crate::lexicon::{Beside, words_of_phrase};
use crate::text::Span;

/// What phrases beside a name show of it, as a set.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shows(u8);

impl Shows {
    /// That it is the employer's, where the phrase opens a sentence.
    pub(super) const EMPLOYER_IN_OPENING: Self = Self(1);
    /// That it is the employer's.
    pub(super) const EMPLOYER: Self = Self(1 << 1);
    /// That it is a person's.
    pub(super) const PERSON: Self = Self(1 << 2);
    /// That it is a letter which numbers something.
    pub(super) const LETTER: Self = Self(1 << 3);
    /// That it is no skill's for another reason.
    pub(super) const ELSEWHERE: Self = Self(1 << 4);
    /// That it is the trade of customers.
    pub(super) const OTHERS: Self = Self(1 << 5);
    /// That it is asked for.
    pub(super) const ASKING: Self = Self(1 << 6);

    /// Whether one of `others` is among them.
    pub(super) fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// These and others.
    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    fn add(&mut self, others: Self) {
        *self = self.and(others);
    }
}

/// Phrases that are looked for on one side of a name.
#[derive(Default)]
pub(super) struct Phrases {
    whole: FxHashMap<Box<str>, Shows>,
    /// By the word of each that touches the name: nearly every word beside a name belongs to none
    /// of them.
    nearest: WordMap<Shows>,
}

impl Phrases {
    fn add(&mut self, phrases: &[String], shows: Shows, nearest: fn(&str) -> Option<&str>) {
        for phrase in phrases {
            self.whole.entry(phrase.as_str().into()).or_default().add(shows);
            nearest(phrase).into_iter().for_each(|word| self.nearest.entry(word).add(shows));
        }
    }

    /// What those show that touch a name with the word at a place of `text`.
    pub(super) fn touching_with(&self, text: &str, word: Span) -> Shows {
        self.nearest.get(text, word)
    }

    /// What a text shows, if it is one of them.
    pub(super) fn whole(&self, text: &str) -> Shows {
        self.whole.get(text).copied().unwrap_or_default()
    }
}

/// What a single word says, by the lists of [`Beside`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    pub is_people: bool,
    pub ends_people: bool,
    pub is_given_name: bool,
    pub asks: bool,
}

/// The lists of [`Beside`].
pub(super) struct BesidePhrases {
    words: WordMap<Said>,
    /// Ids of skills and categories.
    pub own: FxHashSet<String>,
    /// Those that are looked for before a name.
    pub before: Phrases,
    /// Those that are looked for behind a name.
    pub behind: Phrases,
}

impl BesidePhrases {
    pub(super) fn new(lists: &Beside) -> Self {
        let mut before = Phrases::default();
        for (phrases, shows) in [
            (&lists.employer_opening, Shows::EMPLOYER_IN_OPENING),
            (&lists.employer_before, Shows::EMPLOYER),
            (&lists.person_before, Shows::PERSON),
            (&lists.letter_before, Shows::LETTER),
            (&lists.elsewhere_before, Shows::ELSEWHERE),
            (&lists.asking_before, Shows::ASKING),
        ] {
            before.add(phrases, shows, |phrase| words_of_phrase(phrase).last());
        }
        let mut behind = Phrases::default();
        for (phrases, shows) in [
            (&lists.employer_after, Shows::EMPLOYER),
            (&lists.person_after, Shows::PERSON),
            (&lists.elsewhere_after, Shows::ELSEWHERE),
            (&lists.others_after, Shows::OTHERS),
            (&lists.asking_after, Shows::ASKING),
        ] {
            behind.add(phrases, shows, |phrase| words_of_phrase(phrase).next());
        }
        let mut words: WordMap<Said> = WordMap::default();
        lists.people.iter().for_each(|word| words.entry(word).is_people = true);
        lists.people_end.iter().for_each(|word| words.entry(word).ends_people = true);
        lists.given_names.iter().for_each(|word| words.entry(word).is_given_name = true);
        lists.asking.iter().for_each(|word| words.entry(word).asks = true);
        Self { words, own: lists.own.iter().cloned().collect(), before, behind }
    }

    /// What the word at a place of `text` says.
    pub(super) fn said_by(&self, text: &str, word: Span) -> Said {
        self.words.get(text, word)
    }
}
