//! A labelled posting, as the model sees it.

use crate::leaning::{Evidence, Leaning};
use crate::lexicon::{Lexicon, Side, SkillId};
use crate::workbench::evaluate::Judged;

/// A labelled posting: the feature values of its skills, and its label.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its id, by which folds are drawn.
    pub id: String,
    /// Its label; only postings of the two roles are fitted on.
    pub label: Leaning,
    /// The skills that speak for a side, with their feature values.
    pub features: Vec<(SkillId, f64)>,
    /// Its evidence under the weights in use; held-out verdicts take the counts from it.
    pub evidence: Evidence,
}

impl Example {
    /// What a fit needs of labelled postings that were classified with `lexicon`.
    #[must_use]
    pub fn of(lexicon: &Lexicon, judged: &[Judged]) -> Vec<Self> {
        let example =
            |posting: &Judged| Self::new(lexicon, &posting.id, posting.label, &posting.result.analysis.evidence);
        judged.iter().map(example).collect()
    }

    /// What a fit needs of a posting's evidence.
    #[must_use]
    fn new(lexicon: &Lexicon, id: &str, label: Leaning, evidence: &Evidence) -> Self {
        let features = evidence
            .matches
            .iter()
            .filter(|found| !found.negated && lexicon.skill(found.skill).leaning.side().is_some())
            .map(|found| (found.skill, found.feature_value))
            .collect();
        Self { id: id.to_owned(), label, features, evidence: Evidence { matches: Vec::new(), ..evidence.clone() } }
    }

    /// The role of its label, where it has one.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        self.label.side()
    }

    /// The score under `weights`.
    #[must_use]
    pub fn score(&self, weights: &[f64]) -> f64 {
        self.features.iter().map(|(skill, value)| weights[skill.index()] * value).sum()
    }
}
