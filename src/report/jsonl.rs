//! One JSON object a posting, on a line of its own.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

use super::explanation::Explanation;
use crate::input::Skipped;
use crate::lexicon::Lexicon;
use crate::run::{Classified, Sink, SinkError, Summary};
use crate::text::inert_json;

/// The file in a report's folder.
pub(super) const NAME: &str = "postings.jsonl";
/// Bytes gathered before they are written to a pipe that is never idle.
const BUFFER: usize = 1 << 17;

/// Writes `postings.jsonl`; [`Explanation`] says what an object holds.
pub struct JsonLines<'c> {
    lexicon: &'c Lexicon,
    out: BufWriter<File>,
}

impl<'c> JsonLines<'c> {
    /// Starts the file in `folder`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(folder: &Path, lexicon: &'c Lexicon) -> Result<Self, SinkError> {
        let out = File::create(folder.join(NAME)).map(BufWriter::new).map_err(|cause| failed(NAME, cause))?;
        Ok(Self { lexicon, out })
    }
}

impl Sink for JsonLines<'_> {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        let object = Explanation::of(self.lexicon, result);
        line(&mut self.out, &object).map_err(|cause| failed(NAME, cause))
    }

    fn finish(&mut self, _summary: &Summary) -> Result<(), SinkError> {
        self.out.flush().map_err(|cause| failed(NAME, cause))
    }
}

/// Writes the same objects to one output as they come, and an error object in the place of
/// each input that was skipped: a pipe has no other place for it.
pub struct JsonStream<'c, W: Write> {
    lexicon: &'c Lexicon,
    out: BufWriter<W>,
}

/// What stands for an input that was skipped.
#[derive(Serialize)]
struct ErrorObject<'s> {
    id: Option<&'s str>,
    source: &'s str,
    record: Option<u64>,
    error: &'s str,
}

impl<'c, W: Write> JsonStream<'c, W> {
    /// A stream in which nothing stands yet.
    pub fn new(out: W, lexicon: &'c Lexicon) -> Self {
        Self { lexicon, out: BufWriter::with_capacity(BUFFER, out) }
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        self.out.flush().map_err(|cause| failed(super::stdout::NAME, cause))
    }
}

impl<W: Write> Sink for JsonStream<'_, W> {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        let object = Explanation::of(self.lexicon, result);
        line(&mut self.out, &object).map_err(|cause| failed(super::stdout::NAME, cause))
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        let Skipped { source, record, id, reason } = skipped;
        let object = ErrorObject { id: id.as_deref(), source, record: *record, error: reason };
        line(&mut self.out, &object).map_err(|cause| failed(super::stdout::NAME, cause))
    }

    fn idle(&mut self) -> Result<(), SinkError> {
        self.flush()
    }

    fn finish(&mut self, _summary: &Summary) -> Result<(), SinkError> {
        self.flush()
    }
}

/// Writes an object in which a terminal, to which it may be copied, finds nothing to obey.
fn line(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_string(object)?;
    out.write_all(inert_json(&json).as_bytes())?;
    out.write_all(b"\n")
}

fn failed(what: &str, cause: io::Error) -> SinkError {
    SinkError { what: what.to_owned(), cause }
}
