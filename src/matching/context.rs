//! Whether an ambiguous form stands in a context that makes it the skill.
//!
//! `Go`, `Spring`, `monitoring` are words first and skills second. A candidate with a
//! context rule counts when certain candidates, or words its skill needs, stand where
//! the rule asks for them. Accepted candidates support others in turn, weak ones
//! never do. A plain cue beside it (`experience with`) is context enough, except for
//! everyday words. What means something else for certain never counts (`senses.rs`).

use super::keys::ContextWords;
use super::overlap::Candidate;
use super::senses::Senses;
use crate::document::{Document, Section};
use crate::lexicon::Context;
use crate::text::bytes::count;
use crate::text::{Span, is_word_char};

/// Words to each side that count as near.
const NEAR_WORDS: usize = 12;
/// Bytes to each side beyond which nothing is near, however long the words are.
const NEAR_BYTES: usize = 240;
/// Candidates to each side that are looked at: a sentence of more is a repetition.
const NEIGHBOURS: usize = 64;
/// Distinct certain technical skills that make a posting technical.
const ANCHORS: usize = 2;
/// Names of an employer that are kept in mind in one posting.
const MOST_NAMES: usize = 8;
/// Distinct technical skills that make a posting plainly technical.
const PLAINLY_TECHNICAL: usize = 6;
/// Distinct skills of other professions that make a posting one of another profession.
const PROFESSION: usize = 3;

/// Marks which candidates count: one flag for each, in order. `needs` holds the words that
/// each skill's ambiguous forms need nearby.
pub(crate) fn accept(
    needs: &ContextWords,
    document: &Document<'_>,
    senses: &Senses<'_>,
    candidates: &[Candidate<'_>],
) -> Vec<bool> {
    let mut possible: Vec<bool> = candidates.iter().map(|candidate| senses.may_mean_skill(candidate)).collect();
    take_back_names(document, senses, candidates, &mut possible);
    let is_certain =
        |(candidate, possible): (&Candidate<'_>, &bool)| *possible && candidate.entry.context == Context::Certain;
    let accepted: Vec<bool> = candidates.iter().zip(&possible).map(is_certain).collect();
    let mut contexts = Contexts {
        needs,
        document,
        senses,
        candidates,
        sentences: sentences(document, candidates),
        possible,
        accepted,
    };
    if contexts.accepted != contexts.possible {
        contexts.settle();
    }
    contexts.take_back_strays();
    contexts.accepted
}

/// The sentence around each candidate. Those of one sentence stand together.
fn sentences(document: &Document<'_>, candidates: &[Candidate<'_>]) -> Vec<Span> {
    let mut last = Span::new(0, 0);
    let around = |candidate: &Candidate<'_>| {
        if candidate.span.start >= last.end {
            last = document.sentence(candidate.span.start);
        }
        last
    };
    candidates.iter().map(around).collect()
}

/// Takes back names that are elsewhere in the posting the employer's: they are so throughout,
/// unless the name is asked for or stands in a list.
fn take_back_names(document: &Document<'_>, senses: &Senses<'_>, candidates: &[Candidate<'_>], possible: &mut [bool]) {
    let mut names: Vec<&str> = Vec::new();
    for (candidate, _) in candidates.iter().zip(&*possible).filter(|(_, possible)| !**possible) {
        let name = candidate.span.of(document.text().lower());
        if names.len() < MOST_NAMES && !names.contains(&name) && senses.is_employers_name(candidate.span) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return;
    }
    let lower = document.text().lower();
    // `Vault Infrastructure` is no list.
    let in_list = |one: Span, next: Span| {
        is_listed(document, one, next, 0) && lower.get(one.end..next.start).is_some_and(|gap| !gap.trim().is_empty())
    };
    for at in (0..candidates.len()).filter(|at| names.contains(&candidates[*at].span.of(lower))) {
        let span = candidates[at].span;
        let listed = at.checked_sub(1).is_some_and(|before| in_list(candidates[before].span, span))
            || candidates.get(at + 1).is_some_and(|next| in_list(span, next.span));
        possible[at] &= listed || senses.is_asked_for(span) || senses.stands_where_asked(span);
    }
}

/// Whether nothing but list punctuation, joining words and at most `others` other words
/// stand between two spans.
fn is_listed(document: &Document<'_>, one: Span, other: Span, others: usize) -> bool {
    let lower = document.text().lower();
    let gap = if one.end <= other.start { lower.get(one.end..other.start) } else { lower.get(other.end..one.start) };
    document.budget().spend(1);
    gap.is_some_and(|gap| words(gap).filter(|word| !is_joint(word)).nth(others).is_none())
}

struct Contexts<'c> {
    needs: &'c ContextWords,
    document: &'c Document<'c>,
    senses: &'c Senses<'c>,
    candidates: &'c [Candidate<'c>],
    /// The sentence around each of them.
    sentences: Vec<Span>,
    /// Which candidates nothing shows to mean something else.
    possible: Vec<bool>,
    accepted: Vec<bool>,
}

