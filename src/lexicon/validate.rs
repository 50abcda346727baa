//! From the files as written to a lexicon, or to everything that is wrong with it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::diagnostic::{Code, Diagnostic, Severity, nearest};
use super::files::Files;
use super::raw::{RawCategory, RawCues, RawHeadings, RawManifest, RawRole};
use super::skill_check::{Registry, SkillCheck};
use super::{
    AWAY, Category, Cues, DeclaredSource, LARGEST, Lexicon, LexiconError, Role, SHARED, Scoring, Side, Skill, Source,
    statements, weights,
};
use crate::text::{Section, fold_key, is_word_char};

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
pub(crate) struct File<'f> {
    pub name: &'f str,
    pub text: &'f str,
}

impl File<'_> {
    pub(crate) fn error(self, code: Code, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.name, message).at(span, self.text)
    }

    pub(crate) fn nothing_to_match(self, what: &str, span: Range<usize>, text: &str) -> Diagnostic {
        self.error(Code::Empty, span, format!("the {what} {text:?} holds no letter or digit"))
            .help("take it out, or write what was meant")
    }
}

impl<'f> Checker<'f> {
    fn lexicon(&mut self) -> Option<Lexicon> {
        let manifest: RawManifest = self.parse("lexicon.toml")?;
        let headings: Option<RawHeadings> = self.parse("headings.toml");
        let cues: Option<RawCues> = self.parse("cues.toml");
        let roles = self.roles(&manifest)?;
        let sources = self.declared_sources(&manifest);
        let scoring = self.scoring(&manifest);
        let (categories, skills) = self.skills(&roles, &sources, &scoring);
        let mut lexicon = Lexicon {
            name: manifest.name,
            version: manifest.version,
            description: manifest.description,
            hash: hash(self.files),
            files: self.files.clone(),
            roles,
            categories,
            skills,
            sources,
            headings: self.headings(headings?),
            cues: self.cues(cues?),
            scoring,
            warnings: Vec::new(),
        };
        // What a file that cannot be read would have covered or named is not known.
        if !self.findings.iter().any(|finding| finding.code == Code::Syntax) {
            self.coverage(&lexicon);
            self.weights(&mut lexicon.skills);
        }
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
        parse_toml(file).map_err(|finding| self.findings.push(*finding)).ok()
    }

    fn roles(&mut self, manifest: &RawManifest) -> Option<[Role; 2]> {
        let text = self.files.get("lexicon.toml").unwrap_or_default();
        let file = File { name: "lexicon.toml", text };
        let [left, right] = manifest.role.as_slice() else {
            let span = manifest.role.get(2).or(manifest.role.last()).map_or(0..0, Spanned::span);
            let message = format!("expected two [[role]] tables, found {}", manifest.role.len());
            self.findings.push(file.error(Code::Syntax, span, message).help("a lexicon compares exactly two roles"));
            return None;
        };
        let (left, right) = (left.get_ref(), right.get_ref());
        self.role_names(file, [left, right]);
        let mut role = |raw: &RawRole, side| {
            let path = raw.statements.get_ref();
            let Some(text) = self.files.get(path) else {
                let message = format!("the role description {path} is not in the folder");
                let near = nearest(path, self.files.under("roles").map(|(name, _)| name));
                let help = match near {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => "write the description, a numbered sentence a line".to_owned(),
                };
                self.findings.push(file.error(Code::MissingFile, raw.statements.span(), message).help(help));
                return None;
            };
            Some(Role {
                id: raw.id.get_ref().clone(),
                label: raw.label.clone(),
                side_id: raw.side.get_ref().clone(),
                side,
                file: path.clone(),
                statements: statements::parse(path, text, &mut self.findings),
            })
        };
        let (left, right) = (role(left, Side::Left), role(right, Side::Right));
        Some([left?, right?])
    }

    /// Verdicts and leanings are told apart by the words for the roles.
    fn role_names(&mut self, file: File<'f>, [left, right]: [&RawRole; 2]) {
        for (what, taken, word) in [("id", &left.id, &right.id), ("side", &left.side, &right.side)] {
            if taken == word {
                let message = format!("both roles have the {what} {:?}", word.get_ref());
                self.findings.push(file.error(Code::DuplicateId, word.span(), message).help("rename one of them"));
            }
        }
        for word in [&left.side, &right.side] {
            if [SHARED, AWAY].contains(&word.get_ref().as_str()) {
                let message = format!("{:?} is a leaning of its own, not the name of a side", word.get_ref());
                self.findings.push(file.error(Code::UnknownLeaning, word.span(), message).help("rename the side"));
            }
        }
    }

