//! Any bytes in place of one file of a lexicon: refused with findings, or usable.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rolelean::{Classifier, Lexicon};

const FILES: [(&str, &str); 8] = [
    ("cues.toml", include_str!("../../src/lexicon/testing/cues.toml")),
    ("headings.toml", include_str!("../../src/lexicon/testing/headings.toml")),
    ("lexicon.toml", include_str!("../../src/lexicon/testing/lexicon.toml")),
    ("roles/baker.md", include_str!("../../src/lexicon/testing/roles/baker.md")),
    ("roles/brewer.md", include_str!("../../src/lexicon/testing/roles/brewer.md")),
    ("skills/baking.toml", include_str!("../../src/lexicon/testing/skills/baking.toml")),
    ("skills/brewing.toml", include_str!("../../src/lexicon/testing/skills/brewing.toml")),
    ("skills/workplace.toml", include_str!("../../src/lexicon/testing/skills/workplace.toml")),
];

fuzz_target!(|input: (u8, &str)| {
    let (which, content) = input;
    let changed = usize::from(which) % (FILES.len() + 1);
    let mut files: Vec<(String, String)> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    match files.get_mut(changed) {
        Some((_, text)) => content.clone_into(text),
        None => files.push(("weights.csv".to_owned(), content.to_owned())),
    }
    match Lexicon::from_files("fuzzed", files) {
        Ok(lexicon) => {
            let _ = Classifier::new(lexicon).mentions("Bake bread and brew beer.");
        }
        Err(error) => assert!(!error.errors.is_empty()),
    }
});
