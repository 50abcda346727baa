//! Candidate terms of statements, with their variants, and how much each is a term.
//!
//! A candidate is a run of content words that neither punctuation nor a stop word breaks,
//! or two such runs joined by `of`. Termhood is the C-value (Frantzi, Ananiadou and Mima,
//! "Automatic recognition of multi-word terms: the C-value/NC-value method", 2000): what
//! stands mostly inside longer terms counts less. Its logarithm is taken of one word more,
//! so that single words count too (Barrón-Cedeño, Sierra, Drouin and Ananiadou, "An
//! improved automatic term recognition method for Spanish", 2009).

use std::collections::{BTreeMap, BTreeSet};

use super::description::Description;
use super::words::{Word, words};
use crate::lexicon::Side;

/// The most content words of a term.
const MOST_WORDS: usize = 3;

/// A statement of the two descriptions: its side and its number, from 1.
pub(crate) type StatementRef = (Side, usize);

/// A term with all its variants.
#[derive(Debug, Clone, Default)]
pub(crate) struct Term {
    /// Its content words' keys, as they first occur.
    pub words: Vec<String>,
    /// How it is written, by its spelling in lower case: as written, and how often.
    pub variants: BTreeMap<String, (String, usize)>,
    /// Occurrences on each side, in statements of that side alone.
    pub own: [usize; 2],
    /// Occurrences in statements that both sides make.
    pub common: usize,
    /// The statements it occurs in.
    pub statements: BTreeSet<StatementRef>,
    /// How much it is a term, 0 for what never stands alone.
    pub c_value: f64,
    /// The longer terms around it.
    within: BTreeSet<String>,
}

impl Term {
    /// Occurrences in all.
    pub(crate) fn count(&self) -> usize {
        self.own[0] + self.own[1] + self.common
    }
}

/// All candidates of two descriptions by what their variants share: the sorted stems.
pub(crate) fn terms(descriptions: [&Description; 2]) -> BTreeMap<String, Term> {
    let mut terms = BTreeMap::new();
    for side in Side::BOTH {
        for (at, statement) in descriptions[side.index()].statements.iter().enumerate() {
            for run in runs(&words(&statement.text)) {
                add(&mut terms, &run, (side, at + 1), statement.shared);
            }
        }
    }
    let counts: BTreeMap<String, usize> = terms.iter().map(|(key, term)| (key.clone(), term.count())).collect();
    for term in terms.values_mut() {
        term.c_value = c_value(term, &counts);
    }
    terms
}

/// Content words of each description.
pub(crate) fn word_counts(descriptions: [&Description; 2]) -> [usize; 2] {
    descriptions.map(|description| {
        let content = |text: &str| words(text).iter().filter(|word| word.is_content()).count();
        description.statements.iter().map(|statement| content(&statement.text)).sum()
    })
}

fn c_value(term: &Term, counts: &BTreeMap<String, usize>) -> f64 {
    let nested: usize = term.within.iter().filter_map(|longer| counts.get(longer)).sum();
    let nested = if term.within.is_empty() { 0.0 } else { nested as f64 / term.within.len() as f64 };
    ((term.words.len() + 1) as f64).log2() * (term.count() as f64 - nested).max(0.0)
}

/// Runs of words in which terms are looked for: content words, joined by at most one `of`.
fn runs(words: &[Word]) -> Vec<Vec<Word>> {
    let mut runs = Vec::new();
    let mut run: Vec<Word> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        // `Conducts births`: what a statement begins with is mostly what is done, and no
        // part of the name of what it is done to.
        let apart = word.apart || (at == 1 && words[0].is_content() && words[0].key.ends_with('s'));
        let joins = word.key == "of"
            && !apart
            && !run.is_empty()
            && words.get(at + 1).is_some_and(|next| next.is_content() && !next.apart);
        if apart || !(word.is_content() || joins) {
            runs.push(std::mem::take(&mut run));
        }
        if word.is_content() || joins {
            run.push(word.clone());
        }
    }
    runs.push(run);
    runs.retain(|run| !run.is_empty());
    runs
}

/// Counts every candidate of a run, and notes which lies within which.
fn add(terms: &mut BTreeMap<String, Term>, run: &[Word], statement: StatementRef, shared: bool) {
    let spans: Vec<(usize, usize)> = (0..run.len())
        .flat_map(|start| (start + 1..=run.len()).map(move |end| (start, end)))
        .filter(|(start, end)| is_candidate(&run[*start..*end]))
        .collect();
    for &(start, end) in &spans {
        let part = &run[start..end];
        let term = terms.entry(shared_key(part)).or_default();
        if term.words.is_empty() {
            term.words = part.iter().filter(|word| word.key != "of").map(|word| word.key.clone()).collect();
        }
        let text = part.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        term.variants.entry(text.to_lowercase()).or_insert((text, 0)).1 += 1;
        if shared {
            term.common += 1;
        } else {
            term.own[statement.0.index()] += 1;
        }
        term.statements.insert(statement);
        let around = spans.iter().filter(|(s, e)| *s <= start && *e >= end && e - s > end - start);
        term.within.extend(around.map(|(s, e)| shared_key(&run[*s..*e])));
    }
}

fn is_candidate(part: &[Word]) -> bool {
    let content = part.iter().filter(|word| word.key != "of").count();
    let ends_well = |word: Option<&Word>| word.is_some_and(|word| word.key != "of");
    content <= MOST_WORDS && part.len() - content <= 1 && ends_well(part.first()) && ends_well(part.last())
}

/// What the variants of a term share: `wound care` and `care of wounds` are one.
fn shared_key(part: &[Word]) -> String {
    let mut stems: Vec<&str> = part.iter().filter(|word| word.key != "of").map(|word| word.stem.as_str()).collect();
    stems.sort_unstable();
    stems.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::build::description::RoleStatement;

    fn description(statements: &[&str]) -> Description {
        let statement =
            |text: &&str| RoleStatement { text: (*text).to_owned(), shared: false, open: false, tags: Vec::new() };
        Description { label: "x".to_owned(), statements: statements.iter().map(statement).collect() }
    }

    #[test]
    fn variants_are_one_term() {
        let left = description(&["Wound care, also called care of wounds."]);
        let right = description(&["A wound-care clinic."]);
        let terms = terms([&left, &right]);
        let term = &terms["car wound"];
        assert_eq!((term.own, term.statements.len()), ([2, 1], 2));
        assert_eq!(term.variants.keys().collect::<Vec<_>>(), ["care of wounds", "wound care"]);
    }

    #[test]
    fn what_stands_only_inside_longer_terms_is_none() {
        let left = description(&["Blood pressure charts.", "Blood pressure charts, and blood tests."]);
        let terms = terms([&left, &description(&["Nothing here."])]);
        assert_eq!(terms["blood chart pressur"].c_value, 4.0);
        assert_eq!(terms["blood pressur"].c_value, 0.0);
        assert!(terms["blood"].c_value > 0.0, "it stands in two longer terms: {:?}", terms["blood"]);
    }
}
