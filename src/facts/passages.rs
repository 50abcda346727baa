//! The few passages of a posting in which a fact may stand.
//!
//! Looking for facts everywhere would cost more than finding all skills. One pass
//! over the text finds words that a fact never does without (`year`, `$`, `degree`);
//! only what stands around them is folded and read closely.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::cues::Cues;
use crate::text::{Folded, Sentences, Span};

/// A passage does not begin or end inside a word that is shorter than this.
const WORD: usize = 24;

/// What a passage may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Degree,
    Years,
    Pay,
}

impl Topic {
    /// Bytes of text before and after a trigger that are read with it: room for the
    /// start of the sentence, for the fields that a degree lists, for the label of a pay
    /// range some lines above it.
    fn reach(self) -> (usize, usize) {
        match self {
            Self::Degree => (60, 220),
            Self::Years => (110, 130),
            Self::Pay => (160, 70),
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Words of any case: the plain spelling, capitalised and in capitals.
const WORDS: [(Topic, &[&str]); 3] = [
    (
        Topic::Degree,
        &["degree", "bachelor", "baccalaureate", "master's", "masters", "master\u{2019}s", "ph.d", "phd", "doctora"],
    ),
    (Topic::Years, &["year", "yrs", "yoe"]),
    (Topic::Pay, &["salary", "compensation", "pay range", "euro", "pln", "zł", "lakh", "lpa"]),
];
/// Words with a case of their own.
const EXACT: [(Topic, &[&str]); 3] = [
    (
        Topic::Degree,
        &[
            "PhD", "BS", "B.S", "BSc", "B.Sc", "BA", "B.A", "BE", "B.E", "BEng", "B.Eng", "BTech", "B.Tech", "B.tech",
            "MS", "M.S", "MSc", "M.Sc", "MA", "M.A", "MBA", "MEng", "M.Eng", "MTech", "M.Tech", "Master of", "master of",
            "Master in", "master in", "Master/", "Master or", "Master and",
        ],
    ),
    (Topic::Years, &["yr "]),
    (
        Topic::Pay,
        &[
            "$", "£", "€", "₹", "¥", "₪", "₱", "USD", "EUR", "GBP", "CAD", "AUD", "NZD", "SGD", "HKD", "INR", "CHF",
            "SEK", "NOK", "DKK", "CZK", "HUF", "TRY", "BRL", "MXN", "ZAR", "ILS", "AED", "JPY", "CNY", "PHP", "0k",
            "1k", "2k", "3k", "4k", "5k", "6k", "7k", "8k", "9k", "0K", "1K", "2K", "3K", "4K", "5K", "6K", "7K", "8K",
            "9K",
        ],
    ),
];

static TRIGGERS: LazyLock<Triggers> = LazyLock::new(Triggers::new);

struct Triggers {
    automaton: AhoCorasick,
    topics: Vec<Topic>,
}

impl Triggers {
    fn new() -> Self {
        let mut words = Vec::new();
        for (topic, plain) in WORDS {
            for word in plain {
                let capitals = word.to_uppercase();
                let first = word.chars().next().map_or(0, char::len_utf8);
                let capitalised = format!("{}{}", &capitals[..first], &word[first..]);
                words.extend([(topic, (*word).to_owned()), (topic, capitalised), (topic, capitals)]);
            }
        }
        words.extend(EXACT.iter().flat_map(|(topic, exact)| exact.iter().map(|word| (*topic, (*word).to_owned()))));
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.iter().map(|(_, word)| word))
            .unwrap_or_else(|error| unreachable!("a hundred short words fit an automaton: {error}"));
        Self { automaton, topics: words.into_iter().map(|(topic, _)| topic).collect() }
    }
}

/// A stretch of a posting without marks of emphasis, folded.
pub(super) struct Passage {
    folded: Folded,
    sentences: Sentences,
    /// What its words tell of the numbers and degrees in it.
    pub cues: Cues,
    topics: u8,
    /// Where it begins in the posting's text.
    start: usize,
    /// Where marks were left out: places in what was folded, and how many bytes were
    /// left out before each.
    left_out: Vec<(usize, usize)>,
}

impl Passage {
    fn new(text: &str, span: Span, topics: u8) -> Self {
        let (plain, left_out) = without_emphasis(span.of(text));
        let folded = Folded::new(&plain);
        let (sentences, cues) = (Sentences::new(&folded), Cues::of(folded.shape()));
        Self { folded, sentences, cues, topics, start: span.start, left_out }
    }

    /// Whether it may tell of `topic`.
    pub(super) fn is_about(&self, topic: Topic) -> bool {
        self.topics & topic.bit() != 0
    }

    /// The folded text, case and line breaks kept.
    pub(super) fn text(&self) -> &str {
        self.folded.shape()
    }

    /// The sentence or list item around `span`, and `span` itself.
    pub(super) fn sentence(&self, span: Span) -> Span {
        let sentence = self.sentences.around(span.start);
        Span::new(sentence.start.min(span.start), sentence.end.max(span.end))
    }

    /// The place in the posting's text of a span of the folded text.
    pub(super) fn original(&self, folded: Span) -> Span {
        let plain = self.folded.original_span(folded);
        Span::new(self.from_plain(plain.start), self.from_plain(plain.end.saturating_sub(1)) + 1)
    }

    fn from_plain(&self, at: usize) -> usize {
        let next = self.left_out.partition_point(|(place, _)| *place <= at);
        let skipped = next.checked_sub(1).map_or(0, |index| self.left_out[index].1);
        self.start + at + skipped
    }
}

/// `text` without the asterisks and underscores of Markdown, bullets kept; and where
/// they were left out, with the running total of bytes.
fn without_emphasis(text: &str) -> (Cow<'_, str>, Vec<(usize, usize)>) {
    if !text.contains(['*', '_']) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut plain = String::with_capacity(text.len());
    let mut left_out = Vec::new();
    let mut from = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| matches!(byte, b'*' | b'_')) {
        let before = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let after = bytes.get(at + 1).copied().unwrap_or(b' ');
        // A bullet, also one whose line breaks were lost (`done.*5 years`), or a name.
        let apart = |byte: u8| byte.is_ascii_whitespace();
        let joins = |byte: u8| !apart(byte) && !matches!(byte, b'*' | b'_');
        let bullet = *byte == b'*' && (apart(before) && apart(after) || joins(before) && after.is_ascii_alphanumeric());
        let name = *byte == b'_' && before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
        if bullet || name {
            continue;
        }
        plain.push_str(&text[from..at]);
        from = at + 1;
        left_out.push((plain.len(), from - plain.len()));
    }
    plain.push_str(&text[from..]);
    (Cow::Owned(plain), left_out)
}

/// The passages of `text` in which a fact may stand, from left to right.
pub(super) fn passages(text: &str) -> impl Iterator<Item = Passage> {
    spans(text).into_iter().map(move |(span, topics)| Passage::new(text, span, topics))
}

/// Where the passages are, and the topics of each.
fn spans(text: &str) -> Vec<(Span, u8)> {
    let mut found: Vec<(Span, u8)> = Vec::new();
    for hit in TRIGGERS.automaton.find_iter(text) {
        let topic = TRIGGERS.topics[hit.pattern().as_usize()];
        let hit = Span::new(hit.start(), hit.end());
        if is_apart(text, hit) && may_tell(topic, text, hit) {
            let (before, after) = topic.reach();
            let start = word_start(text, hit.start.saturating_sub(before));
            found.push((Span::new(start, word_end(text, hit.end.saturating_add(after))), topic.bit()));
        }
    }
    found.sort_unstable();
    found.dedup_by(|next, last| {
        let joins = next.0.start <= last.0.end;
        if joins {
            *last = (Span::new(last.0.start, last.0.end.max(next.0.end)), last.1 | next.1);
        }
        joins
    });
    found
}

/// Whether a trigger is a word of its own as far as that can be told cheaply: no
/// letter stands before its first letter, and two capitals do not run on into a shouted
/// word.
fn is_apart(text: &str, hit: Span) -> bool {
    let runs_on = hit.end - hit.start == 2
        && text.as_bytes().get(hit.end..hit.end + 2).is_some_and(|next| next.iter().all(u8::is_ascii_uppercase));
    let letter_before = text[..hit.start].ends_with(|c: char| c.is_ascii_alphabetic());
    !runs_on && !(letter_before && hit.of(text).starts_with(char::is_alphabetic))
}

/// Whether the trigger stands with what its topic needs: a number, for all but degrees.
fn may_tell(topic: Topic, text: &str, hit: Span) -> bool {
    let bytes = text.as_bytes();
    let before = |reach: usize| &bytes[hit.start.saturating_sub(reach)..hit.start];
    let after = |reach: usize| &bytes[hit.end..bytes.len().min(hit.end + reach)];
    let has_digit = |near: &[u8]| near.iter().any(u8::is_ascii_digit);
    match topic {
        Topic::Degree => true,
        Topic::Years => {
            let labels = || after(16).windows(2).any(|pair| pair.eq_ignore_ascii_case(b"xp")) && has_digit(after(48));
            has_digit(before(24)) || has_number_word(before(24)) || labels()
        }
        Topic::Pay => {
            let word = hit.of(text).starts_with(|c: char| c.is_ascii_lowercase() || c == 'S' || c == 'C');
            let plan = hit.of(text).eq_ignore_ascii_case("1k") && before(2) == b"40";
            let near = has_digit(hit.of(text).as_bytes()) || has_digit(before(12)) || has_digit(after(if word { 100 } else { 8 }));
            near && !plan && !is_millions(&text[hit.end..])
        }
    }
}

/// Whether `rest` goes on as millions do: `2.5 billion`, `40M`.
fn is_millions(rest: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | ' ');
    let unit = rest.trim_start_matches(number);
    let short = unit.starts_with(['M', 'B', 'm', 'b', 'T']) && !unit[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    rest.len() - unit.len() < 12 && (short || ["million", "billion", "trillion", "bn"].iter().any(|word| unit.starts_with(word)))
}

/// Whether one of the words spells a number out.
fn has_number_word(near: &[u8]) -> bool {
    near.split(|byte| !byte.is_ascii_alphabetic()).any(|word| {
        const WORDS: [&str; 14] = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
            "twenty",
        ];
        (3..=7).contains(&word.len()) && WORDS.iter().any(|number| word.eq_ignore_ascii_case(number.as_bytes()))
    })
}

