//! One file a command; each turns arguments into calls of the library.

pub mod classify;
pub mod compare;
pub mod evaluate;
pub mod explain;
pub mod gap;
pub mod generate;
pub mod lexicon;
#[cfg(any(feature = "pdf", feature = "workbooks"))]
mod limits;
pub mod merge;
#[cfg(feature = "pdf")]
pub mod read_pdf;
#[cfg(feature = "workbooks")]
pub mod read_workbook;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::Context as _;
use rolelean::file;
use rolelean::input::{ReadOptions, ReaderProgram};
use rolelean::lexicon::{Lexicon, LexiconError};

use crate::args::{Columns, LexiconChoice};
use crate::findings::print_finding;
use crate::terminal;

/// What runs this program once more, to read what might bring its reader down: a property of the process, set
/// before the first command.
pub static PROGRAM: OnceLock<ReaderProgram> = OnceLock::new();

/// The lexicon that was chosen, with what goes on top; every finding about it is printed.
fn load(choice: &LexiconChoice) -> anyhow::Result<Lexicon> {
    let told = |error: &LexiconError, what: String| {
        for finding in &error.errors {
            print_finding(choice, finding);
        }
        let count = error.errors.len();
        anyhow::anyhow!("{what} has {count} error{}", if count == 1 { "" } else { "s" })
    };
    let base = match &choice.lexicon {
        Some(file) if file.is_file() => {
            let folder = file.parent().filter(|folder| folder.join("lexicon.toml").is_file()).map(shown_folder);
            let meant = folder.map(|folder| format!(": did you mean `{folder}`?")).unwrap_or_default();
            anyhow::bail!("--lexicon takes a folder, and `{}` is a file{meant}", shown(file));
        }
        Some(folder) => Lexicon::from_folder(folder)
            .map_err(|error| told(&error, format!("the lexicon in {}", folder.display())))?,
        None => Lexicon::builtin(),
    };
    choice.extend.iter().try_fold(base, |lexicon, path| {
        let text = file::read_to_string(path).with_context(|| format!("cannot read {}", shown(path)))?;
        let name = path.display().to_string();
        lexicon.extended(&name, &text).map_err(|error| told(&error, format!("the extension {name}")))
    })
}

fn read_options(columns: &Columns, exclude: &[PathBuf]) -> ReadOptions {
    ReadOptions {
        id_column: columns.id_column.clone(),
        title_column: columns.title_column.clone(),
        text_columns: columns.text_columns.clone(),
        exclude: exclude.to_vec(),
        include_globs: columns.inputs.include.clone(),
        exclude_globs: columns.inputs.exclude.clone(),
        max_document_bytes: columns.inputs.max_document_bytes,
        max_expanded_bytes: columns.inputs.max_expanded_bytes,
        max_depth: columns.inputs.max_depth,
        max_pages: columns.inputs.max_pages,
        // A PDF or workbook that brings its parser down then costs a child process and not the run.
        reader_program: PROGRAM.get().cloned(),
        ..ReadOptions::default()
    }
}

/// A folder as people type it; that of a bare file name is the current one.
fn shown_folder(path: &Path) -> String {
    if path.as_os_str().is_empty() { ".".to_owned() } else { shown(path) }
}

/// A path as people type it.
fn shown(path: &Path) -> String {
    terminal::plain(&path.display().to_string()).into_owned()
}
