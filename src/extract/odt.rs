//! Plain text out of OpenDocument text (ODT), in the same shape as out of HTML.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};

use super::flow::{Flow, Shape};
use super::limits::Limits;
use super::package::{CONTENT, Reading, attribute, entity, local, open};

/// The most spaces that one element stands for.
const MOST_SPACES: usize = 100;

/// The text of an OpenDocument text: headings as `## ` lines, list items as `* ` lines, table cells
/// between tabs.
///
/// Deleted and hidden text, comments, notes and tables of contents are left out.
///
/// # Errors
/// Says what is wrong with the file, or which limit it goes beyond.
pub fn odt_to_text(bytes: &[u8], limits: &Limits) -> Result<String, String> {
    let mut archive = open(bytes)?;
    let mut reading = Reading::new(bytes, limits);
    let mut body = Body::default();
    let part = reading.part(&mut archive, CONTENT)?;
    reading.each_event(part, |event, depth| body.event(event, depth))?;
    Ok(body.flow.into_text())
}

/// The styles that a document defines for itself, which its content is preceded by.
#[derive(Default)]
struct Styles {
    /// The style that is being read.
    current: String,
    /// What each rests on.
    parents: HashMap<String, String>,
    /// Those whose text is not shown.
    hidden: HashSet<String>,
}

impl Styles {
    fn opens(&mut self, tag: &BytesStart<'_>) {
        match local(tag) {
            "style" => {
                self.current = attribute(tag, "name").unwrap_or_default();
                let parent = attribute(tag, "parent-style-name").unwrap_or_default();
                self.parents.insert(self.current.clone(), parent);
            }
            "text-properties" if attribute(tag, "display").is_some_and(|display| display == "none") => {
                self.hidden.insert(self.current.clone());
            }
            _ => {}
        }
    }

    /// Whether a paragraph of that style is the title of a document.
    fn is_title(&self, style: &str) -> bool {
        style == "Title" || self.parents.get(style).is_some_and(|parent| parent == "Title")
    }
}

#[derive(Default)]
struct Body {
    styles: Styles,
    flow: Flow,
    /// How many paragraphs and headings are open: a frame in one may hold others.
    open: usize,
    /// Whether a list item has begun and its first paragraph has not.
    item: bool,
    /// The depth of an element that is left out with all it holds.
    dropped: Option<usize>,
}

impl Body {
    fn event(&mut self, event: &Event<'_>, depth: usize) {
        if let Some(dropped) = self.dropped {
            if matches!(event, Event::End(_)) && depth < dropped {
                self.dropped = None;
            }
            return;
        }
        match event {
            Event::Start(tag) if self.is_dropped(tag) => self.dropped = Some(depth),
            Event::Start(tag) => self.opens(tag),
            Event::End(tag) => self.closes(tag.local_name().as_ref()),
            Event::Text(text) if self.open > 0 => self.write(text),
            Event::GeneralRef(name) if self.open > 0 => self.flow.write(&entity(name)),
            _ => {}
        }
    }

    fn is_dropped(&self, tag: &BytesStart<'_>) -> bool {
        match local(tag) {
            "tracked-changes" | "annotation" | "note" | "table-of-content" | "forms" | "font-face-decls" => true,
            "p" | "h" | "span" => attribute(tag, "style-name").is_some_and(|style| self.styles.hidden.contains(&style)),
            _ => false,
        }
    }

    fn opens(&mut self, tag: &BytesStart<'_>) {
        match local(tag) {
            "p" => self.paragraph(tag),
            "h" => {
                self.flow.paragraph();
                self.flow.shape = Shape::Heading;
                self.open += 1;
            }
            "list-item" => self.item = true,
            "s" => {
                let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.flow.write(&" ".repeat(count.min(MOST_SPACES)));
            }
            "tab" => self.flow.write("\t"),
            "line-break" => self.flow.write("\n"),
            "table" => self.flow.table(),
            "table-cell" => self.flow.cell(),
            _ => self.styles.opens(tag),
        }
    }

    fn paragraph(&mut self, tag: &BytesStart<'_>) {
        self.flow.paragraph();
        self.open += 1;
        if std::mem::take(&mut self.item) {
            self.flow.shape = Shape::Item;
        } else if attribute(tag, "style-name").is_some_and(|style| self.styles.is_title(&style)) {
            self.flow.shape = Shape::Heading;
        }
    }

    fn closes(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                self.open = self.open.saturating_sub(1);
                self.flow.end_paragraph();
            }
            "table-row" => self.flow.end_row(),
            "table" => self.flow.end_table(),
            _ => {}
        }
    }

    /// White space counts as one space, as in HTML.
    fn write(&mut self, text: &str) {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let mut spaced = text.starts_with(is_space);
        for word in text.split(is_space).filter(|word| !word.is_empty()) {
            if std::mem::replace(&mut spaced, true) {
                self.flow.write(" ");
            }
            self.flow.write(word);
        }
        if text.ends_with(is_space) {
            self.flow.write(" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::{SimpleFileOptions, ZipWriter};

    const STYLES: &str = "<office:automatic-styles><style:style style:name=\"P1\" style:parent-style-name=\"Title\"/>\
        <style:style style:name=\"T1\"><style:text-properties text:display=\"none\"/></style:style></office:automatic-styles>";

    fn read(body: &str) -> Result<String, String> {
        let content =
            format!("<office:document-content>{STYLES}<office:body>{body}</office:body></office:document-content>");
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(CONTENT, SimpleFileOptions::default()).map_err(|error| error.to_string())?;
        writer.write_all(content.as_bytes()).map_err(|error| error.to_string())?;
        let bytes = writer.finish().map_err(|error| error.to_string())?.into_inner();
        odt_to_text(&bytes, &Limits { depth: 20, ..Limits::default() })
    }

    #[test]
    fn structure_is_kept() {
        let cases = [
            ("<text:h text:outline-level=\"1\">Cook</text:h><text:p>You\n  cook.</text:p>", "## Cook\nYou cook."),
            (
                "<text:p text:style-name=\"P1\">Cook</text:p><text:p>a &amp;<text:s text:c=\"2\"/>b</text:p>",
                "## Cook\na &  b",
            ),
            (
                "<text:list><text:list-item><text:p>Java</text:p></text:list-item><text:list-item><text:p>Go</text:p>\
                 </text:list-item></text:list><text:p>End</text:p>",
                "* Java\n* Go\n\nEnd",
            ),
            (
                "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>\
                 <text:p>b</text:p></table:table-cell></table:table-row></table:table>",
                "a\tb",
            ),
            ("<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:p>new</text:p>", "new"),
            ("<text:p>shown<text:span text:style-name=\"T1\"> hidden</text:span></text:p>", "shown"),
            ("<text:p>one<text:note><text:p>two</text:p></text:note><text:line-break/>three</text:p>", "one\nthree"),
        ];
        for (body, expected) in cases {
            assert_eq!(read(body).as_deref(), Ok(expected), "{body}");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_refused() {
        let deep = "<text:span>".repeat(30);
        assert_eq!(read(&format!("<text:p>{deep}")), Err("elements nested more than 20 deep".to_owned()));
    }
}
