//! How much of a document is read, however much there is.

use std::io::{self, Read};

/// Bounds on taking a document apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a part of a document once it is expanded.
    pub expanded_bytes: u64,
    /// How deep elements may be nested.
    pub depth: usize,
    /// Pages of a PDF.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { expanded_bytes: 64 << 20, depth: 128, pages: 500 }
    }
}

/// Fails where a stream goes on after the limit.
pub(crate) struct Capped<R> {
    inner: R,
    limit: u64,
    left: u64,
}

impl<R> Capped<R> {
    pub(crate) fn new(inner: R, limit: u64) -> Self {
        Self { inner, limit, left: limit }
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let over = || io::Error::other(format!("larger than {} once expanded, which is the limit", size(self.limit)));
        self.left = self.left.checked_sub(read as u64).ok_or_else(over)?;
        Ok(read)
    }
}

/// A size as people say it: `16 MiB`, `900 bytes`.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..0x400 => format!("{bytes} bytes"),
        0x400..0x10_0000 => format!("{} KiB", bytes >> 10),
        0x10_0000..0x4000_0000 => format!("{} MiB", bytes >> 20),
        _ => format!("{} GiB", bytes >> 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        let cases = [(900, "900 bytes"), (64 << 10, "64 KiB"), (16 << 20, "16 MiB"), (2 << 30, "2 GiB")];
        for (bytes, expected) in cases {
            assert_eq!(size(bytes), expected);
        }
    }
}
