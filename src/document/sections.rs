//! Sections of a posting, found by their headings, with newlines kept or lost.

use serde::{Deserialize, Serialize};

use crate::text::{Normalised, Span};

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
}

impl Section {
    /// The sections of a body, which a heading may open.
    pub const ALL: [Self; 7] = [
        Self::Responsibilities,
        Self::Requirements,
        Self::Preferred,
        Self::About,
        Self::Benefits,
        Self::Legal,
        Self::Other,
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
        }
    }

    /// An unknown heading ends these: they are asides, the rest of a posting is not.
    fn is_aside(self) -> bool {
        matches!(self, Self::About | Self::Benefits | Self::Legal)
    }
}

/// The sections of one posting, in offsets of its normalised text.
#[derive(Debug, Clone)]
pub struct Sections {
    openings: Vec<Opening>,
}

impl Sections {
    /// Finds the sections of `text`, whose title ends where the body begins at byte `body`,
    /// given where `headings` were found and what they open: sorted by start, then by end.
    #[must_use]
    pub fn new(text: &Normalised, body: usize, headings: impl Iterator<Item = (Span, Section)>) -> Self {
        let headings = headings.filter(|(span, _)| span.start >= body);
        let headings: Vec<Heading> = headings.map(|(span, section)| Heading { span, section }).collect();
        let mut openings = Vec::new();
        if body > 0 {
            openings.push(Opening { at: 0, section: Section::Title });
        }
        openings.push(Opening { at: body, section: Section::Other });
        let mut rest = headings.as_slice();
        let mut line_start = body;
        for line_end in line_ends(text.cased(), body) {
            let line = &text.cased()[line_start..line_end];
            let (here, behind) = rest.split_at(rest.partition_point(|heading| heading.span.start < line_end));
            rest = behind;
            // Without a heading phrase a line can only end an aside.
            if !here.is_empty() || openings.last().is_some_and(|last| last.section.is_aside()) {
                read_line(text, line_start, line.trim_end_matches('\n'), here, &mut openings);
            }
            line_start = line_end;
        }
        Self { openings }
    }

    /// The section around byte `at`.
    #[must_use]
    pub fn at(&self, at: usize) -> Section {
        self.opening(at).section
    }

    /// Where each section begins, in order; the first at 0.
    pub fn starts(&self) -> impl Iterator<Item = (usize, Section)> {
        self.openings.iter().map(|opening| (opening.at, opening.section))
    }

    fn opening(&self, at: usize) -> Opening {
        let next = self.openings.partition_point(|opening| opening.at <= at);
        self.openings[next.saturating_sub(1)]
    }
}

/// Where the lines of `text` end, with their line breaks, from byte `from` on.
fn line_ends(text: &str, from: usize) -> impl Iterator<Item = usize> {
    let breaks = memchr::memchr_iter(b'\n', &text.as_bytes()[from..]).map(move |at| from + at + 1);
    breaks.chain((!text.ends_with('\n')).then_some(text.len()))
}

/// Adds what the line at `start` opens; `headings` are the heading phrases in it.
fn read_line(text: &Normalised, start: usize, line: &str, headings: &[Heading], openings: &mut Vec<Opening>) {
    let content = line.trim_start_matches(is_marker);
    let from = start + (line.len() - content.len());
    let marked = line[..from - start].contains('#') || text.is_emphasis(from);
    let body = content.trim_end_matches(|c: char| is_marker(c) || matches!(c, ':' | '.' | '?' | '!'));
    let short = body.len() <= 80 && body.split_whitespace().count() <= 9;
    if short && !body.is_empty() {
        let after = from + body.len();
        let bold_to_end = (after..=start + line.len()).any(|at| text.is_emphasis(at));
        let closed = content[body.len()..].contains(':') || bold_to_end;
        if let Some(section) = heading(text, from, body, headings, marked || closed) {
            openings.push(Opening { at: start, section });
            return;
        }
        let bold = marked && closed;
        let titled = line.starts_with('#') || bold || (content.ends_with(':') && is_title_like(body));
        if titled && openings.last().is_some_and(|last| last.section.is_aside()) {
            openings.push(Opening { at: start, section: Section::Other });
            return;
        }
    }
    let before = openings.len();
    inline(text, from, content, headings, openings);
    // "Salary: 50,000 a year" is about that line, not about what follows it.
    if openings.len() > before && openings.last().is_some_and(|last| last.section.is_aside()) {
        let end = start + line.len();
        openings.push(Opening { at: end, section: Section::Other });
    }
}

/// The section a whole short line opens, if it reads as a heading.
fn heading(text: &Normalised, from: usize, body: &str, headings: &[Heading], emphasised: bool) -> Option<Section> {
    let lower = &text.lower()[from..from + body.len()];
    // Of equally long ones the last.
    let longest = longest_in(headings, Span::new(from, from + body.len()))
        .max_by_key(|heading| heading.span.end - heading.span.start)?;
    let (start, end) = (longest.span.start - from, longest.span.end - from);
    let around = lower[..start].split_whitespace().count() + lower[end..].split_whitespace().count();
    let whole = around == 0;
    let opens_line = start == 0;
    let capital = body.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    let likely = whole && (capital || emphasised)
        || (opens_line || end == lower.len()) && around <= 4 && (emphasised || is_title_like(body));
    likely.then_some(longest.section)
}

