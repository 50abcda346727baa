//! Headings of a posting: lines that open a section, in any decoration, and headings that
//! stand in a running line because the newlines were lost.

use super::columns::{self, Original};
use super::names::is_in_name;
use super::opening::{Heading, Opening, Opens, longest_in};
use super::phrase_table::{Hit, PhraseTable};
use super::section::Section;
use crate::text::bytes::{BLOCK, block, lines, mask};
use crate::text::{Normalised, Span, is_item, is_white};

/// Words of the longest heading that nothing but its wording marks as one.
const WORDS: usize = 9;
/// Words of the longest one that a colon or bold print ends.
const CLOSED_WORDS: usize = 14;
/// Bytes of the longest heading.
const BYTES: usize = 110;
/// Words that may stand around a known heading: `Key Responsibilities of the post`.
const WORDS_AROUND: usize = 4;
/// Words of the longest name: `About Heron Data Services Ltd`.
const NAME_WORDS: usize = 5;
/// Bytes of a line that is no heading, whatever decorates it.
const LONG_LINE: usize = 3 * BYTES;
/// A line that is longer than this has lost its newlines.
const RUNNING: usize = 400;

/// The openings of an ordinary posting: making more room later costs a copy.
const OPENINGS: usize = 16;

/// The headings of a body that begins at byte `body`; `found` are the heading phrases among `hits`, which are all
/// phrases in the whole text, both sorted by start, then by end.
pub(super) fn openings(
    original: &Original<'_>,
    body: usize,
    table: &PhraseTable,
    found: &[Heading],
    hits: &[Hit],
) -> Vec<Opening> {
    let text = original.text;
    let mut finder = Finder { text, hits, table, openings: Vec::with_capacity(OPENINGS) };
    let mut rest = &found[found.partition_point(|heading| heading.span.start < body)..];
    let mut start = body;
    let mut table_end = body;
    let mut lines = lines(&text.cased()[body..]).peekable();
    let mut next_is_item = lines.peek().is_some_and(|first| is_item(first));
    while let Some(line) = lines.next() {
        let item = std::mem::replace(&mut next_is_item, lines.peek().is_some_and(|next| is_item(next)));
        let end = start + line.len();
        let (here, behind) = rest.split_at(rest.iter().take_while(|heading| heading.span.start < end).count());
        rest = behind;
        // Nothing tells of a long line or an empty one but a heading phrase in it.
        let is_long = || line.len() > BYTES && (line.len() > LONG_LINE || words_of(undecorated(line)).len() > BYTES);
        if start < table_end || here.is_empty() && (line == "\n" || is_long()) {
            start = end;
            continue;
        }
        let whole = Span::new(start, start + line.trim_end_matches('\n').len());
        if let Some(table) = (here.len() > 1).then(|| columns::table(original, whole, here)).flatten() {
            finder.openings.extend(table.openings);
            table_end = table.span.end;
            start = end;
            continue;
        }
        let may_open = if here.is_empty() {
            may_open(text, whole, item, next_is_item)
        } else {
            // In a long line only what begins with a capital is a heading.
            here.iter().any(|heading| begins_with_capital(text, heading.span)) || !is_long()
        };
        if may_open {
            finder.read(&Line::new(text, start, whole.of(text.cased()), item), here, next_is_item);
        }
        start = end;
    }
    finder.openings
}

fn begins_with_capital(text: &Normalised, span: Span) -> bool {
    text.cased()[span.start..].starts_with(char::is_uppercase)
}

/// Whether a line without a heading phrase may open something: as a word of spaced letters, or set off by more than
/// its own words, as no item of a list is.
fn may_open(text: &Normalised, line: Span, item: bool, before_list: bool) -> bool {
    let words = line.of(text.cased());
    let is_set_off = || {
        before_list
            || words.starts_with('#')
            || words[words_of(words).len()..].contains(':')
            || text.has_emphasis(line.start..=line.end)
    };
    !item && is_set_off() || undecorated(words).chars().nth(1).is_none_or(char::is_whitespace)
}

