//! The engine that runs: [`Phrases`] by the hashes of their words.

use super::engine::{Candidate, Engine, is_bounded};
use crate::text::Phrases;

/// Finds keys by the hashes of their first and second words; equal to
/// [`ReferenceEngine`](super::ReferenceEngine) candidate for candidate.
#[derive(Debug)]
pub struct FastEngine {
    phrases: Phrases,
}

impl FastEngine {
    /// Prepares `keys`: folded, all different, none empty.
    #[must_use]
    pub fn new(keys: &[String]) -> Self {
        Self { phrases: Phrases::new(keys) }
    }
}

impl Engine for FastEngine {
    fn candidates(&self, text: &str, found: &mut Vec<Candidate>) {
        found.clear();
        self.phrases.each(text, |span, key| {
            if is_bounded(text, span) {
                found.push(Candidate { span, key });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::lexicon::Lexicon;
    use crate::matching::engine::ReferenceEngine;
    use crate::matching::forms::Keys;
    use crate::text::Folded;

    /// Bytes that the engine looks at together.
    const BLOCK: usize = 64;

    /// Both engines over the same keys.
    struct Both {
        reference: ReferenceEngine,
        fast: FastEngine,
    }

    impl Both {
        fn new(keys: &[String]) -> Self {
            Self { reference: ReferenceEngine::new(keys).expect("the keys fit"), fast: FastEngine::new(keys) }
        }

        fn of(lexicon: &Lexicon) -> Self {
            Self::new(Keys::new(lexicon).keys())
        }

        /// What each finds in `text`; they must be equal.
        fn find(&self, text: &str) -> (Vec<Candidate>, Vec<Candidate>) {
            let (mut expected, mut found) = (Vec::new(), Vec::new());
            self.reference.candidates(text, &mut expected);
            self.fast.candidates(text, &mut found);
            (expected, found)
        }
    }

    fn samples() -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/postings");
        let mut paths: Vec<_> = std::fs::read_dir(folder)
            .expect("samples are there")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.is_file())
            .collect();
        paths.sort();
        paths.iter().map(|path| String::from_utf8_lossy(&std::fs::read(path).expect("readable")).into_owned()).collect()
    }

    #[test]
    fn odd_keys_are_found() {
        let keys = [
            ".net",
            "asp.net",
            "c",
            "c#",
            "c++",
            "r",
            "café",
            "café au lait",
            "élan",
            "naïve",
            "tcp/ip",
            "ci/cd",
            "+1",
            "node.js",
            "a",
            "a b",
            "1",
            "802.1x",
            "日本",
            "日本 go",
            "& co",
            "#tag",
            "develop",
            "develop firmware",
            "internationalization",
            "internationalisation of firmware",
            "ab cd ef gh ij kl mn op",
        ]
        .map(str::to_owned);
        let both = Both::new(&keys);
        let texts = [
            "c++ c# c r&d r .net asp.net (.net) x.net",
            "café café au lait cafés élan naïve",
            "日本 go 日本go 日本",
            "tcp/ip ci/cd +1 c+1 node.js a b a  b 1 802.1x #tag & co",
            "",
            "c",
            "c#",
            "develop firmware developfirmware",
            "internationalization internationalizations internationalisation of firmware",
            "ab cd ef gh ij kl mn op",
            "éc cé c é",
            "javac \u{1F600}c c\u{1F600}",
        ];
        for text in texts {
            let (expected, found) = both.find(text);
            assert_eq!(expected, found, "{text:?}");
            for shift in 0..130 {
                let text = format!("{}{text}", "-".repeat(shift));
                let (expected, found) = both.find(&text);
                assert_eq!(expected, found, "{text:?}");
            }
        }
    }

    #[test]
    fn very_long_words_are_measured_whole() {
        for len in [7, 8, 9, 62, 63, 64, 65, 127, 128, 129, 300] {
            let key = "x".repeat(len);
            let both = Both::new(&[key.clone(), format!("{key} y"), "y".to_owned()]);
            for shift in 0..70 {
                let text = format!("{}{key} y {key}x {key} z{key}", " ".repeat(shift));
                let (expected, found) = both.find(&text);
                assert_eq!(expected, found, "{len} {shift}");
                assert!(!found.is_empty());
            }
        }
    }

    #[test]
    fn all_samples_are_read_alike() {
        let both = Both::of(&Lexicon::builtin());
        let mut all = String::new();
        for text in samples() {
            let folded = Folded::new(&text);
            let (expected, found) = both.find(folded.key());
            assert_eq!(expected, found);
            all.push_str(folded.key());
            all.push('\n');
        }
        // All in one, and moved through the blocks: every sample meets every boundary.
        for shift in 0..BLOCK {
            let (expected, found) = both.find(&format!("{}{all}", ".".repeat(shift)));
            assert_eq!(expected, found);
        }
    }

    #[test]
    fn a_large_text_of_keys_is_read_alike() {
        let keys = Keys::new(&Lexicon::builtin());
        let both = Both::new(keys.keys());
        let gaps = [" ", ", ", "/", "\n\n", "-", " of ", "", ".", "é", " & ", "+", "s "];
        let mut text = String::new();
        let mut state = 1_u64;
        while text.len() < 4 << 20 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let pick = |of: usize, by: u32| usize::try_from(state >> by).unwrap_or(0) % of;
            let key = &keys.keys()[pick(keys.keys().len(), 24)];
            let cut = if pick(9, 40) == 0 { key.len() / 2 } else { key.len() };
            text.push_str(key.get(..cut).unwrap_or(key));
            text.push_str(gaps[pick(gaps.len(), 50)]);
        }
        let (expected, found) = both.find(&text);
        assert!(found.len() > 100_000, "{}", found.len());
        assert!(expected == found, "the engines differ");
    }

    fn pieces(keys: Vec<String>) -> impl Strategy<Value = String> {
        prop_oneof![
            6 => select(keys.clone()),
            2 => select(keys).prop_map(|key| {
                let half = key.chars().count() / 2;
                key.chars().take(half).collect()
            }),
            4 => select(vec![" ", "-", "/", ".", "\n\n", ", ", "&", "'", "+", "#", "s", "é", "ß", "日", "•", "\u{1F600}", "x", "7"])
                .prop_map(str::to_owned),
            1 => "\\PC{0,9}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn tiny_lexicons_are_read_alike(
            (keys, text) in prop::collection::btree_set("[ac.+#é日/& ]{1,6}|[a-c]{1,3}( [a-c]{1,9}){0,3}|[a-b]{7,10}", 1..12)
                .prop_flat_map(|keys| {
                    let keys: Vec<String> = keys.into_iter().collect();
                    let text = prop::collection::vec(pieces(keys.clone()), 0..60).prop_map(|parts| parts.concat());
                    (Just(keys), text)
                })
        ) {
            let (expected, found) = Both::new(&keys).find(&text);
            prop_assert_eq!(expected, found);
        }
    }

    #[test]
    fn texts_of_the_lexicons_own_keys_are_read_alike() {
        let keys = Keys::new(&Lexicon::builtin());
        let both = Both::new(keys.keys());
        let texts = prop::collection::vec(pieces(keys.keys().to_vec()), 0..80).prop_map(|parts| parts.concat());
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        runner
            .run(&texts, |text| {
                let (expected, found) = both.find(&text);
                prop_assert_eq!(expected, found);
                Ok(())
            })
            .expect("the engines agree");
    }
}
