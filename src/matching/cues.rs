//! Negation, and how much a mention is asked for: both told by phrases near it.

use super::Requirement;
use crate::document::{Document, Kinds, Section};
use crate::lexicon::Cues;
use crate::text::Span;

/// Words a negation reaches at most, to either side.
const REACH_WORDS: usize = 14;
/// Bytes behind a negation within which it may be said that something is welcome all the same.
const PREFERRED_BYTES: usize = 32;
/// A part between commas of at most this many words is an entry of a list, and a
/// negation runs on across it.
const LIST_ENTRY_WORDS: usize = 3;

/// What a cue does. Of overlapping negations the one listed first here stands: `not
/// only` is none, and `not necessary` reaches back although `is not` reaches on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CueKind {
    LooksLikeNegation,
    NegatesWhatPrecedes,
    NegatesNextName,
    NegatesWhatFollows,
    Prefers,
    Requires,
    BreaksClause,
    TurnsAway,
    NamesColleagues,
    TellsOfOthers,
}

impl CueKind {
    const ALL: [Self; 10] = [
        Self::LooksLikeNegation,
        Self::NegatesWhatPrecedes,
        Self::NegatesNextName,
        Self::NegatesWhatFollows,
        Self::Prefers,
        Self::Requires,
        Self::BreaksClause,
        Self::TurnsAway,
        Self::NamesColleagues,
        Self::TellsOfOthers,
    ];
}

/// Adds a kind to those that a phrase is.
pub(super) fn add(kinds: &mut u16, kind: CueKind) {
    *kinds |= 1 << kind as u8;
}

/// The kinds that a phrase is.
fn each(kinds: u16) -> impl Iterator<Item = CueKind> {
    CueKind::ALL.into_iter().filter(move |kind| kinds >> *kind as u8 & 1 == 1)
}

/// The phrases of all cues, normalised.
pub(crate) fn phrases(cues: &Cues) -> impl Iterator<Item = (&String, CueKind)> {
    let lists = [
        (&cues.negation_except, CueKind::LooksLikeNegation),
        (&cues.negation_after, CueKind::NegatesWhatPrecedes),
        (&cues.negation_before, CueKind::NegatesWhatFollows),
        (&cues.preferred, CueKind::Prefers),
        (&cues.required, CueKind::Requires),
        (&cues.clause_breaks, CueKind::BreaksClause),
        (&cues.negation_prefix, CueKind::NegatesNextName),
        (&cues.refusals, CueKind::TurnsAway),
        (&cues.colleagues, CueKind::NamesColleagues),
        (&cues.others, CueKind::TellsOfOthers),
    ];
    lists.into_iter().flat_map(|(phrases, kind)| phrases.iter().map(move |phrase| (phrase, kind)))
}

#[derive(Debug, Clone, Copy)]
struct Cue {
    span: Span,
    kind: CueKind,
}

/// Whether `other` stands in place of `cue`: a longer phrase of its kind around it, or a
/// negation of an earlier kind that overlaps it.
fn hides(other: &Cue, cue: &Cue) -> bool {
    if !other.span.overlaps(cue.span) {
        return false;
    }
    let negations = other.kind <= CueKind::NegatesWhatFollows && cue.kind <= CueKind::NegatesWhatFollows;
    let longer = other.span.end - other.span.start > cue.span.end - cue.span.start;
    (other.kind == cue.kind && longer) || (negations && other.kind < cue.kind)
}

/// The cues of a document, and what they negate.
#[derive(Debug)]
pub(crate) struct Cued<'d, 't> {
    document: &'d Document<'t>,
    /// Sorted by where they start.
    cues: Vec<Cue>,
    /// Bytes of the longest of them.
    longest: usize,
    /// The scopes of negations, sorted and apart.
    negated: Vec<Span>,
}

impl<'d, 't> Cued<'d, 't> {
    /// Reads the cues among the hits of `document`.
    pub(crate) fn new(document: &'d Document<'t>) -> Self {
        let hits = document.hits_of(Kinds::CUE).map(|hit| (hit.span, document.meaning(hit).cues));
        let all: Vec<Cue> = hits.flat_map(|(span, kinds)| each(kinds).map(move |kind| Cue { span, kind })).collect();
        let longest = all.iter().map(|cue| cue.span.end - cue.span.start).max().unwrap_or(0);
        let mut cues = all.clone();
        let mut from = 0;
        cues.retain(|cue| {
            while all[from].span.start + longest <= cue.span.start {
                from += 1;
            }
            !all[from..].iter().take_while(|other| other.span.start < cue.span.end).any(|other| hides(other, cue))
        });
        let mut cued = Self { document, cues, longest, negated: Vec::new() };
        cued.negated = joined(cued.negated_spans());
        cued
    }

