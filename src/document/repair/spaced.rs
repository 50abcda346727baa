//! Letters with a space after each: `R E Q U I R E M E N T S`.

use super::Repairs;
use crate::text::{Edit, Span};

/// Fewer letters than this are initials or a list.
const FEWEST: usize = 4;
/// The most letters of a heading.
const MOST: usize = 40;
/// The most words that run together in one phrase.
const WORDS: usize = 5;

impl Repairs<'_> {
    pub(super) fn is_single_letter(&self, at: usize) -> bool {
        let is_letter = self.byte(at).is_some_and(|byte| byte.is_ascii_alphabetic());
        let is_space = |byte: Option<u8>| byte.is_none_or(|byte| byte == b' ' || byte == b'\n');
        is_letter
            && is_space(self.byte_before(at))
            && self.byte(at + 1).is_none_or(|byte| !byte.is_ascii_alphanumeric())
    }

    /// The run of single letters around `at`, and its words put together.
    pub(super) fn spaced_letters(&mut self, at: usize) {
        let mut first = at;
        if at >= 2 && self.is_single_letter(at - 2) && self.byte(at - 1) == Some(b' ') {
            first = at - 2;
        }
        let is_next = |at: &usize| self.byte(at - 1) == Some(b' ') && self.is_single_letter(*at);
        let letters = 1 + (1..MOST).map(|count| first + 2 * count).take_while(is_next).count();
        self.done = first + 2 * letters - 1;
        self.budget.spend(letters);
        if letters < FEWEST {
            return;
        }
        let run = Span::new(first, self.done);
        if let Some(ends) = self.ends_of_words(run) {
            let gaps = (1..letters).filter(|count| !ends.contains(count)).map(|count| first + 2 * count - 1);
            self.edits.extend(gaps.map(|gap| Edit::replace(gap, gap + 1, "")));
        }
    }

    /// After how many letters of a run its words end, the last one aside: where the gap is
    /// wider than others, or where the words of a known phrase end.
    fn ends_of_words(&self, run: Span) -> Option<Vec<usize>> {
        let letters: String = run.of(self.lower).bytes().step_by(2).map(char::from).collect();
        let width = |count: &usize| {
            let gap = run.start + 2 * count - 1;
            let original = self.text.original_span(Span::new(gap, gap + 1));
            original.end - original.start
        };
        let narrowest = (1..letters.len()).map(|count| width(&count)).min()?;
        let wide: Vec<usize> = (1..letters.len()).filter(|count| width(count) > narrowest).collect();
        if wide.is_empty() {
            return if self.knows(&letters) { Some(wide) } else { self.run_together(&letters) };
        }
        let starts = std::iter::once(0).chain(wide.iter().copied());
        let ends = wide.iter().copied().chain([letters.len()]);
        let all_known = starts.zip(ends).all(|(start, end)| end - start == 1 || self.knows(&letters[start..end]));
        all_known.then_some(wide)
    }

    /// After how many letters the words of a phrase end that `letters` are, the last one aside.
    pub(super) fn run_together(&self, letters: &str) -> Option<Vec<usize>> {
        let mut ends = Vec::new();
        (letters.len() <= MOST && self.continues("", letters, &mut ends)).then_some(ends)
    }

    /// Whether `rest` begins with words that make `before` a phrase; `ends` are where they end.
    fn continues(&self, before: &str, rest: &str, ends: &mut Vec<usize>) -> bool {
        if !ends.is_empty() && self.table.find(&format!("{before}{rest}")).is_some() {
            return true;
        }
        if ends.len() + 1 >= WORDS {
            return false;
        }
        let from = ends.last().copied().unwrap_or(0);
        for len in (1..rest.len()).rev() {
            let (word, behind) = rest.split_at(len);
            self.budget.spend(1);
            if !self.table.has_word(word) {
                continue;
            }
            let phrase = format!("{before}{word} ");
            if self.table.begins_phrase(phrase.trim_end()) {
                ends.push(from + len);
                if self.continues(&phrase, behind, ends) {
                    return true;
                }
                ends.pop();
            }
        }
        false
    }
}