/// The start of the word around byte `at`.
fn word_start(text: &str, at: usize) -> usize {
    let word = text.as_bytes()[..at].iter().rev().take(WORD).take_while(|byte| !byte.is_ascii_whitespace()).count();
    boundary(text, at - word)
}

/// The end of the word around byte `at`.
fn word_end(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let word = text.as_bytes()[at..].iter().take(WORD).take_while(|byte| !byte.is_ascii_whitespace()).count();
    boundary(text, at + word)
}

/// The last character boundary up to `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(topic: Topic, text: &str) -> usize {
        passages(text).filter(|passage| passage.is_about(topic)).count()
    }

    #[test]
    fn only_words_that_facts_need_open_a_passage() {
        let cases = [
            (Topic::Years, "3 Years, then five years more", 1),
            (Topic::Years, "years of experience: 5", 1),
            (Topic::Years, "5 midyear, this or that", 0),
            (Topic::Years, "every year counts", 0),
            (Topic::Degree, "BS or MS; SYSTEMS", 1),
            (Topic::Degree, "SYSTEMS, JOBS", 0),
            (Topic::Pay, "£5", 1),
            (Topic::Pay, "the salary at the start is 90000", 1),
            (Topic::Pay, "no money is named, nor is a salary", 0),
            (Topic::Pay, "$2.5 billion raised and $40M spent", 0),
            (Topic::Pay, "a 401k plan", 0),
        ];
        for (topic, text, expected) in cases {
            assert_eq!(count(topic, text), expected, "{text}");
        }
    }

    #[test]
    fn near_passages_are_one_and_far_ones_apart() {
        let near = "BS and 5 years";
        let found: Vec<Passage> = passages(near).collect();
        assert_eq!(found.len(), 1);
        assert!(found[0].is_about(Topic::Degree) && found[0].is_about(Topic::Years) && !found[0].is_about(Topic::Pay));
        let far = format!("é 5 years{}é 7 years", " é".repeat(400));
        let found: Vec<Passage> = passages(&far).collect();
        assert_eq!(found.len(), 2);
        let at = found[1].text().find('7').unwrap();
        assert_eq!(found[1].original(Span::new(at, at + 1)).of(&far), "7");
    }

    #[test]
    fn emphasis_is_left_out_and_offsets_point_home() {
        let text = "é\n* **5** to _ten_ years of snake_case *now*";
        let found: Vec<Passage> = passages(text).collect();
        assert_eq!(found[0].text(), "é\n* 5 to ten years of snake_case now");
        for word in ["5", "ten", "years", "snake_case", "now"] {
            let at = found[0].text().find(word).unwrap();
            assert_eq!(found[0].original(Span::new(at, at + word.len())).of(text), word);
        }
    }
}
