//! Whole runs: a JSON Lines file in, a folder of CSV reports out.

mod texts;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use rolelean::classifier::Classifier;
use rolelean::lexicon::Lexicon;
use rolelean::posting::{Inputs, ReadOptions};
use rolelean::report::{CsvStyle, ReportFolder, RunSettings};
use rolelean::run::{Settings, run};

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 10, 100], sample_count = 5)]
fn classify_megabytes(bencher: Bencher, megabytes: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (path, postings) = texts::json_lines(folder.path(), megabytes * 1_000_000);
    let classifier = Classifier::new(Lexicon::builtin()).expect("the built-in lexicon fits");
    let classify = || {
        let mut inputs = Inputs::new(vec![path.clone()], ReadOptions::default()).expect("the file is there");
        let about = RunSettings { paths: Vec::new(), threads: Settings::default().threads.get(), raw_cells: false };
        let target: PathBuf = folder.path().join("report");
        let mut report =
            ReportFolder::create(&classifier, &target, CsvStyle::default(), about).expect("a report may stand there");
        let sinks: &mut [&mut dyn rolelean::run::Sink] = &mut [&mut report];
        let summary = run(&mut inputs, &classifier, Settings::default(), sinks, &AtomicBool::new(false), |_| ());
        summary.expect("the run ends well").classified
    };
    assert_eq!(classify(), postings as u64);
    let bytes = std::fs::metadata(&path).expect("the file is there").len();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(postings)).bench_local(classify);
}

/// From the lexicon's files to a classifier: what every start of the program costs.
#[divan::bench]
fn loading_the_lexicon() -> Classifier {
    Classifier::new(Lexicon::builtin()).expect("the built-in lexicon fits")
}
