//! Whether an ambiguous reading stands in company that makes it the skill.
//!
//! `Go`, `Spring`, `monitoring` are words first and skills second. A reading with a
//! context rule counts when certain readings, or words its skill needs, stand where
//! the rule asks for them. Accepted readings vouch for others in turn, weak ones
//! never do.

use super::readings::Reading;
use crate::lexicon::{Context, Lexicon, SkillId};
use crate::text::masks::is_ascii_word;
use crate::text::{Folded, Sentences, Span, is_word_char};

/// Words to each side that count as near.
const NEAR_WORDS: usize = 12;
/// Distinct certain technical skills that make a posting technical.
const ANCHORS: usize = 2;

/// Marks which readings count: one flag for each, in order.
pub(crate) fn accept(lexicon: &Lexicon, text: &Folded, sentences: &Sentences, readings: &[Reading<'_>]) -> Vec<bool> {
    let mut company = Company {
        lexicon,
        text,
        sentences,
        readings,
        accepted: readings.iter().map(|reading| reading.claim.context == Context::Certain).collect(),
        beginnings: None,
    };
    company.settle();
    company.accepted
}

struct Company<'c> {
    lexicon: &'c Lexicon,
    text: &'c Folded,
    sentences: &'c Sentences,
    readings: &'c [Reading<'c>],
    accepted: Vec<bool>,
    /// How the words begin of the sentence that was last looked through.
    beginnings: Option<(Span, Beginnings)>,
}

impl Company<'_> {
    fn settle(&mut self) {
        let technical = self.is_technical_posting();
        loop {
            let mut newly = Vec::new();
            for at in 0..self.readings.len() {
                let counts = !self.accepted[at]
                    && match self.readings[at].claim.context {
                        Context::Certain => true,
                        Context::Anywhere => technical || self.is_near(at),
                        Context::Near => self.is_near(at),
                        Context::Weak => self.is_corroborated(at),
                    };
                if counts {
                    newly.push(at);
                }
            }
            if newly.is_empty() {
                break;
            }
            for at in newly {
                self.accepted[at] = true;
            }
        }
    }

    fn is_technical_posting(&self) -> bool {
        let certain = self.readings.iter().filter(|reading| reading.claim.context == Context::Certain);
        let mut anchors: Vec<SkillId> = Vec::with_capacity(ANCHORS);
        for skill in certain.filter(|reading| self.is_technical(reading)).map(|reading| reading.claim.skill) {
            if !anchors.contains(&skill) {
                anchors.push(skill);
            }
            if anchors.len() == ANCHORS {
                return true;
            }
        }
        false
    }

    fn is_technical(&self, reading: &Reading<'_>) -> bool {
        self.lexicon.category_of(self.lexicon.skill(reading.claim.skill)).technical
    }

    fn category(&self, reading: &Reading<'_>) -> usize {
        self.lexicon.skill(reading.claim.skill).category
    }

    /// Related skills near it, any technical skill in its list, or a word it needs.
    fn is_near(&mut self, at: usize) -> bool {
        let reading = &self.readings[at];
        let sentence = self.sentences.around(reading.span.start);
        if self.has_needed_word(reading, sentence) {
            return true;
        }
        self.is_among_kin(reading, at, sentence)
    }

    /// Related skills near it, or any technical skill in its list.
    fn is_among_kin(&self, reading: &Reading<'_>, at: usize, sentence: Span) -> bool {
        let window = self.window(reading.span);
        let mut siblings = 0;
        for (other, neighbour) in self.around(at, window, sentence) {
            let sibling = self.category(neighbour) == self.category(reading);
            if self.vouches(other) && neighbour.claim.skill != reading.claim.skill {
                if sibling && self.is_technical(neighbour) {
                    return true;
                }
                if self.is_technical(neighbour) && self.is_listed(reading.span, neighbour.span) {
                    return true;
                }
            }
            let capital = neighbour.claim.context != Context::Weak;
            if sibling
                && capital
                && neighbour.claim.skill != reading.claim.skill
                && self.is_listed_loosely(reading.span, neighbour.span)
            {
                siblings += 1;
            }
        }
        siblings >= 2
    }

    /// A certain mention of its category, or a needed word, in the same sentence.
    fn is_corroborated(&mut self, at: usize) -> bool {
        let reading = &self.readings[at];
        let sentence = self.sentences.around(reading.span.start);
        self.has_needed_word(reading, sentence)
            || self.around(at, sentence, sentence).any(|(other, neighbour)| {
                self.vouches(other)
                    && neighbour.claim.skill != reading.claim.skill
                    && self.category(neighbour) == self.category(reading)
            })
    }

    /// Whether a reading may speak for its neighbours.
    fn vouches(&self, at: usize) -> bool {
        self.accepted[at] && self.readings[at].claim.context != Context::Weak
    }

    /// The other readings inside either span.
    fn around(&self, at: usize, window: Span, sentence: Span) -> impl Iterator<Item = (usize, &Reading<'_>)> {
        let reach = Span::new(window.start.min(sentence.start), window.end.max(sentence.end));
        let first = self.readings.partition_point(|reading| reading.span.end <= reach.start);
        self.readings[first..]
            .iter()
            .enumerate()
            .map(move |(index, reading)| (index + first, reading))
            .take_while(move |(_, reading)| reading.span.start < reach.end)
            .filter(move |(index, reading)| {
                *index != at && (reading.span.overlaps(window) || reading.span.overlaps(sentence))
            })
    }

    fn has_needed_word(&mut self, reading: &Reading<'_>, sentence: Span) -> bool {
        let needs = &self.lexicon.skill(reading.claim.skill).needs;
        if needs.is_empty() {
            return false;
        }
        let text = sentence.of(self.text.key());
        let beginnings = match &self.beginnings {
            Some((of, beginnings)) if *of == sentence => beginnings,
            _ => &self.beginnings.insert((sentence, Beginnings::of(text))).1,
        };
        needs.iter().filter(|need| beginnings.may_hold(need)).any(|need| {
            places(text, need).any(|at| {
                let found = Span::new(sentence.start + at, sentence.start + at + need.len());
                let (before, after) = (&text[..at], &text[at + need.len()..]);
                let after = after.strip_prefix('s').unwrap_or(after);
                !before.ends_with(is_word_char) && !after.starts_with(is_word_char) && !found.overlaps(reading.span)
            })
        })
    }

    /// The words around a span, [`NEAR_WORDS`] to each side.
    fn window(&self, span: Span) -> Span {
        let key = self.text.key();
        let space = |(_, c): &(usize, char)| *c == ' ' || *c == '\n';
        let start = key[..span.start].char_indices().rev().filter(space).nth(NEAR_WORDS).map_or(0, |(at, _)| at);
        let end =
            key[span.end..].char_indices().filter(space).nth(NEAR_WORDS).map_or(key.len(), |(at, _)| span.end + at);
        Span::new(start, end)
    }

    /// Whether nothing but list punctuation and joining words stands between two spans.
    fn is_listed(&self, one: Span, other: Span) -> bool {
        self.gap(one, other).is_some_and(|gap| words(gap).all(is_joint))
    }

    /// As a list, with up to one other entry between the two.
    fn is_listed_loosely(&self, one: Span, other: Span) -> bool {
        self.gap(one, other).is_some_and(|gap| words(gap).filter(|word| !is_joint(word)).count() <= 1)
    }

    fn gap(&self, one: Span, other: Span) -> Option<&str> {
        let key = self.text.key();
        if one.end <= other.start { key.get(one.end..other.start) } else { key.get(other.end..one.start) }
    }
}

