//! The matcher against `aho-corasick` on the same forms and the same text.
//!
//! Each contender's count is asserted before it is timed: a wrong answer is no speed.

mod texts;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use rolelean::lexicon::Lexicon;
use rolelean::matching::{Engine, FastEngine, Matcher, ReferenceEngine, is_bounded};
use rolelean::text::Span;

const TEXT: usize = 1 << 20;
const FORMS: [usize; 4] = [100, 1_000, 5_000, 20_000];

static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let matcher = Matcher::new(Lexicon::builtin().into()).expect("the built-in lexicon fits");
    matcher.keys().to_vec()
});
static FOLDED: LazyLock<String> = LazyLock::new(|| texts::folded(TEXT));

fn main() {
    divan::main();
}

/// `count` forms: a spread of the lexicon's own, pairs of them where it has fewer.
fn forms(count: usize) -> Vec<String> {
    let step = (KEYS.len() / count).max(1);
    let mut forms: Vec<String> = KEYS.iter().step_by(step).take(count).cloned().collect();
    let pairs = KEYS.iter().zip(KEYS.iter().skip(KEYS.len() / 3).cycle().step_by(7));
    let missing = count.saturating_sub(forms.len());
    forms.extend(pairs.cycle().zip(0..missing).map(|((a, b), at)| format!("{a} {b} {at}")));
    forms
}

fn expected(keys: &[String]) -> usize {
    let mut found = Vec::new();
    ReferenceEngine::new(keys).expect("the keys fit").candidates(&FOLDED, &mut found);
    found.len()
}

fn engine(bencher: Bencher, keys: &[String], engine: &dyn Engine) {
    let mut found = Vec::new();
    engine.candidates(&FOLDED, &mut found);
    assert_eq!(found.len(), expected(keys));
    bencher.counter(BytesCount::of_str(FOLDED.as_str())).bench_local(|| {
        engine.candidates(black_box(&FOLDED), &mut found);
        found.len()
    });
}

fn automaton(keys: &[String], kind: AhoCorasickKind, matches: MatchKind) -> AhoCorasick {
    AhoCorasick::builder().kind(Some(kind)).match_kind(matches).build(keys).expect("the keys fit")
}

fn overlapping(bencher: Bencher, keys: &[String], kind: AhoCorasickKind) {
    let automaton = automaton(keys, kind, MatchKind::Standard);
    let count = || {
        let hits = automaton.find_overlapping_iter(black_box(FOLDED.as_str()));
        hits.filter(|hit| is_bounded(&FOLDED, Span::new(hit.start(), hit.end()))).count()
    };
    assert_eq!(count(), expected(keys));
    bencher.counter(BytesCount::of_str(FOLDED.as_str())).bench_local(count);
}

#[divan::bench]
fn ours(bencher: Bencher) {
    engine(bencher, &KEYS, &FastEngine::new(&KEYS));
}

#[divan::bench]
fn aho_corasick_dfa_overlapping(bencher: Bencher) {
    overlapping(bencher, &KEYS, AhoCorasickKind::DFA);
}

#[divan::bench]
fn aho_corasick_nfa_overlapping(bencher: Bencher) {
    overlapping(bencher, &KEYS, AhoCorasickKind::ContiguousNFA);
}

/// Loses the mentions that a longer match without a boundary hides, and those inside
/// other mentions.
#[divan::bench]
fn aho_corasick_dfa_leftmost_longest(bencher: Bencher) {
    let automaton = automaton(&KEYS, AhoCorasickKind::DFA, MatchKind::LeftmostLongest);
    let count = || {
        let hits = automaton.find_iter(black_box(FOLDED.as_str()));
        hits.filter(|hit| is_bounded(&FOLDED, Span::new(hit.start(), hit.end()))).count()
    };
    let (found, all) = (count(), expected(&KEYS));
    assert!(found < all && found > all / 2, "{found} of {all}");
    bencher.counter(BytesCount::of_str(FOLDED.as_str())).bench_local(count);
}

#[divan::bench(args = FORMS)]
fn ours_by_forms(bencher: Bencher, count: usize) {
    let keys = forms(count);
    engine(bencher, &keys, &FastEngine::new(&keys));
}

#[divan::bench(args = FORMS)]
fn aho_corasick_dfa_by_forms(bencher: Bencher, count: usize) {
    overlapping(bencher, &forms(count), AhoCorasickKind::DFA);
}

#[divan::bench]
fn building_ours() -> FastEngine {
    FastEngine::new(black_box(&KEYS))
}
