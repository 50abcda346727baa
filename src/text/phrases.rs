//! Finding fixed phrases: hashed words instead of an automaton.
//!
//! A phrase that no letter or digit touches starts where none stands before it. Those
//! places are found 64 bytes at a time ([`super::masks`]). At each, the *head* is
//! hashed: the first byte and the ASCII letters and digits that follow it. A bit
//! table small enough for the innermost cache says which heads begin a phrase; most
//! words end there. What is left is compared with the phrase that is that head alone,
//! and, where longer phrases begin so, the *second part* is hashed too: one byte and
//! the letters and digits behind it. `develop` may begin a hundred phrases,
//! `develop software` begins three.
//!
//! A phrase has the same head and second part as any text in which it stands bounded:
//! a part ends before the first byte that is no ASCII letter or digit, and such a
//! byte either belongs to the phrase too or stands right behind it.

use super::Span;
use super::masks::{BLOCK, Block, block, is_ascii_word, mask, ones, word_mask};

/// Bits of a filter for each of its entries: one in so many strange words passes.
const BITS_AN_ENTRY: usize = 32;
/// The largest filter: 32 KB, what the innermost cache holds.
const MOST_BITS: usize = 1 << 18;
/// What a head of eight bytes and its length are spread with.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Phrases by the hashes of their first and second words.
#[derive(Debug, Clone)]
pub(crate) struct Phrases {
    /// Bytes with which a phrase may start, ASCII letters and digits aside.
    odd_starts: Vec<u8>,
    /// Phrases of one part, and the heads of all others.
    heads: Table,
    /// Phrases of more parts than one.
    longer: Table,
    /// The bytes of all phrases, one after another.
    bytes: Vec<u8>,
}

/// Entries by hash: a bit filter before buckets.
///
/// Everything is as small as it gets: a look-up costs what its cache misses cost.
#[derive(Debug, Clone)]
struct Table {
    filter: Vec<u64>,
    filter_shift: u32,
    /// The first slot of each bucket, and the end of the last one.
    buckets: Vec<u32>,
    bucket_shift: u32,
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
    kind: Kind,
    phrase: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A whole phrase.
    Whole,
    /// The head of longer phrases.
    Head,
}

impl Phrases {
    /// Prepares `phrases`; none may be empty.
    pub(crate) fn new<P: AsRef<str>>(phrases: &[P]) -> Self {
        let mut bytes = Vec::new();
        let (mut heads, mut longer) = (Vec::new(), Vec::new());
        for (text, phrase) in phrases.iter().map(|phrase| phrase.as_ref().as_bytes()).zip(0..) {
            let start = offset(bytes.len());
            bytes.extend_from_slice(text);
            let head = part_len(text, 0);
            let head_hash = hash(load(text, 0), head);
            let slot = |hash, len, kind| (hash, Slot { check: low(hash), start, len: short(len), kind, phrase });
            if head == text.len() {
                heads.push(slot(head_hash, head, Kind::Whole));
            } else {
                let second = hash(load(text, head), part_len(text, head));
                heads.push(slot(head_hash, head, Kind::Head));
                longer.push(slot(joined(head_hash, second), text.len(), Kind::Whole));
            }
        }
        let firsts = phrases.iter().filter_map(|phrase| phrase.as_ref().bytes().next());
        let mut odd_starts: Vec<u8> = firsts.filter(|byte| !is_ascii_word(*byte)).collect();
        odd_starts.sort_unstable();
        odd_starts.dedup();
        heads.sort_unstable_by_key(|(hash, slot)| (*hash, slot.kind == Kind::Head, slot.phrase));
        // One mark that longer phrases follow is enough for each hash.
        heads.dedup_by_key(|(hash, slot)| (*hash, (slot.kind == Kind::Whole).then_some(slot.phrase)));
        longer.sort_unstable_by_key(|(hash, slot)| (*hash, slot.len, slot.phrase));
        Self { odd_starts, heads: Table::new(&heads), longer: Table::new(&longer), bytes }
    }

    /// Calls `met` with the place and number of every phrase that stands in `text`
    /// with no letter or digit touching it, sorted by start, then by end.
    ///
    /// It may be called for others too: only the caller knows what bounds a phrase.
    pub(crate) fn each(&self, text: &str, mut met: impl FnMut(Span, u32)) {
        let bytes = text.as_bytes();
        let mut next = block(bytes, 0);
        let mut next_word = word_mask(&next);
        let mut after_word = false;
        for from in (0..bytes.len()).step_by(BLOCK) {
            let (this, word) = (next, next_word);
            next = block(bytes, from + BLOCK);
            next_word = word_mask(&next);
            for place in ones(self.starts(&this, word, after_word)) {
                let at = from + place;
                // The letters and digits behind the first byte, into the next block.
                let behind = (word >> place >> 1) | (next_word << (BLOCK - 1 - place));
                let len = match behind.trailing_ones() as usize {
                    // The run may go on behind what two blocks show.
                    BLOCK => part_len(bytes, at),
                    run => 1 + run,
                };
                let hash = hash(load(bytes, at), len);
                if self.heads.may_hold(hash) {
                    let second = behind.checked_shr(offset(len)).unwrap_or(0).trailing_ones() as usize;
                    // Likewise, and past 64 bytes zeros are shifted in.
                    let second = if len + second >= BLOCK { part_len(bytes, at + len) } else { 1 + second };
                    self.verify(bytes, Span::new(at, at + len), second, hash, &mut met);
                }
            }
            after_word = word >> (BLOCK - 1) == 1;
        }
    }