/// A line of a text, without what decorates it.
struct Line<'t> {
    start: usize,
    end: usize,
    /// Its first word.
    from: usize,
    /// Its words, without decoration at either end.
    words: &'t str,
    /// Whether it is an item of a list.
    item: bool,
    /// Whether it is printed as a heading from its start.
    marked: bool,
    /// Whether it ends as one: with a colon, as a question, or bold.
    closed: bool,
    bold: bool,
}

impl<'t> Line<'t> {
    fn new(text: &Normalised, start: usize, line: &'t str, item: bool) -> Self {
        let content = undecorated(line);
        let from = start + (line.len() - content.len());
        let words = words_of(content);
        let end = start + line.len();
        let marks = &line[..from - start];
        let begins_bold = text.has_emphasis(start..=from);
        let ends_bold = text.has_emphasis(from + words.len()..=end);
        Self {
            start,
            end,
            from,
            words,
            item,
            marked: marks.contains(is_heading_mark) || begins_bold,
            closed: content[words.len()..].contains([':', '?']) || ends_bold,
            bold: begins_bold && ends_bold,
        }
    }

    fn emphasised(&self) -> bool {
        self.marked || self.closed
    }

    fn is_short(&self) -> bool {
        let most = if self.closed { CLOSED_WORDS } else { WORDS };
        !self.words.is_empty() && self.words.len() <= BYTES && count_words(self.words) <= most
    }

    /// Whether a sentence ends within the line.
    fn holds_sentence(&self) -> bool {
        let ends = memchr::memchr3_iter(b'.', b'!', b'?', self.words.as_bytes());
        let mut rests = ends.map(|end| &self.words[end + 1..]);
        rests.any(|rest| rest.starts_with(|c: char| c == ' ' || c.is_uppercase()))
    }

    fn span(&self) -> Span {
        Span::new(self.from, self.from + self.words.len())
    }

    /// Whether a line that no phrase tells of reads as a heading.
    fn reads_as_heading(&self, cased: &str, before_list: bool) -> bool {
        let colon = cased[self.span().end..self.end].trim_start().starts_with(':');
        let sentence = cased[self.span().end..self.end].starts_with(['.', '!', ',', ';']);
        let open = cased[self.start..].starts_with('#') || self.bold;
        let introduces = before_list && !sentence && (colon || !self.goes_on(cased));
        !self.item && (open || (colon && is_title_like(self.words)) || introduces)
    }

    /// Whether it goes on with what the line before it did not end, as the second line of a wrapped item does.
    fn goes_on(&self, cased: &str) -> bool {
        let is_open = |before: &str| !before.is_empty() && !before.ends_with(['\n', '.', ':', ';', '!', '?']);
        self.words.starts_with(char::is_lowercase) && cased[..self.start].strip_suffix('\n').is_some_and(is_open)
    }
}

struct Finder<'d> {
    text: &'d Normalised,
    hits: &'d [Hit],
    table: &'d PhraseTable,
    openings: Vec<Opening>,
}

