//! Plain text out of DOCX, in the same shape as out of HTML.
//!
//! The XML is read event by event, so memory holds the text and no tree of it.

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::flow::{Flow, Shape};
use super::limits::Limits;
use super::package::{Reading, attribute, document_part, entity, local, open};

const STYLES: &str = "word/styles.xml";
/// How many styles may rest on one another.
const MAX_STYLES_DEEP: usize = 12;

/// The text of a Word document: headings as `## ` lines, list items as `* ` lines,
/// table cells between tabs.
///
/// Text that was inserted counts, text that was deleted, moved away or hidden does
/// not. Headers, footers, comments and notes are left out.
///
/// # Errors
/// Says what the file is instead, or which limit it goes beyond.
pub fn docx_to_text(bytes: &[u8], limits: &Limits) -> Result<String, String> {
    let mut archive = open(bytes)?;
    let name = document_part(&archive).ok_or("a zip archive that is no Word document")?;
    let mut reading = Reading::new(bytes, limits);
    let styles = match reading.part(&mut archive, STYLES) {
        Ok(part) => Styles::read(part, &mut reading)?,
        // A document without styles is read without headings.
        Err(_) => Styles::default(),
    };
    let mut body = Body { styles, ..Body::default() };
    let part = reading.part(&mut archive, &name)?;
    reading.each_event(part, |event, depth| body.event(event, depth))?;
    Ok(body.flow.into_text())
}

/// What the styles of a document make of a paragraph.
#[derive(Debug, Default)]
struct Styles {
    shapes: HashMap<String, Shape>,
    based_on: HashMap<String, String>,
}

impl Styles {
    fn read(part: impl BufRead, reading: &mut Reading<'_>) -> Result<Self, String> {
        let mut styles = Self::default();
        let mut current = String::new();
        reading.each_event(part, |event, _| {
            let Event::Start(tag) = event else { return };
            match local(tag) {
                "style" => current = attribute(tag, "styleId").unwrap_or_default(),
                "name" => styles.name(&current, &value(tag)),
                "basedOn" => {
                    styles.based_on.insert(current.clone(), value(tag));
                }
                "outlineLvl" if is_outline(tag) => styles.set(&current, Shape::Heading),
                "numPr" => styles.set(&current, Shape::Item),
                _ => {}
            }
        })?;
        Ok(styles)
    }

    /// Word keeps the English name of a built-in style in every language.
    fn name(&mut self, style: &str, name: &str) {
        let name = name.to_ascii_lowercase();
        if name.starts_with("heading ") || name == "title" {
            self.set(style, Shape::Heading);
        } else if name.starts_with("list bullet") || name.starts_with("list number") {
            self.set(style, Shape::Item);
        }
    }

    /// A heading that is numbered stays a heading.
    fn set(&mut self, style: &str, shape: Shape) {
        let known = self.shapes.entry(style.to_owned()).or_insert(shape);
        if shape == Shape::Heading {
            *known = shape;
        }
    }

    fn shape(&self, style: &str) -> Shape {
        let mut style = style;
        for _ in 0..MAX_STYLES_DEEP {
            if let Some(shape) = self.shapes.get(style) {
                return *shape;
            }
            let Some(base) = self.based_on.get(style) else { break };
            style = base;
        }
        Shape::Plain
    }
}

