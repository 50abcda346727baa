//! What the workers make of a posting for a sink, so that the sink need only write.

use std::ops::Range;

use super::Classified;

/// What is known of a posting only when all before it are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Its number.
    Number,
    /// Its warnings, to which a repeated id or text adds one.
    Warnings,
}

/// Room for what fills a gap.
const BYTES_A_GAP: usize = 32;

/// Makes the rows of a posting on the thread that analysed it.
pub trait Prepare: Send + Sync {
    /// Appends what a sink is to write of a posting, with gaps where it is not known yet.
    fn prepare(&self, result: &Classified, rows: &mut Rows);
}

/// Bytes to be written, with gaps in them.
#[derive(Debug, Default)]
pub struct Rows {
    bytes: Vec<u8>,
    /// Which of the bytes give way to what belongs into the gaps, from left to right.
    gaps: Vec<(Range<usize>, Gap)>,
    count: u64,
}

impl Rows {
    /// Makes room for so many rows of a gap or two, each of so many bytes; more may come.
    pub fn make_room(&mut self, rows: usize, bytes: usize) {
        self.bytes.reserve(rows * bytes);
        self.gaps.reserve(rows);
    }

    /// The room that all bytes take once the gaps are filled, as far as it is known.
    #[must_use]
    pub fn room(&self) -> usize {
        self.bytes.len() + self.gaps.len() * BYTES_A_GAP
    }

    /// The bytes so far, to be added to.
    pub fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Leaves a gap.
    pub fn leave(&mut self, gap: Gap) {
        let at = self.bytes.len();
        self.gaps.push((at..at, gap));
    }

    /// Takes bytes for a gap, which were written in its place; they stand behind the other gaps.
    pub fn leave_instead(&mut self, bytes: Range<usize>, gap: Gap) {
        self.gaps.push((bytes, gap));
    }

    /// Ends a row.
    pub fn end_row(&mut self) {
        self.count += 1;
    }

    /// How many rows there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Appends the bytes to `out`; `fill` appends what belongs into each gap.
    pub fn write(&self, out: &mut Vec<u8>, mut fill: impl FnMut(Gap, &mut Vec<u8>)) {
        let mut done = 0;
        for (place, gap) in &self.gaps {
            out.extend_from_slice(&self.bytes[done..place.start]);
            fill(*gap, out);
            done = place.end;
        }
        out.extend_from_slice(&self.bytes[done..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_where_they_were_left() {
        let mut rows = Rows::default();
        rows.leave(Gap::Number);
        rows.bytes().extend_from_slice(b",a,");
        rows.leave(Gap::Warnings);
        rows.bytes().extend_from_slice(b",none\n");
        rows.leave_instead(4..8, Gap::Warnings);
        rows.end_row();
        let mut out = Vec::new();
        rows.write(&mut out, |gap, out| out.extend_from_slice(if gap == Gap::Number { b"7" } else { b"odd" }));
        assert_eq!((out.as_slice(), rows.count()), (b"7,a,odd,odd\n".as_slice(), 1));
    }
}
