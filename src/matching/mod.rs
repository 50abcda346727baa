//! Finding skills in a document: exact spans, in their section, required or preferred,
//! negated or not.
//!
//! The document holds every hit of every phrase. Overlaps are resolved by rule, ambiguous
//! forms are kept only in a context that supports them, and what is left is a list of
//! [`Mention`]s with offsets into the original text.

mod beside;
mod context;
mod coordination;
mod cues;
mod duties;
mod keys;
mod marks;
mod overlap;
mod senses;
mod titles;
mod verbs;
mod word_map;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

#[cfg(test)]
pub(crate) use keys::Entry;
pub(crate) use keys::{Entries, with_plurals};
pub use marks::marks;

use crate::document::{Document, PhraseTable, Section};
use crate::lexicon::{Beside, Form, Lexicon, SkillId, SkillLeaning};
use crate::text::{Place, Span};
use beside::BesidePhrases;
use coordination::Coordination;
use cues::Cued;
pub(crate) use duties::add_phrases as add_duty_phrases;
use duties::{Duties, DutyLists, FoundDuty};
use keys::{Candidate, ContextWords};
use senses::Senses;

/// How much a mention is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Requirement {
    /// Demanded.
    Required,
    /// Welcome but not demanded.
    Preferred,
    /// Nothing says.
    Unstated,
}

impl Requirement {
    /// The word in reports; empty when nothing says.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Preferred => "preferred",
            Self::Unstated => "",
        }
    }
}

/// One form of a skill found at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The skill.
    pub skill: SkillId,
    /// The place of the form in the skill's list; `None` for a duty found by its verb and object.
    pub form: Option<usize>,
    /// Where it stands, in bytes of the original body; in the section
    /// [`Title`](Section::Title), in bytes of the title.
    pub span: Span,
    /// The line and column of its first character in the text that `span` counts in.
    pub place: Place,
    /// The section it stands in.
    pub section: Section,
    /// How much it is asked for.
    pub requirement: Requirement,
    /// Whether it stands in the scope of a negation; it then adds nothing.
    pub negated: bool,
    /// The years of experience asked of it, where its sentence binds them to it.
    pub years: Option<u32>,
}

/// What is looked up of all skills of a lexicon while their mentions are found. It is compiled for the lexicon
/// inside the program, whose skills need then not be read for it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(crate) struct Lookups {
    entries: Entries,
    /// For each skill the words that its ambiguous forms need.
    needs: ContextWords,
    /// For each skill the words that show another sense of its forms.
    unless: ContextWords,
    duties: DutyLists,
    beside: Beside,
}

impl Lookups {
    /// Those of a lexicon whose `entries` were added to `table`.
    pub(crate) fn new(lexicon: &Lexicon, entries: Entries, table: &PhraseTable) -> Self {
        Self {
            entries,
            needs: ContextWords::new(lexicon, table, |skill| &skill.needs),
            unless: ContextWords::new(lexicon, table, |skill| &skill.unless),
            duties: DutyLists::of(lexicon),
            beside: lexicon.cues().beside.clone(),
        }
    }
}

/// Finds the skills of a lexicon in documents.
pub(crate) struct Matcher {
    lexicon: Arc<Lexicon>,
    lookups: Lookups,
    beside: BesidePhrases,
    duties: Duties,
}

impl Matcher {
    /// Prepares a lexicon with its lookups.
    pub(crate) fn new(lexicon: Arc<Lexicon>, lookups: Lookups) -> Self {
        let duties = Duties::new(&lookups.duties);
        let beside = BesidePhrases::new(&lookups.beside);
        Self { lexicon, lookups, beside, duties }
    }

    /// The lexicon whose forms are found.
    pub(crate) fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// The entries for a phrase.
    #[cfg(test)]
    pub(crate) fn entries(&self, phrase: std::ops::Range<usize>) -> &[Entry] {
        self.lookups.entries.of(phrase)
    }

    /// The form of a mention; none for a duty found by its verb and object.
    pub(crate) fn form(&self, mention: &Mention) -> Option<&Form> {
        Some(&self.lexicon.skill(mention.skill).forms[mention.form?])
    }

