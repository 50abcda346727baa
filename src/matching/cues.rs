//! Negation, and how much a mention is asked for: both told by phrases near it.

use super::Requirement;
use crate::document::{Document, Kinds, Section};
use crate::lexicon::Cues;
use crate::text::bytes::{BLOCK, block, mask, ones, places};
use crate::text::{Span, char_start, is_white};

/// Words a negation reaches at most, to either side.
const REACH_WORDS: usize = 14;
/// A part between commas of at most this many words is an entry of a list, and a
/// negation runs on across it.
const LIST_ENTRY_WORDS: usize = 3;
/// Words between a negation and a preference that speak of the same: `not required but it would be
/// useful`.
const WORDS_TO_PREFERENCE: usize = 4;

/// The hits of an ordinary posting for each cue in it, or a few less: making more room later costs a copy.
const HITS_A_CUE: usize = 8;

/// What a cue does. Of overlapping negations the one listed first here stands: `not
/// only` is none, and `not necessary` reaches back although `is not` reaches on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CueKind {
    LooksLikeNegation,
    NegatesWhatPrecedes,
    NegatesNextName,
    NegatesWhatFollows,
    Prefers,
    PrefersWhatFollows,
    Requires,
    BreaksClause,
    TurnsAway,
    NamesColleagues,
    TellsOfOthers,
}

