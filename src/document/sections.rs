//! Sections of a posting: told by headings and by what the passages say.

use serde::{Deserialize, Serialize};

use super::columns::Original;
use super::headings::{Heading, HeadingWord, Opening, Opens, openings};
use super::passages::{Passage, Reading, passages};
use crate::text::Span;

/// The part of a posting that a place belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Section {
    /// The title of the posting, above its body.
    Title,
    /// What the person will do.
    Responsibilities,
    /// What the person must bring.
    Requirements,
    /// What is welcome but not demanded.
    Preferred,
    /// The company about itself.
    About,
    /// What the company offers.
    Benefits,
    /// Equal opportunity, privacy, disclaimers.
    Legal,
    /// Everything else: the opening, sections of other names.
    Other,
    /// Other adverts below the posting, and what else of the page is no part of it: nothing
    /// is reported from there.
    Elsewhere,
}

impl Section {
    /// The sections of a posting's body.
    pub const ALL: [Self; 7] = [
        Self::Responsibilities,
        Self::Requirements,
        Self::Preferred,
        Self::About,
        Self::Benefits,
        Self::Legal,
        Self::Other,
    ];

    /// What a heading may open.
    pub const OPENED: [Self; 8] = [
        Self::Responsibilities,
        Self::Requirements,
        Self::Preferred,
        Self::About,
        Self::Benefits,
        Self::Legal,
        Self::Other,
        Self::Elsewhere,
    ];

    /// The name in reports and in `headings.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Responsibilities => "responsibilities",
            Self::Requirements => "requirements",
            Self::Preferred => "preferred",
            Self::About => "about",
            Self::Benefits => "benefits",
            Self::Legal => "legal",
            Self::Other => "other",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// The sections of one posting, in offsets of its normalised text.
#[derive(Debug, Clone)]
pub struct Sections {
    /// The title, then the passages of the body; the first at 0.
    passages: Vec<Passage>,
    /// Where other adverts begin and end.
    elsewhere: Vec<Span>,
}

impl Sections {
    /// Finds the sections of a posting.
    pub(super) fn new(reading: &Reading<'_>, original: &Original<'_>) -> Self {
        let found: Vec<Heading> = reading
            .hits
            .iter()
            .map(|hit| Heading { span: hit.span, word: reading.table.meaning(hit.phrase).heading })
            .filter(|heading| heading.word != HeadingWord::default())
            .collect();
        let openings = openings(original, reading.body, reading.table, &found);
        let mut all = Vec::new();
        if reading.body > 0 {
            all.push(Passage { at: 0, section: Section::Title, asks: false });
        }
        all.extend(passages(reading, &openings));
        let elsewhere = elsewhere(&openings, reading.text.cased().len());
        for span in &elsewhere {
            let inside = all.iter_mut().filter(|passage| span.start <= passage.at && passage.at < span.end);
            inside.for_each(|passage| passage.section = Section::Elsewhere);
        }
        Self { passages: all, elsewhere }
    }

    /// The section around byte `at`.
    #[must_use]
    pub fn at(&self, at: usize) -> Section {
        self.passage(at).map_or(Section::Other, |passage| passage.section)
    }

    /// Whether the passage around byte `at` asks the person for something by its own words.
    #[must_use]
    pub fn asks_at(&self, at: usize) -> bool {
        self.passage(at).is_some_and(|passage| passage.asks)
    }

    /// Where each section begins, in order; the first at 0.
    pub fn starts(&self) -> impl Iterator<Item = (usize, Section)> {
        let sections = self.passages.chunk_by(|a, b| a.section == b.section);
        sections.filter_map(|passages| passages.first()).map(|passage| (passage.at, passage.section))
    }

    /// Where the passage around byte `at` begins and, if another comes after it, where that does.
    pub(super) fn around(&self, at: usize) -> (usize, Option<usize>) {
        let next = self.passages.partition_point(|passage| passage.at <= at);
        let start = self.passages.get(next.saturating_sub(1)).map_or(0, |passage| passage.at);
        (start, self.passages.get(next).map(|passage| passage.at))
    }

    /// The parts of the text that are no part of the posting.
    pub(super) fn elsewhere(&self) -> &[Span] {
        &self.elsewhere
    }

    fn passage(&self, at: usize) -> Option<&Passage> {
        let next = self.passages.partition_point(|passage| passage.at <= at);
        self.passages.get(next.saturating_sub(1))
    }
}

/// Other adverts: to the end of the text where the posting has had its say, else to the next
/// heading of a posting, as beside the text of a page that lists jobs first.
fn elsewhere(openings: &[Opening], end: usize) -> Vec<Span> {
    let of_posting = |opening: &Opening| matches!(opening.opens, Opens::Section(section) if section != Section::Elsewhere);
    let mut spans: Vec<Span> = Vec::new();
    for (index, opening) in openings.iter().enumerate() {
        let covered = spans.last().is_some_and(|span| opening.at < span.end);
        if opening.opens != Opens::Section(Section::Elsewhere) || covered {
            continue;
        }
        let said = openings[..index].iter().any(of_posting);
        let next = openings[index..].iter().find(|later| of_posting(later)).filter(|_| !said);
        spans.push(Span::new(opening.at, next.map_or(end, |next| next.at)));
    }
    spans
}
