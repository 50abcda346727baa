//! How much of a document is read, however much there is.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bounds on taking a document apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a part of a document once it is expanded.
    pub expanded_bytes: u64,
    /// How deep elements may be nested.
    pub depth: usize,
    /// Pages of a PDF.
    pub pages: usize,
    /// Tags, attributes and pieces of text; see [`PieceBudget`].
    pub steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { expanded_bytes: 64 << 20, depth: 128, pages: 500, steps: STEPS }
    }
}

/// The steps that one document may take by default: less than a second of work. A thick
/// Word document of five hundred pages takes half as many.
const STEPS: u64 = 4_000_000;

/// The work that taking one document apart may still cost, in steps: tags, attributes and
/// pieces of text.
///
/// Whatever a document holds, it costs a thread no more than that.
#[derive(Debug, Clone)]
pub struct PieceBudget {
    whole: u64,
    left: u64,
}

impl PieceBudget {
    /// A budget of so many steps.
    #[must_use]
    pub fn new(steps: u64) -> Self {
        Self { whole: steps, left: steps }
    }

    /// Takes steps from the budget.
    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), TooManyPieces> {
        self.left = self.left.checked_sub(steps).ok_or(TooManyPieces(self.whole))?;
        Ok(())
    }
}

impl Default for PieceBudget {
    fn default() -> Self {
        Self::new(STEPS)
    }
}

/// A document that is made of more pieces than its [`PieceBudget`] allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("made of more than {0} tags, attributes and pieces of text, which is the limit for one posting")]
pub struct TooManyPieces(u64);

/// What to do with a file that grows too far and is meant to.
pub(crate) const EXPAND_IT: &str = "expand it yourself if you trust it";

/// How far something compressed may grow when it is expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Growth {
    /// The most bytes it may grow to.
    pub most: u64,
    /// The bytes it may grow to however small it is: little is won by refusing less.
    pub free: u64,
    /// How many times its own size it may grow to above that.
    pub times: u64,
}

impl Growth {
    /// Of a stream of records. Tables compress well: postings of a few kilobytes that differ
    /// in their ids alone come to two bytes each.
    pub(crate) const STREAM: Self = Self { most: u64::MAX, free: 256 << 20, times: 10_000 };
    /// Of a part of one document.
    pub(crate) const PART: Self = Self { most: u64::MAX, free: 8 << 20, times: 200 };

    /// The same, up to `most` bytes.
    pub(crate) fn up_to(self, most: u64) -> Self {
        Self { most, ..self }
    }

    /// What is wrong with growing from `compressed` bytes to `expanded`, if anything.
    fn refusal(&self, compressed: u64, expanded: u64) -> Option<String> {
        if expanded > self.most {
            return Some(format!("larger than {} once expanded, which is the limit", size(self.most)));
        }
        let Self { free, times, .. } = *self;
        (expanded > free && expanded > compressed.saturating_mul(times)).then(|| {
            format!("grows to more than {times} times its size, which is the limit above {}: {EXPAND_IT}", size(free))
        })
    }
}

/// Fails where an expanded stream goes on after it has grown too far.
pub(crate) struct Capped<R> {
    inner: R,
    growth: Growth,
    /// The bytes that what was read so far was made of.
    compressed: Arc<AtomicU64>,
    expanded: u64,
}

impl<R> Capped<R> {
    pub(crate) fn new(inner: R, growth: Growth, compressed: Arc<AtomicU64>) -> Self {
        Self { inner, growth, compressed, expanded: 0 }
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.expanded += read as u64;
        match self.growth.refusal(self.compressed.load(Ordering::Relaxed), self.expanded) {
            None => Ok(read),
            Some(reason) => Err(io::Error::other(reason)),
        }
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
