//! What each passage of a posting is, told by its heading and by its own words.
//!
//! A passage is a sentence or an item of a list. Phrases of the lexicon speak for sections
//! (`founded in` for the company, `you will` for duties), a heading speaks for its section in
//! every passage below it, and each change from one section to the next costs something,
//! most between the items of a list, least at a heading. The sections of a posting are those
//! for which most is said in the end: the best way through a row of states, found in one pass.

use super::headings::{is_aside, undecorated};
use super::names::begins_name;
use super::opening::{Opening, Opens};
use super::phrase_table::Hit;
use super::section::Section;
use super::section_words::{BITS, LOWEST, PassageCue, PassageWord};
use crate::text::{Normalised, Sentences, Span, Stretches, is_item, is_white};

const SECTIONS: usize = Section::ALL.len();

/// Items whose line breaks were lost that there is room for from the start.
const GLUED: usize = 4;

const WEAK: u32 = 2;
const STRONG: u32 = 4;
/// The most that the words of one passage say for a section.
const MOST: u32 = 8;
/// What a heading says for its section in each passage below it.
const HEADING: i32 = 3;
/// The same, below a further heading that is not known.
const SUBHEADING: i32 = 2;
/// What is said for no section in particular where no heading is known.
const NOTHING_KNOWN: i32 = 1;
/// What a heading says in its own line.
const HEADING_LINE: i32 = 1_000;

/// How a passage begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    Heading,
    Sentence,
    Paragraph,
    Item,
}

impl Break {
    /// What changing the section costs here. The items of a list belong together; a text
    /// without headings turns from the company to the job between two sentences.
    fn cost(self) -> i32 {
        match self {
            Self::Heading => 0,
            Self::Sentence => 1,
            Self::Paragraph => 2,
            Self::Item => 5,
        }
    }
}

/// A passage, and the section it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Passage {
    pub at: usize,
    pub section: Section,
    /// Whether it asks the person for something, whatever its section.
    pub asks: bool,
}

/// What passages are found in.
#[derive(Clone, Copy)]
pub(super) struct Reading<'d> {
    pub text: &'d Normalised,
    pub sentences: &'d Sentences,
    /// All phrases, sorted by start, then by end.
    pub hits: &'d [Hit],
    /// Those that speak for sections.
    pub cues: &'d [(Span, PassageWord)],
    /// Where the body begins.
    pub body: usize,
}

/// The title, if there is one, and the passages of the body, each with its section; `openings` are
/// the headings of the body in order.
pub(super) fn passages(reading: &Reading<'_>, openings: &[Opening], title: Option<Passage>) -> Vec<Passage> {
    let read = read(reading, openings);
    let sections = best_way(&read);
    let mut passages = Vec::with_capacity(read.len() + 1);
    passages.extend(title);
    let of_body = read.iter().zip(sections);
    passages.extend(of_body.map(|(read, at)| Passage { at: read.at, section: Section::ALL[at], asks: read.asks() }));
    passages
}

/// A passage as it was read, before its neighbours are asked.
struct Read {
    at: usize,
    begins: Break,
    /// What is said for each section.
    said: [i32; SECTIONS],
    /// What its own words say.
    words: [i32; SECTIONS],
}

impl Read {
    fn asks(&self) -> bool {
        let most = self.words.iter().max().copied().unwrap_or(0);
        most >= STRONG as i32 && self.words[place(Section::Requirements)] == most
    }
}

/// The place of a section in [`Section::ALL`], which stand in their order; the last for those that are not there.
fn place(section: Section) -> usize {
    (section as usize).wrapping_sub(Section::ALL[0] as usize).min(SECTIONS - 1)
}

fn read(reading: &Reading<'_>, openings: &[Opening]) -> Vec<Read> {
    let cased = reading.text.cased();
    let starts = starts(reading, openings);
    let mut openings = openings.iter().peekable();
    let mut above = Above::default();
    let mut read: Vec<Read> = Vec::with_capacity(starts.len());
    let mut in_item = false;
    let words = words(reading.cues, &starts, cased);
    for ((at, end), words) in spans(&starts, cased).zip(words.into_iter().skip(1)) {
        let words = words.of_each();
        let item = is_item(&cased[at..end]);
        let mut begins = begins(&cased[reading.body..at], item, in_item);
        in_item = item || (in_item && begins == Break::Sentence);
        let mut said = words;
        while let Some(opening) = openings.next_if(|opening| opening.at <= at) {
            begins = Break::Heading;
            above.open(opening.opens);
            if let Opens::Section(section) = opening.opens {
                said[place(section)] += HEADING_LINE;
            }
        }
        above.add(in_item, &words, &mut said);
        read.push(Read { at, begins, said, words });
    }
    read
}

