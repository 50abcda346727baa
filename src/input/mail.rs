//! Mail: a message, or a page that a browser saved as one (`.mht`), as postings.
//!
//! The body is one posting, or several where it is a digest that says where each begins. What is attached is
//! opened as a file of its own would be.

use std::collections::VecDeque;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mailparse::{DispositionType, MailHeaderMap, ParsedMail, parse_mail};

use super::account::Accounts;
use super::archive::OpenMember;
use super::counted::Counted;
use super::detect::{Container, Kind};
use super::document_account::DocumentKind;
use super::file::of_page;
use super::magic::Magic;
use super::mail_digest::{self, Body, split};
use super::walk::Entry;
use super::{Pending, Posting, ReadOptions, Skipped, Source, Unread, title};
use crate::extract::{decode, size};

/// How many messages may be attached in one another.
const MOST_DEEP: usize = 5;
/// The fewest words of a body that is read as a posting although a document is attached: "Please find attached ..."
const LEAST_WORDS: usize = 60;
/// What mail programs put before the subject of an answer, in lower case.
const ANSWERS: [&str; 8] = ["re:", "fw:", "fwd:", "aw:", "wg:", "tr:", "sv:", "rv:"];

/// Opens a message.
pub(super) fn open(stream: impl Read, entry: &Entry, reader: Reader) -> Result<Box<dyn Source>, Skipped> {
    let limit = reader.options.max_document_bytes;
    let mut bytes = Vec::new();
    let read = stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string());
    let place = Place { id: entry.id.clone(), source: entry.source.clone(), record: None };
    let postings = read.and_then(|_| match bytes.len() as u64 > limit {
        true => Err(format!("larger than {}, the limit for one message", size(limit))),
        false => Arc::new(reader).postings(&bytes, &place),
    });
    match postings {
        Ok(postings) => Ok(Box::new(postings)),
        Err(reason) => Err(Skipped::whole(&place.source, reason)),
    }
}

/// Where a message stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub id: String,
    pub source: String,
    /// The message in its mailbox, counted from 1.
    pub record: Option<u64>,
}

impl Place {
    /// Where what is attached under this name is said to stand.
    fn attached(&self, name: &str) -> Entry {
        // Two messages of a mailbox may have attachments of one name.
        let message = self.record.map(|record| format!("#{record}")).unwrap_or_default();
        Entry {
            id: format!("{}/{name}", self.id),
            source: format!("{}{message}/{name}", self.source),
            path: PathBuf::from(name),
            given: false,
        }
    }
}

/// What messages are read with.
pub(super) struct Reader {
    pub options: Arc<ReadOptions>,
    pub accounts: Arc<Accounts>,
    /// Opens what is attached.
    pub opener: Box<dyn OpenMember>,
}

impl Reader {
    /// The postings of a message.
    pub(super) fn postings(self: &Arc<Self>, bytes: &[u8], place: &Place) -> Result<Postings, String> {
        if bytes.trim_ascii().is_empty() {
            return Err(super::stream::EMPTY.to_owned());
        }
        let mut gathered = VecDeque::new();
        self.gather(bytes, place, &mut gathered, 0)?;
        if gathered.is_empty() {
            return Err("a message without text".to_owned());
        }
        Ok(Postings { gathered, open: None, reader: Arc::clone(self) })
    }

    fn gather(&self, bytes: &[u8], place: &Place, gathered: &mut VecDeque<Piece>, depth: usize) -> Result<(), String> {
        if depth > MOST_DEEP {
            return Err(format!("messages attached more than {MOST_DEEP} deep"));
        }
        let mail = parse_mail(bytes).map_err(|error| format!("not a message: {error}"))?;
        let mut parts = Parts::default();
        parts.gather(&mail);
        let attached = parts.attached.len();
        let body = parts.body().filter(|body| attached == 0 || body.text.split_whitespace().count() >= LEAST_WORDS);
        if let Some(body) = body {
            let notes = std::mem::take(&mut parts.notes);
            gathered.extend(self.said(&body, &subject(&mail), place, notes));
        }
        for (name, content) in parts.attached {
            gathered.push_back(Piece::Attached(place.attached(&name), content));
        }
        for (number, message) in parts.messages.iter().enumerate() {
            let place = Place { id: format!("{}/message-{}", place.id, number + 1), ..place.clone() };
            self.gather(message, &place, gathered, depth + 1)?;
        }
        Ok(())
    }

