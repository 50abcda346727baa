//! The texts of the benchmarks, made of the samples of this repository.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rolelean::text::Normalised;

/// The sample postings, each as text.
pub fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/postings");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("samples").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    texts.filter(|text| !text.is_empty()).collect()
}

/// At least `bytes` of normalised text: the samples over and over, in changing order.
#[allow(dead_code, reason = "each benchmark uses its part")]
pub fn normalised(bytes: usize) -> String {
    let samples: Vec<String> = samples().iter().map(|text| Normalised::new(text).lower().to_owned()).collect();
    let mut text = String::with_capacity(bytes + 10_000);
    for round in 0.. {
        for at in 0..samples.len() {
            text.push_str(&samples[(at * (2 * round + 1) + round) % samples.len()]);
            text.push_str("\n\n");
            if text.len() >= bytes {
                return text;
            }
        }
    }
    text
}

/// A JSON Lines file of at least `bytes`, and how many postings it holds.
#[allow(dead_code, reason = "each benchmark uses its part")]
pub fn json_lines(folder: &Path, bytes: usize) -> (PathBuf, usize) {
    let samples = samples();
    let mut lines = String::with_capacity(bytes + 10_000);
    let mut postings = 0;
    while lines.len() < bytes {
        let text = serde_json::to_string(&samples[postings % samples.len()]).expect("a string is JSON");
        writeln!(lines, r#"{{"id":"{postings}","title":"","text":{text}}}"#).expect("strings take all");
        postings += 1;
    }
    let path = folder.join(format!("{bytes}.jsonl"));
    std::fs::write(&path, lines).expect("the temporary folder takes files");
    (path, postings)
}

/// A folder of that many text files.
#[allow(dead_code, reason = "each benchmark uses its part")]
pub fn files(folder: &Path, count: usize) -> PathBuf {
    let samples = samples();
    let path = folder.join("postings");
    std::fs::create_dir(&path).expect("the temporary folder takes folders");
    for (at, text) in samples.iter().cycle().take(count).enumerate() {
        std::fs::write(path.join(format!("{at:06}.txt")), text).expect("the temporary folder takes files");
    }
    path
}
