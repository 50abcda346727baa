//! What is said of one posting, field by field.

use std::collections::BTreeMap;

use pyo3::prelude::*;
use rolelean::leaning::{DECIMALS, Leaning, Reason, why};
use rolelean::report::to_decimals;
use rolelean::run::Classified;
use rolelean::{Lexicon, Side, SkillLeaning};

/// The fields of `rolelean.Verdict`, as a dictionary. Names and roundings are those of the tables.
#[derive(Debug, IntoPyObject)]
pub(crate) struct Verdict {
    leaning: String,
    tilt: Option<f64>,
    probability: Option<f64>,
    probabilities: BTreeMap<String, f64>,
    why: Option<String>,
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
        let name = |pull| lexicon.leaning_name(pull).to_owned();
        let (left, right) = (name(SkillLeaning::Toward(Side::Left)), name(SkillLeaning::Toward(Side::Right)));
        Self {
            leaning: verdict.leaning.name(lexicon).to_owned(),
            tilt: verdict.tilt.map(number),
            probability: verdict.probability(),
            probabilities: BTreeMap::from([
                (left.clone(), verdict.probabilities.left),
                (right.clone(), verdict.probabilities.right),
                (Leaning::Neither.name(lexicon).to_owned(), verdict.probabilities.neither),
            ]),
            why: why(lexicon, verdict, evidence),
            score: evidence.score.to_f64(),
            reason: verdict.reason.map(Reason::name),
            evidence: BTreeMap::from([
                (left.clone(), evidence.left.to_f64()),
                (right.clone(), evidence.right.to_f64()),
                (name(SkillLeaning::OtherProfession), evidence.other_profession.to_f64()),
            ]),
            skills: BTreeMap::from([
                (left, evidence.skills.left),
                (right, evidence.skills.right),
                (name(SkillLeaning::Shared), evidence.skills.shared),
                (name(SkillLeaning::OtherProfession), evidence.skills.other_profession),
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
