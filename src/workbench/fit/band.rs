//! From when on a posting of both roles is balanced.

use super::cross_validation::CrossValidation;
use crate::lexicon::Scoring;

/// The absolute tilts and the evidence of each side that are tried.
const TILTS: [f64; 9] = [0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.16, 0.2];
const EVIDENCE: [f64; 8] = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0];

/// The scoring with the widest band among those that make the most verdicts right.
pub(super) fn with_best_band(scoring: &Scoring, validation: &CrossValidation) -> Scoring {
    let banded = |balanced_tilt, balanced_evidence| Scoring { balanced_tilt, balanced_evidence, ..scoring.clone() };
    let tried = TILTS.into_iter().flat_map(|tilt| EVIDENCE.into_iter().rev().map(move |least| banded(tilt, least)));
    let best = tried.max_by_key(|scoring| validation.figures(scoring).right());
    best.unwrap_or_else(|| scoring.clone())
}
