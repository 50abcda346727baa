//! Finding fixed phrases: hashed words instead of an automaton.
//!
//! A phrase that no letter or digit touches starts where none stands before it. Those
//! places are found 64 bytes at a time ([`super::masks`]). At each, the *head* is
//! hashed: the first byte and the ASCII letters and digits that follow it; and so is
//! the *second part*: one byte and the letters and digits behind it. Bit tables small
//! enough for the inner caches say which heads are phrases, and which heads and second
//! parts begin longer ones; most words end there. `develop` may begin a hundred
//! phrases, `develop firmware` begins three.
//!
//! What is left is looked up in tables too large for the innermost cache. Places are
//! therefore gathered before they are looked up, so that the processor waits for many
//! of them at once.
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
    /// Bytes with which a phrase may start, ASCII letters and digits aside; by fours, the
    /// last of which may be filled up with the same again.
    odd_starts: Vec<[u8; 4]>,
    /// Phrases of one part.
    short: Table,
    /// The heads of phrases of more parts than one.
    heads: Filter,
    /// Those phrases, by head and second part.
    longer: Table,
    /// The bytes of all phrases, one after another.
    bytes: Vec<u8>,
}

/// A place of a text at which phrases may start.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    at: usize,
    /// The hash of the head.
    head: u64,
    /// The hash of the head and the second part.
    both: u64,
    /// Whether the head may be a phrase.
    short: bool,
    /// Whether head and second part may begin one.
    longer: bool,
}

/// A set of hashes that says no for most that are not in it.
#[derive(Debug, Clone)]
struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

/// Phrases by hash: a filter before buckets.
///
/// Everything is as small as it gets: a look-up costs what its cache misses cost.
#[derive(Debug, Clone)]
struct Table {
    filter: Filter,
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
    phrase: u32,
}

impl Phrases {
    /// Prepares `phrases`; none may be empty.
    pub(crate) fn new<P: AsRef<str>>(phrases: &[P]) -> Self {
        let mut bytes = Vec::new();
        let (mut short, mut heads, mut longer) = (Vec::new(), Vec::new(), Vec::new());
        for (text, phrase) in phrases.iter().map(|phrase| phrase.as_ref().as_bytes()).zip(0..) {
            let start = offset(bytes.len());
            bytes.extend_from_slice(text);
            let len = part_len(text, 0);
            let head = hash(load(text, 0), len);
            let slot = |hash| (hash, Slot { check: low(hash), start, len: capped(text.len()), phrase });
            if len == text.len() {
                short.push(slot(head));
            } else {
                heads.push(head);
                longer.push(slot(joined(head, hash(load(text, len), part_len(text, len)))));
            }
        }
        let firsts = phrases.iter().filter_map(|phrase| phrase.as_ref().bytes().next());
        let mut odd_starts: Vec<u8> = firsts.filter(|byte| !is_ascii_word(*byte)).collect();
        odd_starts.sort_unstable();
        odd_starts.dedup();
        let fours = odd_starts.chunks(4).map(|chunk| std::array::from_fn(|at| chunk[at.min(chunk.len() - 1)]));
        heads.sort_unstable();
        heads.dedup();
        Self {
            odd_starts: fours.collect(),
            short: Table::new(short),
            heads: Filter::new(&heads),
            longer: Table::new(longer),
            bytes,
        }
    }

