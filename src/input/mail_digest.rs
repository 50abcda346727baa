//! A digest: a message that holds several, one after another, between lines of dashes (RFC 1153).

use super::mail_header::field_name;

/// The fewest marks in a line that stands between two messages.
const LEAST_MARKS: usize = 20;

/// The text that a message is read for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    pub is_html: bool,
    pub text: String,
}

/// One message of a digest, or the whole of what is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What it is about, where it says so itself.
    pub subject: Option<String>,
    pub text: String,
}

/// The messages in a body. It is a digest where, behind lines of dashes, at least two begin with
/// fields of their own, one of which says what they are about: dashes alone part sections, too.
pub(super) fn split(body: &Body) -> Vec<Piece> {
    let whole = || vec![Piece { subject: None, text: body.text.clone() }];
    if body.is_html {
        return whole();
    }
    let mut texts = vec![String::new()];
    for line in body.text.lines() {
        match texts.last_mut() {
            Some(last) if !is_rule(line) => *last += &format!("{line}\n"),
            _ => texts.push(String::new()),
        }
    }
    let messages: Vec<Piece> = texts.iter().filter_map(|text| message(text)).collect();
    if messages.len() > 1 { messages } else { whole() }
}

/// Whether a line is made of one mark alone.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    ["-", "=", "_", "*"]
        .iter()
        .any(|mark| line.len() >= LEAST_MARKS && line.trim_matches(|c| mark.contains(c)).is_empty())
}

/// A text that begins with fields, as a message of a digest does.
fn message(text: &str) -> Option<Piece> {
    let text = text.trim_start();
    let mut subject = None;
    let mut rest = text;
    while let Some((line, behind)) = rest.split_once('\n') {
        let Some(name) = field_name(line) else { break };
        if ["subject", "title", "position", "job", "job-title", "role", "vacancy"]
            .contains(&name.to_lowercase().as_str())
        {
            subject = Some(line[name.len() + 1..].trim().to_owned());
        }
        rest = behind;
    }
    let body = rest.trim();
    (subject.is_some() && !body.is_empty()).then(|| Piece { subject, text: format!("{body}\n") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split_text(text: &str) -> Vec<(Option<String>, String)> {
        let body = Body { is_html: false, text: text.to_owned() };
        split(&body).into_iter().map(|piece| (piece.subject, piece.text)).collect()
    }

    #[test]
    fn a_digest_is_split_where_messages_begin() {
        let rule = "-".repeat(30);
        let digest = format!(
            "Topics\n\n{rule}\n\nFrom: a\nSubject: Cook\n\nYou cook.\n{rule}\nSubject: Baker\n\nYou bake.\n{rule}\nEnd\n"
        );
        let expected = [("Cook", "You cook.\n"), ("Baker", "You bake.\n")];
        assert_eq!(split_text(&digest), expected.map(|(subject, text)| (Some(subject.to_owned()), text.to_owned())));
    }

    #[test]
    fn rules_alone_make_no_digest() {
        let rule = "=".repeat(40);
        let text = format!("Cook\n{rule}\nDuties\n{rule}\nYou cook.\n");
        assert_eq!(split_text(&text), [(None, text.clone())]);
    }
}
