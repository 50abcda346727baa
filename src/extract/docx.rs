//! Plain text out of DOCX, in the same shape as out of HTML.
//!
//! The XML is read event by event, so memory holds the text and no tree of it.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::limits::{Capped, Growth, Limits, PieceBudget};
use super::line_breaks::line_ends;

/// The part that holds the text; some programs number it.
const DOCUMENT: &str = "word/document";
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
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("a broken zip archive: {error}"))?;
    let name = document_part(&archive).ok_or_else(|| other_archive(&archive))?;
    let mut reading = Reading { limits, whole: bytes.len() as u64, budget: PieceBudget::new(limits.steps) };
    let styles = match reading.part(&mut archive, STYLES) {
        Ok(part) => Styles::read(part, &mut reading)?,
        // A document without styles is read without headings.
        Err(_) => Styles::default(),
    };
    let mut body = Body { styles, ..Body::default() };
    let part = reading.part(&mut archive, &name)?;
    reading.each_event(part, |event, depth| body.event(event, depth))?;
    Ok(body.text.trim().to_owned())
}

fn document_part<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<String> {
    let is_document = |name: &str| name.starts_with(DOCUMENT) && name.ends_with(".xml");
    names(archive).find(|name| is_document(name))
}

fn names<R: Read + Seek>(archive: &ZipArchive<R>) -> impl Iterator<Item = String> + '_ {
    (0..archive.len()).filter_map(|index| Some(archive.name_for_index(index)?.ok()?.into_owned()))
}

/// What a zip archive is that is no Word document.
fn other_archive<R: Read + Seek>(archive: &ZipArchive<R>) -> String {
    let has = |start: &str| names(archive).any(|name| name.starts_with(start));
    if has("xl/") {
        "a spreadsheet (XLSX): save it as CSV".to_owned()
    } else if has("ppt/") {
        "a presentation (PPTX): save it as DOCX or text".to_owned()
    } else if has("content.xml") {
        "an OpenDocument file: save it as DOCX, CSV or text".to_owned()
    } else {
        "a zip archive: unpack it first".to_owned()
    }
}

/// The reading of one document, within its limits.
struct Reading<'l> {
    limits: &'l Limits,
    /// Bytes of the archive, which says of its parts what it likes.
    whole: u64,
    /// For all parts together.
    budget: PieceBudget,
}

impl Reading<'_> {
    /// A part of the archive, which may not grow beyond the limit.
    fn part<'z, 'b>(
        &self,
        archive: &'z mut ZipArchive<Cursor<&'b [u8]>>,
        name: &str,
    ) -> Result<impl BufRead + use<'z, 'b>, String> {
        let file = archive.by_name(name).map_err(|error| format!("a broken zip archive: {error}"))?;
        let compressed = Arc::new(AtomicU64::new(file.compressed_size().min(self.whole)));
        let growth = Growth::PART.up_to(self.limits.expanded_bytes);
        Ok(BufReader::new(Capped::new(file, growth, compressed)))
    }

    fn each_event(&mut self, part: impl BufRead, mut take: impl FnMut(&Event<'_>, usize)) -> Result<(), String> {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        let (mut buffer, mut depth) = (Vec::new(), 0_usize);
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer).map_err(|error| broken(&error))?;
            self.budget.spend(1).map_err(|error| error.to_string())?;
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                Event::Eof => return Ok(()),
                _ => {}
            }
            if depth > self.limits.depth {
                return Err(format!("elements nested more than {} deep", self.limits.depth));
            }
            take(&event, depth);
        }
    }
}

fn broken(error: &quick_xml::Error) -> String {
    match error {
        quick_xml::Error::Io(error) => error.to_string(),
        error => format!("broken XML: {error}"),
    }
}

/// What a paragraph is, for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shape {
    #[default]
    Plain,
    Heading,
    Item,
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
    text: String,
    shape: Shape,
    /// The shape of the paragraph before.
    last: Shape,
    /// Whether something of this paragraph has been written.
    begun: bool,
    in_text: bool,
    in_run: bool,
    hidden: bool,
    /// The depth of an element that is left out with all it holds.
    dropped: Option<usize>,
    /// For each table that is open, whether the row and the cell have begun.
    tables: Vec<Table>,
}

