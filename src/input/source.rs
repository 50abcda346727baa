//! Where postings come from, one after another, and what of reading them can wait.

use std::fmt;

use super::{DocumentsRead, Posting, Skipped, TableRead};

/// Hands out postings one after another.
pub trait Source: Send {
    /// The next posting or skipped input, and `None` after the last.
    fn next(&mut self) -> Option<Result<Pending, Skipped>>;

    /// What has been read of tables so far: which of their columns, and how long the texts are.
    fn tables(&self) -> Vec<TableRead> {
        Vec::new()
    }

    /// What has been read of documents so far, by their kind.
    fn documents(&self) -> Vec<DocumentsRead> {
        Vec::new()
    }

    /// Has `call` called within [`Self::next`] before each read that may have to wait for
    /// whoever writes to a pipe, so that what was handed out before need not wait with it.
    /// `None` ends that. Sources that never wait do nothing.
    fn before_waiting(&mut self, call: Option<BeforeWaiting>) {
        let _ = call;
    }
}

/// What is called before a read that may have to wait.
pub type BeforeWaiting = Box<dyn FnMut() + Send>;

/// A posting still to be read: a document not yet opened, a row not yet cleaned.
pub struct Pending(Box<dyn Unread>);

impl Pending {
    pub(crate) fn new(unread: impl Unread + 'static) -> Self {
        Self(Box::new(unread))
    }

    /// The file it comes from, as reports show it.
    #[must_use]
    pub fn source(&self) -> &str {
        self.0.source()
    }

    /// The record in a table, counted from 1; none for a file that is one posting.
    #[must_use]
    pub fn record(&self) -> Option<u64> {
        self.0.record()
    }

    /// Reads the posting; any thread may do so.
    ///
    /// # Errors
    /// [`Skipped`] says why there is no posting to be had.
    pub fn read(self) -> Result<Posting, Skipped> {
        self.0.read().map(Posting::finished)
    }
}

impl From<Posting> for Pending {
    /// A posting that is there already, for sources that hold postings in memory.
    fn from(posting: Posting) -> Self {
        Self::new(posting)
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending").field("source", &self.source()).field("record", &self.record()).finish()
    }
}

/// The work that [`Pending::read`] puts off.
pub(crate) trait Unread: Send {
    fn source(&self) -> &str;
    fn record(&self) -> Option<u64>;
    fn read(self: Box<Self>) -> Result<Posting, Skipped>;
}

impl Unread for Posting {
    fn source(&self) -> &str {
        &self.source
    }

    fn record(&self) -> Option<u64> {
        self.record
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        Ok(*self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pending_posting_knows_its_place() {
        let posting = Posting { source: "jobs.csv".to_owned(), record: Some(3), ..Posting::default() };
        let pending = Pending::from(posting);
        assert_eq!((pending.source(), pending.record()), ("jobs.csv", Some(3)));
        assert_eq!(format!("{pending:?}"), "Pending { source: \"jobs.csv\", record: Some(3) }");
    }
}
