//! Expands what gzip and Zstandard have compressed, on the way through.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::{Arc, OnceLock};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::meter::{Bytes, Meter, Metered};
use crate::extract::{Capped, Growth};

/// How much is decoded at a time.
const CHUNK: usize = 1 << 16;

/// How bytes are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zstandard,
}

/// Why something behind the compressed data was not read, known once all else has been.
pub(super) type Trailing = Arc<OnceLock<&'static str>>;

impl Compression {
    /// By the first bytes.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        // The third byte of gzip names its only method.
        if start.starts_with(b"\x1f\x8b\x08") {
            return Some(Self::Gzip);
        }
        start.starts_with(b"\x28\xb5\x2f\xfd").then_some(Self::Zstandard)
    }

    /// The stream as it was before; fails once it has grown too far. Zeros behind it, with
    /// which tapes are filled up, are passed over; anything else ends it, with a word in
    /// `trailing`.
    pub(super) fn expand(self, stream: impl Read + Send + 'static, growth: Growth, trailing: &Trailing) -> Bytes {
        let compressed = Meter::default();
        let stream = BufReader::with_capacity(CHUNK, Metered::new(stream, &compressed));
        let trailing = Arc::clone(trailing);
        match self {
            Self::Gzip => Box::new(Capped::new(Members::new(stream, trailing), growth, compressed)),
            Self::Zstandard => Box::new(Capped::new(Frames::new(stream, trailing), growth, compressed)),
        }
    }
}

/// Passes over zeros; false where nothing else follows.
fn skip_zeros(source: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let chunk = source.fill_buf()?;
        if chunk.is_empty() {
            return Ok(false);
        }
        let zeros = chunk.iter().take_while(|byte| **byte == 0).count();
        let more = zeros < chunk.len();
        source.consume(zeros);
        if more {
            return Ok(true);
        }
    }
}

/// Gzip members one after another, as parallel compressors write them.
struct Members<R> {
    /// None after the last member.
    decoder: Option<GzDecoder<R>>,
    /// Whether a member has been read already.
    begun: bool,
    trailing: Trailing,
}

impl<R: BufRead> Members<R> {
    fn new(source: R, trailing: Trailing) -> Self {
        Self { decoder: Some(GzDecoder::new(source)), begun: false, trailing }
    }

    /// Ends a member, and begins the next if there is one.
    fn next(&mut self) -> io::Result<()> {
        let Some(decoder) = self.decoder.take() else { return Ok(()) };
        let mut source = decoder.into_inner();
        self.begun = true;
        if skip_zeros(&mut source)? {
            self.decoder = Some(GzDecoder::new(source));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.decoder {
            match decoder.read(buffer) {
                Ok(0) if !buffer.is_empty() => self.next()?,
                Err(error) if self.begun && decoder.header().is_none() && is_of_content(&error) => {
                    let _ = self.trailing.set("what follows the gzip data is not gzip and is not read");
                    self.decoder = None;
                }
                read => return read,
            }
        }
        Ok(0)
    }
}

/// Whether the bytes are to blame, and not the way they come.
fn is_of_content(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof)
}

/// Zstandard frames one after another, as parallel compressors write them.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
    /// Whether a frame has been read already.
    begun: bool,
    /// Whether what follows is no frame.
    ended: bool,
    trailing: Trailing,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R, trailing: Trailing) -> Self {
        Self { source, decoder: FrameDecoder::new(), in_frame: false, begun: false, ended: false, trailing }
    }

    /// Begins the next frame; false after the last.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.ended && skip_zeros(&mut self.source)? {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    (self.in_frame, self.begun) = (true, true);
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) if self.begun && is_no_frame(&error) => {
                    let _ = self.trailing.set("what follows the Zstandard data is not Zstandard and is not read");
                    self.ended = true;
                }
                Err(error) => return Err(broken(&error)),
            }
        }
        Ok(false)
    }

    fn end(&mut self) -> io::Result<()> {
        self.in_frame = false;
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(stated), Some(found)) if stated != found => Err(io::Error::other("broken Zstandard: wrong checksum")),
            _ => Ok(()),
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame && !self.begin()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let upto = BlockDecodingStrategy::UptoBytes(CHUNK);
                self.decoder.decode_blocks(&mut self.source, upto).map_err(|error| broken(&error))?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.end()?;
        }
    }
}

