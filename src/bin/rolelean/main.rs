//! The command line of rolelean.

mod args;
mod cli;
mod command;
mod exit;
mod findings;
mod interrupt;
mod lexicon_args;
mod mistake;
mod notices;
mod number;
mod outcome;
mod progress;
mod refusal;
mod size;
mod summary;
mod terminal;
mod wrap;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use cli::{Args, Command};
use outcome::Outcome;

fn main() -> ExitCode {
    refusal::as_errors();
    let args = Args::try_parse().unwrap_or_else(|error| {
        let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into()).collect();
        mistake::explained(error, Args::command(), &arguments).exit()
    });
    terminal::choose_colour(args.color);
    exit::code(exit::guarded(|| run(&args)))
}

fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.command {
        Command::Classify(given) => command::classify::run(given, &args.output),
        Command::Explain(given) => command::explain::run(given),
        Command::Evaluate(given) => command::evaluate::run(given, &args.output),
        Command::Merge(given) => command::merge::run(given, &args.output),
        Command::Lexicon(given) => command::lexicon::run(given, &args.output),
        #[cfg(feature = "pdf")]
        Command::ReadPdf { pages } => command::read_pdf::run(*pages),
        #[cfg(feature = "workbooks")]
        Command::ReadWorkbook { path } => command::read_workbook::run(path),
        Command::Completions { shell } => command::generate::completions(*shell),
        Command::Man { out } => command::generate::man(out.as_deref()),
    }
}
