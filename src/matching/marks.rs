//! Which mention each place of a text is marked as, where duties overlap other mentions.

use super::Mention;
use crate::text::Span;

/// Pieces of text that lie apart, from left to right, each with the mention that it is marked as: the
/// shortest of those that cover it. A duty is so interrupted by the skills between its verb and its object.
///
/// ```
/// use rolelean::matching::{Mention, marks};
/// use rolelean::{Classifier, Lexicon};
///
/// let classifier = Classifier::new(Lexicon::builtin());
/// let text = "You administer our many Linux servers.";
/// let mentions = classifier.mentions(text);
/// let marked: Vec<&str> = marks(&mentions).iter().map(|(span, _)| span.of(text)).collect();
/// assert_eq!(marked, ["administer our many ", "Linux servers"]);
/// ```
#[must_use]
pub fn marks<'m>(mentions: impl IntoIterator<Item = &'m Mention>) -> Vec<(Span, &'m Mention)> {
    let mut mentions: Vec<&Mention> = mentions.into_iter().collect();
    mentions.sort_by_key(|mention| mention.span);
    let mut edges: Vec<usize> = mentions.iter().flat_map(|mention| [mention.span.start, mention.span.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut pieces: Vec<(Span, &Mention)> = Vec::new();
    let mut waiting = mentions.into_iter().peekable();
    let mut open: Vec<&Mention> = Vec::new();
    for edge in edges.windows(2) {
        let (start, end) = (edge[0], edge[1]);
        open.retain(|mention| mention.span.end > start);
        while let Some(mention) = waiting.next_if(|mention| mention.span.start <= start) {
            open.push(mention);
        }
        let Some(shortest) = open.iter().min_by_key(|mention| mention.span.end - mention.span.start) else { continue };
        match pieces.last_mut() {
            Some((span, mention)) if span.end == start && std::ptr::eq(*mention, *shortest) => span.end = end,
            _ => pieces.push((Span::new(start, end), shortest)),
        }
    }
    pieces
}
