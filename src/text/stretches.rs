//! Which of many sorted places is the last before a byte, told without a search.

/// The bytes of a stretch.
const STRETCH: usize = 64;

/// For each stretch of a text, how many of some sorted places lie before it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stretches(Vec<usize>);

impl Stretches {
    /// Counts `places`, which are sorted, in a text of `len` bytes.
    pub(crate) fn new(places: impl Iterator<Item = usize>, len: usize) -> Self {
        let mut before = Vec::with_capacity(len / STRETCH + 1);
        let mut count = 0;
        for place in places {
            while before.len() <= place / STRETCH {
                before.push(count);
            }
            count += 1;
        }
        before.resize(before.len().max(len / STRETCH + 1), count);
        Self(before)
    }

    /// How many of the places lie at byte `at` or before it; `place` tells where each lies by its number.
    pub(crate) fn count_to(&self, at: usize, place: impl Fn(usize) -> Option<usize>) -> usize {
        let before = self.0.get(at / STRETCH).or(self.0.last()).copied().unwrap_or(0);
        // No more are passed than lie in one stretch.
        (before..).take_while(|number| place(*number).is_some_and(|place| place <= at)).count() + before
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_counted_as_by_a_search(
            mut places in prop::collection::vec(0..600_usize, 0..80),
            len in 0..700_usize,
            at in 0..800_usize,
        ) {
            places.sort_unstable();
            let counted = Stretches::new(places.iter().copied(), len).count_to(at, |number| places.get(number).copied());
            prop_assert_eq!(counted, places.partition_point(|place| *place <= at));
        }
    }
}
