//! One JSON object a posting, on a line of its own.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::explanation::Explanation;
use crate::input::Skipped;
use crate::lexicon::Lexicon;
use crate::run::{Classified, Gap, Prepare, Rows, Sink, SinkError, Summary};
use crate::text::inert_json;

/// The file in a report's folder.
pub(super) const NAME: &str = "postings.jsonl";
/// How every object begins.
pub(super) const FIRST: &str = "{\"posting\":";
/// What stands before the list of warnings, and nowhere else.
pub(super) const WARNINGS: &str = ",\"warnings\":";
/// Bytes gathered before they are written to a pipe that is never idle.
const BUFFER: usize = 1 << 17;

/// Writes `postings.jsonl`; [`Explanation`] says what an object holds.
pub struct JsonLines {
    lexicon: Arc<Lexicon>,
    out: BufWriter<File>,
}

impl JsonLines {
    /// Starts the file in `folder`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(folder: &Path, lexicon: &Arc<Lexicon>) -> Result<Self, SinkError> {
        let out = File::create(folder.join(NAME)).map(BufWriter::new).map_err(|cause| failed(NAME, cause))?;
        Ok(Self { lexicon: Arc::clone(lexicon), out })
    }
}

impl Sink for JsonLines {
    fn preparations(&self) -> Vec<Arc<dyn Prepare>> {
        vec![Arc::new(PrepareObjects { lexicon: Arc::clone(&self.lexicon) })]
    }

    fn classified(&mut self, result: &Classified, rows: &[Rows]) -> Result<(), SinkError> {
        objects(&mut self.out, result, rows).map_err(|cause| failed(NAME, cause))
    }

    fn finish(&mut self, _summary: &Summary) -> Result<(), SinkError> {
        self.out.flush().map_err(|cause| failed(NAME, cause))
    }
}

/// Writes the same objects to one output as they come, and an error object in the place of
/// each input that was skipped: a pipe has no other place for it.
pub struct JsonStream<W: Write> {
    lexicon: Arc<Lexicon>,
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

impl<W: Write> JsonStream<W> {
    /// A stream in which nothing stands yet.
    pub fn new(out: W, lexicon: &Arc<Lexicon>) -> Self {
        Self { lexicon: Arc::clone(lexicon), out: BufWriter::with_capacity(BUFFER, out) }
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        self.out.flush().map_err(|cause| failed(super::stdout::NAME, cause))
    }
}

impl<W: Write> Sink for JsonStream<W> {
    fn preparations(&self) -> Vec<Arc<dyn Prepare>> {
        vec![Arc::new(PrepareObjects { lexicon: Arc::clone(&self.lexicon) })]
    }

    fn classified(&mut self, result: &Classified, rows: &[Rows]) -> Result<(), SinkError> {
        objects(&mut self.out, result, rows).map_err(|cause| failed(super::stdout::NAME, cause))
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

/// Makes the object of a posting.
struct PrepareObjects {
    lexicon: Arc<Lexicon>,
}

impl Prepare for PrepareObjects {
    fn prepare(&self, result: &Classified, rows: &mut Rows) {
        let mut object = Explanation::of(&self.lexicon, result);
        object.warnings = &[];
        let json = serde_json::to_string(&object).unwrap_or_else(|error| unreachable!("texts and numbers: {error}"));
        let json = inert_json(&json);
        // Quotation marks inside a text have a backslash before them.
        let (number, warnings) = (format!("{FIRST}{}", result.number), format!("{WARNINGS}[]"));
        let rest = json.strip_prefix(&number).unwrap_or_default();
        let (between, rest) = rest.split_once(&warnings).unwrap_or_default();
        rows.bytes().extend_from_slice(FIRST.as_bytes());
        rows.leave(Gap::Number);
        rows.bytes().extend_from_slice(between.as_bytes());
        rows.bytes().extend_from_slice(WARNINGS.as_bytes());
        rows.leave(Gap::Warnings);
        rows.bytes().extend_from_slice(rest.as_bytes());
        rows.bytes().push(b'\n');
        rows.end_row();
    }
}

/// Writes objects as the workers made them.
fn objects(out: &mut impl Write, result: &Classified, rows: &[Rows]) -> io::Result<()> {
    let warnings = serde_json::to_string(&result.posting.warnings)?;
    let mut line = Vec::new();
    for rows in rows {
        rows.write(&mut line, |gap, out| match gap {
            Gap::Number => out.extend_from_slice(itoa::Buffer::new().format(result.number).as_bytes()),
            Gap::Warnings => out.extend_from_slice(inert_json(&warnings).as_bytes()),
        });
    }
    out.write_all(&line)
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
