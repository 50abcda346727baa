//! A posting read once: everything that later steps need to know of its text.
//!
//! A [`Document`] holds the normalised text with the way back to its bytes, its sentences,
//! links and sections, and every hit of one [`PhraseTable`]. The title is its first
//! section. Matching, facts and reports take what they need from here; none of them
//! normalises, splits or searches a text again.

mod budget;
mod columns;
mod headings;
mod names;
mod opening;
mod passages;
mod phrase_table;
mod repair;
mod section;
mod section_words;
mod sections;

use std::ops::Range;

use crate::text::bytes::{BLOCK, ones};
use crate::text::{Ends, Normalised, Sentences, Span, count_words, lines_in_capitals, links};
use columns::Original;

pub use budget::{Budget, TooMuchWork};
pub use phrase_table::{DutyWord, FactWord, Hit, Kinds, Meaning, PhraseId, PhraseTable, PhraseTableBuilder};
pub use section::Section;
pub use section_words::{HeadingWord, PassageCue, PassageWord};
pub use sections::Sections;

/// A posting's title and body, read once. All offsets but those of
/// [`original`](Self::original) are of the normalised text.
#[derive(Debug)]
pub struct Document<'t> {
    table: &'t PhraseTable,
    text: Normalised,
    sentences: Sentences,
    links: Vec<Span>,
    in_capitals: Vec<Span>,
    sections: Sections,
    hits: Vec<Hit>,
    /// Where the body begins.
    body: usize,
    /// Bytes of the title.
    title_len: usize,
    words: usize,
    budget: Budget,
}

impl<'t> Document<'t> {
    /// Reads a posting with the phrases of `table`.
    #[must_use]
    pub fn new(table: &'t PhraseTable, title: &str, body: &str) -> Self {
        let (text, start) = Normalised::joined(title, body);
        let budget = Budget::for_text(text.cased().len());
        let (text, start) = repair::repaired(text, start, table, &budget);
        let mut hits = table.hits(text.lower());
        if text.has_spread() {
            hits.retain(|hit| text.is_whole(hit.span));
        }
        budget.spend_bytes(text.cased().len());
        budget.spend(hits.len());
        let sentences = Sentences::new(&text);
        let original = Original::new(&text, title, body);
        let sections = Sections::new(&original, start, &sentences, table, &hits);
        // A heading inside a line stands behind the end of a sentence, or is none.
        let headings = sections.starts().map(|(at, _)| at);
        let sentences = sentences.begun_at(headings.filter(|at| text.cased()[..*at].ends_with('\n')));
        let mut within = Within { ends: sentences.ends(), lower: text.lower(), end: 0, own_marks: Vec::new() };
        hits.retain(|hit| within.holds(hit));
        let own_marks = within.own_marks;
        // A mark that a phrase itself is spelled with ends no sentence: `Node. JS`, `Play! Framework`; and a letter of a
        // form is no bullet: `Big` / `O notation`.
        let sentences = sentences.gone_on_at(&own_marks);
        let elsewhere = |at: usize| sections.elsewhere().iter().any(|span| span.start <= at && at < span.end);
        if !sections.elsewhere().is_empty() {
            hits.retain(|hit| !elsewhere(hit.span.start));
        }
        let left_out = sections.elsewhere().iter().map(|span| count_words(span.of(text.lower())));
        Self {
            links: links(&text),
            in_capitals: lines_in_capitals(text.cased()),
            words: count_words(&text.lower()[start..]) - left_out.sum::<usize>(),
            sentences,
            title_len: title.len(),
            body: start,
            budget,
            table,
            text,
            sections,
            hits,
        }
    }

    /// The normalised text: the title, a blank line, the body.
    #[must_use]
    pub fn text(&self) -> &Normalised {
        &self.text
    }

    /// The sentence or list item around a byte.
    #[must_use]
    pub fn sentence(&self, at: usize) -> Span {
        self.sentences.around(at)
    }

    /// The passage around a byte: its sentence or list item, without what a heading sets off
    /// and without its neighbours where the breaks between items were lost.
    #[must_use]
    pub fn passage(&self, at: usize) -> Span {
        let sentence = self.sentence(at);
        let (start, end) = self.sections.around(at);
        Span::new(sentence.start.max(start), end.map_or(sentence.end, |end| sentence.end.min(end)))
    }

    /// Web and mail addresses: words in them are names of hosts and files.
    #[must_use]
    pub fn links(&self) -> &[Span] {
        &self.links
    }

    /// The sections, the title among them.
    #[must_use]
    pub fn sections(&self) -> &Sections {
        &self.sections
    }

