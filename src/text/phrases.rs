//! Finding fixed phrases: hashed words instead of an automaton.
//!
//! A phrase that no letter or digit touches starts where none stands before it. Those
//! places are found 64 bytes at a time ([`super::bytes`]). At each, the *head* is
//! hashed: the first byte and the ASCII letters and digits that follow it. Each further
//! *part* is one byte, a space as a rule, and the letters and digits behind it, which are
//! the head of the next place: each word is hashed once. Bit tables small enough for the
//! inner caches say which heads are phrases or begin longer ones, and likewise for heads
//! with a second part. `develop` may begin a hundred phrases, `develop firmware` begins
//! three. Where head and second part are the beginning of phrases of more parts (`as a`
//! is that of hundreds), the *third part* tells them apart.
//!
//! What is left is looked up in tables too large for the innermost cache. Places are
//! therefore gathered before they are looked up, so that the processor waits for many
//! of them at once.
//!
//! A phrase has the same parts as any text in which it stands bounded:
//! a part ends before the first byte that is no ASCII letter or digit, and such a
//! byte either belongs to the phrase too or stands right behind it.

use serde::{Deserialize, Serialize};

use super::bytes::{BLOCK, Block, block, equal, is_ascii_word, load, mask, ones, word_mask};
use super::{Span, is_word_char};
use crate::compiled::{Fields, Packed, Texts, packed};

/// Places of a bit table for each of its entries: one in so many strange words passes.
const MARKS_AN_ENTRY: usize = 32;
/// The largest bit table: 32 KB, what the innermost cache holds.
const MOST_MARKS: usize = 1 << 17;
/// Marks of two bits in a word of 64.
const MARKS_A_WORD: usize = 32;
/// Says of a hash that it may be a phrase's.
const IS_PHRASE: u8 = 0b01;
/// Says of a hash that longer phrases may begin so.
const BEGINS_MORE: u8 = 0b10;
/// What a head of eight bytes and its length are spread with.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Finds phrases by the hashes of their first three words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Scanner {
    phrases: Texts,
    /// Bytes with which a phrase may start, ASCII letters and digits aside; by fours, the
    /// last of which may be filled up with the same again.
    odd_starts: Vec<[u8; 4]>,
    /// Which heads are phrases or begin longer ones.
    heads: Marks,
    /// The same of heads with a second part.
    pairs: Marks,
    /// Which heads with two more parts are phrases or begin them.
    threes: Marks,
    /// Phrases of one part.
    short: Table,
    /// Phrases of two parts, by both.
    two: Table,
    /// Those of more, by the first three.
    longer: Table,
}

/// The word at a place of a text where phrases may start.
#[derive(Debug, Clone, Copy, Default)]
struct Head {
    at: usize,
    end: usize,
    hash: u64,
    /// Whether it begins with a letter or digit of ASCII.
    is_word: bool,
}

/// A place of a text at which phrases may start.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    at: usize,
    /// The hash of the head.
    head: u64,
    /// What is marked of it.
    of_head: u8,
    /// The hash of the head and the second part.
    both: u64,
    /// What is marked of both, if the head begins anything.
    of_both: u8,
    /// Where the second part ends.
    end: usize,
}

/// The hashes of the parts at the start of a phrase.
#[derive(Debug, Clone, Copy)]
struct Parts {
    head: u64,
    /// Of head and second part; none where there is no second one.
    both: Option<u64>,
    /// Of the first three; none where there is no third one.
    three: Option<u64>,
}

/// Two bits for each hash: [`IS_PHRASE`] and [`BEGINS_MORE`]. They are clear for most hashes that
/// were not marked.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Marks {
    #[serde(with = "packed")]
    bits: Vec<u64>,
    shift: u32,
}

/// Phrases by hash, in buckets.
///
/// Everything is as small as it gets: a look-up costs what its cache misses cost.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Table {
    /// The first slot of each bucket, and the end of the last one.
    #[serde(with = "packed")]
    buckets: Vec<u32>,
    bucket_shift: u32,
    #[serde(with = "packed")]
    slots: Vec<Slot>,
}

/// What a hash stands for. Slots of equal hashes follow one another, shortest first.
#[derive(Debug, Clone, Copy)]
struct Slot {
    /// The lower half of the hash; the bucket tells of the upper one.
    check: u32,
    /// Where the phrase's bytes start.
    start: u32,
    len: u16,
    phrase: u32,
}

impl Packed for Slot {
    const BYTES: usize = 14;

