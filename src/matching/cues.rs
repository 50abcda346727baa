//! Negation, and how much a mention is asked for: both told by phrases near it.

use super::Requirement;
use super::engine::is_bounded;
use crate::lexicon::Cues;
use crate::text::{Folded, Phrases, Section, SectionMap, Sentences, Span};

/// Words a negation reaches at most, to either side.
const REACH_WORDS: usize = 14;
/// A part between commas of at most this many words is an entry of a list, and a
/// negation runs on across it.
const LIST_ENTRY_WORDS: usize = 3;

/// What a cue does. Of overlapping negations the one listed first here stands: `not
/// only` is none, and `not necessary` reaches back although `is not` reaches on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum CueKind {
    LooksLikeNegation,
    NegatesWhatPrecedes,
    NegatesWhatFollows,
    Prefers,
    Requires,
    BreaksClause,
}

/// Finds the cues of a lexicon in texts.
#[derive(Debug)]
pub(crate) struct CueFinder {
    phrases: Phrases,
    kinds: Vec<CueKind>,
    /// Bytes of the longest phrase.
    longest: usize,
}

#[derive(Debug, Clone, Copy)]
struct Cue {
    span: Span,
    kind: CueKind,
}

impl CueFinder {
    pub(crate) fn new(cues: &Cues) -> Self {
        let lists = [
            (&cues.negation_except, CueKind::LooksLikeNegation),
            (&cues.negation_after, CueKind::NegatesWhatPrecedes),
            (&cues.negation_before, CueKind::NegatesWhatFollows),
            (&cues.preferred, CueKind::Prefers),
            (&cues.required, CueKind::Requires),
            (&cues.clause_breaks, CueKind::BreaksClause),
        ];
        let phrases = || lists.iter().flat_map(|(phrases, kind)| phrases.iter().map(move |phrase| (phrase, *kind)));
        let texts: Vec<&String> = phrases().map(|(phrase, _)| phrase).collect();
        let longest = texts.iter().map(|phrase| phrase.len()).max().unwrap_or(0);
        Self { phrases: Phrases::new(&texts), kinds: phrases().map(|(_, kind)| kind).collect(), longest }
    }

    /// The cues of `text`, read once.
    pub(crate) fn read<'t>(&self, text: &'t Folded, sentences: &'t Sentences) -> Cued<'t> {
        let mut cues: Vec<Cue> = Vec::new();
        self.phrases.each(text.key(), |span, phrase| {
            if is_bounded(text.key(), span) {
                cues.push(Cue { span, kind: self.kinds[phrase as usize] });
            }
        });
        cues.sort_by_key(|cue| cue.span);
        let hidden = |cue: &Cue| cues.iter().any(|other| hides(other, cue));
        let cues = cues.iter().filter(|cue| !hidden(cue)).copied().collect();
        let mut cued = Cued { text, sentences, cues, longest: self.longest, negated: Vec::new() };
        cued.negated = cued.negated_spans();
        cued
    }
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

/// A text with its cues found.
#[derive(Debug)]
pub(crate) struct Cued<'t> {
    text: &'t Folded,
    sentences: &'t Sentences,
    /// Sorted by where they start.
    cues: Vec<Cue>,
    longest: usize,
    negated: Vec<Span>,
}

impl Cued<'_> {
    /// Whether a mention at `span` stands in the scope of a negation.
    pub(crate) fn is_negated(&self, span: Span) -> bool {
        self.negated.iter().any(|scope| scope.overlaps(span))
    }

    /// How much a mention at `span` is asked for.
    pub(crate) fn requirement(&self, span: Span, sections: &SectionMap) -> Requirement {
        let clause = self.part(span);
        // Of several cues in the clause the nearest speaks of the mention.
        let nearest = |kind| {
            let cues = self.cues_in(clause).filter(move |cue| cue.kind == kind && !cue.span.overlaps(span));
            cues.map(|cue| distance(cue.span, span)).min()
        };
        let section = sections.at(span.start);
        match (nearest(CueKind::Prefers), nearest(CueKind::Requires)) {
            (Some(prefers), Some(requires)) if requires < prefers => Requirement::Required,
            (Some(_), _) => Requirement::Preferred,
            (None, _) if section == Section::Preferred => Requirement::Preferred,
            (None, Some(_)) => Requirement::Required,
            (None, None) if section == Section::Requirements => Requirement::Required,
            (None, None) => Requirement::Unstated,
        }
    }

    /// The part of the sentence around `span` that a semicolon or `but` sets off.
    fn part(&self, span: Span) -> Span {
        let sentence = self.sentences.around(span.start);
        let key = self.text.key();
        let start = key[sentence.start..span.start].rfind(';').map_or(sentence.start, |at| sentence.start + at);
        let end_of_sentence = sentence.end.max(span.end);
        let end = key[span.end..end_of_sentence].find(';').map_or(end_of_sentence, |at| span.end + at);
        let contrast = |cue: &&Cue| matches!(cue.span.of(key), "but" | "however" | "although" | "though" | "while");
        let breaks: Vec<Span> = self.cues_in(Span::new(start, end)).filter(contrast).map(|cue| cue.span).collect();
        let from = breaks.iter().filter(|cue| cue.end <= span.start).map(|cue| cue.end).max().unwrap_or(start);
        let to = breaks.iter().filter(|cue| cue.start >= span.end).map(|cue| cue.start).min().unwrap_or(end);
        Span::new(from, to)
    }

    fn cues_in(&self, span: Span) -> impl Iterator<Item = &Cue> {
        let first = self.cues.partition_point(|cue| cue.span.start + self.longest <= span.start);
        let until = self.cues[first..].iter().take_while(move |cue| cue.span.start < span.end);
        until.filter(move |cue| cue.span.end > span.start)
    }

    fn negated_spans(&self) -> Vec<Span> {
        self.cues
            .iter()
            .filter_map(|cue| match cue.kind {
                CueKind::NegatesWhatFollows => Some(self.forward(cue.span)),
                // "Not required: ..." heads a list.
                CueKind::NegatesWhatPrecedes if self.text.key()[cue.span.end..].starts_with(':') => {
                    Some(self.forward(Span::new(cue.span.start, cue.span.end + 1)))
                }
                CueKind::NegatesWhatPrecedes => Some(self.backward(cue.span)),
                _ => None,
            })
            .collect()
    }

    /// From a cue to the end of its clause.
    fn forward(&self, cue: Span) -> Span {
        let sentence = self.sentences.around(cue.start);
        let limit = self
            .cues_in(Span::new(cue.end, sentence.end.max(cue.end)))
            .find(|other| other.kind == CueKind::BreaksClause && other.span.start >= cue.end)
            .map_or(sentence.end.max(cue.end), |other| other.span.start);
        let text = &self.text.key()[cue.end..limit];
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
        let sentence = self.sentences.around(cue.start);
        let from = self
            .cues_in(Span::new(sentence.start, cue.start))
            .filter(|other| other.kind == CueKind::BreaksClause && other.span.end <= cue.start)
            .map(|other| other.span.end)
            .last()
            .unwrap_or(sentence.start);
        let text = &self.text.key()[from..cue.start];
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