impl Finder<'_> {
    /// Adds what a line opens; `found` are the heading phrases in it.
    fn read(&mut self, line: &Line<'_>, found: &[Heading], before_list: bool) {
        if let Some(section) = self.letter_spaced(line.words) {
            self.open(line.start, Opens::Section(section));
            return;
        }
        if found.is_empty() && !line.reads_as_heading(self.text.cased(), before_list) {
            return;
        }
        if line.is_short() && !line.holds_sentence() {
            if let Some(section) = self.known(line, found).or_else(|| with_name(line, found)) {
                self.open(line.start, Opens::Section(section));
                return;
            }
            if found.is_empty() || line.reads_as_heading(self.text.cased(), before_list) {
                self.open(line.start, Opens::Unknown);
                return;
            }
        }
        if !found.is_empty() {
            self.inline(line, found);
        }
    }

    fn open(&mut self, at: usize, opens: Opens) {
        self.openings.push(Opening { at, opens });
    }

    /// The section that a whole short line opens.
    fn known(&self, line: &Line<'_>, found: &[Heading]) -> Option<Section> {
        let span = line.span();
        // Of equally long ones the last.
        let (longest, section) = longest_in(found, span).max_by_key(|(span, _)| span.end - span.start)?;
        // An item of a list may be a word that is a heading elsewhere: "* Education".
        if line.item && !line.emphasised() && longest.end - longest.start < LONG_HEADING {
            return None;
        }
        let around = words_between(self.text.lower(), span, longest_in(found, span));
        if around == 0 {
            let capital = line.words.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
            return (capital || line.emphasised()).then_some(section);
        }
        let at_edge = longest.start == span.start || longest.end == span.end;
        let titled = !line.item && is_title_like(line.words);
        let likely = around <= WORDS_AROUND && (line.emphasised() || titled && at_edge);
        (likely && (at_edge || line.closed || titled)).then_some(section)
    }

    /// `R E Q U I R E M E N T S`.
    fn letter_spaced(&self, words: &str) -> Option<Section> {
        let letters = || words.split_whitespace();
        let begins_spaced = words.chars().nth(1).is_some_and(char::is_whitespace);
        let spaced = begins_spaced && words.len() <= BYTES && letters().all(|letter| letter.chars().nth(1).is_none());
        let word = (spaced && letters().count() >= 4).then(|| letters().collect::<String>().to_lowercase())?;
        self.table.meaning(self.table.find(&word)?).heading.section
    }

    /// Headings inside a line: `Requirements: ...`, `... REQUIREMENTS * 5 years ...`.
    fn inline(&mut self, line: &Line<'_>, found: &[Heading]) {
        let mut last = None;
        for (span, section) in longest_in(found, Span::new(line.from, line.end)) {
            // In an item the cue speaks of that item: "Nice to have: Terraform".
            let cue = line.item && section == Section::Preferred;
            let in_name = || is_in_name(self.text.cased(), self.hits, span);
            if begins_with_capital(self.text, span) && !cue && Inline::new(self.text, line, span).opens(in_name) {
                self.open(span.start, Opens::Section(section));
                last = Some(section);
            }
        }
        // "Salary: 50,000 a year" is about that line, not about what follows it.
        if last.is_some_and(|section| line.item || is_aside(section)) && line.end - line.start <= RUNNING {
            self.open(line.end, Opens::Rest);
        }
    }
}

/// A known heading of at least so many bytes is one as an item of a list, too.
const LONG_HEADING: usize = 12;

/// What stands around a heading phrase inside a line, which begins with a capital.
struct Inline<'t> {
    words: &'t str,
    before: &'t str,
    after: &'t str,
    /// Whether the line begins with it.
    first: bool,
    running: bool,
    bold: bool,
}

impl<'t> Inline<'t> {
    fn new(text: &'t Normalised, line: &Line<'_>, span: Span) -> Self {
        let cased = text.cased();
        let before = cased[line.start..span.start].trim_end_matches(|c: char| is_marker(c) && c != '-');
        Self {
            words: span.of(cased),
            before,
            after: &cased[span.end..line.end],
            first: span.start == line.from || before.is_empty(),
            running: line.end - line.start > RUNNING,
            bold: text.is_emphasis(span.start) && text.is_emphasis(span.end),
        }
    }

    /// Whether the phrase opens a section; `in_name` tells whether it belongs to the name of something.
    fn opens(&self, in_name: impl FnOnce() -> bool) -> bool {
        let ended = self.first || self.before.ends_with(['.', '!', '?', ':', ';', ')']);
        let after = self.after.trim_start_matches(' ');
        let colon = after.starts_with([':', '?']);
        let bullet = self.after.starts_with(" * ");
        let listed = colon && undecorated(&after[1..]).len() < after[1..].trim_start().len();
        let shouted = self.words.len() >= 8 && !self.words.contains(char::is_lowercase);
        listed
            || (ended && (colon || bullet || self.bold))
            || (shouted && (ended || colon || bullet || !self.first))
            || self.running && self.stands_out(ended, colon, after) && !in_name()
    }

