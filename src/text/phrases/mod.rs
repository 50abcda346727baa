//! Finding fixed phrases: hashed words instead of an automaton.
//!
//! A phrase that no letter or digit touches starts where none stands before it. At each of
//! those [places](heads), the *head* is hashed: the first byte and the ASCII letters and
//! digits that follow it. Nine of ten words of a posting begin some phrase and two of three
//! are one, so that each head is looked up [where both is kept](words), in one look as a rule.
//!
//! Each further *part* is one byte, a space as a rule, and the letters and digits behind it,
//! which are the head of the next place: each word is hashed once. Few heads with a second
//! part begin a phrase, and [a bit table](tables) small enough for the inner caches says which.
//! `develop` may begin a hundred phrases, `develop firmware` begins three. Where head and second
//! part are the beginning of phrases of more parts (`as a` is that of hundreds), the *third
//! part* tells them apart.
//!
//! A phrase has the same parts as any text in which it stands bounded:
//! a part ends before the first byte that is no ASCII letter or digit, and such a
//! byte either belongs to the phrase too or stands right behind it.

mod boundaries;
mod heads;
mod tables;
mod words;

use std::hint::select_unpredictable;

use serde::{Deserialize, Serialize};

use super::Span;
use super::bytes::equal;
use crate::compiled::Texts;
use heads::{AHEAD, Head, OddStarts, joined, word_at, word_len};
use tables::{BEGINS_MORE, IS_PHRASE, Marks, Slot, Table, low, offset};
use words::{Word, Words};

pub use boundaries::is_bounded;
use boundaries::is_word_bounded;

/// Finds phrases by the hashes of their first three words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Scanner {
    phrases: Texts,
    odd_starts: OddStarts,
    /// The heads, and the phrases of one part.
    words: Words,
    /// Which heads with a second part are phrases or begin longer ones.
    pairs: Marks,
    /// Which heads with two more parts are phrases or begin longer ones.
    threes: Marks,
    /// Phrases of two parts, by both.
    two: Table,
    /// Those of more, by the first three.
    longer: Table,
}

/// The parts at the start of a phrase.
#[derive(Debug, Clone, Copy)]
struct Parts {
    head: Head,
    /// The hash of head and second part; none where there is no second one.
    both: Option<u64>,
    /// That of the first three; none where there is no third one.
    three: Option<u64>,
}

impl Scanner {
    /// Prepares `phrases`: normalised, so that none begins with white space, all different, none empty.
    #[must_use]
    pub fn new<P: AsRef<str>>(phrases: &[P]) -> Self {
        let phrases: Texts = phrases.iter().collect();
        let [mut pairs, mut threes] = [(); 2].map(|()| Vec::new());
        let [mut two, mut longer] = [(); 2].map(|()| Vec::new());
        let mut heads = Vec::with_capacity(phrases.len());
        let mut start = 0;
        for (len, phrase) in phrases.iter().map(str::len).zip(0..) {
            let Parts { head, both, three } = Parts::of(phrases.joined().as_bytes(), Span::new(start, start + len));
            let place = offset(start);
            let slot = |hash| (hash, Slot { check: low(hash), start: place, len: capped(len), phrase });
            start += len;
            heads.push((head, both.is_none().then_some(phrase)));
            match (both, three) {
                (None, _) => {}
                (Some(both), None) => {
                    pairs.push((both, IS_PHRASE));
                    two.push(slot(both));
                }
                (Some(both), Some(three)) => {
                    pairs.push((both, BEGINS_MORE));
                    threes.push((three, IS_PHRASE));
                    longer.push(slot(three));
                }
            }
        }
        Self {
            odd_starts: OddStarts::of(phrases.iter()),
            words: Words::new(heads.into_iter()),
            pairs: Marks::new(&pairs),
            threes: Marks::new(&threes),
            two: Table::new(two),
            longer: Table::new(longer),
            phrases,
        }
    }

    /// The phrases, in the order of their numbers.
    pub fn phrases(&self) -> impl ExactSizeIterator<Item = &str> {
        self.phrases.iter()
    }

