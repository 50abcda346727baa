//! The lexicon: two roles, the skills that tell them apart, and how to read them.
//!
//! A lexicon is a folder of plain files ([`Lexicon::from_folder`]); one is inside the
//! binary ([`Lexicon::builtin`]).
//! Files are read as written (`raw`), checked as a whole with every finding
//! collected (`validate`), and come out as a [`Lexicon`] that needs no further care.

mod builtin;
mod compiled;
mod diagnostic;
mod export;
mod extend;
mod files;
mod raw;
mod schema;
mod skill_check;
mod statements;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod trace;
mod validate;
mod weights;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub(crate) use diagnostic::nearest;
pub use diagnostic::{Code, Diagnostic, Severity};
pub use schema::SCHEMAS;
pub use statements::Statement;
pub(crate) use statements::numbered_statements;
pub use trace::{Trace, TraceClaim};

use crate::text::{Section, Span, fold_key, fold_shape};
use files::Files;

/// Which of the two roles: the first of the lexicon is left and negative, the
/// second right and positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// The first role; its evidence is negative.
    Left,
    /// The second role; its evidence is positive.
    Right,
}

impl Side {
    /// Both sides, left first.
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// -1 for left, +1 for right.
    #[must_use]
    pub fn sign(self) -> f64 {
        match self {
            Self::Left => -1.0,
            Self::Right => 1.0,
        }
    }

    /// The side a score of this sign speaks for; `None` at zero.
    #[must_use]
    pub fn of_score(score: f64) -> Option<Self> {
        if score < 0.0 {
            Some(Self::Left)
        } else if score > 0.0 {
            Some(Self::Right)
        } else {
            None
        }
    }

    /// 0 for left, 1 for right.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Left => 0,
            Self::Right => 1,
        }
    }
}

/// Where a skill pulls a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pull {
    /// Towards one of the two roles.
    Toward(Side),
    /// Nowhere: both roles have it.
    Shared,
    /// Away from both: the words of another profession.
    Away,
}

/// One of the two roles.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Role {
    /// The word of a verdict, such as `head-gardener`.
    pub id: String,
    /// What people call it, such as `head gardener`.
    pub label: String,
    /// The short word in column names and leanings, such as `garden`.
    pub side_id: String,
    /// Left for the first role, right for the second.
    pub side: Side,
    /// The file of its description.
    pub file: String,
    /// Its description, statement by statement.
    pub statements: Vec<Statement>,
}

/// A skill's place in its lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SkillId(pub(crate) u32);

impl SkillId {
    /// The place in [`Lexicon::skills`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which capitalisations of a form count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Case {
    /// Any.
    Any,
    /// Only the one written in the lexicon.
    Exact,
}

/// What company a form needs before it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Context {
    /// None: the form is certain by itself.
    Certain,
    /// The posting must be technical: other certain technical skills stand in it.
    Anywhere,
    /// Related skills or words must stand near it.
    Near,
    /// A bare everyday word: a certain mention of its own category, or a word the
    /// skill needs, must stand in the same sentence.
    Weak,
}

impl Context {
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

/// A surface form of a skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// As the lexicon writes it.
    pub text: String,
    /// As it is looked up in a folded text.
    pub key: String,
    /// Which capitalisations count.
    pub case: Case,
    /// What company it needs.
    pub context: Context,
}

/// What a skill rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// A numbered statement of one of the role descriptions.
    Statement {
        /// Whose description.
        side: Side,
        /// The statement's number.
        number: usize,
    },
    /// A source declared in `lexicon.toml`, with the code in it where it has codes.
    Declared {
        /// The id of the source.
        id: String,
        /// The code, such as an O*NET occupation.
        code: Option<String>,
    },
}

/// A skill, its forms, and where it pulls.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Skill {
    /// Unique and stable, in kebab case.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The place of its category in [`Lexicon::categories`].
    pub category: usize,
    /// Where it pulls.
    pub pull: Pull,
    /// The hand prior: 1 weak, 2 medium, 3 strong.
    pub strength: u8,
    /// Signed log-odds (positive = right) before section and requirement factors;
    /// zero for shared skills. For skills that pull away it is what they add to the
    /// other professions' side of the balance, and positive.
    pub weight: f64,
    /// How it is written in postings.
    pub forms: Vec<Form>,
    /// Longer phrases that hold a form and mean something else, as keys.
    pub not: Vec<String>,
    /// Words one of which near an ambiguous form makes it count, as keys.
    pub needs: Vec<String>,
    /// What it rests on.
    pub sources: Vec<Source>,
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
    /// A skill with forms that need no company, resting on nothing yet.
    pub(crate) fn plain<'f>(
        id: &str,
        name: &str,
        pull: Pull,
        strength: u8,
        forms: impl IntoIterator<Item = &'f str>,
    ) -> Self {
        let form = |text: &str| Form {
            text: fold_shape(text),
            key: fold_key(text),
            case: Case::Any,
            context: Context::Certain,
        };
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            category: 0,
            pull,
            strength,
            weight: 0.0,
            forms: forms.into_iter().map(form).collect(),
            not: Vec::new(),
            needs: Vec::new(),
            sources: Vec::new(),
            note: None,
            yes: Vec::new(),
            no: Vec::new(),
            written: Written { id: Span::new(0, 0), yes: Vec::new(), no: Vec::new() },
        }
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
    /// The file its skills stand in.
    pub(crate) file: String,
}

