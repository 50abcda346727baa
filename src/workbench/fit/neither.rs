//! The model of postings that belong to neither role: a logistic regression on a few features
//! of the evidence.

use crate::leaning::{Evidence, neither_value};
use crate::lexicon::{NeitherFeature, NeitherModel};

/// The precision of the prior around zero, for features that vary by one.
const PRECISION: f64 = 3.0;
/// The least deviation of a feature that is taken for one: less would give its coefficient any size.
const LEAST_DEVIATION: f64 = 0.1;
/// Fewer postings that belong to neither role, or to one, cannot say what tells them apart.
const LEAST_POSTINGS: usize = 10;
/// The least coefficient of the length of a text. Labelled postings are long; in a text of a few
/// words a few skills are much.
const LEAST_WORDS: f64 = 0.3;
/// The precision of the prior of a shift of the bias alone.
const SHIFT_PRECISION: f64 = 1.0;
/// Largest change at which the fit has converged.
const CONVERGED: f64 = 1e-7;
/// Rounds over all coefficients at most.
const MAX_ROUNDS: usize = 2000;

/// A feature over all postings, less its mean and by its standard deviation.
struct Column {
    feature: NeitherFeature,
    mean: f64,
    deviation: f64,
    values: Vec<f64>,
}

impl Column {
    fn of(feature: NeitherFeature, rows: &[(Evidence, bool)]) -> Self {
        let mut values: Vec<f64> = rows.iter().map(|(evidence, _)| neither_value(feature, evidence)).collect();
        let count = rows.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
        let deviation = variance.sqrt().max(LEAST_DEVIATION);
        for value in &mut values {
            *value = (*value - mean) / deviation;
        }
        Self { feature, mean, deviation, values }
    }
}

/// On which side of zero a coefficient must be, so that every term says what a reader expects:
/// more of a role never speaks for neither, more of another profession never against it.
fn bounds(feature: NeitherFeature) -> [f64; 2] {
    match feature {
        NeitherFeature::Bias | NeitherFeature::OneSided => [f64::NEG_INFINITY, f64::INFINITY],
        NeitherFeature::Words => [LEAST_WORDS, f64::INFINITY],
        feature if feature.is_of_other_professions() => [0.0, f64::INFINITY],
        _ => [f64::NEG_INFINITY, 0.0],
    }
}

/// The most probable coefficients for postings of which is known whether they belong to
/// neither role; `None` where too few do, or too few do not.
pub(super) fn fit(rows: &[(Evidence, bool)]) -> Option<NeitherModel> {
    let neither = rows.iter().filter(|(_, is_neither)| *is_neither).count();
    if !is_enough(neither, rows.len() - neither) {
        return None;
    }
    let features = NeitherFeature::ALL.into_iter().filter(|feature| *feature != NeitherFeature::Bias);
    let columns: Vec<Column> = features.map(|feature| Column::of(feature, rows)).collect();
    let ones = vec![1.0; rows.len()];
    let mut odds = vec![0.0; rows.len()];
    let (mut bias, mut coefficients) = (0.0, vec![0.0; columns.len()]);
    let free = [f64::NEG_INFINITY, f64::INFINITY];
    for _ in 0..MAX_ROUNDS {
        let mut largest = step(&mut bias, &ones, rows, &mut odds, (0.0, free));
        for (coefficient, column) in coefficients.iter_mut().zip(&columns) {
            let bounds = bounds(column.feature).map(|bound| bound * column.deviation);
            let change = step(coefficient, &column.values, rows, &mut odds, (PRECISION, bounds));
            largest = f64::max(largest, change);
        }
        if largest < CONVERGED {
            break;
        }
    }
    let raw: Vec<(NeitherFeature, f64)> =
        columns.iter().zip(&coefficients).map(|(column, each)| (column.feature, each / column.deviation)).collect();
    let bias = bias - columns.iter().zip(&raw).map(|(column, (_, each))| each * column.mean).sum::<f64>();
    Some(NeitherModel::new([(NeitherFeature::Bias, bias)].into_iter().chain(raw)))
}

/// The model with another bias: what a few labels say of how much evidence is enough, drawn to
/// the lexicon's own number. Everything else stays, for they say nothing of it.
pub(super) fn shifted(rows: &[(Evidence, bool)], model: &NeitherModel) -> NeitherModel {
    let odds_of =
        |evidence: &Evidence| model.iter().map(|(feature, each)| each * neither_value(feature, evidence)).sum::<f64>();
    let mut odds: Vec<f64> = rows.iter().map(|(evidence, _)| odds_of(evidence)).collect();
    let (mut shift, ones) = (0.0, vec![1.0; rows.len()]);
    let free = [f64::NEG_INFINITY, f64::INFINITY];
    for _ in 0..MAX_ROUNDS {
        if step(&mut shift, &ones, rows, &mut odds, (SHIFT_PRECISION, free)) < CONVERGED {
            break;
        }
    }
    let bias = model.coefficient(NeitherFeature::Bias) + shift;
    NeitherModel::new(model.iter().chain([(NeitherFeature::Bias, bias)]))
}

