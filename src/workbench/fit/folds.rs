//! Which postings are left out together.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::example::Example;

/// Sources beyond this many are left out in groups.
const MOST: usize = 60;
/// With fewer sources than this, leaving one out would leave out too much.
const LEAST_SOURCES: usize = 3;

/// The parts of a cross-validation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folds {
    /// The part of each posting.
    pub(super) of: Vec<usize>,
    /// How many parts there are.
    pub count: usize,
    /// Whether each part is made of whole sources.
    pub by_source: bool,
}

impl Folds {
    /// Whole sources where the postings name several, else `parts` parts.
    ///
    /// They are drawn by the names of the sources or the ids of the postings, so they are the
    /// same in every run and whatever the order of the input.
    #[must_use]
    pub fn draw(examples: &[Example], parts: usize) -> Self {
        let sources: BTreeSet<&str> = examples.iter().map(|example| example.source.as_str()).collect();
        if sources.len() < LEAST_SOURCES {
            return Self { of: by_id(examples, parts.max(1)), count: parts.max(1), by_source: false };
        }
        let mut ranked: Vec<&str> = sources.into_iter().collect();
        ranked.sort_by_cached_key(|source| Sha256::digest(source.as_bytes()));
        let count = ranked.len().min(MOST);
        let place = |source: &str| ranked.iter().position(|each| *each == source).unwrap_or_default() % count;
        Self { of: examples.iter().map(|example| place(&example.source)).collect(), count, by_source: true }
    }
}

/// Examples are ranked by a hash of their ids, within each role, and dealt out in turn.
fn by_id(examples: &[Example], parts: usize) -> Vec<usize> {
    let mut ranked: Vec<usize> = (0..examples.len()).collect();
    ranked.sort_by_cached_key(|at| (examples[*at].side(), Sha256::digest(examples[*at].id.as_bytes())));
    let mut of = vec![0; examples.len()];
    for (rank, at) in ranked.into_iter().enumerate() {
        of[at] = rank % parts;
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaning::{Evidence, Leaning};
    use crate::lexicon::Side;

    fn examples(sources: usize) -> Vec<Example> {
        let example = |at: usize| Example {
            id: at.to_string(),
            source: (at % sources).to_string(),
            label: Leaning::Role(if at.is_multiple_of(3) { Side::Left } else { Side::Right }),
            features: Vec::new(),
            evidence: Evidence::default(),
        };
        (0..240).map(example).collect()
    }

    #[test]
    fn sources_are_left_out_whole_where_there_are_several() {
        for (sources, count, by_source) in [(1, 4, false), (2, 4, false), (3, 3, true), (9, 9, true), (80, MOST, true)]
        {
            let examples = examples(sources);
            let folds = Folds::draw(&examples, 4);
            assert_eq!((folds.count, folds.by_source), (count, by_source), "{sources}");
            let used: BTreeSet<usize> = folds.of.iter().copied().collect();
            assert_eq!(used.len(), count, "{sources}");
            let pairs: BTreeSet<(&str, usize)> =
                examples.iter().map(|example| example.source.as_str()).zip(folds.of.iter().copied()).collect();
            assert_eq!(pairs.len() == sources, by_source, "{sources}");
        }
    }

    #[test]
    fn the_order_of_the_postings_draws_no_other_folds() {
        let mut examples = examples(1);
        let fold_of = |examples: &[Example], id: &str| {
            let at = examples.iter().position(|example| example.id == id).expect("it is there");
            Folds::draw(examples, 5).of[at]
        };
        let before = fold_of(&examples, "17");
        examples.reverse();
        assert_eq!(fold_of(&examples, "17"), before);
    }
}
