//! Bytes from a file or a pipe, with a look at how they begin.

use std::borrow::Cow;
use std::io::{self, BufRead as _, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::sync::{Arc, Mutex};

use encoding_rs::{Encoding, UTF_8};

use super::BeforeWaiting;
use super::decompress::{Compressed, Compression};
use super::meter::{Bytes, Meter, Metered};
use super::transcode::Transcoded;
use crate::extract::{Decoded, Growth, decode};
use crate::file;
use crate::text::bytes::{BLOCK, any};

/// The bytes of a stream again, those that were looked at first.
pub(super) type Rewound = Chain<Cursor<Vec<u8>>, Bytes>;

/// How much of a stream is looked at to tell what it is.
const SAMPLE: u64 = 64 << 10;

/// Why a file that is not text at all is not read.
pub(super) const NOT_TEXT: &str =
    "not text (binary), and none of the formats that are read: see docs/inputs.md, or save it as text or CSV";

/// Why a file with nothing in it is not read.
pub(super) const EMPTY: &str = "empty file";

/// What is to be called before a read that may wait, shared with whoever sets it.
pub(super) type Waiting = Arc<Mutex<Option<BeforeWaiting>>>;

/// A stream of which a read may wait.
pub(super) struct Awaited<R> {
    inner: R,
    waiting: Waiting,
}

impl<R> Awaited<R> {
    pub(super) fn new(inner: R, waiting: &Waiting) -> Self {
        Self { inner, waiting: Arc::clone(waiting) }
    }
}

impl<R: Read> Read for Awaited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Ok(mut waiting) = self.waiting.lock()
            && let Some(call) = &mut *waiting
        {
            call();
        }
        self.inner.read(buffer)
    }
}

/// What is known of the encoding of a table.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct TableEncoding {
    /// The encoding of records that are not UTF-8, guessed from the first bytes.
    pub legacy: Option<&'static Encoding>,
    /// What every posting of the table is to be noted with.
    pub note: Option<String>,
}

/// A stream whose first bytes are known.
pub(super) struct Peeked {
    /// The first bytes, without a UTF-8 byte order mark.
    pub sample: Vec<u8>,
    /// Whether the sample is all there is.
    pub whole: bool,
    /// What is known of the stream that this one is expanded from, if it is.
    pub compressed: Option<Compressed>,
    ahead: Ahead,
    rest: Bytes,
}

/// What is left of a stream of which a read has failed: that failure.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// How far a stream is read before its first record is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ahead {
    /// As far as it helps to tell what the stream is.
    Sample,
    /// To the end of the first line, for whoever writes to the pipe may wait for an answer.
    /// No more is looked at even if more is there: what is told from it would else depend on
    /// how fast the stream comes.
    Line,
}

impl Peeked {
    /// A stream that is not compressed.
    #[cfg(test)]
    pub(super) fn new(rest: Bytes) -> io::Result<Self> {
        Self::read(rest, Ahead::Sample)
    }

    fn read(mut rest: Bytes, ahead: Ahead) -> io::Result<Self> {
        let mut sample = Vec::new();
        let read = match ahead {
            Ahead::Sample => rest.by_ref().take(SAMPLE).read_to_end(&mut sample),
            Ahead::Line => {
                let mut lines = BufReader::with_capacity(1 << 16, rest);
                let read = lines.by_ref().take(SAMPLE).read_until(b'\n', &mut sample);
                rest = Box::new(lines);
                read
            }
        };
        let mut whole = (sample.len() as u64) < SAMPLE && !(ahead == Ahead::Line && sample.ends_with(b"\n"));
        match read {
            Ok(_) => {}
            Err(error) if sample.is_empty() => return Err(error),
            // The records before it are read all the same.
            Err(error) => (rest, whole) = (Box::new(Failed(Some(error))), false),
        }
        if sample.starts_with(b"\xef\xbb\xbf") {
            sample.drain(..3);
        }
        Ok(Self { whole, sample, compressed: None, ahead, rest })
    }

    /// The stream, or what is compressed in it; that may be at most `limit` bytes.
    pub(super) fn expanding(stream: Bytes, limit: u64, ahead: Ahead) -> io::Result<Self> {
        let peeked = Self::read(stream, ahead)?;
        match Compression::of(&peeked.sample) {
            None => Ok(peeked),
            Some(compression) => {
                let (expanded, known) = compression.expand(peeked.rewound(), Growth::STREAM.up_to(limit));
                Ok(Self { compressed: Some(known), ..Self::read(expanded, ahead)? })
            }
        }
    }

    pub(super) fn open(path: &Path, meter: &Meter, limit: u64) -> io::Result<Self> {
        Self::expanding(Box::new(Metered::new(file::open(path)?, meter)), limit, Ahead::Sample)
    }

