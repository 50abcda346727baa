//! Postings whose id has been seen before.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Different ids that are remembered, in 142 MB at the most: a pipe may go on for ever.
const MOST: usize = 7 << 20;
/// How the warning begins; no other does.
const WARNING: &str = "same id as posting ";

/// Ids seen so far, of which a hash of 64 bits is kept each: 19 to 38 bytes.
///
/// Where two ids have one hash the later posting is warned of for nothing; among a million ids
/// that happens once in 37 million runs. The hash is the same in every run, and so is what is
/// said. Whoever makes ids that collide on purpose gets warnings and nothing else.
#[derive(Default)]
pub struct SeenIds {
    /// The number of the first posting with an id, by the hash of the id.
    first: HashMap<u64, u64>,
}

impl SeenIds {
    /// The number of the first posting with this id, unless it is `number` itself. Postings
    /// without an id have none in common.
    ///
    /// After seven million different ids no more are remembered, and only repeats of those
    /// are found.
    pub fn earlier(&mut self, id: &str, number: u64) -> Option<u64> {
        if id.is_empty() {
            return None;
        }
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let hash = hasher.finish();
        let earlier = self.first.get(&hash).copied();
        if earlier.is_none() && self.first.len() < MOST {
            self.first.insert(hash, number);
        }
        earlier
    }
}

/// What is said of a posting whose id the posting of this number has, too. It stands before all
/// other warnings, so that it can be told from them again.
pub(crate) fn warning(earlier: u64) -> String {
    format!("{WARNING}{earlier}")
}

/// Whether a warning is one of those.
pub(crate) fn is_warning(warning: &str) -> bool {
    let number = warning.strip_prefix(WARNING).unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_postings_name_the_first() {
        let mut seen = SeenIds::default();
        let ids = ["a", "b", "", "a", "", "a", "A"];
        let found: Vec<Option<u64>> = (1..).zip(ids).map(|(number, id)| seen.earlier(id, number)).collect();
        assert_eq!(found, [None, None, None, Some(1), None, Some(1), None]);
    }

    #[test]
    fn a_warning_is_known_again() {
        assert!(is_warning(&warning(12)));
        for other in ["same id as posting ", "same id as posting x", "same text as posting 1", "not English (de)"] {
            assert!(!is_warning(other), "{other}");
        }
    }
}