    fn scoring(&mut self, manifest: &RawManifest) -> Scoring {
        let file = File { name: "lexicon.toml", text: self.files.get("lexicon.toml").unwrap_or_default() };
        let mut section_factors = [1.0; Section::ALL.len()];
        for (name, factor) in &manifest.section_factors {
            let at = Section::ALL.iter().position(|section| section.name() == name.get_ref());
            match at {
                Some(at) => section_factors[at] = self.number(file, name.get_ref(), factor, 1.0),
                None => self.unknown_word(file, name, "section", Section::ALL.map(Section::name)),
            }
        }
        let raw = &manifest.scoring;
        let requirement = &manifest.requirement_factors;
        let mut number = |what, value| self.number(file, what, value, LARGEST);
        Scoring {
            strength_weights: raw.strength_weights.each_ref().map(|weight| number("a strength weight", weight)),
            repeat_gain: number("repeat_gain", &raw.repeat_gain),
            tilt_smoothing: number("tilt_smoothing", &raw.tilt_smoothing),
            balanced_evidence: number("balanced_evidence", &raw.balanced_evidence),
            least_evidence: number("least_evidence", &raw.least_evidence),
            least_skills: raw.least_skills,
            least_density: number("least_density", &raw.least_density),
            away_share: number("away_share", &raw.away_share),
            calibration_slope: number("calibration_slope", &raw.calibration_slope),
            calibration_tilt: number("calibration_tilt", &raw.calibration_tilt),
            required: number("required", &requirement.required),
            preferred: number("preferred", &requirement.preferred),
            unstated: number("unstated", &requirement.unstated),
            balanced_tilt: self.number(file, "balanced_tilt", &raw.balanced_tilt, 1.0),
            section_factors,
        }
    }

    /// A number from 0 to `most`, or a finding.
    fn number(&mut self, file: File<'f>, what: &str, value: &Spanned<f64>, most: f64) -> f64 {
        let number = *value.get_ref();
        if !(0.0..=most).contains(&number) {
            let message = format!("{what} is {number:?}; expected 0 to {most}");
            self.findings.push(file.error(Code::OutOfRange, value.span(), message));
        }
        number
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
                Some(section) => {
                    let phrases = phrases.iter().filter_map(|phrase| self.phrase(file, phrase));
                    headings.extend(phrases.map(|phrase| (phrase, section)));
                }
                None => self.unknown_word(file, &name, "section", Section::ALL.map(Section::name)),
            }
        }
        headings
    }

    fn declared_sources(&mut self, manifest: &RawManifest) -> Vec<DeclaredSource> {
        let file = File { name: "lexicon.toml", text: self.files.get("lexicon.toml").unwrap_or_default() };
        let mut seen = HashSet::new();
        let mut declared = Vec::with_capacity(manifest.source.len());
        for raw in &manifest.source {
            if !seen.insert(raw.id.get_ref()) {
                let message = format!("the source {:?} is declared twice", raw.id.get_ref());
                self.findings.push(file.error(Code::DuplicateId, raw.id.span(), message).help("rename one of them"));
            }
            declared.push(DeclaredSource {
                id: raw.id.get_ref().clone(),
                title: raw.title.clone(),
                licence: raw.licence.clone(),
                codes: raw.codes,
            });
        }
        declared
    }

    fn cues(&mut self, raw: RawCues) -> Cues {
        let file = File { name: "cues.toml", text: self.files.get("cues.toml").unwrap_or_default() };
        let mut keys = |phrases: Vec<Spanned<String>>| {
            phrases.iter().filter_map(|phrase| self.phrase(file, phrase)).map(|phrase| fold_key(&phrase)).collect()
        };
        Cues {
            negation_before: keys(raw.negation.before),
            negation_after: keys(raw.negation.after),
            negation_except: keys(raw.negation.except),
            preferred: keys(raw.preferred.phrases),
            required: keys(raw.required.phrases),
            clause_breaks: keys(raw.clause.phrases),
        }
    }

    /// A phrase that holds something to match, or a finding.
    fn phrase(&mut self, file: File<'f>, phrase: &Spanned<String>) -> Option<String> {
        if phrase.get_ref().contains(is_word_char) {
            return Some(phrase.get_ref().clone());
        }
        self.findings.push(file.nothing_to_match("phrase", phrase.span(), phrase.get_ref()));
        None
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
            categories.push(Category {
                id: stem.to_owned(),
                title: raw.title,
                technical: raw.technical,
                file: file.name.to_owned(),
            });
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
            let text = self.files.get(&role.file).unwrap_or_default();
            let file = File { name: &role.file, text };
            for statement in &role.statements {
                if !cited.contains(&(role.side, statement.number)) {
                    let message = format!("no skill rests on statement {}: {}", statement.number, statement.text);
                    let line = statement.line.start..statement.line.end;
                    self.findings.push(file.error(Code::UncoveredStatement, line, message).help(format!(
                        "add `role:{}#{}` to the sources of the skill it describes",
                        role.id, statement.number
                    )));
                }
            }
        }
    }

    fn weights(&mut self, skills: &mut [Skill]) {
        let Some(text) = self.files.get(weights::FILE) else { return };
        let file = File { name: weights::FILE, text };
        let places: HashMap<String, usize> =
            skills.iter().enumerate().map(|(at, skill)| (skill.id.clone(), at)).collect();
        let mut seen = HashSet::new();
        for row in weights::parse(text, &mut self.findings) {
            if !seen.insert(row.skill_id.clone()) {
                let message = format!("{} has a weight already", row.skill_id);
                let help = "keep one line for each skill";
                self.findings.push(file.error(Code::DuplicateId, row.span.clone(), message).help(help));
            }
            match places.get(&row.skill_id) {
                Some(at) => skills[*at].weight = row.weight,
                None => {
                    let finding =
                        file.error(Code::UnknownWord, row.span, format!("no skill is called {:?}", row.skill_id));
                    self.findings.push(finding.warning().help("run `rolelean lexicon fit` again"));
                }
            }
        }
    }
}

