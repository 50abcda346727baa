//! Any bytes as a document: decoded, taken for HTML and for DOCX, classified.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rolelean::document::Section;
use rolelean::extract::{Limits, PieceBudget, decode, docx_to_text, html_to_text, json_ld};
use rolelean::{Classifier, Lexicon, LogOdds, Posting};

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(Lexicon::builtin()));

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
    let _ = docx_to_text(bytes, &limits);
    let Some(decoded) = decode(bytes) else { return };
    let mut budget = PieceBudget::default();
    let _ = json_ld(&decoded.text, &mut budget);
    let page = html_to_text(&decoded.text, &mut budget).expect("a small input is cheap");
    for text in [page, decoded.text] {
        let posting = Posting::from_text(text);
        let analysis = CLASSIFIER.classify(&posting).expect("a small input is cheap");
        for mention in &analysis.evidence.mentions {
            // A mention in the title stands at a place of the title.
            let around = if mention.section == Section::Title { &posting.title } else { &posting.text };
            assert!(around.get(mention.span.start..mention.span.end).is_some_and(|text| !text.is_empty()));
        }
        let sum: LogOdds = analysis.evidence.matches.iter().map(|found| found.contribution).sum();
        assert_eq!(sum, analysis.evidence.score);
    }
});
