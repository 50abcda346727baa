//! `rolelean lexicon`: a file for each thing it does with a lexicon.

mod background;
mod build;
mod diff;
mod examples;
mod folder;
mod make;
mod show;
mod stats;
mod trace;

use std::fmt::Write as _;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use rolelean::file;
use rolelean::lexicon::{Diagnostic, Lexicon, Severity};

use super::load;
use crate::args::{LexiconChoice, Output};
use crate::exit::Outcome;
use crate::lexicon_args::LexiconCommand;
use crate::terminal::{GOOD, note, output_width, print, styled};
use crate::wrap::wrap;

pub fn run(command: &LexiconCommand, output: &Output) -> anyhow::Result<Outcome> {
    match command {
        LexiconCommand::Check(choice) => check_files(choice, output),
        LexiconCommand::Show { what, lexicon } => {
            print(&wrap(&show::page(&load(lexicon)?, what.as_deref())?, output_width()))
        }
        LexiconCommand::Trace { form, lexicon } => {
            print(&wrap(&trace::page(&load(lexicon)?, &form.join(" "))?, output_width()))
        }
        LexiconCommand::Test { what, lexicon } => examples::run(what.as_deref(), lexicon, output),
        LexiconCommand::Stats(given) => stats::run(given, output),
        LexiconCommand::Init { out } => make::init(out, output),
        LexiconCommand::Import(given) => make::from_table(given, output),
        LexiconCommand::Diff(given) => diff::run(given),
        LexiconCommand::Export(given) => make::export(given),
        LexiconCommand::Schema { out } => make::schema(out, output),
        LexiconCommand::Build(given) => build::run(given, output),
        LexiconCommand::Background(given) => background::run(given),
        LexiconCommand::Fit(given) => super::fit::run(given, output),
    }
}

fn check_files(choice: &LexiconChoice, output: &Output) -> anyhow::Result<Outcome> {
    let Ok(lexicon) = load(choice).inspect_err(crate::terminal::error) else { return Ok(Outcome::Incomplete) };
    for finding in lexicon.warnings() {
        print_finding(choice, finding);
    }
    if output.quiet {
        return Ok(Outcome::Complete);
    }
    let forms: usize = lexicon.skills().iter().map(|skill| skill.forms.len()).sum();
    let mut page = String::new();
    writeln!(
        page,
        "{} {}: {} skills, {forms} forms, {} categories; every source exists and every role statement is covered",
        styled(GOOD, "ok"),
        lexicon.name(),
        lexicon.skills().len(),
        lexicon.categories().len(),
    )?;
    print(&wrap(&page, output_width()))
}

/// Prints a finding with the lines it is about, when the file can be shown.
pub fn print_finding(choice: &LexiconChoice, finding: &Diagnostic) {
    let path = path_of(choice, &finding.file);
    let text = match &path {
        Some(path) => file::read_to_string(path).ok(),
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
