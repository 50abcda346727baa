//! The phrases of the embedded lexicon, compiled: gathering them anew would be most of a
//! short run. They go with the fingerprint of the lexicon they were made of, and with no
//! other.

use crate::document::{PhraseTable, TableParts};
use crate::lexicon::Lexicon;
use crate::matching::Entries;

/// The fingerprint of a lexicon, then the parts of its phrase table, and its entries.
static COMPILED: &[u8] = include_bytes!("../../lexicons/software-systems.phrases.postcard");

/// The compiled phrases and entries, if they are those of `lexicon`.
pub(super) fn load(lexicon: &Lexicon) -> Option<(PhraseTable, Entries)> {
    let (made_of, rest) = postcard::take_from_bytes::<&str>(COMPILED).ok()?;
    if made_of != lexicon.hash() {
        return None;
    }
    let (parts, entries) = postcard::from_bytes::<(TableParts, Entries)>(rest).ok()?;
    Some((PhraseTable::new(parts), entries))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    #[test]
    fn the_compiled_phrases_are_those_of_the_lexicon() {
        let lexicon = Lexicon::builtin();
        let parts_and_entries = super::super::parts(&lexicon);
        let mut compiled = postcard::to_stdvec(lexicon.hash()).expect("a text");
        compiled.extend(postcard::to_stdvec(&parts_and_entries).expect("plain data"));
        testing::assert_compiled(&compiled, COMPILED, "software-systems.phrases.postcard");
    }

    #[test]
    fn another_lexicon_has_phrases_of_its_own() {
        assert!(load(&Lexicon::builtin()).is_some());
        assert!(load(&testing::lexicon()).is_none());
    }
}
