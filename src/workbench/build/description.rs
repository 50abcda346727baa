//! Role descriptions of any make, read as numbered statements.

use std::collections::HashSet;

use super::error::BuildError;
use super::words::words;
use crate::input::Posting;
use crate::lexicon::{Side, Statement, numbered_statements};
use crate::text::{Normalised, Sentences};
use crate::workbench::folder::slug;

/// Fewer words than this are a heading or a fragment, and no statement.
const LEAST_WORDS: usize = 3;

/// What a role does, knows and needs, statement by statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// What people call the role, such as `data engineer`.
    pub label: String,
    /// Its statements, in order; their numbers are their places, from 1.
    pub statements: Vec<RoleStatement>,
}

/// One statement of a description; its number is its place among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleStatement {
    /// The sentence.
    pub text: String,
    /// Whether the other role's description says the same.
    pub shared: bool,
    /// Whether no skill rests on it.
    pub open: bool,
    /// What it is tagged with, `shared` and `open` aside.
    pub tags: Vec<String>,
}

impl Description {
    /// Reads the statements of one or several documents about a role.
    ///
    /// A document of numbered lines (`1. Writes programs. [shared]`), as a lexicon has
    /// them, is taken as it is; of any other, each sentence and list item is a statement.
    /// The label is the title of the first document, unless one is given.
    ///
    /// # Errors
    /// When no document holds a statement, or there is neither a label nor a title.
    pub fn read(side: Side, label: Option<&str>, documents: &[Posting]) -> Result<Self, BuildError> {
        let title = documents.iter().map(|document| document.title.trim()).find(|title| !title.is_empty());
        let label = label.or(title).ok_or(BuildError::NoLabel(side))?;
        let mut statements: Vec<RoleStatement> = documents.iter().flat_map(statements).collect();
        let mut seen = HashSet::new();
        statements.retain(|statement| seen.insert(statement.text.to_lowercase()));
        if statements.is_empty() {
            return Err(BuildError::NoStatements(side));
        }
        Ok(Self { label: label.to_owned(), statements })
    }

    /// The label as an id: lower case, hyphens between words.
    pub(crate) fn id(&self) -> String {
        slug(&self.label)
    }

    /// The file of the description in a lexicon folder: a title and numbered statements.
    pub(crate) fn file(&self) -> String {
        let mut file = format!("# {}\n\n", self.label);
        for (at, statement) in self.statements.iter().enumerate() {
            let shared = statement.shared.then_some("shared");
            let open = statement.open.then_some("open");
            let tags = shared.into_iter().chain(open).chain(statement.tags.iter().map(String::as_str));
            let tags: String = tags.map(|tag| format!(" [{tag}]")).collect();
            file += &format!("{}. {}{tags}\n", at + 1, statement.text);
        }
        file
    }
}

fn statements(document: &Posting) -> Vec<RoleStatement> {
    if let Some(numbered) = numbered_statements(document.body()) {
        let unnumbered = |Statement { text, shared, open, tags, .. }| RoleStatement { text, shared, open, tags };
        return numbered.into_iter().map(unnumbered).collect();
    }
    sentences(document.body())
}

/// The sentences and list items of a text, headings left out.
fn sentences(text: &str) -> Vec<RoleStatement> {
    let normalised = Normalised::new(text);
    let sentences = Sentences::new(&normalised);
    let mut found = Vec::new();
    let mut at = 0;
    while at < normalised.cased().len() {
        let span = sentences.around(at);
        at = span.end.max(at + 1);
        let sentence = unmarked(normalised.original_span(span).of(text));
        let is_heading = sentence.starts_with('#') || sentence.ends_with(':');
        if !is_heading && words(&sentence).len() >= LEAST_WORDS {
            found.push(RoleStatement { text: sentence, shared: false, open: false, tags: Vec::new() });
        }
    }
    found
}

/// A sentence on one line, without bullet, emphasis or brackets that would read as a tag.
fn unmarked(sentence: &str) -> String {
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"#([\"'".contains(c));
    let line = line.replace("**", "").replace("__", "");
    let number = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let line = match line[number..].strip_prefix([')', '.']) {
        Some(rest) if number > 0 && rest.starts_with(' ') => rest.trim_start().to_owned(),
        _ => line,
    };
    if line.ends_with(']') { format!("{line}.") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        statements(&Posting::from_text(text)).into_iter().map(|statement| statement.text).collect()
    }

    #[test]
    fn sentences_and_items_are_statements_and_headings_are_not() {
        let text = "# Nurse\n\n## What the role does\n\nA nurse cares for patients. It is shift work, often at night.\n\n\
                    Duties:\n\n- Dresses **wounds** and surgical sites\n- Gives medicines\n  1) Takes blood samples [daily]\n";
        assert_eq!(
            texts(text),
            [
                "A nurse cares for patients.",
                "It is shift work, often at night.",
                "Dresses wounds and surgical sites",
                "Takes blood samples [daily].",
            ]
        );
    }

    #[test]
    fn numbered_statements_are_taken_as_they_are() {
        let posting = Posting::from_text(
            "# Nurse\n\nWritten by us.\n\n1. Dresses wounds. [O*NET 1]\n2. Works shifts. [shared]\n",
        );
        let description = Description::read(Side::Left, None, &[posting]).expect("two statements");
        assert_eq!((description.label.as_str(), description.id().as_str()), ("Nurse", "nurse"));
        assert_eq!(description.statements[0].tags, ["O*NET 1"]);
        assert!(description.statements[1].shared);
        assert_eq!(description.file(), "# Nurse\n\n1. Dresses wounds. [O*NET 1]\n2. Works shifts. [shared]\n");
    }

    #[test]
    fn a_description_needs_a_label_and_statements() {
        let untitled = Posting { text: "Dresses wounds and changes beds.".to_owned(), ..Posting::default() };
        let read = |label, posting: &Posting| Description::read(Side::Right, label, std::slice::from_ref(posting));
        assert!(matches!(read(None, &untitled), Err(BuildError::NoLabel(Side::Right))));
        assert!(read(Some("nurse"), &untitled).is_ok());
        assert!(matches!(read(Some("nurse"), &Posting::default()), Err(BuildError::NoStatements(Side::Right))));
    }
}
