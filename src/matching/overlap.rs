//! Which of the overlapping hits stand.
//!
//! A form inside a longer phrase that means something else (`Go` in `go to market`)
//! falls; one that reaches beyond the phrase stands. Of the rest, reading from the
//! left, the longest form that holds its boundary and its case wins its bytes: what
//! fell hides nothing. A form that names two skills is taken apart.

use super::coordination::Coordination;
pub(crate) use super::keys::Candidate;
use crate::document::{Hit, Kinds};
use crate::lexicon::Context;
use crate::text::Span;

/// Resolves the overlaps of hits (sorted by start, then length) to candidates from left to
/// right; none lies in one of the `excluded` spans.
pub(crate) fn resolve<'e>(coordination: &Coordination<'e, '_>, hits: &[Hit], excluded: &[Span]) -> Vec<Candidate<'e>> {
    let document = coordination.document;
    let phrases = hits.iter().filter(|hit| hit.kinds.has(Kinds::EXCLUDED)).map(|hit| hit.span);
    let mut excluded: Vec<Span> = excluded.to_vec();
    excluded.extend(phrases);
    excluded.sort_unstable();
    document.budget().spend(hits.len() + excluded.len());
    let mut excluded = excluded.into_iter().peekable();
    let mut excluded_to = 0;
    let mut candidates: Vec<Candidate<'e>> = Vec::with_capacity(hits.len());
    let mut free_from = 0;
    // The second half of a form that was taken apart.
    let mut half: Option<Candidate<'e>> = None;
    for group in hits.chunk_by(|a, b| a.span.start == b.span.start) {
        let start = group[0].span.start;
        while let Some(phrase) = excluded.next_if(|phrase| phrase.start <= start) {
            excluded_to = excluded_to.max(phrase.end);
        }
        if start < free_from {
            continue;
        }
        let longest_first = group.iter().rev().take_while(|hit| hit.span.end > excluded_to);
        let longest = longest_first.filter_map(|hit| candidate(coordination, hit)).next();
        let half_here = half.take_if(|half| half.span.start <= start).filter(|half| half.span.start == start);
        let candidate = match (longest, half_here) {
            (Some(longest), Some(half)) if longest.span.end <= half.span.end => half,
            (Some(longest), _) => longest,
            (None, Some(half)) => half,
            (None, None) => continue,
        };
        let won = match coordination.halves(candidate, group) {
            Some([first, second]) => {
                half = Some(second);
                first
            }
            None => candidate,
        };
        free_from = won.span.end;
        candidates.push(won);
    }
    candidates
}

/// A hit as a candidate, if it is a form in a capitalisation that counts.
fn candidate<'e>(coordination: &Coordination<'e, '_>, hit: &Hit) -> Option<Candidate<'e>> {
    if !hit.kinds.has(Kinds::FORM) {
        return None;
    }
    let document = coordination.document;
    let (entries, span) = (coordination.entries, hit.span);
    let spelling = span.of(document.text().cased());
    let entry = entries.find(document.entries(hit), spelling, || document.is_in_capitals(span.start))?;
    Some(Candidate { span: hit.span, entry })
}

/// The accepted candidates, and the certain ones that the rejected had kept from their place,
/// if they `may_mean_skill` as well.
///
/// A rejected match must not suppress shorter matches inside it: `market garden` of another
/// trade hides nothing of a garden designer.
pub(crate) fn rematch<'e>(
    coordination: &Coordination<'e, '_>,
    hits: &[Hit],
    mut candidates: Vec<Candidate<'e>>,
    accepted: &[bool],
    may_mean_skill: impl Fn(&Candidate<'e>) -> bool,
) -> Vec<Candidate<'e>> {
    let flagged = candidates.iter().zip(accepted);
    let rejected: Vec<Candidate<'e>> = flagged.filter(|(_, accepted)| !**accepted).map(|(found, _)| *found).collect();
    if rejected.is_empty() {
        return candidates;
    }
    let mut accepted = accepted.iter();
    candidates.retain(|_| accepted.next() == Some(&true));
    let mut kept = candidates;
    let is_certain = |hit: &Hit| {
        candidate(coordination, hit)
            .is_some_and(|found| found.entry.context == Context::Certain && may_mean_skill(&found))
    };
    let mut next = rejected.iter().peekable();
    let is_near_rejected = |hit: &&Hit| {
        while next.next_if(|rejected| rejected.span.end <= hit.span.start).is_some() {}
        next.peek().is_some_and(|rejected| rejected.span.start < hit.span.end)
    };
    let matters = |hit: &&Hit| hit.kinds.has(Kinds::EXCLUDED) || is_certain(hit) && !touches(&kept, hit.span);
    let hidden: Vec<Hit> = hits.iter().filter(is_near_rejected).filter(matters).copied().collect();
    if !hidden.is_empty() {
        let spans: Vec<Span> = rejected.iter().map(|candidate| candidate.span).collect();
        kept.extend(resolve(coordination, &hidden, &spans));
        kept.sort_unstable_by_key(|candidate| candidate.span.start);
    }
    kept
}

/// Whether one of the candidates, in order and apart, overlaps `span`.
fn touches(candidates: &[Candidate<'_>], span: Span) -> bool {
    let next = candidates.partition_point(|candidate| candidate.span.end <= span.start);
    candidates.get(next).is_some_and(|candidate| candidate.span.start < span.end)
}

#[cfg(test)]
mod tests {
    use crate::classifier::Classifier;
    use crate::lexicon::testing;

    #[test]
    fn what_lies_in_a_phrase_falls_and_hides_nothing_behind_it() {
        // `proof of address` means something else; `of address` lies in it.
        let (mut files, _) = testing::broken("skills/baking.toml", "\"sour dough\"]", "\"of address\"]");
        for (path, text) in &mut files {
            if path == "skills/brewing.toml" {
                *text = text.replace("[\"lautering\"]", "[\"address book\", \"address book of hops\"]");
            }
        }
        let classifier = Classifier::new(testing::load(&files).expect("a sound lexicon"));
        let cases: [(&str, &[&str]); 6] = [
            ("bring proof of address", &[]),
            ("bring proof of address book", &["address book"]),
            ("bring proof of address book of hops", &["address book of hops"]),
            ("write of address books", &["of address"]),
            ("see x@of.address.book, of address", &["of address"]),
            ("proofs of address of address", &["of address", "of address"]),
        ];
        for (text, expected) in cases {
            let mentions = classifier.mentions(text);
            let spans: Vec<&str> = mentions.iter().map(|mention| mention.span.of(text)).collect();
            assert_eq!(spans, expected, "{text:?}");
        }
    }
}
