//! The most probable weights, given hand priors and labelled postings.

use super::example::Example;
use crate::lexicon::{Lexicon, Skill};

/// The hand priors as signed log-odds, one a skill; zero for those that speak for no side.
pub(crate) fn priors(lexicon: &Lexicon) -> Vec<f64> {
    let prior = |skill: &Skill| {
        let prior = lexicon.scoring().prior(skill.leaning, skill.strength);
        skill.leaning.side().map_or(0.0, |_| prior.to_f64())
    };
    lexicon.skills().iter().map(prior).collect()
}

/// Largest change of a weight at which the fit has converged.
const CONVERGED: f64 = 1e-7;
/// Rounds over all weights at most; a few dozen are enough.
const MAX_ROUNDS: usize = 1000;

/// The most probable weights, one a skill.
///
/// `prior_std_dev` is the standard deviation of the normal prior around each hand prior, in
/// log-odds: small keeps close to the hand priors, large follows the postings.
pub(crate) fn fit(priors: &[f64], examples: &[Example], prior_std_dev: f64) -> Vec<f64> {
    let mut weights = priors.to_vec();
    let rows: Vec<(&Example, f64)> =
        examples.iter().filter_map(|example| Some((example, example.side()?.sign()))).collect();
    let columns = columns(priors.len(), &rows);
    let mut margins: Vec<f64> = rows.iter().map(|(example, sign)| sign * example.score(&weights)).collect();
    let precision = 1.0 / (prior_std_dev * prior_std_dev);
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
            // A step of at most a standard deviation keeps Newton's method from overshooting.
            let step = (slope / curve).clamp(-prior_std_dev, prior_std_dev);
            let next = weights[skill] + step;
            let next = if next * priors[skill] < 0.0 { 0.0 } else { next };
            let change = next - weights[skill];
            weights[skill] = next;
            largest = largest.max(change.abs());
            for (row, signed) in column {
                margins[*row] += change * signed;
            }
        }
        if largest < CONVERGED {
            break;
        }
    }
    weights
}

/// For each skill the rows that have it, with feature value times the label's sign.
fn columns(skills: usize, rows: &[(&Example, f64)]) -> Vec<Vec<(usize, f64)>> {
    let mut columns = vec![Vec::new(); skills];
    for (row, (example, sign)) in rows.iter().enumerate() {
        for (skill, value) in &example.features {
            columns[skill.index()].push((row, value * sign));
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaning::{Evidence, Leaning};
    use crate::lexicon::{Side, SkillId};

    fn example(id: usize, side: Side, skills: &[u32]) -> Example {
        let features = skills.iter().map(|skill| (SkillId(*skill), 1.0)).collect();
        Example { id: id.to_string(), label: Leaning::Role(side), features, evidence: Evidence::default() }
    }

    /// Skill 0 speaks for the left, 1 for the right, 2 is thought right but stands only in left
    /// postings, 3 never occurs, 4 speaks for neither.
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
    fn a_small_standard_deviation_keeps_the_priors() {
        let (priors, examples) = sample();
        let weights = fit(&priors, &examples, 1e-4);
        assert!(weights.iter().zip(&priors).all(|(weight, prior)| (weight - prior).abs() < 1e-3), "{weights:?}");
    }

    #[test]
    fn no_small_step_is_better() {
        let (priors, examples) = sample();
        let prior_std_dev = 0.8;
        let weights = fit(&priors, &examples, prior_std_dev);
        let loss = |weights: &[f64]| -> f64 {
            let misfit: f64 = examples
                .iter()
                .map(|each| (-each.side().map_or(0.0, Side::sign) * each.score(weights)).exp().ln_1p())
                .sum();
            let strain: f64 = weights.iter().zip(&priors).map(|(w, p)| (w - p).powi(2)).sum();
            misfit + strain / (2.0 * prior_std_dev * prior_std_dev)
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
