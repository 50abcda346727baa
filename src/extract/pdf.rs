//! The text layer of a PDF.
//!
//! The parser may take any amount of memory on a hostile file and then abort the
//! process, so callers who read files of others run this in a process of its own
//! (see `src/input/pdf_child.rs`).

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform};

use super::Limits;
use super::pdf_layout::{Letter, item, text_of_page};

/// The text of a PDF, column by column and paragraph by paragraph.
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
    let mut output = Pages::default();
    pdf_extract::output_doc(&document, &mut output).map_err(|error| broken(&error))?;
    let text = output.text;
    if !text.chars().any(char::is_alphanumeric) {
        return Err("no text layer: a scan? recognise its text first (OCR)".to_owned());
    }
    Ok(tidy(&text))
}

/// Gathers the letters of each page, and makes text of them.
#[derive(Default)]
struct Pages {
    text: String,
    letters: Vec<Letter>,
    height: f64,
}

impl OutputDev for Pages {
    fn begin_page(&mut self, _: u32, media: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.height = media.ury;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.text.push_str(&text_of_page(std::mem::take(&mut self.letters)));
        self.text.push_str("\n\n");
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let size = font_size * (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let (x, y) = (place.m31, self.height - place.m32);
        // Letters of no size are hidden; those of no place are broken.
        if size > 0.0 && x.is_finite() && y.is_finite() {
            let end = x + width * font_size * place.m11.hypot(place.m12);
            self.letters.push(Letter { x, y, end, size, text: text.to_owned() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Lines without spaces at their ends, bullets spelled as elsewhere, no more than one blank line
/// in a row.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        if !line.is_empty() {
            tidy.extend(item(line).map_or(["", line, "\n"], |item| ["* ", item, "\n"]));
        } else if !tidy.is_empty() && !tidy.ends_with("\n\n") {
            tidy.push('\n');
        }
    }
    tidy.truncate(tidy.trim_end().len());
    tidy
}

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
