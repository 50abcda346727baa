//! Probabilities from scores: two slopes, found on scores of postings not fitted on.

use super::cross_validation::CrossValidation;
use crate::leaning::{Evidence, tilt};
use crate::lexicon::Scoring;

/// Newton steps; the loss is convex in two unknowns.
const STEPS: usize = 100;
/// Pulls both slopes weakly towards zero, for sets that are told apart without a fault.
const RIDGE: f64 = 1e-3;

/// The scoring with the two non-negative slopes under which the labels of a cross-validation
/// are most probable (Platt scaling without an intercept).
pub(super) fn calibrate(scoring: &Scoring, validation: &CrossValidation) -> Scoring {
    let rows: Vec<[f64; 2]> = validation
        .of_roles()
        .map(|(posting, side)| {
            let Evidence { left, right, score, .. } = posting.evidence;
            [side.sign() * score.to_f64(), side.sign() * tilt(scoring, left, right).unwrap_or(0.0)]
        })
        .collect();
    let both = newton(&rows, [true, true]);
    let slopes = if both[0] < 0.0 {
        newton(&rows, [false, true])
    } else if both[1] < 0.0 {
        newton(&rows, [true, false])
    } else {
        both
    };
    let [calibration_slope, calibration_tilt] = slopes.map(|slope| slope.max(0.0));
    Scoring { calibration_slope, calibration_tilt, ..scoring.clone() }
}

/// Minimises the logistic loss over the slopes that are `free`; the others stay zero.
fn newton(rows: &[[f64; 2]], free: [bool; 2]) -> [f64; 2] {
    let mut slopes = [0.0; 2];
    for _ in 0..STEPS {
        let mut gradient = [-RIDGE * slopes[0], -RIDGE * slopes[1]];
        let mut curve = [[RIDGE, 0.0], [0.0, RIDGE]];
        for row in rows {
            let wrong = 1.0 / (1.0 + (slopes[0] * row[0] + slopes[1] * row[1]).exp());
            let variance = wrong * (1.0 - wrong);
            for i in 0..2 {
                gradient[i] += wrong * row[i];
                for j in 0..2 {
                    curve[i][j] += variance * row[i] * row[j];
                }
            }
        }
        let step = solve(curve, gradient, free);
        slopes = [slopes[0] + step[0], slopes[1] + step[1]];
        if step[0].abs().max(step[1].abs()) < 1e-10 {
            break;
        }
    }
    slopes
}

/// The Newton step in the free directions.
fn solve(curve: [[f64; 2]; 2], gradient: [f64; 2], free: [bool; 2]) -> [f64; 2] {
    let [[a, b], [_, d]] = curve;
    match free {
        [true, true] => {
            let determinant = a * d - b * b;
            [(d * gradient[0] - b * gradient[1]) / determinant, (a * gradient[1] - b * gradient[0]) / determinant]
        }
        [true, false] => [gradient[0] / a, 0.0],
        [false, true] => [0.0, gradient[1] / d],
        [false, false] => [0.0; 2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_is_found_that_made_the_labels() {
        // Of postings with score 1, three of four are right: log-odds ln 3.
        let rows: Vec<[f64; 2]> = (0..400).map(|at| if at % 4 == 0 { [-1.0, 0.0] } else { [1.0, 0.0] }).collect();
        let slopes = newton(&rows, [true, false]);
        assert!((slopes[0] - 3.0_f64.ln()).abs() < 1e-3, "{slopes:?}");
    }
}
