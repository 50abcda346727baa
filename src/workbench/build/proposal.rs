//! What a built lexicon holds: known skills and new terms, with side, strength and why.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::background::Background;
use super::description::{Description, slug};
use super::keyness::{Counts, against_background, against_other_side};
use super::known::{Known, Search, Trail, families};
use super::terms::{Place, Term, terms};
use super::words::uninflected;
use crate::lexicon::{Case, Lexicon, Pull, Side, Skill};
use crate::text::normalise;

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

/// Where a skill of a built lexicon comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The catalogue, by this trail.
    Catalogue(Trail),
    /// The descriptions' own words.
    Proposed,
}

impl Origin {
    /// The word in the review list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Catalogue(Trail::Named) => "named",
            Self::Catalogue(Trail::Reworded) => "reworded",
            Self::Catalogue(Trail::Implied) => "implied",
            Self::Proposed => "proposed",
        }
    }
}

/// A skill of a lexicon that is being built.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The skill as it would stand in the lexicon, but for its sources.
    pub skill: Skill,
    /// The category it goes to.
    pub category: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The statements it rests on: side and number.
    pub places: BTreeSet<(Side, usize)>,
    /// The z-score against the other side, positive where the right has more of it.
    pub keyness: f64,
    /// How much it is worth a look: larger first.
    pub rank: f64,
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
            proposals.iter().flat_map(|known| &known.skill.forms).map(|form| form.key.clone()).collect();
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
            if proposal.skill.forms.iter().any(|form| form.key == label) {
                proposal.skill.pull = Pull::Toward(side);
                proposal.skill.strength = proposal.skill.strength.max(2);
            }
        }
    }

    fn of_catalogue(&self, known: &Known) -> Proposal {
        let skill = self.catalogue.skill(known.skill);
        let mut own = [0; 2];
        let mut common = 0;
        for (side, number) in &known.places {
            let said = &self.descriptions[side.index()].statements[number - 1];
            *(if said.shared { &mut common } else { &mut own[side.index()] }) += 1;
        }
        let background = skill.forms.iter().map(|form| self.share(form.key.split(' '))).fold(0.0, f64::max);
        let (pull, keyness) = self.pull(own, common, background.max(f64::MIN_POSITIVE));
        // What is only implied comes with the catalogue's word that both roles have it.
        let pull = if known.trail == Trail::Implied && skill.pull == Pull::Shared { Pull::Shared } else { pull };
        // What people took up as a skill says more than a word that stands in a description.
        let strength = if known.trail == Trail::Named { strength(keyness).max(NAMED) } else { 1 };
        Proposal {
            skill: Skill { pull, strength, ..skill.clone() },
            category: self.catalogue.category_of(skill).id.clone(),
            origin: Origin::Catalogue(known.trail),
            rank: rank(keyness, known.places.len()) + if known.trail == Trail::Named { 1.0 } else { 0.0 },
            places: known.places.clone(),
            keyness,
        }
    }

    fn new_terms(&self, proposals: &mut Vec<Proposal>, taken: &BTreeSet<String>, ids: &mut BTreeSet<String>) {
        let families = families(self.background);
        let all = terms(self.descriptions);
        let said: BTreeSet<&String> = all.values().flat_map(|term| term.variants.keys()).chain(taken).collect();
        let mut covered: BTreeSet<Place> = proposals.iter().flat_map(|known| known.places.iter().copied()).collect();
        let mut spare = Vec::new();
        for term in all.values() {
            if term.variants.keys().any(|variant| taken.contains(variant)) {
                continue;
            }
            let family = match term.words.as_slice() {
                [word] if word.chars().count() >= LEAST_FAMILY => {
                    let others = families.get(uninflected(word)).into_iter().flatten().copied();
                    others.filter(|other| !said.contains(&(*other).to_owned())).take(MOST_FAMILY).collect()
                }
                _ => Vec::new(),
            };
            let proposal = self.of_term(term, &family, ids);
            if self.is_key(term) {
                ids.insert(proposal.skill.id.clone());
                covered.extend(&proposal.places);
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
        covered: &mut BTreeSet<Place>,
        ids: &mut BTreeSet<String>,
    ) {
        spare.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.skill.id.cmp(&b.1.skill.id)));
        for (_, mut proposal) in spare {
            if !proposal.places.is_subset(covered) && ids.insert(proposal.skill.id.clone()) {
                covered.extend(&proposal.places);
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

    #[expect(clippy::cast_precision_loss, reason = "counts of words in a description")]
    fn background_z(&self, term: &Term) -> f64 {
        let [left, right] = self.words;
        let rarest = term.words.iter().min_by(|a, b| self.background.count(a).total_cmp(&self.background.count(b)));
        let there = rarest.map_or(1.0, |word| self.background.count(word));
        let share = self.share(term.words.iter().map(String::as_str));
        against_background(term.count() as f64, (left + right) as f64, there, share)
    }

    fn of_term(&self, term: &Term, family: &[&str], ids: &BTreeSet<String>) -> Proposal {
        let (pull, keyness) = self.pull(term.own, term.common, self.share(term.words.iter().map(String::as_str)));
        let name = name(term);
        let id = slug(&name);
        let id = if ids.contains(&id) { format!("{id}-term") } else { id };
        let written = term.variants.iter().map(|(key, (text, _))| if is_name(text) { text.as_str() } else { key });
        let forms: BTreeSet<&str> = written.chain(family.iter().copied()).collect();
        Proposal {
            skill: Skill::plain(&id, &name, pull, strength(keyness), forms),
            category: self.category(pull).to_owned(),
            origin: Origin::Proposed,
            places: term.places.clone(),
            keyness,
            rank: rank(keyness, term.places.len()) + term.c_value / 10.0,
        }
    }

    /// The category of new terms, by their pull.
    fn category(&self, pull: Pull) -> &'static str {
        match pull {
            Pull::Toward(Side::Left) => LEFT_TERMS,
            Pull::Toward(Side::Right) => RIGHT_TERMS,
            Pull::Shared | Pull::Away => SHARED_TERMS,
        }
    }

    /// Where a skill pulls that each side names so often in statements of its own, and so
    /// often in what both say.
    #[expect(clippy::cast_precision_loss, reason = "counts of words in a description")]
    fn pull(&self, own: [usize; 2], common: usize, background: f64) -> (Pull, f64) {
        let term = own.map(|count| count as f64);
        let words = self.words.map(|count| count as f64);
        let keyness = against_other_side(Counts { term, words, background });
        let pull = match own {
            [left, right] if left + right < common => Pull::Shared,
            [0, 0] => Pull::Shared,
            [_, 0] => Pull::Toward(Side::Left),
            [0, _] => Pull::Toward(Side::Right),
            _ if keyness.abs() < APART => Pull::Shared,
            _ => Side::of_score(keyness).map_or(Pull::Shared, Pull::Toward),
        };
        (pull, if pull == Pull::Shared { 0.0 } else { keyness })
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

/// What tells the roles apart comes first, and of that what more statements speak of.
#[expect(clippy::cast_precision_loss, reason = "counts of statements")]
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