/// The text of the body, as far as it has been read.
#[derive(Default)]
struct Body {
    styles: Styles,
    flow: Flow,
    in_text: bool,
    in_run: bool,
    hidden: bool,
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
            Event::Start(tag) if is_dropped(local(tag)) => self.dropped = Some(depth),
            Event::Start(tag) => self.opens(tag),
            Event::End(tag) => self.closes(tag.local_name().as_ref()),
            Event::Text(text) if self.in_text => self.write(text),
            Event::GeneralRef(name) if self.in_text => self.write(&entity(name)),
            _ => {}
        }
    }

    fn opens(&mut self, tag: &BytesStart<'_>) {
        match local(tag) {
            "p" => {
                self.in_run = false;
                self.flow.paragraph();
            }
            "r" => (self.in_run, self.hidden) = (true, false),
            "t" => self.in_text = true,
            "tab" if self.in_run => self.write("\t"),
            "br" | "cr" if self.in_run => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "vanish" if self.in_run => self.hidden = !is_off(&value(tag)),
            "pStyle" => self.flow.shape = self.styles.shape(&value(tag)),
            "outlineLvl" if is_outline(tag) => self.flow.shape = Shape::Heading,
            "numId" if self.flow.shape != Shape::Heading => {
                self.flow.shape = if value(tag) == "0" { Shape::Plain } else { Shape::Item };
            }
            "tbl" => self.flow.table(),
            "tc" => self.flow.cell(),
            _ => {}
        }
    }

    fn closes(&mut self, name: &str) {
        match name {
            "p" => self.flow.end_paragraph(),
            "r" => (self.in_run, self.hidden) = (false, false),
            "t" => self.in_text = false,
            "tr" => self.flow.end_row(),
            "tbl" => self.flow.end_table(),
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        if !self.hidden {
            self.flow.write(text);
        }
    }
}

/// Deleted text needs no mention: it stands in `delText`.
fn is_dropped(name: &str) -> bool {
    // The fallback repeats a text box for old programs.
    matches!(name, "Fallback" | "moveFrom" | "instrText" | "sectPr" | "tblPr" | "pPrChange" | "rPrChange")
}

fn value(tag: &BytesStart<'_>) -> String {
    attribute(tag, "val").unwrap_or_default()
}

fn is_off(value: &str) -> bool {
    matches!(value, "0" | "false" | "off")
}

