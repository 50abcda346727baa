//! Which of the overlapping candidates stand.
//!
//! A form inside a longer phrase that means something else (`Go` in `go to market`)
//! falls; one that reaches beyond the phrase stands. Of the rest, reading from the
//! left, the longest form that holds its boundary and its case wins its bytes: what
//! fell hides nothing.

use super::engine::Candidate;
use super::forms::{Claim, Keys};
use crate::lexicon::Context;
use crate::text::{Folded, Span};

/// A candidate that won its place, with the claim it fulfils.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'k> {
    pub span: Span,
    pub claim: &'k Claim,
}

/// Settles the candidates (sorted by start, then length) into readings from left to
/// right; none lies in one of the `links`.
pub(crate) fn settle<'k>(keys: &'k Keys, text: &Folded, candidates: &[Candidate], links: &[Span]) -> Vec<Reading<'k>> {
    let mut phrases: Vec<Span> = candidates
        .iter()
        .filter(|candidate| keys.meaning(candidate.key).blocked)
        .map(|candidate| candidate.span)
        .chain(links.iter().copied())
        .collect();
    phrases.sort_unstable();
    let mut phrases = phrases.into_iter().peekable();
    let mut swallowed_to = 0;
    let mut readings: Vec<Reading<'k>> = Vec::new();
    let mut free_from = 0;
    for group in candidates.chunk_by(|a, b| a.span.start == b.span.start) {
        let start = group[0].span.start;
        while let Some(phrase) = phrases.next_if(|phrase| phrase.start <= start) {
            swallowed_to = swallowed_to.max(phrase.end);
        }
        if start < free_from {
            continue;
        }
        let standing = group.iter().rev().take_while(|candidate| candidate.span.end > swallowed_to);
        let claimed = |candidate: &Candidate| keys.claim(candidate.key, candidate.span.of(text.shape()));
        if let Some((span, claim)) = standing.filter_map(|candidate| Some((candidate.span, claimed(candidate)?))).next()
        {
            free_from = span.end;
            readings.push(Reading { span, claim });
        }
    }
    readings
}

/// The accepted readings, and the certain ones that the refused had kept from their
/// place.
///
/// A refused reading is one more phrase that means something else: `market garden`
/// of another trade hides nothing of a garden designer.
pub(crate) fn uncover<'k>(
    keys: &'k Keys,
    text: &Folded,
    candidates: &[Candidate],
    readings: Vec<Reading<'k>>,
    accepted: &[bool],
) -> Vec<Reading<'k>> {
    let mut flags = accepted.iter();
    let (mut kept, refused): (Vec<_>, Vec<_>) =
        readings.into_iter().partition(|_| flags.next().is_none_or(|accepted| *accepted));
    let matters = |candidate: &&Candidate| {
        let (meaning, span) = (keys.meaning(candidate.key), candidate.span);
        let is_certain =
            || keys.claim(candidate.key, span.of(text.shape())).is_some_and(|claim| claim.context == Context::Certain);
        touches(&refused, span) && (meaning.blocked || is_certain() && !touches(&kept, span))
    };
    let hidden: Vec<Candidate> = candidates.iter().filter(matters).copied().collect();
    if !hidden.is_empty() {
        let phrases: Vec<Span> = refused.iter().map(|reading| reading.span).collect();
        kept.extend(settle(keys, text, &hidden, &phrases));
        kept.sort_unstable_by_key(|reading| reading.span.start);
    }
    kept
}

/// Whether one of the readings, in order and apart, overlaps `span`.
fn touches(readings: &[Reading<'_>], span: Span) -> bool {
    let next = readings.partition_point(|reading| reading.span.end <= span.start);
    readings.get(next).is_some_and(|reading| reading.span.start < span.end)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::lexicon::testing;
    use crate::matching::Matcher;

    #[test]
    fn what_lies_in_a_phrase_falls_and_hides_nothing_behind_it() {
        // `proof of address` means something else; `of address` lies in it.
        let (mut files, _) = testing::broken("skills/baking.toml", "\"sour dough\"]", "\"of address\"]");
        for (path, text) in &mut files {
            if path == "skills/brewing.toml" {
                *text = text.replace("[\"lautering\"]", "[\"address book\", \"address book of hops\"]");
            }
        }
        let matcher = Matcher::new(Arc::new(testing::load(&files).expect("a sound lexicon"))).expect("it fits");
        let cases: [(&str, &[&str]); 6] = [
            ("bring proof of address", &[]),
            ("bring proof of address book", &["address book"]),
            ("bring proof of address book of hops", &["address book of hops"]),
            ("write of address books", &["of address"]),
            ("see x@of.address.book, of address", &["of address"]),
            ("proofs of address of address", &["of address", "of address"]),
        ];
        for (text, expected) in cases {
            let found = matcher.find(text, 0);
            let spans: Vec<&str> = found.mentions.iter().map(|mention| mention.span.of(text)).collect();
            assert_eq!(spans, expected, "{text:?}");
        }
    }
}
