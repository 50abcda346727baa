//! What the page holds of each posting, kept in temporary files until the page is put
//! together, and no more than the page may hold.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

/// Pieces of a page that come one after another, up to a number of pieces and bytes.
pub struct Spool {
    out: BufWriter<File>,
    pieces: usize,
    bytes: usize,
    limit: Limit,
    full: bool,
}

/// How much a spool takes.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub pieces: usize,
    pub bytes: usize,
}

impl Spool {
    /// An empty spool; its file stands in `folder` and is gone with it.
    pub fn new(folder: &Path, limit: Limit) -> io::Result<Self> {
        let out = BufWriter::new(tempfile::tempfile_in(folder)?);
        Ok(Self { out, pieces: 0, bytes: 0, limit, full: false })
    }

    /// Takes a piece, unless it or one before it did not fit.
    pub fn push(&mut self, piece: &str) -> io::Result<bool> {
        let fits = self.pieces < self.limit.pieces && self.bytes + piece.len() <= self.limit.bytes;
        self.full |= !fits;
        if !self.full {
            self.pieces += 1;
            self.bytes += piece.len();
            self.out.write_all(piece.as_bytes())?;
        }
        Ok(!self.full)
    }

    /// How many pieces it holds.
    pub fn pieces(&self) -> usize {
        self.pieces
    }

    /// Whether a piece was refused, or the next would be for their number.
    pub fn is_full(&self) -> bool {
        self.full || self.pieces == self.limit.pieces
    }

    /// Writes all pieces to `page`.
    pub fn copy_to(&mut self, page: &mut impl Write) -> io::Result<()> {
        self.out.flush()?;
        let file = self.out.get_mut();
        file.rewind()?;
        io::copy(file, page)?;
        Ok(())
    }
}

/// JSON that may stand in a script element: no text in it can end the element or open a comment.
pub fn json_in_html(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?.replace('<', "\\u003c"))
}

/// Several JSON values as one array, packed: gzip, then base64.
pub fn pack(values: &[String]) -> io::Result<String> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(b"[")?;
    packed.write_all(values.join(",").as_bytes())?;
    packed.write_all(b"]")?;
    Ok(STANDARD.encode(packed.finish()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spool_takes_no_more_than_its_limit() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let cases: [(Limit, &[&str], &str); 3] = [
            (Limit { pieces: 2, bytes: 100 }, &["ab", "c", "d"], "abc"),
            (Limit { pieces: 9, bytes: 3 }, &["ab", "cd", "e"], "ab"),
            (Limit { pieces: 9, bytes: 9 }, &[], ""),
        ];
        for (limit, pieces, expected) in cases {
            let mut spool = Spool::new(folder.path(), limit)?;
            for piece in pieces {
                spool.push(piece)?;
            }
            let mut page = Vec::new();
            spool.copy_to(&mut page)?;
            assert_eq!(String::from_utf8_lossy(&page), expected, "{limit:?}");
        }
        Ok(())
    }

    #[test]
    fn no_text_ends_the_script_element() -> io::Result<()> {
        let hostile = "</script><!--<script>";
        let json = json_in_html(&hostile)?;
        assert!(!json.contains('<'));
        assert_eq!(serde_json::from_str::<String>(&json)?, hostile);
        Ok(())
    }
}
