//! Expands what gzip and Zstandard have compressed, on the way through.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::stream::Bytes;
use crate::text::Capped;

/// How much is decoded at a time.
const CHUNK: usize = 1 << 16;

/// How bytes are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    Gzip,
    Zstandard,
}

impl Compression {
    /// By the first bytes.
    pub(super) fn of(start: &[u8]) -> Option<Self> {
        // The third byte of gzip names its only method.
        if start.starts_with(b"\x1f\x8b\x08") {
            return Some(Self::Gzip);
        }
        start.starts_with(b"\x28\xb5\x2f\xfd").then_some(Self::Zstandard)
    }

    /// The stream as it was before; fails once it grows over `limit`.
    pub(super) fn expand(self, stream: impl Read + Send + 'static, limit: u64) -> Bytes {
        let stream = BufReader::with_capacity(CHUNK, stream);
        match self {
            Self::Gzip => Box::new(Capped::new(MultiGzDecoder::new(stream), limit)),
            Self::Zstandard => Box::new(Capped::new(Frames::new(stream), limit)),
        }
    }
}

/// Zstandard frames one after another, as parallel compressors write them.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), in_frame: false }
    }

    /// Begins the next frame; false after the last.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    self.in_frame = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
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

    fn expand(bytes: &[u8], limit: u64) -> Result<Vec<u8>, String> {
        let compression = Compression::of(bytes).ok_or("not compressed")?;
        let mut expanded = Vec::new();
        let stream = Cursor::new(bytes.to_vec());
        compression.expand(stream, limit).read_to_end(&mut expanded).map_err(|error| error.to_string())?;
        Ok(expanded)
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
    fn bombs_and_broken_files_fail() -> io::Result<()> {
        let bomb = vec![0; 5 << 20];
        for bytes in [gzip(&bomb)?, zstd(&bomb)] {
            assert_eq!(expand(&bytes, 1 << 20), Err("larger than 1 MiB once expanded, which is the limit".to_owned()));
            assert!(expand(&bytes[..bytes.len() / 2], 10 << 20).is_err());
        }
        assert_eq!(Compression::of(b"\x1f\x8bx"), None);
        Ok(())
    }
}
