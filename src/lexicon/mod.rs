//! The lexicon: two roles, the skills that tell them apart, and how to read them.
//!
//! A lexicon is a folder of plain files ([`Lexicon::from_folder`]); one is inside the binary
//! ([`Lexicon::builtin`]). Files are read as they are written (`raw`), checked as a whole with
//! every finding collected (`validate`), and come out as a [`Lexicon`] that needs no further
//! checks.
//!
//! # Words
//!
//! | here | in files and tables | meaning |
//! |---|---|---|
//! | [`Side`] | the role's `side`, such as `garden` | left or right: which of the two roles |
//! | [`SkillLeaning`] | `leaning` of a skill, `side` in a table of skills | what a skill speaks for: a side, both roles (`shared`), another profession (`away`) |
//! | [`Leaning`](crate::Leaning) | `leaning` of a posting | a verdict: a role, `balanced`, `neither` |
//! | prior, weight | `strength`, `weight` | log-odds by hand, and after fitting |
//! | [`Form`] | `forms` | one way in which a skill is written |
//! | [`Context`] | `context` of a form | what must stand around an ambiguous form |
//! | key | | the normalised form, which is what is searched for |

mod builtin;
mod citation;
mod compiled;
mod cues;
mod diagnostic;
mod duty;
mod duty_check;
mod extend;
mod files;
mod form;
mod load;
mod neither;
mod parse;
pub(crate) mod raw;
mod role;
mod scoring;
mod skill;
mod skill_check;
mod skills;
mod statements;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod validate;
mod weights;

use serde::{Deserialize, Serialize};

pub use citation::{Citation, DeclaredSource};
pub use cues::{Beside, Cues};
pub(crate) use cues::{is_part_of_word, words_of_phrase};
pub use diagnostic::{Code, Diagnostic, LexiconError, Severity};
pub use duty::{ClassId, Duty, DutyClasses, ObjectClass, VerbClass};
use files::Files;
pub use form::{Case, Context, Form};
pub use neither::{NeitherFeature, NeitherModel};
pub use role::{Role, Side};
pub use scoring::{MOST_IN_TITLE, RequirementFactors, Scoring, SectionFactors};
pub use skill::{Category, Skill, SkillId, SkillLeaning};
pub use skills::Skills;
pub use statements::Statement;
pub(crate) use statements::numbered_statements;

use crate::compiled::OnDemand;
use crate::document::Section;
use crate::text::Span;

/// Two roles and the skills that tell them apart, checked and ready for use.
///
/// ```
/// use rolelean::lexicon::{Lexicon, SkillLeaning};
///
/// let lexicon = Lexicon::builtin();
/// let (id, skill) = lexicon.find("c-sharp").expect("a skill of this id");
/// assert!(matches!(skill.leaning, SkillLeaning::Toward(_)));
/// assert!(skill.forms.iter().any(|form| form.text == "C#"));
/// // Every skill says what it rests on.
/// println!("{} speaks for {}, by {}", skill.name, lexicon.leaning_name(skill.leaning), lexicon.cite(&skill.sources[0]));
/// assert_eq!(lexicon.skill(id).id, "c-sharp");
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    name: String,
    version: String,
    description: String,
    apart: Vec<String>,
    hash: String,
    #[serde(skip)]
    files: Files,
    roles: [Role; 2],
    categories: Vec<Category>,
    skills: Skills,
    sources: Vec<DeclaredSource>,
    headings: OnDemand<Vec<(String, Section)>>,
    cues: OnDemand<Cues>,
    duties: OnDemand<DutyClasses>,
    scoring: Scoring,
    section_factors: SectionFactors,
    requirement_factors: RequirementFactors,
    neither: NeitherModel,
    #[serde(skip)]
    warnings: Vec<Diagnostic>,
}

impl Lexicon {
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

    /// Forms, normalised, whose singular or plural another skill has and means to have.
    #[must_use]
    pub fn apart(&self) -> &[String] {
        &self.apart
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

    /// Whether a skill is something that a person of either role can learn: no word of another profession, and no name
    /// of a job.
    #[must_use]
    pub fn can_be_learned(&self, skill: &Skill) -> bool {
        skill.leaning != SkillLeaning::OtherProfession && !self.category_of(skill).jobs
    }

    /// All skills, in the order of their files.
    #[must_use]
    pub fn skills(&self) -> &Skills {
        &self.skills
    }

    /// The ids of all skills, in the same order.
    pub fn skill_ids(&self) -> impl Iterator<Item = SkillId> + use<> {
        (0_u32..).map(SkillId).take(self.skills.len())
    }

    /// The skills with their ids.
    pub fn skills_with_ids(&self) -> impl Iterator<Item = (SkillId, &Skill)> {
        self.skill_ids().zip(self.skills.iter())
    }

    /// One skill.
    #[must_use]
    pub fn skill(&self, id: SkillId) -> &Skill {
        &self.skills[id]
    }

    /// The skill with this id, such as `c-sharp`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<(SkillId, &Skill)> {
        self.skills_with_ids().find(|(_, skill)| skill.id == id)
    }

    /// The word for what a skill speaks for: a side id, `shared` or `away`.
    #[must_use]
    pub fn leaning_name(&self, leaning: SkillLeaning) -> &str {
        leaning.name(self.roles.each_ref().map(|role| role.side_id.as_str()))
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

    /// The classes of verbs and objects that duties are made of.
    #[must_use]
    pub fn duties(&self) -> &DutyClasses {
        &self.duties
    }

    /// What skills weigh, and how their sum becomes a verdict.
    #[must_use]
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// What a mention counts in each section.
    #[must_use]
    pub fn section_factors(&self) -> &SectionFactors {
        &self.section_factors
    }

    /// What a mention counts by how much it is asked for.
    #[must_use]
    pub fn requirement_factors(&self) -> &RequirementFactors {
        &self.requirement_factors
    }

    /// What says that a posting belongs to neither role.
    #[must_use]
    pub fn neither(&self) -> &NeitherModel {
        &self.neither
    }

    /// The text of one of its files, by its path in the folder.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path)
    }

    /// All its files: paths in its folder, and texts.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.all()
    }

    /// An error about `span` of the file that holds `skill`.
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
    pub fn cite(&self, source: &Citation) -> String {
        source.cite(self.roles.each_ref().map(|role| role.id.as_str()))
    }

    /// The statement a source cites, if it is one.
    #[must_use]
    pub fn statement(&self, source: &Citation) -> Option<&Statement> {
        let (side, number) = source.statement()?;
        self.role(side).statements.get(number.checked_sub(1)?)
    }
}
