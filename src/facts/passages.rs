//! The few passages of a posting in which a fact may stand.
//!
//! Facts never do without certain words (`year`, `degree`) or signs (`$`). What stands
//! around those is read closely, with patterns; the rest of the posting is not.

use super::cues::{Cue, Cues};
use super::fields::{CERTIFICATES, Field, fields};
use super::written_amount::is_sign;
use super::year_count::has_number_word;
use crate::document::{Document, FactWord, Hit, Kinds, Section, of_kinds};
use crate::text::bytes::number_starts;
use crate::text::{Span, char_start};

/// A passage does not begin or end inside a word that is shorter than this.
const WORD: usize = 24;
/// Bytes that the form of a skill before a number may be long.
const FORM: usize = 40;
/// Words between what a question is about and its mark, and bytes in which they stand.
const QUESTION_WORDS: usize = 4;
const QUESTION: usize = 120;
/// Words between `no` and what it denies.
const DENIED_WORDS: usize = 4;
/// What a passage may tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Degree,
    Years,
    Pay,
    Certificate,
    /// Where and how one is employed.
    Terms,
}

impl Topic {
    const ALL: [Self; 5] = [Self::Degree, Self::Years, Self::Pay, Self::Certificate, Self::Terms];

    /// Bytes of text before and after a trigger that are read with it: room for the
    /// start of the sentence, for the fields that a degree lists, for the label of a pay
    /// range some lines above it.
    fn reach(self) -> (usize, usize) {
        match self {
            Self::Degree => (60, 220),
            Self::Years => (110, 130),
            Self::Pay => (160, 70),
            Self::Certificate => (60, 60),
            Self::Terms => (200, 140),
        }
    }

    pub(super) fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A stretch of a document. Places in it are counted from its start.
pub(super) struct Passage<'d> {
    document: &'d Document<'d>,
    /// Where it stands in the normalised text.
    span: Span,
    text: &'d str,
    lower: &'d str,
    topics: u8,
    /// What its words tell of the numbers and degrees in it.
    pub cues: Cues,
    /// The fields of study it names.
    fields: Vec<Field>,
}

impl<'d> Passage<'d> {
    /// The title of a document.
    pub(super) fn title(document: &'d Document<'d>) -> Self {
        let title = document.text().cased()[..document.body()].trim_end().len();
        Self::new(document, Span::new(0, title), Topic::Terms.bit())
    }

    fn new(document: &'d Document<'d>, span: Span, topics: u8) -> Self {
        let local = |hit: Span| Span::new(hit.start - span.start, hit.end - span.start);
        let (text, lower) = (span.of(document.text().cased()), span.of(document.text().lower()));
        let hits = document.hits_in(span);
        let mut words: Vec<(Span, FactWord)> = Vec::with_capacity(hits.len());
        let inside = of_kinds(hits, Kinds::FACT).filter(|hit| hit.span.end <= span.end);
        words.extend(inside.filter_map(|hit| Some((local(hit.span), spelled_word(document, hit)?))));
        document.budget().spend_bytes(span.end - span.start);
        let about_degrees = topics & Topic::Degree.bit() != 0;
        let fields = if about_degrees { fields(text, &words) } else { Vec::new() };
        Self { document, span, text, lower, topics, cues: Cues::new(words), fields }
    }

    /// Whether it may tell of `topic`.
    pub(super) fn is_about(&self, topic: Topic) -> bool {
        self.topics & topic.bit() != 0
    }

