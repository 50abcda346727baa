//! Zip archives that are documents: what each one is, and its parts read event by event, so that
//! memory holds the text and no tree of it.

use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::limits::{Capped, Growth, Limits, PieceBudget};

/// The part of an OpenDocument file that names its kind.
const MIME_TYPE: &str = "mimetype";
/// The part of an OpenDocument file that holds the text or the sheets.
pub(super) const CONTENT: &str = "content.xml";
/// The part of a Word file that holds the text; some programs number it.
const DOCUMENT: &str = "word/document";

/// What a zip archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Package {
    /// A Word document.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// A workbook of Excel or of OpenDocument.
    Workbook,
    /// Slides, drawings, e-books, programs: nothing that holds postings.
    Other(&'static str),
    /// Files in folders.
    Folder,
}

impl Package {
    /// What `archive` is, by the names of its parts.
    pub(crate) fn of<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Self {
        if archive.index_for_name(CONTENT).is_some() && archive.index_for_name("META-INF/manifest.xml").is_some() {
            return Self::of_open_document(archive);
        }
        let has = |start: &str| names(archive).any(|name| name.starts_with(start));
        if document_part(archive).is_some() {
            Self::Docx
        } else if has("xl/workbook") {
            Self::Workbook
        } else if has("ppt/") {
            Self::Other("a presentation (PPTX): save it as DOCX or text")
        } else if has("META-INF/container.xml") {
            Self::Other("an e-book (EPUB): save it as HTML or text")
        } else if has("Index/Document.iwa") {
            Self::Other("a document of Apple's Pages, Numbers or Keynote: export it as DOCX, XLSX or PDF")
        } else {
            Self::Folder
        }
    }

    fn of_open_document<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Self {
        let mut kind = String::new();
        if let Ok(part) = archive.by_name(MIME_TYPE) {
            // One that cannot be read is taken for a text, whose reader will say what is wrong.
            let _ = part.take(200).read_to_string(&mut kind);
        }
        if kind.contains("spreadsheet") {
            Self::Workbook
        } else if kind.contains("presentation") || kind.contains("graphics") {
            Self::Other("an OpenDocument presentation or drawing: save it as ODT or text")
        } else {
            Self::Odt
        }
    }
}

/// Opens the archive that `bytes` are.
pub(crate) fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, String> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken_zip(&error))
}

/// What is wrong with an archive.
pub(crate) fn broken_zip(error: &zip::result::ZipError) -> String {
    format!("a broken zip archive: {error}")
}

/// The part that holds the text of a Word document.
pub(super) fn document_part<R: Read + Seek>(archive: &ZipArchive<R>) -> Option<String> {
    let is_document = |name: &str| name.starts_with(DOCUMENT) && name.ends_with(".xml");
    names(archive).find(|name| is_document(name))
}

fn names<R: Read + Seek>(archive: &ZipArchive<R>) -> impl Iterator<Item = String> + '_ {
    (0..archive.len()).filter_map(|index| Some(archive.name_for_index(index)?.ok()?.into_owned()))
}

/// The reading of one document, within its limits.
pub(super) struct Reading<'l> {
    limits: &'l Limits,
    /// Bytes of the archive, which says of its parts what it likes.
    whole: u64,
    /// For all parts together.
    budget: PieceBudget,
}

impl<'l> Reading<'l> {
    pub(super) fn new(bytes: &[u8], limits: &'l Limits) -> Self {
        Self { limits, whole: bytes.len() as u64, budget: PieceBudget::new(limits.steps) }
    }

    /// A part of the archive, which may not grow beyond the limit.
    pub(super) fn part<'z, 'b>(
        &self,
        archive: &'z mut ZipArchive<Cursor<&'b [u8]>>,
        name: &str,
    ) -> Result<impl BufRead + use<'z, 'b>, String> {
        let file = archive.by_name(name).map_err(|error| broken_zip(&error))?;
        let compressed = Arc::new(AtomicU64::new(file.compressed_size().min(self.whole)));
        let growth = Growth::PART.up_to(self.limits.expanded_bytes);
        Ok(BufReader::new(Capped::new(file, growth, compressed)))
    }

    /// Shows `take` each event of a part, and how deep it stands.
    pub(super) fn each_event(
        &mut self,
        part: impl BufRead,
        mut take: impl FnMut(&Event<'_>, usize),
    ) -> Result<(), String> {
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
                return Err(too_deep(self.limits.depth));
            }
            take(&event, depth);
        }
    }
}

/// Why XML is not read further that is nested too deep.
pub(crate) fn too_deep(limit: usize) -> String {
    format!("elements nested more than {limit} deep")
}

/// What is wrong with XML.
pub(crate) fn broken(error: &quick_xml::Error) -> String {
    match error {
        quick_xml::Error::Io(error) => error.to_string(),
        error => format!("broken XML: {error}"),
    }
}

/// The name of an element without its prefix.
pub(crate) fn local<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    tag.name().into_inner().rsplit(':').next().unwrap_or_default()
}

/// An attribute by its name without the prefix, as it is written.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// What a reference such as `&amp;` stands for; one that XML does not know stays as it is.
pub(crate) fn entity(name: &str) -> String {
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

/// The names of the parts of an archive.
#[cfg(feature = "workbooks")]
pub(super) fn part_names<R: Read + Seek>(archive: R) -> Result<Vec<String>, String> {
    let archive = ZipArchive::new(archive).map_err(|error| broken_zip(&error))?;
    Ok(names(&archive).collect())
}
