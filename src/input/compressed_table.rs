//! The records of a compressed table: no more than it can honestly hold, and a word on what
//! stands behind them.

use std::sync::atomic::Ordering;

use super::csv_records::REST_LOST;
use super::decompress::Compressed;
use super::{Pending, Skipped, Source};
use crate::extract::EXPAND_IT;

/// Records of less than a byte each that a compressed table may hold: honest ones differ, and
/// take some. Each has its row in a report, so that a small bomb would fill a disk.
const FREE_RECORDS: u64 = 1_000_000;

/// The records of a compressed table, and after them what is told of what stands behind it.
pub(super) struct CompressedTable {
    records: Box<dyn Source>,
    compressed: Compressed,
    /// None once the table has ended.
    source: Option<String>,
    count: u64,
    free: u64,
}

impl CompressedTable {
    pub(super) fn new(records: Box<dyn Source>, source: String, compressed: Compressed) -> Self {
        Self { records, compressed, source: Some(source), count: 0, free: FREE_RECORDS }
    }

    /// Ends the table, for this reason if there is one.
    fn end(&mut self, reason: Option<String>) -> Option<Result<Pending, Skipped>> {
        let source = self.source.take()?;
        Some(Err(Skipped::whole(&source, reason?)))
    }
}

impl Source for CompressedTable {
    fn next(&mut self) -> Option<Result<Pending, Skipped>> {
        self.source.as_ref()?;
        if self.count >= self.free && self.count > self.compressed.bytes.load(Ordering::Relaxed) {
            let free = self.free;
            let reason = format!("more than {free} records, and less than a byte for each; {REST_LOST}: {EXPAND_IT}");
            return self.end(Some(reason));
        }
        self.count += 1;
        let next = self.records.next();
        if next.is_some() { next } else { self.end(self.compressed.trailing.get().map(|told| (*told).to_owned())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Posting;

    /// Hands out records without end.
    struct Endless;

    impl Source for Endless {
        fn next(&mut self) -> Option<Result<Pending, Skipped>> {
            Some(Ok(Posting::default().into()))
        }
    }

    #[test]
    fn records_of_nothing_have_a_limit() {
        let told = "a.gz: more than 10 records, and less than a byte for each; the rest of the file is not read: expand it yourself if you trust it";
        for (bytes, expected) in [(0, 10), (5, 10), (25, 26)] {
            let compressed = Compressed::default();
            compressed.bytes.store(bytes, Ordering::Relaxed);
            let records = CompressedTable::new(Box::new(Endless), "a.gz".to_owned(), compressed);
            let mut records = CompressedTable { free: 10, ..records };
            let read: Vec<_> = std::iter::from_fn(|| records.next()).collect();
            assert_eq!(read.len(), expected + 1);
            let last = read.into_iter().next_back().and_then(Result::err);
            assert_eq!(last.map(|skipped| skipped.to_string()).as_deref(), Some(told));
        }
    }
}
