//! The title line of a document, and where the body begins after it.
//!
//! The verdict comes from the body alone, so the title is separated here, once. Where no line
//! stands out as the title, it is taken from wherever the job is named: a line that lists employer,
//! role and place, what a page calls itself, the name of the file.

use super::job_words::names_a_job;
use crate::extract::PageNames;

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

/// The title of a page by what it calls itself: a heading, or its title without the site's name.
pub(super) fn of_names(names: &PageNames) -> Option<String> {
    let heading = names.headings.iter().find_map(|heading| role_in(heading));
    heading.or_else(|| role_in(&names.title)).map(str::to_owned)
}

/// The role in a text's first line, where that lists several things: `Heron Ltd | Cook | Leeds`.
pub(super) fn of_listing(text: &str) -> Option<&str> {
    let line = text.trim_start().lines().next()?.trim();
    let listed = BETWEEN.iter().any(|between| line.contains(between));
    role_in(line).filter(|_| listed && line.chars().count() <= LONGEST_LISTING)
}

/// The title in the name of a file: `Heron_Head-Chef_2026.pdf` is of a `Head Chef`.
pub(super) fn of_file_name(stem: &str) -> Option<String> {
    let spaced = |part: &str| {
        let words = part.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.' | '+'));
        let is_word = |word: &&str| word.chars().any(char::is_alphabetic) && !word.chars().any(|c| c.is_ascii_digit());
        words.filter(is_word).collect::<Vec<_>>().join(" ")
    };
    let parts =
        stem.split(" - ").flat_map(|part| if part.contains(' ') { vec![part] } else { part.split('_').collect() });
    let mut parts: Vec<String> = parts.map(spaced).collect();
    // Words that belong together are held by underscores too.
    parts.push(spaced(stem));
    parts.into_iter().find(|part| names_a_job(part) && part.contains(' ') && part.len() <= MAX_TITLE)
}

/// What stands between employer, role and place on one line.
const BETWEEN: [&str; 8] = [" | ", " - ", " \u{2013} ", " \u{2014} ", " · ", " • ", " :: ", " » "];
/// What boards put before a role, and behind it.
const BEFORE_ROLE: [&str; 4] = [" hiring ", "Job Application for ", "Apply for ", "Vacancy: "];
const BEHIND_ROLE: [&str; 5] = [" job in ", " jobs in ", " at ", " @ ", " job at "];
/// The longest line, in characters, that lists employer, role and place.
const LONGEST_LISTING: usize = 240;

/// The part of a line that names a job, without what boards put around it.
fn role_in(line: &str) -> Option<&str> {
    let mut parts = vec![line];
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    let part = parts.into_iter().find(|part| names_a_job(part) && part.chars().count() <= MAX_TITLE)?;
    let after = BEFORE_ROLE.iter().find_map(|before| Some((*before, part.split_once(before)?.1)));
    let (hiring, role) = after.map_or((false, part), |(before, role)| (before == BEFORE_ROLE[0], role));
    let behind = BEHIND_ROLE.iter().copied().chain(hiring.then_some(" in "));
    let role = behind.fold(role, |role, behind| role.split_once(behind).map_or(role, |(role, _)| role));
    let role = if names_a_job(role) { role } else { part };
    Some(role.trim())
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
    fn a_job_is_named_in_many_places() {
        let listings = [
            ("Heron Ltd | Senior Cook | Leeds | ONSITE\nYou cook.", Some("Senior Cook")),
            ("Senior Cook - Heron Ltd\nYou cook.", Some("Senior Cook")),
            ("Heron Ltd | Leeds\nYou cook.", None),
            ("Our engineer designs ovens.\nYou cook.", None),
        ];
        for (text, expected) in listings {
            assert_eq!(of_listing(text), expected, "{text}");
        }
        let titles = [
            ("Careers", "Senior Cook | Heron Ltd", Some("Senior Cook")),
            ("Senior Cook", "Careers", Some("Senior Cook")),
            ("", "Job Application for Senior Cook at Heron", Some("Senior Cook")),
            ("", "Heron hiring Senior Cook in Leeds, England | Board", Some("Senior Cook")),
            ("", "Senior Cook job in Leeds | Board", Some("Senior Cook")),
            ("About us", "Heron Ltd", None),
        ];
        for (heading, title, expected) in titles {
            let names = PageNames { headings: vec![heading.to_owned()], title: title.to_owned() };
            assert_eq!(of_names(&names).as_deref(), expected, "{heading}, {title}");
        }
        let files = [
            ("Heron - Senior Cook - Leeds", Some("Senior Cook")),
            ("senior-cook-2026", Some("senior cook")),
            ("Senior_Cook_JR1234", Some("Senior Cook")),
            ("posting-17", None),
            ("cook", None),
        ];
        for (stem, expected) in files {
            assert_eq!(of_file_name(stem).as_deref(), expected, "{stem}");
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
