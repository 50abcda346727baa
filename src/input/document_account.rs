//! What was read of documents, told by their kind when a run has ended: how many, how long
//! their texts are, and whether they named the job.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use super::Posting;
use super::word_counts::WordCounts;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentKind {
    /// Plain text.
    Text,
    /// Markdown, by its name.
    Markdown,
    /// A page.
    Html,
    /// A Word file.
    Docx,
    /// An `OpenDocument` text.
    Odt,
    /// Rich text.
    Rtf,
    /// A PDF file.
    Pdf,
    /// The text of a message.
    Mail,
}

impl DocumentKind {
    const ALL: [Self; 8] =
        [Self::Text, Self::Markdown, Self::Html, Self::Docx, Self::Odt, Self::Rtf, Self::Pdf, Self::Mail];

    /// What people call one of them.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text file",
            Self::Markdown => "Markdown file",
            Self::Html => "HTML page",
            Self::Docx => "Word file",
            Self::Odt => "OpenDocument text",
            Self::Rtf => "rich text file",
            Self::Pdf => "PDF file",
            Self::Mail => "message",
        }
    }

    /// Of a text, which is Markdown where its name says so.
    pub(super) fn of_text(source: &str) -> Self {
        if has_ending(source, &["md", "markdown"]) { Self::Markdown } else { Self::Text }
    }

    /// Of a message, which is how browsers save a page in one file, too.
    pub(super) fn of_message(source: &str) -> Self {
        if has_ending(source, &["mht", "mhtml"]) { Self::Html } else { Self::Mail }
    }
}

fn has_ending(source: &str, endings: &[&str]) -> bool {
    let ending = Path::new(source).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

/// Where the title of a posting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TitleFrom {
    Document,
    FileName,
}

/// What was read of all documents of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentsRead {
    /// What they are.
    pub kind: DocumentKind,
    /// How many there are, of which some may have been skipped.
    pub documents: u64,
    /// How many postings were read of them.
    pub postings: u64,
    /// The words of the text in the posting in the middle, to some percent.
    pub median_words: u64,
    /// Postings that have their title from the name of the file.
    pub titled_by_file: u64,
    /// Postings without a title.
    pub untitled: u64,
}

/// What is counted of documents while they are read.
#[derive(Debug, Default)]
pub(super) struct DocumentAccounts([DocumentAccount; DocumentKind::ALL.len()]);

#[derive(Debug, Default)]
struct DocumentAccount {
    documents: AtomicU64,
    words: WordCounts,
    titled_by_file: AtomicU64,
    untitled: AtomicU64,
}

impl DocumentAccounts {
    /// Counts a document, whatever comes of it.
    pub(super) fn open(&self, kind: DocumentKind) {
        self.0[kind as usize].documents.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a posting of a document.
    pub(super) fn add(&self, kind: DocumentKind, posting: &Posting, title_from: TitleFrom) {
        let account = &self.0[kind as usize];
        account.words.add(&posting.text);
        if posting.title.is_empty() {
            account.untitled.fetch_add(1, Ordering::Relaxed);
        } else if title_from == TitleFrom::FileName {
            account.titled_by_file.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What has been read so far, of those kinds of which there are documents.
    pub(super) fn read(&self) -> Vec<DocumentsRead> {
        let read = DocumentKind::ALL.into_iter().zip(&self.0).map(|(kind, account)| account.read(kind));
        read.filter(|read| read.documents > 0).collect()
    }
}

impl DocumentAccount {
    fn read(&self, kind: DocumentKind) -> DocumentsRead {
        let (postings, median_words) = self.words.count_and_median();
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        let (documents, titled_by_file) = (count(&self.documents), count(&self.titled_by_file));
        DocumentsRead { kind, documents, postings, median_words, titled_by_file, untitled: count(&self.untitled) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_counted_by_their_kind() {
        let accounts = DocumentAccounts::default();
        let posting =
            |title: &str| Posting { title: title.to_owned(), text: "You cook.".to_owned(), ..Posting::default() };
        accounts.open(DocumentKind::Pdf);
        for kind in [DocumentKind::of_text("a.md"), DocumentKind::of_text("in/b.MD"), DocumentKind::of_text("md")] {
            accounts.open(kind);
            accounts.add(kind, &posting(""), TitleFrom::Document);
            accounts.add(kind, &posting("Cook"), TitleFrom::FileName);
            accounts.add(kind, &posting("Cook"), TitleFrom::Document);
        }
        let of = |kind, documents, postings, median_words, by_file| DocumentsRead {
            kind,
            documents,
            postings,
            median_words,
            titled_by_file: by_file,
            untitled: by_file,
        };
        let expected = [
            of(DocumentKind::Text, 1, 3, 2, 1),
            of(DocumentKind::Markdown, 2, 6, 2, 2),
            of(DocumentKind::Pdf, 1, 0, 0, 0),
        ];
        assert_eq!(accounts.read(), expected);
    }
}
