//! Phrases that change what a mention means.

use serde::{Deserialize, Serialize};

use crate::document::{PassageCue, Section};
use crate::text::is_word_char;

/// The phrases of `cues.toml`, normalised.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cues {
    /// Negations whose scope runs on from them: `no`, `without any`.
    pub negation_before: Vec<String>,
    /// Negations whose scope runs back from them: `is not required`.
    pub negation_after: Vec<String>,
    /// Phrases that look like negations and are none: `not only`.
    pub negation_except: Vec<String>,
    /// Marks of what is welcome but not demanded: `a plus`.
    pub preferred: Vec<String>,
    /// The same, of what follows them only: `ideally`.
    pub preferred_before: Vec<String>,
    /// Marks of what is demanded: `must have`.
    pub required: Vec<String>,
    /// Words that begin a new clause: `but`.
    pub clause_breaks: Vec<String>,
    /// Negations of the one name behind them: `non`.
    pub negation_prefix: Vec<String>,
    /// What turns applicants away; a second negation in the sentence is cancelled by it:
    /// `candidates without it will not be considered`.
    pub refusals: Vec<String>,
    /// What is said of others behind them: `partner with` the people named there.
    pub colleagues: Vec<String>,
    /// What opens a passage on customers, products or other people: `helping`.
    pub others: Vec<String>,
    /// What shows the sense of a name right beside it.
    pub beside: Beside,
    /// What tells the section of a passage: `founded in`, `years of experience`.
    pub passages: Vec<(String, Section, PassageCue)>,
}

/// Phrases right beside a name that show what it stands for. All are normalised and sorted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Beside {
    /// Nouns for people, behind the names of what they do: `team`, `engineers`.
    pub people: Vec<String>,
    /// Skills and categories that are the person's own even where colleagues are named, by
    /// their ids; a lexicon need not have them.
    pub own: Vec<String>,
    /// Words at which a list of colleagues ends: `to`, `on`.
    pub people_end: Vec<String>,
    /// Before the employer's name, at the start of a sentence: `about`.
    pub employer_opening: Vec<String>,
    /// Before the employer's name: `life at`.
    pub employer_before: Vec<String>,
    /// Behind the employer's name: `is hiring`.
    pub employer_after: Vec<String>,
    /// Before a person's name: `contact`.
    pub person_before: Vec<String>,
    /// Behind a person's name of several words: `leads`.
    pub person_after: Vec<String>,
    /// Given names that are names of skills as well: `ruby`.
    pub given_names: Vec<String>,
    /// Before a letter that numbers something: `series`.
    pub letter_before: Vec<String>,
    /// Before a name that is no skill's: `island of`.
    pub elsewhere_before: Vec<String>,
    /// Behind a name that is no skill's: `tower`.
    pub elsewhere_after: Vec<String>,
    /// Behind the trade of customers: `industry`.
    pub others_after: Vec<String>,
    /// Single words of a sentence that asks for something: `experience`.
    pub asking: Vec<String>,
    /// Before a skill that is asked for: `experience with`.
    pub asking_before: Vec<String>,
    /// Behind a skill that is asked for: `developer`.
    pub asking_after: Vec<String>,
}

/// The words of a phrase, as they are told apart beside a name.
pub(crate) fn words_of_phrase(phrase: &str) -> impl DoubleEndedIterator<Item = &str> {
    phrase.split(|c| !is_part_of_word(c)).filter(|word| !word.is_empty())
}

/// Whether a character belongs to a word of a phrase: `you'll` is one.
pub(crate) fn is_part_of_word(c: char) -> bool {
    is_word_char(c) || c == '\''
}
