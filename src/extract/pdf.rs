//! The text layer of a PDF.
//!
//! The parser may take any amount of memory on a hostile file and then abort the
//! process, so callers who read files of others run this in a process of its own
//! (see `src/input/pdf_child.rs`).

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, PlainTextOutput};

use super::Limits;

/// The text of a PDF, line by line as it is laid out.
///
/// # Errors
/// Says why there is none: no text layer, a password, more pages than the limit, or
/// what the parser found broken.
pub fn pdf_to_text(bytes: &[u8], limits: &Limits) -> Result<String, String> {
    catch_unwind(AssertUnwindSafe(|| extract(bytes, limits)))
        .unwrap_or_else(|_| Err("a PDF that cannot be read: the parser gave up".to_owned()))
}

fn extract(bytes: &[u8], limits: &Limits) -> Result<String, String> {
    let broken = |error: &dyn std::fmt::Display| format!("a PDF that cannot be read: {error}");
    let mut document = Document::load_mem(bytes).map_err(|error| broken(&error))?;
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| "a PDF behind a password: save it without".to_owned())?;
    }
    let pages = document.get_pages().len();
    if pages > limits.pages {
        return Err(format!("{pages} pages, more than the limit of {}", limits.pages));
    }
    let mut text = String::new();
    let mut output = PlainTextOutput::new(&mut text);
    pdf_extract::output_doc(&document, &mut output).map_err(|error| broken(&error))?;
    if !text.chars().any(char::is_alphanumeric) {
        return Err("no text layer: a scan? recognise its text first (OCR)".to_owned());
    }
    Ok(tidy(&text))
}

/// Lines without spaces at their ends, bullets spelled as elsewhere, no more than one
/// blank line in a row; and lines that were broken where the page ended put together.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let width = width(&lines);
    let mut tidy = String::with_capacity(text.len());
    let mut before = "";
    for line in lines {
        let item = item(line);
        if line.is_empty() {
            if !tidy.is_empty() && !tidy.ends_with("\n\n") {
                tidy.push('\n');
            }
        } else if item.is_none() && is_broken(before, line, width) {
            // In place of the line's end; a word with a hyphen is taken for one that has it
            // always, since common programs do not divide words.
            tidy.pop();
            tidy.extend([if before.ends_with('-') { "" } else { " " }, line, "\n"]);
        } else {
            tidy.extend(item.map_or(["", line, "\n"], |item| ["* ", item, "\n"]));
        }
        before = line;
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

/// What follows the bullet of a list item.
fn item(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(BULLETS)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// How many characters a full line has: as many as all but the longest tenth.
fn width(lines: &[&str]) -> usize {
    let mut widths: Vec<usize> = lines.iter().map(|line| line.chars().count()).filter(|width| *width > 0).collect();
    widths.sort_unstable();
    widths.get(widths.len() * 9 / 10).copied().unwrap_or(0)
}

/// Whether a line goes on on the next because the next word found no room on it.
fn is_broken(line: &str, next: &str, width: usize) -> bool {
    let ends = line.ends_with(['.', ':', '!', '?']);
    let word = next.split_whitespace().next().unwrap_or_default().chars().count();
    // Letters are not all of one width.
    width >= NARROWEST && !line.is_empty() && !ends && (line.chars().count() + 1 + word) * 10 >= width * 9
}

/// Lines of fewer characters than this are no running text.
const NARROWEST: usize = 40;

/// Signs that programs draw before list items; those of the private use area are
/// what the Symbol and Wingdings fonts have there.
const BULLETS: [char; 9] = ['•', '●', '○', '▪', '■', '◦', '\u{f0b7}', '\u{f0a7}', '\u{f076}'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_tidied() {
        let cases = [
            ("\n\n One \n\n\n\nTwo\n", "One\n\nTwo"),
            ("Duties\n• Java\n\u{f0b7} Go\n▪Rust", "Duties\n* Java\n* Go\n▪Rust"),
            (
                "DUTIES\n• Install, configure and maintain servers, physical and\nvirtual\n• Watch them and all that hangs on them, with high-\navailability tools\n\n\
                 You look after our servers, of which there are not too\nmany. You keep them patched, monitored, and available.\n\
                 Windows experience is not needed at all for these tasks\n\nBENEFITS\nAll",
                "DUTIES\n* Install, configure and maintain servers, physical and virtual\n* Watch them and all that hangs on them, with high-availability tools\n\n\
                 You look after our servers, of which there are not too many. You keep them patched, monitored, and available.\n\
                 Windows experience is not needed at all for these tasks\n\nBENEFITS\nAll",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(tidy(text), expected);
        }
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        for bytes in [b"%PDF-1.4\n".as_slice(), b"not at all", b""] {
            let found = pdf_to_text(bytes, &Limits::default());
            assert!(found.as_ref().is_err_and(|reason| reason.starts_with("a PDF that cannot be read")), "{found:?}");
        }
    }
}
