//! What a column holds, told from some of its cells.

use std::collections::HashSet;

use super::job_words::names_a_job;
use super::row::is_nothing;

/// The most words of a cell that still reads as a line: a title, a name, a place.
const LONGEST_LINE: usize = 16;

/// The fewest cells of which it can be said that they repeat one another.
const FEWEST_ROWS: usize = 4;

/// What the cells of a column have in common.
#[derive(Debug, Default, Clone)]
pub(super) struct Profile {
    /// Cells that hold something.
    pub filled: usize,
    /// All cells, those that hold nothing too.
    pub rows: usize,
    /// The words of the cells that hold something, from few to many.
    words: Vec<usize>,
    /// How many of the cells that hold something differ.
    distinct: usize,
    /// How many are one line that could be a name.
    lines: usize,
    /// How many name a job.
    jobs: usize,
    /// How many are made of one word, such as a number, an address or a code.
    codes: usize,
    /// How many are data written out: `{"min": 1}`.
    data: usize,
}

impl Profile {
    pub(super) fn of<'c>(cells: impl IntoIterator<Item = Option<&'c str>>) -> Self {
        let mut profile = Self::default();
        let mut seen = HashSet::new();
        for cell in cells {
            profile.rows += 1;
            if let Some(cell) = cell.filter(|cell| !is_nothing(cell)) {
                profile.add(cell.trim());
                seen.insert(cell.trim());
            }
        }
        profile.words.sort_unstable();
        profile.distinct = seen.len();
        profile
    }

    fn add(&mut self, cell: &str) {
        let words = count_words(cell);
        let line = (1..=LONGEST_LINE).contains(&words) && !cell.contains(['\n', '<']) && !is_address(cell);
        self.filled += 1;
        self.words.push(words);
        self.lines += usize::from(line);
        self.jobs += usize::from(line && names_a_job(cell));
        self.codes += usize::from(!cell.contains(char::is_whitespace));
        self.data += usize::from(is_data(cell));
    }

    /// The words of the cell in the middle of those that hold something.
    pub(super) fn median_words(&self) -> usize {
        self.words.get(self.words.len() / 2).copied().unwrap_or(0)
    }

    /// How much of the table's text the column could be, in words for each row: cells that
    /// are empty or that say the same in every row count for less.
    pub(super) fn body_words(&self) -> usize {
        if self.is_data() {
            return 0;
        }
        self.median_words() * self.distinct / self.rows.max(1)
    }

    fn is_data(&self) -> bool {
        self.data * 2 > self.filled
    }

    /// Whether most rows say the same, or the column holds data or nothing at all.
    pub(super) fn is_repeated(&self) -> bool {
        let repeats = self.filled >= FEWEST_ROWS && self.distinct * 3 <= self.filled;
        repeats || self.filled == 0 || self.is_data()
    }

    /// Whether nearly all cells are lines that could be names.
    pub(super) fn is_lines(&self) -> bool {
        self.filled > 0 && self.lines * 10 >= self.filled * 8
    }

    /// Whether all cells are one word, and all differ.
    pub(super) fn is_key(&self) -> bool {
        self.filled > 0 && self.codes == self.filled && self.distinct == self.filled
    }

    /// The share of cells that name a job, in percent.
    pub(super) fn jobs_percent(&self) -> usize {
        self.jobs * 100 / self.filled.max(1)
    }
}

/// Whether a cell is an address on the web.
fn is_address(cell: &str) -> bool {
    cell.contains("://") && !cell.contains(' ')
}

fn is_data(cell: &str) -> bool {
    cell.starts_with("{\"") || cell.starts_with("{'") || cell.starts_with("[{")
}

/// The words of a text, tags aside. Where a script puts no spaces between words, two
/// letters are counted as one.
pub(super) fn count_words(text: &str) -> usize {
    let (mut words, mut unspaced) = (0, 0);
    let (mut in_word, mut in_tag) = (false, false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '<' => in_tag = characters.peek().is_some_and(|next| next.is_alphabetic() || matches!(next, '/' | '!')),
            '>' => in_tag = false,
            _ => {}
        }
        let letter = !in_tag && c.is_alphabetic();
        if letter && is_unspaced(c) {
            unspaced += 1;
        } else {
            words += usize::from(letter && !in_word);
        }
        in_word = letter || (in_word && matches!(c, '\'' | '’' | '-'));
    }
    words + unspaced / 2
}

/// Han, Kana, Thai and their neighbours.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_without_markup() {
        let cases = [
            ("You cook, and don't bake.", 5),
            ("<p class=\"long text\">You <b>cook</b></p>", 2),
            ("if a < b, and b > c", 6),
            ("45000", 0),
            ("料理を作る", 2),
            ("", 0),
        ];
        for (text, expected) in cases {
            assert_eq!(count_words(text), expected, "{text}");
        }
    }

    #[test]
    fn a_column_is_known_by_its_cells() {
        let of = |cells: &[&'static str]| Profile::of(cells.iter().map(|cell| Some(*cell)));
        let titles = of(&["Head Chef", "Kitchen porter", "nan"]);
        assert!(titles.is_lines() && !titles.is_key());
        assert_eq!((titles.filled, titles.rows, titles.jobs_percent()), (2, 3, 100));
        assert!(of(&["A-1", "A-2"]).is_key());
        assert!(!of(&["A-1", "A-1"]).is_key());
        let same = of(&["We are a kitchen in Ulm."; 4]);
        assert_eq!((same.median_words(), same.body_words(), same.is_repeated()), (6, 1, true));
        assert_eq!(of(&["{\"min\": \"one two three\"}"]).body_words(), 0);
        assert_eq!(of(&[]).median_words(), 0);
    }
}
