//! The command line of rolelean.
//!
//! The wheel for Python has it, too: `python/program` is this file as a library.

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
mod settings;
mod size;
mod summary;
mod terminal;
mod wrap;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ArgMatches, Command, CommandFactory as _, FromArgMatches as _};
use mimalloc::MiMalloc;

use rolelean::input::ReaderProgram;

use cli::Args;
use outcome::Outcome;
use settings::Settings;

/// Gives out memory: see Cargo.toml.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The program: as the system calls it.
pub fn main() -> ExitCode {
    run_program(&std::env::args_os().collect::<Vec<_>>(), std::env::current_exe().ok().map(Into::into)).into()
}

/// The program with these arguments, its name first; the exit code. The process is its own from here on: it takes
/// signals, and ends at once where the arguments cannot be understood. It is called once.
///
/// `reader` is what calls it anew, to read a PDF or a workbook where that can do no harm.
pub fn run_program(arguments: &[OsString], reader: Option<ReaderProgram>) -> u8 {
    if let Some(reader) = reader {
        command::PROGRAM.get_or_init(|| reader);
    }
    refusal::as_errors();
    let matches = parsed(Args::command(), arguments);
    terminal::choose_colour(args_of(&matches).color);
    exit::code(exit::guarded(|| run_with_settings(&matches, arguments)))
}

/// What the command line says to a program; one that says nothing to it ends it.
fn parsed(mut program: Command, arguments: &[OsString]) -> ArgMatches {
    program.try_get_matches_from_mut(arguments).unwrap_or_else(|error| {
        let arguments: Vec<String> = arguments.iter().map(|argument| argument.to_string_lossy().into()).collect();
        mistake::explained(error, program, &arguments).exit()
    })
}

fn args_of(matches: &ArgMatches) -> Args {
    Args::from_arg_matches(matches).unwrap_or_else(|error| error.exit())
}

/// Parses once more where anything is set, with what settings say in the place of what the command line does not.
fn run_with_settings(matches: &ArgMatches, arguments: &[OsString]) -> anyhow::Result<Outcome> {
    let args = args_of(matches);
    let is_shown = matches!(&args.command, cli::Command::Classify(given) if given.show_settings);
    let settings = Settings::find(matches)?.filter(|settings| is_shown || !settings.is_empty());
    let Some(settings) = settings else { return run(&args) };
    let program = settings.put_into(Args::command())?;
    let matches = parsed(program.clone(), arguments);
    let args = args_of(&matches);
    match &args.command {
        cli::Command::Classify(given) if given.show_settings => terminal::print(&settings.show(&program, &matches)),
        _ => {
            if let Some(note) = settings.note().filter(|_| !args.output.quiet) {
                terminal::note(&note);
            }
            run(&args)
        }
    }
}

fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.command {
        cli::Command::Classify(given) => command::classify::run(given, &args.output),
        cli::Command::Explain(given) => command::explain::run(given),
        cli::Command::Evaluate(given) => command::evaluate::run(given, &args.output),
        cli::Command::Compare(given) => command::compare::run(given, &args.output),
        cli::Command::Gap(given) => command::gap::run(given, &args.output),
        cli::Command::Merge(given) => command::merge::run(given, &args.output),
        cli::Command::Lexicon(given) => command::lexicon::run(given, &args.output),
        #[cfg(feature = "pdf")]
        cli::Command::ReadPdf { pages } => command::read_pdf::run(*pages),
        #[cfg(feature = "workbooks")]
        cli::Command::ReadWorkbook { path } => command::read_workbook::run(path),
        cli::Command::Completions { shell } => command::generate::completions(*shell),
        cli::Command::Man { out } => command::generate::man(out.as_deref()),
    }
}