/// An outside source that skills may cite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeclaredSource {
    /// The word skills cite it by.
    pub id: String,
    /// Its full name and version.
    pub title: String,
    /// Its licence.
    pub licence: String,
    /// Whether skills may add a code to it, as in `onet:15-1252.00`.
    pub codes: bool,
}

/// How evidence becomes a verdict. Every number stands in `lexicon.toml`, with why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scoring {
    /// Log-odds of a skill of strength 1, 2 and 3 that has no fitted weight.
    pub strength_weights: [f64; 3],
    /// What a second mention adds: a skill named n times counts `1 + repeat_gain * ln n`
    /// times.
    pub repeat_gain: f64,
    /// Evidence added to both sides when the tilt is taken, so that a single mention
    /// does not tilt a posting fully.
    pub tilt_smoothing: f64,
    /// Below this absolute tilt a posting with enough evidence is balanced.
    pub balanced_tilt: f64,
    /// The evidence that each side must have in a balanced posting.
    pub balanced_evidence: f64,
    /// Less evidence than this, both sides together, is too little for a verdict.
    pub least_evidence: f64,
    /// Fewer distinct skills that pull to a side are too little for a verdict.
    pub least_skills: usize,
    /// Less evidence than this for a hundred words of body is too diffuse.
    pub least_density: f64,
    /// Other professions' evidence above this multiple of the two roles' evidence
    /// makes the posting another profession's.
    pub away_share: f64,
    /// Log-odds of being right for each unit of score.
    pub calibration_slope: f64,
    /// Log-odds of being right for each unit of tilt.
    pub calibration_tilt: f64,
    /// What a mention counts in each section, in [0, 1].
    pub section_factors: [f64; Section::ALL.len()],
    /// What a required mention counts.
    pub required: f64,
    /// What a mention counts that is only welcome.
    pub preferred: f64,
    /// What a mention counts where nothing says how much it is asked for.
    pub unstated: f64,
}

impl Scoring {
    /// What a mention in `section` counts.
    #[must_use]
    pub fn section_factor(&self, section: Section) -> f64 {
        Section::ALL.iter().position(|each| *each == section).map_or(1.0, |at| self.section_factors[at])
    }
}

/// Phrases that change what a mention means, as keys.
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
    /// Marks of what is demanded: `must have`.
    pub required: Vec<String>,
    /// Words that begin a new clause: `but`.
    pub clause_breaks: Vec<String>,
}

/// Two roles and the skills that tell them apart, checked and ready for use.
///
/// ```
/// use rolelean::lexicon::{Lexicon, Pull};
///
/// let lexicon = Lexicon::builtin();
/// let (id, skill) = lexicon.find("c-sharp").expect("a skill of this id");
/// assert!(matches!(skill.pull, Pull::Toward(_)));
/// assert!(skill.forms.iter().any(|form| form.text == "C#"));
/// // Every skill says what it rests on.
/// println!("{} pulls to {}, by {}", skill.name, lexicon.pull_name(skill.pull), lexicon.cite(&skill.sources[0]));
/// assert_eq!(lexicon.skill(id).id, "c-sharp");
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lexicon {
    name: String,
    version: String,
    description: String,
    hash: String,
    #[serde(skip)]
    files: Files,
    roles: [Role; 2],
    categories: Vec<Category>,
    skills: Vec<Skill>,
    sources: Vec<DeclaredSource>,
    headings: Vec<(String, Section)>,
    cues: Cues,
    scoring: Scoring,
    #[serde(skip)]
    warnings: Vec<Diagnostic>,
}

/// A lexicon that cannot be used, with everything that is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("the lexicon {name} has {} error{}, first: {}", .errors.len(), if .errors.len() == 1 { "" } else { "s" }, .errors[0])]
pub struct LexiconError {
    /// The folder, or the name of the embedded lexicon.
    pub name: String,
    /// Every finding that keeps it from being used; at least one.
    pub errors: Vec<Diagnostic>,
}

impl Lexicon {
    /// The lexicon inside the binary.
    ///
    /// # Panics
    /// Never in a released build: the test suite loads it.
    #[must_use]
    pub fn builtin() -> Self {
        let files = Files::embedded(builtin::FILES);
        if let Some(lexicon) = compiled::load(&files) {
            return Self { files, ..lexicon };
        }
        match validate::validate("built in", &files) {
            Ok(lexicon) => lexicon,
            Err(error) => panic!("{error}"),
        }
    }

