//! Whole runs: a JSON Lines file or a folder of text files in, a folder of CSV reports out.

mod texts;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use rolelean::classifier::Classifier;
use rolelean::input::{Inputs, ReadOptions};
use rolelean::lexicon::Lexicon;
use rolelean::report::{CsvStyle, ReportFolder, RunSettings};
use rolelean::run::{Settings, run};

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 10, 100], sample_count = 5)]
fn classify_megabytes(bencher: Bencher, megabytes: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (path, postings) = texts::json_lines(folder.path(), megabytes * 1_000_000);
    classify(bencher, folder.path(), path, postings);
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 5)]
fn classify_files(bencher: Bencher, files: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = texts::files(folder.path(), files);
    classify(bencher, folder.path(), path, files);
}

/// Classifies what is at `path` into a report in `folder`.
fn classify(bencher: Bencher, folder: &Path, path: PathBuf, postings: usize) {
    let classifier = Classifier::new(Lexicon::builtin());
    let bytes = Cell::new(0);
    let classify = || {
        let mut inputs = Inputs::new(vec![path.clone()], ReadOptions::default()).expect("the path is there");
        let about = RunSettings { threads: Settings::default().threads.get(), ..RunSettings::default() };
        let mut report = ReportFolder::create(&classifier, &folder.join("report"), CsvStyle::default(), about)
            .expect("a report may stand there");
        let sinks: &mut [&mut dyn rolelean::run::Sink] = &mut [&mut report];
        let summary = run(&mut inputs, &classifier, Settings::default(), sinks, &AtomicBool::new(false), |_| ());
        let summary = summary.expect("the run ends well");
        bytes.set(summary.bytes);
        summary.classified
    };
    assert_eq!(classify(), postings as u64);
    bencher.counter(BytesCount::new(bytes.get())).counter(ItemsCount::new(postings)).bench_local(classify);
}

/// The built-in lexicon to a classifier: what every start of the program costs.
#[divan::bench]
fn loading_the_lexicon() -> Classifier {
    Classifier::new(Lexicon::builtin())
}
