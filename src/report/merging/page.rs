//! The page of a joined report. Its charts and texts need more than the tables hold, so the
//! texts in `postings.jsonl` are classified once more, as the runs did it: the page is then the
//! one that a single run would have written.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde::de::{Deserializer, MapAccess, Visitor};

use crate::classifier::Classifier;
use crate::input::{DocumentsRead, KeptCell, Pending, Posting, Skipped, Source, Structured, TableRead, Unread};
use crate::report::columns::SkippedTable;
use crate::report::csv::undefused;
use crate::report::html::HtmlReport;
use crate::report::jsonl;
use crate::report::reading::{PIECE, Rows, file_of, invalid};
use crate::report::run_file::{DocumentsUsed, RunFile, TableRows, TableUsed};
use crate::run::ids;
use crate::run::{RunError, Settings, run};

/// Writes the page into the folder that holds the joined tables and objects.
///
/// # Errors
/// When a file there cannot be read or written, and when the texts do not give the verdicts that
/// `expected` counts: they or the lexicon are then not those of the runs.
pub(super) fn write(folder: &Path, classifier: &Classifier, expected: &RunFile) -> io::Result<()> {
    let settings = &expected.settings;
    let mut page =
        HtmlReport::create(folder, classifier, settings.paths.clone(), &settings.keep).map_err(|error| error.cause)?;
    let mut again = Again::open(folder, expected)?;
    let never = AtomicBool::new(false);
    let ended = run(&mut again, classifier, Settings::default(), &mut [&mut page], &never, |_| ());
    let summary = ended.map_err(|error| match error {
        RunError::Sink(error) => error.cause,
        other => io::Error::other(other),
    })?;
    let found = RunFile::new(classifier.lexicon(), expected.settings.clone(), TableRows::default(), &summary);
    if found.counts() == expected.counts() {
        Ok(())
    } else {
        Err(invalid("its texts do not give the verdicts of postings.csv"))
    }
}

/// The postings of a joined report, and after them the inputs that were skipped.
struct Again<'r> {
    /// What the runs came to.
    expected: &'r RunFile,
    objects: BufReader<File>,
    /// Objects so far.
    number: u64,
    skipped: Rows,
}

impl<'r> Again<'r> {
    fn open(folder: &Path, expected: &'r RunFile) -> io::Result<Self> {
        let objects = BufReader::with_capacity(PIECE, File::open(folder.join(jsonl::NAME))?);
        let skipped = Rows::open::<SkippedTable>(&folder.join(file_of::<SkippedTable>()))?;
        Ok(Self { expected, objects, number: 0, skipped })
    }

    fn text(&self, cell: &str) -> String {
        if self.expected.settings.raw_cells { cell.to_owned() } else { undefused(cell).to_owned() }
    }
}

impl Source for Again<'_> {
    fn tables(&self) -> Vec<TableRead> {
        self.expected.tables.iter().map(TableUsed::told).collect()
    }

    fn documents(&self) -> Vec<DocumentsRead> {
        self.expected.documents.iter().map(DocumentsUsed::told).collect()
    }

    /// A file that cannot be read to its end ends early, and the counts tell.
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        let mut line = Vec::new();
        if self.objects.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            self.number += 1;
            return Some(Ok(Pending::new(Object { line, number: self.number })));
        }
        let record = self.skipped.next().ok().flatten()?.1.clone();
        let [source, reason] = [0, 2].map(|cell| self.text(&record[cell]));
        Some(Err(Skipped { source, record: record[1].parse().ok(), id: None, reason }))
    }
}

/// A line of `postings.jsonl`.
struct Object {
    line: Vec<u8>,
    number: u64,
}

/// What of an object its posting is made from again; the rest is what was said of it.
#[derive(serde::Deserialize)]
struct Stored {
    id: String,
    source: String,
    record: Option<u64>,
    title: String,
    company: String,
    location: String,
    stated: Structured,
    warnings: Vec<String>,
    #[serde(deserialize_with = "kept")]
    kept: Vec<KeptCell>,
    body_start: usize,
    text: String,
}

/// The cells that were carried through, in their order.
fn kept<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<KeptCell>, D::Error> {
    struct Cells;

    impl<'de> Visitor<'de> for Cells {
        type Value = Vec<KeptCell>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of columns")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut cells = Vec::new();
            while let Some((column, value)) = map.next_entry::<String, Option<String>>()? {
                cells.push(KeptCell { column: column.into(), value: value.unwrap_or_default() });
            }
            Ok(cells)
        }
    }

    deserializer.deserialize_map(Cells)
}

impl Unread for Object {
    fn source(&self) -> &str {
        jsonl::NAME
    }

    fn record(&self) -> Option<u64> {
        Some(self.number)
    }

    fn read(self: Box<Self>) -> Result<Posting, Skipped> {
        let stored: Stored = serde_json::from_slice(&self.line).map_err(|error| Skipped {
            source: jsonl::NAME.to_owned(),
            record: Some(self.number),
            id: None,
            reason: error.to_string(),
        })?;
        Ok(stored.into())
    }
}

impl From<Stored> for Posting {
    fn from(stored: Stored) -> Self {
        let Stored { id, source, record, title, company, location, stated, mut warnings, kept, body_start, text } =
            stored;
        // Given again, when its turn has come.
        warnings.retain(|warning| !ids::is_warning(warning));
        // The language is detected again from the text.
        Self {
            id,
            source,
            record,
            title,
            company,
            location,
            structured: stated,
            text,
            body_start,
            language: None,
            warnings,
            kept,
        }
    }
}
