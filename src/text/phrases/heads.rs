//! The heads of a text: the words at all places where phrases may start.

use serde::{Deserialize, Serialize};

use crate::text::bytes::{BLOCK, Block, block, is_ascii_word, load, mask, ones, word_mask};

/// The heads that are looked at beside another: phrases are told apart by three parts.
pub(super) const AHEAD: usize = 2;
/// The bytes of a word that are hashed and compared as one number.
const FIRST: usize = 8;
/// What a word's first bytes and its length are spread with.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The word at a place where phrases may start: any byte, and the ASCII letters and digits behind it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Head {
    pub(super) at: usize,
    pub(super) end: usize,
    /// Its first bytes, zeros behind them.
    pub(super) first: u64,
    /// The hash of these and of its length.
    pub(super) hash: u64,
    /// Whether it begins with a letter or digit of ASCII.
    pub(super) is_word: bool,
}

impl Head {
    /// The one at byte `at` that ends at `end`.
    #[inline(always)]
    pub(super) fn new(text: &[u8], at: usize, end: usize, is_word: bool) -> Self {
        let (first, hash) = hashed(text, at, end - at);
        Self { at, end, first, hash, is_word }
    }

    /// What stands behind a whole text: no word.
    fn behind(text: &[u8]) -> Self {
        Self { at: text.len(), end: text.len(), ..Self::default() }
    }

    /// Whether it is a word one byte behind another that ends at `end`.
    #[inline(always)]
    pub(super) fn is_behind(&self, end: usize) -> bool {
        (self.at == end + 1) & self.is_word
    }

    /// Whether its first bytes are all of it.
    #[inline(always)]
    pub(super) fn is_short(&self) -> bool {
        self.end - self.at <= FIRST
    }
}

/// Bytes with which a phrase may start, ASCII letters and digits aside; one bit for each byte there is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct OddStarts([u64; 4]);

impl OddStarts {
    /// Those of `phrases`.
    pub(super) fn of<'p>(phrases: impl Iterator<Item = &'p str>) -> Self {
        let mut odd = Self::default();
        for byte in phrases.filter_map(|phrase| phrase.bytes().next()).filter(|byte| !is_ascii_word(*byte)) {
            odd.0[usize::from(byte / 64)] |= 1 << (byte % 64);
        }
        odd
    }

    #[inline(always)]
    fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte / 64)] >> (byte % 64) & 1 == 1
    }
}

/// Calls `use_up` with the heads of `text` from left to right, some dozens at a time. The last [`AHEAD`] of each time
/// are there only to be looked at beside those before them: they come again, or are what stands behind the text.
#[inline(always)]
pub(super) fn each_batch(text: &[u8], odd_starts: &OddStarts, mut use_up: impl FnMut(&[Head])) {
    let mut heads = [Head::default(); 2 * BLOCK + AHEAD];
    let mut gathered = 0;
    let mut next = block(text, 0);
    let mut next_word = word_mask(&next);
    let mut after_word = false;
    // The last block is not full, so that what stands behind the text still has room.
    for from in (0..=text.len()).step_by(BLOCK) {
        let (this, word) = (next, next_word);
        next = block(text, from + BLOCK);
        next_word = word_mask(&next);
        for start in ones(starts(&this, word, after_word, odd_starts)) {
            // The letters and digits behind the first byte, into the next block.
            let behind = (word >> start >> 1) | (next_word << (BLOCK - 1 - start));
            let at = from + start;
            heads[gathered] = Head::new(text, at, at + len(text, at, behind), word >> start & 1 == 1);
            gathered += 1;
        }
        after_word = word >> (BLOCK - 1) == 1;
        let is_last = text.len() - from < BLOCK;
        if is_last {
            heads[gathered..gathered + AHEAD].fill(Head::behind(text));
            gathered += AHEAD;
        }
        if gathered >= BLOCK || is_last {
            use_up(&heads[..gathered]);
            heads.copy_within(gathered - AHEAD..gathered, 0);
            gathered = AHEAD;
        }
    }
}

/// The places of a block where a phrase may start; `word` are its letters and digits, and `after_word` tells whether
/// the byte before it is one.
#[inline(always)]
fn starts(block: &Block, word: u64, after_word: bool, odd_starts: &OddStarts) -> u64 {
    let behind_word = word << 1 | u64::from(after_word);
    let odd = !(word | behind_word | mask(block, |byte| byte == b' '));
    ones(odd)
        .filter(|place| odd_starts.has(block[*place]))
        .fold(word & !behind_word, |starts, place| starts | 1 << place)
}

/// The bytes of the head at `at`; `behind` are the letters and digits behind its first byte, as far as two blocks
/// show them.
#[inline(always)]
fn len(text: &[u8], at: usize, behind: u64) -> usize {
    const SEEN: usize = BLOCK - 1;
    // One bit is always set: numbers without any would cost a branch.
    let others = !behind | 1 << SEEN;
    match others.trailing_zeros() as usize {
        SEEN => 1 + word_len(text, at + 1),
        run => 1 + run,
    }
}

/// How many ASCII letters and digits stand at `at`.
pub(super) fn word_len(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is_ascii_word(**byte)).count()
}

/// The hash of the ASCII letters and digits at `at`, none for none, and where they end.
#[inline(always)]
pub(super) fn word_at(bytes: &[u8], at: usize) -> (u64, usize) {
    match word_len(bytes, at) {
        0 => (0, at),
        len => (hashed(bytes, at, len).1, at + len),
    }
}

/// The hash of what is hashed already and the part after it: a byte, if there is one, and the hash of a word.
#[inline(always)]
pub(super) fn joined(before: u64, separator: Option<&u8>, word: u64) -> u64 {
    let separator = separator.copied().unwrap_or_default();
    (before.rotate_left(23) ^ word ^ u64::from(separator)).wrapping_mul(SPREAD)
}

/// The first bytes of the word at `at`, which has one byte or more, zeros behind them, and its hash.
#[inline(always)]
fn hashed(text: &[u8], at: usize, len: usize) -> (u64, u64) {
    let first = load(text, at) & (u64::MAX >> (64 - 8 * len.min(FIRST)));
    (first, hash(first, len))
}

/// The hash of a word by its first bytes and its length.
#[inline(always)]
pub(super) fn hash(first: u64, len: usize) -> u64 {
    let mixed = (first ^ (len as u64) << 58).wrapping_mul(SPREAD);
    (mixed ^ mixed >> 32).wrapping_mul(SPREAD)
}
