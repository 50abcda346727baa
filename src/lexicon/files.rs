//! The files of a lexicon, from a folder or from inside the binary.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};
use toml::Spanned;

use super::diagnostic::{Code, Diagnostic};
use crate::file;
use crate::text::nearest;

/// A file under check: findings about it know its name and text.
#[derive(Clone, Copy)]
pub(crate) struct File<'f> {
    pub name: &'f str,
    pub text: &'f str,
}

impl File<'_> {
    pub(crate) fn error(self, code: Code, span: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(code, self.name, message).at(span, self.text)
    }

    /// A form or phrase that could never be found.
    pub(crate) fn nothing_to_match(self, what: &str, span: Range<usize>, text: &str) -> Diagnostic {
        self.error(Code::Empty, span, format!("the {what} {text:?} holds no letter or digit"))
            .help("take it out, or write what was meant")
    }

    /// A word that is none of those known.
    pub(crate) fn unknown(self, code: Code, what: &str, word: &Spanned<String>, known: &[&str]) -> Diagnostic {
        let message = format!("no {what} is called {:?}; expected one of: {}", word.get_ref(), known.join(", "));
        self.error(code, word.span(), message).did_you_mean(nearest(word.get_ref(), known.iter().copied()), "")
    }
}

/// The texts of a lexicon's files by their path in the folder, `/` between parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    files: Vec<(String, Cow<'static, str>)>,
}

impl Files {
    pub(crate) fn embedded(files: &'static [(&'static str, &'static str)]) -> Self {
        Self { files: files.iter().map(|(path, text)| ((*path).to_owned(), Cow::Borrowed(*text))).collect() }
    }

    pub(crate) fn given(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut files: Vec<_> = files.into_iter().map(|(path, text)| (path, Cow::Owned(text))).collect();
        files.sort();
        Self { files }
    }

    /// Reads every `.toml`, `.md` and `.csv` file of `folder` and its subfolders.
    pub(crate) fn read(folder: &Path) -> Result<Self, Box<Diagnostic>> {
        let mut files = Vec::new();
        read_folder(folder, "", &mut files)?;
        files.sort();
        Ok(Self { files })
    }

    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|(name, _)| name == path).map(|(_, text)| text.as_ref())
    }

    /// Adds a file from outside the folder.
    pub(crate) fn add(&mut self, path: &str, text: &str) {
        self.files.push((path.to_owned(), Cow::Owned(text.to_owned())));
    }

    /// The files of `folder`, in the order of their names.
    pub(crate) fn under<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
            .map(|(path, text)| (path.as_str(), text.as_ref()))
    }

    /// SHA-256 of all names and texts, in hexadecimal.
    pub(crate) fn sha256(&self) -> String {
        let parts = self.all().flat_map(|(path, text)| [path.as_bytes(), &[0], text.as_bytes(), &[0]]);
        sha256(parts)
    }

    /// Every file, in the order of their names.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_ref()))
    }
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    files: &mut Vec<(String, Cow<'static, str>)>,
) -> Result<(), Box<Diagnostic>> {
    let unreadable = |path: &str, error: std::io::Error| {
        let finding = Diagnostic::error(Code::MissingFile, path, format!("cannot read it: {error}"));
        Box::new(finding.help("give --lexicon a folder that holds lexicon.toml"))
    };
    let shown = if prefix.is_empty() { folder.display().to_string() } else { prefix.to_owned() };
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(&shown, error))? {
        let entry = entry.map_err(|error| unreadable(&shown, error))?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), files)?;
        } else if matches!(path.extension().and_then(|end| end.to_str()), Some("toml" | "md" | "csv")) {
            let text = file::read_to_string(&path).map_err(|error| unreadable(&name, error))?;
            files.push((name, Cow::Owned(text)));
        }
    }
    Ok(())
}

/// SHA-256 of the parts one after another, in hexadecimal.
pub(crate) fn sha256<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> String {
    let digest = parts.into_iter().fold(Sha256::new(), Sha256::chain_update);
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
