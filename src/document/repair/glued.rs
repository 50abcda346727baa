//! Words without a space between them: names and versions, headings and what follows them.

use super::{LONGEST, Repairs};
use crate::text::{Edit, Span};

/// Letters of the shortest heading that is told from the start of a name.
const HEADING: usize = 5;
/// Letters of the shortest word that is told from a part of a name.
const WORD: usize = 3;
/// Letters of the longest abbreviation in a title.
const ABBREVIATION: usize = 5;

/// A part of a token that may be a word of its own.
struct Part<'r> {
    span: Span,
    lower: &'r str,
    /// The digits of a version and what follows them.
    is_version: bool,
}

impl<'r> Repairs<'r> {
    /// The token around `at`, where a capital follows a small letter, or a digit a letter.
    pub(super) fn glued_words(&mut self, at: usize) {
        let Some(token) = self.token(at) else { return };
        self.done = token.end;
        // Behind a hyphen stands a part of something longer, such as the code of a recruiter.
        let is_part = self.byte_before(token.start) == Some(b'-');
        if is_part || self.knows(token.of(self.lower)) || self.is_in_link(token.start) {
            return;
        }
        if self.is_letter_bullet(token) {
            self.bullets.push(token.start);
            return;
        }
        if let Some(parts) = self.parts(token) {
            self.separate(&parts);
        }
    }

