//! How a skill is written in postings, and when a word in a posting is that skill.

use serde::{Deserialize, Serialize};

/// A surface form of a skill: its name, an alias, an abbreviation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// As the lexicon writes it.
    pub text: String,
    /// Its normalised form, which is what is looked up in a normalised text.
    pub key: String,
    /// Which capitalisations count.
    pub case: Case,
    /// The context it needs.
    pub context: Context,
}

/// Which capitalisations of a form count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Case {
    /// Any.
    Any,
    /// Only the one written in the lexicon.
    Exact,
}

impl Case {
    /// Both, in the order in which messages list them.
    pub(crate) const ALL: [Self; 2] = [Self::Any, Self::Exact];

    /// The word in lexicon files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Exact => "exact",
        }
    }
}

/// The context a form needs before a mention of it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Context {
    /// None: the form is certain by itself.
    Certain,
    /// The posting must be technical: it must mention other, certain technical skills.
    Anywhere,
    /// Related skills or needed words must stand near it.
    Near,
    /// A bare everyday word: a certain mention of its own category, or a word the
    /// skill needs, must stand in the same sentence.
    Weak,
}

impl Context {
    /// All of them, the least demanding first.
    pub(crate) const ALL: [Self; 4] = [Self::Certain, Self::Anywhere, Self::Near, Self::Weak];

    /// The word in lexicon files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Certain => "none",
            Self::Anywhere => "anywhere",
            Self::Near => "near",
            Self::Weak => "weak",
        }
    }
}
