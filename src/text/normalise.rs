//! One plain spelling of a text, with the way back to the original bytes.
//!
//! Postings are typed, pasted and scraped, so the same word comes with curly
//! quotes, non-breaking spaces, soft hyphens, full-width letters, HTML entities,
//! Markdown escapes or asterisks around it. [`Normalised`] holds the text twice, both of
//! the same length:
//!
//! * the *cased* text keeps upper and lower case, hyphens, line breaks and items, whose bullets are one: rules about
//!   capitals, sentences and headings read it;
//! * the *lower* text is lower-case, with a space for every hyphen or underscore inside a
//!   word and for every single line break: phrases are looked up in it.
//!
//! A blank line stays `"\n\n"` in both, so no phrase reaches across it.

use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use super::bytes::{BLOCK, block, mask, places};
use super::items::{BULLET, BULLETS, LINE_BULLETS};
use super::{Span, Stretches};

/// The bytes of an ordinary posting for each run of its offset map, or a few less: making more room later costs a
/// copy.
const BYTES_A_RUN: usize = 24;

/// A normalised text and the map of its offsets back to the original.
#[derive(Debug, Clone, Default)]
pub struct Normalised {
    cased: String,
    lower: String,
    map: OffsetMap,
    emphasis: Vec<usize>,
}

impl Normalised {
    /// Normalises `original`.
    #[must_use]
    pub fn new(original: &str) -> Self {
        Self::joined("", original).0
    }

    /// Normalises two originals as one text, a blank line between them, and says where in it
    /// the second begins. Offsets lead back to the two originals one behind the other.
    #[must_use]
    pub fn joined(first: &str, second: &str) -> (Self, usize) {
        let mut normaliser = Normaliser::with_capacity(first.len() + second.len() + 2);
        normaliser.append(first);
        normaliser.separate();
        let start = normaliser.cased.len();
        normaliser.append(second);
        (normaliser.finish(), start)
    }

    /// The normalised text with its case, hyphens and line breaks.
    #[must_use]
    pub fn cased(&self) -> &str {
        &self.cased
    }

    /// The normalised text in which phrases are looked up; as long as [`Normalised::cased`].
    #[must_use]
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// The bytes of the original that a span of the normalised text came from.
    ///
    /// Both ends lie on character boundaries of the original.
    #[must_use]
    pub fn original_span(&self, span: Span) -> Span {
        Span { start: self.map.start(span.start), end: self.map.end(span.end) }
    }

    /// Whether any character of the original stands for several.
    #[must_use]
    pub fn has_spread(&self) -> bool {
        !self.map.spread.is_empty()
    }

    /// Whether neither end of a span of the normalised text lies inside what one character of
    /// the original stands for, as `c` does in `℀` (`a/c`).
    #[must_use]
    pub fn is_whole(&self, span: Span) -> bool {
        !self.map.cuts(span.start) && !self.map.cuts(span.end)
    }

    /// The same text with some places changed: sorted, none overlapping another. What is put
    /// in stands for the bytes of the original that it replaces.
    #[must_use]
    pub fn edited(&self, edits: &[Edit]) -> Self {
        let added: usize = edits.iter().map(|edit| edit.by.len()).sum();
        let mut copy = Self { cased: String::with_capacity(self.cased.len() + added), ..Self::default() };
        let mut done = 0;
        for edit in edits {
            copy.copy(self, Span::new(done, edit.span.start));
            if !edit.by.is_empty() {
                let (before, behind) = (self.map.end(edit.span.start), self.map.start(edit.span.end));
                copy.map.replaced(copy.cased.len(), Span::new(before, behind));
                copy.cased.push_str(edit.by);
            }
            done = edit.span.end;
        }
        copy.copy(self, Span::new(done, self.cased.len()));
        copy.map.close(copy.cased.len(), self.map.original_len);
        copy.emphasis.dedup();
        copy.lower = lower_of(&copy.cased);
        copy
    }

    /// Appends a part of `from` with its way back to the original.
    fn copy(&mut self, from: &Self, part: Span) {
        let shifted = |at: usize| self.cased.len() + (at - part.start);
        self.map.copy(&from.map, part, self.cased.len());
        let first = from.emphasis.partition_point(|at| *at < part.start);
        self.emphasis.extend(from.emphasis[first..].iter().take_while(|at| **at <= part.end).map(|at| shifted(*at)));
        self.cased.push_str(part.of(&from.cased));
    }

