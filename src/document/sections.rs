//! Sections of a posting: told by headings and by what the passages say.

use super::columns::Original;
use super::headings::openings;
use super::names::is_rest_of_name;
use super::of_kinds;
use super::opening::{Heading, Opening, Opens};
use super::passages::{Passage, Reading, passages};
use super::phrase_table::{Hit, Kinds, PhraseTable};
use super::section::Section;
use crate::text::{Sentences, Span, Stretches};

/// The hits of an ordinary posting for each that speaks for a section, or a few less: making more room later
/// costs a copy.
const HITS_A_CUE: usize = 2;
/// The same for each that may be a heading.
const HITS_A_HEADING: usize = 8;

/// The sections of one posting, in offsets of its normalised text.
#[derive(Debug, Clone)]
pub struct Sections {
    /// The title, then the passages of the body; the first at 0.
    passages: Vec<Passage>,
    stretches: Stretches,
    /// Where other adverts begin and end.
    elsewhere: Vec<Span>,
}

impl Sections {
    /// Finds the sections of a posting.
    pub(super) fn new(
        original: &Original<'_>,
        body: usize,
        sentences: &Sentences,
        table: &PhraseTable,
        hits: &[Hit],
    ) -> Self {
        let mut headings = Vec::with_capacity(hits.len() / HITS_A_HEADING);
        let mut cues = Vec::with_capacity(hits.len() / HITS_A_CUE);
        for hit in of_kinds(hits, Kinds::SECTION) {
            let (span, meaning) = (hit.span, table.meaning(hit.phrase));
            push_if(&mut headings, Heading { span, word: meaning.heading }, meaning.heading.opens_anything());
            push_if(&mut cues, (span, meaning.passage), meaning.passage.says_anything());
        }
        let reading = Reading { text: original.text, sentences, hits, cues: &cues, body };
        headings.retain(|heading| !is_in_broken_name(heading.span, &reading));
        let openings = openings(original, body, table, &headings, hits);
        let title = (body > 0).then_some(Passage { at: 0, section: Section::Title, asks: false });
        let mut all = passages(&reading, &openings, title);
        let elsewhere = elsewhere(&openings, reading.text.cased().len());
        for span in &elsewhere {
            let inside = all.iter_mut().filter(|passage| span.start <= passage.at && passage.at < span.end);
            inside.for_each(|passage| passage.section = Section::Elsewhere);
        }
        let stretches = Stretches::new(all.iter().map(|passage| passage.at), reading.text.cased().len());
        Self { passages: all, stretches, elsewhere }
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
        let next = self.passages_to(at);
        let start = self.passages.get(next.saturating_sub(1)).map_or(0, |passage| passage.at);
        (start, self.passages.get(next).map(|passage| passage.at))
    }

    /// The parts of the text that are no part of the posting.
    pub(super) fn elsewhere(&self) -> &[Span] {
        &self.elsewhere
    }

    fn passage(&self, at: usize) -> Option<&Passage> {
        self.passages.get(self.passages_to(at).saturating_sub(1))
    }

    /// How many of them begin at byte `at` or before it.
    fn passages_to(&self, at: usize) -> usize {
        self.stretches.count_to(at)
    }
}

/// Pushes an item or not, without a branch that nobody could foresee.
fn push_if<T>(items: &mut Vec<T>, item: T, is_wanted: bool) {
    items.push(item);
    items.truncate(items.len() - usize::from(!is_wanted));
}

/// Whether a heading phrase at the start of a line belongs to a name that wrapping broke, and nothing sets it off:
/// `with AWS Step` / `Functions and queues`.
fn is_in_broken_name(phrase: Span, reading: &Reading<'_>) -> bool {
    let (cased, at) = (reading.text.cased(), phrase.start);
    let ends_line =
        || cased[phrase.end..].strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'));
    let is_set_off = || reading.text.is_emphasis(at) || ends_line();
    cased[..at].ends_with('\n')
        && reading.sentences.around(at).start != at
        && !is_set_off()
        && is_rest_of_name(cased, reading.hits, at)
}

