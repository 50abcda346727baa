//! What XML and HTML begin with.

/// Elements that set text, and are no fields of a record.
const SETTING: [&str; 36] = [
    "a",
    "b",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Elements that begin a page.
const PAGE: [&str; 7] = ["html", "head", "body", "script", "style", "main", "center"];

/// Whether an element sets text, as `<p>` does.
pub(super) fn sets_text(name: &str) -> bool {
    SETTING.iter().any(|setting| setting.eq_ignore_ascii_case(name))
}

/// The name of the first element, if the text begins with one, behind declarations and comments.
pub(super) fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") {
            "?>"
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            if rest.split('>').next().is_some_and(|tag| tag.contains('[')) { "]>" } else { ">" }
        } else {
            break;
        };
        rest = rest[rest.find(end)? + end.len()..].trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
    let name = &name[..end];
    name.starts_with(|c: char| c.is_alphabetic() || c == '_').then_some(name)
}

/// Whether a text is a page that begins as such.
pub(super) fn is_page(text: &str) -> bool {
    root(text).is_some_and(|name| name.eq_ignore_ascii_case("html"))
        || text.trim_start().get(..14).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"))
}

/// Whether a text begins as XML that is no page and no piece of one.
pub(super) fn is_xml(text: &str) -> bool {
    root(text).is_some_and(|name| !sets_text(name) && !PAGE.iter().any(|page| page.eq_ignore_ascii_case(name)))
        && !is_page(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_other_xml() {
        let cases = [
            ("<?xml version=\"1.0\"?>\n<!-- a > b --><jobs><job/></jobs>", Some("jobs"), false, true),
            ("<!DOCTYPE jobs [<!ENTITY a \"b>\">]><jobs>", Some("jobs"), false, true),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", Some("html"), true, false),
            ("<!doctype HTML>\n<p>Cook", Some("p"), true, false),
            ("<HTML>", Some("HTML"), true, false),
            ("<p>You cook.</p>", Some("p"), false, false),
            ("\u{feff}<rss version=\"2.0\">", Some("rss"), false, true),
            ("<3 cooking", None, false, false),
            ("Cook <b>", None, false, false),
            ("<!-- never closed", None, false, false),
        ];
        for (text, name, page, xml) in cases {
            assert_eq!((root(text), is_page(text), is_xml(text)), (name, page, xml), "{text}");
        }
    }
}
