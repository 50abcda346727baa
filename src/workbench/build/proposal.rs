//! The skills of a built lexicon: known ones and new terms, with side, strength and origin.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::background::Background;
use super::description::Description;
use super::duties::{Duties, FoundDuty};
use super::everyday::is_everyday;
use super::keyness::{Counts, against_background, against_other_side};
use super::known::{Known, Origin, Search, families, stems};
use super::terms::{StatementRef, Term, terms};
use super::titles::{Title, has_words, job_names, other_jobs};
use super::words::uninflected;
use crate::lexicon::{Case, Citation, Duty, Lexicon, Side, Skill, SkillLeaning};
use crate::matching::with_plurals;
use crate::text::normalise;
use crate::workbench::folder::{JUDGEMENT, slug};

/// From this z-score against the background on, a term says something (two-sided, 5 %).
const KEY: f64 = 1.96;
/// A single word that never stands alone must say more.
const KEY_INSIDE: f64 = 3.0;
/// From these z-scores against the other side on, a skill is of strength 2 and 3. With the
/// prior that `keyness` takes, a term of one side alone reaches them at two and at five
/// mentions.
const STRENGTHS: [f64; 2] = [0.9, 1.5];
/// The least strength of a skill of the catalogue that a description names.
const NAMED: u8 = 2;
/// Below this z-score a term that both sides use is shared (two-sided, 5 %).
const APART: f64 = 1.96;
/// The z-score that stands for a role's own title.
const TITLE: f64 = 9.0;
/// From this many statements on an everyday word is a subject of the description.
const LEAST_OF_SUBJECT: usize = 3;
/// Named skills in the example of a duty, which counts only among such.
const NAMES_IN_EXAMPLE: usize = 3;
/// The shortest word whose other inflections are taken from the background list.
const LEAST_FAMILY: usize = 5;
/// How many of them at most.
const MOST_FAMILY: usize = 4;

/// A skill of a lexicon that is being built.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The skill as it would stand in the lexicon; of its sources, only the outside ones.
    pub skill: Skill,
    /// The category it goes to.
    pub category: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The statements it rests on: side and number.
    pub statements: BTreeSet<(Side, usize)>,
    /// The z-score against the other side, positive where the right has more of it.
    pub keyness: f64,
    /// How much it is worth a look: larger first.
    pub rank: f64,
}

impl Proposal {
    /// The skill with all its sources, the statements first.
    pub(crate) fn with_sources(&self) -> Skill {
        let statements =
            self.statements.iter().map(|(side, number)| Citation::Statement { side: *side, number: *number });
        Skill { sources: statements.chain(self.skill.sources.iter().cloned()).collect(), ..self.skill.clone() }
    }
}

/// Everything proposals are made from.
pub(crate) struct Proposer<'p> {
    pub catalogue: &'p Arc<Lexicon>,
    pub background: &'p Background,
    pub descriptions: [&'p Description; 2],
    /// Content words of each.
    pub words: [usize; 2],
    pub by_statements: bool,
    pub titles: &'p [Title; 2],
    pub duties: &'p Duties,
}

