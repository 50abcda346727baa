//! Checking skills one at a time, and that no two share an id or a form.

use std::collections::{BTreeMap, HashMap};

use toml::Spanned;

use super::citation::{Citation, DeclaredSource};
use super::diagnostic::{Code, Diagnostic};
use super::duty::{Duty, DutyClasses};
use super::duty_check;
use super::files::File;
use super::form::{Case, Context, Form};
use super::raw::{RawForm, RawSkill};
use super::role::Role;
use super::scoring::Scoring;
use super::skill::{Skill, SkillLeaning, Written};
use super::skills::Skills;
use crate::text::{Span, is_word_char, nearest, normalise, normalise_cased};

fn span_of<T>(written: &Spanned<T>) -> Span {
    Span::new(written.span().start, written.span().end)
}

/// Turns one skill as written into a checked one; what is wrong with it goes to `findings`.
pub(crate) struct SkillCheck<'c, 'f> {
    pub file: File<'f>,
    pub roles: &'c [Role; 2],
    pub sources: &'c [DeclaredSource],
    pub duties: &'c DutyClasses,
    pub scoring: &'c Scoring,
    pub findings: &'c mut Vec<Diagnostic>,
}

impl SkillCheck<'_, '_> {
    pub(crate) fn skill(&mut self, raw: &RawSkill, category: usize) -> Skill {
        let leaning = self.leaning(&raw.leaning);
        let strength = *raw.strength.get_ref();
        if !(0..=3).contains(&strength) {
            let message = format!(
                "strength is {strength}; expected 1 (weak), 2 (medium) or 3 (strong), or 0 for what is not confirmed yet"
            );
            self.findings.push(self.file.error(Code::OutOfRange, raw.strength.span(), message));
        }
        let skill = Skill {
            id: raw.id.get_ref().clone(),
            name: raw.name.clone(),
            category,
            leaning,
            strength,
            weight: self.scoring.prior(leaning, strength),
            forms: raw.forms.get_ref().iter().filter_map(|form| self.form(form)).collect(),
            does: self.duties(raw),
            not: self.keys(&raw.not),
            needs: self.keys(&raw.needs),
            unless: self.keys(&raw.unless),
            sources: raw.sources.get_ref().iter().filter_map(|source| self.source(source)).collect(),
            note: raw.note.clone(),
            yes: raw.yes.iter().map(|example| example.get_ref().clone()).collect(),
            no: raw.no.iter().map(|example| example.get_ref().clone()).collect(),
            written: Written {
                id: span_of(&raw.id),
                yes: raw.yes.iter().map(span_of).collect(),
                no: raw.no.iter().map(span_of).collect(),
            },
        };
        self.completeness(raw, &skill);
        skill
    }

    fn completeness(&mut self, raw: &RawSkill, skill: &Skill) {
        if skill.forms.is_empty() && raw.does.is_empty() {
            let message = format!("the skill {} has no form", skill.id);
            self.findings.push(self.file.error(Code::Empty, raw.forms.span(), message).help("list at least its name"));
        }
        if raw.sources.get_ref().is_empty() {
            let message = format!("the skill {} cites no source", skill.id);
            let help = "cite a role statement (`role:ROLE#N`), a declared source, or `judgement`";
            self.findings.push(self.file.error(Code::UnknownSource, raw.sources.span(), message).help(help));
        }
        if skill.is_ambiguous() && (skill.yes.is_empty() || skill.no.is_empty()) {
            let message = format!("the skill {} is ambiguous and lacks a `yes` or a `no` example", skill.id);
            self.findings.push(
                self.file
                    .error(Code::MissingExample, raw.id.span(), message)
                    .help("add a sentence in which it counts and one in which it does not"),
            );
        }
    }

    fn duties(&mut self, raw: &RawSkill) -> Vec<Duty> {
        duty_check::pairs(self.file, self.duties, &raw.does, self.findings)
    }

    fn leaning(&mut self, word: &Spanned<String>) -> SkillLeaning {
        let side_ids = self.roles.each_ref().map(|role| role.side_id.as_str());
        SkillLeaning::from_name(word.get_ref(), side_ids).unwrap_or_else(|| {
            let known = SkillLeaning::ALL.map(|leaning| leaning.name(side_ids));
            self.findings.push(self.file.unknown(Code::UnknownLeaning, "leaning", word, &known));
            SkillLeaning::Shared
        })
    }

    fn form(&mut self, raw: &Spanned<RawForm>) -> Option<Form> {
        let RawForm { form, case, context } = raw.get_ref();
        if !form.contains(is_word_char) {
            self.findings.push(self.file.nothing_to_match("form", raw.span(), form));
            return None;
        }
        let case = self.word(case.as_ref(), "case", Case::ALL, Case::name);
        let context = self.word(context.as_ref(), "context", Context::ALL, Context::name);
        Some(Form { text: normalise_cased(form), key: normalise(form), case, context })
    }

    /// The one of `known` whose name is `word`; the first where nothing is written or none fits.
    fn word<T: Copy, const N: usize>(
        &mut self,
        word: Option<&Spanned<String>>,
        what: &str,
        known: [T; N],
        name: fn(T) -> &'static str,
    ) -> T {
        let Some(word) = word else { return known[0] };
        known.into_iter().find(|value| name(*value) == word.get_ref()).unwrap_or_else(|| {
            self.findings.push(self.file.unknown(Code::UnknownWord, what, word, &known.map(name)));
            known[0]
        })
    }