    /// Whether marks of emphasis (`**`, `_`) were left out directly before byte `at` of the
    /// normalised text.
    #[must_use]
    pub fn is_emphasis(&self, at: usize) -> bool {
        self.has_emphasis(at..=at)
    }

    /// Whether such marks were left out directly before any byte of a range.
    #[must_use]
    pub fn has_emphasis(&self, range: RangeInclusive<usize>) -> bool {
        let next = self.emphasis.partition_point(|at| at < range.start());
        self.emphasis.get(next).is_some_and(|at| range.contains(at))
    }
}

/// Whether a byte of a normalised text is white space, of which it has but spaces and line breaks.
#[inline(always)]
pub(crate) fn is_white(byte: u8) -> bool {
    (byte == b' ') | (byte == b'\n')
}

/// A change to a normalised text: what stands at `span` becomes `by`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that go; an empty span for what is put in between.
    pub span: Span,
    /// What comes in their place.
    pub by: &'static str,
}

impl Edit {
    /// Puts `by` in at byte `at`.
    #[must_use]
    pub fn insert(at: usize, by: &'static str) -> Self {
        Self { span: Span::new(at, at), by }
    }

    /// Puts `by` in the place of `start..end`.
    #[must_use]
    pub fn replace(start: usize, end: usize, by: &'static str) -> Self {
        Self { span: Span::new(start, end), by }
    }

    /// Where byte `at` of a text stands after `edits` of it.
    #[must_use]
    pub fn shifted(edits: &[Self], at: usize) -> usize {
        let before = edits.iter().take_while(|edit| edit.span.end <= at);
        before.fold(at, |at, edit| at + edit.by.len() - (edit.span.end - edit.span.start))
    }
}

/// The normalised form of a phrase: what [`Normalised::lower`] would hold for it.
///
/// Forms of the lexicon go through here, so that a form and a text that mean the
/// same are spelled the same.
#[must_use]
pub fn normalise(phrase: &str) -> String {
    trimmed(Normalised::new(phrase).lower)
}

/// The normalised form of a phrase with its case, hyphens and line breaks kept.
#[must_use]
pub fn normalise_cased(phrase: &str) -> String {
    trimmed(Normalised::new(phrase).cased)
}

/// Without white space at either end, which may have stood behind an invisible character.
fn trimmed(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    text.drain(..text.len() - text.trim_start().len());
    text
}

/// Normalised offset to original offset, as runs.
///
/// Inside an identity run both sides advance together; a replaced run (a ligature,
/// an entity, collapsed white space) maps as a whole.
#[derive(Debug, Clone, Default)]
struct OffsetMap {
    runs: Vec<Run>,
    /// What stands for one character of the original and is several, in normalised offsets.
    spread: Vec<Span>,
    /// Told when the map is closed.
    normalised_len: usize,
    original_len: usize,
    stretches: Stretches,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    normalised: usize,
    original: usize,
    /// Where in the original ends what was replaced; none where both sides are the same.
    replaced_to: Option<usize>,
}

impl OffsetMap {
    /// From here on both sides are the same.
    fn same(&mut self, normalised: usize, original: usize) {
        let goes_on =
            |last: &Run| last.replaced_to.is_none() && normalised - last.normalised == original - last.original;
        if !self.runs.last().is_some_and(goes_on) {
            self.push(Run { normalised, original, replaced_to: None });
        }
    }

    /// What is normalised from here on stands for these bytes of the original.
    fn replaced(&mut self, normalised: usize, original: Span) {
        self.push(Run { normalised, original: original.start, replaced_to: Some(original.end) });
    }

    fn cuts(&self, normalised: usize) -> bool {
        let next = self.spread.partition_point(|span| span.end <= normalised);
        self.spread.get(next).is_some_and(|span| span.start < normalised)
    }

    fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if last.normalised == run.normalised => *last = run,
            _ => self.runs.push(run),
        }
    }

    /// Appends the runs of a `part` of another map, to begin at byte `at`.
    fn copy(&mut self, from: &Self, part: Span, at: usize) {
        if part.start == part.end {
            return;
        }
        let first = from.runs.partition_point(|run| run.normalised <= part.start).saturating_sub(1);
        for run in from.runs[first..].iter().take_while(|run| run.normalised < part.end) {
            let inside = part.start.saturating_sub(run.normalised);
            // A part of what was replaced still stands for all of it.
            let original = if run.replaced_to.is_none() { run.original + inside } else { run.original };
            let normalised = at + (run.normalised + inside - part.start);
            self.push(Run { normalised, original, ..*run });
        }
        let next = from.spread.partition_point(|span| span.end <= part.start);
        let spread = from.spread[next..].iter().take_while(|span| span.start < part.end);
        let moved = |end: usize| at + end.clamp(part.start, part.end) - part.start;
        self.spread.extend(spread.map(|span| Span::new(moved(span.start), moved(span.end))));
    }

    /// Ends both sides: nothing is added, and offsets can be looked up from now on.
    fn close(&mut self, normalised_len: usize, original_len: usize) {
        (self.normalised_len, self.original_len) = (normalised_len, original_len);
        self.stretches = Stretches::new(self.runs.iter().map(|run| run.normalised), normalised_len);
    }

    /// The run that holds the normalised byte `at`.
    fn run_at(&self, at: usize) -> Option<Run> {
        let next = self.stretches.count_to(at);
        self.runs.get(next.checked_sub(1)?).copied()
    }

    fn start(&self, normalised: usize) -> usize {
        if normalised >= self.normalised_len {
            return self.original_len;
        }
        match self.run_at(normalised) {
            Some(Run { original, replaced_to: Some(_), .. }) => original,
            Some(run) => run.original + (normalised - run.normalised),
            None => 0,
        }
    }

    fn end(&self, normalised: usize) -> usize {
        let Some(last) = normalised.checked_sub(1) else { return 0 };
        match self.run_at(last) {
            Some(Run { replaced_to: Some(end), .. }) => end,
            Some(run) => run.original + (normalised - run.normalised),
            None => 0,
        }
    }
}

/// Puts a normalised text together.
#[derive(Default)]
struct Normaliser<'a> {
    original: &'a str,
    /// Bytes of the originals before this one.
    before: usize,
    /// The bytes of this one that were looked at last.
    seen: Seen,
    cased: String,
    map: OffsetMap,
    emphasis: Vec<usize>,
}

/// Which of 64 bytes stand for themselves.
#[derive(Default)]
struct Seen {
    from: usize,
    /// Plain ones and bullets, and single spaces, line breaks and blank lines between them.
    copied: u64,
}

impl<'a> Normaliser<'a> {
    fn with_capacity(bytes: usize) -> Self {
        let map = OffsetMap { runs: Vec::with_capacity(bytes / BYTES_A_RUN), ..OffsetMap::default() };
        Self { cased: String::with_capacity(bytes), map, ..Self::default() }
    }

    fn append(&mut self, original: &'a str) {
        self.original = original;
        let bytes = original.as_bytes();
        self.seen = Seen::new(bytes, 0);
        let mut at = 0;
        while at < bytes.len() {
            at += self.copied(at);
            if at < bytes.len() {
                at = self.looked_at(at);
            }
        }
        self.before += bytes.len();
    }

    /// Reads what begins at byte `at`, and says where it ends.
    fn looked_at(&mut self, at: usize) -> usize {
        match self.original.as_bytes()[at] {
            b'*' | b'_' => self.emphasis_mark(at),
            b'!'..=b'%' | b'('..=b'.' | b'0'..=b'[' | b']'..=b'_' | b'a'..=b'~' => self.plain(at),
            b'&' => self.ampersand(at),
            b'\\' => self.backslash(at),
            b'/' => self.slash(at),
            b'`' | b'\'' => self.replaced(at, at + 1, "'"),
            _ => self.other(at),
        }
    }

    /// Ends a text that is not empty by a blank line.
    fn separate(&mut self) {
        if !self.cased.is_empty() {
            self.map.replaced(self.cased.len(), Span::new(self.before, self.before));
            self.cased.push_str("\n\n");
        }
    }

    /// What follows stands for itself: from byte `at` of the original on.
    fn same(&mut self, at: usize) {
        self.map.same(self.cased.len(), self.before + at);
    }

    /// Bytes of this original, among those of all.
    fn placed(&self, from: usize, to: usize) -> Span {
        Span::new(self.before + from, self.before + to)
    }

