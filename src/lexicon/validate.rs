//! From the files as written to a lexicon, or to everything that is wrong with it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::diagnostic::{Code, Diagnostic, Severity, nearest};
use super::files::Files;
use super::raw::{RawCategory, RawCues, RawForm, RawHeadings, RawManifest, RawSkill};
use super::{
    AWAY, Case, Category, Context, Cues, DeclaredSource, Form, Lexicon, LexiconError, Pull, Role, SHARED, Scoring,
    Side, Skill, Source, statements, weights,
};
use crate::text::{Section, fold_key, fold_shape, is_word_char};

/// Checks the files as a whole.
pub(crate) fn validate(name: &str, files: &Files) -> Result<Lexicon, LexiconError> {
    let mut checker = Checker { files, findings: Vec::new() };
    let lexicon = checker.lexicon();
    let (errors, warnings): (Vec<_>, Vec<_>) =
        checker.findings.into_iter().partition(|finding| finding.severity == Severity::Error);
    match lexicon {
        Some(lexicon) if errors.is_empty() => Ok(Lexicon { warnings, ..lexicon }),
        _ => Err(LexiconError { name: name.to_owned(), errors }),
    }
}

struct Checker<'f> {
    files: &'f Files,
    findings: Vec<Diagnostic>,
}

/// A file under check: findings about it know its name and text.
#[derive(Clone, Copy)]
struct File<'f> {
    name: &'f str,
    text: &'f str,
}

impl File<'_> {
    fn error(self, code: Code, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.name, message).at(span, self.text)
    }
}

impl<'f> Checker<'f> {
    fn lexicon(&mut self) -> Option<Lexicon> {
        let manifest: RawManifest = self.parse("lexicon.toml")?;
        let headings: Option<RawHeadings> = self.parse("headings.toml");
        let cues: Option<RawCues> = self.parse("cues.toml");
        let roles = self.roles(&manifest)?;
        let sources = declared_sources(&manifest);
        let scoring = self.scoring(&manifest);
        let (categories, skills) = self.skills(&roles, &sources, &scoring);
        let mut lexicon = Lexicon {
            name: manifest.name,
            version: manifest.version,
            description: manifest.description,
            hash: hash(self.files),
            roles,
            categories,
            skills,
            sources,
            headings: self.headings(headings?),
            cues: keys_of(cues?),
            scoring,
            warnings: Vec::new(),
        };
        self.coverage(&lexicon);
        self.weights(&mut lexicon.skills);
        Some(lexicon)
    }

    fn file(&mut self, name: &'f str) -> Option<File<'f>> {
        let file = self.files.get(name).map(|text| File { name, text });
        if file.is_none() {
            self.findings.push(
                Diagnostic::error(Code::MissingFile, name, "the file is not there")
                    .help("a lexicon folder holds lexicon.toml, headings.toml, cues.toml, roles/ and skills/"),
            );
        }
        file
    }

    fn parse<T: DeserializeOwned>(&mut self, name: &'f str) -> Option<T> {
        let file = self.file(name)?;
        self.parse_file(file)
    }

    fn parse_file<T: DeserializeOwned>(&mut self, file: File<'f>) -> Option<T> {
        match toml::from_str(file.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                self.findings.push(file.error(Code::Syntax, span, error.message().to_owned()));
                None
            }
        }
    }

    fn roles(&mut self, manifest: &RawManifest) -> Option<[Role; 2]> {
        let text = self.files.get("lexicon.toml").unwrap_or_default();
        let file = File { name: "lexicon.toml", text };
        let [left, right] = manifest.role.as_slice() else {
            let span = manifest.role.get(2).map_or(0..0, Spanned::span);
            let message = format!("expected two [[role]] tables, found {}", manifest.role.len());
            self.findings.push(file.error(Code::Syntax, span, message).help("a lexicon compares exactly two roles"));
            return None;
        };
        let mut role = |raw: &Spanned<super::raw::RawRole>, side| {
            let raw = raw.get_ref();
            let path = raw.statements.get_ref();
            let Some(text) = self.files.get(path) else {
                let message = format!("the role description {path} is not in the folder");
                self.findings.push(file.error(Code::MissingFile, raw.statements.span(), message));
                return None;
            };
            Some(Role {
                id: raw.id.clone(),
                label: raw.label.clone(),
                side_id: raw.side.clone(),
                side,
                file: path.clone(),
                statements: statements::parse(path, text, &mut self.findings),
            })
        };
        let (left, right) = (role(left, Side::Left), role(right, Side::Right));
        Some([left?, right?])
    }

