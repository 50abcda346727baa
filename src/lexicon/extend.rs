//! Adding skills to a lexicon, or dropping some, by one file instead of a copy of the whole.

use std::collections::HashSet;

use toml::Spanned;

use super::diagnostic::{Code, Diagnostic, LexiconError, errors_and_warnings};
use super::files::{File, sha256};
use super::parse::parse_toml;
use super::raw::{RawExtension, RawSkill};
use super::skill_check::{Registry, SkillCheck};
use super::{Category, Lexicon};
use crate::text::nearest;

impl Lexicon {
    /// The lexicon with the skills of an extension on top: a file like those in `skills/`,
    /// that may also `drop` skills by their ids. A skill whose id is taken replaces the one
    /// that has it. `name` is what findings call the file.
    ///
    /// ```
    /// use rolelean::{Classifier, Lexicon};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let own = r#"
    ///     category = "own"
    ///     title = "Our own"
    ///
    ///     [[skill]]
    ///     id = "ticket-desk"
    ///     name = "TicketDesk"
    ///     leaning = "shared"
    ///     strength = 1
    ///     forms = ["TicketDesk", "ticket desk 2000"]
    ///     sources = ["judgement"]
    /// "#;
    /// let lexicon = Lexicon::builtin().extended("own.toml", own)?;
    /// let analysis = Classifier::new(lexicon).classify_text("You know TicketDesk.")?;
    /// assert_eq!(analysis.evidence.skills.shared, 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Every finding about the extension that keeps it from being used.
    pub fn extended(self, name: &str, text: &str) -> Result<Self, LexiconError> {
        let file = File { name, text };
        let failed = |errors| LexiconError { name: name.to_owned(), errors };
        let raw: RawExtension = parse_toml(file).map_err(|finding| failed(vec![*finding]))?;
        let mut findings = Vec::new();
        let mut lexicon = self;
        lexicon.drop_skills(file, &raw, &mut findings);
        let id = raw.category.get_ref().clone();
        if lexicon.categories.iter().any(|category| category.id == id) {
            let message = format!("the lexicon has a category {id:?} already");
            let finding = file.error(Code::DuplicateId, raw.category.span(), message);
            findings.push(finding.help("give the extension a category of its own, such as \"own\""));
        }
        lexicon.categories.push(Category {
            id,
            title: raw.title,
            technical: raw.technical,
            jobs: false,
            file: name.to_owned(),
        });
        lexicon.add_skills(file, &raw.skill, &mut findings);
        let (errors, warnings) = errors_and_warnings(findings);
        if !errors.is_empty() {
            return Err(failed(errors));
        }
        lexicon.warnings.extend(warnings);
        lexicon.hash = sha256([lexicon.hash.as_bytes(), text.as_bytes()]);
        lexicon.files.add(name, text);
        Ok(lexicon)
    }

    fn drop_skills(&mut self, file: File<'_>, raw: &RawExtension, findings: &mut Vec<Diagnostic>) {
        for dropped in &raw.drop {
            if self.find(dropped.get_ref()).is_none() {
                findings.push(self.unknown_skill(file, dropped));
            }
        }
        let replaced = raw.skill.iter().map(|skill| skill.id.get_ref());
        let gone: HashSet<&String> = raw.drop.iter().map(Spanned::get_ref).chain(replaced).collect();
        self.skills.retain(|skill| !gone.contains(&skill.id));
    }

    fn unknown_skill(&self, file: File<'_>, id: &Spanned<String>) -> Diagnostic {
        let message = format!("no skill is called {:?}", id.get_ref());
        let near = nearest(id.get_ref(), self.skills.iter().map(|skill| skill.id.as_str()));
        file.error(Code::UnknownWord, id.span(), message)
            .did_you_mean(near, "`rolelean lexicon show CATEGORY` lists the ids of its skills")
    }

    fn add_skills(&mut self, file: File<'_>, raw: &[RawSkill], findings: &mut Vec<Diagnostic>) {
        let mut registry = Registry::of(&self.skills, |skill| self.categories[skill.category].file.clone());
        for raw_skill in raw {
            let mut check = SkillCheck {
                file,
                roles: &self.roles,
                sources: &self.sources,
                duties: &self.duties,
                scoring: &self.scoring,
                findings,
            };
            let skill = check.skill(raw_skill, self.categories.len() - 1);
            registry.add(file, raw_skill, &skill, findings);
            self.skills.push(skill);
        }
    }
}
