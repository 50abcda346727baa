//! Fitting from end to end: choosing a prior, fitting all postings, calibrating.

use super::calibrate::{Slopes, calibrate};
use super::cross_validation::{CrossValidation, cross_validate, one_standard_error};
use super::example::Example;
use super::posterior::{fit, priors};
use crate::lexicon::{Lexicon, Side};
use crate::log_odds::LogOdds;
use crate::workbench::csv_text::CsvText;

/// Weights fitted to labelled postings, and how they were chosen.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The cross-validations, one for each prior that was tried, in the order in which they were given.
    pub tried: Vec<CrossValidation>,
    /// Which of them was chosen.
    chosen: usize,
    /// The calibration on the held-out scores of the one chosen.
    pub slopes: Slopes,
    priors: Vec<f64>,
    weights: Vec<f64>,
}

impl Fitted {
    /// Fits the weights of `lexicon` to postings that were classified with it. Each of
    /// `prior_std_devs`, in log-odds, is tried by cross-validation in `folds` parts; the smallest
    /// is chosen that does not clearly worse than the best.
    ///
    /// `None` where no posting is of either role, or no prior is to be tried.
    #[must_use]
    pub fn new(lexicon: &Lexicon, examples: &[Example], prior_std_devs: &[f64], folds: usize) -> Option<Self> {
        if !examples.iter().any(|example| example.side().is_some()) {
            return None;
        }
        let priors = priors(lexicon);
        let validate = |prior_std_dev: &f64| cross_validate(&priors, examples, *prior_std_dev, folds);
        let tried: Vec<CrossValidation> = prior_std_devs.iter().map(validate).collect();
        let chosen = one_standard_error(&tried)?;
        let slopes = calibrate(lexicon.scoring(), &tried[chosen]);
        let weights = fit(&priors, examples, tried[chosen].prior_std_dev);
        Some(Self { tried, chosen, slopes, priors, weights })
    }

    /// The cross-validation of the prior that was chosen.
    #[must_use]
    pub fn chosen(&self) -> &CrossValidation {
        &self.tried[self.chosen]
    }

    /// `weights.csv`: `skill_id, prior, weight` and the postings of each side that have the skill,
    /// sorted by id. Skills that no posting has are left out: they keep their priors.
    #[must_use]
    pub fn weights_table(&self, lexicon: &Lexicon, examples: &[Example]) -> String {
        let mut postings = vec![[0_usize; 2]; self.weights.len()];
        for (example, side) in examples.iter().filter_map(|example| Some((example, example.side()?))) {
            for (skill, _) in &example.features {
                postings[skill.index()][side.index()] += 1;
            }
        }
        let mut found: Vec<usize> = (0..self.weights.len()).filter(|at| postings[*at] != [0, 0]).collect();
        found.sort_by(|a, b| lexicon.skills()[*a].id.cmp(&lexicon.skills()[*b].id));
        let [left, right] = Side::BOTH.map(|side| format!("{}_postings", lexicon.role(side).side_id));
        let mut table = CsvText::new(["skill_id", "prior", "weight", &left, &right]);
        for at in found {
            let [left, right] = postings[at].map(|count| count.to_string());
            let [prior, weight] =
                [self.priors[at], self.weights[at]].map(|number| LogOdds::rounded(number).to_string());
            table.row([&lexicon.skills()[at].id, &prior, &weight, &left, &right]);
        }
        table.finish()
    }
}
