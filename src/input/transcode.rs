//! Turns a stream in another encoding into UTF-8 on the way through.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

/// How much is read at a time.
const CHUNK: usize = 1 << 15;

/// The stream in UTF-8; what cannot be decoded becomes U+FFFD.
pub(super) struct Transcoded<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// How much of `raw` is still to be decoded.
    waiting: std::ops::Range<usize>,
    decoded: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Transcoded<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let (raw, decoded) = (vec![0; CHUNK], Vec::new());
        Self { inner, decoder: encoding.new_decoder(), raw, waiting: 0..0, decoded, given: 0, ended: false }
    }

    /// Decodes some more, unless the stream has ended.
    fn fill(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            let read = self.inner.read(&mut self.raw)?;
            self.waiting = 0..read;
            self.ended = read == 0;
        }
        self.decoded.resize(CHUNK * 3, 0);
        let waiting = &self.raw[self.waiting.clone()];
        let (result, read, written, _) = self.decoder.decode_to_utf8(waiting, &mut self.decoded, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty, "three bytes hold whatever one stands for");
        self.waiting.start += read;
        self.decoded.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded.len() && !self.ended {
            self.fill()?;
        }
        let read = (&self.decoded[self.given..]).read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{SHIFT_JIS, UTF_16LE};

    #[test]
    fn characters_may_fall_between_two_reads() -> io::Result<()> {
        let text = "x".to_owned() + &"日本ソ語\n".repeat(20_000);
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (shift_jis, _, _) = SHIFT_JIS.encode(&text);
        for (encoding, bytes) in [(UTF_16LE, utf16.as_slice()), (SHIFT_JIS, &shift_jis)] {
            let mut decoded = String::new();
            Transcoded::new(bytes, encoding).read_to_string(&mut decoded)?;
            assert!(decoded == text, "{}", encoding.name());
        }
        Ok(())
    }
}