impl Proposer<'_> {
    /// The roles' titles first, then known skills, then terms that none of them covers, then
    /// duties that none of those names; and the names of other jobs.
    pub(crate) fn proposals(&self) -> Vec<Proposal> {
        let search =
            Search { catalogue: self.catalogue, descriptions: self.descriptions, by_statements: self.by_statements };
        let mut proposals = self.of_titles();
        proposals.extend(search.known().iter().flat_map(|known| self.of_catalogue(known)));
        let mut ids: BTreeSet<String> = BTreeSet::new();
        proposals.retain(|known| ids.insert(known.skill.id.clone()));
        give_each_form_one_owner(&mut proposals);
        self.new_terms(&mut proposals, &mut ids);
        self.new_duties(&mut proposals, &mut ids);
        proposals.sort_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| a.skill.id.cmp(&b.skill.id)));
        proposals.extend(self.other_jobs(&ids));
        give_each_form_one_owner(&mut proposals);
        proposals
    }

    /// A role's own name speaks for it, however often the other's description compares; and so
    /// does, less strongly, the name of its field.
    fn of_titles(&self) -> Vec<Proposal> {
        let of_side = |side: Side| {
            let Title { names, fields, .. } = &self.titles[side.index()];
            // The other role may work in the same field, and compare itself with this role.
            let fields: Vec<String> = fields.iter().filter(|field| !self.says(side.other(), field)).cloned().collect();
            [self.of_title(side, "title", names, 3), self.of_title(side, "field", &fields, 2)]
        };
        Side::BOTH.into_iter().flat_map(of_side).flatten().collect()
    }

    fn of_title(&self, side: Side, what: &str, names: &[String], strength: u8) -> Option<Proposal> {
        let id = slug(names.first()?);
        let leaning = SkillLeaning::Toward(side);
        let statements: BTreeSet<StatementRef> = (1..)
            .zip(&self.descriptions[side.index()].statements)
            .filter(|(_, statement)| names.iter().any(|name| has_words(&normalise(&statement.text), name)))
            .map(|(number, _)| (side, number))
            .collect();
        let plain = Skill::plain(&id, names.first()?, leaning, strength, names.iter().map(String::as_str));
        Some(Proposal {
            skill: Skill {
                sources: if statements.is_empty() { vec![judgement()] } else { Vec::new() },
                note: Some(format!("the {what} of the role itself")),
                ..plain
            },
            category: terms_category(leaning).to_owned(),
            origin: Origin::Title,
            statements,
            keyness: side.sign() * TITLE,
            rank: TITLE + f64::from(strength),
        })
    }

    /// Whether a description has these words, one after the other.
    fn says(&self, side: Side, words: &str) -> bool {
        let statements = &self.descriptions[side.index()].statements;
        statements.iter().any(|statement| has_words(&normalise(&statement.text), words))
    }

    /// What the catalogue knows of other jobs: a posting for one of them is for neither role.
    fn other_jobs(&self, ids: &BTreeSet<String>) -> Vec<Proposal> {
        let jobs = other_jobs(self.catalogue, self.titles).into_iter().filter(|skill| !ids.contains(&skill.id));
        let proposal = |skill: Skill| Proposal {
            skill: Skill { sources: vec![judgement()], ..skill },
            category: OTHER_JOBS.to_owned(),
            origin: Origin::OtherJob,
            statements: BTreeSet::new(),
            keyness: 0.0,
            rank: 0.0,
        };
        jobs.map(proposal).collect()
    }

    /// A known skill; two of them where some of its forms stand in one description alone and
    /// others in the other.
    fn of_catalogue(&self, known: &Known) -> Vec<Proposal> {
        let parts = known.split();
        let several = parts.len() > 1;
        parts.iter().map(|(part, side)| self.of_known(part, side.filter(|_| several))).collect()
    }

    /// A known skill, or the part of it that one side has.
    fn of_known(&self, known: &Known, part: Option<Side>) -> Proposal {
        let skill = self.catalogue.skill(known.skill);
        let forms = skill.forms.iter().filter(|form| part.is_none() || known.forms.contains_key(form.key.as_str()));
        let forms: Vec<_> = forms.filter(|form| !self.is_title(&form.key)).cloned().collect();
        let (id, name) = match (part, forms.first()) {
            (Some(_), Some(form)) => (slug(&form.text), form.text.to_string()),
            _ => (skill.id.clone(), skill.name.clone()),
        };
        let mut own = [0; 2];
        let mut common = 0;
        for (side, number) in &known.statements {
            let statement = &self.descriptions[side.index()].statements[number - 1];
            *(if statement.shared { &mut common } else { &mut own[side.index()] }) += 1;
        }
        let background = skill.forms.iter().map(|form| self.share(form.key.split(' '))).fold(0.0, f64::max);
        let (leaning, keyness) = self.leaning(own, common, background.max(f64::MIN_POSITIVE));
        // What is only implied stays shared where the catalogue has it as shared.
        let is_shared = known.origin == Origin::Implied && skill.leaning == SkillLeaning::Shared;
        let is_named = known.origin == Origin::Named;
        // What people took up as a skill says more than a word that stands in a description.
        let strength = if is_named { strength(keyness).max(NAMED) } else { 1 };
        let sources = skill.sources.iter().filter(|source| source.statement().is_none()).cloned().collect();
        Proposal {
            skill: Skill {
                leaning: if is_shared { SkillLeaning::Shared } else { leaning },
                strength,
                sources,
                id,
                name,
                forms,
                does: Vec::new(),
                ..skill.clone()
            },
            category: self.catalogue.category_of(skill).id.clone(),
            origin: known.origin,
            rank: rank(keyness, known.statements.len()) + if is_named { 1.0 } else { 0.0 },
            statements: known.statements.clone(),
            keyness,
        }
    }

    /// Whether a form is the title of a role, which is a skill of its own.
    fn is_title(&self, form: &str) -> bool {
        self.titles.iter().any(|title| title.names.iter().chain(&title.fields).any(|name| name == form))
    }

    fn new_terms(&self, proposals: &mut Vec<Proposal>, ids: &mut BTreeSet<String>) {
        let families = families(self.background);
        let all = terms(self.descriptions);
        let taken: BTreeSet<String> =
            proposals.iter().flat_map(|known| &known.skill.forms).map(|form| form.key.to_string()).collect();
        let known: BTreeSet<String> = taken.iter().map(|form| sorted_stems(form)).collect();
        let jobs = job_names(self.catalogue);
        let used: BTreeSet<&String> = all.values().flat_map(|term| term.variants.keys()).chain(&taken).collect();
        let mut proposed = Vec::new();
        for (key, term) in &all {
            if known.contains(key) || !self.is_key(term) {
                continue;
            }
            let family = match term.words.as_slice() {
                [word] if word.chars().count() >= LEAST_FAMILY => {
                    let others = families.get(uninflected(word)).into_iter().flatten().copied();
                    others.filter(|other| !used.contains(&(*other).to_owned())).take(MOST_FAMILY).collect()
                }
                _ => Vec::new(),
            };
            let mut proposal = self.of_term(term, &family, ids);
            if let Some(why) = unconfirmed(term, &jobs) {
                proposal.skill.strength = 0;
                proposal.skill.note = Some(why.to_owned());
            }
            ids.insert(proposal.skill.id.clone());
            proposed.push(proposal);
        }
        proposals.extend(proposed);
    }

    /// Duties whose object is no telling word by itself: with its verb it may be one.
    fn new_duties(&self, proposals: &mut Vec<Proposal>, ids: &mut BTreeSet<String>) {
        let telling: BTreeSet<String> = proposals
            .iter()
            .filter(|proposal| proposal.skill.strength > 0)
            .flat_map(|proposal| &proposal.skill.forms)
            .map(|form| sorted_stems(&form.key))
            .collect();
        let mut proposed = Vec::new();
        for ((verb, object), found) in &self.duties.found {
            let class = &self.duties.classes.objects[usize::from(*object)];
            if telling.contains(&sorted_stems(&class.name)) || !ids.insert(slug(&found.name)) {
                continue;
            }
            proposed.push(self.of_duty(FoundDuty::duty(*verb, *object), found, &class.name, proposals));
        }
        proposals.extend(proposed);
    }

    fn of_duty(&self, duty: Duty, found: &FoundDuty, object: &str, proposals: &[Proposal]) -> Proposal {
        let mut own = [0; 2];
        let mut common = 0;
        for (side, number) in &found.statements {
            let statement = &self.descriptions[side.index()].statements[number - 1];
            *(if statement.shared { &mut common } else { &mut own[side.index()] }) += 1;
        }
        let (leaning, keyness) = self.leaning(own, common, self.share(std::iter::once(object)));
        let plain = Skill::plain(&slug(&found.name), &found.name, leaning, 1, []);
        let named: Vec<&str> = proposals
            .iter()
            .filter_map(|known| Some(known.skill.forms.first()?.text.as_str()))
            .take(NAMES_IN_EXAMPLE)
            .collect();
        let example = |(side, number): &StatementRef| {
            let text = self.descriptions[side.index()].statements[number - 1].text.trim_end_matches('.');
            format!("{text}. You know {}.", named.join(" and "))
        };
        Proposal {
            skill: Skill {
                does: vec![duty],
                yes: found.statements.iter().take(1).map(example).collect(),
                no: vec![format!("There is the {object}.")],
                ..plain
            },
            category: duties_category(leaning).to_owned(),
            origin: Origin::Duty,
            statements: found.statements.clone(),
            keyness,
            rank: rank(keyness, found.statements.len()),
        }
    }

    fn is_key(&self, term: &Term) -> bool {
        let least = if term.c_value > 0.0 { KEY } else { KEY_INSIDE };
        self.background_z(term) >= least && (term.c_value > 0.0 || term.words.len() == 1)
    }

    fn background_z(&self, term: &Term) -> f64 {
        let [left, right] = self.words;
        let rarest = term.words.iter().min_by(|a, b| self.background.count(a).total_cmp(&self.background.count(b)));
        let there = rarest.map_or(1.0, |word| self.background.count(word));
        let share = self.share(term.words.iter().map(String::as_str));
        against_background(term.count() as f64, (left + right) as f64, there, share)
    }

    fn of_term(&self, term: &Term, family: &[&str], ids: &BTreeSet<String>) -> Proposal {
        let (leaning, keyness) = self.leaning(term.own, term.common, self.share(term.words.iter().map(String::as_str)));
        let name = name(term);
        let id = slug(&name);
        let id = if ids.contains(&id) { format!("{id}-term") } else { id };
        let written = term.variants.iter().map(|(key, (text, _))| if is_name(text) { text.as_str() } else { key });
        let forms: BTreeSet<&str> = written.chain(family.iter().copied()).collect();
        Proposal {
            skill: Skill::plain(&id, &name, leaning, strength(keyness), forms),
            category: terms_category(leaning).to_owned(),
            origin: Origin::Proposed,
            statements: term.statements.clone(),
            keyness,
            rank: rank(keyness, term.statements.len()) + term.c_value / 10.0,
        }
    }

    /// What a skill speaks for that each side names so often in statements of its own, and so
    /// often in what both say; and how clearly.
    fn leaning(&self, own: [usize; 2], common: usize, background: f64) -> (SkillLeaning, f64) {
        let term = own.map(|count| count as f64);
        let words = self.words.map(|count| count as f64);
        let keyness = against_other_side(Counts { term, words, background });
        let leaning = match own {
            [left, right] if left + right < common => SkillLeaning::Shared,
            [0, 0] => SkillLeaning::Shared,
            [_, 0] => SkillLeaning::Toward(Side::Left),
            [0, _] => SkillLeaning::Toward(Side::Right),
            _ if keyness.abs() < APART => SkillLeaning::Shared,
            _ => Side::of_score(keyness).map_or(SkillLeaning::Shared, SkillLeaning::Toward),
        };
        (leaning, if leaning == SkillLeaning::Shared { 0.0 } else { keyness })
    }

    /// A phrase is at most as common as its rarest word.
    fn share<'w>(&self, words: impl Iterator<Item = &'w str>) -> f64 {
        words.map(|word| self.background.share(word)).fold(0.5, f64::min)
    }
}

