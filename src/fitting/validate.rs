//! Cross-validation: each posting scored by weights that have not seen it.

use std::io;
use std::thread::{self, ScopedJoinHandle};

use sha2::{Digest, Sha256};

use super::calibrate::Scored;
use super::{Example, fit};
use crate::evaluation::metrics::auc;
use crate::leaning::{Evidence, judge};
use crate::lexicon::{Lexicon, Side};

/// The scores of all postings, each by weights fitted on the other folds.
#[derive(Debug, Clone)]
pub struct CrossValidation {
    /// The spread that was used.
    pub spread: f64,
    /// The scores, in the order of the examples.
    pub scored: Vec<Scored>,
}

impl CrossValidation {
    /// The scores of postings of the two roles, with their sides.
    pub fn of_roles(&self) -> impl Iterator<Item = (&Scored, Side)> {
        self.scored.iter().filter_map(|scored| Some((scored, scored.side()?)))
    }

    /// How often the sign of the score named the right role.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        let right = |(scored, side): (&Scored, Side)| f64::from(u8::from(Side::of_score(scored.score()) == Some(side)));
        mean(&self.of_roles().map(right).collect::<Vec<_>>())
    }

    /// How often the verdict was the label, over all four.
    #[must_use]
    pub fn verdict_accuracy(&self, lexicon: &Lexicon) -> f64 {
        let right = |scored: &Scored| judge(lexicon, &scored.evidence).leaning == scored.label;
        mean(&self.scored.iter().map(|scored| f64::from(u8::from(right(scored)))).collect::<Vec<_>>())
    }

    /// How well the scores rank the right role above the left.
    #[must_use]
    pub fn auc(&self) -> Option<f64> {
        let ranked: Vec<(f64, bool)> =
            self.of_roles().map(|(scored, side)| (scored.score(), side == Side::Right)).collect();
        auc(&ranked)
    }

    /// The mean logistic loss: what the choice of a spread goes by.
    #[must_use]
    pub fn loss(&self) -> f64 {
        mean(&self.losses())
    }

    /// The standard error of the difference between this loss and that of `other`, on
    /// the same examples.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of postings")]
    pub fn error_against(&self, other: &Self) -> f64 {
        let differences: Vec<f64> = self.losses().iter().zip(other.losses()).map(|(a, b)| a - b).collect();
        let centre = mean(&differences);
        let squares: Vec<f64> = differences.iter().map(|each| (each - centre).powi(2)).collect();
        (mean(&squares) / differences.len().max(1) as f64).sqrt()
    }

    fn losses(&self) -> Vec<f64> {
        self.of_roles().map(|(scored, side)| (-side.sign() * scored.score()).exp().ln_1p()).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of postings")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Scores every example by weights fitted on the folds it is not in.
///
/// Folds are drawn by the ids of the postings, so they are the same in every run and
/// whatever the order of the input.
#[must_use]
pub fn cross_validate(priors: &[f64], examples: &[Example], spread: f64, folds: usize) -> CrossValidation {
    let fold_of = draw_folds(examples, folds);
    let fit_without = |fold: usize| {
        let others = examples.iter().zip(&fold_of).filter(|(_, of)| **of != fold);
        let rest: Vec<Example> = others.map(|(example, _)| example.clone()).collect();
        fit(priors, &rest, spread)
    };
    let fit_without = &fit_without;
    let fitted: Vec<Vec<f64>> = thread::scope(|scope| {
        let start = |fold| thread::Builder::new().spawn_scoped(scope, move || fit_without(fold));
        let started: Vec<_> = (0..folds).map(|fold| (fold, start(fold))).collect();
        let finish = |(fold, started): (usize, io::Result<ScopedJoinHandle<'_, Vec<f64>>>)| match started {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // Where the system refuses a thread, this one does its work.
            Err(_) => fit_without(fold),
        };
        started.into_iter().map(finish).collect()
    });
    let scored = examples.iter().zip(&fold_of).map(|(example, fold)| score(example, &fitted[*fold])).collect();
    CrossValidation { spread, scored }
}

/// The evidence of an example under other weights.
fn score(example: &Example, weights: &[f64]) -> Scored {
    let (mut left, mut right) = (0.0, 0.0);
    for (skill, exposure) in &example.exposures {
        let amount = weights[skill.index()] * exposure;
        if amount < 0.0 {
            left -= amount;
        } else {
            right += amount;
        }
    }
    let evidence = Evidence { left, right, score: right - left, ..example.evidence.clone() };
    Scored { id: example.id.clone(), label: example.label, evidence }
}

/// A fold for each example: examples are ranked by a hash of their ids, within each
/// role, and dealt out in turn.
fn draw_folds(examples: &[Example], folds: usize) -> Vec<usize> {
    let mut ranked: Vec<usize> = (0..examples.len()).collect();
    ranked.sort_by_cached_key(|at| (examples[*at].side(), Sha256::digest(examples[*at].id.as_bytes())));
    let mut fold_of = vec![0; examples.len()];
    for (rank, at) in ranked.into_iter().enumerate() {
        fold_of[at] = rank % folds.max(1);
    }
    fold_of
}

/// The spreads that are tried where none is asked for, in log-odds.
pub const SPREADS: [f64; 6] = [0.125, 0.25, 0.5, 0.707, 1.0, 1.414];

/// Fewer postings of a role than this cannot say anything about a thousand weights.
pub const LEAST_POSTINGS: usize = 20;

/// The smallest spread whose loss exceeds the best by no more than one standard error
/// of the difference (after Breiman et al., "Classification and Regression Trees",
/// 1984): what the postings at hand do not clearly ask for is left to the priors.
#[must_use]
pub fn one_standard_error(mut tried: Vec<CrossValidation>) -> Option<CrossValidation> {
    tried.sort_by(|a, b| a.spread.total_cmp(&b.spread));
    let best = tried.iter().min_by(|a, b| a.loss().total_cmp(&b.loss()))?;
    let near = |validation: &CrossValidation| validation.loss() - best.loss() <= validation.error_against(best);
    let at = tried.iter().position(near)?;
    Some(tried.swap_remove(at))
}
