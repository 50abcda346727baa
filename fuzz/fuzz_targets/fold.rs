//! Any text: the offsets of normalised text and of every mention lead back to it.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rolelean::text::{Normalised, Span, normalise};
use rolelean::{Classifier, Lexicon};

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(Lexicon::builtin()));

fuzz_target!(|text: &str| {
    let normalised = Normalised::new(text);
    assert_eq!(normalised.cased().len(), normalised.lower().len());
    let mut before = 0;
    for (at, c) in normalised.lower().char_indices() {
        let span = normalised.original_span(Span::new(at, at + c.len_utf8()));
        assert!(text.get(span.start..span.end).is_some(), "{span:?} is not on character boundaries");
        assert!(before <= span.start, "{span:?} goes back");
        before = span.start;
    }
    for mention in CLASSIFIER.mentions(text) {
        let found = text.get(mention.span.start..mention.span.end).expect("a mention is on character boundaries");
        assert!(!normalise(found).is_empty(), "{:?} holds no word", mention.span);
        assert_eq!(mention.place.line, 1 + text[..mention.span.start].matches('\n').count());
    }
});
