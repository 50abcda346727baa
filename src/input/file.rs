//! Files that are one posting each: plain text, Markdown, HTML, DOCX, ODT, RTF, PDF.

use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::account::Accounts;
use super::decompress::{Compressed, Compression};
use super::document_account::{DocumentKind, TitleFrom};
use super::job_words::names_a_job;
use super::json_ld::Found;
use super::legacy;
use super::magic::Magic;
use super::meter::{Bytes, Meter, Metered};
use super::stream::{EMPTY, NOT_TEXT, encoding_note, is_blank};
use super::{Pending, Posting, ReadOptions, Skipped, Source, Unread, json_ld, markup, pdf_child, title};
use crate::extract::{
    Growth, Package, PieceBudget, TooManyPieces, decode, docx_to_text, html_to_text, odt_to_text, open_zip, page_names,
    rtf_to_text, size,
};
use crate::file;

/// How the text of a document is got at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Plain text or Markdown, which are read alike.
    Text,
    Html,
    Docx,
    Odt,
    Rtf,
    Pdf,
    /// The content tells.
    Unknown,
}

/// Where the bytes of a document are.
pub(super) enum Content {
    /// In a file, opened only when the posting is read.
    File(PathBuf, Meter),
    /// In a stream, expanded already, and what is known of the stream it was expanded from.
    Stream(Bytes, Option<Compressed>),
}

/// A document not yet read.
pub(super) struct Document {
    pub id: String,
    pub source: String,
    pub format: Format,
    pub content: Content,
    pub options: Arc<ReadOptions>,
    pub accounts: Arc<Accounts>,
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
        let Self { id, source, format, content, options, accounts } = *self;
        let accounts = accounts.of_documents();
        let posting = content.bytes(options.max_document_bytes).and_then(|(bytes, compressed)| {
            let format = format.of_bytes(&bytes)?;
            let read = format.posting(&bytes, &source, &options);
            let kind = read.as_ref().map_or(format, |(format, _)| *format).kind(&source);
            accounts.open(kind);
            let (_, mut posting) = read?;
            let told = compressed.and_then(|compressed| compressed.trailing.get().copied());
            posting.warnings.extend(told.map(str::to_owned));
            Ok((kind, posting))
        });
        let (kind, posting) = posting.map_err(|reason| Skipped::whole(&source, reason))?;
        let (posting, title_from) = with_title(posting, &source);
        accounts.add(kind, &posting, title_from);
        Ok(Posting { id, source, record: None, ..posting })
    }
}

/// A document without a title line has its title from a first line that lists the role with other
/// things, or from the file's name.
fn with_title(posting: Posting, source: &str) -> (Posting, TitleFrom) {
    if !posting.title.is_empty() {
        return (posting, TitleFrom::Document);
    }
    if let Some(title) = title::of_listing(&posting.text).map(str::to_owned) {
        return (Posting { title, ..posting }, TitleFrom::Document);
    }
    let stem = Path::new(source).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let title = stem.and_then(|stem| title::of_file_name(&stem)).unwrap_or_default();
    (Posting { title, ..posting }, TitleFrom::FileName)
}

impl Content {
    /// The bytes of the document, and what is known of the stream they were expanded from.
    fn bytes(self, limit: u64) -> Result<(Vec<u8>, Option<Compressed>), String> {
        let most = limit.saturating_add(1);
        let over = |bytes: &Vec<u8>| {
            let over = bytes.len() as u64 > limit;
            over.then(|| format!("larger than {}, the limit for one document", size(limit))).map_or(Ok(()), Err)
        };
        let (bytes, compressed) = self.read_up_to(most).map_err(|error| error.to_string())?;
        over(&bytes)?;
        let Some(compression) = Compression::of(&bytes) else { return Ok((bytes, compressed)) };
        let mut expanded = Vec::new();
        let (stream, compressed) = compression.expand(Cursor::new(bytes), Growth::STREAM);
        stream.take(most).read_to_end(&mut expanded).map_err(|error| error.to_string())?;
        over(&expanded)?;
        Ok((expanded, Some(compressed)))
    }