#[derive(Default)]
struct Table {
    cell_in_row: bool,
    paragraph_in_cell: bool,
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
            "p" => self.paragraph(),
            "r" => (self.in_run, self.hidden) = (true, false),
            "t" => self.in_text = true,
            "tab" if self.in_run => self.write("\t"),
            "br" | "cr" if self.in_run => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "vanish" if self.in_run => self.hidden = !is_off(&value(tag)),
            "pStyle" => self.shape = self.styles.shape(&value(tag)),
            "outlineLvl" if is_outline(tag) => self.shape = Shape::Heading,
            "numId" if self.shape != Shape::Heading => {
                self.shape = if value(tag) == "0" { Shape::Plain } else { Shape::Item };
            }
            "tbl" => {
                self.newlines(2);
                self.tables.push(Table::default());
            }
            "tc" => self.cell(),
            _ => {}
        }
    }

    fn closes(&mut self, name: &str) {
        match name {
            // An empty paragraph sets apart what stands around it.
            "p" => self.newlines(if self.begun || !self.tables.is_empty() { 1 } else { 2 }),
            "r" => (self.in_run, self.hidden) = (false, false),
            "t" => self.in_text = false,
            "tr" => {
                self.newlines(1);
                if let Some(table) = self.tables.last_mut() {
                    table.cell_in_row = false;
                }
            }
            "tbl" => {
                self.tables.pop();
                self.newlines(2);
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        if self.begun {
            self.last = self.shape;
        }
        (self.shape, self.begun, self.in_run) = (Shape::Plain, false, false);
        match self.tables.last_mut() {
            // The first paragraph of a cell stands where the cell begins.
            Some(table) if !table.paragraph_in_cell => table.paragraph_in_cell = true,
            _ => self.newlines(1),
        }
    }

    fn cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        table.paragraph_in_cell = false;
        if std::mem::replace(&mut table.cell_in_row, true) {
            // The paragraph before has ended its line, which the row has not.
            let kept = self.text.trim_end_matches('\n').len();
            self.text.truncate(kept);
            self.text.push('\t');
        }
    }

    fn write(&mut self, text: &str) {
        if self.hidden {
            return;
        }
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

/// Deleted text needs no mention: it stands in `delText`.
fn is_dropped(name: &str) -> bool {
    // The fallback repeats a text box for old programs.
    matches!(name, "Fallback" | "moveFrom" | "instrText" | "sectPr" | "tblPr" | "pPrChange" | "rPrChange")
}

fn local<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    tag.name().into_inner().rsplit(':').next().unwrap_or_default()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
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

fn entity(name: &str) -> String {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let known = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#') {
            Some(digits) => digits.strip_prefix(['x', 'X']).map_or_else(|| number(digits, 10), |hex| number(hex, 16)),
            None => None,
        },
    };
    known.map_or_else(|| format!("&{name};"), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
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
    fn other_archives_are_named() -> Result<(), Box<dyn std::error::Error>> {
        let cases = [
            ("xl/workbook.xml", "a spreadsheet (XLSX): save it as CSV"),
            ("content.xml", "an OpenDocument file: save it as DOCX, CSV or text"),
            ("a.txt", "a zip archive: unpack it first"),
        ];
        for (name, expected) in cases {
            let bytes = archive(&[(name, "x")])?;
            assert_eq!(docx_to_text(&bytes, &Limits::default()), Err(expected.to_owned()), "{name}");
        }
        let cut = archive(&[("word/document.xml", "<w:p/>")])?;
        let found = docx_to_text(&cut[..cut.len() / 2], &Limits::default());
        assert!(found.is_err_and(|reason| reason.starts_with("a broken zip archive")));
        let found = docx_to_text(&archive(&[("word/document2.xml", "<w:p><w:t>x</w:p>")])?, &Limits::default());
        assert!(found.is_err_and(|reason| reason.starts_with("broken XML")));
        Ok(())
    }
}
