//! A built lexicon fitted to labelled postings.

use super::error::BuildError;
use super::from_descriptions::Built;
use crate::lexicon::Lexicon;
use crate::workbench::fit::{Choices, Example, Fitted};

/// Parts of the cross-validation.
const FOLDS: usize = 10;

impl Built {
    /// Fits the weights to labelled postings, which were classified with [`Built::lexicon`];
    /// `None` where there is no posting of either role.
    ///
    /// # Errors
    /// When the lexicon cannot be read any more, which would be a flaw of this crate.
    pub fn fit(&mut self, examples: &[Example]) -> Result<Option<Fitted>, BuildError> {
        let choices = Choices { folds: FOLDS, ..Choices::default() };
        let Some(fitted) = Fitted::new(&self.lexicon, examples, choices) else { return Ok(None) };
        let table = fitted.weights_table(&self.lexicon, examples);
        self.files.insert("weights.csv".to_owned(), table);
        if let Some(manifest) = self.files.get_mut("lexicon.toml") {
            *manifest = fitted.manifest(manifest);
        }
        self.lexicon = Lexicon::from_files(self.lexicon.name(), self.files.clone())?;
        Ok(Some(fitted))
    }
}
