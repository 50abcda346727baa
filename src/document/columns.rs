//! Tables whose columns are headings: in `Criteria | Essential | Desirable` the column decides
//! for its cells.
//!
//! Cells are told by the tabs of the original text, which the normalised one no longer has.

use super::opening::{Heading, Opening, Opens, longest_in};
use super::section::Section;
use crate::text::{Normalised, Span};

/// Lines without any tab after which a table has ended: a cell may hold a list.
const LINES_WITHOUT_TAB: usize = 12;

/// A text of which the original is still known.
#[derive(Clone, Copy)]
pub(super) struct Original<'d> {
    pub text: &'d Normalised,
    /// The original of the body.
    body: &'d str,
    /// Bytes of the original title, which stands before it.
    title_len: usize,
    /// Whether there is a tab in it, as few bodies have.
    has_tab: bool,
}

/// White space that holds a tab or a line break in the original.
#[derive(Clone, Copy)]
struct Gap {
    end: usize,
    tabs: usize,
    line_break: bool,
}

impl<'d> Original<'d> {
    pub(super) fn new(text: &'d Normalised, title: &str, body: &'d str) -> Self {
        let has_tab = memchr::memchr(b'\t', body.as_bytes()).is_some();
        Self { text, body, title_len: title.len(), has_tab }
    }

    /// The gaps from byte `from` of the normalised text on.
    fn gaps(&self, from: usize) -> impl Iterator<Item = Gap> {
        let cased = self.text.cased();
        let mut at = from;
        std::iter::from_fn(move || {
            loop {
                let start = at + cased[at..].find([' ', '\n'])?;
                let rest = &cased[start..];
                at = start + (rest.len() - rest.trim_start_matches([' ', '\n']).len());
                let white = self.of(Span::new(start, at));
                let gap = Gap { end: at, tabs: white.matches('\t').count(), line_break: white.contains('\n') };
                if gap.tabs > 0 || gap.line_break {
                    return Some(gap);
                }
            }
        })
    }

    /// What a span of the normalised body is in the original.
    fn of(&self, span: Span) -> &str {
        let Span { start, end } = self.text.original_span(span);
        self.body.get(start.saturating_sub(self.title_len)..end.saturating_sub(self.title_len)).unwrap_or_default()
    }
}

/// What opens in a table.
pub(super) struct Table {
    /// From its header to the end of its last row.
    pub span: Span,
    pub openings: Vec<Opening>,
}

/// The table that the line `line` is the header of: at least two of its cells are headings of
/// different sections, and nothing else.
pub(super) fn table(original: &Original<'_>, line: Span, found: &[Heading]) -> Option<Table> {
    // Cells need a tab between them.
    if !original.has_tab || !original.of(line).contains('\t') {
        return None;
    }
    let headings: Vec<(Span, Section)> = longest_in(found, line).collect();
    if headings.len() < 2 || headings.iter().all(|(_, section)| *section == headings[0].1) {
        return None;
    }
    let mut columns = columns(original, line, &headings)?;
    let gaps: Vec<Gap> = rows(original, line.end);
    // An empty first cell of the header may have been trimmed away.
    let missing = (tabs_in_line(gaps.get(1..)?) + 1).saturating_sub(columns.len());
    columns.splice(0..0, vec![columns[0]; missing]);
    let last = gaps.iter().rposition(|gap| gap.tabs > 0)?;
    let end = gaps[last..].iter().skip(1).find(|gap| gap.line_break).map_or(original.text.cased().len(), |gap| gap.end);
    let mut openings = vec![Opening { at: line.start, opens: Opens::Section(columns[0]) }];
    openings.extend(cells(&gaps[..=last], &columns));
    openings.push(Opening { at: end, opens: Opens::Anything });
    Some(Table { span: Span::new(line.start, end), openings })
}

/// The section of each column. One without a heading, such as the names of the criteria,
/// belongs to the next.
fn columns(original: &Original<'_>, line: Span, headings: &[(Span, Section)]) -> Option<Vec<Section>> {
    let mut columns = Vec::new();
    let mut start = line.start;
    let mut alone = 0;
    for gap in original.gaps(line.start) {
        if gap.tabs == 0 && gap.end < line.end {
            continue;
        }
        let cell = Span::new(start, gap.end.min(line.end)).of(original.text.lower());
        let inside = |span: &Span| span.start >= start && span.end <= gap.end;
        let heading = headings.iter().find(|(span, _)| inside(span));
        let fills = heading.is_some_and(|(span, _)| cell.trim().len() <= span.end - span.start + 1);
        alone += usize::from(fills);
        columns.push(heading.filter(|_| fills).map(|(_, section)| *section));
        if gap.end >= line.end {
            break;
        }
        columns.extend(std::iter::repeat_n(None, gap.tabs - 1));
        start = gap.end;
    }
    let mut next = None;
    for column in columns.iter_mut().rev() {
        next = column.or(next);
        *column = next;
    }
    let columns: Vec<Section> = columns.into_iter().flatten().collect();
    (alone >= 2 && alone == headings.len()).then_some(columns)
}

/// The gaps of the rows below a header that ends at `from`.
fn rows(original: &Original<'_>, from: usize) -> Vec<Gap> {
    let mut without_tab = 0;
    let in_table = |gap: &Gap| {
        without_tab = if gap.tabs > 0 { 0 } else { without_tab + 1 };
        without_tab <= LINES_WITHOUT_TAB
    };
    original.gaps(from).take_while(in_table).collect()
}

/// Where the cells begin. A row is complete with its last tab; a line break before that, or
/// before a line without tabs, stands inside a cell.
fn cells(gaps: &[Gap], columns: &[Section]) -> Vec<Opening> {
    let last = columns.len() - 1;
    let mut column = last;
    let mut openings = Vec::new();
    for (index, gap) in gaps.iter().enumerate() {
        column = (column + gap.tabs).min(last);
        if gap.line_break {
            let in_line = tabs_in_line(&gaps[index + 1..]);
            let complete = column + gap.tabs >= last && in_line > 0;
            if complete || column + in_line > last {
                column = 0;
            }
        }
        openings.push(Opening { at: gap.end, opens: Opens::Section(columns[column]) });
    }
    openings
}

/// The tabs up to the next line break.
fn tabs_in_line(gaps: &[Gap]) -> usize {
    let end = gaps.iter().position(|gap| gap.line_break).map_or(gaps.len(), |at| at + 1);
    gaps[..end].iter().map(|gap| gap.tabs).sum()
}