    /// If the phrases are sorted, the first that is not less than `text`.
    pub(crate) fn phrase_from(&self, text: &str) -> Option<&str> {
        let place = self.phrases.lower_bound(text);
        (place < self.phrases.len()).then(|| self.phrases.get(place))
    }

    /// Calls `found` with the place and number of every phrase that stands in `text`
    /// [as a word of its own](is_bounded), overlapping ones included, sorted by start, then by
    /// end. A longer phrase that fails its boundary never hides a shorter one that holds.
    pub fn each(&self, text: &str, mut found: impl FnMut(Span, u32)) {
        let mut longer = Vec::new();
        heads::each_batch(text.as_bytes(), &self.odd_starts, |heads| self.meet(text, heads, &mut longer, &mut found));
    }

    /// Calls `found` with the phrases that start at all of `heads` but the last ones. `longer` is empty before and
    /// after.
    // Not as a part of what calls it, which would leave it too few registers.
    #[inline(never)]
    fn meet(&self, text: &str, heads: &[Head], longer: &mut Vec<(Span, u32)>, found: &mut impl FnMut(Span, u32)) {
        for heads in heads.windows(AHEAD + 1) {
            let [head, next @ ..] = heads else { continue };
            let mut begins_more = false;
            self.words.each_like(head, |word| {
                begins_more |= word.begins_more();
                let span = Span::new(head.at, head.end);
                if let Some(phrase) = self.phrase_of(word, text.as_bytes(), head)
                    && is_word_bounded(text, span)
                {
                    found(span, phrase);
                }
            });
            if begins_more {
                self.gather_longer(text.as_bytes(), head, next, longer);
                if !longer.is_empty() {
                    for (span, phrase) in longer.drain(..).filter(|(span, _)| is_bounded(text, *span)) {
                        found(span, phrase);
                    }
                }
            }
        }
    }

    /// The number of a phrase.
    #[must_use]
    pub fn find(&self, phrase: &str) -> Option<u32> {
        let text = phrase.as_bytes();
        let Parts { head, both, three } = Parts::of(text, Span::new(0, text.len()));
        let (table, hash) = match (both, three) {
            (None, _) => {
                let mut found = None;
                self.words.each_like(&head, |word| found = found.or_else(|| self.phrase_of(word, text, &head)));
                return found;
            }
            (Some(both), None) => (&self.two, both),
            (_, Some(three)) => (&self.longer, three),
        };
        let whole = Span::new(0, text.len());
        let is_whole = |slot: &Slot| usize::from(slot.len) == text.len() && self.is_written(slot, text, whole);
        table.of(hash).find(is_whole).map(|slot| slot.phrase)
    }

    /// The phrase that is `head` alone, which begins like `word` and is as long.
    #[inline(always)]
    fn phrase_of(&self, word: &Word, text: &[u8], head: &Head) -> Option<u32> {
        word.phrase().filter(|phrase| head.is_short() || self.is_long_word(*phrase, text, head))
    }

    #[inline(never)]
    fn is_long_word(&self, phrase: u32, text: &[u8], head: &Head) -> bool {
        equal(self.phrases.get(phrase as usize).as_bytes(), &text[head.at..head.end])
    }

    /// Gathers the phrases of more than one part that start at `head`, whatever follows them; `next` are the heads
    /// behind it.
    #[inline(always)]
    fn gather_longer(&self, text: &[u8], head: &Head, next: &[Head], met: &mut Vec<(Span, u32)>) {
        let [second, third] = next else { return };
        let is_second = second.is_behind(head.end);
        let (word, end) = if second.at <= head.end {
            // The separator is the head of something else, as in `node.js`, or the head has one inside, as `.net`.
            word_at(text, head.end + 1)
        } else {
            select_unpredictable(is_second, (second.hash, second.end), (0, head.end + 1))
        };
        let both = joined(head.hash, text.get(head.end), word);
        let marks = self.pairs.of(both);
        if marks & IS_PHRASE != 0 {
            self.gather_in(&self.two, both, text, head.at, met);
        }
        if marks & BEGINS_MORE != 0 {
            let third = if is_second { third } else { second };
            let word = if third.is_behind(end) { third.hash } else { word_at(text, end + 1).0 };
            let three = joined(both, text.get(end), word);
            if self.threes.of(three) != 0 {
                self.gather_in(&self.longer, three, text, head.at, met);
            }
        }
    }

