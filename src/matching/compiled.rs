//! The keys of the embedded lexicon, compiled: making them anew would be most of a short
//! run. They go with the fingerprint of the lexicon they were made of, and with no other.

use super::forms::Keys;
use crate::lexicon::Lexicon;

/// The fingerprint of a lexicon, then its keys.
static COMPILED: &[u8] = include_bytes!("../../lexicons/software-systems.keys.postcard");

/// The compiled keys, if they are those of `lexicon`.
pub(super) fn keys(lexicon: &Lexicon) -> Option<Keys> {
    let (made_of, keys) = postcard::take_from_bytes::<&str>(COMPILED).ok()?;
    (made_of == lexicon.hash()).then(|| postcard::from_bytes(keys).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    #[test]
    fn the_compiled_keys_are_those_of_the_lexicon() {
        let lexicon = Lexicon::builtin();
        let mut compiled = postcard::to_stdvec(lexicon.hash()).expect("a text");
        compiled.extend(postcard::to_stdvec(&Keys::new(&lexicon)).expect("plain data"));
        testing::assert_compiled(&compiled, COMPILED, "software-systems.keys.postcard");
    }

    #[test]
    fn another_lexicon_has_keys_of_its_own() {
        assert!(keys(&Lexicon::builtin()).is_some());
        assert!(keys(&testing::lexicon()).is_none());
    }
}
