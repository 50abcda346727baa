//! What is read here and there and not from its beginning to its end: archives and workbooks.

use std::io::{self, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use zip::ZipArchive;

use super::file::Content;
use super::legacy;
use super::magic::Magic;
use super::meter::Meter;
use crate::extract::{Package, broken_zip, size};
use crate::file;

/// Bytes that can be read in any order.
pub(super) trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// An archive that is open.
pub(super) type Archive = ZipArchive<Box<dyn ReadSeek>>;

/// Where such bytes are.
pub(super) enum Held {
    File(PathBuf),
    /// What came out of a stream.
    Memory(Arc<[u8]>),
}

impl Held {
    /// The whole of a stream, which may be at most `limit` bytes.
    pub(super) fn memory(stream: impl Read, limit: u64) -> Result<Self, String> {
        let mut bytes = Vec::new();
        stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        if bytes.len() as u64 > limit {
            let limit = size(limit);
            return Err(format!(
                "larger than {limit}, the limit for an archive or workbook that does not come from a file: give its path"
            ));
        }
        Ok(Self::Memory(bytes.into()))
    }

    fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(io::BufReader::new(file::open(path)?)),
            Self::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// Opens it as a zip archive.
    pub(super) fn reader(&self) -> Result<Archive, String> {
        let opened = self.open().map_err(|error| error.to_string())?;
        ZipArchive::new(opened).map_err(|error| broken_zip(&error))
    }

    /// What it is; of a binary file of Office no more than `most` bytes are looked at.
    pub(super) fn what_it_is(&self, most: u64) -> Result<Package, String> {
        let mut start = Vec::new();
        let mut opened = self.open().map_err(|error| error.to_string())?;
        opened.by_ref().take(16).read_to_end(&mut start).map_err(|error| error.to_string())?;
        if Magic::of(&start) != Some(Magic::Ole) {
            return self.reader().map(|mut archive| Package::of(&mut archive));
        }
        opened.take(most).read_to_end(&mut start).map_err(|error| error.to_string())?;
        if legacy::is_workbook(&start) { Ok(Package::Workbook) } else { Err(legacy::refusal(&start)) }
    }

    /// The same for a document, which is read from its beginning to its end.
    pub(super) fn into_content(self) -> Content {
        match self {
            // Its size has been counted.
            Self::File(path) => Content::File(path, Meter::default()),
            Self::Memory(bytes) => Content::Stream(Box::new(Cursor::new(bytes)), None),
        }
    }
}