/// The heading above a passage.
#[derive(Debug, Clone, Copy)]
struct Heading {
    section: Section,
    /// What it says for its section.
    points: i32,
    /// Whether a list began below it.
    listed: bool,
}

impl Default for Heading {
    fn default() -> Self {
        Self { section: Section::Other, points: NOTHING_KNOWN, listed: false }
    }
}

/// What stands above a passage.
#[derive(Debug, Clone, Copy, Default)]
struct Above {
    heading: Heading,
    /// The one before, to which a heading of one line gives way.
    before: Heading,
}

impl Above {
    fn open(&mut self, opens: Opens) {
        let last = self.heading;
        self.heading = match opens {
            Opens::Section(Section::Other) | Opens::Anything => Heading::default(),
            Opens::Section(section) => Heading { section, points: HEADING, listed: false },
            Opens::Rest => self.before,
            // Asides end there, the rest of a posting may be in several parts.
            Opens::Unknown if is_aside(last.section) || last.section == Section::Other => Heading::default(),
            Opens::Unknown => Heading { points: SUBHEADING, listed: false, ..last },
        };
        if matches!(opens, Opens::Section(_)) {
            self.before = last;
        }
    }

    /// Adds what the heading says of a passage with these words, inside an item or not.
    fn add(&mut self, in_item: bool, words: &[i32; SECTIONS], said: &mut [i32; SECTIONS]) {
        let Heading { section, points, listed } = self.heading;
        // Prose behind a list is often the end of the posting, under no heading of its own.
        if in_item || !listed {
            said[place(section)] += points;
        }
        // What is only welcome is worded like what is demanded.
        if section == Section::Preferred {
            said[place(section)] += words[place(Section::Requirements)];
        }
        self.heading.listed |= in_item;
    }
}

/// Where passages begin: with sentences, items and headings, and with items whose line breaks
/// were lost ("... at scale Write clean code Deliver ...").
fn starts(reading: &Reading<'_>, openings: &[Opening]) -> Vec<usize> {
    let cased = reading.text.cased();
    let sentences = reading.sentences.starts().iter().copied().filter(|at| *at > reading.body);
    // Few phrases stand behind a space with a capital: the others are told without a branch.
    let bytes = cased.as_bytes();
    let may_be_glued = |at: usize| (bytes[at - 1] == b' ') & !bytes[at].is_ascii_lowercase();
    let is_cue =
        |(span, word): &&(Span, PassageWord)| span.start > reading.body && may_be_glued(span.start) & word.opens();
    let glued = reading.cues.iter().filter(is_cue).map(|(span, _)| *span);
    let glued = glued.filter(|span| begins_glued(cased, span.start) && !begins_name(cased, reading.hits, *span));
    let mut starts = Vec::with_capacity(reading.sentences.starts().len() + openings.len() + GLUED);
    starts.push(reading.body);
    starts.extend(sentences);
    starts.extend(openings.iter().map(|opening| opening.at));
    starts.extend(glued.map(|span| span.start));
    // Sorted runs, which a stable sort merges.
    starts.sort();
    starts.dedup();
    // Nothing, or nothing but white space, is no passage.
    let is_blank = |at: usize, end: usize| cased.as_bytes()[at..end].iter().all(|byte| is_white(*byte));
    let mut from = starts.iter().copied().skip(1).chain([cased.len()]);
    let mut kept = starts.clone();
    kept.retain(|at| from.next().is_some_and(|end| *at == reading.body || !is_blank(*at, end)));
    kept
}

/// Where each of the passages begins and ends that begin at `starts`.
fn spans(starts: &[usize], cased: &str) -> impl Iterator<Item = (usize, usize)> {
    starts.iter().copied().zip(starts.iter().copied().skip(1).chain([cased.len()]))
}

/// Whether a phrase at byte `at` begins an item whose line break was lost: it begins with a capital and a small letter,
/// what stands before it is a lower-case word.
fn begins_glued(cased: &str, at: usize) -> bool {
    let words_before = || cased[..at].strip_suffix(' ').filter(|before| before.ends_with(char::is_alphanumeric));
    let mut letters = cased[at..].chars();
    letters.next().is_some_and(char::is_uppercase)
        && !letters.next().is_some_and(char::is_uppercase)
        && words_before()
            .and_then(|before| before.rsplit([' ', '\n', '/']).next())
            .is_some_and(|word| word.starts_with(char::is_lowercase) && word.len() > 3)
}