impl CueKind {
    const ALL: [Self; 11] = [
        Self::LooksLikeNegation,
        Self::NegatesWhatPrecedes,
        Self::NegatesNextName,
        Self::NegatesWhatFollows,
        Self::Prefers,
        Self::PrefersWhatFollows,
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
    ones(kinds.into()).filter_map(|kind| CueKind::ALL.get(kind).copied())
}

/// The phrases of all cues, normalised.
pub(crate) fn phrases(cues: &Cues) -> impl Iterator<Item = (&String, CueKind)> {
    let lists = [
        (&cues.negation_except, CueKind::LooksLikeNegation),
        (&cues.negation_after, CueKind::NegatesWhatPrecedes),
        (&cues.negation_before, CueKind::NegatesWhatFollows),
        (&cues.preferred, CueKind::Prefers),
        (&cues.preferred_before, CueKind::PrefersWhatFollows),
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
    /// Where those end that negate the name behind them, sorted.
    prefixes: Vec<usize>,
    /// The scopes of negations, sorted and apart.
    negated: Vec<Span>,
    /// The scopes of preferences, sorted and apart.
    preferred: Vec<Span>,
}

impl<'d, 't> Cued<'d, 't> {
    /// Reads the cues among the hits of `document`.
    pub(crate) fn new(document: &'d Document<'t>) -> Self {
        let mut all: Vec<Cue> = Vec::with_capacity(document.hits().len() / HITS_A_CUE);
        for hit in document.hits_of(Kinds::CUE) {
            all.extend(each(document.meaning(hit).cues).map(|kind| Cue { span: hit.span, kind }));
        }
        let longest = all.iter().map(|cue| cue.span.end - cue.span.start).max().unwrap_or(0);
        let mut cues = all.clone();
        let mut from = 0;
        cues.retain(|cue| {
            while all[from].span.start + longest <= cue.span.start {
                from += 1;
            }
            !all[from..].iter().take_while(|other| other.span.start < cue.span.end).any(|other| hides(other, cue))
        });
        let prefixes = cues.iter().filter(|cue| cue.kind == CueKind::NegatesNextName).map(|cue| cue.span.end);
        let mut prefixes: Vec<usize> = prefixes.collect();
        prefixes.sort_unstable();
        let mut cued = Self { document, cues, longest, prefixes, negated: Vec::new(), preferred: Vec::new() };
        cued.negated = joined(cued.negated_spans());
        cued.preferred = joined(cued.preferred_spans());
        cued
    }

    /// Whether a mention at `span` stands in the scope of a negation.
    pub(crate) fn is_negated(&self, span: Span) -> bool {
        covers(&self.negated, span) || self.has_negative_prefix(span)
    }

    /// Whether a prefix such as `non-` stands right before a name.
    fn has_negative_prefix(&self, name: Span) -> bool {
        let before = || self.document.text().lower()[..name.start].trim_end_matches([' ', '-']).len();
        !self.prefixes.is_empty() && self.prefixes.binary_search(&before()).is_ok()
    }

    /// How much a mention at `span` of a `section` is asked for: a preference in its clause tells first,
    /// then its section, then the words of its passage.
    pub(crate) fn requirement(&self, span: Span, section: Section) -> Requirement {
        let sections = self.document.sections();
        match section {
            _ if covers(&self.preferred, span) => Requirement::Preferred,
            Section::Preferred => Requirement::Preferred,
            Section::Requirements => Requirement::Required,
            _ if sections.asks_at(span.start) => Requirement::Required,
            // Duties are worded with "required" and "must", too.
            Section::Responsibilities => Requirement::Unstated,
            _ if self.requires(span) => Requirement::Required,
            _ => Requirement::Unstated,
        }
    }

    /// Whether a cue demands what stands at `span`, in the part of its passage that semicolons
    /// and words like `but` set off.
    fn requires(&self, span: Span) -> bool {
        let passage = self.document.passage(span.start);
        let passage = Span::new(passage.start, passage.end.max(span.end));
        let cues = || self.cues_in(passage);
        if !cues().any(|cue| cue.kind == CueKind::Requires) {
            return false;
        }
        let lower = self.document.text().lower();
        self.document.budget().spend_bytes(passage.end - passage.start);
        let breaks = cues().filter(|cue| self.contrasts(cue)).map(|cue| cue.span);
        let (behind, ahead): (Vec<Span>, Vec<Span>) = breaks.partition(|contrast| contrast.start >= span.end);
        let semicolon = lower[passage.start..span.start].rfind(';').map(|at| passage.start + at);
        let from = ahead.iter().map(|contrast| contrast.end).chain(semicolon).max().unwrap_or(passage.start);
        let semicolon = lower[span.end..passage.end].find(';').map(|at| span.end + at);
        let to = behind.iter().map(|contrast| contrast.start).chain(semicolon).min().unwrap_or(passage.end);
        self.cues_in(Span::new(from, to)).any(|cue| cue.kind == CueKind::Requires)
    }

    /// Whether a cue sets what follows it against what precedes it.
    fn contrasts(&self, cue: &Cue) -> bool {
        matches!(cue.span.of(self.document.text().lower()), "but" | "however" | "although" | "though" | "while")
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
                CueKind::NegatesWhatPrecedes if self.only_weakens(cue.span) => None,
                // "Not required: ..." heads a list.
                CueKind::NegatesWhatPrecedes if self.document.text().lower()[cue.span.end..].starts_with(':') => {
                    Some(self.forward(Span::new(cue.span.start, cue.span.end + 1)))
                }
                CueKind::NegatesWhatPrecedes => Some(self.backward(cue.span)),
                _ => None,
            })
            .collect()
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

    /// Whether a negation stands beside a preference, and says no more than that: `nice to have
    /// but not needed`, `not required, but useful`.
    fn only_weakens(&self, negation: Span) -> bool {
        let lower = self.document.text().lower();
        self.cues_in(self.document.passage(negation.start)).filter(|cue| cue.kind == CueKind::Prefers).any(|cue| {
            let between = Span::new(cue.span.end.min(negation.end), cue.span.start.max(negation.start));
            between.start < between.end && {
                let words = between.of(lower);
                let apart = words.contains(',') || self.cues_in(between).any(|cue| self.contrasts(cue));
                apart && count_words(words) <= WORDS_TO_PREFERENCE
            }
        })
    }

    /// What each preference speaks of, within its passage: what follows where it opens the
    /// passage or can stand only before, else what precedes.
    fn preferred_spans(&self) -> Vec<Span> {
        let preferences =
            self.cues.iter().filter(|cue| matches!(cue.kind, CueKind::Prefers | CueKind::PrefersWhatFollows));
        preferences
            .map(|cue| {
                let passage = self.document.passage(cue.span.start);
                let lower = self.document.text().lower();
                self.document.budget().spend_bytes(passage.end - passage.start);
                let opens = !lower[passage.start..cue.span.start].contains(char::is_alphanumeric);
                let colon = lower[cue.span.end..].starts_with(':');
                if cue.kind == CueKind::PrefersWhatFollows || opens || colon {
                    self.preferred_after(cue.span, passage)
                } else {
                    self.preferred_before(cue.span, passage)
                }
            })
            .collect()
    }

    /// From a preference to the end of its clause or bracket; half way to the next demand.
    fn preferred_after(&self, cue: Span, passage: Span) -> Span {
        let rest = Span::new(cue.end, passage.end.max(cue.end));
        let demand = self.cues_in(rest).find(|other| other.kind == CueKind::Requires && other.span.start >= cue.end);
        let limit = demand.map_or(rest.end, |other| self.between(cue.end, other.span.start));
        let mut depth = 0;
        let ends = |c: char| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            c == ';' || depth < 0
        };
        let text = &self.document.text().lower()[cue.end..limit];
        Span::new(cue.start, text.find(ends).map_or(limit, |at| cue.end + at))
    }