/// Level 9 is body text.
fn is_outline(tag: &BytesStart<'_>) -> bool {
    value(tag) != "9"
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::{SimpleFileOptions, ZipWriter};

    const STYLED: &str = r#"<w:styles xmlns:w="w">
        <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="Eigene"><w:name w:val="Eigene"/><w:basedOn w:val="berschrift1"/></w:style>
        <w:style w:styleId="Punkt"><w:name w:val="Punkt"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>
        <w:style w:styleId="Lauftext"><w:name w:val="Body"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
        </w:styles>"#;

    fn archive(parts: &[(&str, &str)]) -> zip::result::ZipResult<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default())?;
            writer.write_all(content.as_bytes())?;
        }
        Ok(writer.finish()?.into_inner())
    }

    fn read(body: &str, limits: &Limits) -> Result<String, String> {
        let document = format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
        let parts = [("word/document.xml", document.as_str()), (STYLES, STYLED)];
        let bytes = archive(&parts).map_err(|error| error.to_string())?;
        docx_to_text(&bytes, limits)
    }

    fn paragraph(properties: &str, text: &str) -> String {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn structure_is_kept() {
        let heading = |style: &str| paragraph(&format!(r#"<w:pStyle w:val="{style}"/>"#), "Duties");
        let item = |text: &str| paragraph(r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#, text);
        let plain = |text: &str| paragraph("", text);
        let cell = |inner: &str| format!("<w:tc>{inner}</w:tc>");
        let cases = [
            (plain("One") + &plain("Two"), "One\nTwo"),
            (plain("One") + &heading("berschrift1") + &item("Java") + &item("Go"), "One\n\n## Duties\n* Java\n* Go"),
            (heading("Eigene"), "## Duties"),
            (heading("Punkt"), "* Duties"),
            (heading("Ring"), "Duties"),
            (heading("Lauftext"), "Duties"),
            (paragraph(r#"<w:outlineLvl w:val="1"/>"#, "Duties"), "## Duties"),
            (paragraph(r#"<w:pStyle w:val="Punkt"/><w:numPr><w:numId w:val="0"/></w:numPr>"#, "Duties"), "Duties"),
            (
                format!(
                    "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>{}",
                    cell(&plain("Title")),
                    cell(&plain("Cook")),
                    cell(&plain("Duties")),
                    cell(&(item("Bake") + &item("Fry"))),
                    plain("End")
                ),
                "Title\tCook\nDuties\t\n* Bake\n* Fry\n\nEnd",
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(read(&body, &Limits::default()).as_deref(), Ok(expected), "{body}");
        }
    }

    #[test]
    fn runs_are_joined_and_what_is_not_shown_is_left_out() {
        let cases = [
            ("<w:p><w:r><w:t>Kuber</w:t></w:r><w:r><w:t>netes</w:t></w:r></w:p>", "Kubernetes"),
            ("<w:p><w:r><w:t>R&amp;D &#x41;&#66;</w:t></w:r></w:p>", "R&D AB"),
            ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc"),
            ("<w:p><w:r><w:t>T</w:t><w:noBreakHyphen/><w:t>SQL</w:t></w:r></w:p>", "T-SQL"),
            (
                "<w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del></w:p>",
                "in",
            ),
            ("<w:p><w:moveFrom><w:r><w:t>out</w:t></w:r></w:moveFrom><w:r><w:t>in</w:t></w:r></w:p>", "in"),
            ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>out</w:t></w:r><w:r><w:t>in</w:t></w:r></w:p>", "in"),
            ("<w:p><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>in</w:t></w:r></w:p>", "in"),
            ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>in</w:t></w:r></w:p>", "in"),
            (
                "<w:p><w:r><w:t>x</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>\
                 </w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback>\
                 </mc:AlternateContent></w:r></w:p>",
                "x\nbox",
            ),
            ("<w:sdt><w:sdtContent><w:p><w:r><w:t>in</w:t></w:r></w:p></w:sdtContent></w:sdt>", "in"),
        ];
        for (body, expected) in cases {
            assert_eq!(read(body, &Limits::default()).as_deref(), Ok(expected), "{body}");
        }
    }

    #[test]
    fn limits_hold() {
        let limits = Limits { expanded_bytes: 4000, depth: 20, steps: 100, ..Limits::default() };
        let deep = "<w:sdt>".repeat(30);
        let cases = [
            (paragraph("", &"x".repeat(5000)), "larger than 3 KiB once expanded, which is the limit"),
            (deep, "elements nested more than 20 deep"),
            (
                "<w:p/>".repeat(60),
                "made of more than 100 tags, attributes and pieces of text, which is the limit for one posting",
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(read(&body, &limits), Err(expected.to_owned()));
        }
    }

    #[test]
    fn a_part_may_not_grow_without_measure() {
        // Of its size is taken what the archive can hold, whatever that says.
        let told = read(&paragraph("", &"x".repeat(12 << 20)), &Limits::default());
        let expected =
            "grows to more than 200 times its size, which is the limit above 8 MiB: expand it yourself if you trust it";
        assert_eq!(told, Err(expected.to_owned()));
        // Honest ones repeat themselves, too.
        let text: String =
            (0..90_000).map(|at| format!("{at} cooking and baking for ninety guests and more, ")).collect();
        assert_eq!(read(&paragraph("", &text), &Limits::default()).as_deref(), Ok(text.trim()));
    }

    #[test]
    fn what_is_broken_is_told() -> Result<(), Box<dyn std::error::Error>> {
        let cut = archive(&[("word/document.xml", "<w:p/>")])?;
        let cases = [
            (archive(&[("a.txt", "x")])?, "a zip archive that is no Word document"),
            (cut[..cut.len() / 2].to_vec(), "a broken zip archive"),
            (archive(&[("word/document2.xml", "<w:p><w:t>x</w:p>")])?, "broken XML"),
        ];
        for (bytes, expected) in cases {
            let found = docx_to_text(&bytes, &Limits::default());
            assert!(found.as_ref().is_err_and(|reason| reason.starts_with(expected)), "{found:?}");
        }
        Ok(())
    }
}
