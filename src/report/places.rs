//! Lines and columns of mentions, in the text or in the title.

use crate::document::Section;
use crate::input::Posting;
use crate::matching::Mention;
use crate::text::{LineIndex, Place};

/// The text that the span of a mention is a place of: the posting's, or its title.
pub(super) fn text_around<'p>(posting: &'p Posting, mention: &Mention) -> &'p str {
    if mention.section == Section::Title { &posting.title } else { &posting.text }
}

/// The lines of a posting's text, and those of its title.
pub(super) struct Places<'p> {
    text: LineIndex<'p>,
    title: LineIndex<'p>,
}

impl<'p> Places<'p> {
    pub(super) fn of(posting: &'p Posting) -> Self {
        Self { text: LineIndex::new(&posting.text), title: LineIndex::new(&posting.title) }
    }

    /// Where a mention begins.
    pub(super) fn of_mention(&self, mention: &Mention) -> Place {
        let lines = if mention.section == Section::Title { &self.title } else { &self.text };
        lines.place(mention.span.start)
    }
}