/// A set of how the words of a text begin, by which most words are known not to be
/// in it: one bit for each hash of the first bytes.
struct Beginnings([u64; 8]);

impl Beginnings {
    /// Bytes of a word that are looked at.
    const BYTES: usize = 3;

    fn of(text: &str) -> Self {
        let mut set = [0; 8];
        let bytes = text.as_bytes();
        let mut after_word = false;
        for (at, byte) in bytes.iter().enumerate() {
            let word = is_ascii_word(*byte);
            if word && !after_word {
                let hash = Self::hash(&bytes[at..]);
                set[hash / 64] |= 1 << (hash % 64);
            }
            after_word = word;
        }
        Self(set)
    }

    /// Whether `word` may stand in the text.
    fn may_hold(&self, word: &str) -> bool {
        let bytes = word.as_bytes();
        // What is shorter, or begins with a sign, is not told.
        if bytes.len() < Self::BYTES || !is_ascii_word(bytes[0]) {
            return true;
        }
        let hash = Self::hash(bytes);
        self.0[hash / 64] >> (hash % 64) & 1 == 1
    }

    /// From 0 to 511, of the first bytes.
    fn hash(bytes: &[u8]) -> usize {
        let byte = |at: usize| bytes.get(at).copied().map_or(0, usize::from);
        (byte(0) ^ byte(1) << 2 ^ byte(2) << 4 ^ byte(2) >> 3) % 512
    }
}

/// Where `word` stands in `text`; for short texts, in which a searcher would cost more
/// to prepare than it saves.
fn places(text: &str, word: &str) -> impl Iterator<Item = usize> {
    let first = word.bytes().next().unwrap_or_default();
    memchr::memchr_iter(first, text.as_bytes()).filter(move |at| text.as_bytes()[*at..].starts_with(word.as_bytes()))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty())
}

fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "with"
            | "plus"
            | "e"
            | "g"
            | "i"
            | "using"
            | "like"
            | "as"
            | "such"
            | "the"
            | "a"
            | "in"
            | "on"
            | "of"
    )
}
