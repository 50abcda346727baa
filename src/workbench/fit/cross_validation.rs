//! Cross-validation: each posting scored by a model that has not seen it.

use std::io;
use std::thread::{self, ScopedJoinHandle};

use super::example::Example;
use super::folds::Folds;
use super::neither;
use super::weights::{Priors, Weights};
use crate::leaning::{Evidence, Leaning, TitleFactor, judge_by};
use crate::lexicon::{Lexicon, NeitherModel, Scoring, Side};
use crate::workbench::evaluate::{Figures, Outcome};

/// A posting, scored by a model that has not seen it.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// Its label.
    pub label: Leaning,
    /// Its evidence under the weights of that model; the matches are left out.
    pub evidence: Evidence,
    /// What that model says of neither role.
    pub neither: NeitherModel,
}

/// All postings, each scored by a model fitted on the other folds.
#[derive(Debug, Clone)]
pub struct CrossValidation {
    /// The standard deviation of the scales that was used.
    pub spread: f64,
    /// What a mention in the title counted.
    pub title: f64,
    /// The postings, in the order of the examples.
    pub held_out: Vec<HeldOut>,
}

/// What is fitted: the weights of skills, and what says neither role.
pub(super) struct Model {
    pub weights: Weights,
    pub neither: NeitherModel,
}

/// All that a model is fitted with.
pub(super) struct Fitting<'f> {
    pub lexicon: &'f Lexicon,
    pub priors: &'f Priors,
    pub examples: &'f [Example],
}

impl Fitting<'_> {
    /// The model of some of the postings. Where too few of them say what belongs to neither role,
    /// the lexicon's own numbers stay, the bias aside.
    pub(super) fn model(&self, examples: &[&Example], spread: f64, title: f64) -> Model {
        let weights = self.priors.fit(examples, spread, title);
        let title = TitleFactor { factor: title, ..TitleFactor::of(self.lexicon) };
        let row = |example: &&Example| {
            let evidence = example.evidence_under(self.lexicon, &weights.weights, title);
            (evidence, example.label == Leaning::Neither)
        };
        let rows: Vec<(Evidence, bool)> = examples.iter().map(row).collect();
        let neither = neither::fit(&rows).unwrap_or_else(|| neither::shifted(&rows, self.lexicon.neither()));
        Model { neither, weights }
    }

    /// Scores every posting by a model fitted on the folds it is not in.
    pub(super) fn cross_validate(&self, folds: &Folds, spread: f64, title: f64) -> CrossValidation {
        let without = |fold: usize| {
            let others = self.examples.iter().zip(&folds.of).filter(|(_, of)| **of != fold);
            let others: Vec<&Example> = others.map(|(example, _)| example).collect();
            self.model(&others, spread, title)
        };
        let models = in_parallel(folds.count, &without);
        let factor = TitleFactor { factor: title, ..TitleFactor::of(self.lexicon) };
        let hold_out = |(example, fold): (&Example, &usize)| HeldOut {
            label: example.label,
            evidence: example.evidence_under(self.lexicon, &models[*fold].weights.weights, factor),
            neither: models[*fold].neither.clone(),
        };
        let held_out = self.examples.iter().zip(&folds.of).map(hold_out).collect();
        CrossValidation { spread, title, held_out }
    }
}

/// The results of `work` for 0 to `count`, by as many threads as there are processors.
fn in_parallel<T: Send>(count: usize, work: &(impl Fn(usize) -> T + Sync)) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(count).max(1);
    // Each thread takes every so manieth.
    let share = |first: usize| (first..count).step_by(threads).map(work).collect::<Vec<T>>();
    let shares: Vec<Vec<T>> = thread::scope(|scope| {
        let start = |first| thread::Builder::new().spawn_scoped(scope, move || share(first));
        let started: Vec<_> = (0..threads).map(|first| (first, start(first))).collect();
        let finish = |(first, started): (usize, io::Result<ScopedJoinHandle<'_, Vec<T>>>)| match started {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // Where the system refuses a thread, this one does its work.
            Err(_) => share(first),
        };
        started.into_iter().map(finish).collect()
    });
    let mut shares: Vec<_> = shares.into_iter().map(Vec::into_iter).collect();
    (0..count).filter_map(|at| shares[at % threads].next()).collect()
}

impl CrossValidation {
    /// The postings of the two roles, with the sides of their labels.
    pub(super) fn of_roles(&self) -> impl Iterator<Item = (&HeldOut, Side)> {
        self.held_out.iter().filter_map(|posting| Some((posting, posting.label.side()?)))
    }

    /// How good the verdicts are that the held-out models give under this scoring.
    #[must_use]
    pub fn figures(&self, scoring: &Scoring) -> Figures {
        let outcome = |posting: &HeldOut| Outcome {
            label: posting.label,
            verdict: judge_by(scoring, &posting.neither, &posting.evidence),
        };
        Figures::of(&self.held_out.iter().map(outcome).collect::<Vec<_>>())
    }

    /// The mean logistic loss of the scores: where it is least, they fit the postings best.
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

/// The standard deviations of the scales that are tried where none is asked for.
pub const SPREADS: [f64; 5] = [0.125, 0.25, 0.5, 0.707, 1.0];

/// The factors of the title that are tried.
pub const TITLE_FACTORS: [f64; 8] = [0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0];

/// Fewer postings of a role than this say nothing that the hand priors would give way to.
pub const LEAST_POSTINGS: usize = 10;

/// The one of least loss.
pub(super) fn least_loss(tried: &[CrossValidation]) -> Option<&CrossValidation> {
    tried.iter().min_by(|a, b| a.loss().total_cmp(&b.loss()))
}

/// Which of `tried` has the smallest spread whose loss exceeds the best by no more than one
/// standard error of the difference (after Breiman et al., "Classification and Regression Trees",
/// 1984): weights stay near the hand priors unless the postings clearly ask for more.
pub(super) fn one_standard_error(tried: &[CrossValidation]) -> Option<usize> {
    let best = least_loss(tried)?;
    let near = |validation: &CrossValidation| validation.loss() - best.loss() <= validation.error_against(best);
    let places = (0..tried.len()).filter(|at| near(&tried[*at]));
    places.min_by(|a, b| tried[*a].spread.total_cmp(&tried[*b].spread))
}