    /// The parts of a token, each as long as the phrases know it; none where they do not.
    fn parts(&self, token: Span) -> Option<Vec<Part<'r>>> {
        let bytes = token.of(self.cased).as_bytes();
        let joints = joints(bytes);
        let mut parts = Vec::new();
        let mut from = 0;
        while from < bytes.len() {
            let ends = joints.iter().copied().chain([bytes.len()]).filter(|end| *end > from);
            let part = |end: usize| {
                let span = Span::new(token.start + from, token.start + end);
                Part { span, lower: span.of(self.lower), is_version: bytes[from].is_ascii_digit() }
            };
            let is_known = |part: &Part<'_>| part.is_version || self.knows(part.lower) || self.is_signed(part);
            let longest = ends.rev().map(part).find(is_known)?;
            from = longest.span.end - token.start;
            parts.push(longest);
        }
        Some(parts)
    }

    /// Whether a part is a name with the dot before it: `.NET`.
    fn is_signed(&self, part: &Part<'_>) -> bool {
        self.byte_before(part.span.start) == Some(b'.') && self.is_form(&format!(".{}", part.lower))
    }

    /// Puts spaces, or line ends around headings, between parts that are words of their own.
    fn separate(&mut self, parts: &[Part<'_>]) {
        let words: Vec<&Part<'_>> = parts.iter().filter(|part| !part.is_version).collect();
        let phrase = words.iter().map(|part| part.lower).collect::<Vec<_>>().join(" ");
        let is_phrase = self.is_form(&phrase) || words.len() == 1;
        if !is_phrase && !self.are_words(&words) {
            return;
        }
        for pair in parts.windows(2) {
            let is_line = !is_phrase && (self.is_line(&pair[0]) || self.is_heading_part(&pair[1]));
            self.edits.push(Edit::insert(pair[1].span.start, if is_line { "\n" } else { " " }));
        }
    }

    /// Whether parts are words that lost the space between them, and no name with capitals
    /// inside: forms of skills, a heading among words, or the end of a line before its next.
    fn are_words(&self, words: &[&Part<'_>]) -> bool {
        let Some(first) = words.first() else { return false };
        let is_small = first.span.of(self.cased).starts_with(|c: char| c.is_lowercase());
        let rest = if is_small { &words[1..] } else { words };
        if rest.iter().any(|part| part.lower.len() < WORD) {
            return false;
        }
        words.iter().all(|part| self.is_form(part.lower))
            || self.is_heading_part(first) && self.begins_passage(first.span.start)
            || words[1..].iter().any(|part| self.is_heading_part(part))
            || is_small && (first.lower.len() >= WORD || rest.iter().all(|part| self.is_form(part.lower)))
            || words.len() == 2 && self.is_line(first)
    }

    fn is_heading_part(&self, part: &Part<'_>) -> bool {
        part.lower.len() >= HEADING && self.is_heading(part.lower)
    }

    /// Whether a part ends a line that is a heading, such as `Must have`.
    fn is_line(&self, part: &Part<'_>) -> bool {
        if self.is_heading_part(part) && self.begins_passage(part.span.start) {
            return true;
        }
        let Some(start) = self.line_start(part.span.start) else { return false };
        let line = self.cased[start..part.span.end].trim_start_matches(|c: char| !c.is_alphanumeric());
        line.contains(' ') && self.is_heading(&line.to_lowercase())
    }

    /// Whether a line or a sentence begins at `at`.
    fn begins_passage(&self, at: usize) -> bool {
        let before = self.cased[..at].trim_end_matches([' ', '*', '-', '#']);
        before.is_empty()
            || before.ends_with(['\n', '.', ':', ';', '!', '?'])
            || before.ends_with(|c: char| !c.is_ascii())
    }

    /// The dot at `at`, behind a word and before a capital.
    pub(super) fn glued_sentence(&mut self, at: usize) {
        let next = at + 1;
        let (Some(left), Some(right)) = (self.token(at), self.token(next)) else { return };
        let word = right.of(self.lower);
        let first = joints(right.of(self.cased).as_bytes()).first().map_or(word, |joint| &word[..*joint]);
        let whole = Span::new(left.start, right.end).of(self.lower);
        let left = left.of(self.cased);
        let is_heading = first.len() >= HEADING && self.is_heading(first);
        let is_sentence = left.starts_with(|c: char| c.is_lowercase()) && left.len() > 1 && self.knows(first);
        if (is_heading || is_sentence) && self.table.find(whole).is_none() && !self.is_in_link(at) {
            self.edits.push(Edit::insert(next, if is_heading { "\n" } else { " " }));
        }
    }

    /// The sharp or plus at `at`: the end of a name before its version or another word, or a
    /// hashtag.
    pub(super) fn sign(&mut self, at: usize) {
        let before = &self.cased.as_bytes()[at.saturating_sub(LONGEST)..=at];
        let is_part = |byte: &&u8| byte.is_ascii_alphabetic() || matches!(byte, b'#' | b'+');
        let len = before.iter().rev().take_while(is_part).count();
        let name = &self.lower[at + 1 - len..=at];
        if len == 1 {
            self.hashtag(at + 1);
        } else if self.begins_word(at + 1) && self.is_form(name) {
            self.edits.push(Edit::insert(at + 1, " "));
        }
    }

    /// Whether a version begins at `at`, or a word with a capital.
    fn begins_word(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = token.of(self.cased);
        word.starts_with(|c: char| c.is_ascii_digit())
            || word.starts_with(|c: char| c.is_ascii_uppercase()) && self.knows(token.of(self.lower))
    }

    /// The words of a hashtag without capitals inside.
    fn hashtag(&mut self, at: usize) {
        let Some(token) = self.token(at) else { return };
        let tag = token.of(self.lower);
        if joints(token.of(self.cased).as_bytes()).is_empty() && !self.knows(tag) && !self.is_in_link(at) {
            let ends = self.run_together(tag).unwrap_or_default();
            self.edits.extend(ends.iter().map(|end| Edit::insert(token.start + end, " ")));
        }
    }

    /// `(R)`, `(TM)` and `(SM)` behind a name; `(C)` of a copyright.
    pub(super) fn trade_mark(&mut self, at: usize) {
        let mark = &self.lower.as_bytes()[at..self.lower.len().min(at + 4)];
        let is_name = || {
            let name = self.token(at).map_or("", |token| token.of(self.cased));
            name.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
        };
        let len = match mark {
            [b'(', b'r', b')', ..] if is_name() => 3,
            b"(tm)" | b"(sm)" if is_name() => 4,
            [b'(', b'c', b')', ..] if self.is_copyright(at) => 3,
            _ => return,
        };
        self.edits.push(Edit::replace(at, at + len, ""));
    }

    fn is_copyright(&self, at: usize) -> bool {
        let year = self.cased.as_bytes()[at + 3..].trim_ascii_start();
        let before = self.cased.as_bytes()[..at].trim_ascii_end();
        before.len() >= 9 && before[before.len() - 9..].eq_ignore_ascii_case(b"copyright")
            || year.starts_with(b"19")
            || year.starts_with(b"20")
    }

    /// Whether a token begins a line with a letter that stands for a bullet of another font,
    /// and goes on with a word.
    fn is_letter_bullet(&self, token: Span) -> bool {
        let text = token.of(self.cased);
        text.starts_with(['o', 'v', 'q'])
            && text[1..].starts_with(|c: char| c.is_ascii_uppercase())
            && self.line_start(token.start) == Some(token.start)
            && self.knows(&token.of(self.lower)[1..])
    }

    /// Sets such letters apart where more lines than one begin with them.
    pub(super) fn letter_bullets(&mut self) {
        for at in &self.bullets {
            let same = self.bullets.iter().filter(|other| self.byte(**other) == self.byte(*at));
            if same.take(2).count() == 2 {
                self.edits.push(Edit::insert(at + 1, " "));
            }
        }
    }

    /// The dots of abbreviations in the title, which end no sentence: `Sys. Admin`.
    pub(super) fn abbreviations(&mut self) {
        let title = &self.cased[..self.body];
        for (at, _) in title.match_indices(". ") {
            let word = title[..at].rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
            let goes_on = title[at + 2..].starts_with(char::is_alphanumeric);
            if (2..=ABBREVIATION).contains(&word.len()) && goes_on {
                self.edits.push(Edit::replace(at, at + 1, ""));
            }
        }
    }
}

/// Where parts of a token may end: before a capital that follows a small letter, before the
/// last of several capitals that a small letter follows, and before a version.
fn joints(token: &[u8]) -> Vec<usize> {
    let is_joint = |at: &usize| {
        let (before, this) = (token[at - 1], token[*at]);
        let next = token.get(at + 1).copied().unwrap_or(b'A');
        before.is_ascii_lowercase() && this.is_ascii_uppercase()
            || before.is_ascii_uppercase() && this.is_ascii_uppercase() && next.is_ascii_lowercase()
            || before.is_ascii_alphabetic() && is_version(&token[*at..])
    };
    (1..token.len()).filter(is_joint).collect()
}

/// Whether a token ends in digits, or in several and a letter: `8`, `365`, `19c`.
fn is_version(rest: &[u8]) -> bool {
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits == rest.len() && digits > 0 || digits > 1 && digits + 1 == rest.len()
}
