//! Where lexicons come from: the one inside the program, a folder, files at hand.

use std::path::Path;

use super::diagnostic::LexiconError;
use super::files::Files;
use super::validate::validate;
use super::{Lexicon, builtin, compiled};

impl Lexicon {
    /// The lexicon inside the binary.
    ///
    /// # Panics
    /// Never in a released build: the test suite loads it.
    #[must_use]
    pub fn builtin() -> Self {
        let files = Files::embedded(builtin::FILES);
        if let Some(lexicon) = compiled::load(&files) {
            return Self { files, ..lexicon };
        }
        match validate("built in", &files) {
            Ok(lexicon) => lexicon,
            Err(error) => panic!("{error}"),
        }
    }

    /// Reads and checks the lexicon in `folder`.
    ///
    /// ```
    /// use rolelean::Lexicon;
    ///
    /// // Whatever is wrong is reported with its place: file, line, column, what was expected.
    /// match Lexicon::from_folder("my-lexicon".as_ref()) {
    ///     Ok(lexicon) => println!("{} skills", lexicon.skills().len()),
    ///     Err(error) => error.errors.iter().for_each(|finding| println!("{finding}")),
    /// }
    /// ```
    ///
    /// # Errors
    /// Every finding that keeps it from being used, not only the first.
    pub fn from_folder(folder: &Path) -> Result<Self, LexiconError> {
        let name = folder.display().to_string();
        let files =
            Files::read(folder).map_err(|finding| LexiconError { name: name.clone(), errors: vec![*finding] })?;
        validate(&name, &files)
    }

    /// Checks the lexicon made of these files, each a path in its folder and a text.
    ///
    /// # Errors
    /// Every finding that keeps it from being used, not only the first.
    pub fn from_files(name: &str, files: impl IntoIterator<Item = (String, String)>) -> Result<Self, LexiconError> {
        validate(name, &Files::given(files))
    }

    /// The text of one of the files inside the binary, by its path in the folder.
    #[must_use]
    pub fn builtin_file(path: &str) -> Option<&'static str> {
        builtin::FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
    }
}
