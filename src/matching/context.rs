//! Whether an ambiguous form stands in a context that makes it the skill.
//!
//! `Go`, `Spring`, `monitoring` are words first and skills second. A candidate with a
//! context rule counts when certain candidates, or words its skill needs, stand where
//! the rule asks for them. Accepted candidates support others in turn, weak ones
//! never do.

use super::overlap::Candidate;
use crate::document::{Document, Hit, Kinds, PhraseId};
use crate::lexicon::{Context, Lexicon};
use crate::text::{Span, is_word_char};

/// Words to each side that count as near.
const NEAR_WORDS: usize = 12;
/// Bytes to each side beyond which nothing is near, however long the words are.
const NEAR_BYTES: usize = 240;
/// Candidates to each side that are looked at: a sentence of more is a repetition.
const NEIGHBOURS: usize = 64;
/// Distinct certain technical skills that make a posting technical.
const ANCHORS: usize = 2;

/// Marks which candidates count: one flag for each, in order. `needs` holds the words that
/// each skill's ambiguous forms need nearby.
pub(crate) fn accept(
    lexicon: &Lexicon,
    needs: &[Box<[PhraseId]>],
    document: &Document<'_>,
    candidates: &[Candidate<'_>],
) -> Vec<bool> {
    let accepted: Vec<bool> = candidates.iter().map(|candidate| candidate.entry.context == Context::Certain).collect();
    if accepted.iter().all(|accepted| *accepted) {
        return accepted;
    }
    let context_words = document.hits_of(Kinds::CONTEXT).copied().collect();
    let sentences = candidates.iter().map(|candidate| document.sentence(candidate.span.start)).collect();
    let mut contexts = Contexts { lexicon, needs, document, candidates, sentences, accepted, context_words };
    contexts.settle();
    contexts.accepted
}

struct Contexts<'c> {
    lexicon: &'c Lexicon,
    needs: &'c [Box<[PhraseId]>],
    document: &'c Document<'c>,
    candidates: &'c [Candidate<'c>],
    /// The sentence around each of them.
    sentences: Vec<Span>,
    accepted: Vec<bool>,
    /// The words that some skill may need, from left to right.
    context_words: Vec<Hit>,
}