    /// The normalised text, case and line breaks kept.
    pub(super) fn text(&self) -> &'d str {
        self.text
    }

    /// The same in lower case, as phrases are looked up in it.
    pub(super) fn lower(&self) -> &'d str {
        self.lower
    }

    /// The sentence or list item around `span`, and `span` itself, as far as the passage goes.
    /// Whoever asks for it reads it.
    pub(super) fn sentence(&self, span: Span) -> Span {
        let sentence = self.document.sentence(self.span.start + span.start);
        let (start, end) = (sentence.start.max(self.span.start), sentence.end.min(self.span.end));
        self.document.budget().spend_bytes(end - start);
        Span::new((start - self.span.start).min(span.start), (end - self.span.start).max(span.end))
    }

    /// Whether a cue of a kind stands shortly before `span`, with nothing between that ends
    /// what it speaks of: `no PMP`, `not a remote position`.
    pub(super) fn is_denied(&self, span: Span, cue: Cue) -> bool {
        let before = Span::new(self.sentence(span).start, span.start);
        self.cues.last(before, cue).is_some_and(|no| {
            let between = &self.text()[no.end..before.end];
            between.split_whitespace().count() < DENIED_WORDS && !between.contains([',', '.', ';', ':', '('])
        })
    }

    /// The answer behind what is named at `span`: `Work remotely: No`, `Clearance required? Yes`.
    pub(super) fn answer(&self, span: Span) -> Option<bool> {
        let rest = &self.text()[span.end..];
        self.document.budget().spend_bytes(rest.len().min(QUESTION));
        let mark =
            rest.bytes().take(QUESTION).position(|byte| matches!(byte, b':' | b'?' | b'.' | b',' | b';' | b'\n'))?;
        let (question, answer) = rest.split_at(mark);
        let answer = answer.strip_prefix([':', '?'])?;
        let answer = answer.trim_start_matches([':', ' ', '\n', '*', '-']);
        let is = |word: &str| {
            let starts = answer.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
            starts && !answer[word.len()..].starts_with(char::is_alphanumeric)
        };
        let known = if is("no") || is("none") { Some(false) } else { is("yes").then_some(true) };
        known.filter(|_| question.split_whitespace().count() <= QUESTION_WORDS)
    }

    /// The fields of study named in `span`, from left to right.
    pub(super) fn fields(&self, span: Span) -> &[Field] {
        let from = self.fields.partition_point(|field| field.span.start < span.start);
        let len = self.fields[from..].partition_point(|field| field.span.end <= span.end);
        &self.fields[from..from + len]
    }

    /// Where certificates are named in `span`, from left to right, and the place of each among them.
    pub(super) fn certificates(&self, span: Span) -> impl Iterator<Item = (Span, usize)> {
        let words = self.cues.words_in(span).iter().filter(move |(found, _)| found.end <= span.end);
        words.filter_map(|(found, word)| Some((*found, usize::from(word.names?.checked_sub(CERTIFICATES)?))))
    }

    /// Whether a form of a skill ends at `end`.
    pub(super) fn has_form_until(&self, end: usize) -> bool {
        let end = self.span.start + end;
        let near =
            Span::new(char_start(self.document.text().cased(), end.saturating_sub(FORM)).max(self.span.start), end);
        let mut hits = self.document.hits_in(near).iter();
        hits.any(|hit| hit.span.end == end && hit.kinds.has(Kinds::FORM))
    }

    /// The section around a place.
    pub(super) fn section(&self, at: usize) -> Section {
        self.document.sections().at(self.span.start + at)
    }

    /// A place in the passage as one in the normalised text of the document.
    pub(super) fn in_document(&self, span: Span) -> Span {
        Span::new(self.span.start + span.start, self.span.start + span.end)
    }

    /// A place in the passage as bytes of the posting's body.
    pub(super) fn original(&self, span: Span) -> Span {
        self.document.original(self.in_document(span))
    }
}

/// What a phrase that was found says of facts, if it says anything.
#[inline]
pub(super) fn word(document: &Document<'_>, hit: &Hit) -> Option<FactWord> {
    if hit.kinds.has(Kinds::FACT) { spelled_word(document, hit) } else { None }
}

/// The same of a phrase that says something of facts in one of its spellings at least.
fn spelled_word(document: &Document<'_>, hit: &Hit) -> Option<FactWord> {
    let meaning = document.meaning(hit);
    let mut word = meaning.fact;
    for (spelling, exact) in &meaning.exact_facts {
        if **spelling == *hit.span.of(document.text().cased()) {
            word = word.and(*exact);
        }
    }
    word.is_any().then_some(word)
}

/// The passages of the body in which a fact may stand, from left to right.
pub(super) fn passages<'d>(document: &'d Document<'d>) -> impl Iterator<Item = Passage<'d>> {
    spans(document).into_iter().map(move |(span, topics)| Passage::new(document, span, topics))
}

