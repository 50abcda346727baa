//! Which of the overlapping candidates stand.
//!
//! The rule is leftmost, then longest: reading from the left, the longest form that
//! holds its boundary and its case wins its bytes. A form inside a longer phrase that
//! means something else (`Go` in `go to market`) then falls; one that reaches beyond
//! the phrase stands.

use super::engine::Candidate;
use super::forms::{Claim, Keys};
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
    let mut readings: Vec<Reading<'k>> = Vec::new();
    let mut swallowed = links.to_vec();
    let mut free_from = 0;
    for group in candidates.chunk_by(|a, b| a.span.start == b.span.start) {
        swallowed.extend(
            group.iter().rev().find(|candidate| keys.meaning(candidate.key).blocked).map(|candidate| candidate.span),
        );
        if group[0].span.start < free_from {
            continue;
        }
        let longest_first = group.iter().rev();
        let claimed = |candidate: &Candidate| keys.meaning(candidate.key).claim(candidate.span.of(text.shape()));
        if let Some((span, claim)) =
            longest_first.filter_map(|candidate| Some((candidate.span, claimed(candidate)?))).next()
        {
            free_from = span.end;
            readings.push(Reading { span, claim });
        }
    }
    readings.retain(|reading| {
        !swallowed.iter().any(|phrase| phrase.start <= reading.span.start && reading.span.end <= phrase.end)
    });
    readings
}
