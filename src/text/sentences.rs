//! Sentences, list items and clauses of a folded text, and the links in it.

use std::ops::RangeInclusive;

use super::masks::{BLOCK, block, mask, ones};
use super::{Folded, Span};

/// The bytes of lines that hard wrapping leaves.
const WRAPPED_LINE: RangeInclusive<usize> = 45..=120;

/// Where sentences and list items begin, in offsets of the folded text.
///
/// A hard-wrapped line is not a new sentence: only end punctuation, a blank line, a
/// bullet, or a break that no wrapping explains is.
#[derive(Debug, Clone)]
pub struct Sentences {
    starts: Vec<usize>,
    len: usize,
}

impl Sentences {
    /// Finds the sentences of `text`.
    #[must_use]
    pub fn new(text: &Folded) -> Self {
        let shape = text.shape();
        let bytes = shape.as_bytes();
        let mut starts = vec![0];
        let mut line_start = 0;
        for at in marks(bytes) {
            let begins = match bytes[at] {
                b'\n' => {
                    let (line, next) = (&shape[line_start..at], &shape[at + 1..]);
                    line_start = at + 1;
                    next.starts_with('\n') || starts_with_bullet(next) || !is_wrap(line, next)
                }
                b'.' | b'!' | b'?' => ends_sentence(shape, at),
                b' ' => starts_with_symbol_bullet(&shape[at + 1..]),
                _ => false,
            };
            if begins {
                starts.push(at + 1);
            }
        }
        Self { starts, len: shape.len() }
    }

    /// The sentence or list item around folded byte `at`.
    #[must_use]
    pub fn around(&self, at: usize) -> Span {
        let next = self.starts.partition_point(|start| *start <= at);
        let end = self.starts.get(next).copied().unwrap_or(self.len);
        Span::new(self.starts[next.saturating_sub(1)], end)
    }
}

/// The places where a sentence may end, or an item begin behind a space.
fn marks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    (0..bytes.len()).step_by(BLOCK).flat_map(move |from| {
        let block = block(bytes, from);
        let ends = mask(&block, |byte| (byte == b'\n') | (byte == b'.') | (byte == b'!') | (byte == b'?'));
        let is_bullet = |byte: u8| (byte == b'*') | !byte.is_ascii();
        let next = u64::from(bytes.get(from + BLOCK).is_some_and(|byte| is_bullet(*byte)));
        let before_bullet = mask(&block, is_bullet) >> 1 | next << (BLOCK - 1);
        ones(ends | mask(&block, |byte| byte == b' ') & before_bullet).map(move |place| from + place)
    })
}

/// Whether wrapping alone may have ended `line`: lists without bullets end their
/// items sooner or later than that, and begin the next with a capital.
fn is_wrap(line: &str, next: &str) -> bool {
    WRAPPED_LINE.contains(&line.len()) || !next.starts_with(char::is_uppercase)
}

/// `*`, `-`, `1.` and their kind at the start of a line.
fn starts_with_bullet(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    if starts_with_symbol_bullet(line) {
        return true;
    }
    let Some(rest) = line.strip_prefix(['*', '-', '+', '>', '#', 'o', 'O']) else {
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        return (1..=2).contains(&digits)
            && line[digits..].starts_with([')', '.'])
            && line[digits + 1..].starts_with(' ');
    };
    rest.starts_with([' ', '#', '*'])
}

/// Bullets that mark an item even in the middle of a line, where newlines were lost.
fn starts_with_symbol_bullet(text: &str) -> bool {
    let Some(c) = text.chars().next() else { return false };
    matches!(
        c,
        '•' | '·'
            | '‣'
            | '▪'
            | '●'
            | '◦'
            | '∙'
            | '■'
            | '□'
            | '►'
            | '➢'
            | '➤'
            | '✓'
            | '✔'
            | '✅'
            | '★'
            | '○'
            | '⁃'
            | '\u{f0b7}'
    ) || (c == '*' && text[1..].starts_with(' '))
}

fn ends_sentence(shape: &str, at: usize) -> bool {
    let after = shape[at + 1..].trim_start_matches(['"', '\'', ')', '*', '_']);
    let Some(rest) = after.strip_prefix([' ', '\n']) else { return false };
    let next = rest.trim_start_matches(['"', '\'', '(', '*', '_', '-', ' ']).chars().next();
    if !next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphabetic()) {
        return false;
    }
    if !shape[at..].starts_with('.') {
        return true;
    }
    let word = shape[..at].rsplit([' ', '\n', '(']).next().unwrap_or("");
    !is_abbreviation(word)
}

