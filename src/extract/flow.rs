//! Paragraphs, list items and tables of an office document as text, in the same shape as out of HTML.

use super::line_breaks::line_ends;

/// What a paragraph is, for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shape {
    #[default]
    Plain,
    Heading,
    Item,
}

/// The text of a document, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    /// What the paragraph that is open is.
    pub(super) shape: Shape,
    /// The shape of the paragraph before.
    last: Shape,
    /// Whether something of this paragraph has been written.
    begun: bool,
    /// For each table that is open, whether the row and the cell have begun.
    tables: Vec<Table>,
}

#[derive(Debug, Default)]
struct Table {
    cell_in_row: bool,
    paragraph_in_cell: bool,
}

impl Flow {
    /// The text, without white space around it.
    pub(super) fn into_text(self) -> String {
        self.text.trim().to_owned()
    }

    /// A paragraph begins, plain until more is known of it.
    pub(super) fn paragraph(&mut self) {
        if self.begun {
            self.last = self.shape;
        }
        (self.shape, self.begun) = (Shape::Plain, false);
        match self.tables.last_mut() {
            // The first paragraph of a cell stands where the cell begins.
            Some(table) if !table.paragraph_in_cell => table.paragraph_in_cell = true,
            _ => self.newlines(1),
        }
    }

    /// The paragraph ends. An empty one sets apart what stands around it.
    pub(super) fn end_paragraph(&mut self) {
        self.newlines(if self.begun || !self.tables.is_empty() { 1 } else { 2 });
    }

    pub(super) fn table(&mut self) {
        self.newlines(2);
        self.tables.push(Table::default());
    }

    pub(super) fn cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        table.paragraph_in_cell = false;
        if std::mem::replace(&mut table.cell_in_row, true) {
            // The paragraph before has ended its line, which the row has not.
            let kept = self.text.trim_end_matches('\n').len();
            self.text.truncate(kept);
            self.text.push('\t');
        }
    }

    pub(super) fn end_row(&mut self) {
        self.newlines(1);
        if let Some(table) = self.tables.last_mut() {
            table.cell_in_row = false;
        }
    }

    pub(super) fn end_table(&mut self) {
        self.tables.pop();
        self.newlines(2);
    }

    /// Writes some of a paragraph, after the mark of its shape where that is still to come.
    pub(super) fn write(&mut self, text: &str) {
        if !self.begun && !text.trim().is_empty() {
            self.begun = true;
            match self.shape {
                // What follows a list is set apart from it, as on a page.
                Shape::Plain if self.last == Shape::Item && self.tables.is_empty() => self.newlines(2),
                Shape::Plain => {}
                Shape::Heading => {
                    self.newlines(2);
                    self.text.push_str("## ");
                }
                Shape::Item => {
                    self.newlines(1);
                    self.text.push_str("* ");
                }
            }
        }
        self.text.push_str(text);
    }

    /// Ends the line, and leaves a blank one where `count` is 2.
    fn newlines(&mut self, count: usize) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        self.text.push_str(line_ends(self.text.as_bytes(), count));
    }
}
