//! Finding skills in a document: exact spans, in their section, required or preferred,
//! negated or not.
//!
//! The document holds every hit of every phrase. Overlaps are resolved by rule, ambiguous
//! forms are kept only in a context that supports them, and what is left is a list of
//! [`Mention`]s with offsets into the original text.

mod context;
mod coordination;
mod cues;
mod keys;
mod letters;
mod overlap;
mod titles;

use std::sync::Arc;

pub(crate) use keys::Entries;
#[cfg(test)]
pub(crate) use keys::Entry;

use crate::document::{Document, PhraseId, PhraseTable, Section};
use crate::lexicon::{Form, Lexicon, SkillId};
use crate::text::Span;
use coordination::Coordination;
use cues::Cued;

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
    /// The place of the form in the skill's list.
    pub form: usize,
    /// Where it stands, in bytes of the original body; in the section
    /// [`Title`](Section::Title), in bytes of the title.
    pub span: Span,
    /// The section it stands in.
    pub section: Section,
    /// How much it is asked for.
    pub requirement: Requirement,
    /// Whether it stands in the scope of a negation; it then adds nothing.
    pub negated: bool,
    /// The years of experience asked of it, where its sentence binds them to it.
    pub years: Option<u32>,
}

/// Finds the skills of a lexicon in documents.
pub(crate) struct Matcher {
    lexicon: Arc<Lexicon>,
    entries: Entries,
    needs: Vec<Box<[PhraseId]>>,
}

impl Matcher {
    /// Prepares a lexicon whose `entries` were added to `table`.
    pub(crate) fn new(lexicon: Arc<Lexicon>, entries: Entries, table: &PhraseTable) -> Self {
        let needs = keys::needed_words(&lexicon, table);
        Self { lexicon, entries, needs }
    }

    /// The lexicon whose forms are found.
    pub(crate) fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// The entries for a phrase.
    #[cfg(test)]
    pub(crate) fn entries(&self, meaning: &crate::document::Meaning) -> &[Entry] {
        self.entries.of(meaning)
    }

    /// The form of a mention.
    pub(crate) fn form(&self, mention: &Mention) -> &Form {
        &self.lexicon.skill(mention.skill).forms[mention.form]
    }

    /// All mentions from left to right, those in the title first; they do not overlap. `years`
    /// tells the years asked of what stands at a place of the normalised text.
    pub(crate) fn mentions(&self, document: &Document<'_>, years: impl Fn(Span) -> Option<u32>) -> Vec<Mention> {
        let coordination = self.coordination(document);
        let hits = coordination.hits(titles::hits(&coordination));
        let candidates = overlap::resolve(&coordination, &hits, document.links());
        if candidates.is_empty() {
            return Vec::new();
        }
        let accepted = context::accept(&self.lexicon, &self.needs, document, &candidates);
        let cued = Cued::new(document);
        overlap::rematch(&coordination, &hits, candidates, &accepted)
            .iter()
            .map(|candidate| Mention {
                skill: candidate.entry.skill,
                form: candidate.entry.form as usize,
                span: document.original(candidate.span),
                section: document.sections().at(candidate.span.start),
                requirement: cued.requirement(candidate.span),
                negated: cued.is_negated(candidate.span),
                years: years(candidate.span),
            })
            .collect()
    }

    fn coordination<'m>(&'m self, document: &'m Document<'m>) -> Coordination<'m, 'm> {
        Coordination { lexicon: &self.lexicon, entries: &self.entries, document }
    }

    /// The skills whose forms win their places in a document, whatever their context.
    pub(crate) fn reached_by(&self, document: &Document<'_>) -> Vec<SkillId> {
        let candidates = overlap::resolve(&self.coordination(document), document.hits(), &[]);
        candidates.iter().map(|candidate| candidate.entry.skill).collect()
    }
}

#[cfg(test)]
pub(crate) mod properties;

#[cfg(test)]
mod cases;
