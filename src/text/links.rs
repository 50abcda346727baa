//! Web and mail addresses in a normalised text.

use super::bytes::{BLOCK, block, mask, ones};
use super::{Normalised, Span};

/// Spans of web addresses and mail addresses in the normalised text: words in them are
/// names of hosts and files, not skills.
#[must_use]
pub fn links(text: &Normalised) -> Vec<Span> {
    let cased = text.cased();
    let bytes = cased.as_bytes();
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
        if is_link(span.of(cased)) {
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
    // Words are short: a searcher costs more to set up.
    let has_scheme = word.as_bytes().windows(3).any(|three| three == b"://");
    let address = has_scheme || word.starts_with("www.") || word.starts_with("mailto:");
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

    #[test]
    fn addresses_are_links() {
        let text = Normalised::new(
            "Mail jobs@oracle.com or see https://x.io/kubernetes (www.java.com) @ home, github.com/acme/linux. \
             Not ASP.NET/C#, Node.js/React nor Monday.com/Jira.",
        );
        let found: Vec<&str> = links(&text).into_iter().map(|span| span.of(text.cased())).collect();
        assert_eq!(found, ["jobs@oracle.com", "https://x.io/kubernetes", "www.java.com", "github.com/acme/linux."]);
    }
}
