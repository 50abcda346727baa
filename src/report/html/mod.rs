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
mod overview;
mod page;
mod spool;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::classifier::Classifier;
use crate::input::{KeptCell, Skipped};
use crate::lexicon::Side;
use crate::run::{Classified, Rows, Sink, SinkError, Summary};
use crate::text::inert;
pub(super) use charts::CLASSES;
use detail::Detail;
pub(super) use figures::{grouped, percent};
use overview::{Overview, leaning_index};
use page::Page;
use spool::{Limit, Spool, json_in_html, pack};

/// The file in a report's folder.
pub(super) const NAME: &str = "report.html";
/// The most rows of the table, and their bytes.
const ROWS: Limit = Limit { pieces: 20_000, bytes: 8_000_000 };
/// The most postings with details.
const DETAILS: usize = 10_000;
/// The most bytes of details, packed; with the rows and all the rest the page stays
/// under 50 MB.
const DETAIL_BYTES: usize = 40_000_000;
/// Postings whose details are packed together: enough to pack well, and few to unpack for one.
const PACKED: usize = 40;
/// The most bytes of a text that are shown; the rest is left out with a notice.
const TEXT_BYTES: usize = 40_000;
/// The most characters of a title or id in the table.
const CELL: usize = 160;
/// Skipped inputs that are listed.
const SKIPPED: usize = 100;

/// Writes `report.html`.
pub struct HtmlReport<'c> {
    classifier: &'c Classifier,
    folder: PathBuf,
    paths: Vec<String>,
    overview: Overview,
    rows: Spool,
    details: Spool,
    /// Details that wait to be packed.
    waiting: Vec<String>,
    /// Postings whose details are packed.
    detailed: usize,
    skipped: Vec<String>,
}

/// A row of the table; the script knows its cells by their places.
#[derive(Serialize)]
struct Row<'p>(
    String,
    String,
    String,
    String,
    usize,
    Option<f64>,
    Option<f64>,
    f64,
    f64,
    f64,
    i8,
    Option<u32>,
    Option<usize>,
    usize,
    &'p [usize],
    usize,
    #[serde(skip_serializing_if = "String::is_empty")] String,
);

impl<'c> HtmlReport<'c> {
    /// Starts the page in `folder`; `paths` are what the run was called with.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn create(folder: &Path, classifier: &'c Classifier, paths: Vec<String>) -> Result<Self, SinkError> {
        let details = Limit { pieces: DETAILS / PACKED, bytes: DETAIL_BYTES };
        Ok(Self {
            classifier,
            folder: folder.to_owned(),
            paths,
            overview: Overview::new(classifier.lexicon()),
            rows: Spool::new(folder, ROWS).map_err(failed)?,
            details: Spool::new(folder, details).map_err(failed)?,
            waiting: Vec::new(),
            detailed: 0,
            skipped: Vec::new(),
        })
    }

    fn row(&mut self, result: &Classified) -> io::Result<()> {
        if self.rows.is_full() {
            return Ok(());
        }
        let json = json_in_html(&row(result, &skills(result)))?;
        let separator = if self.rows.pieces() == 0 { "" } else { ",\n" };
        self.rows.push(&format!("{separator}{json}"))?;
        Ok(())
    }

    fn detail(&mut self, result: &Classified) -> io::Result<()> {
        if self.details.is_full() {
            return Ok(());
        }
        let detail = Detail::new(self.classifier.lexicon(), result, TEXT_BYTES);
        self.waiting.push(serde_json::to_string(&detail)?);
        if self.waiting.len() == PACKED { self.pack() } else { Ok(()) }
    }

    fn pack(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let packed = pack(&self.waiting)?;
        if self.details.push(&format!("<script type=\"text/plain\" class=\"details\">{packed}</script>\n"))? {
            self.detailed += self.waiting.len();
        }
        self.waiting.clear();
        Ok(())
    }

    fn write(&mut self, summary: &Summary) -> io::Result<()> {
        self.pack()?;
        let labels = page::labels(self.classifier.lexicon());
        let page = Page::new(self, &labels, summary)?;
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

/// The places of the skills that are found and not negated.
fn skills(result: &Classified) -> Vec<usize> {
    let found = result.analysis.evidence.matches.iter().filter(|found| !found.negated);
    found.map(|found| found.skill.index()).collect()
}

fn row<'p>(result: &Classified, skills: &'p [usize]) -> Row<'p> {
    let (posting, analysis) = (&result.posting, &result.analysis);
    let (verdict, evidence) = (&analysis.verdict, &analysis.evidence);
    Row(
        cell(&posting.id),
        cell(&posting.title),
        cell(&posting.company),
        cell(&posting.location),
        leaning_index(verdict.leaning),
        verdict.tilt.map(short),
        verdict.probability().map(short),
        short(evidence.score.to_f64()),
        short(evidence.left.to_f64()),
        short(evidence.right.to_f64()),
        analysis.title_leaning.map_or(-1, |side| if side == Side::Left { 0 } else { 1 }),
        analysis.facts.years_min,
        analysis.facts.degree().map(|level| level as usize),
        evidence.words,
        skills,
        leaning_index(analysis.body_leaning),
        kept(&posting.kept),
    )
}

/// The cells that are carried through, by which a row is found, too.
fn kept(kept: &[KeptCell]) -> String {
    kept.iter().map(|kept| cell(&kept.value)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A text on one line and not too long.
fn cell(text: &str) -> String {
    let line = text.split_whitespace().take(CELL).collect::<Vec<_>>().join(" ");
    inert(&line).chars().take(CELL).collect()
}

/// A number with the two decimals that the table shows.
fn short(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

impl Sink for HtmlReport<'_> {
    fn classified(&mut self, result: &Classified, _rows: &[Rows]) -> Result<(), SinkError> {
        self.overview.add(result);
        self.row(result).and_then(|()| self.detail(result)).map_err(failed)
    }

    fn skipped(&mut self, skipped: &Skipped) -> Result<(), SinkError> {
        if self.skipped.len() < SKIPPED {
            self.skipped.push(cell(&skipped.to_string()));
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