fn is_no_frame(error: &FrameDecoderError) -> bool {
    let FrameDecoderError::ReadFrameHeaderError(error) = error else { return false };
    match error {
        ReadFrameHeaderError::BadMagicNumber(_) => true,
        ReadFrameHeaderError::MagicNumberReadError(cause) => is_of_content(cause),
        _ => false,
    }
}

fn broken(error: &FrameDecoderError) -> io::Error {
    io::Error::other(format!("broken Zstandard: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::{Cursor, Write};

    fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes)?;
        encoder.finish()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    /// What a stream expands to, and the warning about what follows it.
    fn expand_to(bytes: &[u8], growth: Growth) -> Result<(Vec<u8>, Option<&'static str>), String> {
        let compression = Compression::of(bytes).ok_or("not compressed")?;
        let (mut expanded, trailing) = (Vec::new(), Trailing::default());
        let mut stream = compression.expand(Cursor::new(bytes.to_vec()), growth, &trailing);
        stream.read_to_end(&mut expanded).map_err(|error| error.to_string())?;
        // Reading again fails in the same way.
        assert_eq!(stream.read(&mut [0; 9]).ok(), Some(0));
        Ok((expanded, trailing.get().copied()))
    }

    fn expand(bytes: &[u8], most: u64) -> Result<Vec<u8>, String> {
        expand_to(bytes, Growth { most, ..Growth::STREAM }).map(|(expanded, _)| expanded)
    }

    #[test]
    fn what_was_compressed_comes_back() -> io::Result<()> {
        let text = "You cook. ".repeat(50_000).into_bytes();
        let twice: Vec<u8> = text.iter().chain(&text).copied().collect();
        let skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc";
        let cases = [
            (gzip(&text)?, &text),
            ([gzip(&text)?, gzip(&text)?].concat(), &twice),
            (zstd(&text), &text),
            ([zstd(&text), skippable.to_vec(), zstd(&text)].concat(), &twice),
        ];
        for (bytes, expected) in cases {
            assert_eq!(expand(&bytes, 10_000_000).as_ref(), Ok(expected));
        }
        Ok(())
    }

    #[test]
    fn what_stands_behind_costs_nothing_before_it() -> io::Result<()> {
        let text = b"You cook.".as_slice();
        let (zip, frame) = (gzip(text)?, zstd(text));
        let no_gzip = Some("what follows the gzip data is not gzip and is not read");
        let no_frame = Some("what follows the Zstandard data is not Zstandard and is not read");
        let zeros = vec![0; 100_000];
        for (whole, other) in [(&zip, no_gzip), (&frame, no_frame)] {
            type Case<'c> = (&'c [&'c [u8]], usize, Option<&'c str>);
            let cases: [Case<'_>; 7] = [
                (&[whole, b"\0"], 1, None),
                (&[whole, &zeros], 1, None),
                (&[whole, &zeros, whole, b"\0\0"], 2, None),
                (&[whole, b"garbage"], 1, other),
                (&[whole, b"\0\0\0x"], 1, other),
                (&[whole, &whole[..3]], 1, other),
                (&[whole, b"garbage", whole], 1, other),
            ];
            for (parts, times, told) in cases {
                let expected = Ok((text.repeat(times), told));
                assert_eq!(expand_to(&parts.concat(), Growth::STREAM), expected, "{parts:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn bombs_and_broken_files_fail() -> io::Result<()> {
        let bomb = vec![0; 5 << 20];
        let growth = Growth { most: 1 << 30, free: 1 << 20, times: 2 };
        for bytes in [gzip(&bomb)?, zstd(&bomb)] {
            assert_eq!(expand(&bytes, 1 << 20), Err("larger than 1 MiB once expanded, which is the limit".to_owned()));
            let told = "grows to more than 2 times its size, which is the limit above 1 MiB: expand it yourself if you trust it";
            assert_eq!(expand_to(&bytes, growth), Err(told.to_owned()));
            assert_eq!(expand_to(&bytes, Growth { times: 5_000_000, ..growth }), Ok((bomb.clone(), None)));
            assert!(expand(&bytes[..bytes.len() / 2], 10 << 20).is_err());
        }
        assert_eq!(Compression::of(b"\x1f\x8bx"), None);
        Ok(())
    }
}
