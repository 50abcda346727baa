//! The few passages of a posting in which a fact may stand.
//!
//! Looking for facts everywhere would cost more than finding all skills. One pass
//! over the text finds words that a fact never does without (`year`, `$`, `degree`);
//! only what stands around them is folded and read closely.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::cues::Cues;
use super::phrases::Phrases;
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

/// Words and signs that a fact never does without. Those in capitals count only so.
const TRIGGERS: [(Topic, &str); 3] = [
    (
        Topic::Degree,
        "degree, degrees, bachelor, bachelors, baccalaureate, master's, master\u{2019}s, masters, master of, master \
         in, master/, master or, master and, master degree, ph.d, ph. d, phd, doctorate, doctoral, dphil, bsc, \
         b.sc, b. sc, b.s, b.a, b.e, b.eng, beng, b.tech, b tech, btech, msc, m.sc, m. sc, m.s, m.a, m.e, m.eng, \
         meng, m.tech, mtech, mba, BS, BA, BE, BCA, BBA, MS, MA, MCA",
    ),
    (Topic::Years, "year, years, yr, yrs, YoE, YOE"),
    (
        Topic::Pay,
        "salary, compensation, euro, euros, zł, lakh, lakhs, lpa, pln, k, $, £, €, ₹, ¥, ₪, ₱, USD, EUR, GBP, INR, \
         CHF, CAD, AUD, NZD, SGD, HKD, SEK, NOK, DKK, CZK, HUF, TRY, BRL, MXN, ZAR, ILS, AED, JPY, CNY, PHP",
    ),
];

static FINDER: LazyLock<Phrases<Topic>> = LazyLock::new(|| {
    Phrases::new(TRIGGERS.iter().flat_map(|(topic, words)| words.split(", ").map(|word| (word, *topic))))
});

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
        Span::new(self.place_of(plain.start), self.place_of(plain.end.saturating_sub(1)) + 1)
    }

    fn place_of(&self, at: usize) -> usize {
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
    FINDER.find(text, |hit, topic| {
        if is_apart(text, hit) && may_tell(topic, text, hit) {
            let (before, after) = topic.reach();
            let start = word_start(text, hit.start.saturating_sub(before));
            found.push((Span::new(start, word_end(text, hit.end.saturating_add(after))), topic.bit()));
        }
    });
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

/// Whether no letter touches a trigger that is a word; digits may, as in `5years`.
fn is_apart(text: &str, hit: Span) -> bool {
    let letter = |c: char| c.is_alphabetic();
    let word = hit.of(text).starts_with(letter);
    !word || !text[..hit.start].ends_with(letter) && !text[hit.end..].starts_with(letter)
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
        Topic::Pay => match hit.of(text) {
            "k" | "K" => before(1).iter().any(u8::is_ascii_digit) && before(3) != b"401",
            word if word.len() > 4 => has_digit(after(100)) || has_digit(before(12)),
            _ => (has_digit(before(12)) || has_digit(after(8))) && !is_millions(&text[hit.end..]),
        },
    }
}

/// Whether `rest` goes on as millions do: `2.5 billion`, `40M`.
fn is_millions(rest: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '+' | ' ');
    let unit = rest.trim_start_matches(number);
    let short =
        unit.starts_with(['M', 'B', 'm', 'b', 'T']) && !unit[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    rest.len() - unit.len() < 12
        && (short || ["million", "billion", "trillion", "bn"].iter().any(|word| unit.starts_with(word)))
}

/// Whether one of the words spells a number out.
fn has_number_word(near: &[u8]) -> bool {
    near.split(|byte| !byte.is_ascii_alphabetic()).any(|word| {
        const WORDS: [&str; 14] = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "fifteen", "twenty",
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
            (Topic::Degree, "BS or MS; PROBLEMS", 1),
            (Topic::Degree, "PROBLEMS, JOBS", 0),
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
        let at = found[1].text().find('7').expect("the number is in the passage");
        assert_eq!(found[1].original(Span::new(at, at + 1)).of(&far), "7");
    }

    #[test]
    fn emphasis_is_left_out_and_offsets_point_home() {
        let text = "é\n* **5** to _ten_ years of snake_case *now*";
        let found: Vec<Passage> = passages(text).collect();
        assert_eq!(found[0].text(), "é\n* 5 to ten years of snake_case now");
        for word in ["5", "ten", "years", "snake_case", "now"] {
            let at = found[0].text().find(word).expect("the word is in the passage");
            assert_eq!(found[0].original(Span::new(at, at + word.len())).of(text), word);
        }
    }
}
