//! The title line of a document, and where the body begins after it.
//!
//! The verdict comes from the body alone, so the title is separated here, once.

/// The longest line, in characters, that is still taken for a title.
const MAX_TITLE: usize = 100;

/// The title of plain text or Markdown and the byte where the body begins.
///
/// The first line that is not blank is the title when it is a `# ` heading, or when
/// it is short, does not end like a sentence and a blank line or a line of the employer
/// (`Heron Ltd · Leeds`) follows.
pub(super) fn of_text(text: &str) -> (String, usize) {
    split(text, |line, rest| match line.strip_prefix("# ") {
        Some(heading) => Some(heading),
        None => ((blank_line(rest) || is_employer(rest)) && is_title(line)).then_some(line),
    })
}

/// The title of a page whose text came out of HTML: a heading in its first line.
pub(super) fn of_page(text: &str) -> (String, usize) {
    split(text, |line, _| line.strip_prefix("## "))
}

/// `title_in` is given the first line and what stands behind it.
fn split<'t>(text: &'t str, title_in: impl Fn(&'t str, &'t str) -> Option<&'t str>) -> (String, usize) {
    let none = (String::new(), 0);
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next().unwrap_or("");
    let rest = &text[start + line.len()..];
    let body = rest.trim_start();
    if body.is_empty() {
        return none;
    }
    match title_in(line.trim(), rest) {
        Some(title) => (plain(title), text.len() - body.len()),
        None => none,
    }
}

/// Whether a line ends here and a blank one follows.
fn blank_line(rest: &str) -> bool {
    let space = &rest[..rest.len() - rest.trim_start().len()];
    space.matches('\n').count() >= 2
}

/// Whether the next line names employer and place, as pages that list jobs print them below
/// the title, and is set off from the body.
fn is_employer(rest: &str) -> bool {
    let next = rest.trim_start();
    let (line, behind) = next.split_at(next.find('\n').unwrap_or(next.len()));
    let parts = [" · ", " • ", " | "].iter().any(|between| line.contains(between));
    parts && is_title(line.trim()) && blank_line(behind)
}

fn is_title(line: &str) -> bool {
    let bullet = line.starts_with(['#', '-', '•', '·', '>', '|']) || line.starts_with("* ");
    let sentence = line.ends_with(['.', '!', '?', ':', ';', ',']) && !is_abbreviated(line);
    !bullet && !sentence && line.chars().count() <= MAX_TITLE
}

/// Whether a line of words with capitals ends in the dot of a short one: `Software Eng.`
fn is_abbreviated(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or_default();
    let is_short = last.strip_suffix('.').is_some_and(|word| (2..=5).contains(&word.len()));
    is_short && line.split(' ').all(|word| word.len() <= 3 || word.starts_with(|c: char| c.is_uppercase() || c == '('))
}

/// A heading without Markdown's emphasis and escapes.
fn plain(title: &str) -> String {
    let title = title.trim_end_matches(" #").trim_matches(['*', '_', ' ']);
    let mut plain = String::with_capacity(title.len());
    let mut characters = title.chars().peekable();
    while let Some(c) = characters.next() {
        let escapes = c == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_told_from_the_body() {
        let long = format!("{}\n\nBody.", "word ".repeat(30));
        let cases = [
            ("Head Gardener\n\nBody.", "Head Gardener", "Body."),
            ("\n\n  Head Gardener \r\n\r\nBody.", "Head Gardener", "Body."),
            ("# Engineer (C\\# / WPF)\nBody.", "Engineer (C# / WPF)", "Body."),
            ("# Engineer #\n\nBody.", "Engineer", "Body."),
            ("**Engineer**\n\nBody.", "Engineer", "Body."),
            ("Engineer\nwanted now\n\nBody.", "", "Engineer\nwanted now\n\nBody."),
            ("Software Eng.\n\nBody.", "Software Eng.", "Body."),
            (
                "Engineer\nHeron Ltd \u{b7} Leeds (Hybrid)\n\nBody.",
                "Engineer",
                "Heron Ltd \u{b7} Leeds (Hybrid)\n\nBody.",
            ),
            ("Engineer\nJava | Kotlin\nBody.", "", "Engineer\nJava | Kotlin\nBody."),
            ("We hire.\n\nBody.", "", "We hire.\n\nBody."),
            ("- Java\n\nBody.", "", "- Java\n\nBody."),
            ("## About us\n\nBody.", "", "## About us\n\nBody."),
            ("Engineer\n\n", "", "Engineer\n\n"),
            (long.as_str(), "", long.as_str()),
            ("", "", ""),
        ];
        for (text, title, body) in cases {
            let (found, start) = of_text(text);
            assert_eq!((found.as_str(), &text[start..]), (title, body), "{text:?}");
        }
    }

    #[test]
    fn a_page_has_a_title_only_in_a_heading() {
        let cases = [
            ("## Cook\n\nYou cook.", "Cook", "You cook."),
            ("Cook\n\nYou cook.", "", "Cook\n\nYou cook."),
            ("Intro\n\n## Cook\n\nYou cook.", "", "Intro\n\n## Cook\n\nYou cook."),
        ];
        for (text, title, body) in cases {
            let (found, start) = of_page(text);
            assert_eq!((found.as_str(), &text[start..]), (title, body), "{text:?}");
        }
    }
}
