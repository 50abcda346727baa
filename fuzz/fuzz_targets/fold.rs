//! Any text: every mention's span reads again as one of its skill's forms.

#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use rolelean::text::{Normalised, Span, normalise};
use rolelean::{Lexicon, Matcher};

static MATCHER: LazyLock<Matcher> =
    LazyLock::new(|| Matcher::new(Arc::new(Lexicon::builtin())).expect("the built-in lexicon fits"));

fuzz_target!(|text: &str| {
    let folded = Normalised::new(text);
    assert_eq!(folded.cased().len(), folded.lower().len());
    let mut before = 0;
    for (at, c) in folded.lower().char_indices() {
        let span = folded.original_span(Span::new(at, at + c.len_utf8()));
        assert!(text.get(span.start..span.end).is_some(), "{span:?} is not on character boundaries");
        assert!(before <= span.start, "{span:?} goes back");
        before = span.start;
    }
    for mention in MATCHER.find(text, 0).mentions {
        let key = normalise(mention.span.of(text));
        assert!(MATCHER.keys().binary_search(&key).is_ok(), "{key:?} is no key");
    }
});