impl Contexts<'_> {
    /// Accepts what its surroundings support; whatever is accepted may support what stands
    /// around it, and is put on a list until that is done.
    fn settle(&mut self) {
        let technical = self.is_technical_posting();
        let is_pending = |at: &usize| self.possible[*at] && !self.accepted[*at];
        let pending: Vec<usize> = (0..self.candidates.len()).filter(is_pending).collect();
        let alone: Vec<usize> = pending.iter().copied().filter(|at| self.counts_at_once(*at, technical)).collect();
        let mut supporters = Vec::with_capacity(alone.len());
        for at in alone {
            self.accept(at, &mut supporters);
        }
        while let Some(supporter) = supporters.pop() {
            let first = pending.partition_point(|at| at + NEIGHBOURS < supporter);
            for at in pending[first..].iter().copied().take_while(|at| *at <= supporter + NEIGHBOURS) {
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
        let certain = self.candidates.iter().zip(&self.accepted).filter(|(_, accepted)| **accepted);
        has_distinct(ANCHORS, certain.map(|(candidate, _)| candidate).filter(|candidate| self.is_technical(candidate)))
    }

    /// Takes back stray words of other professions. Where a posting is plainly technical and
    /// holds few of them, they come from what it says of customers and products, unless
    /// their sentence asks for something or their section tells what the person does.
    fn take_back_strays(&mut self) {
        let accepted = || (0..self.candidates.len()).filter(|at| self.accepted[*at]);
        let is_stray = |at: &usize| self.senses.is_of_other_profession(&self.candidates[*at]);
        let strays: Vec<usize> = accepted().filter(is_stray).collect();
        let tells_of_work = |at: &usize| self.tells_of_work(self.candidates[*at].span);
        let is_own_technical = |at: &usize| !is_stray(at) && self.is_technical(&self.candidates[*at]);
        if strays.is_empty()
            || has_distinct(PROFESSION, strays.iter().filter(|at| tells_of_work(at)).map(|at| &self.candidates[*at]))
            || !has_distinct(PLAINLY_TECHNICAL, accepted().filter(is_own_technical).map(|at| &self.candidates[at]))
        {
            return;
        }
        for at in strays {
            let span = self.candidates[at].span;
            self.accepted[at] = self.document.sections().at(span.start) == Section::Responsibilities
                || self.senses.stands_where_asked(span);
        }
    }

    /// Whether a place is in a section that tells of the work.
    fn tells_of_work(&self, span: Span) -> bool {
        !matches!(self.document.sections().at(span.start), Section::About | Section::Benefits | Section::Legal)
    }

    fn is_technical(&self, candidate: &Candidate<'_>) -> bool {
        self.senses.category_of(candidate).technical
    }

    fn is_same_category(&self, one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
        std::ptr::eq(self.senses.category_of(one), self.senses.category_of(other))
    }

    /// Whether a candidate counts by what is certain: a word it needs, certain candidates
    /// around it, or a technical posting where that is enough.
    fn counts_at_once(&self, at: usize, technical: bool) -> bool {
        let candidate = &self.candidates[at];
        let context = candidate.entry.context;
        context == Context::Anywhere && technical
            || self.senses.has_word_of(self.needs, candidate)
            || context != Context::Weak && self.senses.is_asked_for(candidate.span)
            || self
                .neighbours_in_sight(at)
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
                self.is_technical(supporter)
                    && (same_category || is_listed(self.document, candidate.span, supporter.span, 0))
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
                && is_listed(self.document, candidate.span, neighbour.span, 1)
        };
        self.neighbours_in_sight(at).filter(in_list).nth(1).is_some()
    }

    /// Whether a candidate may speak for its neighbours.
    fn supports(&self, at: usize) -> bool {
        self.accepted[at] && self.candidates[at].entry.context != Context::Weak
    }

    /// The candidates around one that may matter to it, from left to right: neither beyond its sentence nor too
    /// far to be near.
    fn neighbours_in_sight(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let (sentence, span) = (self.sentences[at], self.candidates[at].span);
        let first = sentence.start.min(span.start.saturating_sub(NEAR_BYTES));
        let last = sentence.end.max(span.end + NEAR_BYTES);
        let (before, behind) = (&self.candidates[..at], &self.candidates[at + 1..]);
        let before = before.iter().rev().take(NEIGHBOURS).take_while(|other| other.span.end >= first).count();
        let behind = behind.iter().take(NEIGHBOURS).take_while(|other| other.span.start <= last).count();
        (at - before..=at + behind).filter(move |other| *other != at)
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
        let is_space = |byte: u8| (byte == b' ') | (byte == b'\n');
        gap.len() <= NEAR_BYTES && count(&self.document.text().lower().as_bytes()[gap], is_space) <= NEAR_WORDS
    }
}

/// Whether candidates are of at least so many skills.
fn has_distinct<'c>(most: usize, candidates: impl Iterator<Item = &'c Candidate<'c>>) -> bool {
    let mut skills = Vec::with_capacity(most);
    for skill in candidates.map(|candidate| candidate.entry.skill) {
        if !skills.contains(&skill) {
            skills.push(skill);
        }
        if skills.len() == most {
            return true;
        }
    }
    false
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