    fn scoring(&mut self, manifest: &RawManifest) -> Scoring {
        let file = File { name: "lexicon.toml", text: self.files.get("lexicon.toml").unwrap_or_default() };
        let mut section_factors = [1.0; Section::ALL.len()];
        for (name, factor) in &manifest.section_factors {
            let at = Section::ALL.iter().position(|section| section.name() == name.get_ref());
            match at {
                Some(at) if (0.0..=1.0).contains(factor) => section_factors[at] = *factor,
                Some(_) => self.findings.push(file.error(
                    Code::OutOfRange,
                    name.span(),
                    format!("the factor of {} is {factor}; expected 0 to 1", name.get_ref()),
                )),
                None => self.unknown_word(file, name, "section", Section::ALL.map(Section::name)),
            }
        }
        let raw = manifest.scoring;
        let requirement = manifest.requirement_factors;
        Scoring {
            strength_weights: raw.strength_weights,
            same_category_decay: raw.same_category_decay,
            tilt_smoothing: raw.tilt_smoothing,
            balanced_tilt: raw.balanced_tilt,
            balanced_evidence: raw.balanced_evidence,
            least_evidence: raw.least_evidence,
            least_skills: raw.least_skills,
            least_density: raw.least_density,
            away_share: raw.away_share,
            calibration_slope: raw.calibration_slope,
            calibration_tilt: raw.calibration_tilt,
            section_factors,
            required: requirement.required,
            preferred: requirement.preferred,
            unstated: requirement.unstated,
        }
    }

    fn unknown_word<'k>(
        &mut self,
        file: File<'f>,
        word: &Spanned<String>,
        what: &str,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let list = known.clone().into_iter().collect::<Vec<_>>().join(", ");
        let message = format!("no {what} is called {:?}; expected one of: {list}", word.get_ref());
        let mut finding = file.error(Code::UnknownWord, word.span(), message);
        if let Some(near) = nearest(word.get_ref(), known) {
            finding = finding.help(format!("did you mean {near:?}?"));
        }
        self.findings.push(finding);
    }

    fn headings(&mut self, raw: RawHeadings) -> Vec<(String, Section)> {
        let file = File { name: "headings.toml", text: self.files.get("headings.toml").unwrap_or_default() };
        let mut headings = Vec::new();
        for (name, phrases) in raw {
            match Section::from_name(name.get_ref()) {
                Some(section) => headings.extend(phrases.into_iter().map(|phrase| (phrase, section))),
                None => self.unknown_word(file, &name, "section", Section::ALL.map(Section::name)),
            }
        }
        headings
    }

    fn skills(
        &mut self,
        roles: &[Role; 2],
        sources: &[DeclaredSource],
        scoring: &Scoring,
    ) -> (Vec<Category>, Vec<Skill>) {
        let mut categories = Vec::new();
        let mut skills = Vec::new();
        let mut registry = Registry::default();
        let files: Vec<File<'f>> = self
            .files
            .under("skills")
            .filter(|(name, _)| name.ends_with(".toml"))
            .map(|(name, text)| File { name, text })
            .collect();
        for file in files {
            let Some(raw) = self.parse_file::<RawCategory>(file) else { continue };
            let stem = file.name.trim_start_matches("skills/").trim_end_matches(".toml");
            if raw.category.get_ref() != stem {
                let message = format!("the category is {:?}, the file is named {stem:?}", raw.category.get_ref());
                self.findings
                    .push(file.error(Code::UnknownWord, raw.category.span(), message).help("rename one of them"));
            }
            categories.push(Category { id: stem.to_owned(), title: raw.title, technical: raw.technical });
            for raw_skill in raw.skill {
                let mut one = SkillCheck { file, roles, sources, scoring, findings: &mut self.findings };
                let skill = one.skill(&raw_skill, categories.len() - 1);
                registry.add(file, &raw_skill, &skill, &mut self.findings);
                skills.push(skill);
            }
        }
        if skills.is_empty() {
            self.findings.push(Diagnostic::error(Code::Empty, "skills", "the lexicon has no skills"));
        }
        (categories, skills)
    }

    /// Every statement of both roles must be what some skill rests on.
    fn coverage(&mut self, lexicon: &Lexicon) {
        let cited: HashSet<(Side, usize)> = lexicon
            .skills
            .iter()
            .flat_map(|skill| &skill.sources)
            .filter_map(|source| match source {
                Source::Statement { side, number } => Some((*side, *number)),
                Source::Declared { .. } => None,
            })
            .collect();
        for role in &lexicon.roles {
            for statement in &role.statements {
                if !cited.contains(&(role.side, statement.number)) {
                    let message = format!("no skill rests on statement {}: {}", statement.number, statement.text);
                    self.findings.push(Diagnostic::error(Code::UncoveredStatement, &role.file, message).help(format!(
                        "add `role:{}#{}` to the sources of the skill it describes",
                        role.id, statement.number
                    )));
                }
            }
        }
    }

    fn weights(&mut self, skills: &mut [Skill]) {
        let Some(text) = self.files.get(weights::FILE) else { return };
        let places: HashMap<String, usize> =
            skills.iter().enumerate().map(|(at, skill)| (skill.id.clone(), at)).collect();
        for row in weights::parse(text, &mut self.findings) {
            match places.get(&row.skill_id) {
                Some(at) => skills[*at].weight = row.weight,
                None => self.findings.push(
                    Diagnostic::warning(
                        Code::UnknownWord,
                        weights::FILE,
                        format!("line {}: no skill is called {:?}", row.line, row.skill_id),
                    )
                    .help("run `rolelean lexicon fit` again"),
                ),
            }
        }
    }
}

