//! Sentences and list items of a normalised text.

use std::ops::RangeInclusive;

use super::bytes::{BLOCK, block, mask, ones};
use super::items::is_item;
use super::{Normalised, Span, Stretches, char_start};

/// The bytes of lines that hard wrapping leaves.
const WRAPPED_LINE: RangeInclusive<usize> = 45..=120;

/// The bytes of the longest sentence; a longer one is taken apart at a space.
///
/// What looks for its neighbours in a sentence then costs no more for a text without any
/// end of a sentence than for another of its length.
const LONGEST: usize = 1_200;

/// The bytes of an ordinary sentence, or a few less: making more room later costs a copy.
const BYTES_A_SENTENCE: usize = 24;

/// Where sentences and list items begin, in offsets of the normalised text.
///
/// A hard-wrapped line is not a new sentence: only end punctuation, a blank line, a
/// bullet, a line in bold, or a break that no wrapping explains is.
#[derive(Debug, Clone)]
pub struct Sentences {
    starts: Vec<usize>,
    len: usize,
    stretches: Stretches,
}

impl Sentences {
    /// Finds the sentences of `text`.
    #[must_use]
    pub fn new(text: &Normalised) -> Self {
        let cased = text.cased();
        let bytes = cased.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / BYTES_A_SENTENCE + 1);
        starts.push(0);
        let mut line_start = 0;
        for at in marks(bytes) {
            let begins = match bytes[at] {
                b'\n' => {
                    let (line, next) = (&cased[line_start..at], &cased[at + 1..]);
                    line_start = at + 1;
                    let is_bold = || text.is_emphasis(at + 1);
                    next.starts_with('\n') | !is_wrap(line, next) || starts_with_bullet(next) || is_bold()
                }
                b'.' | b'!' | b'?' => ends_sentence(cased, at),
                b' ' => cased[at + 1..].starts_with("* "),
                _ => false,
            };
            if begins {
                begin(&mut starts, cased, at + 1);
            }
        }
        begin(&mut starts, cased, cased.len());
        starts.pop();
        Self::of(starts, cased.len())
    }

    fn of(starts: Vec<usize>, len: usize) -> Self {
        Self { stretches: Stretches::new(starts.iter().copied(), len), starts, len }
    }

    /// The same with a sentence that begins at each of these places, too.
    #[must_use]
    pub(crate) fn begun_at(mut self, places: impl Iterator<Item = usize>) -> Self {
        let further: Vec<usize> = places.filter(|at| *at < self.len && self.around(*at).start != *at).collect();
        if further.is_empty() {
            return self;
        }
        self.starts.extend(further);
        // Two sorted runs, which a stable sort merges.
        self.starts.sort();
        self.starts.dedup();
        Self::of(self.starts, self.len)
    }

    /// The same without those that begin at any of these places, which are sorted.
    #[must_use]
    pub(crate) fn gone_on_at(mut self, places: &[usize]) -> Self {
        if places.is_empty() {
            return self;
        }
        self.starts.retain(|start| places.binary_search(start).is_err());
        Self::of(self.starts, self.len)
    }

    /// The ends of the sentences, to be asked for from left to right.
    pub(crate) fn ends(&self) -> Ends<'_> {
        Ends { sentences: self, next: 0 }
    }

    /// Where they begin, in order; the first at 0.
    #[must_use]
    pub fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// The sentence or list item around byte `at` of the normalised text.
    #[must_use]
    pub fn around(&self, at: usize) -> Span {
        let next = self.stretches.count_to(at);
        let end = self.starts.get(next).copied().unwrap_or(self.len);
        Span::new(self.starts[next.saturating_sub(1)], end)
    }
}

/// Finds the ends of sentences around places that come from left to right.
#[derive(Debug)]
pub(crate) struct Ends<'s> {
    sentences: &'s Sentences,
    /// The first sentence that begins behind the last place.
    next: usize,
}

impl Ends<'_> {
    /// Where the sentence around byte `at` ends; `at` never goes back.
    pub(crate) fn end_behind(&mut self, at: usize) -> usize {
        let Sentences { starts, len, .. } = self.sentences;
        while starts.get(self.next).is_some_and(|start| *start <= at) {
            self.next += 1;
        }
        starts.get(self.next).copied().unwrap_or(*len)
    }
}

/// Begins a sentence at `at`, and others before it where the last one would be too long.
fn begin(starts: &mut Vec<usize>, cased: &str, at: usize) {
    let mut last = starts.last().copied().unwrap_or(0);
    while at - last > LONGEST {
        let whole = char_start(cased, last + LONGEST);
        last = cased[last..whole].rfind(' ').map_or(whole, |space| last + space + 1);
        starts.push(last);
    }
    starts.push(at);
}

/// The places where a sentence may end, or an item begin behind a space: in front of what may be a bullet.
fn marks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    (0..bytes.len()).step_by(BLOCK).flat_map(move |from| {
        let block = block(bytes, from);
        let ends = mask(&block, |byte| (byte == b'\n') | (byte == b'.') | (byte == b'!') | (byte == b'?'));
        let next = u64::from(bytes.get(from + BLOCK) == Some(&b'*'));
        let before_bullet = mask(&block, |byte| byte == b'*') >> 1 | next << (BLOCK - 1);
        ones(ends | before_bullet).map(move |place| from + place)
    })
}

