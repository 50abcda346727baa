//! Skills, the categories they are filed under, and the side each speaks for.

use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::duty::Duty;
use super::form::{Case, Context, Form};
use super::role::Side;
use crate::log_odds::LogOdds;
use crate::text::{Span, normalise, normalise_cased};

/// What a skill speaks for: the word `leaning` in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SkillLeaning {
    /// One of the two roles.
    Toward(Side),
    /// Neither: both roles have it.
    Shared,
    /// Against both: the words of another profession.
    OtherProfession,
}

impl SkillLeaning {
    /// All of them, in the order in which tables and messages list them.
    pub const ALL: [Self; 4] =
        [Self::Toward(Side::Left), Self::Toward(Side::Right), Self::Shared, Self::OtherProfession];

    /// The word in files and tables for skills that both roles have.
    pub const SHARED: &'static str = "shared";
    /// The word in files and tables for the words of other professions.
    pub const OTHER_PROFESSION: &'static str = "away";

    /// The word in files and tables, given the words of the two sides.
    pub(crate) fn name(self, side_ids: [&str; 2]) -> &str {
        match self {
            Self::Toward(side) => side_ids[side.index()],
            Self::Shared => Self::SHARED,
            Self::OtherProfession => Self::OTHER_PROFESSION,
        }
    }

    /// The leaning of that name, given the words of the two sides.
    pub(crate) fn from_name(name: &str, side_ids: [&str; 2]) -> Option<Self> {
        Self::ALL.into_iter().find(|leaning| leaning.name(side_ids) == name)
    }

    /// The side it speaks for, where it speaks for one.
    #[must_use]
    pub fn side(self) -> Option<Side> {
        match self {
            Self::Toward(side) => Some(side),
            Self::Shared | Self::OtherProfession => None,
        }
    }
}

/// A skill's place in its lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SkillId(pub(crate) u32);

impl SkillId {
    /// The place in [`Lexicon::skills`](super::Lexicon::skills).
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A skill: how it is written, what it speaks for and how strongly, and what says so.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Skill {
    /// Unique and stable, in kebab case.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The place of its category in [`Lexicon::categories`](super::Lexicon::categories).
    pub category: usize,
    /// What it speaks for.
    pub leaning: SkillLeaning,
    /// The hand prior: 1 weak, 2 medium, 3 strong; 0 counts nothing until a person confirms it.
    pub strength: u8,
    /// Signed log-odds (positive = right) before section and requirement factors; zero for
    /// shared skills. For the words of other professions it is what they add to the evidence
    /// for another profession, and positive.
    pub weight: LogOdds,
    /// How it is written in postings.
    pub forms: Vec<Form>,
    /// For a duty, the classes of verbs and objects it is made of; empty for every other skill.
    pub does: Vec<Duty>,
    /// Longer phrases that hold a form and mean something else, normalised.
    pub not: Vec<String>,
    /// Words one of which near an ambiguous form makes it count, normalised.
    pub needs: Vec<String>,
    /// Words one of which in the sentence of a form shows that it means something else,
    /// normalised.
    pub unless: Vec<String>,
    /// What it rests on.
    pub sources: Vec<Citation>,
    /// Why it is as it is, where that needs saying.
    pub note: Option<String>,
    /// Sentences in which it must be found.
    pub yes: Vec<String>,
    /// Sentences in which it must not be found.
    pub no: Vec<String>,
    /// Where it stands in its file.
    pub(crate) written: Written,
}

impl Skill {
    /// A skill with forms that need no context, resting on nothing yet.
    pub(crate) fn plain<'f>(
        id: &str,
        name: &str,
        leaning: SkillLeaning,
        strength: u8,
        forms: impl IntoIterator<Item = &'f str>,
    ) -> Self {
        let form = |text: &str| Form {
            text: normalise_cased(text),
            key: normalise(text),
            case: Case::Any,
            context: Context::Certain,
        };
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            category: 0,
            leaning,
            strength,
            weight: LogOdds::ZERO,
            forms: forms.into_iter().map(form).collect(),
            does: Vec::new(),
            not: Vec::new(),
            needs: Vec::new(),
            unless: Vec::new(),
            sources: Vec::new(),
            note: None,
            yes: Vec::new(),
            no: Vec::new(),
            written: Written { id: Span::new(0, 0), yes: Vec::new(), no: Vec::new() },
        }
    }

    /// The form at a place in its list, or, for a duty found by its verb and object, its name.
    #[must_use]
    pub fn wording(&self, form: Option<usize>) -> &str {
        form.map_or(&self.name, |form| &self.forms[form].text)
    }

    /// The wordings that a mention may have: its forms, and for a duty its name.
    pub(crate) fn wordings(&self) -> impl Iterator<Item = &str> {
        let duty = (!self.does.is_empty()).then_some(self.name.as_str());
        self.forms.iter().map(|form| form.text.as_str()).chain(duty)
    }

    /// Whether some word of it may mean something else, so that it needs an example of each kind.
    pub(crate) fn is_ambiguous(&self) -> bool {
        !self.does.is_empty()
            || !self.not.is_empty()
            || !self.unless.is_empty()
            || self.forms.iter().any(|form| form.context != Context::Certain)
    }
}

/// Where a skill stands in the file of its category, for findings about it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Written {
    pub id: Span,
    pub yes: Vec<Span>,
    pub no: Vec<Span>,
}

/// A group of skills: one file of `skills/`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Category {
    /// The stem of its file's name; in an extension, the word given there.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Whether a certain mention of it shows that a posting is technical.
    pub technical: bool,
    /// Whether its skills are names of jobs: to a lexicon that is built for other roles, those
    /// of other professions.
    pub jobs: bool,
    /// The file its skills stand in.
    pub(crate) file: String,
}