    fn read_up_to(self, most: u64) -> io::Result<(Vec<u8>, Option<Compressed>)> {
        let mut bytes = Vec::new();
        match self {
            Self::File(path, meter) => {
                let file = file::open(&path)?;
                let expected = file.metadata()?.len().min(most);
                bytes.try_reserve_exact(usize::try_from(expected).unwrap_or(0))?;
                Metered::new(file, &meter).take(most).read_to_end(&mut bytes)?;
                Ok((bytes, None))
            }
            Self::Stream(stream, compressed) => {
                stream.take(most).read_to_end(&mut bytes)?;
                Ok((bytes, compressed))
            }
        }
    }
}

impl Format {
    /// What the bytes say they are: names may be wrong.
    fn of_bytes(self, bytes: &[u8]) -> Result<Self, String> {
        if is_blank(bytes) {
            return Err(EMPTY.to_owned());
        }
        match Magic::of(bytes) {
            Some(Magic::Zip) => match Package::of(&mut open_zip(bytes)?) {
                Package::Docx => Ok(Self::Docx),
                Package::Odt => Ok(Self::Odt),
                Package::Workbook => {
                    Err("a workbook, whose name says otherwise: give it the ending `.xlsx`".to_owned())
                }
                Package::Folder => {
                    Err("a zip archive, whose name says otherwise: give it the ending `.zip`".to_owned())
                }
                Package::Other(reason) => Err(reason.to_owned()),
            },
            Some(Magic::Pdf) => Ok(Self::Pdf),
            Some(Magic::Rtf) => Ok(Self::Rtf),
            Some(Magic::Ole) => Err(legacy::refusal(bytes)),
            Some(Magic::Sqlite) => Err(legacy::sqlite_refusal(bytes)),
            Some(Magic::Parquet) | None if matches!(self, Self::Docx | Self::Odt | Self::Rtf | Self::Pdf) => {
                Ok(Self::Unknown)
            }
            Some(Magic::Parquet) | None => Ok(self),
        }
    }

    /// What a document of this format is called.
    fn kind(self, source: &str) -> DocumentKind {
        match self {
            Self::Html => DocumentKind::Html,
            Self::Docx => DocumentKind::Docx,
            Self::Odt => DocumentKind::Odt,
            Self::Rtf => DocumentKind::Rtf,
            Self::Pdf => DocumentKind::Pdf,
            Self::Text | Self::Unknown => DocumentKind::of_text(source),
        }
    }

    /// The posting, and what it was read as.
    fn posting(self, bytes: &[u8], source: &str, options: &ReadOptions) -> Result<(Self, Posting), String> {
        let limits = options.limits();
        let (format, posting) = match self {
            Self::Docx => (self, of_converted(docx_to_text(bytes, &limits)?)),
            Self::Odt => (self, of_converted(odt_to_text(bytes, &limits)?)),
            Self::Rtf => (self, of_converted(rtf_to_text(bytes, &limits)?)),
            Self::Pdf => (self, of_converted(pdf_child::text(bytes, &limits, options.reader_program.as_ref())?)),
            Self::Text | Self::Html | Self::Unknown => self.decoded(bytes, source)?,
        };
        if posting.text.trim().is_empty() { Err("no text".to_owned()) } else { Ok((format, posting)) }
    }

    /// The posting in a text or a page.
    fn decoded(self, bytes: &[u8], source: &str) -> Result<(Self, Posting), String> {
        let decoded = decode(bytes).ok_or(NOT_TEXT)?;
        let note = encoding_note(&decoded);
        let (format, mut posting) = if self.is_html(&decoded.text) {
            (Self::Html, of_page(&decoded.text, source).map_err(|error| error.to_string())?)
        } else {
            (Self::Text, Posting::from_text(decoded.text))
        };
        posting.warnings.extend(note);
        Ok((format, posting))
    }

    fn is_html(self, text: &str) -> bool {
        match self {
            Self::Html => true,
            Self::Unknown => markup::is_page(text),
            _ => false,
        }
    }

    /// Whether more is known of it than that it is a document.
    pub(super) fn is_known(self) -> bool {
        self != Self::Unknown
    }
}

