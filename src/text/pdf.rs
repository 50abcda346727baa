//! The text layer of a PDF.
//!
//! The parser may take any amount of memory on a hostile file and then abort the
//! process, so callers who read files of others run this in a process of its own
//! (see `posting::pdf`).

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
    drop(output);
    if !text.chars().any(char::is_alphanumeric) {
        return Err("no text layer: a scan? recognise its text first (OCR)".to_owned());
    }
    Ok(tidy(&text))
}

/// Lines without spaces at their ends, bullets spelled as elsewhere, and no more than
/// one blank line in a row.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        let blank_before = tidy.is_empty() || tidy.ends_with("\n\n");
        if line.is_empty() && blank_before {
            continue;
        }
        let start = line.trim_start();
        match start.strip_prefix(BULLETS).filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            Some(rest) => {
                tidy.push_str("* ");
                tidy.push_str(rest.trim_start());
            }
            None => tidy.push_str(start),
        }
        tidy.push('\n');
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

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
