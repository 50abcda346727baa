//! The scanner of phrases against `aho-corasick` on the same phrases and the same text.
//!
//! Each contender's count is asserted before it is timed: a wrong answer is no speed.

mod texts;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use rolelean::text::{Scanner, Span, is_bounded};
use rolelean::{Classifier, Lexicon};

const TEXT: usize = 1 << 20;
const COUNTS: [usize; 4] = [100, 1_000, 5_000, 20_000];

static PHRASES: LazyLock<Vec<String>> =
    LazyLock::new(|| Classifier::new(Lexicon::builtin()).phrases().phrases().map(ToString::to_string).collect());
static NORMALISED: LazyLock<String> = LazyLock::new(|| texts::normalised(TEXT));

fn main() {
    divan::main();
}

/// `count` phrases: a spread of the table's own, pairs of them where it has fewer.
fn phrases(count: usize) -> Vec<String> {
    let step = (PHRASES.len() / count).max(1);
    let mut phrases: Vec<String> = PHRASES.iter().step_by(step).take(count).cloned().collect();
    let pairs = PHRASES.iter().zip(PHRASES.iter().skip(PHRASES.len() / 3).cycle().step_by(7));
    let missing = count.saturating_sub(phrases.len());
    phrases.extend(pairs.cycle().zip(0..missing).map(|((a, b), at)| format!("{a} {b} {at}")));
    phrases
}

fn automaton(phrases: &[String], kind: AhoCorasickKind, matches: MatchKind) -> AhoCorasick {
    AhoCorasick::builder().kind(Some(kind)).match_kind(matches).build(phrases).expect("the phrases fit")
}

fn count_overlapping(automaton: &AhoCorasick) -> usize {
    let hits = automaton.find_overlapping_iter(black_box(NORMALISED.as_str()));
    hits.filter(|hit| is_bounded(&NORMALISED, Span::new(hit.start(), hit.end()))).count()
}

fn expected(phrases: &[String]) -> usize {
    count_overlapping(&automaton(phrases, AhoCorasickKind::ContiguousNFA, MatchKind::Standard))
}

fn scan(bencher: Bencher, phrases: &[String]) {
    let scanner = Scanner::new(phrases);
    let count = || {
        let mut found = 0;
        scanner.each(black_box(&NORMALISED), |_, _| found += 1);
        found
    };
    assert_eq!(count(), expected(phrases));
    bencher.counter(BytesCount::of_str(NORMALISED.as_str())).bench_local(count);
}

fn overlapping(bencher: Bencher, phrases: &[String], kind: AhoCorasickKind) {
    let automaton = automaton(phrases, kind, MatchKind::Standard);
    let count = || count_overlapping(&automaton);
    assert_eq!(count(), expected(phrases));
    bencher.counter(BytesCount::of_str(NORMALISED.as_str())).bench_local(count);
}

#[divan::bench]
fn ours(bencher: Bencher) {
    scan(bencher, &PHRASES);
}

#[divan::bench]
fn aho_corasick_dfa_overlapping(bencher: Bencher) {
    overlapping(bencher, &PHRASES, AhoCorasickKind::DFA);
}

#[divan::bench]
fn aho_corasick_nfa_overlapping(bencher: Bencher) {
    overlapping(bencher, &PHRASES, AhoCorasickKind::ContiguousNFA);
}

/// Loses the phrases that a longer match without a boundary hides, and those inside others.
#[divan::bench]
fn aho_corasick_dfa_leftmost_longest(bencher: Bencher) {
    let automaton = automaton(&PHRASES, AhoCorasickKind::DFA, MatchKind::LeftmostLongest);
    let count = || {
        let hits = automaton.find_iter(black_box(NORMALISED.as_str()));
        hits.filter(|hit| is_bounded(&NORMALISED, Span::new(hit.start(), hit.end()))).count()
    };
    let (found, all) = (count(), expected(&PHRASES));
    assert!(found < all && found > all / 2, "{found} of {all}");
    bencher.counter(BytesCount::of_str(NORMALISED.as_str())).bench_local(count);
}

#[divan::bench(args = COUNTS)]
fn ours_by_phrases(bencher: Bencher, count: usize) {
    scan(bencher, &phrases(count));
}

#[divan::bench(args = COUNTS)]
fn aho_corasick_dfa_by_phrases(bencher: Bencher, count: usize) {
    overlapping(bencher, &phrases(count), AhoCorasickKind::DFA);
}

#[divan::bench]
fn building_ours() -> Scanner {
    Scanner::new(black_box(&PHRASES))
}