/// Other adverts: to the end of the text where the posting has had its say, else to the next
/// heading of a posting, as beside the text of a page that lists jobs first.
fn elsewhere(openings: &[Opening], end: usize) -> Vec<Span> {
    let of_posting =
        |opening: &Opening| matches!(opening.opens, Opens::Section(section) if section != Section::Elsewhere);
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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::Section::{About, Benefits, Elsewhere, Legal, Other, Preferred, Requirements, Responsibilities};
    use super::*;
    use crate::document::{Document, PassageCue, PhraseTableBuilder};

    const HEADINGS: [(&str, Section); 20] = [
        ("requirements", Requirements),
        ("required experience", Requirements),
        ("skills", Requirements),
        ("must have", Requirements),
        ("ideal candidate", Requirements),
        ("essential", Requirements),
        ("what you'll do", Responsibilities),
        ("responsibilities", Responsibilities),
        ("nice to have", Preferred),
        ("desirable", Preferred),
        ("not essential", Preferred),
        ("about us", About),
        ("about *", About),
        ("benefits", Benefits),
        ("perks", Benefits),
        ("salary", Benefits),
        ("legal notice", Legal),
        ("the role", Other),
        ("similar jobs", Elsewhere),
        ("more jobs from *", Elsewhere),
    ];

    const CUES: [(&str, Section, PassageCue); 9] = [
        ("founded in", About, PassageCue::Strong),
        ("we are", About, PassageCue::Weak),
        ("you will", Responsibilities, PassageCue::Strong),
        ("bake", Responsibilities, PassageCue::Opening),
        ("brew", Responsibilities, PassageCue::Opening),
        ("years of experience", Requirements, PassageCue::Strong),
        ("knowledge of", Requirements, PassageCue::Strong),
        ("health insurance", Benefits, PassageCue::Strong),
        ("equal opportunity", Legal, PassageCue::Strong),
    ];

    static TABLE: LazyLock<PhraseTable> = LazyLock::new(|| {
        let mut table = PhraseTableBuilder::default();
        for (phrase, section) in HEADINGS {
            let words = phrase.trim_end_matches(" *");
            table.meaning(words).heading.add(section, words.len() < phrase.len());
        }
        for (phrase, section, cue) in CUES {
            table.meaning(phrase).passage.add(section, cue);
        }
        for form in ["design skills", "brew tools", "benefits baker"] {
            table.meaning(form).entries = 1;
        }
        table.build()
    });

    /// The section around each `X` of a text.
    fn around_marks(text: &str) -> Vec<Section> {
        let document = Document::new(&TABLE, "", text);
        let marks = document.text().cased().match_indices('X');
        marks.map(|(at, _)| document.sections().at(at)).collect()
    }

    fn check(cases: &[(&str, &[Section])]) {
        let wrong: Vec<String> = cases
            .iter()
            .filter(|(text, sections)| around_marks(text) != *sections)
            .map(|(text, sections)| format!("{text:?}: {:?}, expected {sections:?}", around_marks(text)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn headings_open_sections_with_newlines_kept_or_lost() {
        check(&[
            ("Intro\n\nRequirements\n\n* 5 years of X", &[Requirements]),
            ("Intro\n**Requirements:**\n* X", &[Requirements]),
            ("## What you\u{2019}ll do\nX", &[Responsibilities]),
            ("Key Responsibilities:\n- X", &[Responsibilities]),
            ("We are great. Requirements: * 5 years of X, and then some more words to fill it", &[Requirements]),
            ("We are great and grow quickly every year NICE TO HAVE * X and quite some other words", &[Preferred]),
            ("The requirements of our customers vary a lot, so the person must know X well", &[Other]),
            ("Review code. Requirements: Kotlin and X.", &[Requirements]),
            ("* Benefits administration tools\n* X", &[Other]),
            (
                "Skills * Docker \u{2022} SQL Nice to have: \u{2022} X \u{2022} Go and quite a few more words",
                &[Preferred],
            ),
            ("**Benefits:** free lunch, dental and vision plans, a pension and more X for everyone", &[Benefits]),
            ("Learn more about it.**Responsibilities**\n* X", &[Responsibilities]),
        ]);
    }

    #[test]
    fn a_name_that_wrapping_broke_is_no_heading() {
        let line = "We look for somebody who has made a name with Design";
        let check_wrapped = |next: &str, section| check(&[(&format!("{line}\n{next} X"), &[section])]);
        check_wrapped("Skills/today.", Other);
        check_wrapped("Skills.\nWe like", Other);
        check_wrapped("Skills: here", Other);
        // Set off, or in small letters before the break, or behind the end of a sentence.
        check_wrapped("Skills:\n", Requirements);
        check_wrapped("**Skills**\n", Requirements);
        check(&[
            ("We look for somebody who has made a name with design\nSkills\nX", &[Requirements]),
            ("Who does Design\nSkills\nX", &[Requirements]),
        ]);
    }

    #[test]
    fn a_part_of_a_name_is_no_heading_in_a_line_that_lost_its_newlines() {
        let words = "and so on ".repeat(45);
        check(&[
            (&format!("{words}with Design Skills: X"), &[Other]),
            (&format!("{words}with Great Skills: X"), &[Requirements]),
            (&format!("{words}with good design Skills: X"), &[Requirements]),
            (&format!("{words}with ease; Benefits Baker X"), &[Other]),
            (&format!("{words}with ease; Benefits Cooks X"), &[Benefits]),
        ]);
    }

    #[test]
    fn decoration_does_not_hide_a_heading() {
        let decorated = [
            "\u{1f4cb} Requirements",
            "[Requirements]",
            "2. Requirements",
            "3) REQUIREMENTS:",
            "--- Requirements ---",
            "# Requirements #",
            "__Requirements__",
            "\u{25ba} Requirements",
            "R E Q U I R E M E N T S",
            "Requirements (must have)",
            "Skills & requirements",
            "Skills / Requirements",
            "An ideal candidate should have:",
            "Who is our ideal candidate?",
        ];
        for heading in decorated {
            assert_eq!(around_marks(&format!("Intro\n\n{heading}\n- X")), [Requirements], "{heading:?}");
        }
    }

    #[test]
    fn a_heading_may_take_a_name() {
        check(&[
            ("About Heron Ltd\nX", &[About]),
            ("About Heron Data Services of Leeds\nX", &[About]),
            ("About ten people work at X", &[Other]),
            ("Desirable, but not essential\nX", &[Preferred]),
        ]);
    }

    #[test]
    fn some_headings_speak_of_their_own_line_only() {
        check(&[
            ("Requirements\n* a\n* Salary: X\n* X", &[Benefits, Requirements]),
            ("Requirements\n* a\n* Nice to have: X\n* X", &[Requirements, Requirements]),
            ("Salary: 50,000 X a year\n\nBake the X", &[Benefits, Responsibilities]),
            ("Requirements\n* Salary\n* X", &[Requirements]),
        ]);
    }

    #[test]
    fn an_unknown_heading_ends_what_is_an_aside() {
        check(&[
            ("About us\nWe sell.\n\n## Your stack\nX", &[Other]),
            ("Requirements\n* a\n\n## Front end\n* X", &[Requirements]),
            ("Benefits\n* lunch\n\nThings we like\n* X", &[Other]),
        ]);
    }

    #[test]
    fn passages_tell_what_no_heading_does() {
        check(&[
            ("X was founded in May.", &[About]),
            (
                "X was founded in May. We are glad. You will like X. You will see X.",
                &[About, Responsibilities, Responsibilities],
            ),
            ("The role\nYou will bake X.", &[Responsibilities]),
            ("- Bake X\n- Brew X\n- X too", &[Responsibilities; 3]),
            ("1. Bake X\n2. Brew X", &[Responsibilities; 2]),
            ("o Bake X\no Brew X", &[Responsibilities; 2]),
            ("-Bake X\n-Brew X", &[Responsibilities; 2]),
            ("\u{2192}Bake X\n\u{2192}Brew X", &[Responsibilities; 2]),
            ("Some lines about bake X", &[Other]),
            // line breaks lost
            ("you will love the oven Bake X daily Brew X at night", &[Responsibilities; 2]),
            ("some lines about it/Cake Bake X", &[Other]),
            ("some lines about BAKE X", &[Other]),
            ("some lines about Brew Tools X", &[Other]),
            ("some lines about Brew tools X", &[Responsibilities]),
        ]);
    }

    #[test]
    fn passages_leave_a_section_that_they_do_not_belong_to() {
        check(&[
            (
                "Requirements\n* X\n\nWe are an equal opportunity employer. X has equal opportunity in mind.",
                &[Requirements, Legal],
            ),
            // behind a list its heading says little
            (
                "Requirements\n* X\n\nWith health insurance, health insurance for dogs. X too.\n\nAnd X.",
                &[Requirements, Benefits, Benefits],
            ),
            // one item does not leave its list
            ("Responsibilities\n* X\n* knowledge of X\n* X", &[Responsibilities; 3]),
            ("Nice to have\n* knowledge of X\n* years of experience with X", &[Preferred; 2]),
            (
                "Requirements\n* X\n\nX gives health insurance. X has health insurance for dogs.",
                &[Requirements, Benefits, Benefits],
            ),
        ]);
    }

    #[test]
    fn other_adverts_are_no_part_of_the_posting() {
        check(&[
            ("Requirements\n* X\n\nSimilar jobs\nX\nRequirements\nX", &[Requirements, Elsewhere, Elsewhere]),
            ("X\n\nMore jobs from Heron\nX", &[Other, Elsewhere]),
            // a list of jobs beside the posting
            ("Similar jobs\nX\n\nRequirements\nX", &[Elsewhere, Requirements]),
            ("We compare similar jobs\nX", &[Other]),
        ]);
        let document = Document::new(&TABLE, "", "You will bake\n\nSimilar jobs\nYou will brew a lot");
        assert_eq!(document.words(), 3);
        assert_eq!(document.hits().len(), 2);
    }

    #[test]
    fn the_column_decides_for_its_cells() {
        check(&[
            (
                "Criteria\tEssential\tDesirable\nX\tX\tX\nX\tX\tX\n\nX",
                &[Requirements, Requirements, Preferred, Requirements, Requirements, Preferred, Other],
            ),
            ("\tEssential\tDesirable\nSkills\tX\tX", &[Requirements, Preferred]),
            // empty cells, and lists in cells
            ("Criteria\tEssential\tDesirable\nSkills\t\tX\nTools\tX", &[Preferred, Requirements]),
            ("Criteria\tEssential\tDesirable\nSkills\t* X\n* X\t* X", &[Requirements, Requirements, Preferred]),
            ("Essential\tDesirable skills for X\nX\tX", &[Other; 3]),
        ]);
    }

    #[test]
    fn what_a_passage_asks_is_known_whatever_its_section() {
        let document = Document::new(&TABLE, "", "Responsibilities\n* Bake\n* knowledge of ovens\n* Brew");
        let asks = |word: &str| document.text().lower().find(word).map(|at| document.sections().asks_at(at));
        assert_eq!([asks("bake"), asks("ovens"), asks("brew")], [Some(false), Some(true), Some(false)]);
    }
}