/// Reads a file as TOML, or says where it is none or holds what is not expected.
pub(crate) fn parse_toml<T: DeserializeOwned>(file: File<'_>) -> Result<T, Box<Diagnostic>> {
    toml::from_str(file.text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let (message, help) = plain(error.message());
        let finding = file.error(Code::Syntax, span, message);
        Box::new(match help {
            Some(help) => finding.help(help),
            None => finding,
        })
    })
}

/// What the TOML reader says, in words for people who do not program, and what to do.
fn plain(message: &str) -> (String, Option<String>) {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if message.starts_with("unknown field") {
        let word = quoted.next().unwrap_or_default();
        let known: Vec<&str> = quoted.collect();
        let help = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "take it out, or write the key that was meant".to_owned(),
        };
        return (format!("no key is called {word:?} here; expected one of: {}", known.join(", ")), Some(help));
    }
    if let Some(key) = message.strip_prefix("missing field ") {
        let key = key.trim_matches('`');
        return (format!("the key {key:?} is missing here"), Some(format!("add a line `{key} = ...`")));
    }
    let told = SYNTAX.iter().find(|(theirs, ..)| message.starts_with(theirs));
    if let Some((_, ours, help)) = told {
        return ((*ours).to_owned(), Some((*help).to_owned()));
    }
    let words = TYPES.iter().fold(message.to_owned(), |words, (theirs, ours)| words.replace(theirs, ours));
    (words, None)
}

/// How messages of the TOML reader begin, what they mean, and what to do.
const SYNTAX: [(&str, &str, &str); 3] = [
    ("invalid basic string", "this text does not end", "close it with a quotation mark on the same line"),
    (
        "missing comma between array elements",
        "a comma or a closing bracket is missing before this",
        "put a comma between the items of a list, and `]` after the last",
    ),
    ("duplicate key", "this key stands in this table already", "keep one of the two lines"),
];

/// Words of the reader, and ours.
const TYPES: [(&str, &str); 8] = [
    ("invalid type: string ", "found the text "),
    ("invalid type: integer ", "found the number "),
    ("invalid type: ", "found "),
    (", expected u8", ", expected 1, 2 or 3"),
    (", expected usize", ", expected a whole number"),
    (", expected f64", ", expected a number such as 1.0"),
    (", expected a sequence", ", expected a list in brackets"),
    (", expected a string", ", expected a text in quotation marks"),
];

fn hash(files: &Files) -> String {
    let mut digest = Sha256::new();
    for (path, text) in files.all() {
        digest.update(path.as_bytes());
        digest.update([0]);
        digest.update(text.as_bytes());
        digest.update([0]);
    }
    hexadecimal(&digest.finalize())
}

pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