    fn pack(&self, bytes: &mut Vec<u8>) {
        [self.check, self.start, self.phrase].iter().for_each(|number| number.pack(bytes));
        self.len.pack(bytes);
    }

    #[inline(always)]
    fn unpack(bytes: &[u8]) -> Self {
        let mut fields = Fields(bytes);
        Self { check: fields.next(), start: fields.next(), phrase: fields.next(), len: fields.next() }
    }
}

impl Scanner {
    /// Prepares `phrases`: normalised, all different, none empty.
    #[must_use]
    pub fn new<P: AsRef<str>>(phrases: &[P]) -> Self {
        let phrases: Texts = phrases.iter().collect();
        let [mut heads, mut pairs, mut threes] = [(); 3].map(|()| Vec::new());
        let [mut short, mut two, mut longer] = [(); 3].map(|()| Vec::new());
        let mut start = 0;
        for (len, phrase) in phrases.iter().map(str::len).zip(0..) {
            let Parts { head, both, three } = Parts::of(phrases.joined().as_bytes(), Span::new(start, start + len));
            let place = offset(start);
            let slot = |hash| (hash, Slot { check: low(hash), start: place, len: capped(len), phrase });
            start += len;
            match (both, three) {
                (None, _) => {
                    heads.push((head, IS_PHRASE));
                    short.push(slot(head));
                }
                (Some(both), None) => {
                    heads.push((head, BEGINS_MORE));
                    pairs.push((both, IS_PHRASE));
                    two.push(slot(both));
                }
                (Some(both), Some(three)) => {
                    heads.push((head, BEGINS_MORE));
                    pairs.push((both, BEGINS_MORE));
                    threes.push((three, IS_PHRASE));
                    longer.push(slot(three));
                }
            }
        }
        let firsts = phrases.iter().filter_map(|phrase| phrase.bytes().next());
        let mut odd_starts: Vec<u8> = firsts.filter(|byte| !is_ascii_word(*byte)).collect();
        odd_starts.sort_unstable();
        odd_starts.dedup();
        let fours = odd_starts.chunks(4).map(|chunk| std::array::from_fn(|at| chunk[at.min(chunk.len() - 1)]));
        Self {
            odd_starts: fours.collect(),
            heads: Marks::new(&heads),
            pairs: Marks::new(&pairs),
            threes: Marks::new(&threes),
            short: Table::new(short),
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
        let mut candidates = Vec::with_capacity(2 * BLOCK);
        self.each_batch(text, &mut candidates, |candidates| {
            for (span, phrase) in candidates.drain(..) {
                if is_bounded(text, span) {
                    found(span, phrase);
                }
            }
        });
    }

    /// The number of a phrase.
    #[must_use]
    pub fn find(&self, phrase: &str) -> Option<u32> {
        let text = phrase.as_bytes();
        let Parts { head, both, three } = Parts::of(text, Span::new(0, text.len()));
        let (table, hash) = match (both, three) {
            (None, _) => (&self.short, head),
            (Some(both), None) => (&self.two, both),
            (_, Some(three)) => (&self.longer, three),
        };
        let whole = Span::new(0, text.len());
        let is_whole = |slot: &&Slot| usize::from(slot.len) == text.len() && self.is_written(slot, text, whole);
        table.of(hash).find(is_whole).map(|slot| slot.phrase)
    }

    /// Gathers the phrases that stand in `text` with no letter or digit before them, whatever follows them,
    /// and calls `use_up` from time to time, which empties the list. What is done with each is so compiled
    /// once, not wherever one is found.
    fn each_batch(&self, text: &str, met: &mut Vec<(Span, u32)>, mut use_up: impl FnMut(&mut Vec<(Span, u32)>)) {
        let bytes = text.as_bytes();
        let mut heads = [Head::default(); 2 * BLOCK];
        let mut places = [Place::default(); 2 * BLOCK];
        let mut gathered = 0;
        let mut next = block(bytes, 0);
        let mut next_word = word_mask(&next);
        let mut after_word = false;
        for from in (0..bytes.len()).step_by(BLOCK) {
            let (this, word) = (next, next_word);
            next = block(bytes, from + BLOCK);
            next_word = word_mask(&next);
            for start in ones(self.starts(&this, word, after_word)) {
                // The letters and digits behind the first byte, into the next block.
                let behind = (word >> start >> 1) | (next_word << (BLOCK - 1 - start));
                heads[gathered] = Head::new(bytes, from + start, behind, word >> start & 1 == 1);
                gathered += 1;
            }
            after_word = word >> (BLOCK - 1) == 1;
            if gathered >= BLOCK {
                self.meet(bytes, &heads[..gathered], &mut places, met);
                use_up(met);
                // The last one waits for the next.
                heads[0] = heads[gathered - 1];
                gathered = 1;
            }
        }
        heads[gathered] = Head::behind(bytes);
        self.meet(bytes, &heads[..=gathered], &mut places, met);
        use_up(met);
    }

    /// Gathers the phrases that start at all of `heads` but the last one. `places` has room for as many.
    fn meet(&self, text: &[u8], heads: &[Head], places: &mut [Place; 2 * BLOCK], met: &mut Vec<(Span, u32)>) {
        let mut kept = 0;
        for (head, next) in heads.iter().zip(&heads[1..]) {
            let place = self.place(text, head, next);
            places[kept] = place;
            // Whether it stays is known too late for the processor to guess.
            kept += usize::from(place.of_head | place.of_both != 0);
        }
        places[..kept].iter().for_each(|place| self.look_up(text, place, met));
    }

    /// The places of `block` where a phrase may start; `after_word` tells whether the
    /// byte before it is a letter or digit.
    #[inline(always)]
    fn starts(&self, block: &Block, word: u64, after_word: bool) -> u64 {
        let mut first = word;
        for [a, b, c, d] in &self.odd_starts {
            first |= mask(block, |byte| (byte == *a) | (byte == *b) | (byte == *c) | (byte == *d));
        }
        first & !(word << 1 | u64::from(after_word))
    }

    /// What is marked of the place where a head stands; `next` is the head behind it.
    #[inline(always)]
    fn place(&self, text: &[u8], head: &Head, next: &Head) -> Place {
        let Head { at, end, hash: head, .. } = *head;
        let is_next = next.at == end + 1 && next.is_word;
        let (word, behind) = if is_next { (next.hash, next.end) } else { word_at(text, end + 1) };
        let both = joined(head, text.get(end), word);
        let of_head = self.heads.of(head);
        let of_both = if of_head & BEGINS_MORE == 0 { 0 } else { self.pairs.of(both) };
        Place { at, head, of_head: of_head & IS_PHRASE, both, of_both, end: behind }
    }

    /// Gathers the phrases that start at `place`.
    #[inline(always)]
    fn look_up(&self, text: &[u8], place: &Place, met: &mut Vec<(Span, u32)>) {
        if place.of_head != 0 {
            self.look_up_in(&self.short, place.head, place.at, text, met);
        }
        if place.of_both & IS_PHRASE != 0 {
            self.look_up_in(&self.two, place.both, place.at, text, met);
        }
        if place.of_both & BEGINS_MORE != 0 {
            let three = joined(place.both, text.get(place.end), word_at(text, place.end + 1).0);
            if self.threes.of(three) != 0 {
                self.look_up_in(&self.longer, three, place.at, text, met);
            }
        }
    }

    /// Gathers the phrases in `table` that start at byte `at` with parts of this hash.
    #[inline(always)]
    fn look_up_in(&self, table: &Table, hash: u64, at: usize, text: &[u8], met: &mut Vec<(Span, u32)>) {
        for slot in table.of(hash) {
            let span = Span::new(at, at + usize::from(slot.len));
            if self.is_written(slot, text, span) {
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

impl Head {
    /// The one at byte `at`; `behind` are the letters and digits behind its first byte, as far as
    /// two blocks show them.
    #[inline(always)]
    fn new(text: &[u8], at: usize, behind: u64, is_word: bool) -> Self {
        const SEEN: usize = BLOCK - 1;
        // One bit is always set: numbers without any would cost a branch.
        let others = !behind | 1 << SEEN;
        let len = match others.trailing_zeros() as usize {
            SEEN => 1 + word_len(text, at + 1),
            run => 1 + run,
        };
        Self { at, end: at + len, hash: hash(load(text, at), len), is_word }
    }

    /// What stands behind a whole text: no word.
    fn behind(text: &[u8]) -> Self {
        Self { at: text.len(), end: text.len(), hash: 0, is_word: false }
    }
}

impl Parts {
    /// Those of the phrase that stands at `span`, which is not empty.
    fn of(bytes: &[u8], span: Span) -> Self {
        // What stands behind the phrase is none of it.
        let bytes = &bytes[..span.end];
        let first = 1 + word_len(bytes, span.start + 1);
        let head = hash(load(bytes, span.start), first);
        let part = |before: u64, at: usize| {
            let separator = bytes.get(at)?;
            let (word, end) = word_at(bytes, at + 1);
            Some((joined(before, Some(separator), word), end))
        };
        let both = part(head, span.start + first);
        let three = both.and_then(|(both, end)| part(both, end));
        Self { head, both: both.map(|(hash, _)| hash), three: three.map(|(hash, _)| hash) }
    }
}

impl Marks {
    fn new(marks: &[(u64, u8)]) -> Self {
        let places = (marks.len() * MARKS_AN_ENTRY).next_power_of_two().clamp(MARKS_A_WORD, MOST_MARKS);
        let mut table = Self { bits: vec![0; places / MARKS_A_WORD], shift: 64 - places.trailing_zeros() };
        for (hash, mark) in marks {
            let place = hash >> table.shift;
            table.bits[place as usize / MARKS_A_WORD] |= u64::from(*mark) << Self::bit(place);
        }
        table
    }

    #[inline(always)]
    fn of(&self, hash: u64) -> u8 {
        let place = hash >> self.shift;
        self.bits.get(place as usize / MARKS_A_WORD).map_or(0, |bits| (bits >> Self::bit(place)) as u8 & 0b11)
    }

    /// The lower of the two bits, in its word.
    #[inline(always)]
    fn bit(place: u64) -> u64 {
        place % MARKS_A_WORD as u64 * 2
    }
}

impl Table {
    fn new(slots: Vec<(u64, Slot)>) -> Self {
        let slots = by_hash(slots);
        let size = slots.len().next_power_of_two().max(2);
        let bucket_shift = 64 - size.trailing_zeros();
        let mut buckets = Vec::with_capacity(size + 1);
        for (at, (hash, _)) in slots.iter().enumerate() {
            let bucket = (hash >> bucket_shift) as usize;
            buckets.resize(buckets.len().max(bucket + 1), offset(at));
        }
        buckets.resize(size + 1, offset(slots.len()));
        let slots = slots.into_iter().map(|(_, slot)| slot).collect();
        Self { buckets, bucket_shift, slots }
    }

    /// The slots of this hash, in their order.
    #[inline(always)]
    fn of(&self, hash: u64) -> impl Iterator<Item = &Slot> {
        self.bucket(hash).iter().filter(move |slot| slot.check == low(hash))
    }

    #[inline(always)]
    fn bucket(&self, hash: u64) -> &[Slot] {
        let bucket = (hash >> self.bucket_shift) as usize;
        &self.slots[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize]
    }
}

/// The slots by bucket; in each those that are told apart by nothing but their bytes follow one
/// another, shortest first.
///
/// Hashes are spread evenly, so that most find their place by their upper bits alone.
fn by_hash(slots: Vec<(u64, Slot)>) -> Vec<(u64, Slot)> {
    let Some((_, any)) = slots.first().copied() else { return slots };
    let shift = 64 - slots.len().next_power_of_two().max(2).trailing_zeros();
    let bucket = |hash: u64| (hash >> shift) as usize;
    let mut next = vec![0; (1 << (64 - shift)) + 1];
    for (hash, _) in &slots {
        next[bucket(*hash) + 1] += 1;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut sorted = vec![(0, any); slots.len()];
    for (hash, slot) in slots {
        let at = &mut next[bucket(hash)];
        sorted[*at] = (hash, slot);
        *at += 1;
    }
    for same in sorted.chunk_by_mut(|(a, _), (b, _)| bucket(*a) == bucket(*b)).filter(|same| same.len() > 1) {
        same.sort_by_key(|(_, slot)| (slot.check, slot.len));
    }
    sorted
}

/// How many ASCII letters and digits stand at `at`.
fn word_len(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_ascii_word(**byte)).count()
}

/// The hash of the ASCII letters and digits at `at`, none for none, and where they end.
#[inline(always)]
fn word_at(bytes: &[u8], at: usize) -> (u64, usize) {
    match word_len(bytes, at) {
        0 => (0, at),
        len => (hash(load(bytes, at), len), at + len),
    }
}

/// The hash of a word, one byte long at least, of which `word` holds the first eight bytes and more.
#[inline(always)]
fn hash(word: u64, len: usize) -> u64 {
    let kept = word & (u64::MAX >> (64 - 8 * len.min(8)));
    let mixed = (kept ^ (len as u64) << 58).wrapping_mul(SPREAD);
    (mixed ^ mixed >> 32).wrapping_mul(SPREAD)
}

/// The hash of what is hashed already and the part after it: a byte, if there is one, and the hash of a word.
#[inline(always)]
fn joined(before: u64, separator: Option<&u8>, word: u64) -> u64 {
    let separator = separator.copied().unwrap_or_default();
    (before.rotate_left(23) ^ word ^ u64::from(separator)).wrapping_mul(SPREAD)
}

#[expect(clippy::cast_possible_truncation, reason = "half of a hash is wanted")]
fn low(hash: u64) -> u32 {
    hash as u32
}

#[expect(clippy::cast_possible_truncation, reason = "a lexicon of four gigabytes does not load")]
fn offset(at: usize) -> u32 {
    at as u32
}

/// A phrase's length; one of 64 KB or more is compared with a text in vain.
fn capped(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}

/// Whether a phrase at `span` is a word of its own.
///
/// No letter or digit touches it. A `+` or `#` that ends the word belongs to it, so
/// `C` is not in `C++`. A single letter stands alone only if no `&`, `.` or
/// apostrophe binds it to another one, so `R` is not in `R&D` nor `C` in `D.C.`
#[must_use]
#[inline]
pub fn is_bounded(text: &str, span: Span) -> bool {
    is_plainly_bounded(text.as_bytes(), span).unwrap_or_else(|| is_bounded_closely(text, span))
}

/// The same with an eye for everything; seldom called.
#[inline(never)]
fn is_bounded_closely(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    if before.ends_with(is_word_char) || after.starts_with(is_word_char) {
        return false;
    }
    let phrase = span.of(text);
    if phrase.ends_with(is_word_char) && is_glued(after) {
        return false;
    }
    phrase.len() > 1 || !is_initial(before, after)
}

/// The same for what nearly all phrases are: more than a letter, between characters of ASCII that
/// belong to no word or plainly to one.
#[inline(always)]
fn is_plainly_bounded(text: &[u8], span: Span) -> Option<bool> {
    let before = span.start.checked_sub(1).map_or(b' ', |at| text[at]);
    let after = text.get(span.end).copied().unwrap_or(b' ');
    let plain = before.is_ascii() & after.is_ascii() & (after != b'+') & (after != b'#') & (span.end - span.start > 1);
    plain.then(|| !(is_ascii_word(before) | is_ascii_word(after)))
}

/// Text that starts with `+` or `#` as the end of the word before it.
fn is_glued(after: &str) -> bool {
    let rest = after.trim_start_matches(['+', '#']);
    rest.len() < after.len() && !rest.starts_with(is_word_char)
}

/// Whether what stands around a single letter makes it part of something longer.
fn is_initial(before: &str, after: &str) -> bool {
    let bound_before = match before.chars().next_back() {
        Some('&' | '\'') => true,
        Some('.') => before[..before.len() - 1].ends_with(is_word_char),
        _ => false,
    };
    let bound_after = match after.chars().next() {
        Some('&') => true,
        Some('\'') => !after[1..].starts_with('s'),
        Some('.') => after[1..].starts_with(is_word_char),
        _ => false,
    };
    bound_before || bound_after
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

    #[test]
    fn boundaries() {
        let cases = [
            ("java", "javascript", false),
            ("java", "java, go", true),
            ("java", "java's", true),
            ("c", "c++ and", false),
            ("c", "c# and", false),
            ("c", "c/c++", true),
            ("c++", "c++/c", true),
            ("c++", "c++ 11", true),
            ("r", "r&d", false),
            ("r", "r, sas", true),
            ("c", "c.v.", false),
            ("c", "c.", true),
            ("v", "c.v.", false),
            ("c", ".c", true),
            ("d", "r&d", false),
            ("t", "don't", false),
            ("c", "c's", true),
            ("c", "c'est", false),
            // Longer words stand beside such signs.
            ("sql", "sql&r", true),
            ("sql", "r&sql.x", true),
            (".net", "asp.net", false),
            (".net", "(.net)", true),
            ("linux", "linux+spring", true),
            ("elk", "elkülönít", false),
            // Found by fuzzing: a letter with a mark of its own is another letter.
            ("oauth", "oauth\u{301}", false),
        ];
        for (key, text, expected) in cases {
            let start = text.find(key).unwrap_or(0);
            assert_eq!(is_bounded(text, Span::new(start, start + key.len())), expected, "{key} in {text}");
        }
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
            (keys, text) in prop::collection::btree_set("[ac.+#é日/& ]{1,6}|[a-c]{1,3}( [a-c]{1,9}){0,3}|[a-b]{7,10}", 1..12)
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
