//! Role descriptions: numbered statements of what a role does, knows and needs.

use serde::{Deserialize, Serialize};

use super::diagnostic::{Code, Diagnostic};
use crate::text::Span;

/// One numbered statement of a role description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its number in the file, from 1.
    pub number: usize,
    /// The sentence, without its tags.
    pub text: String,
    /// Whether the other role's description says the same: it then tells the roles apart no more.
    pub shared: bool,
    /// Whether no skill rests on it yet, which its line admits by `[open]`.
    pub open: bool,
    /// The outside sources it is grounded in, such as `O*NET 15-1252.00`.
    pub tags: Vec<String>,
    /// Its line in the file.
    pub(crate) line: Span,
}

/// Reads the statements of one role file: lines `N. Sentence. [tag] [tag]`.
pub(crate) fn parse(file: &str, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((number, sentence)) = numbered(line.trim_end()) {
            if number != statements.len() + 1 {
                let message =
                    format!("statement {number} follows statement {}; numbers run 1, 2, 3 ...", statements.len());
                findings.push(
                    Diagnostic::error(Code::Statements, file, message)
                        .at(at..at + line.trim_end().len(), text)
                        .help("renumber, and mind the skills that cite these statements"),
                );
            }
            statements.push(statement(number, sentence, Span::new(at, at + line.trim_end().len())));
        }
        at += line.len();
    }
    if statements.is_empty() {
        findings.push(
            Diagnostic::error(Code::Statements, file, "no statements; expected lines such as `1. Writes programs.`")
                .at(0..text.find('\n').unwrap_or(text.len()), text)
                .help("write one numbered sentence a line"),
        );
    }
    statements
}

/// The statements of a text that is written as a role file is; `None` for any other text.
pub(crate) fn numbered_statements(text: &str) -> Option<Vec<Statement>> {
    let mut findings = Vec::new();
    let statements = parse("", text, &mut findings);
    findings.is_empty().then_some(statements)
}

fn numbered(line: &str) -> Option<(usize, &str)> {
    let (number, sentence) = line.split_once(". ")?;
    Some((number.parse().ok()?, sentence))
}

fn statement(number: usize, sentence: &str, line: Span) -> Statement {
    let mut text = sentence.trim();
    let mut tags = Vec::new();
    while let Some((rest, tag)) = text.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        tags.insert(0, tag.to_owned());
        text = rest.trim_end();
    }
    let shared = tags.iter().any(|tag| tag == "shared");
    let open = tags.iter().any(|tag| tag == "open");
    tags.retain(|tag| tag != "shared" && tag != "open");
    Statement { number, text: text.to_owned(), shared, open, tags, line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_off_the_end() {
        let mut findings = Vec::new();
        let text = "# Role\n\n1. Does a thing. [shared]\n2. Does [more]. [O*NET 1] [O*NET 2]\n";
        let statements = parse("roles/x.md", text, &mut findings);
        assert!(findings.is_empty());
        assert_eq!(statements[0].text, "Does a thing.");
        assert!(statements[0].shared && statements[0].tags.is_empty());
        assert_eq!(statements[1].text, "Does [more].");
        assert_eq!(statements[1].tags, ["O*NET 1", "O*NET 2"]);
    }

    #[test]
    fn a_gap_in_the_numbers_is_a_finding() {
        let mut findings = Vec::new();
        parse("roles/x.md", "1. One.\n3. Three.\n", &mut findings);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place.map(|place| place.line), Some(2));
    }
}