/// The posting in a page: what it says of it to search engines, unless that is but a teaser,
/// else its text.
pub(super) fn of_page(html: &str, source: &str) -> Result<Posting, TooManyPieces> {
    let mut budget = PieceBudget::default();
    let found = json_ld::find(html, source, &mut budget)?;
    if let Found::Posting(posting) = found {
        let text = if json_ld::may_be_teaser(&posting.text) { html_to_text(html, &mut budget)? } else { String::new() };
        if !json_ld::is_teaser(&posting.text, &text) {
            return Ok(*posting);
        }
        let shown = shown(html, text, &mut budget)?;
        let title = if posting.title.is_empty() { shown.title } else { posting.title.clone() };
        return Ok(Posting { title, text: shown.text, body_start: shown.body_start, ..*posting });
    }
    let warning = if let Found::Broken(reason) = found { Some(reason.to_owned()) } else { None };
    let text = html_to_text(html, &mut budget)?;
    Ok(Posting { warnings: warning.into_iter().collect(), ..shown(html, text, &mut budget)? })
}

/// The posting that a page shows as its text. A heading in the first line is the title, unless
/// it names no job and the page does elsewhere.
fn shown(html: &str, text: String, budget: &mut PieceBudget) -> Result<Posting, TooManyPieces> {
    let (heading, body_start) = title::of_page(&text);
    let elsewhere = if names_a_job(&heading) { None } else { title::of_names(&page_names(html, budget)?) };
    Ok(Posting { title: elsewhere.unwrap_or(heading), text, body_start, ..Posting::default() })
}

/// The posting in a text that was taken out of a DOCX or a PDF.
fn of_converted(text: String) -> Posting {
    let (title, body_start) = title::of_page(&text);
    if body_start == 0 { Posting::from_text(text) } else { Posting { title, text, body_start, ..Posting::default() } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(format: Format, content: Content) -> Document {
        Document {
            id: "a".to_owned(),
            source: "in/a".to_owned(),
            format,
            content,
            options: Arc::new(ReadOptions { max_document_bytes: 200, ..ReadOptions::default() }),
            accounts: Arc::default(),
        }
    }

    fn read(format: Format, bytes: &[u8]) -> Result<Posting, String> {
        let content = Content::Stream(Box::new(Cursor::new(bytes.to_vec())), None);
        Box::new(document(format, content)).read().map_err(|skipped| skipped.reason)
    }

    #[test]
    fn each_format_gives_title_and_body() {
        let page = b"<html><title>Jobs</title><h1>Cook</h1><p>You <b>cook</b>.</p></html>";
        let linked = b"<p>x</p><script type='application/ld+json'>{\"@type\": \"JobPosting\", \"title\": \"Chef\", \
            \"description\": \"You lead.\"}</script>";
        let cases: [(Format, &[u8], &str, &str); 9] = [
            (Format::Text, b"Cook\n\nYou cook.", "Cook", "You cook."),
            (Format::Text, b"# Cook\nYou cook.", "Cook", "You cook."),
            (Format::Text, b"You cook.", "", "You cook."),
            (Format::Text, b"<p>You cook.</p>", "", "<p>You cook.</p>"),
            (Format::Html, page, "Cook", "You cook."),
            (Format::Unknown, page, "Cook", "You cook."),
            (Format::Unknown, b"Cook\r\n\r\nYou cook.", "Cook", "You cook."),
            (Format::Docx, b"Cook\n\nYou cook.", "Cook", "You cook."),
            (Format::Html, linked, "Chef", "You lead."),
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
        let cases: [(Format, &[u8], &str); 10] = [
            (
                Format::Unknown,
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                "an old Office file: convert it with `soffice --headless --convert-to docx FILE`",
            ),
            (
                Format::Text,
                b"SQLite format 3\0",
                "a SQLite database: write its table to a CSV file with `sqlite3 -header -csv FILE 'SELECT * FROM TABLE' > jobs.csv`",
            ),
            (
                Format::Unknown,
                b"PK\x05\x06\0\0\0\0",
                "a broken zip archive: invalid Zip archive: Unexpected end of zip::format::blocks::Zip32CDEBlock",
            ),
            (Format::Docx, b"", EMPTY),
            (Format::Pdf, b"\0\x01\x02\x03\x04\x05\x06\x07", NOT_TEXT),
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
        let pending = document(Format::Text, content).into_source().next().and_then(Result::ok).map(Pending::read);
        assert!(matches!(pending, Some(Err(Skipped { source, .. })) if source == "in/a"));
    }
}