/// Whether wrapping alone may have ended `line`: lists without bullets end their
/// items sooner or later than that, and begin the next with a capital.
fn is_wrap(line: &str, next: &str) -> bool {
    WRAPPED_LINE.contains(&line.len()) | !next.starts_with(char::is_uppercase)
}

/// Whether a line begins an item, a heading or a quotation.
fn starts_with_bullet(line: &str) -> bool {
    let marked = |rest: &str| rest.starts_with([' ', '#', '*']);
    is_item(line) || line.trim_start_matches(' ').strip_prefix(['*', '-', '+', '>', '#', 'O']).is_some_and(marked)
}

fn ends_sentence(cased: &str, at: usize) -> bool {
    let after = cased[at + 1..].trim_start_matches(['"', '\'', ')', '*', '_']);
    let Some(rest) = after.strip_prefix([' ', '\n']) else { return false };
    let next = rest.trim_start_matches(['"', '\'', '(', '*', '_', '-', ' ']).chars().next();
    if !next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphabetic()) {
        return false;
    }
    if !cased[at..].starts_with('.') {
        return true;
    }
    let word = cased[..at].rsplit([' ', '\n', '(', '/']).next().unwrap_or("");
    !is_abbreviation(word) && !is_numbering(&cased[..at], word)
}

/// Whether `word`, which ends what stands `before` a dot, numbers an item: `1.` at the start of a line.
fn is_numbering(before: &str, word: &str) -> bool {
    let starts_line = || matches!(&before.as_bytes()[..before.len() - word.len()], [] | [.., b'\n']);
    (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit()) && starts_line()
}

/// The bytes of the longest abbreviation: a dot behind more ends a sentence.
const LONGEST_ABBREVIATION: usize = 6;

/// A dot after these does not end a sentence.
fn is_abbreviation(word: &str) -> bool {
    if word.len() > LONGEST_ABBREVIATION {
        return false;
    }
    let lower = word.to_lowercase();
    matches!(
        lower.as_str(),
        "e.g"
            | "eg"
            | "i.e"
            | "ie"
            | "vs"
            | "inc"
            | "ltd"
            | "co"
            | "corp"
            | "sr"
            | "jr"
            | "dr"
            | "mr"
            | "mrs"
            | "ms"
            | "st"
            | "no"
            | "approx"
            | "dept"
            | "incl"
            | "u.s"
            | "u.k"
            | "yrs"
            | "yr"
            | "min"
            | "max"
            | "b.s"
            | "m.s"
            | "b.a"
            | "b.e"
            | "m.e"
            | "b.tech"
            | "m.tech"
            | "rs"
    ) || (word.len() == 1 && word.chars().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let text = Normalised::new(text);
        let all = Sentences::new(&text);
        let mut at = 0;
        let mut found = Vec::new();
        while at < text.cased().len() {
            let span = all.around(at);
            let sentence = span.of(text.cased()).trim();
            if !sentence.is_empty() {
                found.push(sentence.to_owned());
            }
            at = span.end.max(at + 1);
        }
        found
    }

    #[test]
    fn ends_where_a_reader_sees_an_end() {
        let cases: [(&str, &[&str]); 12] = [
            ("One two. Three four.", &["One two.", "Three four."]),
            ("Use e.g. Java daily", &["Use e.g. Java daily"]),
            ("Node.js and ASP.NET are used", &["Node.js and ASP.NET are used"]),
            ("a list\n* one\n* two", &["a list", "* one", "* two"]),
            ("a list\n*\u{a0}one\n*\u{3000}two", &["a list", "* one", "* two"]),
            ("wrapped\nline of text", &["wrapped\nline of text"]),
            ("No travel\nPython\nC and\nits kin", &["No travel", "Python", "C and\nits kin"]),
            (
                "A line as long as hard wrapping leaves it, and then\nJava on the next",
                &["A line as long as hard wrapping leaves it, and then\nJava on the next"],
            ),
            ("Lost newlines: • Java • Go", &["Lost newlines:", "* Java", "* Go"]),
            ("Know\n1. Java\n2. Go of 1. May", &["Know", "1. Java", "2. Go of 1.", "May"]),
            ("Know\n-Java\n-5 years of Go", &["Know", "-Java", "-5 years of Go"]),
            ("para one\n\npara two", &["para one", "para two"]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text), expected, "{text:?}");
        }
    }

    #[test]
    fn no_sentence_is_longer_than_the_longest() {
        for text in
            ["word ".repeat(1_000), "x".repeat(5_000), "\u{e9}".repeat(5_000), format!("{}. Next", "a ".repeat(999))]
        {
            let all = Sentences::new(&Normalised::new(&text));
            let ends: Vec<usize> = all.starts.iter().skip(1).copied().chain([all.len]).collect();
            let lengths: Vec<usize> = all.starts.iter().zip(&ends).map(|(start, end)| end - start).collect();
            assert!(lengths.iter().all(|len| (1..=LONGEST).contains(len)), "{lengths:?}");
        }
    }
}
