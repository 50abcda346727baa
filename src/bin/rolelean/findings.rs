//! Findings about lexicon files, shown with the lines they are about.

use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use rolelean::lexicon::{Diagnostic, Lexicon, Severity};

use crate::args::LexiconChoice;
use crate::terminal::note;

/// Prints a finding with the lines it is about, when the file can be shown.
pub fn print_finding(choice: &LexiconChoice, finding: &Diagnostic) {
    let path = path_of(choice, &finding.file);
    let text = match &path {
        Some(path) => rolelean::file::read_to_string(path).ok(),
        None => Lexicon::builtin_file(&finding.file).map(str::to_owned),
    };
    let (Some(text), Some(span)) = (text, finding.span) else {
        note(&format!("{finding}\n"));
        return;
    };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let path = path.map_or_else(|| finding.file.clone(), |path| path.display().to_string());
    let snippet = Snippet::source(&text).path(&path).annotation(AnnotationKind::Primary.span(span.start..span.end));
    let mut group = Group::with_title(level.primary_title(&finding.message).id(finding.code.name())).element(snippet);
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help));
    }
    note(&format!("{}\n\n", Renderer::styled().render(&[group])));
}

/// Where the file of a finding is; `None` for one inside the program.
fn path_of(choice: &LexiconChoice, file: &str) -> Option<PathBuf> {
    let extension = choice.extend.iter().find(|path| path.display().to_string() == file);
    extension.cloned().or_else(|| choice.lexicon.as_ref().map(|folder| folder.join(file)))
}
