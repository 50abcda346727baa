//! Names whose parts are words of something else: `Functions` is a heading, and a part of `Azure Functions`; `Compute`
//! begins an item, and is a part of `Compute Engine`.

use super::phrase_table::{Hit, Kinds};
use crate::text::Span;

/// The bytes of a name in front of its last part.
const LONGEST_BEGINNING: usize = 64;

/// Whether the words at `words` are a part of a longer name.
pub(super) fn is_in_name(cased: &str, hits: &[Hit], words: Span) -> bool {
    begins_name(cased, hits, words) || is_rest_of_name(cased, hits, words.start)
}

/// Whether the words at `words` are the first ones of a name: of a form with a capital in what follows, as
/// `Design systems` has none. `hits` are all phrases in the text, sorted by start.
pub(super) fn begins_name(cased: &str, hits: &[Hit], words: Span) -> bool {
    let from = hits.partition_point(|hit| hit.span.start < words.start);
    let here = hits[from..].iter().take_while(|hit| hit.span.start == words.start);
    here.filter(|hit| hit.kinds.has(Kinds::FORM) && hit.span.end > words.end)
        .any(|hit| cased[words.end..hit.span.end].contains(char::is_uppercase))
}

/// Whether what begins at `at` is the rest of a name that begins before it: of a form with a capital there, as
/// `for the business Requirements` has none. `hits` are all phrases in the text, sorted by start.
pub(super) fn is_rest_of_name(cased: &str, hits: &[Hit], at: usize) -> bool {
    let before = &hits[..hits.partition_point(|hit| hit.span.start < at)];
    let near = before.iter().rev().take_while(|hit| hit.span.start + LONGEST_BEGINNING >= at);
    near.filter(|hit| hit.kinds.has(Kinds::FORM) && hit.span.end > at)
        .any(|hit| cased[hit.span.start..at].contains(char::is_uppercase))
}