    /// Whether a mention at `span` stands in the scope of a negation.
    pub(crate) fn is_negated(&self, span: Span) -> bool {
        let next = self.negated.partition_point(|scope| scope.end <= span.start);
        self.negated.get(next).is_some_and(|scope| scope.overlaps(span)) || self.has_negative_prefix(span)
    }

    /// Whether a prefix such as `non-` stands right before a name.
    fn has_negative_prefix(&self, name: Span) -> bool {
        let before = self.document.text().lower()[..name.start].trim_end_matches([' ', '-']).len();
        let near = self.cues_in(Span::new(before.saturating_sub(1), before));
        near.filter(|cue| cue.kind == CueKind::NegatesNextName).any(|cue| cue.span.end == before)
    }

    /// How much a mention at `span` is asked for.
    pub(crate) fn requirement(&self, span: Span) -> Requirement {
        // Most sentences hold no such cue, and their clauses need not be found.
        let clause = self.tells_requirement(span).then(|| self.part(span));
        // Of several cues in the clause the nearest speaks of the mention.
        let nearest = |kind| {
            let cues = self.cues_in(clause?).filter(move |cue| cue.kind == kind && !cue.span.overlaps(span));
            cues.map(|cue| distance(cue.span, span)).min()
        };
        let section = self.document.sections().at(span.start);
        match (nearest(CueKind::Prefers), nearest(CueKind::Requires)) {
            (Some(prefers), Some(requires)) if requires < prefers => Requirement::Required,
            (Some(_), _) => Requirement::Preferred,
            (None, _) if section == Section::Preferred => Requirement::Preferred,
            (None, Some(_)) => Requirement::Required,
            (None, None) if section == Section::Requirements => Requirement::Required,
            (None, None) => Requirement::Unstated,
        }
    }

    /// Whether a cue in the sentence around `span` says how much things are asked for.
    fn tells_requirement(&self, span: Span) -> bool {
        let sentence = self.document.sentence(span.start);
        let around = Span::new(sentence.start, sentence.end.max(span.end));
        self.cues_in(around).any(|cue| matches!(cue.kind, CueKind::Prefers | CueKind::Requires))
    }

    /// The part of the sentence around `span` that a semicolon or `but` sets off.
    fn part(&self, span: Span) -> Span {
        let sentence = self.document.sentence(span.start);
        let lower = self.document.text().lower();
        let start = lower[sentence.start..span.start].rfind(';').map_or(sentence.start, |at| sentence.start + at);
        let end_of_sentence = sentence.end.max(span.end);
        self.document.budget().spend_bytes(end_of_sentence - sentence.start);
        let end = lower[span.end..end_of_sentence].find(';').map_or(end_of_sentence, |at| span.end + at);
        let contrast = |cue: &&Cue| matches!(cue.span.of(lower), "but" | "however" | "although" | "though" | "while");
        let breaks: Vec<Span> = self.cues_in(Span::new(start, end)).filter(contrast).map(|cue| cue.span).collect();
        let from = breaks.iter().filter(|cue| cue.end <= span.start).map(|cue| cue.end).max().unwrap_or(start);
        let to = breaks.iter().filter(|cue| cue.start >= span.end).map(|cue| cue.start).min().unwrap_or(end);
        Span::new(from, to)
    }

    fn cues_in(&self, span: Span) -> impl Iterator<Item = &Cue> {
        let first = self.cues.partition_point(|cue| cue.span.start + self.longest <= span.start);
        let until = self.cues[first..].iter().take_while(move |cue| {
            self.document.budget().spend(1);
            cue.span.start < span.end
        });
        until.filter(move |cue| cue.span.end > span.start)
    }

    fn negated_spans(&self) -> Vec<Span> {
        let demands = self.double_negations();
        let is_single = |cue: &&Cue| {
            let next = demands.partition_point(|demand| demand.end <= cue.span.start);
            demands.get(next).is_none_or(|demand| demand.start > cue.span.start)
        };
        self.cues
            .iter()
            .filter(is_single)
            .filter_map(|cue| match cue.kind {
                CueKind::NegatesWhatFollows => Some(self.forward(cue.span)),
                // "Not required: ..." heads a list.
                CueKind::NegatesWhatPrecedes if self.document.text().lower()[cue.span.end..].starts_with(':') => {
                    Some(self.forward(Span::new(cue.span.start, cue.span.end + 1)))
                }
                // "Not essential but an advantage" is no negation.
                CueKind::NegatesWhatPrecedes if self.is_preferred_behind(cue.span) => None,
                CueKind::NegatesWhatPrecedes => Some(self.backward(cue.span)),
                _ => None,
            })
            .collect()
    }

