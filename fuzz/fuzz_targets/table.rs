//! Any bytes as a table: the first byte says of what kind.

#![no_main]

use std::io::Write as _;

use libfuzzer_sys::fuzz_target;
use rolelean::input::{Inputs, ReadOptions, Source as _};

const ENDINGS: [&str; 7] = [".csv", ".tsv", ".jsonl", ".json", ".csv.gz", ".jsonl.zst", ".html"];

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, content)) = bytes.split_first() else { return };
    let ending = ENDINGS[usize::from(*kind) % ENDINGS.len()];
    let mut file = tempfile::Builder::new().suffix(ending).tempfile().expect("a temporary file");
    file.write_all(content).expect("it takes the bytes");
    let options = ReadOptions { max_record_bytes: 1 << 16, max_expanded_bytes: 1 << 20, ..ReadOptions::default() };
    let Ok(mut inputs) = Inputs::new(vec![file.path().to_owned()], options) else { return };
    while let Some(item) = inputs.next() {
        if let Ok(posting) = item.and_then(|pending| pending.read()) {
            assert!(posting.text.is_char_boundary(posting.body_start));
            assert!(!posting.id.is_empty());
        }
    }
});
