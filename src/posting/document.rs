//! Files that are one posting each: plain text, Markdown, HTML.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use super::stream::{Bytes, EMPTY, Meter, Metered, NOT_TEXT, encoding_note, is_blank, size};
use super::{Pending, Posting, Skipped, Source, Unread, title};
use crate::text::{decode, html_to_text};

/// How the text of a document is got at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Plain text or Markdown, which are read alike.
    Text,
    Html,
    /// Text or HTML: the content tells.
    Unknown,
}

/// Where the bytes of a document are.
pub(super) enum Content {
    /// In a file, opened only when the posting is read.
    File(PathBuf, Meter),
    Stream(Bytes),
}

/// A document not yet read.
pub(super) struct Document {
    pub id: String,
    pub source: String,
    pub format: Format,
    pub content: Content,
    /// The most bytes that are read.
    pub limit: u64,
}

impl Document {
    pub(super) fn into_source(self) -> Box<dyn Source> {
        Box::new(Single(Some(Pending::new(self))))
    }
}

struct Single(Option<Pending>);

impl Source for Single {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        self.0.take().map(Ok)
    }
}

impl Unread for Document {
    fn source(&self) -> &str {
        &self.source
    }

    fn record(&self) -> Option<u64> {
        None
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let Self { id, source, format, content, limit } = *self;
        let parts = content.bytes(limit).and_then(|bytes| format.parts(&bytes));
        let Parts { title, text, body_start, warnings } = parts.map_err(|reason| Skipped::whole(&source, reason))?;
        Ok(Posting { id, source, title, text, body_start, warnings, ..Posting::default() })
    }
}

impl Content {
    fn bytes(self, limit: u64) -> Result<Vec<u8>, String> {
        let bytes = self.read_up_to(limit.saturating_add(1)).map_err(|error| error.to_string())?;
        if bytes.len() as u64 > limit {
            return Err(format!("larger than {}, the limit for one document", size(limit)));
        }
        Ok(bytes)
    }

    fn read_up_to(self, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Self::File(path, meter) => {
                let file = File::open(path)?;
                let expected = file.metadata()?.len().min(most);
                bytes.reserve(usize::try_from(expected).unwrap_or(0));
                Metered::new(file, &meter).take(most).read_to_end(&mut bytes)?;
            }
            Self::Stream(stream) => {
                stream.take(most).read_to_end(&mut bytes)?;
            }
        }
        Ok(bytes)
    }
}

/// What a document holds.
struct Parts {
    title: String,
    text: String,
    body_start: usize,
    warnings: Vec<String>,
}

impl Format {
    fn parts(self, bytes: &[u8]) -> Result<Parts, String> {
        if is_blank(bytes) {
            return Err(EMPTY.to_owned());
        }
        let decoded = decode(bytes).ok_or(NOT_TEXT)?;
        let warnings = encoding_note(&decoded).into_iter().collect();
        let (text, (title, body_start)) = if self.is_html(&decoded.text) {
            let text = html_to_text(&decoded.text);
            let title = title::of_page(&text);
            (text, title)
        } else {
            let title = title::of_text(&decoded.text);
            (decoded.text, title)
        };
        if text.trim().is_empty() {
            return Err("no text".to_owned());
        }
        Ok(Parts { title, text, body_start, warnings })
    }

    fn is_html(self, text: &str) -> bool {
        match self {
            Self::Text => false,
            Self::Html => true,
            Self::Unknown => {
                let start: String = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
                start.starts_with("<!doctype html") || start.starts_with("<html")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read(format: Format, bytes: &[u8]) -> Result<Posting, String> {
        let content = Content::Stream(Box::new(Cursor::new(bytes.to_vec())));
        let document = Document { id: "a".to_owned(), source: "in/a".to_owned(), format, content, limit: 200 };
        Box::new(document).read().map_err(|skipped| skipped.reason)
    }

    #[test]
    fn each_format_gives_title_and_body() {
        let page = b"<html><title>Jobs</title><h1>Cook</h1><p>You <b>cook</b>.</p></html>";
        let cases: [(Format, &[u8], &str, &str); 7] = [
            (Format::Text, b"Cook\n\nYou cook.", "Cook", "You cook."),
            (Format::Text, b"# Cook\nYou cook.", "Cook", "You cook."),
            (Format::Text, b"You cook.", "", "You cook."),
            (Format::Text, b"<p>You cook.</p>", "", "<p>You cook.</p>"),
            (Format::Html, page, "Cook", "You cook."),
            (Format::Unknown, page, "Cook", "You cook."),
            (Format::Unknown, b"Cook\r\n\r\nYou cook.", "Cook", "You cook."),
        ];
        for (format, bytes, title, body) in cases {
            let posting = read(format, bytes);
            let found = posting.as_ref().map(|posting| (posting.title.as_str(), posting.body()));
            assert_eq!(found, Ok((title, body)), "{format:?}");
        }
    }

    #[test]
    fn the_title_line_stays_in_the_text() {
        let text = read(Format::Text, b"Cook\n\nYou cook.").map(|posting| posting.text);
        assert_eq!(text.as_deref(), Ok("Cook\n\nYou cook."));
    }

    #[test]
    fn a_guessed_encoding_is_noted() {
        let posting = read(Format::Text, b"You cook in the caf\xe9 \x96 and na\xefve r\xe9sum\xe9s are welcome");
        let found = posting.as_ref().map(|posting| (posting.text.as_str(), posting.warnings.as_slice()));
        let warnings = ["read as windows-1252".to_owned()];
        assert_eq!(found, Ok(("You cook in the café – and naïve résumés are welcome", warnings.as_slice())));
    }

    #[test]
    fn what_is_no_posting_is_skipped_with_the_reason() {
        let long = vec![b'x'; 201];
        let cases: [(Format, &[u8], &str); 5] = [
            (Format::Text, b"", EMPTY),
            (Format::Unknown, b" \n\t\n", EMPTY),
            (Format::Unknown, b"\x89PNG\r\n\x1a\n", NOT_TEXT),
            (Format::Html, b"<html><script>x()</script></html>", "no text"),
            (Format::Text, &long, "larger than 200 bytes, the limit for one document"),
        ];
        for (format, bytes, expected) in cases {
            assert_eq!(read(format, bytes), Err(expected.to_owned()), "{bytes:?}");
        }
    }

    #[test]
    fn a_file_is_opened_only_when_read() {
        let content = Content::File(PathBuf::from("no/such/file"), Meter::default());
        let document =
            Document { id: "a".to_owned(), source: "in/a".to_owned(), format: Format::Text, content, limit: 9 };
        let pending = document.into_source().next().and_then(Result::ok).map(Pending::read);
        assert!(matches!(pending, Some(Err(Skipped { source, .. })) if source == "in/a"));
    }
}
