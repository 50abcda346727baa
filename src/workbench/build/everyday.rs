//! Everyday words, which tell of no role by themselves.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::{stem, uninflected};
use crate::lexicon::{Context, Skill};

/// By stem and by what is left without inflection: either is enough to know a word again.
static EVERYDAY: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let words = include_str!("everyday-words.txt").lines().filter(|line| !line.starts_with('#'));
    words.flat_map(str::split_whitespace).flat_map(|word| [stem(word), uninflected(word).to_owned()]).collect()
});

/// Whether a word, in lower case, is an everyday one.
pub(crate) fn is_everyday(word: &str) -> bool {
    EVERYDAY.contains(&stem(word)) || EVERYDAY.contains(uninflected(word))
}

/// Whether nothing but everyday words, each by itself, leads to a skill.
pub(crate) fn is_only_everyday(skill: &Skill) -> bool {
    let is_word = |text: &str| !text.contains(' ') && is_everyday(text);
    skill.does.is_empty() && skill.forms.iter().all(|form| form.context == Context::Certain && is_word(&form.key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_are_known_in_all_inflections() {
        for word in ["begins", "finish", "star", "stories", "fetch", "natural", "loads", "removing", "classes"] {
            assert!(is_everyday(word), "{word}");
        }
        for word in ["epidurals", "terraform", "ledger", "phishing", "backlog"] {
            assert!(!is_everyday(word), "{word}");
        }
    }
}
