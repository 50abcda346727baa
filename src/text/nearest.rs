//! The word that a mistyped one was probably meant to be.

use strsim::osa_distance;

/// The one of `known` that is nearest to `word`, if any is near: few letters differ, counted
/// against its length, or one of the two begins with the other.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let begins = |long: &str, short: &str| short.len() >= 3 && long.starts_with(short);
    known
        .into_iter()
        .map(|candidate| (osa_distance(word, candidate), candidate))
        .filter(|(edits, near)| *edits <= near.len().max(3) / 3 || begins(word, near) || begins(near, word))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_word_is_offered_only_when_near() {
        let known = ["exact", "near", "anywhere"];
        assert_eq!(nearest("exct", known), Some("exact"));
        assert_eq!(nearest("anywere", known), Some("anywhere"));
        assert_eq!(nearest("nearby", known), Some("near"));
        assert_eq!(nearest("any", known), Some("anywhere"));
        assert_eq!(nearest("naer", known), Some("near"));
        assert_eq!(nearest("banana", known), None);
    }
}
