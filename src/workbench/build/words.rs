//! The words of a statement: what terms are made of, and what only holds them together.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::{Normalised, Span, is_word_char};

/// Words that no term begins or ends with: those that hold sentences together, and those
/// that descriptions of any role are written with. One a line; `#` begins a comment.
static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("stop-words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// As written, but for curly quotes and the like.
    pub text: String,
    /// In lower case, without a possessive ending.
    pub key: String,
    /// What it shares with its other inflections.
    pub stem: String,
    /// Whether more than a space or hyphen parts it from the word before.
    pub apart: bool,
}

impl Word {
    /// Whether it may be part of a term.
    pub(crate) fn is_content(&self) -> bool {
        self.key.chars().any(char::is_alphabetic)
            && (self.key.chars().count() > 1 || self.key.ends_with(['+', '#']))
            && !is_stop_word(&self.key)
    }
}

/// Whether a word, in lower case, tells nothing of any role.
pub(crate) fn is_stop_word(key: &str) -> bool {
    STOP_WORDS.contains(key)
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let normalised = Normalised::new(text);
    let mut words = Vec::new();
    let mut end = 0;
    while let Some(span) = next_word(normalised.lower(), end) {
        let key = span.of(normalised.lower()).trim_end_matches("'s");
        let apart = &normalised.lower()[end..span.start] != " ";
        end = span.end;
        words.push(Word { text: span.of(normalised.cased()).to_owned(), key: key.to_owned(), stem: stem(key), apart });
    }
    words
}

/// The first word from `from` on: letters and digits, with what may join or end them in
/// names (`Node.js`, `R&D`, `C++`).
fn next_word(text: &str, from: usize) -> Option<Span> {
    let start = from + text[from..].find(is_word_char)?;
    let mut end = start;
    loop {
        end += text[end..].find(|c| !is_word_char(c)).unwrap_or(text.len() - end);
        let rest = &text[end..];
        if rest.starts_with(['.', '&', '\'']) && rest[1..].starts_with(is_word_char) {
            end += 1;
        } else {
            let sign = ["++", "#"].iter().find(|sign| rest.starts_with(**sign)).map_or(0, |sign| sign.len());
            return Some(Span::new(start, end + sign));
        }
    }
}

/// Endings of English inflection and common derivation, longest first.
///
/// A plain list does: a stem only groups the variants of one pair of descriptions, where a
/// rare wrong meeting is seen by whoever reviews them, and Snowball's stemmers would take
/// a tenth of the build.
const ENDINGS: [&str; 25] = [
    "isations", "izations", "isation", "ization", "ations", "ation", "ments", "ances", "ences", "ising", "izing",
    "ment", "ance", "ence", "ings", "ions", "ises", "izes", "ing", "ion", "ies", "ed", "es", "s", "y",
];

/// The shortest stem: shorter ones belong to too many words.
const SHORTEST_STEM: usize = 4;

/// What a word, in lower case, shares with its inflections: `monitors` and `monitoring`
/// are both `monit`. Not a word, and good for comparison alone.
pub(crate) fn stem(key: &str) -> String {
    let stripped = ENDINGS.iter().find_map(|ending| {
        let rest = key.strip_suffix(ending)?;
        let shortest = if matches!(*ending, "ies" | "y") { SHORTEST_STEM - 1 } else { SHORTEST_STEM };
        (rest.chars().count() >= shortest && !(*ending == "s" && rest.ends_with(['s', 'u', 'i']))).then_some(rest)
    });
    // What endings leave behind: the e of `manage`, the doubled letter of `planned`.
    let rest = stripped.unwrap_or(key);
    let rest = rest.strip_suffix('e').filter(|rest| rest.len() >= SHORTEST_STEM - 1).unwrap_or(rest);
    let mut letters = rest.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if stripped.is_some() && last == before && !"ls".contains(last) => {
            rest[..rest.len() - last.len_utf8()].to_owned()
        }
        _ => rest.to_owned(),
    }
}

/// A word, in lower case, without the ending of its inflection: `screen`, `screens` and
/// `screening` share it, `screener` does not.
pub(crate) fn uninflected(key: &str) -> &str {
    let stripped = ["ing", "ed", "es", "s", "e"].iter().find_map(|ending| key.strip_suffix(ending));
    let rest = stripped.filter(|rest| rest.len() >= SHORTEST_STEM && !rest.ends_with('s')).unwrap_or(key);
    rest.strip_suffix('e').unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_whole_and_hyphens_do_not() {
        let found = words("Front-end work in C++, C# and Node.js (the team's R&D)");
        let keys: Vec<&str> = found.iter().map(|word| word.key.as_str()).collect();
        assert_eq!(keys, ["front", "end", "work", "in", "c++", "c#", "and", "node.js", "the", "team", "r&d"]);
        let apart: Vec<&str> = found.iter().filter(|word| word.apart).map(|word| word.key.as_str()).collect();
        assert_eq!(apart, ["front", "c#", "the"]);
    }

    #[test]
    fn inflections_share_a_stem() {
        for group in [
            ["monitor", "monitors", "monitoring"],
            ["manage", "managing", "manages"],
            ["plan", "plans", "plan"],
            ["wound", "wounds", "wound"],
            ["assess", "assessment", "assessing"],
            ["administer", "administers", "administering"],
            ["delivery", "deliveries", "delivery"],
            ["baby", "babies", "baby"],
        ] {
            assert!(group.iter().all(|word| stem(word) == stem(group[0])), "{:?}", group.map(stem));
        }
        assert_ne!(stem("bus"), stem("business"));
    }
}
