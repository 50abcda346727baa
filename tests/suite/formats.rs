//! One posting in every format and encoding comes out as its plain-text twin.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rolelean::classifier::Classifier;
use rolelean::input::{Inputs, Posting, ReadOptions};
use rolelean::lexicon::Lexicon;

/// Where the posting lies in all its forms.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/formats");
/// The form that all others must come out as.
const TWIN: &str = "posting.txt";

/// What is found in a posting: its title, its leaning and its skills.
type Found = (String, String, BTreeSet<String>);

fn read(options: ReadOptions) -> Vec<Posting> {
    use rolelean::input::Source;
    let mut inputs = Inputs::new(vec![PathBuf::from(FOLDER)], options).unwrap();
    std::iter::from_fn(|| inputs.next()).map(|pending| pending.and_then(|pending| pending.read()).unwrap()).collect()
}

fn all() -> Vec<Posting> {
    let mut exclude = Vec::new();
    if !cfg!(feature = "pdf") {
        exclude.push("*.pdf".to_owned());
    }
    if !cfg!(feature = "workbooks") {
        exclude.push("workbook.*".to_owned());
    }
    if !cfg!(feature = "parquet") {
        exclude.push("*.parquet".to_owned());
    }
    read(ReadOptions { exclude_globs: exclude, ..ReadOptions::default() })
}

#[test]
fn every_form_of_a_posting_comes_out_as_its_plain_text() {
    let classifier = Classifier::new(Lexicon::builtin());
    let lexicon = classifier.lexicon();
    let found = |posting: &Posting| -> Found {
        let analysis = classifier.classify(posting).unwrap();
        let skills = analysis.evidence.matches.iter().map(|found| lexicon.skill(found.skill).id.clone()).collect();
        (posting.title.clone(), analysis.verdict.leaning.name(lexicon).to_owned(), skills)
    };
    let postings = all();
    let twin = postings.iter().find(|posting| posting.id == TWIN).map(found).unwrap();
    assert!(twin.2.len() > 15, "{twin:?}");
    for posting in &postings {
        assert_eq!(found(posting), twin, "{}:\n{}", posting.id, posting.text);
        assert_eq!(posting.language, Some("en"), "{}", posting.id);
    }
    let files = std::fs::read_dir(FOLDER).unwrap().count();
    let left_out = [(cfg!(feature = "pdf"), 2), (cfg!(feature = "workbooks"), 3), (cfg!(feature = "parquet"), 1)];
    let left_out: usize = left_out.iter().filter(|(on, _)| !on).map(|(_, files)| files).sum();
    assert_eq!(postings.len(), files - left_out);
}

#[test]
fn a_guessed_encoding_is_told() {
    let warned: Vec<(String, String)> = all()
        .into_iter()
        .filter(|posting| !posting.warnings.is_empty())
        .map(|posting| (posting.id, posting.warnings.join("; ")))
        .collect();
    let expected = [
        ("csv-semicolon", "read as windows-1252"),
        ("utf-16le.txt", "read as UTF-16LE"),
        ("windows-1252.txt", "read as windows-1252"),
    ];
    assert_eq!(warned, expected.map(|(id, warning)| (id.to_owned(), warning.to_owned())));
}
