//! Bytes from a file or a pipe, with a look at how they begin.

use std::fs::File;
use std::io::{self, Chain, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::text::{Decoded, decode};

/// Bytes from wherever.
pub(super) type Bytes = Box<dyn Read + Send>;

/// The bytes of a stream again, those that were looked at first.
pub(super) type Rewound = Chain<Cursor<Vec<u8>>, Bytes>;

/// How much of a stream is looked at to tell what it is.
const SAMPLE: u64 = 64 << 10;

/// Why a file that is not text at all is not read.
pub(super) const NOT_TEXT: &str = "not text (binary): text, Markdown, HTML, CSV, TSV, JSON and JSON Lines are read";

/// Why a file with nothing in it is not read.
pub(super) const EMPTY: &str = "empty file";

/// How many bytes of the inputs have been read, shared with whoever shows it.
pub(super) type Meter = Arc<AtomicU64>;

/// A stream that tells how much of it has been read.
pub(super) struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R> Metered<R> {
    pub(super) fn new(inner: R, meter: &Meter) -> Self {
        Self { inner, meter: Arc::clone(meter) }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A stream whose first bytes are known.
pub(super) struct Peeked {
    /// The first bytes, without a UTF-8 byte order mark.
    pub sample: Vec<u8>,
    /// Whether the sample is all there is.
    pub whole: bool,
    rest: Bytes,
}

impl Peeked {
    pub(super) fn new(mut rest: Bytes) -> io::Result<Self> {
        let mut sample = Vec::new();
        let read = rest.by_ref().take(SAMPLE).read_to_end(&mut sample)?;
        if sample.starts_with(b"\xef\xbb\xbf") {
            sample.drain(..3);
        }
        Ok(Self { whole: (read as u64) < SAMPLE, sample, rest })
    }

    pub(super) fn open(path: &Path, meter: &Meter) -> io::Result<Self> {
        Self::new(Box::new(Metered::new(File::open(path)?, meter)))
    }

    /// Why no table can be read from this stream, if so.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        if self.whole && is_blank(&self.sample) {
            return Some(EMPTY);
        }
        match decode(&self.sample) {
            None => Some(NOT_TEXT),
            Some(decoded) if decoded.encoding.starts_with("UTF-16") => Some("a table in UTF-16: save it as UTF-8"),
            Some(_) => None,
        }
    }

    /// The stream from its beginning.
    pub(super) fn rewound(self) -> Rewound {
        Cursor::new(self.sample).chain(self.rest)
    }
}

pub(super) fn is_blank(bytes: &[u8]) -> bool {
    bytes.trim_ascii().is_empty()
}

/// What a reader should know of how the bytes were taken.
pub(super) fn encoding_note(decoded: &Decoded) -> Option<String> {
    decoded.guessed.then(|| match decoded.encoding {
        "UTF-8" => "read as UTF-8 with stray bytes replaced".to_owned(),
        encoding => format!("read as {encoding}"),
    })
}

/// A size as people say it: `16 MiB`, `900 bytes`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..0x400 => format!("{bytes} bytes"),
        0x400..0x10_0000 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peeked(bytes: &[u8]) -> io::Result<Peeked> {
        Peeked::new(Box::new(Cursor::new(bytes.to_vec())))
    }

    #[test]
    fn nothing_but_the_mark_is_lost() -> io::Result<()> {
        let long = vec![b'x'; 200_000];
        let cases: [(&[u8], &[u8], bool); 4] =
            [(b"", b"", true), (b"abc", b"abc", true), (b"\xef\xbb\xbfabc", b"abc", true), (&long, &long, false)];
        for (bytes, expected, whole) in cases {
            let peeked = peeked(bytes)?;
            assert_eq!(peeked.whole, whole);
            let mut all = Vec::new();
            peeked.rewound().read_to_end(&mut all)?;
            assert_eq!(all, expected);
        }
        Ok(())
    }

    #[test]
    fn what_cannot_be_a_table_is_refused() -> io::Result<()> {
        let cases: [(&[u8], Option<&str>); 5] = [
            (b" \n\t", Some(EMPTY)),
            (b"PK\x03\x04rest", Some(NOT_TEXT)),
            (b"\xff\xfei\0d\0,\0t\0", Some("a table in UTF-16: save it as UTF-8")),
            (b"id,text", None),
            (b"id,text\n1,caf\xe9", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(peeked(bytes)?.refusal(), expected, "{bytes:?}");
        }
        Ok(())
    }

    #[test]
    fn sizes_read_well() {
        let cases = [(900, "900 bytes"), (64 << 10, "64 KiB"), (16 << 20, "16 MiB")];
        for (bytes, expected) in cases {
            assert_eq!(size(bytes), expected);
        }
    }
}
