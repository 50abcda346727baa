//! One file a command; each turns arguments into calls of the library.

pub mod classify;
pub mod evaluate;
pub mod explain;
pub mod fit;
pub mod generate;
pub mod lexicon;
#[cfg(feature = "pdf")]
pub mod read_pdf;

use std::path::{Path, PathBuf};

use rolelean::lexicon::Lexicon;
use rolelean::posting::ReadOptions;

use crate::args::{Columns, LexiconChoice};
use crate::terminal;

/// The lexicon that was chosen; every finding about it is printed.
fn load(choice: &LexiconChoice) -> anyhow::Result<Lexicon> {
    let Some(folder) = &choice.lexicon else { return Ok(Lexicon::builtin()) };
    Lexicon::from_folder(folder).map_err(|error| {
        for finding in &error.errors {
            lexicon::print_finding(Some(folder), finding);
        }
        let count = error.errors.len();
        anyhow::anyhow!("the lexicon in {} has {count} error{}", folder.display(), if count == 1 { "" } else { "s" })
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
        // A PDF that brings the parser down then costs a child process and not the run.
        pdf_program: std::env::current_exe().ok(),
        ..ReadOptions::default()
    }
}

/// A path as people type it.
fn shown(path: &Path) -> String {
    terminal::plain(&path.display().to_string()).into_owned()
}
