//! From evidence to tilt, probability and verdict.

use super::evidence::Evidence;
use super::neither::{NeitherTerm, terms};
use crate::lexicon::{Lexicon, NeitherFeature, NeitherModel, Scoring, Side};
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
    /// Too little of either role for a verdict.
    TooLittle,
    /// Too little evidence for so many words: the posting is about something else.
    TooDiffuse,
    /// What is said of other professions decides.
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

/// How probable each of three answers is; to [`DECIMALS`](super::DECIMALS) decimals, in which
/// they add up to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probabilities {
    /// That the posting is the left role's.
    pub left: f64,
    /// That it is the right role's.
    pub right: f64,
    /// That it belongs to neither.
    pub neither: f64,
}

impl Probabilities {
    /// That of a role.
    #[must_use]
    pub fn of_side(&self, side: Side) -> f64 {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }

    /// Rounded so that they still add up: the largest takes what is left over.
    fn rounded(left: f64, right: f64, neither: f64) -> Self {
        let mut all = [left, right, neither].map(LogOdds::rounded);
        let largest = (0..all.len()).max_by_key(|at| all[*at]).unwrap_or_default();
        let rest = LogOdds::rounded(1.0) - all.into_iter().sum();
        all[largest] += rest;
        let [left, right, neither] = all.map(LogOdds::to_f64);
        Self { left, right, neither }
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
    /// How probable each answer is.
    pub probabilities: Probabilities,
}

impl Verdict {
    /// The calibrated probability of the verdict; `None` for a balanced posting, which is no
    /// answer of its own.
    #[must_use]
    pub fn probability(&self) -> Option<f64> {
        match self.leaning {
            Leaning::Role(side) => Some(self.probabilities.of_side(side)),
            Leaning::Neither => Some(self.probabilities.neither),
            Leaning::Balanced => None,
        }
    }
}

/// Judges the evidence by the numbers of the lexicon.
pub(crate) fn judge(lexicon: &Lexicon, evidence: &Evidence) -> Verdict {
    judge_by(lexicon.scoring(), lexicon.neither(), evidence)
}

/// Judges the evidence by these numbers.
///
/// The verdict is the most probable answer; `neither` without any evidence for a role, and
/// `balanced` where both roles have much evidence and neither clearly more.
pub(crate) fn judge_by(scoring: &Scoring, model: &NeitherModel, evidence: &Evidence) -> Verdict {
    let tilt = tilt(scoring, evidence.left, evidence.right);
    let neither = logistic(terms(model, evidence).map(|term| term.amount).sum::<LogOdds>().to_f64());
    let right = right_of_roles(scoring, evidence.score.to_f64(), tilt.unwrap_or(0.0));
    let doubted = |probability: f64| (1.0 - scoring.doubt) * probability + scoring.doubt / 3.0;
    let [left, right] = [1.0 - right, right].map(|of_roles| (1.0 - neither) * of_roles);
    let probabilities = Probabilities::rounded(doubted(left), doubted(right), doubted(neither));
    let leaning = match tilt {
        None => Leaning::Neither,
        Some(_) if probabilities.neither > probabilities.left.max(probabilities.right) => Leaning::Neither,
        Some(tilt) => of_roles(scoring, evidence, tilt),
    };
    let reason = match leaning {
        Leaning::Role(_) => None,
        Leaning::Balanced => Some(Reason::Both),
        Leaning::Neither => Some(why_neither(model, evidence)),
    };
    Verdict { leaning, tilt, reason, probabilities }
}

/// Which side the evidence is on, from -1 (all left) to +1 (all right); `None` without
/// any evidence.
pub(crate) fn tilt(scoring: &Scoring, left: LogOdds, right: LogOdds) -> Option<f64> {
    let total = left + right;
    let smoothed = total.to_f64() + 2.0 * scoring.tilt_smoothing;
    (total > LogOdds::ZERO).then(|| (right - left).to_f64() / smoothed)
}

/// Which of three groups of terms says most for neither role: other professions, the length of
/// the text, or what remains, that there is little of either role.
fn why_neither(model: &NeitherModel, evidence: &Evidence) -> Reason {
    let (mut other, mut diffuse, mut little) = (LogOdds::ZERO, LogOdds::ZERO, LogOdds::ZERO);
    for NeitherTerm { feature, amount, .. } in terms(model, evidence) {
        *(match feature {
            NeitherFeature::Words => &mut diffuse,
            feature if feature.is_of_other_professions() => &mut other,
            _ => &mut little,
        }) += amount;
    }
    if other > LogOdds::ZERO && other >= little.max(diffuse) {
        Reason::OtherProfession
    } else if diffuse > LogOdds::ZERO && diffuse >= little {
        Reason::TooDiffuse
    } else {
        Reason::TooLittle
    }
}

/// The verdict on a posting that belongs to one of the roles.
fn of_roles(scoring: &Scoring, evidence: &Evidence, tilt: f64) -> Leaning {
    let both = evidence.left.min(evidence.right).to_f64() >= scoring.balanced_evidence;
    if both && tilt.abs() < scoring.balanced_tilt {
        return Leaning::Balanced;
    }
    Side::of_score(evidence.score).map_or(Leaning::Balanced, Leaning::Role)
}

/// How probable the right role is, of the two: logistic in score and tilt, without an
/// intercept. No evidence, one half.
fn right_of_roles(scoring: &Scoring, score: f64, tilt: f64) -> f64 {
    logistic(scoring.calibration_slope * score + scoring.calibration_tilt * tilt)
}

fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}