fn declared_sources(manifest: &RawManifest) -> Vec<DeclaredSource> {
    manifest
        .source
        .iter()
        .map(|raw| DeclaredSource {
            id: raw.id.clone(),
            title: raw.title.clone(),
            licence: raw.licence.clone(),
            codes: raw.codes,
        })
        .collect()
}

fn keys_of(raw: RawCues) -> Cues {
    let keys = |phrases: Vec<String>| phrases.iter().map(|phrase| fold_key(phrase)).collect();
    Cues {
        negation_before: keys(raw.negation.before),
        negation_after: keys(raw.negation.after),
        negation_except: keys(raw.negation.except),
        preferred: keys(raw.preferred.phrases),
        required: keys(raw.required.phrases),
        clause_breaks: keys(raw.clause.phrases),
    }
}

fn hash(files: &Files) -> String {
    let mut digest = Sha256::new();
    for (path, text) in files.all() {
        digest.update(path.as_bytes());
        digest.update([0]);
        digest.update(text.as_bytes());
        digest.update([0]);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Turns one skill as written into a skill, noting what is wrong on the way.
struct SkillCheck<'c, 'f> {
    file: File<'f>,
    roles: &'c [Role; 2],
    sources: &'c [DeclaredSource],
    scoring: &'c Scoring,
    findings: &'c mut Vec<Diagnostic>,
}

impl SkillCheck<'_, '_> {
    fn skill(&mut self, raw: &RawSkill, category: usize) -> Skill {
        let pull = self.pull(&raw.leaning);
        let strength = *raw.strength.get_ref();
        if !(1..=3).contains(&strength) {
            let message = format!("strength is {strength}; expected 1 (weak), 2 (medium) or 3 (strong)");
            self.findings.push(self.file.error(Code::OutOfRange, raw.strength.span(), message));
        }
        let prior = self.scoring.strength_weights[usize::from(strength.clamp(1, 3)) - 1];
        let skill = Skill {
            id: raw.id.get_ref().clone(),
            name: raw.name.clone(),
            category,
            pull,
            strength,
            weight: match pull {
                Pull::Toward(side) => side.sign() * prior,
                Pull::Shared => 0.0,
                Pull::Away => prior,
            },
            forms: raw.forms.get_ref().iter().filter_map(|form| self.form(form)).collect(),
            not: self.keys(&raw.not),
            needs: self.keys(&raw.needs),
            sources: raw.sources.get_ref().iter().filter_map(|source| self.source(source)).collect(),
            note: raw.note.clone(),
            yes: raw.yes.iter().map(|example| example.get_ref().clone()).collect(),
            no: raw.no.iter().map(|example| example.get_ref().clone()).collect(),
        };
        self.completeness(raw, &skill);
        skill
    }

    fn completeness(&mut self, raw: &RawSkill, skill: &Skill) {
        if skill.forms.is_empty() {
            let message = format!("the skill {} has no form", skill.id);
            self.findings.push(self.file.error(Code::Empty, raw.forms.span(), message).help("list at least its name"));
        }
        if raw.sources.get_ref().is_empty() {
            let message = format!("the skill {} cites no source", skill.id);
            let help = "cite a role statement (`role:ROLE#N`), a declared source, or `judgement`";
            self.findings.push(self.file.error(Code::UnknownSource, raw.sources.span(), message).help(help));
        }
        let ambiguous = !skill.not.is_empty() || skill.forms.iter().any(|form| form.context != Context::Certain);
        if ambiguous && (skill.yes.is_empty() || skill.no.is_empty()) {
            let message = format!("the skill {} is ambiguous and lacks a `yes` or a `no` example", skill.id);
            self.findings.push(
                self.file
                    .error(Code::MissingExample, raw.id.span(), message)
                    .help("add a sentence in which it counts and one in which it does not"),
            );
        }
    }

    fn pull(&mut self, leaning: &Spanned<String>) -> Pull {
        let word = leaning.get_ref().as_str();
        if let Some(role) = self.roles.iter().find(|role| role.side_id == word) {
            return Pull::Toward(role.side);
        }
        if word == AWAY {
            return Pull::Away;
        }
        if word != SHARED {
            let known = [self.roles[0].side_id.as_str(), self.roles[1].side_id.as_str(), SHARED, AWAY];
            let message = format!("no leaning is called {word:?}; expected one of: {}", known.join(", "));
            let mut finding = self.file.error(Code::UnknownLeaning, leaning.span(), message);
            if let Some(near) = nearest(word, known) {
                finding = finding.help(format!("did you mean {near:?}?"));
            }
            self.findings.push(finding);
        }
        Pull::Shared
    }

    fn form(&mut self, raw: &Spanned<RawForm>) -> Option<Form> {
        let RawForm { form, case, context } = raw.get_ref();
        let key = fold_key(form);
        if !key.contains(is_word_char) {
            let message = format!("the form {form:?} holds no letter or digit");
            self.findings.push(self.file.error(Code::Empty, raw.span(), message));
            return None;
        }
        let case = match case {
            Some(word) => self.word(word, "case", [("any", Case::Any), ("exact", Case::Exact)]),
            None => Case::Any,
        };
        let contexts = [Context::Certain, Context::Anywhere, Context::Near, Context::Weak];
        let context = match context {
            Some(word) => self.word(word, "context", contexts.map(|context| (context.name(), context))),
            None => Context::Certain,
        };
        Some(Form { text: fold_shape(form), key, case, context })
    }

    fn word<T: Copy, const N: usize>(&mut self, word: &Spanned<String>, what: &str, known: [(&str, T); N]) -> T {
        if let Some((_, value)) = known.iter().find(|(name, _)| name == word.get_ref()) {
            return *value;
        }
        let names = known.map(|(name, _)| name);
        let message = format!("no {what} is called {:?}; expected one of: {}", word.get_ref(), names.join(", "));
        let mut finding = self.file.error(Code::UnknownWord, word.span(), message);
        if let Some(near) = nearest(word.get_ref(), names) {
            finding = finding.help(format!("did you mean {near:?}?"));
        }
        self.findings.push(finding);
        known[0].1
    }

    fn keys(&mut self, phrases: &[Spanned<String>]) -> Vec<String> {
        let mut keys = Vec::with_capacity(phrases.len());
        for phrase in phrases {
            let key = fold_key(phrase.get_ref());
            if key.contains(is_word_char) {
                keys.push(key);
            } else {
                let message = format!("the phrase {:?} holds no letter or digit", phrase.get_ref());
                self.findings.push(self.file.error(Code::Empty, phrase.span(), message));
            }
        }
        keys
    }

    fn source(&mut self, source: &Spanned<String>) -> Option<Source> {
        let word = source.get_ref().as_str();
        let found = match word.strip_prefix("role:") {
            Some(statement) => self.statement(statement),
            None => self.declared(word),
        };
        if found.is_none() {
            let message = format!("the source {word:?} does not exist");
            let mut finding = self.file.error(Code::UnknownSource, source.span(), message);
            let known = self.sources.iter().map(|source| source.id.as_str());
            finding = match nearest(word, known) {
                Some(near) => finding.help(format!("did you mean {near:?}?")),
                None => finding.help("cite `role:ROLE#N`, or a source declared as [[source]] in lexicon.toml"),
            };
            self.findings.push(finding);
        }
        found
    }

    fn statement(&self, word: &str) -> Option<Source> {
        let (id, number) = word.split_once('#')?;
        let role = self.roles.iter().find(|role| role.id == id)?;
        let number = number.parse().ok()?;
        (1..=role.statements.len()).contains(&number).then_some(Source::Statement { side: role.side, number })
    }

    fn declared(&self, word: &str) -> Option<Source> {
        let (id, code) = match word.split_once(':') {
            Some((id, code)) => (id, Some(code.to_owned())),
            None => (word, None),
        };
        let source = self.sources.iter().find(|source| source.id == id)?;
        (source.codes || code.is_none()).then(|| Source::Declared { id: id.to_owned(), code })
    }
}

/// Ids and forms seen so far, over all files.
#[derive(Default)]
struct Registry {
    ids: HashMap<String, String>,
    forms: BTreeMap<(String, Option<String>), String>,
}

impl Registry {
    fn add(&mut self, file: File<'_>, raw: &RawSkill, skill: &Skill, findings: &mut Vec<Diagnostic>) {
        if let Some(other) = self.ids.insert(skill.id.clone(), file.name.to_owned()) {
            let message = format!("the id {} is taken already, in {other}", skill.id);
            findings.push(file.error(Code::DuplicateId, raw.id.span(), message).help("give one of them another id"));
        }
        for (form, written) in skill.forms.iter().zip(raw.forms.get_ref()) {
            let exact = (form.case == Case::Exact).then(|| form.text.clone());
            let Some(owner) = self.forms.insert((form.key.clone(), exact), skill.id.clone()) else { continue };
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
