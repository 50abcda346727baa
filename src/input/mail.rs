//! Mail: a message, or a page that a browser saved as one (`.mht`), as postings.
//!
//! The body is one posting, or several where it is a digest that says where each begins; so is each
//! document that is attached.

use std::collections::VecDeque;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use mailparse::{DispositionType, MailHeaderMap, ParsedMail, parse_mail};

use super::detect::Kind;
use super::file::{Content, Document, Format, of_page};
use super::mail_digest::{Body, split};
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
pub(super) fn open(stream: impl Read, entry: &Entry, options: Arc<ReadOptions>) -> Result<Box<dyn Source>, Skipped> {
    let limit = options.max_document_bytes;
    let mut bytes = Vec::new();
    let read = stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string());
    let place = Place { id: entry.id.clone(), source: entry.source.clone(), record: None };
    let postings = read.and_then(|_| match bytes.len() as u64 > limit {
        true => Err(format!("larger than {}, the limit for one message", size(limit))),
        false => postings(&bytes, &place, &options),
    });
    match postings {
        Ok(postings) => Ok(Box::new(Postings(postings))),
        Err(reason) => Err(Skipped::whole(&place.source, reason)),
    }
}

/// The postings of one message.
struct Postings(VecDeque<Pending>);

impl Source for Postings {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        self.0.pop_front().map(Ok)
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

/// The postings of a message.
pub(super) fn postings(bytes: &[u8], place: &Place, options: &Arc<ReadOptions>) -> Result<VecDeque<Pending>, String> {
    if bytes.trim_ascii().is_empty() {
        return Err(super::stream::EMPTY.to_owned());
    }
    let mut gathered = VecDeque::new();
    gather_message(bytes, place, options, &mut gathered, 0)?;
    if gathered.is_empty() { Err("a message without text".to_owned()) } else { Ok(gathered) }
}

fn gather_message(
    bytes: &[u8],
    place: &Place,
    options: &Arc<ReadOptions>,
    gathered: &mut VecDeque<Pending>,
    depth: usize,
) -> Result<(), String> {
    if depth > MOST_DEEP {
        return Err(format!("messages attached more than {MOST_DEEP} deep"));
    }
    let mail = parse_mail(bytes).map_err(|error| format!("not a message: {error}"))?;
    let mut parts = Parts::default();
    parts.gather(&mail);
    let attached = parts.documents.len();
    let body = parts.body().filter(|body| attached == 0 || body.text.split_whitespace().count() >= LEAST_WORDS);
    if let Some(body) = body {
        let subject = subject(&mail);
        for (number, piece) in split(&body).into_iter().enumerate() {
            let subject = piece.subject.unwrap_or_else(|| subject.clone());
            let id = if number == 0 { place.id.clone() } else { format!("{}/{}", place.id, number + 1) };
            let notes = if number == 0 { std::mem::take(&mut parts.notes) } else { Vec::new() };
            let place = Place { id, ..place.clone() };
            gathered.push_back(Pending::new(Message {
                place,
                subject,
                notes,
                is_html: body.is_html,
                text: piece.text,
            }));
        }
    }
    for (name, format, content) in parts.documents {
        let (id, source) = (format!("{}/{name}", place.id), format!("{}/{name}", place.source));
        let content = Content::Stream(Box::new(Cursor::new(content)), None);
        gathered.push_back(Pending::new(Document { id, source, format, content, options: Arc::clone(options) }));
    }
    for (number, message) in parts.messages.iter().enumerate() {
        let place = Place { id: format!("{}/message-{}", place.id, number + 1), ..place.clone() };
        gather_message(message, &place, options, gathered, depth + 1)?;
    }
    Ok(())
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
    /// The name, the format and the bytes of what is attached.
    documents: Vec<(String, Format, Vec<u8>)>,
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

    fn attached(&mut self, part: &ParsedMail<'_>, name: &str) {
        // The name is shown, and nothing is called by it.
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let kind = match Kind::of_name(Path::new(name)) {
            // Beside a message it is one posting, whatever it looks like.
            Kind::Document(Format::Unknown) if name.to_ascii_lowercase().ends_with(".txt") => {
                Kind::Document(Format::Text)
            }
            kind => kind,
        };
        match kind {
            Kind::Document(format) if format.is_known() => match part.get_body_raw() {
                Ok(bytes) => self.documents.push((name.to_owned(), format, bytes)),
                Err(error) => self.notes.push(format!("the attachment `{name}` cannot be read: {error}")),
            },
            Kind::Document(_) => {}
            Kind::Table(_) | Kind::Container(_) => {
                self.notes.push(format!("the attachment `{name}` is not read: save it as a file of its own"));
            }
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
mod tests {
    use super::*;

    const SHORT: &str = "You cook for ninety guests.";

    fn read(mail: &str) -> Vec<String> {
        let place = Place { id: "a.eml".to_owned(), source: "in/a.eml".to_owned(), record: None };
        let short = |pending: Pending| match pending.read() {
            Ok(posting) => format!("{}: {}: {}", posting.id, posting.title, posting.body().trim()),
            Err(skipped) => skipped.to_string(),
        };
        match postings(mail.replace('\n', "\r\n").as_bytes(), &place, &Arc::default()) {
            Ok(postings) => postings.into_iter().map(short).collect(),
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
