//! Words that a line end divides, and the arrows of quoted mail.

use super::Repairs;
use crate::text::{Edit, Span};

/// Bytes of a line that a mail program may have broken.
const BROKEN_LINE: usize = 30;

impl Repairs<'_> {
    /// The word around the hyphen at `at`, which ends a line.
    ///
    /// It is one word where that is a form (`Dev-/Ops`), or where the phrases know it and not
    /// the two parts as neighbours: `test-/ing`. Else the hyphen belongs to it, as in
    /// `unit-/testing`.
    pub(super) fn divided_word(&mut self, at: usize) {
        let next = at + 2;
        let (Some(left), Some(right)) = (self.token(at), self.token(next)) else { return };
        self.done = right.end;
        if !self.cased[next..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            return;
        }
        let [left, right] = [left, right].map(|part| part.of(self.lower));
        let are_neighbours = self.table.begins_phrase(&format!("{left} {right}"));
        let whole = format!("{left}{right}");
        if self.is_form(&whole) || !are_neighbours && self.knows(&whole) {
            self.edits.push(Edit::replace(at, next, ""));
        } else if are_neighbours || self.cased[next..].starts_with(|c: char| c.is_ascii_lowercase()) {
            self.edits.push(Edit::replace(at + 1, next, ""));
        }
    }

    /// The block of lines from `at` on that begin with an arrow.
    ///
    /// Arrows are bullets, too. They are those of mail where a line goes on in the next one,
    /// which begins with a small letter.
    pub(super) fn quoted_lines(&mut self, at: usize) {
        let (lines, end) = self.lines_with_arrows(at);
        self.done = end;
        let text = |line: &Span| line.of(self.cased);
        let goes_on = |pair: &[Span]| {
            text(&pair[0]).len() >= BROKEN_LINE
                && !ends_passage(text(&pair[0]))
                && text(&pair[1]).starts_with(|c: char| c.is_lowercase())
        };
        if !lines.windows(2).any(goes_on) {
            return;
        }
        let mut end = at;
        let mut before = "";
        for line in &lines {
            let by = match before {
                "" => "",
                before if ends_passage(before) || !text(line).starts_with(char::is_alphanumeric) => "\n",
                _ => " ",
            };
            self.edits.push(Edit::replace(end, line.start, by));
            end = line.end;
            before = text(line);
        }
    }

    /// The rests of the lines that begin with an arrow, from the one at `at` on, and where they
    /// end.
    fn lines_with_arrows(&self, at: usize) -> (Vec<Span>, usize) {
        let mut lines = Vec::new();
        let mut start = at;
        for line in self.cased[at..].split_inclusive('\n') {
            let rest = line.trim_start_matches(['>', ' ']);
            if !line.starts_with('>') {
                break;
            }
            lines.push(Span::new(start + line.len() - rest.len(), start + line.trim_end_matches('\n').len()));
            start += line.len();
        }
        self.budget.spend_bytes(start - at);
        lines.retain(|line| line.start < line.end);
        (lines, start)
    }
}

/// Whether nothing goes on behind a line.
fn ends_passage(line: &str) -> bool {
    line.ends_with(['.', ':', ';', '!', '?'])
}
