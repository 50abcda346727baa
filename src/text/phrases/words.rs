//! The words that phrases are or begin with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::heads::{Head, hash};
use crate::compiled::{Fields, Packed, PackedList};

/// Longer phrases begin with a word, or with one that differs from it only behind the first bytes.
const BEGINS_LONGER: u16 = 0b01;
/// No further slot holds a word that differs from one only there.
const IS_LAST: u16 = 0b10;
/// The number of no phrase: the word begins longer ones alone.
const NO_PHRASE: u32 = u32::MAX;

/// Words that are phrases or begin longer ones, each in the first free slot from the one that its hash tells.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Words {
    /// The last one is free. Kept with the free ones: a start has no time to find the places anew.
    slots: PackedList<Word, { Word::BYTES }>,
    shift: u32,
}

/// A word that is a phrase or begins longer ones. Four of them fill what the processor fetches at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    /// Its first bytes, zeros behind them.
    first: u64,
    /// The phrase that it is, or [`NO_PHRASE`].
    phrase: u32,
    /// Its bytes; none in a slot that is free.
    len: u16,
    /// [`BEGINS_LONGER`] and [`IS_LAST`], as far as they hold.
    flags: u16,
}

impl Words {
    /// Those of `heads`, each with the phrase that it is, or none where it begins a longer one.
    pub(super) fn new(heads: impl Iterator<Item = (Head, Option<u32>)>) -> Self {
        let mut alike: BTreeMap<(u64, u16), Alike> = BTreeMap::new();
        for (head, phrase) in heads {
            let len = u16::try_from(head.end - head.at).unwrap_or(u16::MAX);
            let alike = alike.entry((head.first, len)).or_default();
            alike.begin_more |= phrase.is_none();
            alike.phrases.extend(phrase);
        }
        let words = alike.into_iter().flat_map(|((first, len), Alike { phrases, begin_more })| {
            let phrases = if phrases.is_empty() { vec![NO_PHRASE] } else { phrases };
            let last = phrases.len() - 1;
            let flags = move |at| (u16::from(begin_more) * BEGINS_LONGER) | (u16::from(at == last) * IS_LAST);
            let word = move |(at, phrase)| Word { first, phrase, len, flags: flags(at) };
            phrases.into_iter().enumerate().map(word)
        });
        Self::placed(words.collect())
    }

    fn placed(words: Vec<Word>) -> Self {
        // A third and more is left free: most words stand where they are looked for first.
        let places = (words.len() + words.len() / 2).next_power_of_two().max(2);
        let shift = 64 - places.trailing_zeros();
        let mut slots = vec![Word::default(); places];
        for word in words {
            let from = (hash(word.first, usize::from(word.len)) >> shift) as usize;
            match slots[from..].iter().position(Word::is_free) {
                Some(behind) => slots[from + behind] = word,
                None => slots.push(word),
            }
        }
        slots.push(Word::default());
        Self { slots: slots.into_iter().collect(), shift }
    }

    /// Calls `met` with those that have the first bytes and the length of `head`.
    #[inline(always)]
    pub(super) fn each_like(&self, head: &Head, mut met: impl FnMut(&Word)) {
        let from = (head.hash >> self.shift) as usize;
        for word in self.slots.slice(from..).take_while(|word| !word.is_free()) {
            if word.is_like(head) {
                met(&word);
                if word.flags & IS_LAST != 0 {
                    break;
                }
            }
        }
    }
}

/// Words with the same first bytes and length.
#[derive(Default)]
struct Alike {
    phrases: Vec<u32>,
    begin_more: bool,
}

impl Word {
    #[inline(always)]
    fn is_like(&self, head: &Head) -> bool {
        (self.first == head.first) & (usize::from(self.len) == head.end - head.at)
    }

    fn is_free(&self) -> bool {
        self.len == 0
    }

    /// Whether longer phrases begin with it, or with one that differs from it only behind the first bytes.
    #[inline(always)]
    pub(super) fn begins_more(&self) -> bool {
        self.flags & BEGINS_LONGER != 0
    }

    /// The phrase that is this word alone.
    #[inline(always)]
    pub(super) fn phrase(&self) -> Option<u32> {
        (self.phrase != NO_PHRASE).then_some(self.phrase)
    }
}

impl Packed for Word {
    const BYTES: usize = 16;

    fn pack(&self, bytes: &mut Vec<u8>) {
        self.first.pack(bytes);
        self.phrase.pack(bytes);
        [self.len, self.flags].iter().for_each(|number| number.pack(bytes));
    }

    #[inline(always)]
    fn unpack(bytes: &[u8]) -> Self {
        let mut fields = Fields(bytes);
        Self { first: fields.next(), phrase: fields.next(), len: fields.next(), flags: fields.next() }
    }
}
