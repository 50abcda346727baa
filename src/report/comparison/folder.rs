//! The folder of a comparison: three tables, a page, and a `run.json` that says what was compared.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::page::Page;
use super::{Comparison, ComparisonError, PostingChange};
use crate::leaning::DECIMALS;
use crate::report::columns::Cell;
use crate::report::csv::{CsvStyle, end_row, header_of, push_cell};
use crate::report::proportion::{Proportion, Shift};
use crate::report::run_file;
use crate::staging::{Kind, LeftOver, Published, Staging, StagingError, lies_in};

/// Columns of every shift: what was counted, and what is said of the difference.
const SHIFT: [&str; 10] = [
    "old_postings",
    "old_total",
    "old_share",
    "new_postings",
    "new_total",
    "new_share",
    "difference",
    "low",
    "high",
    "chance",
];

/// A comparison that is being written.
pub struct ComparisonFolder<'c> {
    comparison: &'c Comparison,
    target: PathBuf,
    style: CsvStyle,
    staging: Staging,
}

/// The `run.json` of a comparison.
#[derive(Serialize)]
struct Mark<'c> {
    rolelean: &'static str,
    comparison: [MarkOf<'c>; 2],
}

#[derive(Serialize)]
struct MarkOf<'c> {
    report: String,
    postings: u64,
    lexicon: &'c str,
}

impl<'c> ComparisonFolder<'c> {
    /// Starts a folder that will stand at `target`.
    ///
    /// # Errors
    /// When one of the reports stands there, or something else than an older comparison, or nothing can be written.
    pub fn create(comparison: &'c Comparison, target: &Path, style: CsvStyle) -> Result<Self, ComparisonError> {
        for compared in &comparison.compared {
            if lies_in(&compared.path, target) {
                return Err(ComparisonError::InTarget { report: compared.path.clone(), target: target.to_owned() });
            }
        }
        let staging = Staging::create(target, Kind::Comparison)?;
        Ok(Self { comparison, target: target.to_owned(), style, staging })
    }

    /// What is to be removed by whoever ends the process before the folder is published.
    #[must_use]
    pub fn left_over(&self) -> LeftOver {
        self.staging.left_over()
    }

    /// Writes the files.
    ///
    /// # Errors
    /// When one cannot be written, or a table of the reports not be read.
    pub fn write(&self) -> Result<(), ComparisonError> {
        self.verdicts().map_err(|cause| self.unwritable(cause))?;
        self.skills().map_err(|cause| self.unwritable(cause))?;
        let page = self.postings()?;
        self.create_file("comparison.html")
            .and_then(|mut out| {
                out.write_all(page.html()?.as_bytes())?;
                out.flush()
            })
            .map_err(|cause| self.unwritable(cause))?;
        self.mark().map_err(|cause| self.unwritable(cause))
    }

    /// Puts the folder in place; an older comparison there is replaced whole.
    ///
    /// # Errors
    /// When it cannot be put there; see [`Staging::publish`].
    pub fn publish(self) -> Result<Published, ComparisonError> {
        Ok(self.staging.publish()?)
    }

    fn create_file(&self, name: &str) -> io::Result<BufWriter<File>> {
        File::create(self.staging.folder().join(name)).map(BufWriter::new)
    }

    fn unwritable(&self, cause: io::Error) -> ComparisonError {
        StagingError::Unwritable { target: self.target.clone(), cause }.into()
    }

    fn verdicts(&self) -> io::Result<()> {
        let mut table = Table::create(self.create_file("verdict-changes.csv")?, self.style, &["leaning"], &["moved"])?;
        for (leaning, verdict) in self.comparison.verdicts.iter().enumerate() {
            let mut row = vec![text(self.comparison.leanings()[leaning])];
            row.extend(shift_cells(verdict.postings, verdict.shift));
            row.push(Cell::Flag(self.comparison.has_moved(leaning)));
            table.row(&row)?;
        }
        table.end()
    }

    fn skills(&self) -> io::Result<()> {
        let about = ["among", "skill", "skill_id", "category", "leaning"];
        let mut table = Table::create(self.create_file("skill-changes.csv")?, self.style, &about, &["moved"])?;
        for skill in &self.comparison.skills {
            let group = self.comparison.group(skill.group);
            let mut row: Vec<Cell<'_>> =
                [group, &skill.name, &skill.id, &skill.category, &skill.leaning].map(text).into();
            row.extend(shift_cells(skill.postings, skill.shift));
            row.push(Cell::Flag(skill.moved));
            table.row(&row)?;
        }
        table.end()
    }

