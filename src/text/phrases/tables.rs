//! Phrases of several parts by their hashes: bits that say of most hashes that there is none, and the phrases.

use serde::{Deserialize, Serialize};

use crate::compiled::{Fields, Packed, PackedList};

/// Places of a bit table for each of its entries: one in so many strange hashes passes.
const MARKS_AN_ENTRY: usize = 32;
/// The largest bit table: 128 KB, of which the innermost cache holds what common words touch.
const MOST_MARKS: usize = 1 << 19;
/// Marks of two bits in a word of 64.
const MARKS_A_WORD: usize = 32;
/// Says of a hash that it may be a phrase's.
pub(super) const IS_PHRASE: u8 = 0b01;
/// Says of a hash that longer phrases may begin so.
pub(super) const BEGINS_MORE: u8 = 0b10;

/// Two bits for each hash: [`IS_PHRASE`] and [`BEGINS_MORE`]. They are clear for most hashes that
/// were not marked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Marks {
    bits: PackedList<u64, 8>,
    shift: u32,
}

/// Phrases by hash, in buckets.
///
/// Everything is as small as it gets: a look-up costs what its cache misses cost.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    /// The first slot of each bucket, and the end of the last one.
    buckets: PackedList<u32, 4>,
    bucket_shift: u32,
    slots: PackedList<Slot, { Slot::BYTES }>,
}

/// What a hash stands for. Slots of equal hashes follow one another, shortest first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// The lower half of the hash; the bucket tells of the upper one.
    pub(super) check: u32,
    /// Where the phrase's bytes start.
    pub(super) start: u32,
    pub(super) len: u16,
    pub(super) phrase: u32,
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

impl Marks {
    pub(super) fn new(marks: &[(u64, u8)]) -> Self {
        let places = (marks.len() * MARKS_AN_ENTRY).next_power_of_two().clamp(MARKS_A_WORD, MOST_MARKS);
        let shift = 64 - places.trailing_zeros();
        let mut bits = vec![0; places / MARKS_A_WORD];
        for (hash, mark) in marks {
            let place = hash >> shift;
            bits[place as usize / MARKS_A_WORD] |= u64::from(*mark) << Self::bit(place);
        }
        Self { bits: bits.into_iter().collect(), shift }
    }

    #[inline(always)]
    pub(super) fn of(&self, hash: u64) -> u8 {
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
    pub(super) fn new(slots: Vec<(u64, Slot)>) -> Self {
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
        Self { buckets: buckets.into_iter().collect(), bucket_shift, slots }
    }

    /// The slots of this hash, in their order.
    #[inline(always)]
    pub(super) fn of(&self, hash: u64) -> impl Iterator<Item = Slot> {
        let bucket = (hash >> self.bucket_shift) as usize;
        let places = self.buckets.at(bucket) as usize..self.buckets.at(bucket + 1) as usize;
        self.slots.slice(places).filter(move |slot| slot.check == low(hash))
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

#[expect(clippy::cast_possible_truncation, reason = "half of a hash is wanted")]
pub(super) fn low(hash: u64) -> u32 {
    hash as u32
}

#[expect(clippy::cast_possible_truncation, reason = "a lexicon of four gigabytes does not load")]
pub(super) fn offset(at: usize) -> u32 {
    at as u32
}