/// How a passage begins that `before` stands in front of.
fn begins(before: &str, item: bool, was_item: bool) -> Break {
    if item && was_item {
        return Break::Item;
    }
    let white = before.bytes().rev().take_while(|byte| is_white(*byte));
    let lines = white.filter(|byte| *byte == b'\n').count();
    match lines {
        0 if !item => Break::Sentence,
        1 if !item && !was_item => Break::Sentence,
        _ => Break::Paragraph,
    }
}

/// What the words of each passage say, which begin at `starts`, and before them what those in front of the first say:
/// of phrases that overlap in a passage the longest.
fn words(cues: &[(Span, PassageWord)], starts: &[usize], cased: &str) -> Vec<Points> {
    let mut said = vec![Points::default(); starts.len() + 1];
    let first_word = |start: usize, end: usize| end - undecorated(&cased[start..end]).len();
    let in_passages = spans(starts, cased).map(|(start, end)| first_word(start, end));
    let first_words: Vec<usize> = [usize::MAX].into_iter().chain(in_passages).collect();
    let places = Stretches::new(starts.iter().copied(), cased.len());
    // Reckoned without a branch, for nobody could foresee which phrases count.
    let (mut last, mut free_from) = (0, 0);
    for (index, (span, word)) in cues.iter().copied().enumerate() {
        let number = places.count_to(span.start);
        free_from *= usize::from(number == last);
        last = number;
        let is_longest = cues.get(index + 1).is_none_or(|(next, _)| next.start != span.start);
        let counts = is_longest & (span.start >= free_from);
        free_from = free_from.max(span.end * usize::from(counts));
        let begins = first_words[number] == span.start;
        said[number] = said[number].and(Points::of(word, begins).times(counts));
    }
    said
}

/// What is said for each of [`Section::ALL`], four bits each, so that all are counted at once.
#[derive(Debug, Clone, Copy, Default)]
struct Points(u32);

impl Points {
    /// What a phrase says, where it begins a passage or not.
    fn of(word: PassageWord, begins: bool) -> Self {
        let [strong, weak, opening] =
            [PassageCue::Strong, PassageCue::Weak, PassageCue::Opening].map(|cue| word.speaks_for(cue));
        let strong = strong | (opening * u32::from(begins));
        Self(strong * STRONG + (weak & !strong) * WEAK)
    }

    /// The same where the phrase counts, else nothing.
    fn times(self, counts: bool) -> Self {
        Self(self.0 * u32::from(counts))
    }

    /// Together with what another phrase says: no more than [`MOST`] for a section.
    fn and(self, other: Self) -> Self {
        let sum = self.0 + other.0;
        // Where the bit of the most is set, those below it go.
        let full = (sum / MOST) & LOWEST;
        Self(sum & !(full * (MOST - 1)))
    }

    fn of_each(self) -> [i32; SECTIONS] {
        std::array::from_fn(|at| (self.0 >> (at * BITS) & ((1 << BITS) - 1)) as i32)
    }
}

/// For each passage the place of its section: the way for which most is said when every
/// change is paid for.
fn best_way(read: &[Read]) -> Vec<usize> {
    let mut totals = [0; SECTIONS];
    // What was said in front of each passage on the best way to each section.
    let mut before = Vec::with_capacity(read.len());
    for passage in read {
        before.push(totals);
        let changed = changed(&totals, passage);
        totals = std::array::from_fn(|at| totals[at].max(changed) + passage.said[at]);
    }
    let mut at = best(&totals);
    let mut way = vec![at; read.len()];
    for ((step, passage), totals) in way.iter_mut().zip(read).zip(&before).rev() {
        *step = at;
        if totals[at] < changed(totals, passage) {
            at = best(totals);
        }
    }
    way
}

/// What is left of the most that was said in front of a passage if the section changes there.
fn changed(totals: &[i32; SECTIONS], passage: &Read) -> i32 {
    totals.iter().copied().fold(i32::MIN, i32::max) - passage.begins.cost()
}

/// The place of the largest; of equally large ones the last, which says least.
fn best(totals: &[i32; SECTIONS]) -> usize {
    (0..SECTIONS).max_by_key(|at| totals[*at]).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_most_is_said() {
        let [strong, weak] = [STRONG, WEAK].map(|points| Points(points << BITS));
        let said = [weak, strong, weak, weak].into_iter().fold(Points::default(), Points::and);
        assert_eq!(said.of_each(), [0, MOST as i32, 0, 0, 0, 0, 0]);
        assert_eq!(strong.and(weak).and(Points(WEAK)).of_each(), [2, 6, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn sections_stand_in_the_order_of_their_list() {
        for (at, section) in Section::ALL.into_iter().enumerate() {
            assert_eq!(place(section), at);
        }
        assert_eq!([Section::Title, Section::Elsewhere].map(place), [place(Section::Other); 2]);
    }
}