    /// Writes the table of postings, and keeps the first of them for the page.
    fn postings(&self) -> Result<Page<'c>, ComparisonError> {
        let mut page = Page::new(self.comparison);
        let names = [
            "change",
            "old_posting",
            "new_posting",
            "id",
            "title",
            "company",
            "old_leaning",
            "new_leaning",
            "old_tilt",
            "new_tilt",
            "matched_by",
        ];
        let begun = self.create_file("posting-changes.csv").and_then(|out| Table::of(out, self.style, &names));
        let mut table = begun.map_err(|cause| self.unwritable(cause))?;
        self.comparison.each_change(|change| {
            page.add(change);
            table.row(&self.posting(change)).map_err(|cause| self.unwritable(cause))
        })?;
        table.end().map_err(|cause| self.unwritable(cause))?;
        Ok(page)
    }

    fn posting<'p>(&self, change: &'p PostingChange) -> Vec<Cell<'p>>
    where
        'c: 'p,
    {
        let leanings = self.comparison.leanings();
        let number = |number: Option<u64>| number.map_or(Cell::Empty, Cell::Integer);
        let leaning = |leaning: Option<usize>| leaning.map_or(Cell::Empty, |leaning| text(leanings[leaning]));
        let tilt = |tilt: Option<f64>| tilt.map_or(Cell::Empty, |tilt| Cell::Number(tilt, DECIMALS));
        vec![
            text(change.name()),
            number(change.numbers[0]),
            number(change.numbers[1]),
            text(&change.id),
            text(&change.title),
            text(&change.company),
            leaning(change.leanings[0]),
            leaning(change.leanings[1]),
            tilt(change.tilts[0]),
            tilt(change.tilts[1]),
            change.matched.map_or(Cell::Empty, |by| text(by.name())),
        ]
    }

    fn mark(&self) -> io::Result<()> {
        let comparison = self.comparison.compared.each_ref().map(|compared| MarkOf {
            report: compared.path.display().to_string(),
            postings: compared.postings,
            lexicon: &compared.lexicon,
        });
        let mut out = self.create_file(run_file::NAME)?;
        serde_json::to_writer_pretty(&mut out, &Mark { rolelean: env!("CARGO_PKG_VERSION"), comparison })?;
        out.write_all(b"\n")?;
        out.flush()
    }
}

/// A table of a comparison.
struct Table {
    out: BufWriter<File>,
    style: CsvStyle,
    bytes: Vec<u8>,
}

impl Table {
    /// A table of shifts, with what they are of in front and what is said of them behind.
    fn create(out: BufWriter<File>, style: CsvStyle, before: &[&str], after: &[&str]) -> io::Result<Self> {
        Self::of(out, style, &[before, &SHIFT, after].concat())
    }

    fn of(mut out: BufWriter<File>, style: CsvStyle, names: &[&str]) -> io::Result<Self> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        out.write_all(&header_of(&names, style.bom))?;
        Ok(Self { out, style, bytes: Vec::new() })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.bytes.clear();
        for cell in cells {
            push_cell(&mut self.bytes, cell, self.style);
            self.bytes.push(b',');
        }
        end_row(&mut self.bytes);
        self.out.write_all(&self.bytes)
    }

    fn end(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

/// The cells of the columns of a [`SHIFT`].
fn shift_cells<'c>(postings: [Proportion; 2], shift: Option<Shift>) -> impl Iterator<Item = Cell<'c>> {
    let number = |number: Option<f64>| number.map_or(Cell::Empty, |number| Cell::Number(number, DECIMALS));
    let counted = postings
        .into_iter()
        .flat_map(move |part| [Cell::Integer(part.count), Cell::Integer(part.of), number(part.share())]);
    let of_shift = [
        shift.map(|shift| shift.difference),
        shift.map(|shift| shift.interval[0]),
        shift.map(|shift| shift.interval[1]),
        shift.and_then(|shift| shift.chance),
    ];
    counted.chain(of_shift.map(number))
}