/// Leaves a form that several skills have to the first; a skill left without any goes.
fn give_each_form_one_owner(proposals: &mut Vec<Proposal>) {
    let mut owned = BTreeSet::new();
    for proposal in proposals.iter_mut() {
        let mut owned_by_this = BTreeSet::new();
        proposal.skill.forms.retain(|form| {
            let spelled = with_plurals(&form.key);
            let is_free = form.case == Case::Exact || !spelled.iter().any(|spelled| owned.contains(spelled));
            owned_by_this.extend(spelled);
            is_free
        });
        owned.append(&mut owned_by_this);
    }
    proposals.retain(|proposal| !proposal.skill.forms.is_empty() || !proposal.skill.does.is_empty());
}

fn judgement() -> Citation {
    Citation::Declared { id: JUDGEMENT.to_owned(), code: None }
}

/// Why a term counts nothing until a person confirms it, if it does.
///
/// One everyday word says something only where it is a subject of the whole description.
fn unconfirmed(term: &Term, jobs: &BTreeSet<String>) -> Option<&'static str> {
    let is_job = |form: &String| jobs.contains(form) || jobs.contains(form.trim_end_matches('s'));
    if term.variants.keys().any(is_job) {
        return Some("the name of a job, most likely of colleagues; counts nothing until it is confirmed");
    }
    let [word] = term.words.as_slice() else { return None };
    let is_subject = term.statements.len() >= LEAST_OF_SUBJECT;
    (is_everyday(word) && !is_subject).then_some("an everyday word; counts nothing until it is confirmed")
}

