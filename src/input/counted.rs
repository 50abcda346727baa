//! Postings of documents that may hold several, counted while they are read.

use std::sync::Arc;

use super::account::Accounts;
use super::document_account::{DocumentKind, TitleFrom};
use super::{Pending, Posting, Skipped, Source, Unread};

/// A posting of a document that may hold several, counted when it is read.
pub(super) struct Counted {
    pending: Pending,
    kind: DocumentKind,
    accounts: Arc<Accounts>,
}

impl Counted {
    pub(super) fn pending(pending: Pending, kind: DocumentKind, accounts: &Arc<Accounts>) -> Pending {
        Pending::new(Self { pending, kind, accounts: Arc::clone(accounts) })
    }
}

impl Unread for Counted {
    fn source(&self) -> &str {
        self.pending.source()
    }

    fn record(&self) -> Option<u64> {
        self.pending.record()
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let posting = self.pending.read()?;
        self.accounts.of_documents().add(self.kind, &posting, TitleFrom::Document);
        Ok(posting)
    }
}

/// The postings of one document that holds several.
pub(super) struct Several {
    postings: Box<dyn Source>,
    kind: DocumentKind,
    accounts: Arc<Accounts>,
}

impl Several {
    pub(super) fn new(postings: Box<dyn Source>, kind: DocumentKind, accounts: &Arc<Accounts>) -> Self {
        accounts.of_documents().open(kind);
        Self { postings, kind, accounts: Arc::clone(accounts) }
    }
}

impl Source for Several {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        let next = self.postings.next()?;
        Some(next.map(|pending| Counted::pending(pending, self.kind, &self.accounts)))
    }
}
