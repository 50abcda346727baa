//! `run.json`: how a report was made and what it adds up to, written and read again.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::columns::TABLES;
use crate::file;
use crate::input::{DocumentKind, DocumentsRead, Field, TableRead};
use crate::lexicon::{Lexicon, Side};
use crate::run::Summary;

/// The file by which a folder is known to be a report.
pub(super) const NAME: &str = "run.json";
/// The file of the workbook, of which a build knows that writes none.
pub(super) const WORKBOOK: &str = "report.xlsx";
/// The most rows of a sheet of a workbook, its header apart (Excel specifications and limits).
pub(super) const SHEET_ROWS: u32 = 1_048_575;

/// The most fingerprints that a `run.json` holds, in 58 MB of memory: a pipe may go on for ever.
pub(super) const MOST_TEXTS: usize = 7 << 20;

/// What `run.json` says of how the run was made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RunSettings {
    /// The paths given.
    pub paths: Vec<String>,
    /// Worker threads.
    pub threads: usize,
    /// Whether formula-like text cells were left as they are.
    pub raw_cells: bool,
    /// Whether the tables start with a byte order mark.
    pub bom: bool,
    /// Whether postings were marked that repeat an earlier one of the run.
    pub dedupe: bool,
    /// The columns that were to be carried through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
    /// Whether `report.html` was asked for.
    #[serde(default)]
    pub html: bool,
    /// Whether `postings.jsonl` was asked for.
    #[serde(default)]
    pub jsonl: bool,
    /// Whether `report.xlsx` was asked for.
    #[serde(default)]
    pub xlsx: bool,
}

/// Rows of the tables of a report, without their headers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TableRows {
    pub postings: u64,
    pub matches: u64,
    pub skills: u64,
    pub skipped: u64,
    /// Objects of `postings.jsonl`, where there is one.
    pub objects: Option<u64>,
}

impl TableRows {
    /// Those of each of the [`TABLES`].
    pub(super) fn of_tables(self) -> [u64; TABLES.len()] {
        [self.postings, self.matches, self.skills, self.skipped]
    }

    /// How many sheets of a workbook each of the [`TABLES`] fills.
    fn sheets(self) -> BTreeMap<String, u64> {
        let sheets = self.of_tables().map(|rows| rows.div_ceil(SHEET_ROWS.into()).max(1));
        TABLES.into_iter().map(str::to_owned).zip(sheets).collect()
    }
}

/// All that `run.json` holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RunFile {
    /// The version of this program.
    pub rolelean: String,
    pub lexicon: LexiconUsed,
    pub settings: RunSettings,
    pub postings: u64,
    pub skipped: u64,
    /// None in a report of a version that did not count them.
    #[serde(default)]
    pub rows: Option<TableRows>,
    /// How many sheets of the workbook each table fills, where there is a workbook.
    #[serde(default)]
    pub sheets: Option<BTreeMap<String, u64>>,
    /// Postings by leaning.
    pub leanings: BTreeMap<String, u64>,
    pub title_disagrees: u64,
    #[serde(default)]
    pub repeated_ids: u64,
    pub bytes: u64,
    pub words: u64,
    pub seconds: f64,
    /// What was read of tables.
    #[serde(default)]
    pub tables: Vec<TableUsed>,
    /// What was read of documents.
    #[serde(default)]
    pub documents: Vec<DocumentsUsed>,
    /// The [fingerprint](crate::input::Posting::fingerprint) of each posting, by which a later run knows them:
    /// eight bytes each, in base64. None where there are more than [`MOST_TEXTS`], and in a report of a version that
    /// did not keep them.
    #[serde(default, with = "fingerprints", skip_serializing_if = "Option::is_none")]
    pub texts: Option<Vec<u64>>,
}

/// Fingerprints as one text.
mod fingerprints {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(texts: &Option<Vec<u64>>, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = |texts: &Vec<u64>| texts.iter().flat_map(|text| text.to_le_bytes()).collect::<Vec<u8>>();
        texts.as_ref().map(|texts| STANDARD.encode(bytes(texts))).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u64>>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        let bytes = STANDARD.decode(text).map_err(D::Error::custom)?;
        let (texts, rest) = bytes.as_chunks::<8>();
        let texts = texts.iter().map(|text| u64::from_le_bytes(*text)).collect();
        if rest.is_empty() { Ok(Some(texts)) } else { Err(D::Error::custom("`texts` is cut off")) }
    }
}

