//! What was read of the inputs, as the page tells it: a row for the tables with the same columns,
//! and one for the documents of a kind.

use super::figures::grouped;
use super::rows::line;
use crate::input::{DocumentsRead, Field, TableRead};
use crate::run::Summary;

/// The most rows; the others stand in run.json.
const ROWS: usize = 50;
/// The most characters of a cell.
const LENGTH: usize = 600;

/// What was read of the inputs.
pub struct InputsRead {
    pub rows: Vec<Row>,
    /// Rows that are left out.
    pub more: usize,
}

/// A row of the table.
pub struct Row {
    pub what: String,
    pub postings: String,
    pub titles: String,
    pub texts: String,
    pub words: String,
    pub not_used: String,
    pub warning: String,
}

impl InputsRead {
    pub fn of(summary: &Summary) -> Self {
        let tables = summary.tables.iter().filter(|table| table.postings > 0).map(of_table);
        let documents = summary.documents.iter().filter(|read| read.postings > 0).map(of_documents);
        let mut rows: Vec<Row> = tables.chain(documents).collect();
        let more = rows.len().saturating_sub(ROWS);
        rows.truncate(ROWS);
        Self { rows, more }
    }
}

fn of_table(table: &TableRead) -> Row {
    let others = match table.tables - 1 {
        0 => String::new(),
        more => format!(" and {} more with the same columns", grouped(more)),
    };
    let texts = [table.names(Field::Text), table.names(Field::Part)].concat().join(", ");
    let not_used = table.left_out.iter().map(|(name, words)| format!("{name} ({})", grouped(*words)));
    Row {
        what: line(&format!("{}{others}", table.source), LENGTH),
        postings: grouped(table.postings),
        titles: line(&table.names(Field::Title).join(", "), LENGTH),
        texts: line(&texts, LENGTH),
        words: grouped(table.median_words),
        not_used: line(&not_used.collect::<Vec<_>>().join(", "), LENGTH),
        warning: table.warning().map(|warning| line(&warning, LENGTH)).unwrap_or_default(),
    }
}

fn of_documents(read: &DocumentsRead) -> Row {
    let plural = if read.documents == 1 { "" } else { "s" };
    let titles = [(read.titled_by_file, "from the file name"), (read.untitled, "without")];
    let titles =
        titles.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{} {what}", grouped(*count)));
    Row {
        what: format!("{} {}{plural}", grouped(read.documents), read.kind.name()),
        postings: grouped(read.postings),
        titles: titles.collect::<Vec<_>>().join(", "),
        texts: String::new(),
        words: grouped(read.median_words),
        not_used: String::new(),
        warning: String::new(),
    }
}