    /// Calls `met` with the place and number of every phrase that stands in `text`
    /// with no letter or digit touching it, sorted by start, then by end.
    ///
    /// It may be called for others too: only the caller knows what bounds a phrase.
    pub(crate) fn each(&self, text: &str, mut met: impl FnMut(Span, u32)) {
        let bytes = text.as_bytes();
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
                let place = self.place(bytes, from + start, behind);
                places[gathered] = place;
                // Whether it stays is known too late for the processor to guess.
                gathered += usize::from(place.short | place.longer);
            }
            after_word = word >> (BLOCK - 1) == 1;
            if gathered > BLOCK {
                places[..gathered].iter().for_each(|place| self.look_up(bytes, place, &mut met));
                gathered = 0;
            }
        }
        places[..gathered].iter().for_each(|place| self.look_up(bytes, place, &mut met));
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

    /// What the filters say of the place at byte `at`; `behind` are the letters and digits
    /// behind its first byte, as far as two blocks show them.
    #[inline(always)]
    fn place(&self, text: &[u8], at: usize, behind: u64) -> Place {
        let len = match behind.trailing_ones() as usize {
            BLOCK => part_len(text, at),
            run => 1 + run,
        };
        let second = behind.checked_shr(offset(len)).unwrap_or(0).trailing_ones() as usize;
        // Past 64 bytes zeros are shifted in.
        let second = if len + second >= BLOCK { part_len(text, at + len) } else { 1 + second };
        let head = hash(load(text, at), len);
        let both = joined(head, hash(load(text, at + len), second));
        let longer = self.heads.may_hold(head) & self.longer.filter.may_hold(both);
        Place { at, head, both, short: self.short.filter.may_hold(head), longer }
    }

    /// Reports the phrases that start at `place`.
    #[inline(always)]
    fn look_up(&self, text: &[u8], place: &Place, met: &mut impl FnMut(Span, u32)) {
        for (table, hash, may_hold) in
            [(&self.short, place.head, place.short), (&self.longer, place.both, place.longer)]
        {
            if may_hold {
                for slot in table.of(hash) {
                    let span = Span::new(place.at, place.at + usize::from(slot.len));
                    if self.is_written(slot, text, span) {
                        met(span, slot.phrase);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn is_written(&self, slot: &Slot, text: &[u8], span: Span) -> bool {
        let start = slot.start as usize;
        text.get(span.start..span.end) == Some(&self.bytes[start..start + usize::from(slot.len)])
    }
}

impl Filter {
    fn new(hashes: &[u64]) -> Self {
        let bits = (hashes.len() * BITS_AN_ENTRY).next_power_of_two().clamp(64, MOST_BITS);
        let mut filter = Self { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for hash in hashes {
            let bit = hash >> filter.shift;
            filter.bits[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        filter
    }

    #[inline(always)]
    fn may_hold(&self, hash: u64) -> bool {
        let bit = hash >> self.shift;
        self.bits.get((bit / 64) as usize).is_some_and(|bits| bits >> (bit % 64) & 1 == 1)
    }
}

impl Table {
    fn new(slots: Vec<(u64, Slot)>) -> Self {
        let mut slots = by_hash(slots);
        for alike in slots.chunk_by_mut(|(a, _), (b, _)| a == b).filter(|alike| alike.len() > 1) {
            alike.sort_by_key(|(_, slot)| slot.len);
        }
        let hashes: Vec<u64> = slots.iter().map(|(hash, _)| *hash).collect();
        let size = slots.len().next_power_of_two().max(2);
        let bucket_shift = 64 - size.trailing_zeros();
        let mut buckets = Vec::with_capacity(size + 1);
        for (at, hash) in hashes.iter().enumerate() {
            let bucket = (hash >> bucket_shift) as usize;
            buckets.resize(buckets.len().max(bucket + 1), offset(at));
        }
        buckets.resize(size + 1, offset(slots.len()));
        let slots = slots.into_iter().map(|(_, slot)| slot).collect();
        Self { filter: Filter::new(&hashes), buckets, bucket_shift, slots }
    }

    /// The slots of this hash, in their order.
    #[inline(always)]
    fn of(&self, hash: u64) -> impl Iterator<Item = &Slot> {
        let bucket = (hash >> self.bucket_shift) as usize;
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        self.slots[from..to].iter().filter(move |slot| slot.check == low(hash))
    }
}

/// The slots sorted by hash; those of equal hashes stay in their order.
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
        same.sort_by_key(|(hash, _)| *hash);
    }
    sorted
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
fn capped(len: usize) -> u16 {
    u16::try_from(len).unwrap_or(u16::MAX)
}
