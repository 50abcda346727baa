//! From evidence to tilt, probability and verdict.

use super::evidence::Evidence;
use crate::lexicon::{Lexicon, Scoring, Side};
use crate::log_odds::LogOdds;

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
    /// The role it names, if it names one.
    #[must_use]
    pub fn side(self) -> Option<Side> {
        match self {
            Self::Role(side) => Some(side),
            Self::Balanced | Self::Neither => None,
        }
    }

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

/// Why a posting leans to neither role, or to both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Too few skills, or too little evidence, for any verdict.
    TooLittle,
    /// Too little evidence for so many words: the posting is about something else.
    TooDiffuse,
    /// Words of other professions outweigh both roles.
    OtherProfession,
    /// Both roles are asked for, neither of them clearly more.
    Both,
}

impl Reason {
    /// The word in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TooLittle => "too-little",
            Self::TooDiffuse => "too-diffuse",
            Self::OtherProfession => "other-profession",
            Self::Both => "both",
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
    /// Why it leans to neither role, or to both; `None` where it leans to one.
    pub reason: Option<Reason>,
    /// Calibrated probability that the side of the tilt is the right one of the two
    /// roles, from 0.5 to 1; `None` where the tilt is.
    pub probability: Option<f64>,
}

/// Judges the evidence by the lexicon's thresholds.
pub(crate) fn judge(lexicon: &Lexicon, evidence: &Evidence) -> Verdict {
    let scoring = lexicon.scoring();
    let tilt = tilt(scoring, evidence.left, evidence.right);
    let why_neither = why_neither(scoring, evidence);
    let leaning =
        if why_neither.is_some() { Leaning::Neither } else { leaning(scoring, evidence, tilt.unwrap_or(0.0)) };
    Verdict {
        leaning,
        reason: if leaning == Leaning::Balanced { Some(Reason::Both) } else { why_neither },
        tilt,
        probability: tilt.map(|tilt| probability(scoring, evidence.score.to_f64(), tilt)),
    }
}

/// Which side the evidence is on, from -1 (all left) to +1 (all right); `None` without
/// any evidence.
pub(crate) fn tilt(scoring: &Scoring, left: LogOdds, right: LogOdds) -> Option<f64> {
    let total = left + right;
    let smoothed = total.to_f64() + 2.0 * scoring.tilt_smoothing;
    (total > LogOdds::ZERO).then(|| (right - left).to_f64() / smoothed)
}

/// Why neither role may be named, if none may.
fn why_neither(scoring: &Scoring, evidence: &Evidence) -> Option<Reason> {
    let total = (evidence.left + evidence.right).to_f64();
    let hundreds = evidence.words as f64 / 100.0;
    if total < scoring.least_evidence || evidence.skills.left + evidence.skills.right < scoring.least_skills {
        Some(Reason::TooLittle)
    } else if evidence.other_profession.to_f64() > scoring.other_profession_share * total {
        Some(Reason::OtherProfession)
    } else if total < scoring.least_density * hundreds {
        Some(Reason::TooDiffuse)
    } else {
        None
    }
}

fn leaning(scoring: &Scoring, evidence: &Evidence, tilt: f64) -> Leaning {
    let both = evidence.left.min(evidence.right).to_f64() >= scoring.balanced_evidence;
    if both && tilt.abs() < scoring.balanced_tilt {
        return Leaning::Balanced;
    }
    Side::of_score(evidence.score).map_or(Leaning::Balanced, Leaning::Role)
}

/// Logistic in score and tilt, without an intercept: no evidence, one half.
fn probability(scoring: &Scoring, score: f64, tilt: f64) -> f64 {
    let odds = scoring.calibration_slope * score.abs() + scoring.calibration_tilt * tilt.abs();
    1.0 / (1.0 + (-odds).exp())
}