    /// Whether a phrase in a line that has lost its newlines stands out as headings do: in
    /// capitals, before what begins anew.
    fn stands_out(&self, ended: bool, colon: bool, after: &str) -> bool {
        let several = self.words.contains(' ') && is_title_like(self.words);
        let anew = after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let follows_words = self.before.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        colon && (several || follows_words) || anew && (ended && self.words.len() >= 8 || several && follows_words)
    }
}

/// `About Heron Ltd`, `Why Heron?`: a heading that takes a name.
fn with_name(line: &Line<'_>, found: &[Heading]) -> Option<Section> {
    let heading = found.iter().rfind(|heading| heading.span.start == line.from && heading.word.with_name.is_some())?;
    let name = line.words[heading.span.end - line.from..].trim_start();
    let named = is_title_like(name) || line.emphasised() && !line.item;
    (named && (1..=NAME_WORDS).contains(&count_words(name))).then_some(heading.word.with_name).flatten()
}

/// The words of `whole` that stand outside `inside`; those that only join parts do not count.
fn words_between(lower: &str, whole: Span, inside: impl Iterator<Item = (Span, Section)>) -> usize {
    let mut from = whole.start;
    let mut count = 0;
    for (span, _) in inside.chain([(Span::new(whole.end, whole.end), Section::Other)]) {
        count += lower[from..span.start].split(|c: char| !c.is_alphanumeric()).filter(|word| is_weighty(word)).count();
        from = span.end;
    }
    count
}

/// Whether a word beside a heading makes it something else than a heading.
fn is_weighty(word: &str) -> bool {
    !matches!(word, "" | "and" | "but" | "or" | "the" | "your" | "our")
}

/// Sections that are about something else than the work: what comes after a line of theirs is not.
pub(super) fn is_aside(section: Section) -> bool {
    matches!(section, Section::About | Section::Benefits | Section::Legal)
}

/// Without markers of headings and lists, pictures, brackets and numbers before the first word.
pub(super) fn undecorated(line: &str) -> &str {
    if line.starts_with(|c: char| c.is_ascii_alphabetic()) && !line.starts_with("o ") {
        return line;
    }
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let line = line.strip_prefix("o ").unwrap_or(line);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match number.strip_prefix(['.', ')', ':']) {
        Some(rest) if (1..=2).contains(&(line.len() - number.len())) && rest.starts_with(' ') => {
            rest.trim_start_matches(|c: char| !c.is_alphanumeric())
        }
        _ => line,
    }
}

/// The same without marks behind the last word.
fn words_of(undecorated: &str) -> &str {
    undecorated.trim_end_matches(|c: char| !c.is_alphanumeric())
}

fn is_marker(c: char) -> bool {
    matches!(c, '#' | '*' | '_' | '>' | '-' | '|' | '=' | '~' | ' ' | '"') || is_pictograph(c)
}

/// Whether a mark in front of a line sets it off as a heading.
fn is_heading_mark(c: char) -> bool {
    matches!(c, '#' | '[') || is_pictograph(c)
}

/// Stars, arrows, emoji and their like.
fn is_pictograph(c: char) -> bool {
    !c.is_alphanumeric() && c >= '\u{2190}'
}

/// Every longer word starts with a capital: `What You Will Do`, `KEY DUTIES`.
fn is_title_like(line: &str) -> bool {
    line.split_whitespace().filter(|word| word.len() > 3).all(|word| !word.starts_with(char::is_lowercase))
        && line.starts_with(char::is_uppercase)
}

/// Runs of a normalised text without white space.
fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut after_white = true;
    let in_blocks = (0..bytes.len()).step_by(BLOCK).map(|at| {
        let white = mask(&block(bytes, at), is_white);
        let starts = !white & (white << 1 | u64::from(after_white));
        after_white = white >> (BLOCK - 1) == 1;
        starts.count_ones() as usize
    });
    in_blocks.sum()
}
