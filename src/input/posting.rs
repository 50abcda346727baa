//! A posting as plain text, and an input that is none.

use std::fmt;
use std::hash::Hasher as _;
use std::sync::Arc;

use twox_hash::XxHash64;

use super::front_matter::FrontMatter;
use super::structured::Structured;
use super::title;
use crate::extract::without_controls;
use crate::text::language_of;

/// One job posting, as plain text.
///
/// ```
/// use rolelean::Posting;
/// use rolelean::input::{Inputs, ReadOptions, Source};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let posting = Posting::from_text("# Cook\n\nYou cook for sixty guests.");
/// assert_eq!((posting.title.as_str(), posting.body()), ("Cook", "You cook for sixty guests."));
///
/// // Files of all kinds are read by `Inputs`, one posting after another.
/// let mut inputs = Inputs::new(vec!["samples".into()], ReadOptions::default())?;
/// let first = inputs.next().expect("a file")?.read()?;
/// assert!(!first.text.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posting {
    /// What the posting is called in reports: a relative path, or the id cell of a row.
    pub id: String,
    /// The file it came from, as reached from the path that was given.
    pub source: String,
    /// The record in a table, counted from 1; none for a file that is one posting.
    pub record: Option<u64>,
    /// The job title, empty where none was found.
    pub title: String,
    /// The employer, empty where none was given.
    pub company: String,
    /// Where the job is, empty where not given.
    pub location: String,
    /// What the table or page says of the job in fields of its own.
    pub structured: Structured,
    /// The whole text; offsets of mentions refer to it.
    pub text: String,
    /// The byte of `text` where the body begins, after a title line.
    pub body_start: usize,
    /// The language of the body as an ISO 639-1 code, where it could be told.
    pub language: Option<&'static str>,
    /// What was odd about the posting, though it could be read.
    pub warnings: Vec<String>,
    /// The cells of the columns that [`ReadOptions::keep_columns`](super::ReadOptions::keep_columns) names, as
    /// far as its record has them; each column once.
    pub kept: Vec<KeptCell>,
}

/// A cell of a table that is carried through to the reports as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCell {
    /// The name of its column.
    pub column: Arc<str>,
    /// Its text; empty where nothing stood there.
    pub value: String,
}

impl Posting {
    /// A posting of which only the text is known, with the title in its first line
    /// if that reads like one, or in the front matter of a Markdown file, which may name
    /// employer and place, too.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        let FrontMatter { title, company, location, end } = FrontMatter::of(&text);
        let (first, start) = title::of_text(&text[end..]);
        // A first line that is another than the title is the body's.
        let repeats = title.is_empty() || title == first || text[end..].trim_start().starts_with("# ");
        let body_start = if repeats { end + start } else { end };
        let title = if title.is_empty() { first } else { title };
        Self { title, company, location, text, body_start, ..Self::default() }
    }

    /// What is the same for all formats: control characters become spaces, which leaves
    /// every offset as it was, and the language is told. Twice is the same as once.
    pub(super) fn finished(mut self) -> Self {
        for text in [&mut self.text, &mut self.title, &mut self.company, &mut self.location] {
            *text = without_controls(std::mem::take(text));
        }
        for cell in &mut self.kept {
            cell.value = without_controls(std::mem::take(&mut cell.value));
        }
        self.language = self.language.or_else(|| language_of(self.body()));
        if let Some(language) = self.language.filter(|language| *language != "en") {
            let warning = format!("not English ({language})");
            if !self.warnings.contains(&warning) {
                self.warnings.push(warning);
            }
        }
        self
    }

    /// What the posting is known by in later runs: a hash of its title, its text and, where it has one of its
    /// own, its id. Without one its place does not count, which may be another the next time.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let own_id =
            self.record.filter(|record| self.id != id_by_place(&self.source, *record)).map(|_| self.id.as_str());
        let mut hasher = XxHash64::with_seed(0);
        for part in [own_id.unwrap_or_default(), &self.title, &self.text] {
            hasher.write(part.as_bytes());
            hasher.write(&[0]);
        }
        hasher.finish()
    }

    /// The text without its title line.
    #[must_use]
    pub fn body(&self) -> &str {
        self.text.get(self.body_start..).unwrap_or(&self.text)
    }
}

