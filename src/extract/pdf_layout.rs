//! From the places of letters on a page to its text: words, lines, columns, paragraphs.
//!
//! A PDF knows where each letter is drawn and nothing else. Letters beside one another make a
//! fragment; fragments on one height make a line, unless a gutter runs between them down the
//! page: then each column is read by itself. A line goes on in the next one only where the
//! page shows that it was broken there.

/// Where one letter stands: sizes and places in points, from the upper left corner.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// The left edge.
    pub x: f64,
    /// The base line, counted downwards.
    pub y: f64,
    /// The right edge.
    pub end: f64,
    /// The size of the font.
    pub size: f64,
    /// What it reads as; a ligature is several characters.
    pub text: String,
}

/// Letters beside one another.
#[derive(Debug, Clone, PartialEq)]
struct Fragment {
    x: f64,
    y: f64,
    end: f64,
    size: f64,
    text: String,
}

/// Fragments on one height, from left to right.
#[derive(Debug, Clone)]
struct Line {
    y: f64,
    fragments: Vec<Fragment>,
}

/// A gap of this share of the font's size is a space.
const SPACE: f64 = 0.12;
/// A gap of so many sizes separates what belongs to different columns or cells.
const GUTTER: f64 = 1.2;
/// Heights that differ by less than this share of the size are of one line.
const ONE_LINE: f64 = 0.35;
/// A column has so many fragments at least.
const COLUMN: usize = 3;
/// How often columns are looked for inside columns.
const DEPTH: usize = 3;
/// A distance between lines of so many ordinary ones separates paragraphs.
const PARAGRAPH: f64 = 1.35;
/// A size of so many ordinary ones is that of a title or a heading.
const LARGE: f64 = 1.15;
/// The most words of a heading that fill no line.
const HEADING_WORDS: usize = 6;

/// The text of a page.
pub(super) fn text_of_page(letters: Vec<Letter>) -> String {
    let mut fragments = fragments(letters);
    fragments.retain(|fragment| !fragment.text.trim().is_empty());
    // What is drawn twice is bold in the eyes of a reader.
    fragments.dedup_by(|next, before| {
        next.text == before.text && (next.x - before.x).abs() < next.size * SPACE && (next.y - before.y).abs() < 1.0
    });
    let sizes = fragments.iter().flat_map(|fragment| fragment.text.chars().map(|_| fragment.size));
    let size = median(sizes.collect());
    let mut columns = Vec::new();
    separate(lines(fragments), DEPTH, &mut columns);
    let texts: Vec<String> = columns.iter().map(|column| text_of_column(column, size)).collect();
    texts.join("\n\n")
}

/// Puts letters together that stand beside one another.
fn fragments(letters: Vec<Letter>) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut run: Vec<Letter> = Vec::new();
    for letter in letters {
        let goes_on = run.last().is_some_and(|last| {
            let gap = letter.x - last.end;
            (letter.y - last.y).abs() < last.size * ONE_LINE && (-0.5..GUTTER).contains(&(gap / last.size))
        });
        if !goes_on {
            fragments.extend(fragment(std::mem::take(&mut run)));
        }
        run.push(letter);
    }
    fragments.extend(fragment(run));
    fragments
}

/// Letters beside one another as text, with spaces where the gaps are wide for them.
fn fragment(letters: Vec<Letter>) -> Option<Fragment> {
    let (first, last) = (letters.first()?, letters.last()?);
    let gaps: Vec<f64> = letters.windows(2).map(|pair| pair[1].x - pair[0].end).collect();
    let wide = first.size * SPACE;
    let usual = median(gaps.clone());
    // Where most letters are apart, words are further apart.
    let space = if usual > wide { usual * 1.6 } else { wide };
    let mut text = first.text.clone();
    for (letter, gap) in letters[1..].iter().zip(&gaps) {
        if *gap > space && !text.ends_with(' ') && !letter.text.starts_with(' ') {
            text.push(' ');
        }
        text.push_str(&letter.text);
    }
    let end =
        letters.iter().filter(|letter| !letter.text.trim().is_empty()).map(|letter| letter.end).fold(first.x, f64::max);
    Some(Fragment { x: first.x, y: last.y, end, size: first.size, text })
}