    /// Reads and checks the lexicon in `folder`.
    ///
    /// ```
    /// use rolelean::Lexicon;
    ///
    /// // Whatever is wrong is told with its place: file, line, column, what was expected.
    /// match Lexicon::from_folder("my-lexicon".as_ref()) {
    ///     Ok(lexicon) => println!("{} skills", lexicon.skills().len()),
    ///     Err(error) => error.errors.iter().for_each(|finding| println!("{finding}")),
    /// }
    /// ```
    ///
    /// # Errors
    /// Every finding that keeps it from being used, not only the first.
    pub fn from_folder(folder: &Path) -> Result<Self, LexiconError> {
        let name = folder.display().to_string();
        let files =
            Files::read(folder).map_err(|finding| LexiconError { name: name.clone(), errors: vec![*finding] })?;
        validate::validate(&name, &files)
    }

    /// Checks the lexicon made of these files, each a path in its folder and a text.
    ///
    /// # Errors
    /// Every finding that keeps it from being used, not only the first.
    pub fn from_files(name: &str, files: impl IntoIterator<Item = (String, String)>) -> Result<Self, LexiconError> {
        validate::validate(name, &Files::given(files))
    }

    /// The text of one of the files inside the binary, by its path in the folder.
    #[must_use]
    pub fn builtin_file(path: &str) -> Option<&'static str> {
        builtin::FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
    }

    /// The name, as in `bread-beer`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version in `lexicon.toml`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What it compares, in a line.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// SHA-256 of all its files in hexadecimal: equal for equal lexicons.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The two roles, left first.
    #[must_use]
    pub fn roles(&self) -> &[Role; 2] {
        &self.roles
    }

    /// The role of a side.
    #[must_use]
    pub fn role(&self, side: Side) -> &Role {
        &self.roles[side.index()]
    }

    /// The categories, in the order of their files.
    #[must_use]
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// The category of a skill.
    #[must_use]
    pub fn category_of(&self, skill: &Skill) -> &Category {
        &self.categories[skill.category]
    }

    /// All skills, in the order of their files.
    #[must_use]
    pub fn skills(&self) -> &[Skill] {
        &self.skills
    }

    /// The skills with their ids.
    pub fn skills_with_ids(&self) -> impl Iterator<Item = (SkillId, &Skill)> {
        (0_u32..).map(SkillId).zip(&self.skills)
    }

    /// One skill.
    #[must_use]
    pub fn skill(&self, id: SkillId) -> &Skill {
        &self.skills[id.index()]
    }

    /// The skill with this id, such as `c-sharp`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<(SkillId, &Skill)> {
        self.skills_with_ids().find(|(_, skill)| skill.id == id)
    }

    /// The word for where a skill pulls: a side id, `shared` or `away`.
    #[must_use]
    pub fn pull_name(&self, pull: Pull) -> &str {
        match pull {
            Pull::Toward(side) => &self.role(side).side_id,
            Pull::Shared => SHARED,
            Pull::Away => AWAY,
        }
    }

    /// The outside sources that skills cite.
    #[must_use]
    pub fn sources(&self) -> &[DeclaredSource] {
        &self.sources
    }

    /// Section headings and the sections they open.
    #[must_use]
    pub fn headings(&self) -> &[(String, Section)] {
        &self.headings
    }

    /// The phrases that change what a mention means.
    #[must_use]
    pub fn cues(&self) -> &Cues {
        &self.cues
    }

    /// How evidence becomes a verdict.
    #[must_use]
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// An error about `span` of the file in which `skill` stands.
    pub(crate) fn finding(&self, code: Code, skill: &Skill, span: Span, message: String) -> Diagnostic {
        let file = &self.category_of(skill).file;
        let finding = Diagnostic::error(code, file, message);
        match self.files.get(file) {
            Some(text) => finding.at(span.start..span.end, text),
            None => finding,
        }
    }

    /// What is likely not meant, though the lexicon can be used.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// A citation as people write it: `role:baker#3`, `onet:15-1252.00`.
    #[must_use]
    pub fn cite(&self, source: &Source) -> String {
        match source {
            Source::Statement { side, number } => format!("role:{}#{number}", self.role(*side).id),
            Source::Declared { id, code: Some(code) } => format!("{id}:{code}"),
            Source::Declared { id, code: None } => id.clone(),
        }
    }

    /// The statement a source cites, if it is one.
    #[must_use]
    pub fn statement(&self, source: &Source) -> Option<&Statement> {
        match source {
            Source::Statement { side, number } => self.role(*side).statements.get(number.checked_sub(1)?),
            Source::Declared { .. } => None,
        }
    }
}

/// The leaning of skills that both roles have.
pub(crate) const SHARED: &str = "shared";
/// The leaning of words that belong to other professions.
pub(crate) const AWAY: &str = "away";
/// The largest number a lexicon may give a weight, a factor or a threshold. Ten is already
/// beyond doubt in log-odds, and sums of numbers without measure are none.
pub(crate) const LARGEST: f64 = 100.0;