/// What was read of tables that have the same columns.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct TableUsed {
    /// The first of them.
    pub source: String,
    pub tables: u64,
    pub postings: u64,
    /// Where nothing was taken for an id, a title and so on, there is none.
    pub id: Option<String>,
    pub title: Option<String>,
    pub company: Option<String>,
    pub location: Option<String>,
    /// The columns of which the text was made.
    pub text: Vec<String>,
    pub median_words: u64,
    /// Long columns that were not taken, and their words in the middle of the first rows.
    pub not_used: BTreeMap<String, u64>,
}

impl TableUsed {
    fn of(table: &TableRead) -> Self {
        let one = |field| table.names(field).first().map(|name| (*name).to_owned());
        let text = table.names(Field::Text).into_iter().chain(table.names(Field::Part));
        Self {
            source: table.source.clone(),
            tables: table.tables,
            postings: table.postings,
            id: one(Field::Id),
            title: one(Field::Title),
            company: one(Field::Company),
            location: one(Field::Location),
            text: text.map(str::to_owned).collect(),
            median_words: table.median_words,
            not_used: table.left_out.iter().cloned().collect(),
        }
    }

    /// What was told of the tables when they were read; of a text, all columns are parts.
    pub(super) fn told(&self) -> TableRead {
        let fields = [(Field::Id, &self.id), (Field::Title, &self.title), (Field::Company, &self.company)];
        let fields = fields.into_iter().chain([(Field::Location, &self.location)]);
        let single = fields.filter_map(|(field, name)| Some((field, name.clone()?)));
        let parts = self.text.iter().map(|name| (Field::Part, name.clone()));
        TableRead {
            source: self.source.clone(),
            tables: self.tables,
            postings: self.postings,
            columns: single.chain(parts).collect(),
            median_words: self.median_words,
            left_out: self.not_used.clone().into_iter().collect(),
        }
    }
}

/// What was read of documents of one kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DocumentsUsed {
    pub kind: DocumentKind,
    pub documents: u64,
    pub postings: u64,
    pub median_words: u64,
    /// Postings with a title from the name of their file.
    pub title_from_file_name: u64,
    pub untitled: u64,
}

impl DocumentsUsed {
    fn of(read: &DocumentsRead) -> Self {
        let DocumentsRead { kind, documents, postings, median_words, titled_by_file, untitled } = *read;
        Self { kind, documents, postings, median_words, title_from_file_name: titled_by_file, untitled }
    }

    /// What was told of the documents when they were read.
    pub(super) fn told(&self) -> DocumentsRead {
        let Self { kind, documents, postings, median_words, title_from_file_name, untitled } = *self;
        DocumentsRead { kind, documents, postings, median_words, titled_by_file: title_from_file_name, untitled }
    }
}

/// Which lexicon a run used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct LexiconUsed {
    pub name: String,
    pub version: String,
    pub sha256: String,
    /// The ids of its two roles, left and right.
    pub roles: [String; 2],
    /// The share of each probability that no labelled posting has tested; left out where it is zero.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub doubt: f64,
}

// serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(doubt: &f64) -> bool {
    *doubt == 0.0
}

impl LexiconUsed {
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        Self {
            name: lexicon.name().to_owned(),
            version: lexicon.version().to_owned(),
            sha256: lexicon.hash().to_owned(),
            roles: Side::BOTH.map(|side| lexicon.role(side).id.clone()),
            doubt: lexicon.scoring().doubt,
        }
    }
}

impl fmt::Display for LexiconUsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}, sha256 {}", self.name, self.version, self.sha256)
    }
}

impl RunFile {
    pub(super) fn new(lexicon: &Lexicon, settings: RunSettings, rows: TableRows, summary: &Summary) -> Self {
        let lexicon = LexiconUsed::of(lexicon);
        let [left, right] = lexicon.roles.clone();
        let counts = &summary.leanings;
        let others = [("balanced".to_owned(), counts.balanced), ("neither".to_owned(), counts.neither)];
        let mut run = Self {
            rolelean: env!("CARGO_PKG_VERSION").to_owned(),
            lexicon,
            settings,
            postings: summary.classified,
            skipped: summary.skipped,
            rows: None,
            sheets: None,
            leanings: [(left, counts.left), (right, counts.right)].into_iter().chain(others).collect(),
            title_disagrees: summary.title_disagrees,
            repeated_ids: summary.repeated_ids,
            bytes: summary.bytes,
            words: summary.words,
            seconds: summary.elapsed.as_secs_f64(),
            texts: None,
            tables: summary.tables.iter().map(TableUsed::of).collect(),
            documents: summary.documents.iter().map(DocumentsUsed::of).collect(),
        };
        run.set_rows(rows);
        run
    }

