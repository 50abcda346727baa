//! What a file or stream is, by its name or by how it begins.

use std::path::Path;

use super::columns::Columns;
use super::document::Format;
use super::stream::Peeked;
use super::{delimited, json};

/// How an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One posting.
    Document(Format),
    /// Many postings, one a record.
    Table(Tabular),
}

/// How the records of a table are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tabular {
    /// A table, its delimiter known or still to be told from the header.
    Delimited(Option<u8>),
    /// One JSON object a line.
    JsonLines,
    /// An array of objects, or an object that holds one.
    Json,
}

impl Kind {
    /// By the ending of a file's name; any other file is a document.
    pub(super) fn of_name(path: &Path) -> Self {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref().unwrap_or("") {
            "html" | "htm" => Self::Document(Format::Html),
            "txt" | "md" | "markdown" => Self::Document(Format::Text),
            "csv" => Self::Table(Tabular::Delimited(None)),
            "tsv" => Self::Table(Tabular::Delimited(Some(b'\t'))),
            "jsonl" | "ndjson" => Self::Table(Tabular::JsonLines),
            "json" => Self::Table(Tabular::Json),
            _ => Self::Document(Format::Unknown),
        }
    }

    /// By the first bytes of a stream that has no name.
    pub(super) fn of_content(peeked: &Peeked, columns: &Columns) -> Self {
        if json::begins_as_json(&peeked.sample) {
            Self::Table(Tabular::Json)
        } else if delimited::begins_as_table(peeked, columns) {
            Self::Table(Tabular::Delimited(None))
        } else {
            Self::Document(Format::Unknown)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posting::ReadOptions;

    const TABLE: Kind = Kind::Table(Tabular::Delimited(None));
    const JSON: Kind = Kind::Table(Tabular::Json);

    #[test]
    fn names_tell_formats() {
        let cases = [
            ("a.txt", Kind::Document(Format::Text)),
            ("a.MD", Kind::Document(Format::Text)),
            ("a.b.markdown", Kind::Document(Format::Text)),
            ("a.Html", Kind::Document(Format::Html)),
            ("a.htm", Kind::Document(Format::Html)),
            ("a.csv", TABLE),
            ("a.tsv", Kind::Table(Tabular::Delimited(Some(b'\t')))),
            ("a.jsonl", Kind::Table(Tabular::JsonLines)),
            ("a.ndjson", Kind::Table(Tabular::JsonLines)),
            ("a.JSON", JSON),
            ("a", Kind::Document(Format::Unknown)),
            ("a.xyz", Kind::Document(Format::Unknown)),
        ];
        for (name, expected) in cases {
            assert_eq!(Kind::of_name(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn content_tells_formats() -> std::io::Result<()> {
        let columns = Columns::new(&ReadOptions::default());
        let cases = [
            ("{\"text\": \"x\"}\n{\"text\": \"y\"}\n", JSON),
            ("\n [ {\"text\": \"x\"} ]", JSON),
            ("id,description\n1,x\n", TABLE),
            ("id\tdescription\n1\tx\n", TABLE),
            ("id;duties;requirements\n1;x;y\n", TABLE),
            ("id,skill\n1,x\n", Kind::Document(Format::Unknown)),
            ("Skills, description, and more.\nYou cook.\n", Kind::Document(Format::Unknown)),
            ("description\n\nYou cook.\n", Kind::Document(Format::Unknown)),
            ("[Remote] Cook\n\nYou cook.\n", Kind::Document(Format::Unknown)),
            ("{name} wants a cook", Kind::Document(Format::Unknown)),
            ("", Kind::Document(Format::Unknown)),
        ];
        for (content, expected) in cases {
            let peeked = Peeked::new(Box::new(content.as_bytes()))?;
            assert_eq!(Kind::of_content(&peeked, &columns), expected, "{content}");
        }
        Ok(())
    }
}
