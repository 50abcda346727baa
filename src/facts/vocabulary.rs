//! The words that facts turn on, as phrases of the one table that postings are searched for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::cues::Cue;
use super::fields;
use super::passages::Topic;
use crate::document::{FactWord, PhraseTableBuilder};
use crate::text::{normalise, normalise_cased};

/// `words.toml`.
#[derive(Deserialize)]
struct Words {
    triggers: Triggers,
    certificates: BTreeMap<String, Vec<String>>,
    methods: BTreeMap<String, Vec<String>>,
    vendors: BTreeMap<String, Vec<String>>,
    cues: BTreeMap<Cue, Vec<String>>,
}

#[derive(Deserialize)]
struct Triggers {
    degree: Vec<String>,
    years: Vec<String>,
    pay: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("words.toml"))
        .unwrap_or_else(|error| unreachable!("words.toml is checked by a test: {error}"))
});

/// How the words that name a certificate do so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// They are its own name.
    Own,
    /// They name a method as well.
    Method,
    /// They name the vendor whose certificate it is.
    Vendor,
}

/// The name of the certificate at a place among them.
pub(super) fn certificate(place: usize) -> Option<&'static str> {
    named().nth(place).map(|(name, _)| name.as_str())
}

/// How the certificate at a place is named.
pub(super) fn naming(place: usize) -> Naming {
    match place.checked_sub(WORDS.certificates.len()) {
        None => Naming::Own,
        Some(method) if method < WORDS.methods.len() => Naming::Method,
        Some(_) => Naming::Vendor,
    }
}

/// Certificates and the spellings of each, in the order of their places.
fn named() -> impl Iterator<Item = (&'static String, &'static Vec<String>)> {
    let words = &*WORDS;
    words.certificates.iter().chain(&words.methods).chain(&words.vendors)
}

/// What a cue opens passages for.
fn trigger(cue: Cue) -> u8 {
    match cue {
        Cue::VendorCertificate => Topic::Certificate.bit(),
        cue if cue.is_of_terms() => Topic::Terms.bit(),
        _ => 0,
    }
}

/// Adds every word that facts look for.
pub(crate) fn add_phrases(table: &mut PhraseTableBuilder) {
    let words = &*WORDS;
    let Triggers { degree, years, pay } = &words.triggers;
    for (topic, phrases) in [(Topic::Degree, degree), (Topic::Years, years), (Topic::Pay, pay)] {
        let word = FactWord { triggers: topic.bit(), ..FactWord::default() };
        phrases.iter().for_each(|phrase| add(table, phrase, word));
    }
    for (cue, phrases) in &words.cues {
        let word = FactWord { cues: cue.bit(), triggers: trigger(*cue), ..FactWord::default() };
        phrases.iter().for_each(|phrase| add(table, phrase, word));
    }
    for ((place, (_, spellings)), number) in named().enumerate().zip(fields::CERTIFICATES..) {
        // Vendors are named all over; only the word `certification` beside them is looked for.
        let triggers = if naming(place) == Naming::Vendor { 0 } else { Topic::Certificate.bit() };
        let word = FactWord { triggers, names: Some(number), ..FactWord::default() };
        spellings.iter().for_each(|spelling| add(table, spelling, word));
    }
    for (names, phrase) in fields::spellings() {
        add(table, phrase, FactWord { names: Some(names), ..FactWord::default() });
    }
}

/// Adds what a phrase says; one with capitals says it only where it is written so.
fn add(table: &mut PhraseTableBuilder, phrase: &str, word: FactWord) {
    let meaning = table.meaning(normalise(phrase));
    if !phrase.bytes().any(|byte| byte.is_ascii_uppercase()) {
        meaning.fact = meaning.fact.and(word);
        return;
    }
    let exact = normalise_cased(phrase).into_boxed_str();
    match meaning.exact_facts.iter_mut().find(|(spelling, _)| *spelling == exact) {
        Some((_, known)) => *known = known.and(word),
        None => meaning.exact_facts.push((exact, word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_has_phrases_and_fits_its_bit() {
        let words: Words = toml::from_str(include_str!("words.toml")).expect("words.toml is sound");
        let last = words.cues.keys().map(|cue| *cue as u128).max();
        assert_eq!(last.map(|last| last + 1), Some(words.cues.len() as u128), "each cue once");
        assert!(words.cues.len() <= 128);
        assert!(words.cues.values().all(|phrases| !phrases.is_empty()));
    }
}
