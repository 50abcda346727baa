//! The phrases of the embedded lexicon, compiled: gathering them anew would be most of a
//! short run. They go with the fingerprint of the lexicon they were made of, and with no
//! other.

use crate::document::PhraseTable;
use crate::lexicon::Lexicon;
use crate::matching::Lookups;

/// The fingerprint of a lexicon, then its phrase table, and what is looked up of its skills.
static COMPILED: &[u8] = include_bytes!("../../lexicons/software-systems.phrases.postcard");

/// What is compiled, if it was made of `lexicon`.
pub(super) fn load(lexicon: &Lexicon) -> Option<(PhraseTable, Lookups)> {
    let (made_of, rest) = postcard::take_from_bytes::<&str>(COMPILED).ok()?;
    if made_of != lexicon.hash() {
        return None;
    }
    postcard::from_bytes(rest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classifier::Classifier;
    use crate::lexicon::testing;

    #[test]
    fn the_compiled_phrases_are_those_of_the_lexicon() {
        let lexicon = Lexicon::builtin();
        let mut compiled = postcard::to_stdvec(lexicon.hash()).expect("a text");
        compiled.extend(postcard::to_stdvec(&super::super::gather(&lexicon)).expect("plain data"));
        testing::assert_compiled(&compiled, COMPILED, "software-systems.phrases.postcard");
    }

    #[test]
    fn only_the_skills_that_a_posting_names_are_read() {
        let classifier = Classifier::new(Lexicon::builtin());
        let read = || classifier.lexicon().skills().count_read();
        assert_eq!(read(), 0);
        let analysis = classifier.classify_text("You write Kotlin, and review code.").expect("within its budget");
        assert!((1..=9).contains(&analysis.evidence.matches.len()) && (1..=9).contains(&read()), "{}", read());
    }

    #[test]
    fn another_lexicon_has_phrases_of_its_own() {
        assert!(load(&Lexicon::builtin()).is_some());
        assert!(load(&testing::lexicon()).is_none());
    }
}
