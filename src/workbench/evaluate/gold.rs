//! Postings labelled by people: what verdicts are measured against and fitted on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::file;
use crate::leaning::Leaning;
use crate::lexicon::{Lexicon, Side};
use crate::workbench::folder::slug;

/// Names of the column that holds the label, in the order of preference.
const LABEL_COLUMNS: [&str; 4] = ["leaning", "label", "consensus", "gold"];

/// The column that says where a posting comes from.
const SOURCE_COLUMN: &str = "source";

/// The labels of a gold file, by posting id.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    labels: BTreeMap<String, Leaning>,
    /// Where postings come from, by id, if there is such a column.
    sources: BTreeMap<String, String>,
    /// Rows without a label, where readers did not agree.
    pub undecided: usize,
}

/// A gold file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GoldError {
    /// The file cannot be read as CSV.
    #[error("cannot read {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: csv::Error,
    },
    /// A column is missing.
    #[error("{path} needs a column id and a column leaning (or label, consensus, gold); it has: {found}")]
    Columns {
        /// The file.
        path: PathBuf,
        /// The columns that are there.
        found: String,
    },
    /// A label nobody knows.
    #[error("{path}, line {line}: no leaning is called {label:?}; expected one of: {expected}")]
    Label {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
        /// What stands there.
        label: String,
        /// What may stand there.
        expected: String,
    },
}

impl Gold {
    /// Reads `id`, a label and, where there is one, `source` from a CSV file; a label is a
    /// verdict's word or a side's.
    ///
    /// # Errors
    /// When the file cannot be read, lacks a column, or holds an unknown label.
    pub fn read(path: &Path, lexicon: &Lexicon) -> Result<Self, GoldError> {
        let unreadable = |cause| GoldError::Unreadable { path: path.to_owned(), cause };
        let mut reader = file::open(path).map(csv::Reader::from_reader).map_err(|error| unreadable(error.into()))?;
        let header = reader.headers().map_err(unreadable)?.clone();
        let position = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let (Some(id), Some(label)) = (position("id"), LABEL_COLUMNS.iter().find_map(|name| position(name))) else {
            let found = header.iter().collect::<Vec<_>>().join(", ");
            return Err(GoldError::Columns { path: path.to_owned(), found });
        };
        let source = position(SOURCE_COLUMN);
        let mut gold = Self::default();
        for record in reader.records() {
            let record = record.map_err(unreadable)?;
            let line = record.position().map_or(0, csv::Position::line);
            let word = record.get(label).unwrap_or_default().trim();
            if word.is_empty() {
                gold.undecided += 1;
                continue;
            }
            let leaning = leaning(lexicon, word).ok_or_else(|| GoldError::Label {
                path: path.to_owned(),
                line,
                label: word.to_owned(),
                expected: expected(lexicon),
            })?;
            let id = record.get(id).unwrap_or_default().trim();
            gold.labels.insert(id.to_owned(), leaning);
            if let Some(source) = source.and_then(|source| record.get(source)) {
                gold.sources.insert(id.to_owned(), source.trim().to_owned());
            }
        }
        Ok(gold)
    }

    /// The label of a posting.
    #[must_use]
    pub fn label(&self, id: &str) -> Option<Leaning> {
        self.labels.get(id).copied()
    }

    /// Where a posting comes from: what the column `source` says, or what stands before the first
    /// `:` or `/` of its id; empty where neither tells.
    #[must_use]
    pub fn source<'g>(&'g self, id: &'g str) -> &'g str {
        let before = || id.split([':', '/']).next().filter(|source| source.len() < id.len()).unwrap_or_default();
        self.sources.get(id).map_or_else(before, String::as_str)
    }

    /// Labelled postings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether no posting is labelled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The ids of all labelled postings, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.labels.keys().map(String::as_str)
    }
}

fn leaning(lexicon: &Lexicon, word: &str) -> Option<Leaning> {
    // As people write the name of a role, or as reports do.
    let word = slug(word);
    let side = |side| {
        let role = lexicon.role(side);
        [&role.id, &role.side_id, &role.label].iter().any(|name| slug(name) == word).then_some(Leaning::Role(side))
    };
    match word.as_str() {
        "balanced" => Some(Leaning::Balanced),
        "neither" => Some(Leaning::Neither),
        _ => side(Side::Left).or_else(|| side(Side::Right)),
    }
}

fn expected(lexicon: &Lexicon) -> String {
    let [left, right] = lexicon.roles();
    format!("{}, {}, balanced, neither (or {}, {})", left.id, right.id, left.side_id, right.side_id)
}