    fn finish(mut self) -> Normalised {
        self.map.close(self.cased.len(), self.before);
        let lower = lower_of(&self.cased);
        Normalised { cased: self.cased, lower, map: self.map, emphasis: self.emphasis }
    }

    /// Copies the bytes from `at` on that stand for themselves, and says how many: what
    /// follows them needs a closer look.
    fn copied(&mut self, at: usize) -> usize {
        let bytes = self.original.as_bytes();
        // White space behind what does not stand for itself may be one with it.
        if is_white(bytes[at]) {
            return 0;
        }
        let mut to = at;
        loop {
            if !(self.seen.from..self.seen.from + BLOCK).contains(&to) {
                self.seen = Seen::new(bytes, to);
            }
            let place = to - self.seen.from;
            let run = (self.seen.copied >> place).trailing_ones() as usize;
            to += run;
            if place + run < BLOCK {
                break;
            }
        }
        // The last byte may be the base of combining marks.
        if bytes.get(to).is_some_and(|byte| *byte >= 0xCC) {
            to = to.saturating_sub(1).max(at);
        }
        if to > at {
            self.same(at);
            self.cased.push_str(&self.original[at..to]);
        }
        to - at
    }

    /// A byte that stands for itself; it may still be the base of combining marks.
    fn plain(&mut self, at: usize) -> usize {
        let next = at + 1;
        if self.original.as_bytes().get(next).is_some_and(|byte| *byte >= 0xCC)
            && self.original[next..].chars().next().is_some_and(is_combining)
        {
            return self.composed(at);
        }
        self.same(at);
        self.cased.push(char::from(self.original.as_bytes()[at]));
        next
    }

    #[inline(always)]
    fn replaced(&mut self, from: usize, to: usize, by: &str) -> usize {
        if by.len() == to - from && self.original[from..to] == *by {
            self.same(from);
        } else {
            self.map.replaced(self.cased.len(), self.placed(from, to));
        }
        self.cased.push_str(by);
        to
    }

    /// Drops `from..to`; the neighbouring runs close over the gap.
    fn dropped(&mut self, to: usize) -> usize {
        to
    }

    fn ampersand(&mut self, at: usize) -> usize {
        if let Some((len, text)) = entity(&self.original[at..]) {
            let to = at + len;
            return match text.chars().next() {
                Some(c) if c.is_whitespace() => self.white_space(at, to),
                Some(c) if is_dropped(c) => self.dropped(to),
                Some(c) if self.begins_item(c) => self.replaced(at, to, BULLET),
                Some(c) => self.replaced(at, to, plain_form(c).unwrap_or(&text)),
                None => self.dropped(to),
            };
        }
        self.plain(at)
    }

    /// The asterisks and underscores of Markdown go, but for bullets and those inside names.
    fn emphasis_mark(&mut self, at: usize) -> usize {
        let bytes = self.original.as_bytes();
        let before = self.original[..at].chars().next_back().unwrap_or(' ');
        let after = self.original[at + 1..].chars().next().unwrap_or(' ');
        let kept = if bytes[at] == b'*' {
            // A bullet, also one whose line breaks were lost: `done.*5 years`.
            let inside = !before.is_whitespace() && !matches!(before, '*' | '_') && after.is_ascii_alphanumeric();
            inside || before.is_whitespace() && after.is_whitespace()
        } else {
            before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric()
        };
        if kept || before == '\\' {
            return self.plain(at);
        }
        // `*Java` is an item, `*nix` is a word.
        let begins_words = after.is_uppercase() || after.is_numeric();
        if bytes[at] == b'*' && begins_words && self.starts_line() && !self.closes_in_line(at + 1) {
            return self.replaced(at, at + 1, BULLET);
        }
        if self.emphasis.last() != Some(&self.cased.len()) {
            self.emphasis.push(self.cased.len());
        }
        self.dropped(at + 1)
    }

    /// Whether emphasis that begins at byte `from` ends in the same line.
    fn closes_in_line(&self, from: usize) -> bool {
        memchr::memchr2(b'*', b'\n', &self.original.as_bytes()[from..])
            .is_some_and(|len| self.original.as_bytes()[from + len] == b'*')
    }

