//! From the files as written to a lexicon, or to everything that is wrong with it.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::diagnostic::{Code, Diagnostic, LexiconError, errors_and_warnings};
use super::files::{File, Files};
use super::parse::parse_toml;
use super::raw::{RawCategory, RawCues, RawDuties, RawHeadings, RawManifest, RawPassageCues, RawRole};
use super::scoring::{SectionFactors, out_of_range};
use super::skill_check::{Registry, SkillCheck};
use super::{
    Beside, Category, Citation, Cues, DeclaredSource, DutyClasses, Lexicon, Role, Scoring, Side, Skill, SkillLeaning,
    duty_check, statements, weights,
};
use crate::document::{PassageCue, Section};
use crate::text::{is_word_char, nearest, normalise};

/// Checks the files as a whole.
pub(crate) fn validate(name: &str, files: &Files) -> Result<Lexicon, LexiconError> {
    let mut checker = Checker { files, findings: Vec::new() };
    let lexicon = checker.lexicon();
    let (errors, warnings) = errors_and_warnings(checker.findings);
    match lexicon {
        Some(lexicon) if errors.is_empty() => Ok(Lexicon { warnings, ..lexicon }),
        _ => Err(LexiconError { name: name.to_owned(), errors }),
    }
}

struct Checker<'f> {
    files: &'f Files,
    findings: Vec<Diagnostic>,
}