    /// Gathers the phrases in `table` that start at byte `at` with parts of this hash.
    fn gather_in(&self, table: &Table, hash: u64, text: &[u8], at: usize, met: &mut Vec<(Span, u32)>) {
        for slot in table.of(hash) {
            let span = Span::new(at, at + usize::from(slot.len));
            if self.is_written(&slot, text, span) {
                met.push((span, slot.phrase));
            }
        }
    }

    #[inline(always)]
    fn is_written(&self, slot: &Slot, text: &[u8], span: Span) -> bool {
        let start = slot.start as usize;
        let phrase = &self.phrases.joined().as_bytes()[start..start + usize::from(slot.len)];
        text.get(span.start..span.end).is_some_and(|words| equal(words, phrase))
    }
}

impl Parts {
    /// Those of the phrase that stands at `span`, which is not empty.
    fn of(bytes: &[u8], span: Span) -> Self {
        // What stands behind the phrase is none of it.
        let bytes = &bytes[..span.end];
        let end = span.start + 1 + word_len(bytes, span.start + 1);
        let head = Head::new(bytes, span.start, end, false);
        let part = |before: u64, at: usize| {
            let separator = bytes.get(at)?;
            let (word, end) = word_at(bytes, at + 1);
            Some((joined(before, Some(separator), word), end))
        };
        let both = part(head.hash, end);
        let three = both.and_then(|(both, end)| part(both, end));
        Self { head, both: both.map(|(hash, _)| hash), three: three.map(|(hash, _)| hash) }
    }
}