    fn keys(&mut self, phrases: &[Spanned<String>]) -> Vec<String> {
        let mut keys = Vec::with_capacity(phrases.len());
        for phrase in phrases {
            let key = normalise(phrase.get_ref());
            if key.contains(is_word_char) {
                keys.push(key);
            } else {
                self.findings.push(self.file.nothing_to_match("phrase", phrase.span(), phrase.get_ref()));
            }
        }
        keys
    }

    fn source(&mut self, source: &Spanned<String>) -> Option<Citation> {
        let word = source.get_ref().as_str();
        let found = match word.strip_prefix("role:") {
            Some(statement) => self.statement(statement),
            None => self.declared(word),
        };
        if found.is_none() {
            let message = format!("the source {word:?} does not exist");
            let finding = self.file.error(Code::UnknownSource, source.span(), message);
            self.findings.push(finding.help(self.near_source(word)));
        }
        found
    }

    /// What a source that does not exist was probably meant to be.
    fn near_source(&self, word: &str) -> String {
        let cited = word.strip_prefix("role:").map(|statement| statement.split_once('#').unwrap_or((statement, "")));
        if let Some((id, number)) = cited {
            let ids = self.roles.each_ref().map(|role| role.id.as_str());
            return match self.roles.iter().find(|role| role.id == id) {
                Some(role) => format!("the role {id} has the statements 1 to {}", role.statements.len()),
                None => match nearest(id, ids) {
                    Some(near) => format!("did you mean \"role:{near}#{number}\"?"),
                    None => format!("the roles are {} and {}", ids[0], ids[1]),
                },
            };
        }
        match nearest(word, self.sources.iter().map(|source| source.id.as_str())) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "cite `role:ROLE#N`, or a source declared as [[source]] in lexicon.toml".to_owned(),
        }
    }

    fn statement(&self, word: &str) -> Option<Citation> {
        let (id, number) = word.split_once('#')?;
        let role = self.roles.iter().find(|role| role.id == id)?;
        let number = number.parse().ok()?;
        (1..=role.statements.len()).contains(&number).then_some(Citation::Statement { side: role.side, number })
    }

    fn declared(&self, word: &str) -> Option<Citation> {
        let (id, code) = match word.split_once(':') {
            Some((id, code)) => (id, Some(code.to_owned())),
            None => (word, None),
        };
        let source = self.sources.iter().find(|source| source.id == id)?;
        (source.codes || code.is_none()).then(|| Citation::Declared { id: id.to_owned(), code })
    }
}

/// Ids and forms seen so far, over all files.
#[derive(Default)]
pub(crate) struct Registry {
    ids: HashMap<String, String>,
    forms: BTreeMap<(String, Option<String>), String>,
    duties: HashMap<Duty, String>,
}

impl Registry {
    /// The ids and forms of skills that were checked before.
    pub(crate) fn of(skills: &Skills, file: impl Fn(&Skill) -> String) -> Self {
        let mut registry = Self::default();
        for skill in skills.iter() {
            registry.ids.insert(skill.id.clone(), file(skill));
            for form in &skill.forms {
                registry.forms.insert(identity(form), skill.id.clone());
            }
            registry.duties.extend(skill.does.iter().map(|duty| (*duty, skill.id.clone())));
        }
        registry
    }

    pub(crate) fn add(&mut self, file: File<'_>, raw: &RawSkill, skill: &Skill, findings: &mut Vec<Diagnostic>) {
        if let Some(other) = self.ids.insert(skill.id.clone(), file.name.to_owned()) {
            let message = format!("the id {} is taken already, in {other}", skill.id);
            findings.push(file.error(Code::DuplicateId, raw.id.span(), message).help("give one of them another id"));
        }
        let mut claimed = skill.does.iter().filter_map(|duty| self.duties.insert(*duty, skill.id.clone()));
        if let Some(owner) = claimed.next() {
            let message = format!("{owner} joins some of these verbs and objects already");
            let finding = file.error(Code::DuplicateForm, raw.id.span(), message);
            findings.push(finding.help("a class of verbs and one of objects make one duty; take the pair out of one"));
        }
        let written = raw.forms.get_ref().iter().filter(|form| form.get_ref().form.contains(is_word_char));
        for (form, written) in skill.forms.iter().zip(written) {
            let Some(owner) = self.forms.insert(identity(form), skill.id.clone()) else { continue };
            let message = if owner == skill.id {
                format!("the form {:?} is listed twice", form.text)
            } else {
                format!("the form {:?} is claimed by {owner} already", form.text)
            };
            let help = "a form belongs to one skill; hyphens, case and spaces do not make it another";
            findings.push(file.error(Code::DuplicateForm, written.span(), message).help(help));
        }
    }
}

/// What only one form may be: its key, in any case or in the one written.
fn identity(form: &Form) -> (String, Option<String>) {
    (form.key.to_string(), (form.case == Case::Exact).then(|| form.text.to_string()))
}
