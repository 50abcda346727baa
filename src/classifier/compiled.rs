//! The phrases of the embedded lexicon, compiled: gathering them anew would be most of a
//! short run. They go with the fingerprint of the lexicon they were made of, and with no
//! other.

use std::borrow::Cow;

use crate::document::{Meaning, PhraseTable};
use crate::lexicon::Lexicon;
use crate::matching::Entries;

/// The fingerprint of a lexicon, then its phrases, their meanings, and its entries.
static COMPILED: &[u8] = include_bytes!("../../lexicons/software-systems.phrases.postcard");

/// The compiled phrases and entries, if they are those of `lexicon`.
pub(super) fn load(lexicon: &Lexicon) -> Option<(PhraseTable, Entries)> {
    let (made_of, rest) = postcard::take_from_bytes::<&str>(COMPILED).ok()?;
    if made_of != lexicon.hash() {
        return None;
    }
    let (phrases, meanings, entries) = postcard::from_bytes::<(Vec<&str>, Vec<Meaning>, Entries)>(rest).ok()?;
    let phrases = phrases.into_iter().map(Cow::Borrowed).collect();
    Some((PhraseTable::from_parts(phrases, meanings), entries))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    #[test]
    fn the_compiled_phrases_are_those_of_the_lexicon() {
        let lexicon = Lexicon::builtin();
        let (table, entries) = super::super::gather(&lexicon);
        let (phrases, meanings) = table.parts();
        let mut compiled = postcard::to_stdvec(lexicon.hash()).expect("a text");
        compiled.extend(postcard::to_stdvec(&(phrases, meanings, &entries)).expect("plain data"));
        testing::assert_compiled(&compiled, COMPILED, "software-systems.phrases.postcard");
    }

    #[test]
    fn another_lexicon_has_phrases_of_its_own() {
        assert!(load(&Lexicon::builtin()).is_some());
        assert!(load(&testing::lexicon()).is_none());
    }
}
