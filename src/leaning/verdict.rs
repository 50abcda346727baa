//! From evidence to tilt, probability and verdict.

use super::Evidence;
use crate::lexicon::{Lexicon, Scoring, Side};

/// The four verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leaning {
    /// One of the two roles.
    Role(Side),
    /// Truly both.
    Balanced,
    /// Some other profession, or too little said.
    Neither,
}

impl Leaning {
    /// The word in reports: the role's id, `balanced` or `neither`.
    #[must_use]
    pub fn name(self, lexicon: &Lexicon) -> &str {
        match self {
            Self::Role(side) => &lexicon.role(side).id,
            Self::Balanced => "balanced",
            Self::Neither => "neither",
        }
    }
}

/// Which role a posting leans to, and how surely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The verdict.
    pub leaning: Leaning,
    /// From -1 (left) to +1 (right); `None` without any evidence.
    pub tilt: Option<f64>,
    /// Calibrated probability that the side of the tilt is the right one of the two
    /// roles, from 0.5 to 1; `None` where the tilt is.
    pub probability: Option<f64>,
}

/// Judges the evidence by the lexicon's thresholds.
#[must_use]
pub fn judge(lexicon: &Lexicon, evidence: &Evidence) -> Verdict {
    let scoring = lexicon.scoring();
    let total = evidence.left + evidence.right;
    let tilt = (total > 0.0).then(|| evidence.score / (total + 2.0 * scoring.tilt_smoothing));
    Verdict {
        leaning: leaning(scoring, evidence, tilt.unwrap_or(0.0)),
        tilt,
        probability: tilt.map(|tilt| probability(scoring, evidence.score, tilt)),
    }
}

fn leaning(scoring: &Scoring, evidence: &Evidence, tilt: f64) -> Leaning {
    if is_too_little(scoring, evidence) || evidence.away > scoring.away_share * (evidence.left + evidence.right) {
        return Leaning::Neither;
    }
    let both = evidence.left.min(evidence.right) >= scoring.balanced_evidence;
    if both && tilt.abs() < scoring.balanced_tilt {
        return Leaning::Balanced;
    }
    Side::of_score(evidence.score).map_or(Leaning::Balanced, Leaning::Role)
}

/// Too few skills, too little evidence, or too little for so many words.
fn is_too_little(scoring: &Scoring, evidence: &Evidence) -> bool {
    let total = evidence.left + evidence.right;
    let hundreds = evidence.words as f64 / 100.0;
    total < scoring.least_evidence
        || evidence.skills.left + evidence.skills.right < scoring.least_skills
        || total < scoring.least_density * hundreds
}

/// Logistic in score and tilt, without an intercept: no evidence, one half.
fn probability(scoring: &Scoring, score: f64, tilt: f64) -> f64 {
    let odds = scoring.calibration_slope * score.abs() + scoring.calibration_tilt * tilt.abs();
    1.0 / (1.0 + (-odds).exp())
}