    /// Markdown escapes punctuation (`C\#`, `C\+\+`): the backslash goes.
    fn backslash(&mut self, at: usize) -> usize {
        match self.original.as_bytes().get(at + 1) {
            Some(next) if next.is_ascii_punctuation() && *next != b'\\' => self.dropped(at + 1),
            _ => self.plain(at),
        }
    }

    /// Spaces around a slash do not matter: `CI / CD` is `CI/CD`.
    fn slash(&mut self, at: usize) -> usize {
        if self.cased.ends_with(' ') && self.cased.len() > 1 {
            self.cased.pop();
            while self.map.runs.last().is_some_and(|run| run.normalised >= self.cased.len()) {
                self.map.runs.pop();
            }
        }
        self.same(at);
        self.cased.push('/');
        let rest = &self.original[at + 1..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
        at + 1 + spaces
    }

    fn other(&mut self, at: usize) -> usize {
        let Some(c) = self.original[at..].chars().next() else { return self.original.len() };
        let to = at + c.len_utf8();
        if c.is_whitespace() {
            return self.white_space(at, to);
        }
        if is_dropped(c) {
            return self.dropped(to);
        }
        if self.begins_item(c) {
            return self.replaced(at, to, BULLET);
        }
        if let Some(by) = plain_form(c) {
            return self.replaced(at, to, by);
        }
        if c.is_ascii() {
            return self.plain(at);
        }
        self.composed(at)
    }

    /// Whether `c`, which comes next, is the bullet of an item: at the start of a line, or behind a space where line
    /// breaks were lost.
    fn begins_item(&self, c: char) -> bool {
        let starts_line = self.starts_line();
        BULLETS.contains(c) && (starts_line || self.cased.ends_with(' ')) || starts_line && LINE_BULLETS.contains(c)
    }

    /// Whether a line starts with what comes next.
    fn starts_line(&self) -> bool {
        self.cased.is_empty() || self.cased.ends_with('\n')
    }

    /// Collapses white space from `at` on; `seen` is where the first of it ends.
    fn white_space(&mut self, at: usize, seen: usize) -> usize {
        let mut newlines = usize::from(is_line_end(&self.original[at..seen]));
        let mut to = seen;
        let mut previous = self.original[at..seen].chars().last();
        for c in self.original[seen..].chars() {
            if !(c.is_whitespace() || is_dropped(c)) {
                break;
            }
            if is_line_break(c) && !(c == '\n' && previous == Some('\r')) {
                newlines += 1;
            }
            previous = Some(c);
            to += c.len_utf8();
        }
        if newlines == 1 && self.breaks_word(at, to) {
            return to;
        }
        // Escaped spaces may follow one another: they become one with what is there.
        let tail = if self.cased.ends_with("\n\n") { 2 } else { usize::from(self.cased.ends_with('\n')) };
        match (newlines, tail) {
            (0, 0) if self.cased.ends_with(' ') => to,
            (0, 0) => self.replaced(at, to, " "),
            (0, _) | (_, 2) => to,
            (1, 0) if self.cased.ends_with(' ') => {
                self.cased.pop();
                self.map.replaced(self.cased.len(), self.placed(at, to));
                self.cased.push('\n');
                to
            }
            (1, 0) => self.replaced(at, to, "\n"),
            (_, 1) => self.replaced(at, to, "\n"),
            _ => self.replaced(at, to, "\n\n"),
        }
    }

    /// Whether the line break in `at..to` stands inside a word, after a soft hyphen.
    fn breaks_word(&self, at: usize, to: usize) -> bool {
        self.original[..at].ends_with('\u{ad}') && self.original[to..].starts_with(char::is_alphabetic)
    }

    /// NFKC of one base character and the marks that follow it.
    ///
    /// Composing segment by segment equals composing the whole text, because a
    /// segment ends only before a character that cannot combine with what stands
    /// before it.
    fn composed(&mut self, at: usize) -> usize {
        let mut to = at;
        for (index, c) in self.original[at..].char_indices() {
            if index > 0 && !is_combining(c) {
                break;
            }
            to = at + index + c.len_utf8();
        }
        let segment = &self.original[at..to];
        let composed: String = segment.nfkc().filter(|c| !is_dropped(*c)).collect();
        if composed.chars().all(char::is_whitespace) {
            return if composed.is_empty() { self.dropped(to) } else { self.white_space(at, to) };
        }
        if composed.chars().nth(1).is_some() {
            self.map.spread.push(Span::new(self.cased.len(), self.cased.len() + composed.len()));
        }
        self.replaced(at, to, &composed)
    }
}

impl Seen {
    /// Looks at the bytes from `from` on.
    fn new(bytes: &[u8], from: usize) -> Self {
        let block = block(bytes, from);
        let is_plain_at = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|byte| is_plain(*byte));
        let white = mask(&block, is_white);
        // An asterisk between white space is no mark of emphasis.
        let bullets = mask(&block, |byte| byte == b'*') & white << 1 & white >> 1;
        let kept = mask(&block, is_plain) | bullets;
        let behind_kept = kept << 1 | u64::from(is_plain_at(from.checked_sub(1)));
        let before_kept = kept >> 1 | u64::from(is_plain_at(Some(from + BLOCK))) << (BLOCK - 1);
        // A blank line stays one.
        let breaks = mask(&block, |byte| byte == b'\n');
        let blank = breaks & breaks >> 1 & behind_kept & before_kept >> 1;
        Self { from, copied: kept | white & behind_kept & before_kept | blank | blank << 1 }
    }
}