/// Headings inside a long line: `Requirements: ...`, `... REQUIREMENTS * 5 years ...`.
fn inline(text: &Normalised, from: usize, content: &str, headings: &[Heading], openings: &mut Vec<Opening>) {
    let cased = text.cased();
    for heading in longest_in(headings, Span::new(from, from + content.len())) {
        let Span { start, end } = heading.span;
        let words = &cased[start..end];
        let before = cased[..start].trim_end_matches(|c: char| is_marker(c) && c != '-');
        let opens = start == from || before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n', ')']);
        let after = cased[end..].trim_start_matches(' ');
        let colon = after.starts_with([':', '?']);
        let bullet =
            cased[end..].starts_with(" * ") || cased[end..].starts_with(" •") || cased[end..].starts_with(" ·");
        let listed = colon && after[1..].trim_start().starts_with(['•', '·', '●', '▪', '*', '-']);
        let shouted = words.len() >= 8 && words.chars().all(|c| !c.is_lowercase());
        let capital = words.starts_with(char::is_uppercase);
        if capital
            && (listed || (opens && (colon || bullet)) || shouted && (opens || colon || bullet || before.len() < start))
        {
            openings.push(Opening { at: start, section: heading.section });
        }
    }
}

/// A heading phrase in a text.
#[derive(Debug, Clone, Copy)]
struct Heading {
    span: Span,
    section: Section,
}

/// Of the phrases inside `part`, read from the left, the longest at each place; none
/// overlaps another.
fn longest_in(headings: &[Heading], part: Span) -> impl Iterator<Item = Heading> {
    let mut free_from = part.start;
    let inside = move |heading: &&Heading| heading.span.start >= part.start && heading.span.end <= part.end;
    let mut groups = headings.chunk_by(|a, b| a.span.start == b.span.start);
    std::iter::from_fn(move || {
        loop {
            let group = groups.next()?;
            let longest = group.iter().filter(inside).rev().reduce(|a, b| if b.span == a.span { b } else { a });
            if let Some(longest) = longest.filter(|longest| longest.span.start >= free_from) {
                free_from = longest.span.end;
                return Some(*longest);
            }
        }
    })
}

fn is_marker(c: char) -> bool {
    matches!(c, '#' | '*' | '_' | '>' | '-' | '•' | '·' | '●' | '▪' | '◦' | '|' | '=' | '~' | ' ' | '"' | '★' | '►')
}

/// Every longer word starts with a capital: `What You Will Do`, `KEY DUTIES`.
fn is_title_like(line: &str) -> bool {
    line.split_whitespace().filter(|word| word.len() > 3).all(|word| !word.starts_with(char::is_lowercase))
        && line.starts_with(|c: char| c.is_uppercase())
}

#[derive(Debug, Clone, Copy)]
struct Opening {
    at: usize,
    section: Section,
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASES: [(&str, Section); 7] = [
        ("requirements", Section::Requirements),
        ("what you'll do", Section::Responsibilities),
        ("responsibilities", Section::Responsibilities),
        ("nice to have", Section::Preferred),
        ("about us", Section::About),
        ("benefits", Section::Benefits),
        ("salary", Section::Benefits),
    ];

    fn read(text: &Normalised) -> Sections {
        let places = |(phrase, section): &(&'static str, Section)| {
            let section = *section;
            text.lower()
                .match_indices(*phrase)
                .map(move |(at, phrase)| (Span::new(at, at + phrase.len()), section))
                .collect::<Vec<_>>()
        };
        let mut found: Vec<_> = PHRASES.iter().flat_map(places).collect();
        found.sort_unstable();
        Sections::new(text, 0, found.into_iter())
    }

    #[test]
    fn headings_open_sections_with_newlines_kept_or_lost() {
        let cases = [
            ("Intro\n\nRequirements\n\n* 5 years of X", Section::Requirements),
            ("Intro\n**Requirements:**\n* X", Section::Requirements),
            ("## What you\u{2019}ll do\nX", Section::Responsibilities),
            ("Key Responsibilities:\n- X", Section::Responsibilities),
            ("We are great. Requirements: * 5 years of X, and then some more words to fill it", Section::Requirements),
            (
                "We are great and grow quickly every year NICE TO HAVE * X and quite some other words",
                Section::Preferred,
            ),
            ("The requirements of our customers vary a lot, so the person must know X well", Section::Other),
            ("About us\nWe sell.\n\n## Your stack\nX", Section::Other),
            ("Salary: 50,000 a year\n\nBuild the X", Section::Other),
            ("Review code. Requirements: Kotlin and X.", Section::Requirements),
            ("* Benefits administration tools\n* X", Section::Other),
            (
                "Skills * Docker • SQL Nice to have: • X • Go and quite a few more words to make it long",
                Section::Preferred,
            ),
            ("**Benefits:** free lunch, dental and vision plans, a pension and more X for everyone", Section::Benefits),
        ];
        for (text, section) in cases {
            let normalised = Normalised::new(text);
            let at = normalised.cased().find('X').unwrap_or(0);
            assert_eq!(read(&normalised).at(at), section, "{text}");
        }
    }
}
