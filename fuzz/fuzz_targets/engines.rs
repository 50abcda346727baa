//! Any phrases and any text: the scanner finds what plain Aho-Corasick finds.

#![no_main]

use aho_corasick::AhoCorasick;
use libfuzzer_sys::fuzz_target;
use rolelean::text::{Normalised, Scanner, Span, is_bounded, normalise};

fuzz_target!(|input: (Vec<&str>, &str)| {
    let (phrases, text) = input;
    let normalised = Normalised::new(text);
    compare(phrases.into_iter().map(normalise).collect(), normalised.lower());
    // Phrases from the text are searched, too: made-up ones are rarely in it by chance.
    compare(normalised.lower().split(' ').map(str::to_owned).collect(), normalised.lower());
});

fn compare(mut phrases: Vec<String>, text: &str) {
    phrases.retain(|phrase| !phrase.is_empty());
    phrases.sort();
    phrases.dedup();
    let automaton = AhoCorasick::new(&phrases).expect("few phrases fit");
    let hits = automaton.find_overlapping_iter(text);
    let spans = hits.map(|hit| (Span::new(hit.start(), hit.end()), hit.pattern().as_u32()));
    let mut expected: Vec<(Span, u32)> = spans.filter(|(span, _)| is_bounded(text, *span)).collect();
    expected.sort_unstable();
    let mut found = Vec::new();
    Scanner::new(&phrases).each(text, |span, phrase| found.push((span, phrase)));
    assert_eq!(found, expected);
}
