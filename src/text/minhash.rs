//! A small sketch of a text, by which texts that are nearly the same are found.
//!
//! `MinHash` (Broder, "On the resemblance and containment of documents", 1997) over
//! shingles of three words, with one permutation for all hashes and empty bins filled
//! from the next (Li, Owen and Zhang, "One permutation hashing", 2012; Shrivastava and
//! Li, "Densifying one permutation hashing via rotation", 2014), kept to four bits a
//! hash (Li and König, "b-bit minwise hashing", 2010). No crate that is still looked
//! after does this in so little memory.

/// Words in a shingle.
const SHINGLE: usize = 3;
/// Hashes in a sketch.
const BINS: usize = 64;
/// Hashes that must agree for two texts to be compared at all.
const ROWS: usize = 8;
/// Groups of hashes, of which one must agree.
pub(crate) const BANDS: usize = BINS / ROWS;
/// Bits kept of each hash.
const BITS: u32 = 4;
/// Texts of fewer words than this are only ever the same, never nearly.
const FEWEST_WORDS: usize = 24;
/// Of [`BINS`] hashes, as many must agree for texts to be nearly the same: shingles
/// that are for four fifths the same give 0.8 and a sixteenth of the rest by chance.
const ALIKE: u32 = 52;

/// What is remembered of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The hash of all its words.
    pub(crate) exact: u64,
    /// Its smallest hashes, and one hash of them for each band; none of a short text.
    pub(crate) near: Option<Near>,
}

/// The part of a sketch that tells texts apart that are nearly the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Near {
    pub hashes: Packed,
    pub bands: [u32; BANDS],
}

/// [`BINS`] hashes of [`BITS`] bits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packed([u64; BINS * BITS as usize / 64]);

impl Sketch {
    /// The sketch of a text; case, punctuation and white space do not count.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words = Words::default();
        let mut word = START;
        let mut in_word = false;
        for c in text.chars() {
            if c.is_alphanumeric() {
                word = step(word, u64::from(u32::from(c.to_ascii_lowercase())));
                in_word = true;
            } else if in_word {
                words.push(word);
                (word, in_word) = (START, false);
            }
        }
        if in_word {
            words.push(word);
        }
        Self { exact: mix(words.all), near: (words.count >= FEWEST_WORDS).then(|| near(words.bins)) }
    }
}

impl Packed {
    fn of(bins: &[u64; BINS]) -> Self {
        let mut packed = [0; BINS * BITS as usize / 64];
        let in_one = 64 / BITS as usize;
        for (at, hash) in bins.iter().enumerate() {
            packed[at / in_one] |= (hash & 0xf) << (at % in_one * BITS as usize);
        }
        Self(packed)
    }

    /// Whether the texts that these were made of are nearly the same.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let same = |(one, other): (&u64, &u64)| {
            let differing = one ^ other;
            // Any bit of a hash that differs, moved to the lowest one of its four.
            let any = differing | differing >> 1 | differing >> 2 | differing >> 3;
            (!any & 0x1111_1111_1111_1111).count_ones()
        };
        self.0.iter().zip(&other.0).map(same).sum::<u32>() >= ALIKE
    }
}

/// Hashes of words, gathered as they come.
struct Words {
    count: usize,
    all: u64,
    last: [u64; SHINGLE],
    bins: [u64; BINS],
}

/// An empty bin.
const NONE: u64 = u64::MAX;
const START: u64 = 0x9e37_79b9_7f4a_7c15;

impl Default for Words {
    fn default() -> Self {
        Self { count: 0, all: START, last: [0; SHINGLE], bins: [NONE; BINS] }
    }
}

impl Words {
    fn push(&mut self, word: u64) {
        self.count += 1;
        self.all = step(self.all, word);
        self.last.rotate_left(1);
        self.last[SHINGLE - 1] = word;
        if self.count >= SHINGLE {
            let hash = mix(self.last.iter().fold(START, |hash, word| step(hash, *word)));
            // The highest bits choose the bin, the rest compete in it.
            let bin = &mut self.bins[(hash >> 58) as usize];
            *bin = (*bin).min(hash & (u64::MAX >> 6));
        }
    }
}

fn near(mut bins: [u64; BINS]) -> Near {
    let known = bins;
    for at in 0..BINS {
        let filled = (0..BINS).find(|further| known[(at + further) % BINS] != NONE).unwrap_or(0);
        if filled > 0 {
            // A borrowed hash is changed by how far it was borrowed from.
            bins[at] = mix(step(known[(at + filled) % BINS], filled as u64));
        }
    }
    let mut bands = [0; BANDS];
    for (band, rows) in bands.iter_mut().zip(bins.chunks_exact(ROWS)) {
        *band = (mix(rows.iter().fold(START, |hash, row| step(hash, *row))) >> 32) as u32;
    }
    Near { hashes: Packed::of(&bins), bands }
}

/// Takes one more value into a hash.
fn step(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Spreads a hash over all its bits (the finalizer of `splitmix64`).
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `count` words, of which every one in `changed` is another from `from` on.
    fn words(count: usize, seed: usize, changed: impl Fn(usize) -> bool) -> String {
        let word = |at: usize| {
            let at = if changed(at) { at + 10_000 } else { at };
            format!("w{} ", mix((at + seed * 100_000) as u64) % 5000)
        };
        (0..count).map(word).collect()
    }

    fn alike(one: &str, other: &str) -> Option<bool> {
        let (one, other) = (Sketch::of(one).near?, Sketch::of(other).near?);
        Some(one.hashes.is_like(&other.hashes) && one.bands.iter().zip(&other.bands).any(|(a, b)| a == b))
    }

    #[test]
    fn the_same_words_are_the_same_text() {
        let one = Sketch::of("You cook,  and bake.");
        assert_eq!(one, Sketch::of("you COOK and bake"));
        assert_ne!(one, Sketch::of("You bake and cook."));
        assert_eq!(one.near, None);
    }

    #[test]
    fn a_few_words_more_or_less_are_nearly_the_same() {
        let mut found = [0; 4];
        for seed in 0..50 {
            let whole = words(400, seed, |_| false);
            let changes: [&dyn Fn(usize) -> bool; 4] =
                [&|at| at < 8, &|at| at % 100 == 7, &|at| at % 2 == 0, &|at| at < 240];
            for (found, change) in found.iter_mut().zip(changes) {
                *found += usize::from(alike(&whole, &words(400, seed, change)) == Some(true));
            }
        }
        assert!(found[0] >= 49 && found[1] >= 49, "{found:?}");
        assert_eq!(&found[2..], [0, 0], "{found:?}");
    }

    #[test]
    fn bits_are_compared_hash_by_hash() {
        let mut bins = [5; BINS];
        let one = Packed::of(&bins);
        for (changed, expected) in [(12, true), (13, false)] {
            bins = [5; BINS];
            bins[..changed].fill(9);
            assert_eq!(one.is_like(&Packed::of(&bins)), expected);
        }
    }
}
