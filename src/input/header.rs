//! Which row of a table names its columns: the first, one below a title, or none.

use super::columns::Columns;
use super::profile::count_words;
use super::row::is_nothing;

/// How many rows are looked at for one that names the columns.
const FIRST_ROWS: usize = 20;
/// The most words of a column's name.
const LONGEST_NAME: usize = 8;

/// How a table begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The columns' names; made up where the table does not name them.
    pub names: Vec<String>,
    /// The rows before the first record: those above the names, and the names.
    pub rows: usize,
}

/// The header among the first `rows` of a table.
pub(super) fn find<C: AsRef<str>>(rows: &[Vec<C>], columns: &Columns) -> Header {
    let usual = usual_width(rows);
    let first = rows.iter().take(FIRST_ROWS).enumerate();
    let known = first.clone().find(|(_, row)| is_names(row) && columns.have_text(row.iter().map(AsRef::as_ref)));
    let found = known.or_else(|| {
        // What stands above the names is narrower: a title, a date, nothing at all.
        let mut wide = first.filter(|(_, row)| filled(row) * 2 > usual);
        wide.next().filter(|(_, row)| is_names(row))
    });
    match found {
        Some((at, row)) => {
            Header { names: row.iter().map(|name| name.as_ref().trim().to_owned()).collect(), rows: at + 1 }
        }
        None => {
            let width = rows.iter().map(Vec::len).max().unwrap_or(0);
            Header { names: (1..=width).map(|column| format!("column {column}")).collect(), rows: 0 }
        }
    }
}

/// How many cells most rows fill.
fn usual_width<C: AsRef<str>>(rows: &[Vec<C>]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| filled(row)).filter(|width| *width > 0).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}

fn filled<C: AsRef<str>>(row: &[C]) -> usize {
    row.iter().filter(|cell| !is_nothing(cell.as_ref())).count()
}

/// Whether the cells of a row could be names of columns: short, no two the same, no numbers.
fn is_names<C: AsRef<str>>(row: &[C]) -> bool {
    let mut names: Vec<String> = row.iter().map(|name| name.as_ref().trim().to_lowercase()).collect();
    names.retain(|name| !name.is_empty());
    let is_name = |name: &String| {
        let words = count_words(name);
        let number = name.starts_with(|c: char| c.is_ascii_digit()) && words < 2;
        words <= LONGEST_NAME && !number && !name.contains("://") && !name.contains('<')
    };
    let plausible = !names.is_empty() && names.iter().all(is_name);
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    plausible && names.len() == count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;

    #[test]
    fn the_names_stand_in_the_first_row_or_below_a_title() {
        let text = "You cook for sixty guests each night and plan the menus.";
        type Case<'c> = (&'c [&'c [&'c str]], &'c [&'c str], usize);
        let cases: [Case<'_>; 7] = [
            (&[&["id", "text"], &["1", text]], &["id", "text"], 1),
            (&[&["Vacancies", ""], &["", ""], &["id", "text"], &["1", text]], &["id", "text"], 3),
            (&[&["sep=", ""], &["Nr", "Wortlaut"], &["1", text], &["2", text]], &["Nr", "Wortlaut"], 2),
            (&[&["1", "Chef", text], &["2", "Cook", text]], &["column 1", "column 2", "column 3"], 0),
            (&[&["Chef", text], &["Cook", text]], &["column 1", "column 2"], 0),
            (&[&["text"], &["Cook"]], &["text"], 1),
            (&[], &[], 0),
        ];
        let columns = Columns::new(&ReadOptions::default());
        for (rows, names, above) in cases {
            let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.to_vec()).collect();
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(find(&rows, &columns), Header { names, rows: above }, "{rows:?}");
        }
    }
}