/// What the variants of a form share.
fn sorted_stems(form: &str) -> String {
    let mut stems: Vec<String> = stems(form).into_iter().collect();
    stems.sort_unstable();
    stems.join(" ")
}

/// The categories of terms that the catalogue does not know.
pub(crate) const LEFT_TERMS: &str = "left-terms";
pub(crate) const RIGHT_TERMS: &str = "right-terms";
pub(crate) const SHARED_TERMS: &str = "shared-terms";
pub(crate) const LEFT_DUTIES: &str = "left-duties";
pub(crate) const RIGHT_DUTIES: &str = "right-duties";
pub(crate) const SHARED_DUTIES: &str = "shared-duties";
/// The category of the names of other jobs.
pub(crate) const OTHER_JOBS: &str = "other-jobs";

/// The category of new terms, by what they speak for.
fn terms_category(leaning: SkillLeaning) -> &'static str {
    match leaning.side() {
        Some(Side::Left) => LEFT_TERMS,
        Some(Side::Right) => RIGHT_TERMS,
        None => SHARED_TERMS,
    }
}

fn duties_category(leaning: SkillLeaning) -> &'static str {
    match leaning.side() {
        Some(Side::Left) => LEFT_DUTIES,
        Some(Side::Right) => RIGHT_DUTIES,
        None => SHARED_DUTIES,
    }
}

/// What tells the roles apart comes first, and of that what more statements speak of.
fn rank(keyness: f64, statements: usize) -> f64 {
    keyness.abs() + (statements as f64).ln() / 2.0
}

fn strength(keyness: f64) -> u8 {
    let [medium, strong] = STRENGTHS;
    1 + u8::from(keyness.abs() >= medium) + u8::from(keyness.abs() >= strong)
}

/// The commonest way of writing a term, in lower case unless it is a name.
fn name(term: &Term) -> String {
    let best = term.variants.iter().max_by(|a, b| a.1.1.cmp(&b.1.1).then_with(|| b.0.cmp(a.0)));
    best.map_or_else(String::new, |(key, (text, _))| if is_name(text) { text.clone() } else { key.clone() })
}

/// Whether capitals inside a word show that it is written so everywhere.
fn is_name(text: &str) -> bool {
    text.split(' ').any(|word| word.chars().skip(1).any(char::is_uppercase))
}
