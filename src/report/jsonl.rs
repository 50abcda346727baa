//! One JSON object a posting, on a line of its own.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::explanation::Explanation;
use crate::matching::Matcher;
use crate::run::{Classified, Sink, SinkError, Summary};

const NAME: &str = "postings.jsonl";

/// Writes `postings.jsonl`; [`Explanation`] says what an object holds.
pub struct JsonLines<'c> {
    matcher: &'c Matcher,
    out: BufWriter<File>,
}

impl<'c> JsonLines<'c> {
    /// Starts the file in `folder`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(folder: &Path, matcher: &'c Matcher) -> Result<Self, SinkError> {
        let out = File::create(folder.join(NAME)).map(BufWriter::new).map_err(failed)?;
        Ok(Self { matcher, out })
    }
}

impl Sink for JsonLines<'_> {
    fn classified(&mut self, result: &Classified) -> Result<(), SinkError> {
        let object = Explanation::of(self.matcher, &result.posting, &result.analysis);
        serde_json::to_writer(&mut self.out, &object).map_err(|error| failed(error.into()))?;
        self.out.write_all(b"\n").map_err(failed)
    }

    fn finish(&mut self, _summary: &Summary) -> Result<(), SinkError> {
        self.out.flush().map_err(failed)
    }
}

fn failed(cause: io::Error) -> SinkError {
    SinkError { what: NAME.to_owned(), cause }
}