    pub(super) fn read(report: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&file::read(&report.join(NAME))?)?)
    }

    pub(super) fn write(&self, report: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(report.join(NAME))?);
        serde_json::to_writer_pretty(&mut out, self)?;
        out.write_all(b"\n")?;
        out.flush()
    }

    /// What the verdicts and texts came to, apart from how and how fast.
    pub(super) fn counts(&self) -> ([u64; 6], &BTreeMap<String, u64>) {
        let Self { postings, skipped, title_disagrees, repeated_ids, bytes, words, .. } = *self;
        ([postings, skipped, title_disagrees, repeated_ids, bytes, words], &self.leanings)
    }

    /// Says how many rows the tables have, and so how many sheets a workbook.
    pub(super) fn set_rows(&mut self, rows: TableRows) {
        self.sheets = self.settings.xlsx.then(|| rows.sheets());
        self.rows = Some(rows);
    }

    /// Postings that lean to the left and to the right role.
    pub(super) fn leaning(&self) -> [u64; 2] {
        self.lexicon.roles.each_ref().map(|role| self.leanings.get(role).copied().unwrap_or(0))
    }

    /// Why the counts cannot be those of a run, if they cannot.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let rows = self.rows.unwrap_or_default();
        let leanings = self.leanings.values().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        let objects = self.settings.jsonl.then_some(self.postings);
        if leanings != Some(self.postings) {
            Some("its `leanings` do not add up to its `postings`")
        } else if self.rows.is_some() && (rows.postings, rows.skipped) != (self.postings, self.skipped) {
            Some("its `rows` are not its `postings` and `skipped`")
        } else if self.rows.is_some() && rows.objects != objects {
            Some("its `rows` have objects where its `settings` have none, or the other way round")
        } else {
            None
        }
    }

    /// Adds what another run came to; the time is that of both together.
    ///
    /// # Errors
    /// The name of the count that grows too large.
    pub(super) fn add(&mut self, other: &Self) -> Result<(), &'static str> {
        add_new(&mut self.settings.paths, &other.settings.paths);
        add_new(&mut self.settings.keep, &other.settings.keep);
        match (&mut self.texts, &other.texts) {
            (Some(texts), Some(more)) if texts.len() + more.len() <= MOST_TEXTS => texts.extend_from_slice(more),
            (texts, _) => *texts = None,
        }
        self.settings.threads = self.settings.threads.max(other.settings.threads);
        add(&mut self.postings, other.postings, "postings")?;
        add(&mut self.skipped, other.skipped, "skipped")?;
        for (leaning, count) in &other.leanings {
            add(self.leanings.entry(leaning.clone()).or_default(), *count, "leanings")?;
        }
        add(&mut self.title_disagrees, other.title_disagrees, "title_disagrees")?;
        add(&mut self.bytes, other.bytes, "bytes")?;
        add(&mut self.words, other.words, "words")?;
        self.tables.extend_from_slice(&other.tables);
        self.documents.extend_from_slice(&other.documents);
        self.seconds += other.seconds;
        if self.seconds.is_finite() { Ok(()) } else { Err("seconds") }
    }

    /// The tables that fill more than one sheet of the workbook, and how many.
    pub(super) fn split_tables(&self) -> Vec<(String, u64)> {
        let sheets = self.sheets.iter().flatten().filter(|(_, sheets)| **sheets > 1);
        sheets.map(|(table, sheets)| (table.clone(), *sheets)).collect()
    }
}

/// Adds what is not there yet.
fn add_new(list: &mut Vec<String>, others: &[String]) {
    for other in others {
        if !list.contains(other) {
            list.push(other.clone());
        }
    }
}

/// Adds to a count, or gives its name where it grows too large.
fn add(sum: &mut u64, count: u64, name: &'static str) -> Result<(), &'static str> {
    *sum = sum.checked_add(count).ok_or(name)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_fills_as_many_sheets_as_it_needs() {
        let full = u64::from(SHEET_ROWS);
        let rows = TableRows { postings: 0, matches: 2 * full + 1, skills: full, skipped: full + 1, objects: None };
        let expected = [("matches", 3), ("postings", 1), ("skills", 1), ("skipped", 2)];
        assert_eq!(rows.sheets(), expected.map(|(table, sheets)| (table.to_owned(), sheets)).into());
    }
}
