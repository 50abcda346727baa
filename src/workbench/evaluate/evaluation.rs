//! All figures of an evaluation.

use std::collections::BTreeMap;

use super::judged::Judged;
use super::metrics::{Calibration, LEANINGS, Share, auc, calibration, confusion, macro_f1};
use crate::leaning::Leaning;
use crate::lexicon::Side;

/// All figures of an evaluation.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Labels (rows) by verdicts (columns), in the order of [`LEANINGS`].
    pub confusion: [[usize; 4]; 4],
    /// How often the verdict was the label, over all four.
    pub accuracy: Share,
    /// How often the sign of the tilt named the label's role, on postings of the two
    /// roles; no tilt counts as wrong.
    pub sign: Share,
    /// The mean F1 of the four verdicts.
    pub macro_f1: f64,
    /// How well the tilt ranks the right role above the left.
    pub auc: Option<f64>,
    /// Of the probability of the verdict given, balanced ones apart.
    pub calibration: Calibration,
    /// Accuracy by source: what stands before the first `:` or `/` of an id.
    pub sources: BTreeMap<String, Share>,
}

impl Evaluation {
    /// Computes the figures.
    #[must_use]
    pub fn of(judged: &[Judged]) -> Self {
        let confusion = confusion(judged);
        let two: Vec<(&Judged, Side)> =
            judged.iter().filter_map(|posting| Some((posting, posting.label.side()?))).collect();
        let tilt = |posting: &Judged| posting.verdict.tilt.unwrap_or(0.0);
        let signs: Vec<bool> = two.iter().map(|(posting, side)| Side::of_score(tilt(posting)) == Some(*side)).collect();
        let ranked: Vec<(f64, bool)> =
            two.iter().map(|(posting, side)| (tilt(posting), *side == Side::Right)).collect();
        let predicted: Vec<(f64, bool)> = judged
            .iter()
            .filter_map(|posting| Some((posting.verdict.probability()?, posting.verdict.leaning == posting.label)))
            .collect();
        Self {
            accuracy: Share::of(&hits(judged)),
            sign: Share::of(&signs),
            macro_f1: macro_f1(&confusion),
            auc: auc(&ranked),
            calibration: calibration(&predicted),
            sources: by_source(judged),
            confusion,
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

fn hits(judged: &[Judged]) -> Vec<bool> {
    judged.iter().map(|posting| posting.label == posting.verdict.leaning).collect()
}

fn by_source(judged: &[Judged]) -> BTreeMap<String, Share> {
    let mut groups: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for posting in judged {
        let source = posting.id.split([':', '/']).next().filter(|source| source.len() < posting.id.len()).unwrap_or("");
        groups.entry(source.to_owned()).or_default().push(posting.label == posting.verdict.leaning);
    }
    groups.into_iter().map(|(source, hits)| (source, Share::of(&hits))).collect()
}
