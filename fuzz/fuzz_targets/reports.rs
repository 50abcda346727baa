//! Any posting: its row reads again as the cells that were written, and no cell is a formula.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rolelean::report::columns::{Cell, PostingRow, PostingsTable, Table as _};
use rolelean::report::{CsvStyle, CsvTable};
use rolelean::run::Classified;
use rolelean::{Classifier, Lexicon, Posting};

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(Lexicon::builtin()));

fuzz_target!(|input: (&str, &str, &str, &str)| {
    let (id, title, company, text) = input;
    let posting =
        Posting { id: id.to_owned(), title: title.to_owned(), company: company.to_owned(), ..Posting::from_text(text) };
    let Ok(analysis) = CLASSIFIER.classify(&posting) else { return };
    let result = Classified { number: 1, analysis, posting };
    let lexicon = CLASSIFIER.lexicon();
    let mut written = Vec::new();
    let mut table = CsvTable::<_, PostingsTable>::new(&mut written, lexicon, CsvStyle::default());
    let row = PostingRow { lexicon, result: &result };
    table.row(&row).expect("memory");
    table.flush().expect("memory");
    let mut reader = csv::Reader::from_reader(written.as_slice());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a row of text")).collect();
    assert_eq!(records.len(), 1);
    for (cell, column) in records[0].iter().zip(PostingsTable::COLUMNS) {
        let is_text = match (column.cell)(&row) {
            Cell::Text(text) => {
                assert!(cell == text || cell == format!("'{text}"), "{cell:?} is not {text:?}");
                true
            }
            Cell::Empty => {
                assert_eq!(cell, "");
                true
            }
            _ => false,
        };
        assert!(!(is_text && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])), "{cell:?} is a formula");
    }
});
