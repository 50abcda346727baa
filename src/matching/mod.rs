//! Finding skills in a text: exact spans, in their section, required or preferred,
//! negated or not.
//!
//! A text is folded, an engine finds every bounded spelling of every form, overlaps
//! are settled by rule, ambiguous readings are kept only in company, and what is left
//! is a list of [`Mention`]s with offsets into the original text.

mod company;
mod compiled;
mod cues;
mod engine;
mod examples;
mod fast;
mod forms;
mod readings;

use std::sync::Arc;

pub use engine::{Candidate, Engine, ReferenceEngine, is_bounded};
pub use examples::{ExampleOutcome, ExampleRun, check};
pub use fast::FastEngine;

use crate::lexicon::{Form, Lexicon, SkillId};
use crate::text::masks::count_words;
use crate::text::{Folded, Section, SectionMap, Sentences, Span, links};
use cues::Cued;
use forms::Keys;

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
    /// Where it stands, in bytes of the original text.
    pub span: Span,
    /// The section it stands in.
    pub section: Section,
    /// How much it is asked for.
    pub requirement: Requirement,
    /// Whether it stands in the scope of a negation; it then adds nothing.
    pub negated: bool,
}

/// The forms of a lexicon, ready to be found.
///
/// ```
/// use rolelean::{Lexicon, Matcher};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let matcher = Matcher::new(Lexicon::builtin().into())?;
/// let text = "You know C++ and Kotlin. No knowledge of SAP is required.";
/// let found = matcher.find(text, 0);
/// let words: Vec<(&str, bool)> =
///     found.mentions.iter().map(|mention| (mention.span.of(text), mention.negated)).collect();
/// assert_eq!(words, [("C++", false), ("Kotlin", false), ("knowledge of SAP", true)]);
/// # Ok(())
/// # }
/// ```
pub struct Matcher {
    lexicon: Arc<Lexicon>,
    keys: Keys,
    engine: FastEngine,
}

/// Forms that cannot be made into a matcher.
#[derive(Debug, thiserror::Error)]
#[error("the forms of the lexicon do not fit one automaton: {0}; split the lexicon")]
pub struct BuildError(#[from] aho_corasick::BuildError);

/// What a posting's text holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// All mentions from left to right; they do not overlap.
    pub mentions: Vec<Mention>,
    /// Words in the text: runs of letters and digits set apart by white space.
    pub words: usize,
}

impl Matcher {
    /// Prepares the forms of `lexicon`.
    ///
    /// # Errors
    /// When the lexicon holds more forms than one automaton can.
    pub fn new(lexicon: Arc<Lexicon>) -> Result<Self, BuildError> {
        let keys = compiled::keys(&lexicon).unwrap_or_else(|| Keys::new(&lexicon));
        let engine = FastEngine::new(keys.keys());
        Ok(Self { lexicon, keys, engine })
    }

    /// The lexicon whose forms are found.
    #[must_use]
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// Every spelling that is looked for, as [`Folded::key`] would hold it; sorted.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        self.keys.keys()
    }

    /// The form of a mention.
    #[must_use]
    pub fn form(&self, mention: &Mention) -> &Form {
        &self.lexicon.skill(mention.skill).forms[mention.form]
    }

    /// Finds the skills in `text` from byte `from` on; offsets refer to `text`.
    ///
    /// # Panics
    /// If `from` is not a character boundary of `text`.
    #[must_use]
    pub fn find(&self, text: &str, from: usize) -> Found {
        let folded = Folded::new(&text[from..]);
        let candidates = self.candidates(&folded);
        let words = count_words(folded.key());
        Found { mentions: self.mentions(&folded, &candidates, from), words }
    }

    /// The sections of `text` from byte `from` on, each with the bytes of `text` it covers;
    /// neighbours of one kind are one, and together they cover all.
    ///
    /// # Panics
    /// If `from` is not a character boundary of `text`.
    #[must_use]
    pub fn sections(&self, text: &str, from: usize) -> Vec<(Section, Span)> {
        let folded = Folded::new(&text[from..]);
        let candidates = self.candidates(&folded);
        let mut sections: Vec<(Section, Span)> = Vec::new();
        for (at, section) in self.section_map(&folded, &candidates).starts() {
            let start = if at == 0 { from } else { from + folded.original_span(Span::new(at, at)).start };
            // Nothing stands between two headings, or before one at the very start.
            if sections.last().is_some_and(|(_, span)| span.start == start) {
                sections.pop();
            }
            if sections.last().is_none_or(|(last, _)| *last != section) {
                sections.push((section, Span::new(start, text.len())));
            }
        }
        for at in 1..sections.len() {
            sections[at - 1].1.end = sections[at].1.start;
        }
        sections
    }

    fn candidates(&self, folded: &Folded) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        self.engine.candidates(folded.key(), &mut candidates);
        candidates.retain(|candidate| folded.is_whole(candidate.span));
        candidates
    }

    fn section_map(&self, folded: &Folded, candidates: &[Candidate]) -> SectionMap {
        let met = candidates.iter().map(|candidate| (candidate.span, self.keys.meaning(candidate.key)));
        SectionMap::new(folded, met.filter_map(|(span, key)| Some((span, key.heading?))))
    }

    fn mentions(&self, folded: &Folded, candidates: &[Candidate], from: usize) -> Vec<Mention> {
        let readings = readings::settle(&self.keys, folded, candidates, &links(folded));
        if readings.is_empty() {
            return Vec::new();
        }
        let sentences = Sentences::new(folded);
        let met = candidates.iter().map(|candidate| (candidate.span, self.keys.meaning(candidate.key)));
        let sections = self.section_map(folded, candidates);
        let cued = Cued::new(folded, &sentences, met.map(|(span, key)| (span, key.cues)));
        let accepted = company::accept(&self.lexicon, folded, &sentences, &readings);
        readings::uncover(&self.keys, folded, candidates, readings, &accepted)
            .iter()
            .map(|reading| {
                let span = folded.original_span(reading.span);
                Mention {
                    skill: reading.claim.skill,
                    form: reading.claim.form as usize,
                    span: Span::new(span.start + from, span.end + from),
                    section: sections.at(reading.span.start),
                    requirement: cued.requirement(reading.span, &sections),
                    negated: cued.is_negated(reading.span),
                }
            })
            .collect()
    }

    /// The skills that `form` reaches when it stands alone, company aside.
    pub(crate) fn reached_by(&self, form: &str) -> Vec<SkillId> {
        let folded = Folded::new(form);
        let candidates = self.candidates(&folded);
        let readings = readings::settle(&self.keys, &folded, &candidates, &[]);
        readings.iter().map(|reading| reading.claim.skill).collect()
    }
}

#[cfg(test)]
pub(crate) mod properties;

#[cfg(test)]
mod cases;
