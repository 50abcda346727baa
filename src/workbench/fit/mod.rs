//! Fitting weights to labelled postings, from the hand priors outwards.
//!
//! The model is the score itself: the log-odds of the right role are the sum of
//! weight times exposure over the skills found, without an intercept. The fitted
//! weights are the most probable ones (MAP) under a normal prior around the hand
//! priors, and may not cross zero: a skill said of one role never comes to speak for
//! the other. The log-posterior is concave, so there is one answer, found by cyclic
//! coordinate Newton steps; nothing is random.
//!
//! Method: logistic regression with an informative normal prior (Gelman, Jakulin,
//! Pittau and Su, "A weakly informative default prior distribution for logistic and
//! other regression models", 2008), by coordinate descent (Genkin, Lewis and Madigan,
//! "Large-scale Bayesian logistic regression for text categorization", 2007).

mod calibrate;
mod cross_validation;
mod weights;

pub use calibrate::{Scored, Slopes, calibrate};
pub use cross_validation::{CrossValidation, LEAST_POSTINGS, SPREADS, cross_validate, one_standard_error};
pub use weights::write_weights;

use crate::leaning::{Evidence, Leaning};
use crate::lexicon::{Lexicon, Pull, Side, SkillId};

/// A labelled posting, as the model sees it.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its id, by which folds are drawn.
    pub id: String,
    /// Its label; only postings of the two roles are fitted on.
    pub label: Leaning,
    /// The skills that pull to a side, with their exposures.
    pub exposures: Vec<(SkillId, f64)>,
    /// Its evidence under the weights in use; held-out verdicts take the counts from it.
    pub evidence: Evidence,
}

impl Example {
    /// What a fit needs of a posting's evidence.
    #[must_use]
    pub fn new(lexicon: &Lexicon, id: &str, label: Leaning, evidence: &Evidence) -> Self {
        let pulls = |id: SkillId| matches!(lexicon.skill(id).pull, Pull::Toward(_));
        let exposures = evidence
            .matches
            .iter()
            .filter(|found| !found.negated && pulls(found.skill))
            .map(|found| (found.skill, found.exposure))
            .collect();
        Self { id: id.to_owned(), label, exposures, evidence: Evidence { matches: Vec::new(), ..evidence.clone() } }
    }

    /// The role of its label, where it has one.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        self.label.side()
    }

    /// The score under `weights`.
    #[must_use]
    pub fn score(&self, weights: &[f64]) -> f64 {
        self.exposures.iter().map(|(skill, exposure)| weights[skill.index()] * exposure).sum()
    }
}

/// The hand priors as signed log-odds, one a skill; zero for those that pull nowhere.
#[must_use]
pub fn priors(lexicon: &Lexicon) -> Vec<f64> {
    let prior = |strength: u8| lexicon.scoring().strength_weights[usize::from(strength.clamp(1, 3)) - 1];
    lexicon
        .skills()
        .iter()
        .map(|skill| match skill.pull {
            Pull::Toward(side) => side.sign() * prior(skill.strength),
            Pull::Shared | Pull::Away => 0.0,
        })
        .collect()
}

/// Largest change of a weight at which the fit has settled.
const SETTLED: f64 = 1e-7;
/// Rounds over all weights at most; a few dozen settle it.
const MAX_ROUNDS: usize = 1000;

