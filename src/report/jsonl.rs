//! One JSON object a posting, on a line of its own.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use memchr::memmem;
use serde::Serialize;

use super::explanation::Explanation;
use super::json::push_json;
use crate::input::Skipped;
use crate::lexicon::Lexicon;
use crate::run::{Classified, Gap, Prepare, Rows, Sink, SinkError, Summary};

/// The file in a report's folder.
pub(super) const NAME: &str = "postings.jsonl";
/// How every object begins.
pub(super) const FIRST: &str = "{\"posting\":";
/// What stands before the list of warnings, and nowhere else.
pub(super) const WARNINGS: &str = ",\"warnings\":";
/// Bytes gathered before they are written to a pipe that is never idle.
const BUFFER: usize = 1 << 17;
/// Bytes of most objects, their matches and the text apart.
const BYTES_A_POSTING: usize = 3_000;
/// Bytes of most matches, with their mentions.
const BYTES_A_MATCH: usize = 550;

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
        let matches = BYTES_A_MATCH * result.analysis.evidence.matches.len();
        rows.make_room(1, BYTES_A_POSTING + matches + result.posting.text.len());
        let start = rows.bytes().len();
        push_json(rows.bytes(), &object);
        let number = start + FIRST.len();
        let digits = itoa::Buffer::new().format(result.number).len();
        // Quotation marks inside a text have a backslash before them.
        let warnings = memmem::find(&rows.bytes()[number..], WARNINGS.as_bytes());
        rows.leave_instead(number..number + digits, Gap::Number);
        if let Some(list) = warnings.map(|at| number + at + WARNINGS.len()) {
            rows.leave_instead(list..list + "[]".len(), Gap::Warnings);
        }
        rows.bytes().push(b'\n');
        rows.end_row();
    }
}

/// Writes objects as the workers made them.
fn objects(out: &mut impl Write, result: &Classified, rows: &[Rows]) -> io::Result<()> {
    let room = rows.iter().map(Rows::room).sum();
    let mut line = Vec::with_capacity(room);
    for rows in rows {
        rows.write(&mut line, |gap, out| match gap {
            Gap::Number => push_json(out, &result.number),
            Gap::Warnings => push_json(out, &result.posting.warnings),
        });
    }
    out.write_all(&line)
}

/// Writes an object on a line.
fn line(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    let mut line = Vec::new();
    push_json(&mut line, object);
    line.push(b'\n');
    out.write_all(&line)
}

fn failed(what: &str, cause: io::Error) -> SinkError {
    SinkError { what: what.to_owned(), cause }
}