    /// All mentions from left to right, those in the title first. Only duties overlap other mentions.
    /// `years` tells the years asked of what stands at a place of the normalised text.
    pub(crate) fn mentions(&self, document: &Document<'_>, years: impl Fn(Span) -> Option<u32>) -> Vec<Mention> {
        let coordination = self.coordination(document);
        let hits = coordination.hits(titles::hits(&coordination));
        let candidates = overlap::resolve(&coordination, &hits, document.links());
        let cued = Cued::new(document);
        let senses = Senses::new(&self.lexicon, &self.beside, &self.lookups.unless, document, &cued);
        let accepted = context::accept(&self.lookups.needs, document, &senses, &candidates);
        let may_mean_skill = |candidate: &_| senses.may_mean_skill(candidate);
        let named = overlap::rematch(&coordination, &hits, candidates, &accepted, may_mean_skill);
        let duties = self.new_duties(self.duties.find(document), &named, &senses);
        let found = merged(named.iter().map(Found::named), duties.into_iter().map(Found::duty));
        let mention = |found: &Found| {
            let section = document.sections().at(found.span.start);
            let negated = cued.is_negated(found.span);
            // What is not wanted is not asked for.
            let requirement = if negated { Requirement::Unstated } else { cued.requirement(found.span, section) };
            Mention {
                skill: found.skill,
                form: found.form,
                span: document.original(found.span),
                place: Place::START,
                section,
                requirement,
                negated,
                years: years(found.span),
            }
        };
        found.iter().map(mention).collect()
    }

    /// The duties that say more than the named skills, in order. A duty inside another mention says nothing
    /// new; where no named skill is technical, incidents are those of a ward and networks those of friends; and
    /// what is told of customers is none of another profession.
    fn new_duties(&self, mut duties: Vec<FoundDuty>, named: &[Candidate<'_>], senses: &Senses<'_>) -> Vec<FoundDuty> {
        let is_technical = named.iter().any(|named| senses.category_of(named).technical);
        let may_count = |duty: &FoundDuty| match self.lexicon.skill(duty.skill).leaning {
            SkillLeaning::OtherProfession => !senses.is_told_of_others(duty.span),
            SkillLeaning::Toward(_) | SkillLeaning::Shared => is_technical,
        };
        let is_said = |duty: &FoundDuty| {
            let next = named.partition_point(|other| other.span.end < duty.span.end);
            named.get(next).is_some_and(|other| other.span.start <= duty.span.start)
        };
        duties.retain(|duty| !is_said(duty) && may_count(duty));
        duties.sort_by_key(|duty| duty.span);
        duties
    }

    fn coordination<'m>(&'m self, document: &'m Document<'m>) -> Coordination<'m, 'm> {
        Coordination::new(&self.lexicon, &self.lookups.entries, document)
    }

    /// The skills whose forms win their places in a document, whatever their context.
    pub(crate) fn reached_by(&self, document: &Document<'_>) -> Vec<SkillId> {
        let candidates = overlap::resolve(&self.coordination(document), document.hits(), &[]);
        candidates.iter().map(|candidate| candidate.entry.skill).collect()
    }
}

impl Mention {
    /// Which of a posting's title and text its span is a place of.
    pub(crate) fn around<'t>(&self, title: &'t str, text: &'t str) -> &'t str {
        if self.section == Section::Title { title } else { text }
    }
}

/// A skill found in the normalised text.
#[derive(Clone, Copy)]
struct Found {
    skill: SkillId,
    form: Option<usize>,
    span: Span,
}

impl Found {
    fn named(found: &Candidate<'_>) -> Self {
        Self { skill: found.entry.skill, form: Some(found.entry.form as usize), span: found.span }
    }

    fn duty(found: FoundDuty) -> Self {
        Self { skill: found.skill, form: None, span: found.span }
    }
}

/// What two lists hold that are in order, in order; of two at the same place, that of the first.
fn merged(first: impl ExactSizeIterator<Item = Found>, second: impl ExactSizeIterator<Item = Found>) -> Vec<Found> {
    let mut merged = Vec::with_capacity(first.len() + second.len());
    let mut first = first.peekable();
    for found in second {
        while let Some(earlier) = first.next_if(|earlier| earlier.span <= found.span) {
            merged.push(earlier);
        }
        merged.push(found);
    }
    merged.extend(first);
    merged
}

#[cfg(test)]
pub(crate) mod properties;

#[cfg(test)]
mod cases;