    /// The postings in the text of a message; the first has the notes.
    fn said(&self, body: &Body, subject: &str, place: &Place, notes: Vec<String>) -> Vec<Piece> {
        let kind = DocumentKind::of_message(&place.source);
        self.accounts.of_documents().open(kind);
        let notes = std::iter::once(notes).chain(std::iter::repeat_with(Vec::new));
        let message = |((number, piece), notes): ((usize, mail_digest::Piece), Vec<String>)| {
            let id = if number == 0 { place.id.clone() } else { format!("{}/{}", place.id, number + 1) };
            let subject = piece.subject.unwrap_or_else(|| subject.to_owned());
            let (place, is_html) = (Place { id, ..place.clone() }, body.is_html);
            let message = Message { place, subject, notes, is_html, text: piece.text };
            Piece::Said(Counted::pending(Pending::new(message), kind, &self.accounts))
        };
        split(body).into_iter().enumerate().zip(notes).map(message).collect()
    }
}

/// A part of a message that holds postings.
enum Piece {
    /// A posting in its text.
    Said(Pending),
    /// What is attached, with its bytes.
    Attached(Entry, Vec<u8>),
}

/// The postings of one message.
pub(super) struct Postings {
    gathered: VecDeque<Piece>,
    /// What is attached and being read.
    open: Option<Box<dyn Source>>,
    reader: Arc<Reader>,
}

impl Source for Postings {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        loop {
            if let Some(next) = self.open.as_mut().and_then(|open| open.next()) {
                return Some(next);
            }
            self.open = None;
            match self.gathered.pop_front()? {
                Piece::Said(pending) => return Some(Ok(pending)),
                Piece::Attached(entry, content) => {
                    match self.reader.opener.open_member(Box::new(Cursor::new(content)), entry) {
                        Ok(source) => self.open = Some(source),
                        Err(skipped) => return Some(Err(skipped)),
                    }
                }
            }
        }
    }
}

