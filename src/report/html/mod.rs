//! `report.html`: one page that needs no network, for people to look at together.
//!
//! While postings come, counts go to an [`Overview`] and what the table shows of each posting
//! to temporary files, both of bounded size, so that memory stays flat and the page can be
//! opened. At the end a template is filled with charts, and the files are copied into it.
//!
//! What a posting says reaches the page in two ways: through the template engine, which
//! escapes it, or as JSON that the page's script shows as text and never as markup. The
//! content security policy allows that one script and one style and nothing else.

mod bars;
mod charts;
mod detail;
mod figures;
mod filter;
mod inputs_read;
mod market;
mod notes;
mod overview;
mod page;
mod rows;
mod spool;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::classifier::Classifier;
use crate::input::Skipped;
use crate::report::columns::PostingRow;
use crate::report::kept::KeptColumns;
use crate::report::skills::SkillCounts;
use crate::run::{Classified, Rows, Sink, SinkError, Summary};
pub(super) use charts::CLASSES;
use detail::{Detail, start_of};
pub(super) use figures::{grouped, percent};
use notes::Notes;
use overview::Overview;
use page::Page;
use rows::{Row, line};
use spool::{Limit, Spool, json_in_html, pack};

/// The file in a report's folder.
pub(super) const NAME: &str = "report.html";
/// The most rows of the table, and their bytes.
const ROWS: Limit = Limit { pieces: 20_000, bytes: 12_000_000 };
/// The most postings with details.
const DETAILS: usize = 10_000;
/// The most bytes of details, packed; with the rows and all the rest the page stays
/// under 50 MB.
const DETAIL_BYTES: usize = 36_000_000;
/// Postings whose details are packed together: enough to pack well, and few to unpack for one.
const PACKED: usize = 40;
/// The most bytes of a text that are shown; the rest is left out with a notice.
const TEXT_BYTES: usize = 40_000;
/// The most characters that are shown of a skipped input.
const SKIPPED_TEXT: usize = 300;
/// Skipped inputs that are listed.
const SKIPPED: usize = 100;

/// Writes `report.html`.
pub struct HtmlReport<'c> {
    classifier: &'c Classifier,
    folder: PathBuf,
    paths: Vec<String>,
    overview: Overview,
    notes: Notes,
    skills: SkillCounts,
    /// The columns that are carried through, in the order of the postings table.
    kept: KeptColumns,
    rows: Spool,
    details: Spool,
    /// Details that wait to be packed, and the texts that they are of.
    waiting: [Vec<String>; 2],
    /// Postings whose details are packed.
    detailed: usize,
    skipped: Vec<String>,
}

impl<'c> HtmlReport<'c> {
    /// Starts the page in `folder`; `paths` are what the run was called with, `keep` the columns that are carried through.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn create(
        folder: &Path,
        classifier: &'c Classifier,
        paths: Vec<String>,
        keep: &[String],
    ) -> Result<Self, SinkError> {
        let details = Limit { pieces: DETAILS / PACKED, bytes: DETAIL_BYTES };
        Ok(Self {
            classifier,
            folder: folder.to_owned(),
            paths,
            overview: Overview::new(classifier.lexicon()),
            notes: Notes::default(),
            skills: SkillCounts::new(classifier.lexicon()),
            kept: KeptColumns::new(keep),
            rows: Spool::new(folder, ROWS).map_err(failed)?,
            details: Spool::new(folder, details).map_err(failed)?,
            waiting: Default::default(),
            detailed: 0,
            skipped: Vec::new(),
        })
    }

    fn row(&mut self, result: &Classified) -> io::Result<()> {
        if self.rows.is_full() {
            return Ok(());
        }
        let row = PostingRow { lexicon: self.classifier.lexicon(), result };
        let json = json_in_html(&Row::new(&row, &mut self.kept))?;
        let separator = if self.rows.pieces() == 0 { "" } else { ",\n" };
        self.rows.push(&format!("{separator}{json}"))?;
        Ok(())
    }

    fn detail(&mut self, result: &Classified) -> io::Result<()> {
        if self.details.is_full() {
            return Ok(());
        }
        let text = start_of(&result.posting.text, TEXT_BYTES);
        let detail = Detail::new(self.classifier.lexicon(), result, text.len());
        let [details, texts] = &mut self.waiting;
        details.push(serde_json::to_string(&detail)?);
        texts.push(serde_json::to_string(text)?);
        if details.len() == PACKED { self.pack() } else { Ok(()) }
    }

    /// Packs what waits. The texts are packed by themselves, so that a search reads nothing else.
    fn pack(&mut self) -> io::Result<()> {
        let [details, texts] = std::mem::take(&mut self.waiting);
        if details.is_empty() {
            return Ok(());
        }
        let element = |class, values: &[String]| {
            Ok::<_, io::Error>(format!("<script type=\"text/plain\" class=\"{class}\">{}</script>\n", pack(values)?))
        };
        if self.details.push(&(element("details", &details)? + &element("texts", &texts)?))? {
            self.detailed += details.len();
        }
        Ok(())
    }

    fn write(&mut self, summary: &Summary) -> io::Result<()> {
        self.pack()?;
        let page = Page::new(self, summary)?;
        let [before, between, after] = page.around_data()?;
        let mut out = BufWriter::new(File::create(self.folder.join(NAME))?);
        out.write_all(before.as_bytes())?;
        out.write_all(b"<script type=\"application/json\" id=\"rows\">[")?;
        self.rows.copy_to(&mut out)?;
        out.write_all(b"]</script>\n")?;
        out.write_all(between.as_bytes())?;
        self.details.copy_to(&mut out)?;
        out.write_all(after.as_bytes())?;
        out.flush()
    }
}

impl Sink for HtmlReport<'_> {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        self.overview.add(result);
        self.skills.add(self.classifier.lexicon(), result);
        self.notes.add(&result.posting);
        self.row(result).and_then(|()| self.detail(result)).map_err(failed)
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        if self.skipped.len() < SKIPPED {
            self.skipped.push(line(&skipped.to_string(), SKIPPED_TEXT));
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> Result<(), SinkError> {
        self.write(summary).map_err(failed)
    }
}

fn failed(cause: io::Error) -> SinkError {
    SinkError { what: NAME.to_owned(), cause }
}