/// What a record of a table is called that has no id.
pub(super) fn id_by_place(source: &str, record: u64) -> String {
    format!("{source}#{record}")
}

/// A file or record that could not be read as a posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file, as reached from the path that was given.
    pub source: String,
    /// The record in a table, counted from 1; none where the whole file is meant.
    pub record: Option<u64>,
    /// The id of the record, where it could be read as far as that.
    pub id: Option<String>,
    /// What was found or expected and, where there is one, the next step.
    pub reason: String,
}

impl Skipped {
    pub(super) fn whole(source: &str, reason: impl Into<String>) -> Self {
        Self { source: source.to_owned(), record: None, id: None, reason: reason.into() }
    }

    /// An input, or what follows of it, in which a reader panicked.
    pub(crate) fn broken(source: String, record: Option<u64>) -> Self {
        let reason = "internal error while reading it; please file a bug with this file".to_owned();
        Self { source, record, id: None, reason }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}, record {record}: {}", self.source, self.reason),
            None => write!(f, "{}: {}", self.source, self.reason),
        }
    }
}

impl std::error::Error for Skipped {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Pending;

    #[test]
    fn a_posting_in_memory_reads_as_itself() {
        let posting = Posting { text: "Cook\n\nYou cook.".to_owned(), body_start: 6, ..Posting::default() };
        assert_eq!(posting.body(), "You cook.");
        let same = Posting { title: "Cook".to_owned(), ..posting.clone() };
        assert_eq!(Posting::from_text("Cook\n\nYou cook."), same);
        assert_eq!(Pending::from(posting.clone()).read(), Ok(posting));
        let cases = [
            ("---\ntitle: Cook\n---\n# Cook\n\nYou cook.", ("Cook", "You cook.")),
            ("---\ntitle: Cook\n---\nAbout us\n\nYou cook.", ("Cook", "About us\n\nYou cook.")),
            ("---\nlayout: job\n---\nCook\n\nYou cook.", ("Cook", "You cook.")),
        ];
        for (text, expected) in cases {
            let posting = Posting::from_text(text);
            assert_eq!((posting.title.as_str(), posting.body()), expected, "{text}");
        }
    }

    #[test]
    fn control_characters_are_spaces_and_languages_are_told() {
        let german = "Wir suchen einen Koch, der unsere Küche führt und die Gerichte plant. Du arbeitest mit anderen im \
                      Team und sorgst dafür, dass alles läuft.";
        let cases = [
            ("Cook\0 and\u{b}bake\tna\u{ef}ve\u{7f}", "Cook  and bake\tna\u{ef}ve ", None, vec![]),
            (german, german, Some("de"), vec!["not English (de)".to_owned()]),
        ];
        for (text, expected, language, warnings) in cases {
            let posting = Posting { text: text.to_owned(), ..Posting::default() };
            let found = Pending::from(posting).read().map(|found| (found.text, found.language, found.warnings));
            assert_eq!(found, Ok((expected.to_owned(), language, warnings)));
        }
    }

    #[test]
    fn a_posting_is_known_by_its_own_id_and_text() {
        let row = |id: &str, record, text: &str| Posting {
            id: id.to_owned(),
            source: "a.csv".to_owned(),
            record,
            text: text.to_owned(),
            ..Posting::default()
        };
        let known = row("7", Some(1), "Cook").fingerprint();
        // Reports of other days and machines hold it.
        assert_eq!(known, 0xf57f_c50b_43e4_9f0a);
        assert_eq!(row("7", Some(2), "Cook").fingerprint(), known);
        for other in [row("8", Some(1), "Cook"), row("7", Some(1), "Bake"), row("a.csv#1", Some(1), "Cook")] {
            assert_ne!(other.fingerprint(), known);
        }
        let by_place = row("a.csv#1", Some(1), "Cook").fingerprint();
        assert_eq!(row("a.csv#2", Some(2), "Cook").fingerprint(), by_place);
        assert_eq!(row("b.txt", None, "Cook").fingerprint(), by_place);
    }

    #[test]
    fn a_skipped_input_names_its_place() {
        let mut skipped = Skipped::whole("jobs.csv", "no text");
        assert_eq!(skipped.to_string(), "jobs.csv: no text");
        skipped.record = Some(3);
        assert_eq!(skipped.to_string(), "jobs.csv, record 3: no text");
    }
}
