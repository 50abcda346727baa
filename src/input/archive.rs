//! Zip archives, read as folders are.

use std::io::{Cursor, Read, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::detect::Kind;
use super::globs::Globs;
use super::held::Archive;
use super::meter::Bytes;
use super::walk::Entry;
use super::{Pending, ReadOptions, Skipped, Source};
use crate::extract::{Capped, Growth, broken_zip, size};
use crate::staging::is_desktop_file;

/// How many members an archive may have.
const MOST_MEMBERS: usize = 100_000;

/// Opens the members of an archive, and what is attached to a message, as what they are.
pub(super) trait OpenMember: Send + Sync {
    /// Opens a member; the path of `entry` is its name alone.
    fn open_member(&self, stream: Bytes, entry: Entry) -> Result<Box<dyn Source>, Skipped>;
}

/// Opens an archive.
pub(super) fn open(
    archive: Archive,
    entry: &Entry,
    options: &ReadOptions,
    globs: &Globs,
    opener: Box<dyn OpenMember>,
) -> Result<Box<dyn Source>, Skipped> {
    let refused = |reason: String| Err(Skipped::whole(&entry.source, reason));
    if archive.len() > MOST_MEMBERS {
        return refused(format!("an archive of more than {MOST_MEMBERS} files"));
    }
    let mut members: Vec<(String, usize)> = (0..archive.len())
        .filter_map(|index| Some((archive.name_for_index(index)?.ok()?.into_owned(), index)))
        .filter(|(name, _)| is_read(name))
        .collect();
    if members.is_empty() {
        return refused("an archive without files to read".to_owned());
    }
    let (chosen, whole) = (globs.under(&entry.path), globs.take_whole(&entry.path));
    members.retain(|(name, _)| chosen.takes_member(&entry.path.join(name), whole));
    members.sort();
    Ok(Box::new(Members {
        archive,
        members: members.into_iter(),
        id: entry.id.clone(),
        source: entry.source.clone(),
        in_memory: options.max_document_bytes,
        left: options.max_expanded_bytes,
        open: None,
        opener,
    }))
}

/// Whether a walk would read a file of that name: folders, hidden files and what desktops leave behind it would not.
fn is_read(name: &str) -> bool {
    let skipped = |part: &str| part.starts_with('.') || is_desktop_file(part.as_ref());
    !name.ends_with(['/', '\\']) && !name.split(['/', '\\']).any(skipped)
}

struct Members {
    archive: Archive,
    /// The names of those still to be read, and their places.
    members: std::vec::IntoIter<(String, usize)>,
    id: String,
    source: String,
    /// The largest member that is held in memory.
    in_memory: u64,
    /// The bytes that the members may still grow to together.
    left: u64,
    /// The member that is being read.
    open: Option<Box<dyn Source>>,
    opener: Box<dyn OpenMember>,
}

impl Source for Members {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        loop {
            if let Some(next) = self.open.as_mut().and_then(|open| open.next()) {
                return Some(next);
            }
            let (name, index) = self.members.next()?;
            let entry = Entry {
                id: format!("{}/{name}", self.id),
                source: format!("{}/{name}", self.source),
                path: PathBuf::from(name),
                given: false,
            };
            let bytes = self.bytes(index, &entry).map_err(|reason| Skipped::whole(&entry.source, reason));
            match bytes.and_then(|bytes| self.opener.open_member(bytes, entry)) {
                Ok(source) => self.open = Some(source),
                Err(skipped) => {
                    self.open = None;
                    return Some(Err(skipped));
                }
            }
        }
    }
}

impl Members {
    /// The content of a member: in memory, or in a temporary file where it is larger than a document may be.
    fn bytes(&mut self, index: usize, entry: &Entry) -> Result<Bytes, String> {
        let member = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                "locked with a password: unpack the archive first".to_owned()
            }
            error => broken_zip(&error),
        })?;
        let compressed = Arc::new(AtomicU64::new(member.compressed_size()));
        let mut stream = Capped::new(member, Growth::STREAM.up_to(self.left), compressed);
        let mut bytes = Vec::new();
        let most = self.in_memory.saturating_add(1);
        stream.by_ref().take(most).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        let is_document = matches!(Kind::of_name(&entry.path), Kind::Document(format) if format.is_known());
        let held = bytes.len() as u64;
        if held < most || is_document {
            self.left -= held.min(self.left);
            return Ok(Box::new(Cursor::new(bytes)));
        }
        let spooled = || -> std::io::Result<(std::fs::File, u64)> {
            let mut file = tempfile::tempfile()?;
            let size = std::io::copy(&mut Cursor::new(bytes).chain(stream), &mut file)?;
            file.seek(SeekFrom::Start(0))?;
            Ok((file, size))
        };
        let (file, written) =
            spooled().map_err(|error| format!("cannot expand it to {} and more: {error}", size(held)))?;
        self.left -= written.min(self.left);
        Ok(Box::new(file))
    }
}
