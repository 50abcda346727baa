//! Cross-validation: each posting scored by weights that have not seen it.

use std::io;
use std::thread::{self, ScopedJoinHandle};

use sha2::{Digest, Sha256};

use super::example::Example;
use super::posterior::fit;
use crate::leaning::{Evidence, Leaning, judge};
use crate::lexicon::{Lexicon, Side};
use crate::log_odds::LogOdds;
use crate::workbench::evaluate::auc;

/// A posting, judged by weights that have not seen it.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// The posting.
    pub id: String,
    /// Its label.
    pub label: Leaning,
    /// Its evidence under those weights; the matches are left out.
    pub evidence: Evidence,
}

/// All postings, each judged by weights fitted on the other folds.
#[derive(Debug, Clone)]
pub struct CrossValidation {
    /// The standard deviation of the prior that was used.
    pub prior_std_dev: f64,
    /// The postings, in the order of the examples.
    pub held_out: Vec<HeldOut>,
}

impl CrossValidation {
    /// The postings of the two roles, with the sides of their labels.
    pub(crate) fn of_roles(&self) -> impl Iterator<Item = (&HeldOut, Side)> {
        self.held_out.iter().filter_map(|posting| Some((posting, posting.label.side()?)))
    }

    /// How often the sign of the score named the right role.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        let right = |(posting, side): (&HeldOut, Side)| Side::of_score(posting.evidence.score) == Some(side);
        share(self.of_roles().map(right))
    }

    /// How often the verdict was the label, over all four.
    #[must_use]
    pub fn verdict_accuracy(&self, lexicon: &Lexicon) -> f64 {
        share(self.held_out.iter().map(|posting| judge(lexicon, &posting.evidence).leaning == posting.label))
    }

    /// How well the scores rank the right role above the left.
    #[must_use]
    pub fn auc(&self) -> Option<f64> {
        let ranked: Vec<(f64, bool)> =
            self.of_roles().map(|(posting, side)| (posting.evidence.score.to_f64(), side == Side::Right)).collect();
        auc(&ranked)
    }

    /// The mean logistic loss: the prior whose loss is least fits the postings best.
    #[must_use]
    pub fn loss(&self) -> f64 {
        mean(&self.losses())
    }

    /// The standard error of the difference between this loss and that of `other`, on
    /// the same examples.
    fn error_against(&self, other: &Self) -> f64 {
        let differences: Vec<f64> = self.losses().iter().zip(other.losses()).map(|(a, b)| a - b).collect();
        let centre = mean(&differences);
        let squares: Vec<f64> = differences.iter().map(|each| (each - centre).powi(2)).collect();
        (mean(&squares) / differences.len().max(1) as f64).sqrt()
    }

    fn losses(&self) -> Vec<f64> {
        self.of_roles().map(|(posting, side)| (-side.sign() * posting.evidence.score.to_f64()).exp().ln_1p()).collect()
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The share of those that are true.
fn share(all: impl Iterator<Item = bool>) -> f64 {
    mean(&all.map(|each| f64::from(u8::from(each))).collect::<Vec<_>>())
}

/// Judges every example by weights fitted on the folds it is not in.
///
/// Folds are drawn by the ids of the postings, so they are the same in every run and
/// whatever the order of the input.
pub(crate) fn cross_validate(
    priors: &[f64],
    examples: &[Example],
    prior_std_dev: f64,
    folds: usize,
) -> CrossValidation {
    let fold_of = draw_folds(examples, folds);
    let fit_without = |fold: usize| {
        let others = examples.iter().zip(&fold_of).filter(|(_, of)| **of != fold);
        let rest: Vec<Example> = others.map(|(example, _)| example.clone()).collect();
        fit(priors, &rest, prior_std_dev)
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
    let held_out = examples.iter().zip(&fold_of).map(|(example, fold)| hold_out(example, &fitted[*fold])).collect();
    CrossValidation { prior_std_dev, held_out }
}

/// The evidence of an example under other weights.
fn hold_out(example: &Example, weights: &[f64]) -> HeldOut {
    let (mut left, mut right) = (LogOdds::ZERO, LogOdds::ZERO);
    for (skill, value) in &example.features {
        let amount = LogOdds::rounded(weights[skill.index()] * value);
        match Side::of_score(amount) {
            Some(Side::Left) => left += -amount,
            _ => right += amount,
        }
    }
    let evidence = Evidence { left, right, score: right - left, ..example.evidence.clone() };
    HeldOut { id: example.id.clone(), label: example.label, evidence }
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

/// The standard deviations of the prior that are tried where none is asked for, in log-odds.
pub const PRIOR_STD_DEVS: [f64; 6] = [0.125, 0.25, 0.5, 0.707, 1.0, 1.414];

/// Fewer postings of a role than this cannot say anything about a thousand weights.
pub const LEAST_POSTINGS: usize = 20;

/// Which of `tried` has the smallest standard deviation whose loss exceeds the best by no more than one standard error
/// of the difference (after Breiman et al., "Classification and Regression Trees",
/// 1984): weights stay near the hand priors unless the postings clearly ask for more.
pub(crate) fn one_standard_error(tried: &[CrossValidation]) -> Option<usize> {
    let best = tried.iter().min_by(|a, b| a.loss().total_cmp(&b.loss()))?;
    let near = |validation: &CrossValidation| validation.loss() - best.loss() <= validation.error_against(best);
    let places = (0..tried.len()).filter(|at| near(&tried[*at]));
    places.min_by(|a, b| tried[*a].prior_std_dev.total_cmp(&tried[*b].prior_std_dev))
}
