//! Any two texts, a zero between them, as the styles and the body of a Word document.
//!
//! Bytes that change at random are no zip archive any more, whose parts have checksums.

#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use rolelean::extract::{Limits, docx_to_text};
use zip::write::{SimpleFileOptions, ZipWriter};

fuzz_target!(|bytes: &[u8]| {
    let middle = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
    let (styles, body) = (&bytes[..middle], bytes.get(middle + 1..).unwrap_or_default());
    let limits = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
    let Ok(text) = docx_to_text(&archive(&[("word/styles.xml", styles), ("word/document.xml", body)]), &limits) else {
        return;
    };
    assert!(text.len() <= 4 * body.len(), "{} bytes out of {}", text.len(), body.len());
    assert_eq!(text, text.trim());
});

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("memory");
        archive.write_all(content).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}