/// ASCII that means nothing but itself, whatever stands around it.
#[inline(always)]
fn is_plain(byte: u8) -> bool {
    (byte.wrapping_sub(b'!') < b'~' - b' ')
        & (byte != b'&')
        & (byte != b'/')
        & (byte != b'\\')
        & (byte != b'`')
        & (byte != b'*')
        & (byte != b'_')
}

/// Characters that may combine with the one before them.
fn is_combining(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    canonical_combining_class(c) != 0
        || unicode_normalization::is_nfkc_quick(std::iter::once(c)) == unicode_normalization::IsNormalized::Maybe
        // half-width voiced marks decompose to combining ones
        || matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

/// Invisible characters and marks that carry no letter: they vanish.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffd}'
        | '™' | '®' | '©' | '℠')
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_line_end(text: &str) -> bool {
    text.chars().any(is_line_break)
}

/// Typographic dashes, quotes and sharps as plain ones.
fn plain_form(c: char) -> Option<&'static str> {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}' => Some("-"),
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2035}' | '\u{b4}' | '\u{2bc}' | '\u{ff07}' => Some("'"),
        '\u{266f}' => Some("#"),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => Some("\""),
        _ => None,
    }
}

/// The entity at the start of `text`: its length and what it stands for.
///
/// Only those that real postings carry outside of HTML; the HTML reader knows all.
fn entity(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "ldquo" | "rdquo" => '"',
        "nbsp" => ' ',
        "ndash" | "mdash" => '-',
        "bull" | "middot" => '•',
        "shy" => '\u{ad}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((end + 1, c.to_string()))
}

fn lower_of(cased: &str) -> String {
    // With a space at either end each byte stands between two.
    let padded = [b" ", cased.as_bytes(), b" "].concat();
    let mut lower: Vec<u8> = padded.windows(3).map(|three| lower_byte(three[0], three[1], three[2])).collect();
    for at in places(cased.as_bytes(), |byte| byte >= 0xC0) {
        if let Some(c) = cased[at..].chars().next() {
            lower_char(c).encode_utf8(&mut lower[at..]);
        }
    }
    String::from_utf8(lower).expect("each character in the place of one of its length")
}

/// The lower case of a byte between two others: a space for what joins words, which are line breaks that are no
/// part of a blank line, and hyphens and underscores inside a word. Compilers make vector code of it.
#[inline(always)]
fn lower_byte(before: u8, byte: u8, behind: u8) -> u8 {
    let is_single_break = (byte == b'\n') & (before != b'\n') & (behind != b'\n');
    let is_hyphen = ((byte == b'-') | (byte == b'_')) & !is_white(before) & !is_white(behind);
    if is_single_break | is_hyphen { b' ' } else { byte.to_ascii_lowercase() }
}

