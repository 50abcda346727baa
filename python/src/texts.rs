//! Postings out of Python's strings, and their verdicts.

use pyo3::prelude::*;
use rolelean::posting::{Pending, Posting, Skipped, Source};
use rolelean::run::{Classified, Sink, SinkError};
use rolelean::text::{Budget, TooMuchWork, html_to_text, looks_like_html};

use crate::errors::internal;
use crate::verdict::Verdict;

/// A text and, where it is known, its title.
pub(crate) type TitledText = (String, Option<String>);

/// The posting in a text. Without a title it may have one in its first line, as a file may.
///
/// # Errors
/// When the text is HTML of more pieces than a posting may be made of.
pub(crate) fn pending((text, title): TitledText) -> Result<Pending, Skipped> {
    let too_much =
        |error: TooMuchWork| Skipped { source: String::new(), record: None, id: None, reason: error.to_string() };
    let text =
        if looks_like_html(&text) { html_to_text(&text, &mut Budget::default()).map_err(too_much)? } else { text };
    let posting = match title {
        Some(title) => {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            Posting { title, text, ..Posting::default() }
        }
        None => Posting::from_text(text),
    };
    Ok(posting.into())
}

/// Hands out texts one after another.
pub(crate) struct Texts<I>(pub I);

impl<I: Iterator<Item = TitledText> + Send> Source for Texts<I> {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        self.0.next().map(pending)
    }
}

/// Gathers the verdicts.
pub(crate) struct Verdicts<'l> {
    lexicon: &'l rolelean::Lexicon,
    verdicts: Vec<Verdict>,
    failed: Option<Skipped>,
}

impl<'l> Verdicts<'l> {
    /// None yet.
    pub(crate) fn new(lexicon: &'l rolelean::Lexicon) -> Self {
        Self { lexicon, verdicts: Vec::new(), failed: None }
    }

    /// One verdict for each text.
    ///
    /// # Errors
    /// When a posting could not be analysed, or was too much work to take apart.
    pub(crate) fn into_inner(self) -> PyResult<Vec<Verdict>> {
        match self.failed {
            Some(skipped) => Err(internal(format!("text {}: {}", self.verdicts.len(), skipped.reason))),
            None => Ok(self.verdicts),
        }
    }
}

impl Sink for Verdicts<'_> {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        if self.failed.is_none() {
            self.verdicts.push(Verdict::of(self.lexicon, result));
        }
        Ok(())
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        self.failed.get_or_insert_with(|| skipped.clone());
        Ok(())
    }
}