/// A phrase's length; one of 64 KB or more is compared with a text in vain.
fn capped(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use aho_corasick::{AhoCorasick, AhoCorasickKind};
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    #[test]
    fn a_phrase_is_found_among_many_that_begin_alike() {
        let ends = (1..40).flat_map(|len| ["x", "y", "z"].map(|letter| letter.repeat(len)));
        let phrases: Vec<String> = ends.map(|end| format!("as a {end}")).collect();
        let scanner = Scanner::new(&phrases);
        for (phrase, number) in phrases.iter().zip(0..) {
            assert_eq!(scanner.find(phrase), Some(number), "{phrase:?}");
        }
        assert_eq!(["as a", "as a ", "as a w", "as an x"].map(|phrase| scanner.find(phrase)), [None; 4]);
    }

    /// The reference that results are compared with: plain Aho-Corasick, overlaps reported.
    struct Reference(AhoCorasick);

    impl Reference {
        fn new(phrases: &[String]) -> Self {
            let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(phrases);
            Self(automaton.expect("the phrases fit"))
        }

        fn find(&self, text: &str) -> Vec<(Span, u32)> {
            let hits = self.0.find_overlapping_iter(text);
            let spans = hits.map(|hit| (Span::new(hit.start(), hit.end()), hit.pattern().as_u32()));
            let mut found: Vec<(Span, u32)> = spans.filter(|(span, _)| is_bounded(text, *span)).collect();
            found.sort_unstable();
            found
        }
    }

    /// What the scanner and the reference find in `text`; they must be equal.
    fn both(phrases: &[String], text: &str) -> [Vec<(Span, u32)>; 2] {
        [Reference::new(phrases).find(text), found(&Scanner::new(phrases), text)]
    }

    fn found(scanner: &Scanner, text: &str) -> Vec<(Span, u32)> {
        let mut found = Vec::new();
        scanner.each(text, |span, phrase| found.push((span, phrase)));
        found
    }

    #[test]
    fn odd_phrases_are_found() {
        let keys = [
            ".net",
            "asp.net",
            "c",
            "c#",
            "c++",
            "r",
            "café",
            "café au lait",
            "élan",
            "naïve",
            "tcp/ip",
            "ci/cd",
            "+1",
            "node.js",
            "a",
            "a b",
            "1",
            "802.1x",
            "日本",
            "日本 go",
            "& co",
            "#tag",
            "develop",
            "develop firmware",
            "internationalization",
            "internationalisation of firmware",
            "ab cd ef gh ij kl mn op",
        ]
        .map(str::to_owned);
        let (reference, scanner) = (Reference::new(&keys), Scanner::new(&keys));
        let texts = [
            "c++ c# c r&d r .net asp.net (.net) x.net",
            "café café au lait cafés élan naïve",
            "日本 go 日本go 日本",
            "tcp/ip ci/cd +1 c+1 node.js a b a  b 1 802.1x #tag & co",
            "",
            "c",
            "c#",
            "develop firmware developfirmware",
            "internationalization internationalizations internationalisation of firmware",
            "ab cd ef gh ij kl mn op",
            "éc cé c é",
            "javac \u{1F600}c c\u{1F600}",
        ];
        for text in texts {
            for shift in 0..130 {
                let text = format!("{}{text}", "-".repeat(shift));
                assert_eq!(reference.find(&text), found(&scanner, &text), "{text:?}");
            }
        }
    }

    #[test]
    fn very_long_words_are_measured_whole() {
        for len in [7, 8, 9, 62, 63, 64, 65, 127, 128, 129, 300] {
            let key = "x".repeat(len);
            let phrases = [key.clone(), format!("{key} y"), "y".to_owned()];
            for shift in 0..70 {
                let text = format!("{}{key} y {key}x {key} z{key}", " ".repeat(shift));
                let [expected, found] = both(&phrases, &text);
                assert_eq!(expected, found, "{len} {shift}");
                assert!(!found.is_empty());
            }
        }
    }

    #[test]
    fn a_scanner_that_was_kept_finds_the_same() {
        let endings = ["", "s", "ised", "ized", " of", " of the", " of the kind"];
        let words = (0..3_000).flat_map(|number| endings.map(|ending| format!("word{}{ending}", number * 7_919)));
        let phrases: Vec<String> = words.collect();
        let scanner = Scanner::new(&phrases);
        let kept: &'static [u8] = postcard::to_stdvec(&scanner).expect("plain data").leak();
        let read: Scanner = postcard::from_bytes(kept).expect("as it was written");
        assert_eq!(postcard::to_stdvec(&read).expect("plain data"), kept);
        for (number, phrase) in (0..).zip(&phrases) {
            assert_eq!((scanner.find(phrase), read.find(phrase)), (Some(number), Some(number)), "{phrase}");
        }
        let text = phrases.join(", ");
        assert_eq!(found(&read, &text), found(&scanner, &text));
    }

    fn pieces(keys: Vec<String>) -> impl Strategy<Value = String> {
        prop_oneof![
            6 => select(keys.clone()),
            2 => select(keys).prop_map(|key| {
                let half = key.chars().count() / 2;
                key.chars().take(half).collect()
            }),
            4 => select(vec![" ", "-", "/", ".", "\n\n", ", ", "&", "'", "+", "#", "s", "é", "ß", "日", "•", "\u{1F600}", "x", "7"])
                .prop_map(str::to_owned),
            1 => "\\PC{0,9}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn few_phrases_are_found_as_by_the_reference(
            (keys, text) in prop::collection::btree_set("[ac.+#é日/&][ac.+#é日/& ]{0,5}|[a-c]{1,3}( [a-c]{1,9}){0,3}|[a-b]{7,10}", 1..12)
                .prop_flat_map(|keys| {
                    let keys: Vec<String> = keys.into_iter().collect();
                    let text = prop::collection::vec(pieces(keys.clone()), 0..60).prop_map(|parts| parts.concat());
                    (Just(keys), text)
                })
        ) {
            let [expected, found] = both(&keys, &text);
            prop_assert_eq!(expected, found);
        }
    }
}