/// The most probable weights, one a skill.
///
/// `spread` is the standard deviation of the prior around each hand prior, in
/// log-odds: small keeps close to the priors, large follows the postings.
#[must_use]
pub fn fit(priors: &[f64], examples: &[Example], spread: f64) -> Vec<f64> {
    let mut weights = priors.to_vec();
    let rows: Vec<(&Example, f64)> =
        examples.iter().filter_map(|example| Some((example, example.side()?.sign()))).collect();
    let columns = columns(priors.len(), &rows);
    let mut margins: Vec<f64> = rows.iter().map(|(example, sign)| sign * example.score(&weights)).collect();
    let precision = 1.0 / (spread * spread);
    for _ in 0..MAX_ROUNDS {
        let mut largest: f64 = 0.0;
        for (skill, column) in
            columns.iter().enumerate().filter(|(skill, column)| !column.is_empty() && priors[*skill] != 0.0)
        {
            let (mut slope, mut curve) = (-precision * (weights[skill] - priors[skill]), precision);
            for (row, signed) in column {
                let wrong = 1.0 / (1.0 + margins[*row].exp());
                slope += signed * wrong;
                curve += signed * signed * wrong * (1.0 - wrong);
            }
            // A step of at most a spread keeps Newton's method from overshooting.
            let step = (slope / curve).clamp(-spread, spread);
            let next = weights[skill] + step;
            let next = if next * priors[skill] < 0.0 { 0.0 } else { next };
            let change = next - weights[skill];
            weights[skill] = next;
            largest = largest.max(change.abs());
            for (row, signed) in column {
                margins[*row] += change * signed;
            }
        }
        if largest < SETTLED {
            break;
        }
    }
    weights
}

/// For each skill the rows that have it, with exposure times the label's sign.
fn columns(skills: usize, rows: &[(&Example, f64)]) -> Vec<Vec<(usize, f64)>> {
    let mut columns = vec![Vec::new(); skills];
    for (row, (example, sign)) in rows.iter().enumerate() {
        for (skill, exposure) in &example.exposures {
            columns[skill.index()].push((row, exposure * sign));
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(id: usize, side: Side, skills: &[u32]) -> Example {
        let exposures = skills.iter().map(|skill| (SkillId(*skill), 1.0)).collect();
        Example { id: id.to_string(), label: Leaning::Role(side), exposures, evidence: Evidence::default() }
    }

    /// Skill 0 speaks left, 1 right, 2 is believed right but stands only in left
    /// postings, 3 never occurs, 4 pulls nowhere.
    fn sample() -> (Vec<f64>, Vec<Example>) {
        let examples = (0..40)
            .map(|at| if at % 2 == 0 { example(at, Side::Left, &[0, 2, 4]) } else { example(at, Side::Right, &[1, 4]) })
            .collect();
        (vec![-0.5, 0.5, 0.3, 0.7, 0.0], examples)
    }

    #[test]
    fn weights_follow_the_postings_and_never_cross_zero() {
        let (priors, examples) = sample();
        let weights = fit(&priors, &examples, 1.0);
        assert!(weights[0] < -0.5 && weights[1] > 0.5, "{weights:?}");
        assert!(weights[2].abs() < 1e-12, "a right skill in left postings fades to nothing: {weights:?}");
        assert!((weights[3] - 0.7).abs() < 1e-12 && weights[4].abs() < 1e-12);
    }

    #[test]
    fn a_small_spread_keeps_the_priors() {
        let (priors, examples) = sample();
        let weights = fit(&priors, &examples, 1e-4);
        assert!(weights.iter().zip(&priors).all(|(weight, prior)| (weight - prior).abs() < 1e-3), "{weights:?}");
    }

    #[test]
    fn no_small_step_is_better() {
        let (priors, examples) = sample();
        let spread = 0.8;
        let weights = fit(&priors, &examples, spread);
        let loss = |weights: &[f64]| -> f64 {
            let misfit: f64 = examples
                .iter()
                .map(|each| (-each.side().map_or(0.0, Side::sign) * each.score(weights)).exp().ln_1p())
                .sum();
            let strain: f64 = weights.iter().zip(&priors).map(|(w, p)| (w - p).powi(2)).sum();
            misfit + strain / (2.0 * spread * spread)
        };
        let best = loss(&weights);
        for skill in 0..4 {
            for step in [-1e-3, 1e-3] {
                let mut other = weights.clone();
                other[skill] += step;
                if other[skill] * priors[skill] >= 0.0 {
                    assert!(loss(&other) >= best, "skill {skill} step {step}");
                }
            }
        }
    }
}
