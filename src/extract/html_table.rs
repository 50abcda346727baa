//! The table that a page is made of, cell by cell: what many programs save as `.xls`.

use html5gum::State;

use super::html::{Tag, Visitor, visit};
use super::limits::{PieceBudget, TooManyPieces};

/// The rows of all tables of a page, one after another; cells keep their markup, without attributes.
///
/// # Errors
/// When there are more tags, attributes and pieces of text than `budget` allows.
pub fn html_table_rows(html: &str, budget: &mut PieceBudget) -> Result<Vec<Vec<String>>, TooManyPieces> {
    let rows = visit(html, Rows::default(), budget)?.rows;
    let text = |cell: Vec<u8>| String::from_utf8_lossy(&cell).trim().to_owned();
    Ok(rows.into_iter().map(|row| row.into_iter().map(text).collect()).collect())
}

/// The rows so far, innermost tables read as rows of their own.
#[derive(Default)]
struct Rows {
    rows: Vec<Vec<Vec<u8>>>,
    /// Whether a cell is open, and is to be added to.
    in_cell: bool,
}

impl Rows {
    fn cell(&mut self) -> Option<&mut Vec<u8>> {
        self.rows.last_mut()?.last_mut().filter(|_| self.in_cell)
    }
}

impl Visitor for Rows {
    fn tag(&mut self, tag: &Tag) -> Option<State> {
        match tag.name() {
            "tr" if tag.opens => self.rows.push(Vec::new()),
            "td" | "th" if tag.opens => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(Vec::new());
                }
            }
            "style" | "script" => return tag.opens.then_some(State::ScriptData),
            "tr" | "td" | "th" | "table" | "tbody" | "thead" => {}
            name => {
                let tag = if tag.opens { format!("<{name}>") } else { format!("</{name}>") };
                if let Some(cell) = self.cell() {
                    cell.extend_from_slice(tag.as_bytes());
                }
                return None;
            }
        }
        self.in_cell = tag.opens && matches!(tag.name(), "td" | "th");
        None
    }

    fn text(&mut self, text: &[u8]) {
        let Some(cell) = self.cell() else { return };
        for byte in text {
            match byte {
                b'<' => cell.extend_from_slice(b"&lt;"),
                b'&' => cell.extend_from_slice(b"&amp;"),
                byte => cell.push(*byte),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_their_markup() -> Result<(), TooManyPieces> {
        let html = "<table><tr><th>id<th>text</tr>\n<tr><td>1</td><td class='x'>Cook &amp; bake<br>Salt &lt; 5</td></tr></table>";
        let rows = html_table_rows(html, &mut PieceBudget::default())?;
        assert_eq!(rows, [["id", "text"], ["1", "Cook &amp; bake<br>Salt &lt; 5"]]);
        Ok(())
    }
}
