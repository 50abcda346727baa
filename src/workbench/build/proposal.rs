//! The skills of a built lexicon: known ones and new terms, with side, strength and origin.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::background::Background;
use super::description::Description;
use super::keyness::{Counts, against_background, against_other_side};
use super::known::{Known, Origin, Search, families};
use super::terms::{StatementRef, Term, terms};
use super::words::uninflected;
use crate::lexicon::{Case, Citation, Lexicon, Side, Skill, SkillLeaning};
use crate::text::normalise;
use crate::workbench::folder::slug;

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
}

impl Proposer<'_> {
    /// Known skills first, then terms that none of them covers.
    pub(crate) fn proposals(&self) -> Vec<Proposal> {
        let search =
            Search { catalogue: self.catalogue, descriptions: self.descriptions, by_statements: self.by_statements };
        let mut proposals: Vec<Proposal> = search.known().iter().map(|known| self.of_catalogue(known)).collect();
        let taken: BTreeSet<String> =
            proposals.iter().flat_map(|known| &known.skill.forms).map(|form| form.key.to_string()).collect();
        let mut ids: BTreeSet<String> = proposals.iter().map(|known| known.skill.id.clone()).collect();
        self.new_terms(&mut proposals, &taken, &mut ids);
        for proposal in &mut proposals {
            self.keep_role_names(proposal);
        }
        proposals.sort_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| a.skill.id.cmp(&b.skill.id)));
        give_each_form_one_owner(&mut proposals);
        proposals
    }

    /// A role's own name speaks for it, however often the other's description compares.
    fn keep_role_names(&self, proposal: &mut Proposal) {
        for side in Side::BOTH {
            let label = normalise(&self.descriptions[side.index()].label);
            if proposal.skill.forms.iter().any(|form| form.key == *label) {
                proposal.skill.leaning = SkillLeaning::Toward(side);
                proposal.skill.strength = proposal.skill.strength.max(2);
            }
        }
    }

    fn of_catalogue(&self, known: &Known) -> Proposal {
        let skill = self.catalogue.skill(known.skill);
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
                ..skill.clone()
            },
            category: self.catalogue.category_of(skill).id.clone(),
            origin: known.origin,
            rank: rank(keyness, known.statements.len()) + if is_named { 1.0 } else { 0.0 },
            statements: known.statements.clone(),
            keyness,
        }
    }

    fn new_terms(&self, proposals: &mut Vec<Proposal>, taken: &BTreeSet<String>, ids: &mut BTreeSet<String>) {
        let families = families(self.background);
        let all = terms(self.descriptions);
        let used: BTreeSet<&String> = all.values().flat_map(|term| term.variants.keys()).chain(taken).collect();
        let mut covered: BTreeSet<StatementRef> =
            proposals.iter().flat_map(|known| known.statements.iter().copied()).collect();
        let mut spare = Vec::new();
        for term in all.values() {
            if term.variants.keys().any(|variant| taken.contains(variant)) {
                continue;
            }
            let family = match term.words.as_slice() {
                [word] if word.chars().count() >= LEAST_FAMILY => {
                    let others = families.get(uninflected(word)).into_iter().flatten().copied();
                    others.filter(|other| !used.contains(&(*other).to_owned())).take(MOST_FAMILY).collect()
                }
                _ => Vec::new(),
            };
            let proposal = self.of_term(term, &family, ids);
            if self.is_key(term) {
                ids.insert(proposal.skill.id.clone());
                covered.extend(&proposal.statements);
                proposals.push(proposal);
            } else {
                spare.push((self.background_z(term) + term.c_value, proposal));
            }
        }
        self.cover(proposals, spare, &mut covered, ids);
    }

    /// Every statement is to be covered: one that says nothing remarkable gives its most
    /// remarkable term, as a weak skill.
    fn cover(
        &self,
        proposals: &mut Vec<Proposal>,
        mut spare: Vec<(f64, Proposal)>,
        covered: &mut BTreeSet<StatementRef>,
        ids: &mut BTreeSet<String>,
    ) {
        spare.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.skill.id.cmp(&b.1.skill.id)));
        for (_, mut proposal) in spare {
            if !proposal.statements.is_subset(covered) && ids.insert(proposal.skill.id.clone()) {
                covered.extend(&proposal.statements);
                proposal.skill.strength = 1;
                proposal.skill.note =
                    Some("an everyday word, kept because nothing else covers its statement".to_owned());
                proposal.rank = 0.0;
                proposals.push(proposal);
            }
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
        proposal.skill.forms.retain(|form| form.case == Case::Exact || owned.insert(form.key.clone()));
    }
    proposals.retain(|proposal| !proposal.skill.forms.is_empty());
}

/// The categories of terms that the catalogue does not know.
pub(crate) const LEFT_TERMS: &str = "left-terms";
pub(crate) const RIGHT_TERMS: &str = "right-terms";
pub(crate) const SHARED_TERMS: &str = "shared-terms";

/// The category of new terms, by what they speak for.
fn terms_category(leaning: SkillLeaning) -> &'static str {
    match leaning.side() {
        Some(Side::Left) => LEFT_TERMS,
        Some(Side::Right) => RIGHT_TERMS,
        None => SHARED_TERMS,
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
