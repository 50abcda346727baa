//! Which of many places is the last before a byte, told without a search.

use super::bytes::BLOCK;

/// Places in a text, and how many of them lie before each 64 bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stretches(Vec<Stretch>);

/// The places in 64 bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Stretch {
    /// How many lie before it.
    before: usize,
    /// Which of its bytes are places; the lowest bit is the first byte.
    places: u64,
}

impl Stretches {
    /// Takes `places`, none of which comes twice, in a text of `len` bytes.
    pub(crate) fn new(places: impl Iterator<Item = usize>, len: usize) -> Self {
        // The last one is empty, and knows how many there are.
        let mut stretches = vec![Stretch::default(); len / BLOCK + 2];
        for place in places {
            if let Some([stretch, next, ..]) = stretches.get_mut(place / BLOCK..) {
                stretch.places |= 1 << (place % BLOCK);
                next.before += 1;
            }
        }
        let mut before = 0;
        for stretch in &mut stretches {
            before += stretch.before;
            stretch.before = before;
        }
        Self(stretches)
    }

    /// How many of the places lie at byte `at` or before it.
    pub(crate) fn count_to(&self, at: usize) -> usize {
        let Some(stretch) = self.0.get(at / BLOCK).or(self.0.last()) else { return 0 };
        let behind = BLOCK - 1 - at % BLOCK;
        stretch.before + (stretch.places << behind).count_ones() as usize
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_counted_as_by_a_search(
            places in prop::collection::btree_set(0..600_usize, 0..80),
            at in 0..800_usize,
        ) {
            let counted = Stretches::new(places.iter().copied(), 600).count_to(at);
            prop_assert_eq!(counted, places.iter().filter(|place| **place <= at).count());
        }
    }
}
