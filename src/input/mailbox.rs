//! Mailboxes (`.mbox`): messages one after another, each behind a line that begins with `From `.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

use super::mail::{Place, Postings, Reader};
use super::mail_header::FROM;
use super::meter::Bytes;
use super::walk::Entry;
use super::{Pending, Skipped, Source};
use crate::extract::size;

/// Opens a mailbox; one message is in memory at a time.
pub(super) fn open(stream: Bytes, entry: &Entry, reader: Arc<Reader>) -> Box<dyn Source> {
    Box::new(Messages {
        lines: BufReader::with_capacity(1 << 16, stream),
        id: entry.id.clone(),
        source: entry.source.clone(),
        reader,
        record: 0,
        message: None,
        ended: false,
    })
}

struct Messages {
    lines: BufReader<Bytes>,
    id: String,
    source: String,
    reader: Arc<Reader>,
    /// How many messages have been read.
    record: u64,
    /// The last message, of which postings may still be handed out.
    message: Option<Postings>,
    ended: bool,
}

impl Source for Messages {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        loop {
            if let Some(next) = self.message.as_mut().and_then(Source::next) {
                return Some(next);
            }
            if self.ended {
                return None;
            }
            match self.next_message() {
                Ok(message) if message.trim_ascii().is_empty() && (self.record > 0 || !self.ended) => {}
                Ok(message) => {
                    self.record += 1;
                    let place = Place {
                        id: format!("{}#{}", self.id, self.record),
                        source: self.source.clone(),
                        record: Some(self.record),
                    };
                    match self.reader.postings(&message, &place) {
                        Ok(postings) => self.message = Some(postings),
                        Err(reason) => return Some(Err(self.skipped(reason))),
                    }
                }
                Err(reason) => {
                    self.record += 1;
                    return Some(Err(self.skipped(reason)));
                }
            }
        }
    }
}

impl Messages {
    fn skipped(&self, reason: String) -> Skipped {
        Skipped { record: Some(self.record), ..Skipped::whole(&self.source, reason) }
    }

    /// Reads up to where the next message begins.
    fn next_message(&mut self) -> Result<Vec<u8>, String> {
        let limit = self.reader.options.max_document_bytes;
        let (mut message, mut is_too_long, mut after_blank) = (Vec::new(), false, true);
        loop {
            let mut line = Vec::new();
            let most = limit.saturating_add(1);
            let read = self.lines.by_ref().take(most).read_until(b'\n', &mut line).map_err(|error| {
                self.ended = true;
                error.to_string()
            })?;
            self.ended = read == 0;
            if self.ended || (after_blank && line.starts_with(FROM)) {
                break;
            }
            after_blank = line.trim_ascii().is_empty();
            is_too_long |= (message.len() + line.len()) as u64 > limit;
            if !is_too_long {
                message.extend_from_slice(unquoted(&line));
            }
        }
        if is_too_long { Err(format!("larger than {}, the limit for one message", size(limit))) } else { Ok(message) }
    }
}

/// A line as it was before it was put into a mailbox, where `From ` may begin no line of a message.
fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    if marks > 0 && line[marks..].starts_with(FROM) { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use crate::input::mail::tests::reader;
    use std::io::Cursor;
    use std::path::PathBuf;

    fn read(mailbox: &str) -> Vec<String> {
        let options = Arc::new(ReadOptions { max_document_bytes: 200, ..ReadOptions::default() });
        let entry = Entry { id: "a.mbox".to_owned(), source: "a.mbox".to_owned(), path: PathBuf::new(), given: true };
        let mut messages = open(Box::new(Cursor::new(mailbox.as_bytes().to_vec())), &entry, reader(options));
        let short = |pending: Result<Pending, Skipped>| match pending.and_then(Pending::read) {
            Ok(posting) => format!("{}: {}: {}", posting.id, posting.title, posting.body().trim()),
            Err(skipped) => skipped.to_string(),
        };
        std::iter::from_fn(|| messages.next()).map(short).collect()
    }

    #[test]
    fn each_message_is_a_posting() {
        let long = "x ".repeat(150);
        let mailbox = format!(
            "From a@b.example Thu Jan  1 2026\nSubject: Cook\n\nYou cook.\n>From Monday on.\n\nFrom b Thu Jan  1 2026\nSubject: Long\n\n\
             {long}\n\nFrom c Thu Jan  1 2026\nSubject: Baker\n\nFirst line.\nFrom here on you bake.\n"
        );
        let expected = [
            "a.mbox#1: Cook: You cook.\nFrom Monday on.",
            "a.mbox, record 2: larger than 200 bytes, the limit for one message",
            "a.mbox#3: Baker: First line.\nFrom here on you bake.",
        ];
        assert_eq!(read(&mailbox), expected);
        assert_eq!(read(""), ["a.mbox, record 1: empty file"]);
    }
}
