//! Finding every word-bounded key in a text.
//!
//! An engine reports all of them, overlapping ones included; which readings stand is
//! settled afterwards, by rule ([`super::readings`]). A longer key that fails its
//! boundary therefore never hides a shorter one that holds.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::text::{Span, is_word_char};

/// A key met at a span of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Where it stands.
    pub span: Span,
    /// The place of the key in the list the engine was made of.
    pub key: u32,
}

/// Finds keys in folded texts ([`Folded::key`](crate::text::Folded::key)).
pub trait Engine: Send + Sync {
    /// Fills `found` with every bounded occurrence of every key in `text`, sorted by
    /// start, then by length.
    fn candidates(&self, text: &str, found: &mut Vec<Candidate>);
}

/// The engine of record: plain Aho-Corasick over all keys, overlaps reported. What
/// [`FastEngine`](super::FastEngine) finds is held against it.
#[derive(Debug)]
pub struct ReferenceEngine {
    automaton: AhoCorasick,
}

impl ReferenceEngine {
    /// Prepares `keys`: folded, all different, none empty.
    ///
    /// # Errors
    /// When the keys exceed what an automaton can hold (some billions of states).
    pub fn new(keys: &[String]) -> Result<Self, aho_corasick::BuildError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(keys)?;
        Ok(Self { automaton })
    }
}

impl Engine for ReferenceEngine {
    fn candidates(&self, text: &str, found: &mut Vec<Candidate>) {
        found.clear();
        found.extend(
            self.automaton
                .find_overlapping_iter(text)
                .map(|hit| Candidate { span: Span::new(hit.start(), hit.end()), key: hit.pattern().as_u32() })
                .filter(|candidate| is_bounded(text, candidate.span)),
        );
        found.sort_unstable();
    }
}

/// Whether a key at `span` is a word of its own.
///
/// No letter or digit touches it. A `+` or `#` that ends the word belongs to it, so
/// `C` is not in `C++`. A single letter stands alone only if no `&`, `.` or
/// apostrophe binds it to another one, so `R` is not in `R&D` nor `C` in `D.C.`
#[must_use]
pub fn is_bounded(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    if before.ends_with(is_word_char) || after.starts_with(is_word_char) {
        return false;
    }
    let key = span.of(text);
    if key.ends_with(is_word_char) && is_glued(after) {
        return false;
    }
    key.len() > 1 || !is_initial(before, after)
}

/// Text that starts with `+` or `#` as the end of the word before it.
fn is_glued(after: &str) -> bool {
    let rest = after.trim_start_matches(['+', '#']);
    rest.len() < after.len() && !rest.starts_with(is_word_char)
}

/// Whether what stands around a single letter makes it part of something longer.
fn is_initial(before: &str, after: &str) -> bool {
    let bound_before = match before.chars().next_back() {
        Some('&' | '\'') => true,
        Some('.') => before[..before.len() - 1].ends_with(is_word_char),
        _ => false,
    };
    let bound_after = match after.chars().next() {
        Some('&') => true,
        Some('\'') => !after[1..].starts_with('s'),
        Some('.') => after[1..].starts_with(is_word_char),
        _ => false,
    };
    bound_before || bound_after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries() {
        let cases = [
            ("java", "javascript", false),
            ("java", "java, go", true),
            ("java", "java's", true),
            ("c", "c++ and", false),
            ("c", "c# and", false),
            ("c", "c/c++", true),
            ("c++", "c++/c", true),
            ("c++", "c++ 11", true),
            ("r", "r&d", false),
            ("r", "r, sas", true),
            ("c", "c.v.", false),
            ("c", "c.", true),
            ("v", "c.v.", false),
            ("c", ".c", true),
            ("d", "r&d", false),
            ("t", "don't", false),
            ("c", "c's", true),
            ("c", "c'est", false),
            // Longer words stand beside such signs.
            ("sql", "sql&r", true),
            ("sql", "r&sql.x", true),
            (".net", "asp.net", false),
            (".net", "(.net)", true),
            ("linux", "linux+spring", true),
            ("elk", "elkülönít", false),
            // Found by fuzzing: a letter with a mark of its own is another letter.
            ("oauth", "oauth\u{301}", false),
        ];
        for (key, text, expected) in cases {
            let start = text.find(key).unwrap_or(0);
            assert_eq!(is_bounded(text, Span::new(start, start + key.len())), expected, "{key} in {text}");
        }
    }

    #[test]
    fn overlapping_keys_are_all_reported() {
        let keys = ["sql", "sql server", "server", "mysql"].map(str::to_owned);
        let engine = ReferenceEngine::new(&keys).expect("four keys fit");
        let mut found = Vec::new();
        engine.candidates("mysql sql servers sql server", &mut found);
        let names: Vec<&str> = found.iter().map(|candidate| keys[candidate.key as usize].as_str()).collect();
        assert_eq!(names, ["mysql", "sql", "sql", "sql server", "server"]);
    }
}
