//! All figures of an evaluation.

use std::collections::BTreeMap;

use super::figures::{Figures, Outcome};
use super::judged::Judged;
use super::metrics::{LEANINGS, Share};
use crate::leaning::Leaning;

/// All figures of an evaluation.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Those of the verdicts.
    pub figures: Figures,
    /// How often the verdict was the label, over all four, with its interval.
    pub accuracy: Share,
    /// How often the sign of the tilt named the label's role, with its interval.
    pub sign: Share,
    /// Accuracy by source.
    pub sources: BTreeMap<String, Share>,
}

impl Evaluation {
    /// Computes the figures.
    #[must_use]
    pub fn of(judged: &[Judged]) -> Self {
        let outcomes: Vec<Outcome> =
            judged.iter().map(|posting| Outcome { label: posting.label, verdict: posting.verdict }).collect();
        Self {
            accuracy: Share::of(&outcomes.iter().map(Outcome::is_right).collect::<Vec<_>>()),
            sign: Share::of(&outcomes.iter().filter_map(Outcome::sign_is_right).collect::<Vec<_>>()),
            sources: by_source(judged),
            figures: Figures::of(&outcomes),
        }
    }
}

/// How often the commonest label, and what the titles claim, would have been right.
#[must_use]
pub fn baselines(judged: &[Judged]) -> [(&'static str, Share); 2] {
    let count = |label: Leaning| judged.iter().filter(|posting| posting.label == label).count();
    let majority = LEANINGS.into_iter().max_by_key(|label| count(*label));
    let of_majority: Vec<bool> = judged.iter().map(|posting| Some(posting.label) == majority).collect();
    let of_title: Vec<bool> =
        judged.iter().map(|posting| posting.label == posting.title.map_or(Leaning::Neither, Leaning::Role)).collect();
    [("always the commonest label", Share::of(&of_majority)), ("what the title claims", Share::of(&of_title))]
}

fn by_source(judged: &[Judged]) -> BTreeMap<String, Share> {
    let mut groups: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for posting in judged {
        groups.entry(posting.source.clone()).or_default().push(posting.label == posting.verdict.leaning);
    }
    groups.into_iter().map(|(source, hits)| (source, Share::of(&hits))).collect()
}
