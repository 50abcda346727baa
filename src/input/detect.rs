//! What a file or stream is, by its name or by how it begins.

use std::path::Path;

use super::columns::Columns;
use super::file::Format;
use super::magic::Magic;
use super::mail_header::{begins_as_mail, begins_as_mailbox};
use super::options::InputFormat;
use super::stream::Peeked;
use super::{csv, feed, html_table, json};

/// How an input is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One posting.
    Document(Format),
    /// Many postings, one a record.
    Table(Tabular),
    /// Other files, messages or sheets.
    Container(Container),
}

/// How a table is divided into records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tabular {
    /// A table, its delimiter known or still to be told from the header.
    Delimited(Option<u8>),
    /// One JSON object a line.
    JsonLines,
    /// JSON of any other shape.
    Json,
    /// XML in which one element repeats.
    Feed,
    /// A page that is a table.
    Html,
    Parquet,
}

/// What holds other files, messages or sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip archive, which may be an office document or a workbook.
    Zip,
    /// The container of Office's binary files, which may be a workbook.
    Ole,
    /// One message, or a page that was saved as one.
    Mail,
    /// Messages one after another.
    Mailbox,
}

impl Kind {
    /// By what was said.
    pub(super) fn of_format(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Document(Format::Text),
            InputFormat::Html => Self::Document(Format::Html),
            InputFormat::Docx => Self::Document(Format::Docx),
            InputFormat::Pdf => Self::Document(Format::Pdf),
            InputFormat::Csv => Self::Table(Tabular::Delimited(None)),
            InputFormat::Tsv => Self::Table(Tabular::Delimited(Some(b'\t'))),
            InputFormat::Json => Self::Table(Tabular::Json),
            InputFormat::JsonLines => Self::Table(Tabular::JsonLines),
        }
    }

    /// By the ending of a file's name, that of a compressed file aside; any other file
    /// is a document of which the content will tell more.
    pub(super) fn of_name(path: &Path) -> Self {
        let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        let mut last = ending(path).unwrap_or_default();
        if matches!(last.as_str(), "gz" | "zst") {
            last = path.file_stem().and_then(|stem| ending(Path::new(stem))).unwrap_or_default();
        }
        match last.as_str() {
            "docx" => Self::Document(Format::Docx),
            "odt" => Self::Document(Format::Odt),
            "rtf" => Self::Document(Format::Rtf),
            "eml" | "mht" | "mhtml" => Self::Container(Container::Mail),
            "mbox" => Self::Container(Container::Mailbox),
            "pdf" => Self::Document(Format::Pdf),
            "parquet" => Self::Table(Tabular::Parquet),
            "html" | "htm" => Self::Document(Format::Html),
            "md" | "markdown" => Self::Document(Format::Text),
            "csv" => Self::Table(Tabular::Delimited(None)),
            "tsv" => Self::Table(Tabular::Delimited(Some(b'\t'))),
            "jsonl" | "ndjson" => Self::Table(Tabular::JsonLines),
            "json" => Self::Table(Tabular::Json),
            _ => Self::Document(Format::Unknown),
        }
    }

    /// By the first bytes of a stream that has no name.
    pub(super) fn of_content(peeked: &Peeked, columns: &Columns) -> Self {
        match Magic::of(&peeked.sample) {
            Some(Magic::Zip) => Self::Container(Container::Zip),
            Some(Magic::Ole) => Self::Container(Container::Ole),
            Some(Magic::Parquet) => Self::Table(Tabular::Parquet),
            Some(Magic::Pdf | Magic::Rtf | Magic::Sqlite) => Self::Document(Format::Unknown),
            None => Self::of_text(&peeked.text_sample(), columns),
        }
    }

    /// By how a text begins.
    fn of_text(sample: &[u8], columns: &Columns) -> Self {
        if json::begins_as_json(sample) {
            Self::Table(Tabular::Json)
        } else if html_table::begins_as_table(sample, columns) {
            Self::Table(Tabular::Html)
        } else if feed::begins_as_feed(sample) {
            Self::Table(Tabular::Feed)
        } else if sample.trim_ascii_start().starts_with(b"<") {
            Self::Document(Format::Unknown)
        } else if begins_as_mailbox(sample) {
            Self::Container(Container::Mailbox)
        } else if begins_as_mail(sample) {
            Self::Container(Container::Mail)
        } else if csv::begins_as_table(sample, columns) {
            Self::Table(Tabular::Delimited(None))
        } else {
            Self::Document(Format::Unknown)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;
    use std::io;

    const TABLE: Kind = Kind::Table(Tabular::Delimited(None));
    const JSON: Kind = Kind::Table(Tabular::Json);

    #[test]
    fn names_tell_formats() {
        let cases = [
            ("a.txt", Kind::Document(Format::Unknown)),
            ("a.MD", Kind::Document(Format::Text)),
            ("a.b.markdown", Kind::Document(Format::Text)),
            ("a.Html", Kind::Document(Format::Html)),
            ("a.htm", Kind::Document(Format::Html)),
            ("a.docx", Kind::Document(Format::Docx)),
            ("a.PDF", Kind::Document(Format::Pdf)),
            ("a.parquet", Kind::Table(Tabular::Parquet)),
            ("a.csv.gz", TABLE),
            ("a.JSON.ZST", JSON),
            ("a.html.gz", Kind::Document(Format::Html)),
            ("gz", Kind::Document(Format::Unknown)),
            ("a.gz", Kind::Document(Format::Unknown)),
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
    fn content_tells_formats() -> io::Result<()> {
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
            ("Duties, responsibilities\nYou cook, and bake.\nAnd fry\nAnd boil\n", Kind::Document(Format::Unknown)),
            ("<html><table><tr><th>title<th>description<tr><td>Cook<td>You cook.</table>", Kind::Table(Tabular::Html)),
            ("<html><table><tr><td>You cook.<td>You bake.</table>", Kind::Document(Format::Unknown)),
            ("{name} wants a cook", Kind::Document(Format::Unknown)),
            ("", Kind::Document(Format::Unknown)),
        ];
        for (content, expected) in cases {
            let peeked = Peeked::new(Box::new(content.as_bytes()))?;
            assert_eq!(Kind::of_content(&peeked, &columns), expected, "{content}");
            let utf16: Vec<u8> = content.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let peeked = Peeked::new(Box::new(io::Cursor::new([b"\xff\xfe".as_slice(), &utf16].concat())))?;
            assert_eq!(Kind::of_content(&peeked, &columns), expected, "{content} in UTF-16");
        }
        Ok(())
    }
}
