//! The phrases that show what a name beside them stands for, ready to be looked up.

use rustc_hash::FxHashSet;

use crate::lexicon::{Beside, words_of_phrase};

/// Words of which one is looked for at a time.
pub(super) type Words = FxHashSet<Box<str>>;

/// Phrases that are looked for on one side of a name. Nearly every word beside a name belongs
/// to none of them, which its own word tells.
pub(super) struct Phrases {
    whole: Words,
    /// Of each the word that touches the name.
    nearest: Words,
}

impl Phrases {
    fn before(phrases: &[String]) -> Self {
        let nearest = phrases.iter().filter_map(|phrase| words_of_phrase(phrase).last());
        Self { whole: all(phrases), nearest: nearest.map(Box::from).collect() }
    }

    fn behind(phrases: &[String]) -> Self {
        let nearest = phrases.iter().filter_map(|phrase| words_of_phrase(phrase).next());
        Self { whole: all(phrases), nearest: nearest.map(Box::from).collect() }
    }

    /// Whether one of them may touch a name with this word.
    pub(super) fn touch_with(&self, word: &str) -> bool {
        self.nearest.contains(word)
    }

    /// Whether a text is one of them.
    pub(super) fn holds(&self, text: &str) -> bool {
        self.whole.contains(text)
    }
}

/// The lists of [`Beside`], each for its side of a name.
pub(super) struct BesidePhrases {
    pub people: Words,
    /// Ids of skills and categories.
    pub own: Words,
    pub people_end: Words,
    pub given_names: Words,
    pub asking: Words,
    pub employer_opening: Phrases,
    pub employer_before: Phrases,
    pub employer_after: Phrases,
    pub person_before: Phrases,
    pub person_after: Phrases,
    pub letter_before: Phrases,
    pub elsewhere_before: Phrases,
    pub elsewhere_after: Phrases,
    pub others_after: Phrases,
    pub asking_before: Phrases,
    pub asking_after: Phrases,
    pub last_words: Words,
    pub first_words: Words,
}

impl BesidePhrases {
    pub(super) fn new(lists: &Beside) -> Self {
        Self {
            people: all(&lists.people),
            own: all(&lists.own),
            people_end: all(&lists.people_end),
            given_names: all(&lists.given_names),
            asking: all(&lists.asking),
            employer_opening: Phrases::before(&lists.employer_opening),
            employer_before: Phrases::before(&lists.employer_before),
            employer_after: Phrases::behind(&lists.employer_after),
            person_before: Phrases::before(&lists.person_before),
            person_after: Phrases::behind(&lists.person_after),
            letter_before: Phrases::before(&lists.letter_before),
            elsewhere_before: Phrases::before(&lists.elsewhere_before),
            elsewhere_after: Phrases::behind(&lists.elsewhere_after),
            others_after: Phrases::behind(&lists.others_after),
            asking_before: Phrases::before(&lists.asking_before),
            asking_after: Phrases::behind(&lists.asking_after),
            last_words: all(&lists.last_words),
            first_words: all(&lists.first_words),
        }
    }
}

fn all(phrases: &[String]) -> Words {
    phrases.iter().map(|phrase| Box::from(phrase.as_str())).collect()
}