/// What a message is about, without "Re:" and "Fwd:".
fn subject(mail: &ParsedMail<'_>) -> String {
    let subject = mail.headers.get_first_value("Subject").unwrap_or_default();
    let mut rest = subject.trim();
    while let Some(answer) =
        ANSWERS.iter().find(|answer| rest.get(..answer.len()).is_some_and(|start| start.eq_ignore_ascii_case(answer)))
    {
        rest = rest[answer.len()..].trim_start();
    }
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a message is made of.
#[derive(Default)]
struct Parts {
    bodies: Vec<Body>,
    /// The names and the bytes of what is attached.
    attached: Vec<(String, Vec<u8>)>,
    messages: Vec<Vec<u8>>,
    /// What is worth a warning.
    notes: Vec<String>,
}

impl Parts {
    /// Takes a part, and those in it that are to be read. The parser bounds how deep they stand.
    fn gather(&mut self, part: &ParsedMail<'_>) {
        match part.ctype.mimetype.as_str() {
            // The same in several forms: the last is the richest, as the standard has it.
            "multipart/alternative" => {
                let richest = part.subparts.iter().rev().find(|part| holds(part, "text/html"));
                if let Some(part) = richest.or(part.subparts.last()) {
                    self.gather(part);
                }
            }
            // A page, and the pictures in it.
            "multipart/related" => {
                let page = part.subparts.iter().find(|part| holds(part, "text/html"));
                if let Some(part) = page.or(part.subparts.first()) {
                    self.gather(part);
                }
            }
            kind if kind.starts_with("multipart/") => part.subparts.iter().for_each(|part| self.gather(part)),
            "message/rfc822" => self.messages.extend(part.get_body_raw()),
            kind => self.leaf(part, kind),
        }
    }

    fn leaf(&mut self, part: &ParsedMail<'_>, kind: &str) {
        let disposition = part.get_content_disposition();
        let name = disposition.params.get("filename").or_else(|| part.ctype.params.get("name"));
        let is_attached = disposition.disposition == DispositionType::Attachment;
        let is_text = matches!(kind, "text/plain" | "text/html");
        match name.filter(|_| is_attached || !is_text) {
            Some(name) => self.attached(part, name),
            None if is_text => self.bodies.extend(body(part, kind == "text/html")),
            None => {}
        }
    }

    /// Takes what is attached, if it may hold postings: pictures, signatures and dates may not.
    fn attached(&mut self, part: &ParsedMail<'_>, name: &str) {
        // The name is shown, and nothing is called by it.
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let kind = Kind::of_name(Path::new(name));
        let bytes = match part.get_body_raw() {
            Ok(bytes) => bytes,
            Err(error) => return self.notes.push(format!("the attachment `{name}` cannot be read: {error}")),
        };
        match kind {
            Kind::Container(Container::Mail) => self.messages.push(bytes),
            Kind::Document(format) if !format.is_known() && !is_read_without_format(name, &bytes) => {}
            Kind::Document(_) | Kind::Table(_) | Kind::Container(_) => self.attached.push((name.to_owned(), bytes)),
        }
    }

    /// The text of the message: of the forms it comes in, HTML.
    fn body(&self) -> Option<Body> {
        let is_html = self.bodies.iter().any(|body| body.is_html);
        let texts = self.bodies.iter().filter(|body| body.is_html == is_html).map(|body| body.text.as_str());
        let text = texts.collect::<Vec<_>>().join("\n\n");
        (!text.trim().is_empty()).then_some(Body { is_html, text })
    }
}

/// Whether what is attached under a name that does not tell its format may hold postings.
fn is_read_without_format(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    [".txt", ".xml"].iter().any(|ending| name.ends_with(ending)) || Magic::of(bytes).is_some()
}

/// Whether a part is of a type or holds one that is.
fn holds(part: &ParsedMail<'_>, kind: &str) -> bool {
    part.parts().any(|part| part.ctype.mimetype == kind)
}

/// The text of a part, in the encoding it names, else in that which it seems to be in.
fn body(part: &ParsedMail<'_>, is_html: bool) -> Option<Body> {
    let named = part.ctype.params.get("charset").filter(|name| !name.eq_ignore_ascii_case("us-ascii"));
    let text = match named {
        Some(_) => part.get_body().ok(),
        None => part.get_body_raw().ok().and_then(|bytes| decode(&bytes)).map(|decoded| decoded.text),
    };
    let flowed = part.ctype.params.get("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
    let text = text?;
    Some(Body { is_html, text: if flowed && !is_html { unflowed(&text) } else { text } })
}

/// The text with its lines joined that go on in the next (RFC 3676).
fn unflowed(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        joined.push_str(line);
        // The line of two dashes stands before a signature.
        if !line.ends_with(' ') || line == "-- " {
            joined.push('\n');
        }
    }
    joined
}

/// A message, or one posting of it, still to be read.
struct Message {
    place: Place,
    subject: String,
    notes: Vec<String>,
    is_html: bool,
    text: String,
}

impl Unread for Message {
    fn source(&self) -> &str {
        &self.place.source
    }

    fn record(&self) -> Option<u64> {
        self.place.record
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let Self { place: Place { id, source, record }, subject, notes, is_html, text } = *self;
        let skipped = |reason: String| Skipped { record, ..Skipped::whole(&source, reason) };
        let mut posting = if is_html {
            of_page(&text, &source).map_err(|error| skipped(error.to_string()))?
        } else {
            of_plain(text, &subject)
        };
        if posting.text.trim().is_empty() {
            return Err(skipped("no text".to_owned()));
        }
        if posting.title.is_empty() {
            posting.title = subject;
        }
        posting.warnings.extend(notes);
        Ok(Posting { id, source, record, ..posting })
    }
}

/// A text under a subject, which it may begin with.
fn of_plain(text: String, subject: &str) -> Posting {
    let (first, body_start) = title::of_text(&text);
    if subject.is_empty() || first.eq_ignore_ascii_case(subject) {
        return Posting { title: first, text, body_start, ..Posting::default() };
    }
    Posting { title: subject.to_owned(), text, ..Posting::default() }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::input::meter::Bytes;

    /// Reads what is attached as one text, whatever it is.
    struct AsText;

    impl OpenMember for AsText {
        fn open_member(&self, mut stream: Bytes, entry: Entry) -> Result<Box<dyn Source>, Skipped> {
            let mut text = String::new();
            let read =
                stream.read_to_string(&mut text).map_err(|error| Skipped::whole(&entry.source, error.to_string()));
            let posting = Posting { id: entry.id, source: entry.source, ..Posting::from_text(text) };
            let said = read.map(|_| Piece::Said(posting.into()))?;
            Ok(Box::new(Postings { gathered: [said].into(), open: None, reader: reader(Arc::default()) }))
        }
    }

    /// Reads messages; what is attached to them is one text.
    pub(in super::super) fn reader(options: Arc<ReadOptions>) -> Arc<Reader> {
        Arc::new(Reader { options, accounts: Arc::default(), opener: Box::new(AsText) })
    }

    const SHORT: &str = "You cook for ninety guests.";

    fn read(mail: &str) -> Vec<String> {
        let place = Place { id: "a.eml".to_owned(), source: "in/a.eml".to_owned(), record: None };
        let short = |pending: Result<Pending, Skipped>| match pending.and_then(Pending::read) {
            Ok(posting) => format!("{}: {}: {}", posting.id, posting.title, posting.body().trim()),
            Err(skipped) => skipped.to_string(),
        };
        match reader(Arc::default()).postings(mail.replace('\n', "\r\n").as_bytes(), &place) {
            Ok(mut postings) => std::iter::from_fn(|| postings.next()).map(short).collect(),
            Err(reason) => vec![reason],
        }
    }

    /// A message of parts, which stand between lines `--b`.
    fn parts(kind: &str, parts: &[String]) -> String {
        format!("Subject: Cook\nContent-Type: multipart/{kind}; boundary=b\n\n--b\n{}\n--b--\n", parts.join("\n--b\n"))
    }

    fn part(kind: &str, text: &str) -> String {
        format!("Content-Type: {kind}\n\n{text}")
    }

    fn attachment(name: &str, text: &str) -> String {
        format!(
            "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"\n\n{text}"
        )
    }

    #[test]
    fn a_message_is_read_for_its_richest_text() {
        let html = part("text/html; charset=utf-8", "<p>You <b>cook</b>.</p>");
        let plain = part("text/plain", "You cook, plainly.");
        let cases = [
            (
                format!("Subject: =?utf-8?q?Caf=C3=A9_Cook?=\n\n{SHORT}"),
                "a.eml: Caf\u{e9} Cook: You cook for ninety guests.",
            ),
            (format!("Subject: Re: FWD: Cook\n\n{SHORT}"), "a.eml: Cook: You cook for ninety guests."),
            (format!("Subject: cook\n\nCook\n\n{SHORT}"), "a.eml: Cook: You cook for ninety guests."),
            (format!("From: x\n\nCook\n\n{SHORT}"), "a.eml: Cook: You cook for ninety guests."),
            (parts("alternative", &[plain.clone(), html.clone()]), "a.eml: Cook: You cook."),
            (parts("alternative", &[html.clone(), plain.clone()]), "a.eml: Cook: You cook."),
            (parts("related", &[part("image/png", "x"), html.clone()]), "a.eml: Cook: You cook."),
            (parts("mixed", &[plain.clone(), attachment("cat.png", "x")]), "a.eml: Cook: You cook, plainly."),
            (
                "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nYou c=\nook=21".to_owned(),
                "a.eml: : You cook!",
            ),
            ("Content-Type: text/plain; format=flowed\n\nYou \ncook.\n".to_owned(), "a.eml: : You cook."),
            (
                "Content-Type: text/plain\n\nYou cook in the caf\u{e9}.".to_owned(),
                "a.eml: : You cook in the caf\u{e9}.",
            ),
            (
                "Subject: x\nContent-Type: text/html\n\n<h1>Chef</h1><p>You cook.</p>".to_owned(),
                "a.eml: Chef: You cook.",
            ),
            ("Subject: Cook\n\n".to_owned(), "a message without text"),
        ];
        for (mail, expected) in cases {
            assert_eq!(read(&mail), [expected], "{mail}");
        }
    }

    #[test]
    fn what_is_attached_is_read_too() {
        let long = part("text/plain", &"You cook for ninety guests every day. ".repeat(10));
        let cover = part("text/plain", "The posting is attached.");
        let jobs = attachment("ad/Baker.txt", "Baker\n\nYou bake.");
        let read_of = |all: &[String]| read(&parts("mixed", all));
        assert_eq!(read_of(&[cover, jobs.clone()]), ["a.eml/Baker.txt: Baker: You bake."]);
        assert_eq!(read_of(&[long, jobs]).len(), 2);
        let forwarded = part("message/rfc822", "Subject: Baker\n\nYou bake.");
        assert_eq!(read_of(&[forwarded]), ["a.eml/message-1: Baker: You bake."]);
    }
}