    /// From a preference back to the start of its clause or bracket, or to the last preference;
    /// half way to the last demand.
    fn preferred_before(&self, cue: Span, passage: Span) -> Span {
        let before = self.cues_in(Span::new(passage.start, cue.start)).filter(|other| other.span.end <= cue.start);
        let limits = before.filter_map(|other| match other.kind {
            CueKind::Prefers | CueKind::PrefersWhatFollows => Some(other.span.end),
            CueKind::Requires => Some(self.between(other.span.end, cue.start)),
            CueKind::BreaksClause if self.contrasts(other) => Some(other.span.end),
            _ => None,
        });
        let from = limits.max().unwrap_or(passage.start);
        let text = &self.document.text().lower()[from..cue.start];
        Span::new(from + clause_start(text), cue.end)
    }

    /// The middle of a stretch of text.
    fn between(&self, start: usize, end: usize) -> usize {
        char_start(self.document.text().lower(), start + (end - start) / 2)
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
        let text = before_dash(text);
        let mut end = 0;
        for at in places(text.as_bytes(), ends_part).map(|at| at + 1).chain([text.len()]) {
            let part = &text[end..at];
            if let Some(mark) = text[..end].chars().next_back() {
                let dot_inside = mark == '.' && !part.starts_with([' ', '\n']);
                if !dot_inside && (mark != ',' || count_words(part) > LIST_ENTRY_WORDS) {
                    break;
                }
            }
            end = at;
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

/// Whether one of the scopes, sorted and apart, reaches a mention.
fn covers(scopes: &[Span], span: Span) -> bool {
    let next = scopes.partition_point(|scope| scope.end <= span.start);
    scopes.get(next).is_some_and(|scope| scope.overlaps(span))
}

/// Where the clause begins that a preference behind `text` speaks of: `Java, (Go` of `Java, (Go
/// is a plus)`, and all of `Java (` where the bracket holds nothing else. Entries of a list
/// belong together; behind a longer part a comma begins anew.
fn clause_start(text: &str) -> usize {
    let mut depth = 0;
    let mut start = text.len();
    let is_list = |part: &str| part.trim_start().starts_with("and ") || part.trim_start().starts_with("or ");
    let mut list = false;
    for (at, c) in text.char_indices().rev() {
        let part = &text[at + c.len_utf8()..start];
        match c {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            // "Java (a plus)"
            '(' if !part.contains(char::is_alphanumeric) => start = at,
            '(' | ';' => return at + 1,
            ',' if depth == 0 => {
                list |= is_list(part);
                let goes_on = list || !part.contains(char::is_alphanumeric) || {
                    let before = text[..at].rsplit([',', '(', ';']).next().unwrap_or_default();
                    count_words(before) <= LIST_ENTRY_WORDS
                };
                if !goes_on {
                    return at + 1;
                }
                start = at;
            }
            _ => {}
        }
    }
    0
}

/// A text up to a dash between spaces.
fn before_dash(text: &str) -> &str {
    let dash = text.match_indices('-').find(|(at, _)| text[..*at].ends_with(' ') && text[at + 1..].starts_with(' '));
    dash.map_or(text, |(at, _)| &text[..at - 1])
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a mark ends a part of a clause.
fn ends_part(byte: u8) -> bool {
    (byte == b',')
        | (byte == b';')
        | (byte == b':')
        | (byte == b'(')
        | (byte == b')')
        | (byte == b'.')
        | (byte == b'!')
        | (byte == b'?')
}

/// The length of the first `count` words of `text`.
fn first_words(text: &str, count: usize) -> usize {
    let (mut left, mut after_space) = (count, 1);
    for from in (0..text.len()).step_by(BLOCK) {
        let spaces = mask(&block(text.as_bytes(), from), is_white);
        let starts = !spaces & (spaces << 1 | after_space);
        after_space = spaces >> (BLOCK - 1);
        match ones(starts).nth(left) {
            Some(at) => return from + at,
            None => left -= starts.count_ones() as usize,
        }
    }
    text.len()
}