/// Fragments by their heights, from top to bottom and from left to right.
fn lines(mut fragments: Vec<Fragment>) -> Vec<Line> {
    fragments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Line> = Vec::new();
    for fragment in fragments {
        match lines.last_mut() {
            Some(line) if (fragment.y - line.y).abs() < fragment.size * ONE_LINE => line.fragments.push(fragment),
            _ => lines.push(Line { y: fragment.y, fragments: vec![fragment] }),
        }
    }
    for line in &mut lines {
        line.fragments.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    lines
}

/// Takes lines apart into columns, in the order in which they are read.
fn separate(lines: Vec<Line>, depth: usize, columns: &mut Vec<Vec<Line>>) {
    let found = if depth > 0 { columns_of(&lines) } else { None };
    let Some((from, to, gutter)) = found else {
        if !lines.is_empty() {
            columns.push(lines);
        }
        return;
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in &lines[from..to] {
        let (before, behind): (Vec<_>, Vec<_>) =
            line.fragments.iter().cloned().partition(|fragment| fragment.x < gutter);
        for (fragments, side) in [(before, &mut left), (behind, &mut right)] {
            if !fragments.is_empty() {
                side.push(Line { y: line.y, fragments });
            }
        }
    }
    let below = lines[to..].to_vec();
    for part in [lines[..from].to_vec(), left, right, below] {
        separate(part, depth - 1, columns);
    }
}

/// The lines that stand in two columns, and where the second one begins.
fn columns_of(lines: &[Line]) -> Option<(usize, usize, f64)> {
    let mut starts: Vec<f64> = lines.iter().flat_map(starts_behind_gutters).collect();
    starts.sort_by(f64::total_cmp);
    let mut groups: Vec<&[f64]> = starts.chunk_by(|a, b| b - a < 1.0).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups.iter().take(COLUMN).find_map(|group| {
        let gutter = *group.first()? - 0.5;
        let crosses = |line: &Line| line.fragments.iter().any(|fragment| fragment.x < gutter && fragment.end > gutter);
        let middle =
            lines.iter().position(|line| starts_behind_gutters(line).any(|start| (start - gutter).abs() < 2.0))?;
        let from = lines[..middle].iter().rposition(crosses).map_or(0, |at| at + 1);
        let to = lines[middle..].iter().position(crosses).map_or(lines.len(), |len| middle + len);
        are_columns(&lines[from..to], gutter).then_some((from, to, gutter))
    })
}

/// Where fragments begin that have a gutter to their left.
fn starts_behind_gutters(line: &Line) -> impl Iterator<Item = f64> {
    line.fragments.windows(2).filter(|pair| pair[1].x - pair[0].end > pair[1].size * GUTTER).map(|pair| pair[1].x)
}

/// Whether lines are two columns of text on either side of a gutter, and no table of labels or
/// bullets and what belongs to them.
fn are_columns(lines: &[Line], gutter: f64) -> bool {
    let side = |is_left: bool| {
        lines.iter().filter(move |line| line.fragments.iter().any(|fragment| (fragment.x < gutter) == is_left)).count()
    };
    let both = lines
        .iter()
        .filter(|line| {
            line.fragments.first().is_some_and(|first| first.x < gutter)
                && line.fragments.last().is_some_and(|last| last.x >= gutter)
        })
        .count();
    let left = lines.iter().flat_map(|line| &line.fragments).filter(|fragment| fragment.x < gutter);
    let widths: Vec<f64> = left.map(|fragment| (fragment.end - fragment.x) / fragment.size).collect();
    let is_table = both == side(true) && median(widths.clone()) < LABEL;
    side(true) >= COLUMN && side(false) >= COLUMN && median(widths) > BULLET && !is_table
}

/// Sizes that a bullet is wide at most.
const BULLET: f64 = 2.0;
/// Sizes that the label of a row is wide at most.
const LABEL: f64 = 12.0;

/// The text of a column; `size` is that of most letters of the page.
fn text_of_column(lines: &[Line], size: f64) -> String {
    let right = lines.iter().map(Line::end).fold(0.0, f64::max);
    let distance = median(lines.windows(2).map(|pair| pair[1].y - pair[0].y).collect());
    let mut text = String::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).map(|at| &lines[at]) {
            text.push_str(before.joint(line, right, distance, size));
        }
        text.push_str(line.text().trim());
    }
    text
}

