//! What is said of a command line that cannot be understood: the message of clap, with what was probably meant.

use std::path::Path;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};
use rolelean::text::nearest;

/// Options that people look for under another name, and what they are told.
const OPTIONS: [(&str, &str); 9] = [
    ("output", "the folder of the report is given with '--out <DIR>'"),
    ("output-dir", "the folder of the report is given with '--out <DIR>'"),
    ("output-file", "'--stdout' writes the postings table to standard output, for '> FILE'"),
    ("format", "a report always holds tables in CSV; '--jsonl', '--html' and '--xlsx' add other formats"),
    ("csv", "a report always holds tables in CSV; '--stdout' writes the postings table to standard output"),
    ("json", "'--jsonl' adds one JSON object for each posting"),
    ("excel", "'--xlsx' adds a workbook"),
    ("recursive", "folders are read with all folders in them, without an option"),
    ("columns", "'--text-column', '--title-column' and '--id-column' name columns; '--keep' carries more through"),
];

/// Commands that people look for under another name, with the command they stand under.
const COMMANDS: [(&str, &str, &str); 6] = [
    ("lexicon", "list", "show"),
    ("lexicon", "new", "init"),
    ("lexicon", "validate", "check"),
    ("lexicon", "find", "trace"),
    ("rolelean", "run", "classify"),
    ("rolelean", "join", "merge"),
];

/// The error of a command line, with tips of our own where clap's lead astray. `arguments` are those of the
/// command line, the program's name first.
pub fn explained(mut error: Error, mut program: Command, arguments: &[String]) -> Error {
    program.build();
    let command = command_of(&program, arguments);
    match error.kind() {
        ErrorKind::UnknownArgument => unknown_option(&mut error, &program, &command),
        ErrorKind::InvalidSubcommand => unknown_command(&mut error, &command, &arguments[1..]),
        ErrorKind::MissingRequiredArgument if reads_standard_input(&command, &error) => {
            tip(&mut error, "give files or folders, or '-' to read standard input".to_owned());
        }
        _ => {}
    }
    error
}

/// The command that was meant: as many names of commands as the arguments begin with.
fn command_of(program: &Command, arguments: &[String]) -> Command {
    let mut command = program;
    for argument in arguments.iter().skip(1) {
        match command.find_subcommand(argument) {
            Some(found) => command = found,
            None => break,
        }
    }
    command.clone()
}

fn unknown_option(error: &mut Error, program: &Command, command: &Command) {
    let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidArg).cloned() else { return };
    let Some(name) = given.strip_prefix("--").map(|name| name.split('=').next().unwrap_or(name)) else { return };
    let own = options(command);
    let known = own.iter().map(String::as_str).chain(OPTIONS.map(|(name, _)| name));
    let near = nearest(name, known);
    let exact = advice(name);
    let elsewhere = || owner(program, name).map(|owner| misplaced(name, command, &owner));
    error.remove(ContextKind::SuggestedArg);
    if let Some(near) = near.filter(|near| own.iter().any(|option| option == near)) {
        error.insert(ContextKind::SuggestedArg, ContextValue::String(format!("--{near}")));
        error.remove(ContextKind::Suggested);
    } else if let Some(advice) = exact.or_else(elsewhere).or_else(|| near.and_then(advice)) {
        tip(error, advice);
    } else if !Path::new(&given).exists() {
        error.remove(ContextKind::Suggested);
    }
    let usage = command.clone().render_usage();
    error.insert(ContextKind::Usage, ContextValue::StyledStr(usage));
}

fn advice(name: &str) -> Option<String> {
    OPTIONS.iter().find(|(known, _)| *known == name).map(|(_, advice)| (*advice).to_owned())
}

/// The long names of the options of a command.
fn options(command: &Command) -> Vec<String> {
    let shown = command.get_arguments().filter(|argument| !argument.is_hide_set());
    shown.filter_map(|argument| argument.get_long().map(str::to_owned)).collect()
}

/// The first command that has an option of this name.
fn owner(program: &Command, name: &str) -> Option<String> {
    let mut commands = program.get_subcommands().filter(|command| !command.is_hide_set());
    let found = commands.find(|command| options(command).iter().any(|option| option == name));
    found.map(|command| command.get_name().to_owned())
}

fn misplaced(name: &str, command: &Command, owner: &str) -> String {
    if command.get_name() == "rolelean" {
        format!("options of a command stand behind it: 'rolelean {owner} --{name} ...'")
    } else {
        format!("'--{name}' is an option of 'rolelean {owner}'")
    }
}

fn unknown_command(error: &mut Error, command: &Command, arguments: &[String]) {
    let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidSubcommand).cloned() else { return };
    error.remove(ContextKind::SuggestedSubcommand);
    let named = |(under, name, meant): &(&'static str, &'static str, &'static str)| {
        (*under == command.get_name() && *name == given).then_some(*meant)
    };
    let shown = || command.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name);
    if let Some(meant) = COMMANDS.iter().find_map(named).or_else(|| nearest(&given, shown())) {
        let meant = ContextValue::Strings(vec![meant.to_owned()]);
        error.insert(ContextKind::SuggestedSubcommand, meant);
    } else if Path::new(&given).exists() {
        tip(error, format!("to classify it: 'rolelean classify {}'", arguments.join(" ")));
    }
}

/// Whether what is missing are paths, one of which may be standard input.
fn reads_standard_input(command: &Command, error: &Error) -> bool {
    let is_missing = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(missing)) => missing.iter().any(|argument| argument.starts_with("<PATH>")),
        _ => false,
    };
    is_missing && ["classify", "explain"].contains(&command.get_name())
}

/// Puts a tip in the place of those that there are.
fn tip(error: &mut Error, text: String) {
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(text)]));
}
