//! Any keys and any text: the engine that runs finds what the reference finds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolelean::matching::{Engine as _, FastEngine, ReferenceEngine};
use rolelean::text::{Normalised, normalise};

fuzz_target!(|input: (Vec<&str>, &str)| {
    let (keys, text) = input;
    let mut keys: Vec<String> = keys.into_iter().map(normalise).filter(|key| !key.is_empty()).collect();
    keys.sort();
    keys.dedup();
    // What stands in the text is looked for, too: strange keys are seldom met by chance.
    let folded = Normalised::new(text);
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    ReferenceEngine::new(&keys).expect("few keys fit").candidates(folded.lower(), &mut expected);
    FastEngine::new(&keys).candidates(folded.lower(), &mut found);
    assert_eq!(found, expected);
    let words: Vec<String> = {
        let mut words: Vec<String> = folded.lower().split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort();
        words.dedup();
        words
    };
    ReferenceEngine::new(&words).expect("few keys fit").candidates(folded.lower(), &mut expected);
    FastEngine::new(&words).candidates(folded.lower(), &mut found);
    assert_eq!(found, expected);
});
