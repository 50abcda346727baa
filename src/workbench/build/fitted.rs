//! A built lexicon fitted to labelled postings.

use std::fmt::Write as _;

use super::error::BuildError;
use super::from_descriptions::Built;
use crate::lexicon::Lexicon;
use crate::workbench::fit::{
    CrossValidation, Example, PRIOR_STD_DEVS, Slopes, calibrate, cross_validate, fit, one_standard_error, priors,
    weights_table,
};

/// Parts of the cross-validation.
const FOLDS: usize = 10;

impl Built {
    /// Fits the weights to labelled postings, which were classified with [`Built::lexicon`],
    /// and gives the cross-validation that chose how far they may move from the priors;
    /// `None` where there is no posting of either role.
    ///
    /// # Errors
    /// When the lexicon cannot be read any more, which would be a flaw of this crate.
    pub fn fit(&mut self, examples: &[Example]) -> Result<Option<CrossValidation>, BuildError> {
        let priors = priors(&self.lexicon);
        let tried = PRIOR_STD_DEVS.map(|prior_std_dev| cross_validate(&priors, examples, prior_std_dev, FOLDS));
        let Some(chosen) = one_standard_error(tried.into()) else { return Ok(None) };
        if chosen.of_roles().next().is_none() {
            return Ok(None);
        }
        let slopes = calibrate(self.lexicon.scoring(), &chosen);
        let weights = fit(&priors, examples, chosen.prior_std_dev);
        let table = weights_table(&self.lexicon, &priors, &weights, examples);
        self.files.insert("weights.csv".to_owned(), table);
        if let Some(manifest) = self.files.get_mut("lexicon.toml") {
            *manifest = recalibrated(manifest, &slopes);
        }
        self.lexicon = Lexicon::from_files(self.lexicon.name(), self.files.clone())?;
        Ok(Some(chosen))
    }
}

/// A manifest with other slopes.
fn recalibrated(manifest: &str, slopes: &Slopes) -> String {
    let mut file = String::with_capacity(manifest.len());
    for line in manifest.lines() {
        let _ = match line.split_once(" = ") {
            Some(("calibration_slope", _)) => writeln!(file, "calibration_slope = {:.3}", slopes.score),
            Some(("calibration_tilt", _)) => writeln!(file, "calibration_tilt = {:.3}", slopes.tilt),
            _ => writeln!(file, "{line}"),
        };
    }
    file
}