impl<'f> Checker<'f> {
    fn lexicon(&mut self) -> Option<Lexicon> {
        let manifest_file = self.file("lexicon.toml")?;
        let manifest: RawManifest = self.parse(manifest_file)?;
        let headings = self.file("headings.toml").and_then(|file| self.headings(file));
        let cues = self.file("cues.toml").and_then(|file| self.cues(file));
        let roles = self.roles(manifest_file, &manifest)?;
        let sources = self.declared_sources(manifest_file, &manifest);
        self.ranges(manifest_file);
        let section_factors = self.section_factors(manifest_file, &manifest);
        let duties = self.duties();
        let (categories, mut skills) = self.skills(&roles, &sources, &duties, &manifest.scoring);
        let (headings, cues) = (headings?, cues?);
        // What a file that cannot be read would have covered or named is not known.
        if !self.findings.iter().any(|finding| finding.code == Code::Syntax) {
            self.coverage(&roles, &skills);
            self.weights(&mut skills);
        }
        Some(Lexicon {
            name: manifest.name,
            version: manifest.version,
            description: manifest.description,
            apart: manifest.apart.iter().map(|form| normalise(form)).collect(),
            hash: self.files.sha256(),
            files: self.files.clone(),
            roles,
            categories,
            skills: skills.into(),
            sources,
            headings: headings.into(),
            cues: cues.into(),
            duties: duties.into(),
            scoring: manifest.scoring,
            section_factors,
            requirement_factors: manifest.requirement_factors,
            neither: manifest.neither,
            warnings: Vec::new(),
        })
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

    fn parse<T: DeserializeOwned>(&mut self, file: File<'f>) -> Option<T> {
        parse_toml(file).map_err(|finding| self.findings.push(*finding)).ok()
    }

    fn roles(&mut self, file: File<'f>, manifest: &RawManifest) -> Option<[Role; 2]> {
        let [left, right] = manifest.role.as_slice() else {
            let span = manifest.role.get(2).or(manifest.role.last()).map_or(0..0, Spanned::span);
            let message = format!("expected two [[role]] tables, found {}", manifest.role.len());
            self.findings.push(file.error(Code::Syntax, span, message).help("a lexicon compares exactly two roles"));
            return None;
        };
        let (left, right) = (left.get_ref(), right.get_ref());
        self.role_names(file, [left, right]);
        let (left, right) = (self.role(file, left, Side::Left), self.role(file, right, Side::Right));
        Some([left?, right?])
    }

    fn role(&mut self, file: File<'f>, raw: &RawRole, side: Side) -> Option<Role> {
        let path = raw.statements.get_ref();
        let Some(text) = self.files.get(path) else {
            let message = format!("the role description {path} is not in the folder");
            let near = nearest(path, self.files.under("roles").map(|(name, _)| name));
            self.findings.push(
                file.error(Code::MissingFile, raw.statements.span(), message)
                    .did_you_mean(near, "write the description, a numbered sentence a line"),
            );
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
            if [SkillLeaning::SHARED, SkillLeaning::OTHER_PROFESSION].contains(&word.get_ref().as_str()) {
                let message = format!("{:?} is a leaning of its own, not the name of a side", word.get_ref());
                self.findings.push(file.error(Code::UnknownLeaning, word.span(), message).help("rename the side"));
            }
        }
    }

    /// Every number of the manifest must be in its range.
    fn ranges(&mut self, file: File<'f>) {
        for outside in out_of_range(file.text) {
            let (least, most) = (outside.range.start(), outside.range.end());
            let message = format!("{} is {:?}; expected {least} to {most}", outside.what, outside.number);
            self.findings.push(file.error(Code::OutOfRange, outside.span, message));
        }
    }

    fn section_factors(&mut self, file: File<'f>, manifest: &RawManifest) -> SectionFactors {
        let known = manifest.section_factors.iter();
        SectionFactors::new(
            known.filter_map(|(name, factor)| Some((self.section(file, name, &SectionFactors::SECTIONS)?, *factor))),
        )
    }

    /// The one of `sections` that has this name, or a finding.
    fn section(&mut self, file: File<'f>, name: &Spanned<String>, sections: &[Section]) -> Option<Section> {
        let section = sections.iter().copied().find(|section| section.name() == name.get_ref());
        if section.is_none() {
            let names: Vec<&str> = sections.iter().map(|section| section.name()).collect();
            self.findings.push(file.unknown(Code::UnknownWord, "section", name, &names));
        }
        section
    }

    fn headings(&mut self, file: File<'f>) -> Option<Vec<(String, Section)>> {
        let raw: RawHeadings = self.parse(file)?;
        let mut headings = Vec::new();
        for (name, phrases) in raw {
            let Some(section) = self.section(file, &name, &Section::OPENED) else { continue };
            let phrases = phrases.iter().filter_map(|phrase| self.phrase(file, phrase));
            headings.extend(phrases.map(|phrase| (phrase, section)));
        }
        Some(headings)
    }

    fn declared_sources(&mut self, file: File<'f>, manifest: &RawManifest) -> Vec<DeclaredSource> {
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

    fn cues(&mut self, file: File<'f>) -> Option<Cues> {
        let raw: RawCues = self.parse(file)?;
        let mut keys = |phrases: Vec<Spanned<String>>| -> Vec<String> {
            phrases.iter().filter_map(|phrase| self.phrase(file, phrase)).map(|phrase| normalise(&phrase)).collect()
        };
        let mut sorted = |phrases| {
            let mut keys = keys(phrases);
            keys.sort_unstable();
            keys
        };
        let beside = Beside {
            people: sorted(raw.colleagues.people),
            own: raw.colleagues.own,
            people_end: sorted(raw.colleagues.end),
            employer_opening: sorted(raw.employer.opening),
            employer_before: sorted(raw.employer.before),
            employer_after: sorted(raw.employer.after),
            person_before: sorted(raw.person.before),
            person_after: sorted(raw.person.after),
            given_names: sorted(raw.person.given),
            letter_before: sorted(raw.letter.before),
            elsewhere_before: sorted(raw.elsewhere.before),
            elsewhere_after: sorted(raw.elsewhere.after),
            others_after: sorted(raw.others.after),
            asking: sorted(raw.asking.words),
            asking_before: sorted(raw.asking.before),
            asking_after: sorted(raw.asking.after),
        };
        Some(Cues {
            negation_before: keys(raw.negation.before),
            negation_after: keys(raw.negation.after),
            negation_except: keys(raw.negation.except),
            preferred: keys(raw.preferred.phrases),
            preferred_before: keys(raw.preferred.before),
            required: keys(raw.required.phrases),
            clause_breaks: keys(raw.clause.phrases),
            negation_prefix: keys(raw.negation.prefix),
            refusals: keys(raw.negation.refusal),
            colleagues: keys(raw.colleagues.before),
            others: keys(raw.others.before),
            beside,
            passages: self.passage_cues(file, raw.passages),
        })
    }

    /// The classes of duties; a lexicon without the file has none.
    fn duties(&mut self) -> DutyClasses {
        let Some(text) = self.files.get("duties.toml") else { return DutyClasses::default() };
        let file = File { name: "duties.toml", text };
        let Some(raw) = self.parse::<RawDuties>(file) else { return DutyClasses::default() };
        duty_check::classes(file, &raw, &mut self.findings)
    }

    fn passage_cues(
        &mut self,
        file: File<'f>,
        raw: BTreeMap<Spanned<String>, RawPassageCues>,
    ) -> Vec<(String, Section, PassageCue)> {
        let mut cues = Vec::new();
        for (name, RawPassageCues { strong, weak, opening }) in raw {
            let Some(section) = self.section(file, &name, &Section::ALL) else { continue };
            let lists = [(strong, PassageCue::Strong), (weak, PassageCue::Weak), (opening, PassageCue::Opening)];
            for (phrases, cue) in lists {
                let phrases = phrases.iter().filter_map(|phrase| self.phrase(file, phrase));
                cues.extend(phrases.map(|phrase| (normalise(&phrase), section, cue)));
            }
        }
        cues
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
        duties: &DutyClasses,
        scoring: &Scoring,
    ) -> (Vec<Category>, Vec<Skill>) {
        let mut categories = Vec::new();
        let mut skills = Vec::new();
        let mut registry = Registry::default();
        let files = self.files.under("skills").filter(|(name, _)| name.ends_with(".toml"));
        for file in files.map(|(name, text)| File { name, text }) {
            let Some(raw) = self.parse::<RawCategory>(file) else { continue };
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
                jobs: raw.jobs,
                file: file.name.to_owned(),
            });
            for raw_skill in raw.skill {
                let mut one = SkillCheck { file, roles, sources, duties, scoring, findings: &mut self.findings };
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
    fn coverage(&mut self, roles: &[Role; 2], skills: &[Skill]) {
        let cited: HashSet<(Side, usize)> =
            skills.iter().flat_map(|skill| &skill.sources).filter_map(Citation::statement).collect();
        for role in roles {
            let file = File { name: &role.file, text: self.files.get(&role.file).unwrap_or_default() };
            for statement in &role.statements {
                if !statement.open && !cited.contains(&(role.side, statement.number)) {
                    let message = format!("no skill rests on statement {}: {}", statement.number, statement.text);
                    let line = statement.line.start..statement.line.end;
                    self.findings.push(file.error(Code::UncoveredStatement, line, message).help(format!(
                        "add `role:{}#{}` to the sources of the skill it describes, or end the line with [open]",
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
        for row in weights::parse(file, &mut self.findings) {
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