/// Lower case of the same length; a character without one stays as it is.
///
/// Only a handful of characters change length (`İ` becomes two), none of which
/// stands in a form, and equal lengths let shape and key share one offset map.
fn lower_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lowered = c.to_lowercase();
    match (lowered.next(), lowered.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_that_mean_the_same_fold_alike() {
        let cases = [
            ("front\u{2011}end", "front end"),
            ("front-end", "front end"),
            ("Front\n  End", "front end"),
            ("sql_server", "sql server"),
            ("ko\u{ad}\ntlin", "kotlin"),
            ("a dash -\nand more", "a dash - and more"),
            ("CI / CD", "ci/cd"),
            ("R&amp;D", "r&d"),
            ("C&#35;", "c#"),
            ("C&#x2B;&#X2b;", "c++"),
            ("C\\#", "c#"),
            ("C\u{266f}", "c#"),
            ("C\\+\\+", "c++"),
            ("bachelor\u{2019}s", "bachelor's"),
            ("Ｊａｖａ", "java"),
            ("ko\u{ad}tlin", "kotlin"),
            ("dock\u{200b}er", "docker"),
            ("Java™", "java"),
            ("non\u{a0}\u{a0}technical", "non technical"),
            ("oﬃce", "office"),
            ("cafe\u{301}", "café"),
            ("a&nbsp;&nbsp;b", "a b"),
            // Bullets of all kinds, with and without a space behind them, at the start of a line and inside it.
            ("\u{2022}Java\n\u{25aa}\tGo\n &bull; C\n\u{2714}\u{fe0f} D", "* java * go * c * d"),
            ("Java \u{b7} Go \u{2192} C", "java * go \u{2192} c"),
            ("\u{2192} Java\n*Go\n*C* D", "* java * go c d"),
            ("Pay *Negotiable", "pay negotiable"),
            ("*nix", "nix"),
            ("col\u{b7}lecci\u{f3}", "col\u{b7}lecci\u{f3}"),
        ];
        for (text, key) in cases {
            assert_eq!(normalise(text), key, "{text:?}");
        }
    }

    #[test]
    fn blank_lines_stay_and_single_breaks_join() {
        let folded = Normalised::new("Linux\nadmin\r\n\r\nWindows \n \n\n x");
        assert_eq!(folded.cased(), "Linux\nadmin\n\nWindows\n\nx");
        assert_eq!(folded.lower(), "linux admin\n\nwindows\n\nx");
    }

    #[test]
    fn spaces_that_are_written_out_join_those_beside_them() {
        let cases = [
            ("a &nbsp;b", "a b"),
            ("a &nbsp;\nb", "a\nb"),
            ("a\n&nbsp;b", "a\nb"),
            ("a\n&nbsp;\nb", "a\n\nb"),
            ("a\n&nbsp;\n\nb", "a\n\nb"),
            ("a\n\n&nbsp;\nb", "a\n\nb"),
            ("a&#173;b", "ab"),
            ("a\u{2000}\u{301}b", "a \u{301}b"),
        ];
        for (text, shape) in cases {
            let folded = Normalised::new(text);
            assert_eq!(folded.cased(), shape, "{text:?}");
            let b = folded.original_span(Span::new(shape.len() - 1, shape.len()));
            assert_eq!(b, Span::new(text.len() - 1, text.len()), "{text:?}");
        }
    }

    #[test]
    fn what_is_dropped_belongs_to_no_neighbour() {
        // Found by fuzzing: the letter took the backslash behind it into its span.
        let text = "a \u{212d}\\#e";
        let folded = Normalised::new(text);
        let at = folded.lower().find('c').expect("the letter");
        assert_eq!(folded.original_span(Span::new(at, at + 1)).of(text), "\u{212d}");
    }

    #[test]
    fn spans_lead_back_to_the_original_bytes() {
        let cases = [
            ("İİ React", "react", "React"),
            ("ﬁne Kubernetes\u{200b}!", "kubernetes", "Kubernetes"),
            ("use C\\+\\+ daily", "c++", "C\\+\\+"),
            ("a  TCP  /  IP b", "tcp/ip", "TCP  /  IP"),
            ("💡 Do\u{ad}cker", "docker", "Do\u{ad}cker"),
            ("Ｊａｖａ.", "java", "Ｊａｖａ"),
            ("Node\n js", "node js", "Node\n js"),
        ];
        for (text, key, original) in cases {
            let folded = Normalised::new(text);
            let start = folded.lower().find(key).unwrap_or_else(|| panic!("{key} in {:?}", folded.lower()));
            let span = folded.original_span(Span { start, end: start + key.len() });
            assert_eq!(&text[span.start..span.end], original);
        }
    }

    #[test]
    fn a_character_that_stands_for_several_is_not_cut() {
        let cases = [
            ("c++", "c++", true),
            ("a/c++", "c++", true),
            ("℀++", "c++", false),
            ("℀++", "a/c++", true),
            ("x ㎅", "kb", true),
            ("x ㎅", "k", false),
            ("é ℀ c++", "c++", true),
        ];
        for (text, key, expected) in cases {
            let folded = Normalised::new(text);
            let start = folded.lower().find(key).unwrap_or_else(|| panic!("{key} in {:?}", folded.lower()));
            assert_eq!(folded.is_whole(Span::new(start, start + key.len())), expected, "{key} in {text}");
        }
    }

    #[test]
    fn edits_keep_the_way_back() {
        let text = "a  ﬁne\u{200b}LinuxDocker &amp; Java-\nScript";
        let before = Normalised::new(text);
        let at = |part: &str| before.cased().find(part).expect("a part of it");
        let edits = [Edit::insert(at("Docker"), " "), Edit::replace(at("-\nS"), at("Script"), "")];
        let edited = before.edited(&edits);
        assert_eq!(edited.lower(), "a fineLinux Docker & JavaScript".to_lowercase());
        for (part, original) in
            [("linux", "Linux"), ("docker", "Docker"), ("javascript", "Java-\nScript"), ("fine", "ﬁne")]
        {
            let start = edited.lower().find(part).expect("a part of it");
            assert_eq!(edited.original_span(Span::new(start, start + part.len())).of(text), original);
        }
        assert_eq!(Edit::shifted(&edits, before.cased().len()), edited.cased().len());
    }

    #[test]
    fn phrases_begin_and_end_with_no_white_space() {
        for phrase in ["Java 8", " Java 8\n", "\u{200b} Java 8 \u{200b}", "\u{0}\t\u{0}Java 8", "\u{ad}\n\n Java 8"] {
            assert_eq!((normalise(phrase), normalise_cased(phrase)), ("java 8".into(), "Java 8".into()), "{phrase:?}");
        }
        assert_eq!(normalise("\u{0} \u{0}"), "");
    }

    proptest! {
        #[test]
        fn what_is_copied_at_once_reads_the_same_byte_by_byte(text in "([a-c]{1,9}|[ \n*_/]|\u{ad}|&nbsp;|é){0,90}") {
            let mut slowly = Normaliser { original: &text, ..Normaliser::default() };
            let mut at = 0;
            while at < text.len() {
                at = slowly.looked_at(at);
            }
            slowly.before = text.len();
            let (slowly, at_once) = (slowly.finish(), Normalised::new(&text));
            prop_assert_eq!(slowly.cased(), at_once.cased());
            prop_assert_eq!(&slowly.emphasis, &at_once.emphasis);
            for at in 0..=at_once.cased().len() {
                let span = Span::new(at, at);
                prop_assert_eq!(slowly.original_span(span), at_once.original_span(span));
            }
        }

        #[test]
        fn every_span_lies_on_character_boundaries(text in "(\\PC|\\s|İ|e\u{301}|&amp;|\\\\#| / ){0,60}") {
            let folded = Normalised::new(&text);
            prop_assert_eq!(folded.cased().len(), folded.lower().len());
            let ends: Vec<usize> = folded.cased().char_indices().map(|(at, _)| at).chain([folded.cased().len()]).collect();
            let mut last = 0;
            for pair in ends.windows(2) {
                prop_assert!(folded.lower().is_char_boundary(pair[0]));
                let span = folded.original_span(Span { start: pair[0], end: pair[1] });
                prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                prop_assert!(span.start <= span.end && span.start >= last);
                last = span.start;
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[a-zA-Z0-9 \\-/.,\n]{0,80}") {
            let once = Normalised::new(&text);
            let twice = Normalised::new(once.cased());
            prop_assert_eq!(once.cased(), twice.cased());
        }

        #[test]
        fn pieces_fold_as_the_whole_does(text in "(a|e|\u{301}|\u{308}|ﬁ|Å|가|\u{1100}\u{1161}|ｶ|\u{ff9e}){0,12}") {
            let whole: String = text.nfkc().collect();
            let folded = Normalised::new(&text);
            prop_assert_eq!(folded.cased(), whole);
        }
    }
}