    /// The places of `block` where a phrase may start; `after_word` tells whether the
    /// byte before it is a letter or digit.
    #[inline(always)]
    fn starts(&self, block: &Block, word: u64, after_word: bool) -> u64 {
        let mut first = word;
        for odd in &self.odd_starts {
            first |= mask(block, |byte| byte == *odd);
        }
        first & !(word << 1 | u64::from(after_word))
    }

    /// Reports the phrases that begin with the head at `head`; the part after it is
    /// `second` bytes long.
    fn verify(&self, text: &[u8], head: Span, second: usize, head_hash: u64, met: &mut impl FnMut(Span, u32)) {
        let mut longer = false;
        for slot in self.heads.of(head_hash) {
            match slot.kind {
                Kind::Head => longer = true,
                Kind::Whole => self.compare(text, head.start, slot, met),
            }
        }
        if !longer || head.end >= text.len() {
            return;
        }
        let hash = joined(head_hash, hash(load(text, head.end), second));
        if self.longer.may_hold(hash) {
            for slot in self.longer.of(hash) {
                self.compare(text, head.start, slot, met);
            }
        }
    }

    fn compare(&self, text: &[u8], at: usize, slot: &Slot, met: &mut impl FnMut(Span, u32)) {
        let (start, len) = (slot.start as usize, usize::from(slot.len));
        if text.get(at..at + len) == Some(&self.bytes[start..start + len]) {
            met(Span::new(at, at + len), slot.phrase);
        }
    }
}

impl Table {
    /// A table of `slots`, sorted by hash; those of equal hashes stay in their order.
    fn new(slots: &[(u64, Slot)]) -> Self {
        let size = slots.len().next_power_of_two().max(2);
        let bits = (slots.len() * BITS_AN_ENTRY).next_power_of_two().clamp(64, MOST_BITS);
        let bucket_shift = 64 - size.trailing_zeros();
        let filter_shift = 64 - bits.trailing_zeros();
        let mut filter = vec![0; bits / 64];
        for (hash, _) in slots {
            let bit = hash >> filter_shift;
            filter[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        let first_of = |bucket: usize| slots.partition_point(|(hash, _)| ((hash >> bucket_shift) as usize) < bucket);
        Self {
            filter,
            filter_shift,
            buckets: (0..=size).map(|bucket| offset(first_of(bucket))).collect(),
            bucket_shift,
            slots: slots.iter().map(|(_, slot)| *slot).collect(),
        }
    }

    #[inline(always)]
    fn may_hold(&self, hash: u64) -> bool {
        let bit = hash >> self.filter_shift;
        self.filter.get((bit / 64) as usize).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }

    /// The slots of this hash, in their order.
    #[inline(always)]
    fn of(&self, hash: u64) -> impl Iterator<Item = &Slot> {
        let bucket = (hash >> self.bucket_shift) as usize;
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        self.slots[from..to].iter().filter(move |slot| slot.check == low(hash))
    }
}

/// The length of the part at `at`: its first byte and the ASCII letters and digits
/// behind it.
fn part_len(bytes: &[u8], at: usize) -> usize {
    let behind = bytes.get(at + 1..).unwrap_or_default();
    1 + behind.iter().take_while(|byte| is_ascii_word(**byte)).count()
}

/// The eight bytes at `at`, zeros past the end.
#[inline(always)]
fn load(bytes: &[u8], at: usize) -> u64 {
    if let Some(Ok(eight)) = bytes.get(at..at + 8).map(<[u8; 8]>::try_from) {
        return u64::from_le_bytes(eight);
    }
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// The hash of a part of which `word` holds the first eight bytes and more.
#[inline(always)]
fn hash(word: u64, len: usize) -> u64 {
    let kept = word & (u64::MAX >> (64 - 8 * len.min(8)));
    let mixed = (kept ^ (len as u64) << 58).wrapping_mul(SPREAD);
    (mixed ^ mixed >> 32).wrapping_mul(SPREAD)
}

/// The hash of a head and the part after it.
#[inline(always)]
fn joined(head: u64, second: u64) -> u64 {
    (head.rotate_left(23) ^ second).wrapping_mul(SPREAD)
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
fn short(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}
