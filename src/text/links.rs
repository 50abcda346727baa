//! Web and mail addresses in a normalised text.

use super::bytes::places;
use super::{Normalised, Span};

/// Spans of web addresses and mail addresses in the normalised text: words in them are
/// names of hosts and files, not skills.
#[must_use]
pub fn links(text: &Normalised) -> Vec<Span> {
    let cased = text.cased();
    let mut spans = Vec::new();
    let mut seen_to = 0;
    for at in link_marks(cased.as_bytes()) {
        if at < seen_to {
            continue;
        }
        let token = token_from(cased.as_bytes(), seen_to, at);
        if is_link(token.of(cased)) {
            spans.push(token);
        }
        seen_to = token.end;
    }
    spans
}

/// What stands around byte `at` and is an address or none of it.
#[must_use]
pub(crate) fn link_token(text: &str, at: usize) -> Span {
    token_from(text.as_bytes(), 0, at)
}

/// The same where nothing before byte `from` belongs to it.
fn token_from(bytes: &[u8], from: usize, at: usize) -> Span {
    let start = bytes[from..at].iter().rposition(|byte| ends_token(*byte)).map_or(from, |last| from + last + 1);
    let len = bytes[at..].iter().position(|byte| ends_token(*byte));
    Span::new(start, len.map_or(bytes.len(), |len| at + len))
}

/// The places of the characters one of which stands in every address.
fn link_marks(bytes: &[u8]) -> impl Iterator<Item = usize> {
    places(bytes, |byte| (byte == b'/') | (byte == b'@') | (byte == b':') | (byte == b'.'))
        .filter(|at| bytes[*at] != b'.' || bytes[..*at].ends_with(b"www"))
}

fn ends_token(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'"')
}

/// Whether a token is an address. Tokens are short: whatever has to be set up for a search costs more
/// than a look at each of their bytes.
#[must_use]
pub(crate) fn is_link(token: &str) -> bool {
    let bytes = token.as_bytes();
    let first = |byte: u8| bytes.iter().position(|other| *other == byte);
    let has_scheme = first(b':').is_some_and(|colon| bytes[colon..].windows(3).any(|three| three == b"://"));
    has_scheme
        || token.starts_with("www.")
        || token.starts_with("mailto:")
        || first(b'@').is_some_and(|at| is_mail(&token[..at], &token[at + 1..]))
        || first(b'/').is_some_and(|slash| is_bare_address(&token[..slash], &token[slash + 1..]))
}

/// `github.com/acme/tools`, but neither `ASP.NET/C#` nor `Monday.com/Jira`.
fn is_bare_address(host: &str, path: &str) -> bool {
    path.starts_with(|c: char| c.is_ascii_lowercase())
        && [".com", ".org", ".edu", ".gov", ".dev"].iter().any(|domain| host.ends_with(domain))
}

/// `jobs@example.com`.
fn is_mail(name: &str, host: &str) -> bool {
    name.ends_with(|c: char| c.is_ascii_alphanumeric())
        && host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.contains('.')
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