/// A dot after these does not end a sentence.
fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(
        lower.as_str(),
        "e.g"
            | "eg"
            | "i.e"
            | "ie"
            | "vs"
            | "inc"
            | "ltd"
            | "co"
            | "corp"
            | "sr"
            | "jr"
            | "dr"
            | "mr"
            | "mrs"
            | "ms"
            | "st"
            | "no"
            | "approx"
            | "dept"
            | "incl"
            | "u.s"
            | "u.k"
            | "yrs"
            | "yr"
            | "min"
            | "max"
            | "b.s"
            | "m.s"
            | "b.a"
    ) || (word.len() == 1 && word.chars().all(char::is_uppercase))
}

/// Spans of web addresses and mail addresses in the folded text: words in them are
/// names of hosts and files, not skills.
#[must_use]
pub fn links(text: &Folded) -> Vec<Span> {
    let shape = text.shape();
    let bytes = shape.as_bytes();
    let mut spans = Vec::new();
    let mut seen_to = 0;
    for at in link_marks(bytes) {
        if at < seen_to {
            continue;
        }
        let start =
            bytes[seen_to..at].iter().rposition(|byte| ends_token(*byte)).map_or(seen_to, |last| seen_to + last + 1);
        let end = bytes[at..].iter().position(|byte| ends_token(*byte)).map_or(bytes.len(), |len| at + len);
        let span = Span::new(start, end);
        if is_link(span.of(shape)) {
            spans.push(span);
        }
        seen_to = end;
    }
    spans
}

/// The places of the characters one of which stands in every address.
fn link_marks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    (0..bytes.len()).step_by(BLOCK).flat_map(move |from| {
        let block = block(bytes, from);
        let marks = mask(&block, |byte| (byte == b'/') | (byte == b'@') | (byte == b':') | (byte == b'.'));
        let plain_dot = move |at: &usize| bytes[*at] == b'.' && !bytes[..*at].ends_with(b"www");
        ones(marks).map(move |place| from + place).filter(move |at| !plain_dot(at))
    })
}

fn ends_token(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'"')
}

fn is_link(word: &str) -> bool {
    let address = word.contains("://") || word.starts_with("www.") || word.starts_with("mailto:");
    address || is_mail(word) || is_bare_address(word)
}

/// `github.com/acme/tools`, but neither `ASP.NET/C#` nor `Monday.com/Jira`.
fn is_bare_address(word: &str) -> bool {
    word.split_once('/').is_some_and(|(host, path)| {
        let domain = host.rsplit_once('.').map_or("", |(_, domain)| domain);
        matches!(domain, "com" | "org" | "edu" | "gov" | "dev") && path.starts_with(|c: char| c.is_ascii_lowercase())
    })
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(|c: char| c.is_ascii_alphanumeric())
            && host.contains('.')
            && host.starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let folded = Folded::new(text);
        let all = Sentences::new(&folded);
        let mut at = 0;
        let mut found = Vec::new();
        while at < folded.shape().len() {
            let span = all.around(at);
            let sentence = span.of(folded.shape()).trim();
            if !sentence.is_empty() {
                found.push(sentence.to_owned());
            }
            at = span.end.max(at + 1);
        }
        found
    }

    #[test]
    fn ends_where_a_reader_sees_an_end() {
        let cases: [(&str, &[&str]); 9] = [
            ("One two. Three four.", &["One two.", "Three four."]),
            ("Use e.g. Java daily", &["Use e.g. Java daily"]),
            ("Node.js and ASP.NET are used", &["Node.js and ASP.NET are used"]),
            ("a list\n* one\n* two", &["a list", "* one", "* two"]),
            ("wrapped\nline of text", &["wrapped\nline of text"]),
            ("No travel\nPython\nC and\nits kin", &["No travel", "Python", "C and\nits kin"]),
            (
                "A line as long as hard wrapping leaves it, and then\nJava on the next",
                &["A line as long as hard wrapping leaves it, and then\nJava on the next"],
            ),
            ("Lost newlines: • Java • Go", &["Lost newlines:", "• Java", "• Go"]),
            ("para one\n\npara two", &["para one", "para two"]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text), expected, "{text:?}");
        }
    }

    #[test]
    fn addresses_are_links() {
        let folded = Folded::new(
            "Mail jobs@oracle.com or see https://x.io/kubernetes (www.java.com) @ home, github.com/acme/linux. \
             Not ASP.NET/C#, Node.js/React nor Monday.com/Jira.",
        );
        let found: Vec<&str> = links(&folded).into_iter().map(|span| span.of(folded.shape())).collect();
        assert_eq!(found, ["jobs@oracle.com", "https://x.io/kubernetes", "www.java.com", "github.com/acme/linux."]);
    }
}