/// Where the passages are, and the topics of each.
fn spans(document: &Document<'_>) -> Vec<(Span, u8)> {
    let (text, body) = (document.text().cased(), document.body());
    let mut found: Vec<(Span, u8)> = Vec::new();
    let mut open = |topic: Topic, trigger: Span| {
        let (before, after) = topic.reach();
        let start = word_start(text, trigger.start.saturating_sub(before)).max(body);
        found.push((Span::new(start, word_end(text, trigger.end.saturating_add(after))), topic.bit()));
    };
    for hit in document.hits_of(Kinds::TRIGGER).filter(|hit| hit.span.start >= body) {
        let Some(FactWord { triggers, .. }) = spelled_word(document, hit).filter(|word| word.triggers != 0) else {
            continue;
        };
        for topic in Topic::ALL.into_iter().filter(|topic| triggers & topic.bit() != 0) {
            if may_tell(topic, text, hit.span) {
                open(topic, hit.span);
            }
        }
    }
    for at in number_starts(text.as_bytes()).filter(|at| *at >= body) {
        if is_money(text, at) {
            open(Topic::Pay, Span::new(at, at));
        }
        if is_glued_to_years(&text[at..]) {
            open(Topic::Years, Span::new(at, at));
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

/// Whether the number at `at` has the sign of a currency or a `k` beside it, and is not one
/// of millions.
fn is_money(text: &str, at: usize) -> bool {
    let (before, number) = (&text[..at], &text[at..]);
    let gap = |c: char| matches!(c, ' ' | '(' | ')' | ':' | '[' | ']');
    let after = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let thousands = after.trim_start_matches(' ').strip_prefix(['k', 'K']);
    let is_thousands = thousands.is_some_and(|rest| !rest.starts_with(char::is_alphabetic)) && !is_plan(number);
    let behind = after.trim_start_matches(['+', ' ']);
    let code =
        before.ends_with(|c: char| c.is_ascii_uppercase()) || after.starts_with(|c: char| c.is_ascii_uppercase());
    let signed = before.trim_end_matches(gap).ends_with(is_sign) || behind.starts_with(is_sign);
    is_thousands || (signed || code && is_glued_to_code(before, after)) && !is_millions(number)
}

/// `401k` and `401K` are no sums.
fn is_plan(number: &str) -> bool {
    number.starts_with("401")
}

/// `GBP55,000`, `95kEUR`: three capitals that touch a number; or `R45 000`, `RM6,000`.
fn is_glued_to_code(before: &str, after: &str) -> bool {
    let capitals = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let last = before.len().checked_sub(3).and_then(|from| before.get(from..));
    let local = before.strip_suffix("RM").or_else(|| before.strip_suffix('R'));
    let is_local = local.is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()));
    is_local || last.is_some_and(capitals) || after.get(..3).is_some_and(capitals)
}

/// `5years`, `3yrs`, `5y+`.
fn is_glued_to_years(number: &str) -> bool {
    let unit = number.trim_start_matches(|c: char| c.is_ascii_digit());
    if let Some(rest) = unit.strip_prefix(['y', 'Y'])
        && !rest.starts_with(char::is_alphanumeric)
    {
        return true;
    }
    ["year", "yr", "yoe"].iter().any(|word| unit.get(..word.len()).is_some_and(|unit| unit.eq_ignore_ascii_case(word)))
}

/// Whether the trigger stands with what its topic needs: a number, for all but degrees.
fn may_tell(topic: Topic, text: &str, hit: Span) -> bool {
    let bytes = text.as_bytes();
    let before = |reach: usize| &bytes[hit.start.saturating_sub(reach)..hit.start];
    let after = |reach: usize| &bytes[hit.end..bytes.len().min(hit.end + reach)];
    let has_digit = |near: &[u8]| near.iter().any(u8::is_ascii_digit);
    match topic {
        Topic::Degree | Topic::Certificate | Topic::Terms => true,
        Topic::Years => {
            let named = || after(16).windows(2).any(|pair| pair.eq_ignore_ascii_case(b"xp")) && has_digit(after(48));
            // `Experience (in years): 6`
            let labels = || named() || after(4).contains(&b':') && has_digit(after(8));
            has_digit(before(24)) || has_number_word(before(24)) || labels()
        }
        Topic::Pay => match hit.of(text) {
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

/// The start of the word around byte `at`.
fn word_start(text: &str, at: usize) -> usize {
    let word = text.as_bytes()[..at].iter().rev().take(WORD).take_while(|byte| !byte.is_ascii_whitespace()).count();
    char_start(text, at - word)
}

/// The end of the word around byte `at`.
fn word_end(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let word = text.as_bytes()[at..].iter().take(WORD).take_while(|byte| !byte.is_ascii_whitespace()).count();
    char_start(text, at + word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::with_passages;

    #[test]
    fn only_words_that_facts_need_open_a_passage() {
        let cases = [
            (Topic::Years, "3 Years, then five years more", 1),
            (Topic::Years, "years of experience: 5", 1),
            (Topic::Years, "5years of it", 1),
            (Topic::Years, "5 midyear, this or that", 0),
            (Topic::Years, "every year counts", 0),
            (Topic::Degree, "BS or MS; PROBLEMS", 1),
            (Topic::Degree, "PROBLEMS, JOBS", 0),
            (Topic::Pay, "£5", 1),
            (Topic::Pay, "GBP55,000", 1),
            (Topic::Pay, "the salary at the start is 90000", 1),
            (Topic::Pay, "no money is named, nor is a salary", 0),
            (Topic::Pay, "$2.5 billion raised and $40M spent", 0),
            (Topic::Pay, "a 401k plan", 0),
        ];
        for (topic, text, expected) in cases {
            with_passages(text, |passages| {
                assert_eq!(passages.iter().filter(|passage| passage.is_about(topic)).count(), expected, "{text}");
            });
        }
    }

    #[test]
    fn near_passages_are_one_and_far_ones_apart() {
        with_passages("BS and 5 years", |passages| {
            assert_eq!(passages.len(), 1);
            let topics = Topic::ALL.map(|topic| passages[0].is_about(topic));
            assert_eq!(topics, [true, true, false, false, false]);
        });
        let far = format!("BS {} 7 years", "word ".repeat(100));
        with_passages(&far, |passages| {
            assert_eq!(passages.len(), 2);
            let at = passages[1].text().find('7').expect("the number is in the passage");
            assert_eq!(passages[1].original(Span::new(at, at + 1)).of(&far), "7");
        });
    }

    #[test]
    fn emphasis_is_left_out_and_offsets_point_home() {
        let text = "é\n* **5** to _ten_ years of snake_case *now*";
        with_passages(text, |passages| {
            assert_eq!(passages[0].text(), "é\n* 5 to ten years of snake_case now");
            for word in ["5", "ten", "years", "snake_case", "now"] {
                let at = passages[0].text().find(word).expect("the word is in the passage");
                assert_eq!(passages[0].original(Span::new(at, at + word.len())).of(text), word);
            }
        });
    }
}
