//! Skills that a catalogue knows already, found in two descriptions.
//!
//! Three ways lead to a skill, from the surest to the least sure: one of its forms stands
//! in a statement; all words of one of its forms stand in a statement, in another order or
//! inflection; or the statement reads like one of the catalogue's own role statements, on
//! which the catalogue rests the skill.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::background::Background;
use super::description::Description;
use super::terms::StatementRef;
use super::words::{uninflected, words};
use crate::classifier::Classifier;
use crate::lexicon::{Citation, Lexicon, Side, SkillId, SkillLeaning};

/// From this cosine of their stems on, two statements say the same.
const ALIKE: f64 = 0.75;
/// The fewest content words of a form that is looked for in other words.
const LEAST_WORDS: usize = 2;

/// Where a skill of a built lexicon comes from, the surest origin first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The catalogue: one of its forms stands in a statement.
    Named,
    /// The catalogue: all words of one of its forms stand in a statement.
    Reworded,
    /// The catalogue: a statement reads like one that the catalogue rests it on.
    Implied,
    /// The descriptions' own words.
    Proposed,
}

impl Origin {
    /// The word in the review list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Reworded => "reworded",
            Self::Implied => "implied",
            Self::Proposed => "proposed",
        }
    }
}

/// A skill of the catalogue and the statements that lead to it.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub skill: SkillId,
    pub origin: Origin,
    pub statements: BTreeSet<StatementRef>,
}

/// What is looked for, and in what.
pub(crate) struct Search<'s> {
    pub catalogue: &'s Arc<Lexicon>,
    pub descriptions: [&'s Description; 2],
    /// Whether the catalogue's own role statements count.
    pub by_statements: bool,
}

impl Search<'_> {
    /// The skills found, in the order of the catalogue; each by its surest origin alone.
    ///
    /// What the catalogue knows of other professions is left out: it lumps together what
    /// only has to be known from the catalogue's own roles.
    pub(crate) fn known(&self) -> Vec<Known> {
        let mut found: BTreeMap<SkillId, Known> = BTreeMap::new();
        let mut add = |origin, pairs: Vec<(SkillId, StatementRef)>| {
            for (skill, statement) in pairs {
                if self.catalogue.skill(skill).leaning == SkillLeaning::OtherProfession {
                    continue;
                }
                let known = found.entry(skill).or_insert_with(|| Known { skill, origin, statements: BTreeSet::new() });
                if known.origin == origin {
                    known.statements.insert(statement);
                }
            }
        };
        add(Origin::Named, self.named());
        add(Origin::Reworded, self.reworded());
        if self.by_statements {
            add(Origin::Implied, self.implied());
        }
        found.into_values().collect()
    }

    fn named(&self) -> Vec<(SkillId, StatementRef)> {
        let classifier = Classifier::new(Arc::clone(self.catalogue));
        let mut pairs = Vec::new();
        for side in Side::BOTH {
            // As one text, so that ambiguous forms have the whole description as their context.
            let mut text = String::new();
            let mut ends = Vec::new();
            for statement in &self.descriptions[side.index()].statements {
                text += &statement.text;
                ends.push(text.len());
                text += "\n\n";
            }
            for mention in classifier.mentions(&text).iter().filter(|mention| !mention.negated) {
                pairs.push((mention.skill, (side, ends.partition_point(|end| *end < mention.span.end) + 1)));
            }
        }
        pairs
    }

    fn reworded(&self) -> Vec<(SkillId, StatementRef)> {
        let statements = self.stems(all_stems);
        let mut pairs = Vec::new();
        for (id, skill) in self.catalogue.skills_with_ids() {
            let forms = skill.forms.iter().filter(|form| stems(&form.text).len() >= LEAST_WORDS);
            let forms: Vec<HashSet<String>> = forms.map(|form| all_stems(&form.text)).collect();
            for (place, statement) in &statements {
                if forms.iter().any(|form| form.is_subset(statement)) {
                    pairs.push((id, *place));
                }
            }
        }
        pairs
    }

    fn implied(&self) -> Vec<(SkillId, StatementRef)> {
        let mut resting: HashMap<StatementRef, Vec<SkillId>> = HashMap::new();
        for (id, skill) in self.catalogue.skills_with_ids() {
            for place in skill.sources.iter().filter_map(Citation::statement) {
                resting.entry(place).or_default().push(id);
            }
        }
        let of_catalogue: Vec<(StatementRef, HashSet<String>)> = Side::BOTH
            .into_iter()
            .flat_map(|side| {
                let statements = self.catalogue.role(side).statements.iter();
                statements.map(move |statement| ((side, statement.number), stems(&statement.text)))
            })
            .collect();
        let mut pairs = Vec::new();
        for (place, said) in self.stems(stems) {
            let near = of_catalogue.iter().filter(|(_, theirs)| alike(&said, theirs));
            let skills = near.filter_map(|(theirs, _)| resting.get(theirs)).flatten();
            pairs.extend(skills.map(|skill| (*skill, place)));
        }
        pairs
    }

    /// The stems of every statement of both descriptions.
    fn stems(&self, of_text: fn(&str) -> HashSet<String>) -> Vec<(StatementRef, HashSet<String>)> {
        let of = |side: Side| {
            let statements = self.descriptions[side.index()].statements.iter().enumerate();
            statements.map(move |(at, statement)| ((side, at + 1), of_text(&statement.text)))
        };
        Side::BOTH.into_iter().flat_map(of).collect()
    }
}

/// The stems of the content words of a text.
pub(crate) fn stems(text: &str) -> HashSet<String> {
    words(text).into_iter().filter(super::words::Word::is_content).map(|word| word.stem).collect()
}

/// The stems of all words of a text.
fn all_stems(text: &str) -> HashSet<String> {
    words(text).into_iter().map(|word| word.stem).collect()
}

/// Whether two statements say the same, going by the stems of their content words.
pub(crate) fn alike(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    let both = a.intersection(b).count() as f64;
    both > 0.0 && both >= ALIKE * ((a.len() * b.len()) as f64).sqrt()
}

/// The words of a background list by what is left without the endings of inflection.
pub(crate) fn families(background: &Background) -> HashMap<&str, Vec<&str>> {
    let mut families: HashMap<&str, Vec<&str>> = HashMap::new();
    for word in background.words() {
        families.entry(uninflected(word)).or_default().push(word);
    }
    families
}