    /// Every phrase found, overlapping ones included, sorted by start, then by end. None
    /// reaches beyond the sentence, list item or heading in which it begins.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Those of them that are of one of `kinds`.
    pub fn hits_of(&self, kinds: Kinds) -> impl Iterator<Item = &Hit> {
        of_kinds(&self.hits, kinds)
    }

    /// The phrases that begin in `span`.
    #[must_use]
    pub fn hits_in(&self, span: Span) -> &[Hit] {
        let from = self.hits.partition_point(|hit| hit.span.start < span.start);
        let len = self.hits[from..].partition_point(|hit| hit.span.start < span.end);
        &self.hits[from..from + len]
    }

    /// A phrase as a hit at `span`, for what stands there in other words.
    #[must_use]
    pub fn hit(&self, span: Span, phrase: PhraseId) -> Hit {
        self.table.hit(span, phrase)
    }

    /// What a phrase that was found may mean.
    #[must_use]
    pub fn meaning(&self, hit: &Hit) -> &'t Meaning {
        self.table.meaning(hit.phrase)
    }

    /// Where the lexicon entries for a phrase that was found stand in the matcher's list.
    #[must_use]
    pub fn entries(&self, hit: &Hit) -> Range<usize> {
        self.table.entries(hit.phrase)
    }

    /// The number of a normalised phrase, whether it stands in the text or not.
    #[must_use]
    pub fn find(&self, phrase: &str) -> Option<PhraseId> {
        self.table.find(phrase)
    }

    /// Whether a place stands in a line whose words are all in capitals.
    #[must_use]
    pub fn is_in_capitals(&self, at: usize) -> bool {
        let next = self.in_capitals.partition_point(|line| line.end <= at);
        self.in_capitals.get(next).is_some_and(|line| line.start <= at)
    }

    /// Where the body begins.
    #[must_use]
    pub fn body(&self) -> usize {
        self.body
    }

    /// The words of the body: runs without white space that hold a letter or digit.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words
    }

    /// The bytes of the original body that a span of the body came from; for a span of the
    /// title those of the original title.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        let Span { start, end } = self.text.original_span(span);
        let before = if span.start >= self.body { self.title_len } else { 0 };
        Span::new(start - before, end - before)
    }

    /// The sections of the body in bytes of the original body: neighbours of one kind are one,
    /// and together they cover all of it.
    #[must_use]
    pub fn original_sections(&self, body_len: usize) -> Vec<(Section, Span)> {
        let mut sections: Vec<(Section, Span)> = Vec::new();
        for (at, section) in self.sections.starts().filter(|(at, _)| *at >= self.body) {
            let start = if at == self.body { 0 } else { self.original(Span::new(at, at)).start };
            // Nothing stands between two headings, or before one at the very start.
            if sections.last().is_some_and(|(_, span)| span.start == start) {
                sections.pop();
            }
            if sections.last().is_none_or(|(last, _)| *last != section) {
                sections.push((section, Span::new(start, body_len)));
            }
        }
        for at in 1..sections.len() {
            sections[at - 1].1.end = sections[at].1.start;
        }
        sections
    }

    /// The work that analysing this document may take, and has taken.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.budget
    }
}

/// Those of `hits` that are of one of `kinds`: which are is told for many at a time, without a branch for each.
pub(crate) fn of_kinds(hits: &[Hit], kinds: Kinds) -> impl Iterator<Item = &Hit> {
    hits.chunks(BLOCK).flat_map(move |hits| {
        let bits = hits.iter().rev().fold(0, |bits, hit| bits << 1 | u64::from(hit.kinds.has(kinds)));
        ones(bits).map(move |at| &hits[at])
    })
}

/// Tells the hits that stand within a sentence, from left to right.
struct Within<'d> {
    ends: Ends<'d>,
    lower: &'d str,
    /// Where the sentence of the last hit ends.
    end: usize,
    /// The ends of sentences, as they seemed, whose marks or bullets belong to a phrase.
    own_marks: Vec<usize>,
}

impl Within<'_> {
    #[inline(always)]
    fn holds(&mut self, hit: &Hit) -> bool {
        // Most stand in the sentence of the hit before.
        hit.span.end <= self.end || self.holds_further(hit)
    }

    #[inline(never)]
    fn holds_further(&mut self, hit: &Hit) -> bool {
        self.end = self.ends.end_behind(hit.span.start);
        if self.end >= hit.span.end {
            return true;
        }
        let (before, behind) = self.lower.split_at(self.end);
        let is_bullet = || behind.starts_with("o ") && hit.kinds.has(Kinds::FORM);
        let is_own = before.ends_with(['.', '!', '?']) || is_bullet();
        self.own_marks.extend(is_own.then_some(self.end));
        is_own
    }
}
