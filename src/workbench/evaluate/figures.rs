//! The figures of verdicts whose labels are known.

use super::metrics::{Calibration, auc, calibration, confusion, macro_f1, ratio};
use crate::leaning::{Leaning, Verdict};
use crate::lexicon::Side;

/// A verdict and the readers' label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The readers' label.
    pub label: Leaning,
    /// The verdict.
    pub verdict: Verdict,
}

impl Outcome {
    /// Whether the verdict is the label.
    pub(super) fn is_right(&self) -> bool {
        self.label == self.verdict.leaning
    }

    /// Whether the sign of the tilt names the label's role; `None` for labels that name none. No
    /// tilt is wrong.
    pub(super) fn sign_is_right(&self) -> Option<bool> {
        let side = self.label.side()?;
        Some(Side::of_score(self.verdict.tilt.unwrap_or(0.0)) == Some(side))
    }
}

/// How good verdicts are.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Labels (rows) by verdicts (columns), in the order of [`LEANINGS`](super::LEANINGS).
    pub confusion: [[usize; 4]; 4],
    /// How often the sign of the tilt named the label's role, on postings of the two roles;
    /// `None` where there are none.
    pub sign: Option<f64>,
    /// How well the tilt ranks the right role above the left.
    pub auc: Option<f64>,
    /// The mean F1 of the four verdicts.
    pub macro_f1: f64,
    /// Of the probability of the verdict given, balanced ones apart.
    pub calibration: Calibration,
}

impl Figures {
    /// Computes them.
    #[must_use]
    pub fn of(outcomes: &[Outcome]) -> Self {
        let confusion = confusion(outcomes.iter().map(|outcome| (outcome.label, outcome.verdict.leaning)));
        let signs: Vec<bool> = outcomes.iter().filter_map(Outcome::sign_is_right).collect();
        let ranked = outcomes
            .iter()
            .filter_map(|outcome| Some((outcome.verdict.tilt.unwrap_or(0.0), outcome.label.side()? == Side::Right)));
        let predicted =
            outcomes.iter().filter_map(|outcome| Some((outcome.verdict.probability()?, outcome.is_right())));
        Self {
            sign: ratio(signs.iter().filter(|right| **right).count(), signs.len()),
            auc: auc(&ranked.collect::<Vec<_>>()),
            macro_f1: macro_f1(&confusion),
            calibration: calibration(&predicted.collect::<Vec<_>>()),
            confusion,
        }
    }

    /// How many verdicts are right.
    #[must_use]
    pub fn right(&self) -> usize {
        (0..self.confusion.len()).map(|at| self.confusion[at][at]).sum()
    }

    /// The share of verdicts that are right, over all four.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        ratio(self.right(), self.confusion.iter().flatten().sum()).unwrap_or(0.0)
    }

    /// For each label the share of its postings that got it; `None` where no posting has it.
    #[must_use]
    pub fn recall(&self) -> [Option<f64>; 4] {
        std::array::from_fn(|at| ratio(self.confusion[at][at], self.confusion[at].iter().sum()))
    }
}