    /// Whether the sentence goes on to say that it would be welcome.
    fn is_preferred_behind(&self, cue: Span) -> bool {
        let sentence = self.document.sentence(cue.start);
        let behind = Span::new(cue.start, sentence.end.min(cue.end + PREFERRED_BYTES).max(cue.end));
        self.cues_in(behind).any(|other| other.kind == CueKind::Prefers && other.span.end > cue.end)
    }

    /// The sentences that turn away whoever lacks something, and so ask for it: two
    /// negations make a demand.
    fn double_negations(&self) -> Vec<Span> {
        let refusals = self.cues.iter().filter(|cue| cue.kind == CueKind::TurnsAway);
        let sentences = refusals.filter_map(|refusal| {
            let sentence = self.document.sentence(refusal.span.start);
            let negates = |cue: &Cue| {
                matches!(cue.kind, CueKind::NegatesWhatFollows | CueKind::NegatesWhatPrecedes)
                    && !cue.span.overlaps(refusal.span)
            };
            self.cues_in(sentence).any(negates).then_some(sentence)
        });
        sentences.collect()
    }

    /// From each cue of a kind to the end of its clause, in order.
    pub(super) fn clauses_behind(&self, kind: CueKind) -> impl Iterator<Item = Span> {
        self.cues.iter().filter(move |cue| cue.kind == kind).map(|cue| self.forward(cue.span))
    }

    /// The cues of a kind, in order.
    pub(super) fn of_kind(&self, kind: CueKind) -> impl Iterator<Item = Span> {
        self.cues.iter().filter(move |cue| cue.kind == kind).map(|cue| cue.span)
    }

    /// From a cue to the end of its clause.
    fn forward(&self, cue: Span) -> Span {
        let sentence = self.document.sentence(cue.start);
        let limit = self
            .cues_in(Span::new(cue.end, sentence.end.max(cue.end)))
            .find(|other| other.kind == CueKind::BreaksClause && other.span.start >= cue.end)
            .map_or(sentence.end.max(cue.end), |other| other.span.start);
        let text = &self.document.text().lower()[cue.end..limit];
        self.document.budget().spend_bytes(text.len());
        let text = text.split(" - ").next().unwrap_or(text);
        let mut end = 0;
        for (index, part) in text.split_inclusive([',', ';', ':', '(', ')', '.', '!', '?']).enumerate() {
            let closed = end > 0 && text[..end].ends_with([';', ':', '(', ')', '.', '!', '?']);
            let dot_inside = end > 0 && text[..end].ends_with('.') && !part.starts_with([' ', '\n']);
            if index > 0 && !dot_inside && (closed || count_words(part) > LIST_ENTRY_WORDS) {
                break;
            }
            end += part.len();
        }
        Span::new(cue.end, cue.end + first_words(&text[..end], REACH_WORDS))
    }

    /// From a cue back to the start of its clause.
    fn backward(&self, cue: Span) -> Span {
        let sentence = self.document.sentence(cue.start);
        let from = self
            .cues_in(Span::new(sentence.start, cue.start))
            .filter(|other| other.kind == CueKind::BreaksClause && other.span.end <= cue.start)
            .map(|other| other.span.end)
            .last()
            .unwrap_or(sentence.start);
        let text = &self.document.text().lower()[from..cue.start];
        self.document.budget().spend_bytes(text.len());
        let mut start = text.len();
        for part in text.rsplit([',', ';', ':', '(']) {
            let first = start == text.len();
            if !first && count_words(part) > LIST_ENTRY_WORDS {
                break;
            }
            start -= part.len();
            let separator = text[..start].chars().next_back();
            // A cue right behind a comma speaks of what follows, or of nothing; one that
            // opens a bracket speaks of what stands before it.
            let nothing_between = first && count_words(part) == 0;
            let goes_on = match separator {
                Some(',') => !nothing_between,
                // "Kubernetes (not required)"
                Some('(') => nothing_between,
                _ => false,
            };
            if !goes_on {
                break;
            }
            start -= 1;
        }
        Span::new(from + start, cue.start)
    }
}

/// Scopes sorted, those that touch made one.
pub(super) fn joined(mut scopes: Vec<Span>) -> Vec<Span> {
    scopes.sort_unstable();
    scopes.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
    scopes
}

/// Bytes between two spans.
fn distance(one: Span, other: Span) -> usize {
    if one.end <= other.start { other.start - one.end } else { one.start.saturating_sub(other.end) }
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The length of the first `count` words of `text`.
fn first_words(text: &str, count: usize) -> usize {
    let mut seen = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            inside = false;
        } else if !inside {
            inside = true;
            seen += 1;
            if seen > count {
                return at;
            }
        }
    }
    text.len()
}