impl Contexts<'_> {
    /// Accepts what its surroundings support; whatever is accepted may support what stands
    /// around it, and is put on a list until that is done.
    fn settle(&mut self) {
        let technical = self.is_technical_posting();
        let pending: Vec<usize> = (0..self.candidates.len()).filter(|at| !self.accepted[*at]).collect();
        let mut supporters = Vec::new();
        let alone: Vec<usize> = pending.into_iter().filter(|at| self.counts_at_once(*at, technical)).collect();
        for at in alone {
            self.accept(at, &mut supporters);
        }
        while let Some(supporter) = supporters.pop() {
            for at in self.neighbours(supporter) {
                if !self.accepted[at] && self.is_in_reach(at, supporter) && self.is_supported_by(at, supporter) {
                    self.accept(at, &mut supporters);
                }
            }
        }
    }

    fn accept(&mut self, at: usize, supporters: &mut Vec<usize>) {
        self.accepted[at] = true;
        if self.supports(at) {
            supporters.push(at);
        }
    }

    fn is_technical_posting(&self) -> bool {
        let technical =
            |candidate: &&Candidate<'_>| candidate.entry.context == Context::Certain && self.is_technical(candidate);
        let mut anchors = Vec::with_capacity(ANCHORS);
        for skill in self.candidates.iter().filter(technical).map(|candidate| candidate.entry.skill) {
            if !anchors.contains(&skill) {
                anchors.push(skill);
            }
            if anchors.len() == ANCHORS {
                return true;
            }
        }
        false
    }

    fn is_technical(&self, candidate: &Candidate<'_>) -> bool {
        self.lexicon.category_of(self.lexicon.skill(candidate.entry.skill)).technical
    }

    fn is_same_category(&self, one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
        self.lexicon.skill(one.entry.skill).category == self.lexicon.skill(other.entry.skill).category
    }

    /// Whether a candidate counts by what is certain: a word it needs, certain candidates
    /// around it, or a technical posting where that is enough.
    fn counts_at_once(&self, at: usize, technical: bool) -> bool {
        let context = self.candidates[at].entry.context;
        context == Context::Anywhere && technical
            || self.has_needed_word(at)
            || self
                .neighbours(at)
                .any(|other| self.supports(other) && self.is_in_reach(at, other) && self.is_supported_by(at, other))
            || context != Context::Weak && self.is_in_list_of_its_category(at)
    }

    /// Whether an accepted candidate in reach makes the one at `at` count.
    fn is_supported_by(&self, at: usize, supporter: usize) -> bool {
        let (candidate, supporter) = (&self.candidates[at], &self.candidates[supporter]);
        let same_category = self.is_same_category(candidate, supporter);
        candidate.entry.skill != supporter.entry.skill
            && if candidate.entry.context == Context::Weak {
                same_category
            } else {
                self.is_technical(supporter) && (same_category || self.is_listed(candidate.span, supporter.span, 0))
            }
    }

    /// Whether two others of its category, though ambiguous themselves, stand in a list with it.
    fn is_in_list_of_its_category(&self, at: usize) -> bool {
        let candidate = &self.candidates[at];
        let in_list = |other: &usize| {
            let neighbour = &self.candidates[*other];
            neighbour.entry.context != Context::Weak
                && neighbour.entry.skill != candidate.entry.skill
                && self.is_same_category(neighbour, candidate)
                && self.is_in_reach(at, *other)
                && self.is_listed(candidate.span, neighbour.span, 1)
        };
        self.neighbours(at).filter(in_list).nth(1).is_some()
    }

    /// Whether a candidate may speak for its neighbours.
    fn supports(&self, at: usize) -> bool {
        self.accepted[at] && self.candidates[at].entry.context != Context::Weak
    }

    /// The candidates around one that may matter to it, from left to right.
    fn neighbours(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let to = (at + NEIGHBOURS + 1).min(self.candidates.len());
        (at.saturating_sub(NEIGHBOURS)..to).filter(move |other| *other != at)
    }

    /// Whether the rule of the candidate at `at` looks as far as `other`: to the ends of its
    /// sentence and, but for weak ones, to the words near it.
    fn is_in_reach(&self, at: usize, other: usize) -> bool {
        self.document.budget().spend(1);
        let (candidate, other) = (&self.candidates[at], self.candidates[other].span);
        self.sentences[at].overlaps(other)
            || candidate.entry.context != Context::Weak && self.is_near(candidate.span, other)
    }

    fn is_near(&self, one: Span, other: Span) -> bool {
        let (left, right) = if one.start <= other.start { (one, other) } else { (other, one) };
        let gap = left.end..right.start.max(left.end);
        gap.len() <= NEAR_BYTES && {
            let spaces = self.document.text().lower()[gap].bytes().filter(|byte| matches!(byte, b' ' | b'\n'));
            spaces.count() <= NEAR_WORDS
        }
    }

    /// Whether one of the words its skill needs stands in the sentence.
    fn has_needed_word(&self, at: usize) -> bool {
        let candidate = &self.candidates[at];
        let needs = &self.needs[candidate.entry.skill.index()];
        if needs.is_empty() {
            return false;
        }
        let sentence = self.sentences[at];
        let first = self.context_words.partition_point(|word| word.span.start < sentence.start);
        let mut inside = self.context_words[first..].iter().take_while(|word| word.span.start < sentence.end);
        inside.any(|word| {
            self.document.budget().spend(1);
            needs.binary_search(&word.phrase).is_ok() && !word.span.overlaps(candidate.span)
        })
    }

    /// Whether nothing but list punctuation, joining words and at most `others` other words
    /// stand between two spans.
    fn is_listed(&self, one: Span, other: Span, others: usize) -> bool {
        let lower = self.document.text().lower();
        let gap =
            if one.end <= other.start { lower.get(one.end..other.start) } else { lower.get(other.end..one.start) };
        self.document.budget().spend(1);
        gap.is_some_and(|gap| words(gap).filter(|word| !is_joint(word)).nth(others).is_none())
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty())
}

/// Whether a word joins the items of a list.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "with"
            | "plus"
            | "e"
            | "g"
            | "i"
            | "using"
            | "like"
            | "as"
            | "such"
            | "the"
            | "a"
            | "in"
            | "on"
            | "of"
    )
}
