//! A built lexicon fitted to labelled postings.

use std::fmt::Write as _;

use super::error::BuildError;
use super::from_descriptions::Built;
use crate::lexicon::Lexicon;
use crate::workbench::fit::{Example, Fitted, PRIOR_STD_DEVS, Slopes};

/// Parts of the cross-validation.
const FOLDS: usize = 10;

impl Built {
    /// Fits the weights to labelled postings, which were classified with [`Built::lexicon`];
    /// `None` where there is no posting of either role.
    ///
    /// # Errors
    /// When the lexicon cannot be read any more, which would be a flaw of this crate.
    pub fn fit(&mut self, examples: &[Example]) -> Result<Option<Fitted>, BuildError> {
        let Some(fitted) = Fitted::new(&self.lexicon, examples, &PRIOR_STD_DEVS, FOLDS) else { return Ok(None) };
        let table = fitted.weights_table(&self.lexicon, examples);
        self.files.insert("weights.csv".to_owned(), table);
        if let Some(manifest) = self.files.get_mut("lexicon.toml") {
            *manifest = recalibrated(manifest, &fitted.slopes);
        }
        self.lexicon = Lexicon::from_files(self.lexicon.name(), self.files.clone())?;
        Ok(Some(fitted))
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
