//! What is said of one posting, field by field.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use rolelean::leaning::{DECIMALS, Reason};
use rolelean::report::to_decimals;
use rolelean::run::Classified;
use rolelean::{Lexicon, Pull, Side};

/// The fields of `rolelean.Verdict`, as a dictionary. Names and roundings are those of the tables.
#[derive(Debug, IntoPyObject)]
pub(crate) struct Verdict {
    leaning: String,
    tilt: Option<f64>,
    probability: Option<f64>,
    score: f64,
    reason: Option<&'static str>,
    evidence: BTreeMap<String, f64>,
    skills: BTreeMap<String, usize>,
    title: String,
    title_leaning: Option<String>,
    title_agrees: Option<bool>,
    language: Option<&'static str>,
    words: usize,
    warnings: Vec<String>,
}

impl Verdict {
    /// What is said of a posting under this lexicon.
    pub(crate) fn of(lexicon: &Lexicon, Classified { posting, analysis, .. }: &Classified) -> Self {
        let (verdict, evidence) = (&analysis.verdict, &analysis.evidence);
        let name = |pull| lexicon.pull_name(pull).to_owned();
        let (left, right) = (name(Pull::Toward(Side::Left)), name(Pull::Toward(Side::Right)));
        Self {
            leaning: verdict.leaning.name(lexicon).to_owned(),
            tilt: verdict.tilt.map(number),
            probability: verdict.probability.map(number),
            score: number(evidence.score),
            reason: verdict.reason.map(Reason::name),
            evidence: BTreeMap::from([
                (left.clone(), number(evidence.left)),
                (right.clone(), number(evidence.right)),
                (name(Pull::Away), number(evidence.away)),
            ]),
            skills: BTreeMap::from([
                (left, evidence.skills.left),
                (right, evidence.skills.right),
                (name(Pull::Shared), evidence.skills.shared),
                (name(Pull::Away), evidence.skills.away),
            ]),
            title: posting.title.clone(),
            title_leaning: analysis.title_leaning.map(|side| lexicon.role(side).id.clone()),
            title_agrees: analysis.title_agrees(),
            language: posting.language,
            words: evidence.words,
            warnings: posting.warnings.clone(),
        }
    }
}

fn number(value: f64) -> f64 {
    to_decimals(value, DECIMALS)
}