/// Whether labelled postings say what belongs to neither role.
pub(super) fn is_enough(neither: usize, of_roles: usize) -> bool {
    neither.min(of_roles) >= LEAST_POSTINGS
}

/// One step of Newton's method along one coefficient; the size of the change.
fn step(
    coefficient: &mut f64,
    values: &[f64],
    rows: &[(Evidence, bool)],
    odds: &mut [f64],
    (precision, [least, most]): (f64, [f64; 2]),
) -> f64 {
    let (mut slope, mut curve) = (-precision * *coefficient, precision + 1e-9);
    for ((value, (_, is_neither)), odds) in values.iter().zip(rows).zip(&*odds) {
        let probability = 1.0 / (1.0 + (-odds).exp());
        slope += value * (f64::from(u8::from(*is_neither)) - probability);
        curve += value * value * probability * (1.0 - probability);
    }
    let next = (*coefficient + (slope / curve).clamp(-1.0, 1.0)).clamp(least, most);
    let change = next - *coefficient;
    for (odds, value) in odds.iter_mut().zip(values) {
        *odds += change * value;
    }
    *coefficient = next;
    change.abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaning::EvidenceParts;
    use crate::log_odds::LogOdds;

    /// Half of the postings say little of a role and much of another profession.
    fn sample() -> Vec<(Evidence, bool)> {
        let row = |at: usize| {
            let is_neither = at.is_multiple_of(2);
            let (left, other) = if is_neither { (at % 5, 4 + at % 7) } else { (5 + at % 9, at % 4) };
            let [left, other_profession] = [left, other].map(|amount| LogOdds::rounded(amount as f64));
            let evidence = Evidence {
                body: EvidenceParts { left, other_profession, ..EvidenceParts::default() },
                words: 100 + 10 * at,
                ..Evidence::default()
            };
            (evidence, is_neither)
        };
        (0..100).map(row).collect()
    }

    #[test]
    fn terms_say_what_a_reader_expects() {
        let model = fit(&sample()).expect("enough of each");
        assert!(model.coefficient(NeitherFeature::LeftEvidence) < 0.0, "{model:?}");
        assert!(model.coefficient(NeitherFeature::OtherEvidence) > 0.0, "{model:?}");
        assert!(model.coefficient(NeitherFeature::RightEvidence).abs() < 1e-12, "it never varies: {model:?}");
        // Taken the other way round, nothing may speak against its own meaning.
        let reversed: Vec<(Evidence, bool)> =
            sample().into_iter().map(|(row, is_neither)| (row, !is_neither)).collect();
        let model = fit(&reversed).expect("enough of each");
        for feature in NeitherFeature::ALL {
            let [least, most] = bounds(feature);
            let coefficient = model.coefficient(feature);
            assert!(least - 1e-9 <= coefficient && coefficient <= most + 1e-9, "{feature:?}: {model:?}");
        }
    }

    #[test]
    fn a_few_postings_say_nothing() {
        let rows = sample();
        assert_eq!(fit(&rows[..19]), None, "nine that are neither");
        let of_roles: Vec<_> = rows.into_iter().filter(|(_, is_neither)| !is_neither).collect();
        assert_eq!(fit(&of_roles), None);
        assert_eq!(fit(&[]), None);
    }

    #[test]
    fn a_few_labels_move_the_bias_alone_and_not_far() {
        let of_roles: Vec<_> = sample().into_iter().filter(|(_, is_neither)| !is_neither).take(10).collect();
        let own = NeitherModel::untested();
        let shifted = shifted(&of_roles, &own);
        for feature in NeitherFeature::ALL.into_iter().filter(|feature| *feature != NeitherFeature::Bias) {
            assert_eq!(shifted.coefficient(feature), own.coefficient(feature));
        }
        let moved = shifted.coefficient(NeitherFeature::Bias) - own.coefficient(NeitherFeature::Bias);
        assert!((-3.0..0.0).contains(&moved), "{moved}");
    }

    #[test]
    fn the_predicted_share_is_the_observed_one() {
        let rows = sample();
        let model = fit(&rows).expect("enough of each");
        let odds = |evidence: &Evidence| {
            model.iter().map(|(feature, each)| each * neither_value(feature, evidence)).sum::<f64>()
        };
        let predicted: f64 = rows.iter().map(|(evidence, _)| 1.0 / (1.0 + (-odds(evidence)).exp())).sum();
        assert!((predicted - 50.0).abs() < 1e-3, "{predicted}");
    }
}