    /// The first bytes in UTF-8, where they are text in an encoding unlike ASCII.
    pub(super) fn text_sample(&self) -> Cow<'_, [u8]> {
        match decode(&self.sample) {
            Some(decoded) if decoded.encoding.starts_with("UTF-16") => Cow::Owned(decoded.text.into_bytes()),
            _ => Cow::Borrowed(&self.sample),
        }
    }

    /// The stream in an encoding in which delimiters, quotes and brackets are what they
    /// are in ASCII, and what is to be known of its encoding.
    pub(super) fn transcoded(self) -> io::Result<(Self, TableEncoding)> {
        let Some(decoded) = decode(self.whole_characters()) else { return Ok((self, TableEncoding::default())) };
        let found = Encoding::for_label(decoded.encoding.as_bytes()).unwrap_or(UTF_8);
        if found == UTF_8 {
            Ok((self, TableEncoding::default()))
        } else if found.is_single_byte() {
            Ok((self, TableEncoding { legacy: Some(found), note: None }))
        } else {
            let note = encoding_note(&decoded);
            let (ahead, compressed) = (self.ahead, self.compressed.clone());
            let peeked = Self::read(Box::new(Transcoded::new(self.rewound(), found)), ahead)?;
            Ok((Self { compressed, ..peeked }, TableEncoding { legacy: None, note }))
        }
    }

    /// The sample without a character that may have been cut in two.
    fn whole_characters(&self) -> &[u8] {
        let sample = self.sample.as_slice();
        let cut = sample.iter().rev().take(3).take_while(|byte| !byte.is_ascii()).count();
        if self.whole { sample } else { &sample[..sample.len() - cut] }
    }

    /// Why no table can be read from this stream, if so.
    pub(super) fn refusal(&self) -> Option<&'static str> {
        if self.whole && is_blank(&self.sample) {
            return Some(EMPTY);
        }
        decode(&self.sample).is_none().then_some(NOT_TEXT)
    }

    /// The stream from its beginning.
    pub(super) fn rewound(self) -> Rewound {
        Cursor::new(self.sample).chain(self.rest)
    }
}

pub(super) fn is_blank(bytes: &[u8]) -> bool {
    blank_start(bytes) == bytes.len()
}

/// How many bytes of white space `bytes` begin with. Looks at whole blocks where it can, for
/// a bomb may hold nothing else.
pub(super) fn blank_start(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let blank = blocks.iter().take_while(|block| !any(*block, |byte| !is_white(byte))).count() * BLOCK;
    let rest = &bytes[blank..];
    blank + rest.len() - rest.trim_ascii_start().len()
}

/// ASCII white space as the library has it, without a branch.
fn is_white(byte: u8) -> bool {
    (byte == b' ') | (byte == b'\t') | (byte == b'\n') | (byte == 0xc) | (byte == b'\r')
}

/// Decodes a record that is not UTF-8: in the encoding of its table where that is
/// known, unless the record is UTF-8 but for a few stray bytes.
pub(super) fn decode_record(record: &[u8], legacy: Option<&'static Encoding>) -> Option<Decoded> {
    let decoded = decode(record)?;
    match legacy {
        Some(legacy) if decoded.encoding != "UTF-8" => {
            let (text, _) = legacy.decode_without_bom_handling(record);
            Some(Decoded { text: text.into_owned(), encoding: legacy.name(), guessed: true })
        }
        _ => Some(decoded),
    }
}

/// What a reader should know of how the bytes were taken.
pub(super) fn encoding_note(decoded: &Decoded) -> Option<String> {
    decoded.guessed.then(|| match decoded.encoding {
        "UTF-8" => "read as UTF-8 with stray bytes replaced".to_owned(),
        encoding => format!("read as {encoding}"),
    })
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
    fn white_space_is_measured_whatever_its_length() {
        for blank in [0, 1, 63, 64, 65, 200] {
            let bytes = [b" \n\t\r".repeat(blank)[..blank].to_vec(), b"x ".to_vec()].concat();
            assert_eq!(blank_start(&bytes), blank);
            assert_eq!((is_blank(&bytes), is_blank(&bytes[..blank])), (false, true), "{blank}");
        }
    }

    #[test]
    fn what_came_before_a_failure_is_read() -> io::Result<()> {
        for ahead in [Ahead::Sample, Ahead::Line] {
            let stream = Cursor::new(b"id,text\n1,Cook").chain(Failed(Some(io::Error::other("cut"))));
            let peeked = Peeked::read(Box::new(stream), ahead)?;
            assert!(!peeked.whole);
            let mut all = Vec::new();
            let failed = peeked.rewound().read_to_end(&mut all).map_err(|error| error.to_string());
            assert_eq!((all.as_slice(), failed), (b"id,text\n1,Cook".as_slice(), Err("cut".to_owned())));
            assert!(Peeked::read(Box::new(Failed(Some(io::Error::other("cut")))), ahead).is_err());
        }
        Ok(())
    }

    #[test]
    fn what_cannot_be_a_table_is_refused() -> io::Result<()> {
        let cases: [(&[u8], Option<&str>); 5] = [
            (b" \n\t", Some(EMPTY)),
            (b"PK\x03\x04rest", Some(NOT_TEXT)),
            (b"\xff\xfei\0d\0,\0t\0", None),
            (b"id,text", None),
            (b"id,text\n1,caf\xe9", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(peeked(bytes)?.refusal(), expected, "{bytes:?}");
        }
        Ok(())
    }

    #[test]
    fn only_encodings_unlike_ascii_are_changed_on_the_way() -> io::Result<()> {
        let text = "id,text\n1,日本語の能力 ソース 表 そして料理ができる方を探しています\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [b"\xfe\xff".as_slice(), &utf16].concat();
        let shift_jis = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
        let latin = b"id,text\n1,You cook in the caf\xe9 \x96 na\xefve r\xe9sum\xe9s welcome\n";
        let cases: [(&[u8], &[u8], Option<&str>); 4] = [
            (text.as_bytes(), text.as_bytes(), None),
            (&marked, text.as_bytes(), None),
            (&shift_jis, text.as_bytes(), Some("read as Shift_JIS")),
            (latin, latin, None),
        ];
        for (bytes, expected, note) in cases {
            let (peeked, encoding) = peeked(bytes)?.transcoded()?;
            assert_eq!(encoding.note.as_deref(), note);
            assert_eq!(encoding.legacy.map(Encoding::name), (bytes == latin).then_some("windows-1252"));
            let mut all = Vec::new();
            peeked.rewound().read_to_end(&mut all)?;
            assert_eq!(all, expected);
        }
        Ok(())
    }
}