impl Line {
    fn end(&self) -> f64 {
        self.fragments.iter().map(|fragment| fragment.end).fold(0.0, f64::max)
    }

    fn size(&self) -> f64 {
        self.fragments.first().map_or(0.0, |fragment| fragment.size)
    }

    fn text(&self) -> String {
        self.fragments.iter().map(|fragment| fragment.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What stands between this line and the one `below` it in a column whose right edge is
    /// `right` and whose lines are usually `distance` apart.
    fn joint(&self, below: &Self, right: f64, distance: f64, size: f64) -> &'static str {
        let is_large = self.size() > size * LARGE;
        let is_one_size = (self.size() - below.size()).abs() < self.size() * (LARGE - 1.0);
        let gap = below.y - self.y;
        // A title over two lines.
        if is_large && is_one_size && gap < self.size() * 2.0 {
            return " ";
        }
        if !is_one_size || gap > distance * PARAGRAPH {
            return "\n\n";
        }
        let (text, next) = (self.text(), below.text());
        let (text, next) = (text.trim(), next.trim());
        let is_item = item(next).is_some() || next.starts_with(['-', '*']);
        let is_row = self.is_row() || below.is_row();
        let goes_on = !is_item && !is_row && !text.ends_with('-') && self.is_broken(text, below, next, right);
        if goes_on { " " } else { "\n" }
    }

    /// Whether a line is a row of a table: more than a bullet stands before a gutter.
    fn is_row(&self) -> bool {
        let is_cell = |pair: &[Fragment]| {
            let (left, right) = (&pair[0], &pair[1]);
            right.x - left.end > right.size * GUTTER && left.end - left.x > left.size * BULLET
        };
        self.fragments.windows(2).any(is_cell)
    }

    /// Whether a line ends because the next word found no room on it: a small letter goes on
    /// behind it, or it is full and what follows is no heading.
    fn is_broken(&self, text: &str, below: &Self, next: &str, right: f64) -> bool {
        if text.ends_with(['.', ':', '!', '?', ';']) {
            return false;
        }
        if next.starts_with(|c: char| c.is_lowercase() || c == '(') {
            return true;
        }
        let letters = next.chars().count().max(1);
        let word = next.split_whitespace().next().map_or(0, |word| word.chars().count() + 1);
        #[expect(clippy::cast_precision_loss, reason = "lines are short")]
        let width = (below.end() - below.fragments.first().map_or(0.0, |first| first.x)) * word as f64 / letters as f64;
        self.end() + width > right && !is_like_heading(next)
    }
}

/// Whether a line could be a heading: in capitals, or few words, which begin with them.
fn is_like_heading(line: &str) -> bool {
    if !line.contains(char::is_lowercase) {
        return true;
    }
    let mut words = line.split_whitespace();
    let capital = |word: &str| word.chars().count() <= 3 || !word.starts_with(char::is_lowercase);
    line.split_whitespace().count() <= HEADING_WORDS && words.all(capital)
}

/// What follows the bullet of a list item.
pub(super) fn item(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(BULLETS)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// Signs that programs draw before list items; those of the private use area are
/// what the Symbol and Wingdings fonts have there.
const BULLETS: [char; 9] = ['•', '●', '○', '▪', '■', '◦', '\u{f0b7}', '\u{f0a7}', '\u{f076}'];

/// The middle one of some numbers; zero of none.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters half as wide as they are high.
    fn drawn(x: f64, y: f64, size: f64, spacing: f64, text: &str) -> Vec<Letter> {
        let mut x = x;
        let mut letters = Vec::new();
        for c in text.chars() {
            letters.push(Letter { x, y, end: x + size / 2.0, size, text: c.to_string() });
            x += size / 2.0 + spacing;
        }
        letters
    }

    fn read(lines: &[(f64, f64, f64, &str)]) -> String {
        text_of_page(lines.iter().flat_map(|(x, y, size, text)| drawn(*x, *y, *size, 0.0, text)).collect())
    }

    #[test]
    fn lines_go_on_where_they_were_broken() {
        let page = read(&[
            (50.0, 10.0, 20.0, "Senior Systems"),
            (50.0, 34.0, 20.0, "Administrator"),
            (50.0, 60.0, 10.0, "You look after all the servers of our four"),
            (50.0, 72.0, 10.0, "Windows domains, and you keep them run-"),
            (50.0, 84.0, 10.0, "ning for those who"),
            (50.0, 96.0, 10.0, "need them, all around our sites and on"),
            (50.0, 108.0, 10.0, "Sundays, too, with colleagues of ours now"),
            (50.0, 120.0, 10.0, "Requirements"),
            (50.0, 132.0, 10.0, "- PowerShell"),
            (50.0, 156.0, 10.0, "apart"),
        ]);
        assert_eq!(
            page,
            "Senior Systems Administrator\n\nYou look after all the servers of our four Windows domains, and you keep them run-\n\
             ning for those who need them, all around our sites and on Sundays, too, with colleagues of ours now\n\
             Requirements\n- PowerShell\n\napart"
        );
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let page = read(&[
            (50.0, 10.0, 10.0, "A heading that runs over both of the columns below it"),
            (50.0, 40.0, 10.0, "You keep our servers"),
            (250.0, 40.0, 10.0, "Benefits"),
            (50.0, 52.0, 10.0, "patched and backed"),
            (50.0, 64.0, 10.0, "up every day"),
            (250.0, 64.0, 10.0, "Free fruit"),
            (250.0, 76.0, 10.0, "Holidays"),
            (250.0, 88.0, 10.0, "Pension"),
        ]);
        assert_eq!(
            page,
            "A heading that runs over both of the columns below it\n\nYou keep our servers patched and backed up every day\n\n\
             Benefits\n\nFree fruit\nHolidays\nPension"
        );
    }

    #[test]
    fn labels_and_bullets_stay_beside_their_texts() {
        let table = [
            (50.0, 10.0, 10.0, "Place"),
            (150.0, 10.0, 10.0, "Leeds"),
            (50.0, 22.0, 10.0, "Hours"),
            (150.0, 22.0, 10.0, "Part time"),
            (50.0, 34.0, 10.0, "Pay"),
            (150.0, 34.0, 10.0, "By grade"),
        ];
        assert_eq!(read(&table), "Place Leeds\nHours Part time\nPay By grade");
        let bullets: Vec<_> = (0..4_u8)
            .flat_map(|at| {
                let y = 10.0 + 12.0 * f64::from(at);
                [(50.0, y, 10.0, "•"), (75.0, y, 10.0, "Java")]
            })
            .collect();
        assert_eq!(read(&bullets), "• Java\n• Java\n• Java\n• Java");
    }

    #[test]
    fn spaced_letters_are_words() {
        let mut letters = drawn(50.0, 10.0, 10.0, 4.0, "NICE");
        letters.extend(drawn(50.0 + 4.0 * 9.0 + 6.0, 10.0, 10.0, 4.0, "TO"));
        letters.extend(drawn(50.0 + 6.0 * 9.0 + 12.0, 10.0, 10.0, 4.0, "HAVE"));
        assert_eq!(text_of_page(letters), "NICE TO HAVE");
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        let mut letters = drawn(50.0, 10.0, 10.0, 0.0, "Duties");
        letters.extend(drawn(50.3, 10.0, 10.0, 0.0, "Duties"));
        assert_eq!(text_of_page(letters), "Duties");
    }
}
