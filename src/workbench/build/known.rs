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
/// The fewest content words of a form that is looked for in other words, and the fewest that two
/// statements must share to say the same: one stem alone means too many things.
const LEAST_WORDS: usize = 2;
/// How many words may stand between those of a reworded form.
const REWORDED_GAP: usize = 1;

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
    /// A verb and an object of the descriptions.
    Duty,
    /// The name of a role.
    Title,
    /// The catalogue: the name of another job.
    OtherJob,
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
            Self::Duty => "duty",
            Self::Title => "title",
            Self::OtherJob => "other-job",
        }
    }
}

/// A skill of the catalogue and the statements that lead to it.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub skill: SkillId,
    pub origin: Origin,
    pub statements: BTreeSet<StatementRef>,
    /// For each form that stands in a statement itself, those it stands in.
    pub forms: BTreeMap<String, BTreeSet<StatementRef>>,
}

impl Known {
    /// The skill, or its parts where some of its forms stand in statements of one side alone and
    /// others in those of the other: they are not one skill to these two roles.
    pub(crate) fn split(&self) -> Vec<(Self, Option<Side>)> {
        let side_of = |places: &BTreeSet<StatementRef>| {
            let mut sides = places.iter().map(|(side, _)| *side);
            let first = sides.next();
            first.filter(|first| sides.all(|side| side == *first))
        };
        let part = |side: Side| {
            let forms: BTreeMap<_, _> = self
                .forms
                .iter()
                .filter(|(_, places)| side_of(places) == Some(side))
                .map(|(form, places)| (form.clone(), places.clone()))
                .collect();
            let statements = forms.values().flatten().copied().collect();
            (Self { forms, statements, ..self.clone() }, Some(side))
        };
        let parts = Side::BOTH.map(part);
        if parts.iter().all(|(part, _)| !part.forms.is_empty()) { parts.to_vec() } else { vec![(self.clone(), None)] }
    }
}

/// A skill, where it was found, and the form that stands there.
type Found = (SkillId, StatementRef, Option<String>);

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
        let mut add = |origin, pairs: Vec<Found>| {
            for (skill, statement, form) in pairs {
                if self.catalogue.skill(skill).leaning == SkillLeaning::OtherProfession {
                    continue;
                }
                let known = found.entry(skill).or_insert_with(|| Known {
                    skill,
                    origin,
                    statements: BTreeSet::new(),
                    forms: BTreeMap::new(),
                });
                if known.origin == origin {
                    known.statements.insert(statement);
                }
                if let Some(form) = form {
                    known.forms.entry(form).or_default().insert(statement);
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

    fn named(&self) -> Vec<Found> {
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
                let place = (side, ends.partition_point(|end| *end < mention.span.end) + 1);
                pairs.push((mention.skill, place, classifier.form(mention).map(|form| form.key.to_string())));
            }
        }
        pairs
    }

    fn reworded(&self) -> Vec<Found> {
        let statements = self.stems(|text| words(text).into_iter().map(|word| word.stem).collect::<Vec<String>>());
        let mut pairs = Vec::new();
        for (id, skill) in self.catalogue.skills_with_ids() {
            let forms = skill.forms.iter().filter(|form| stems(&form.text).len() >= LEAST_WORDS);
            let forms: Vec<HashSet<String>> = forms.map(|form| all_stems(&form.text)).collect();
            for (place, statement) in &statements {
                if forms.iter().any(|form| stand_together(form, statement)) {
                    pairs.push((id, *place, None));
                }
            }
        }
        pairs
    }

    fn implied(&self) -> Vec<Found> {
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
            pairs.extend(skills.map(|skill| (*skill, place, None)));
        }
        pairs
    }

    /// The stems of every statement of both descriptions.
    fn stems<S>(&self, of_text: fn(&str) -> S) -> Vec<(StatementRef, S)> {
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

/// Whether all stems of a form stand in a statement, close together: words of one sentence that
/// have nothing to do with each other name no skill.
fn stand_together(form: &HashSet<String>, statement: &[String]) -> bool {
    let window = form.len() + REWORDED_GAP;
    statement.windows(window.min(statement.len()).max(1)).any(|near| form.iter().all(|stem| near.contains(stem)))
}

/// Whether two statements say the same, going by the stems of their content words.
pub(crate) fn alike(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    let both = a.intersection(b).count();
    let enough = LEAST_WORDS.min(a.len()).min(b.len()).max(1);
    both >= enough && both as f64 >= ALIKE * ((a.len() * b.len()) as f64).sqrt()
}

/// The words of a background list by what is left without the endings of inflection.
pub(crate) fn families(background: &Background) -> HashMap<&str, Vec<&str>> {
    let mut families: HashMap<&str, Vec<&str>> = HashMap::new();
    for word in background.words() {
        families.entry(uninflected(word)).or_default().push(word);
    }
    families
}
