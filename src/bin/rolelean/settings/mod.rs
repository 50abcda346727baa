//! Settings: what stands for options that the command line does not give. From the weakest to the strongest:
//! the user's own file, a file beside the inputs, the environment.
//!
//! They become the defaults of clap's arguments, so that they are read and checked as options are, and what the
//! command line says goes before them.

mod environment;
mod file;

use std::ffi::OsStr;
use std::fmt;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use crate::terminal::plain_line;

/// An option that can be set.
#[derive(Debug, PartialEq, Eq)]
struct Setting {
    /// Its long name, without the dashes.
    name: &'static str,
    kind: Kind,
    /// Whether a file beside the inputs may set it, which somebody else may have written: nothing that reads other
    /// files, writes to other places, takes off a limit, or leaves cells as formulas.
    beside_inputs: bool,
}

/// What the value of a setting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Flag,
    One,
    List,
}

const SETTINGS: [Setting; 21] = [
    anywhere("id-column", Kind::One),
    anywhere("title-column", Kind::One),
    anywhere("text-column", Kind::List),
    anywhere("keep", Kind::List),
    anywhere("include", Kind::List),
    anywhere("exclude", Kind::List),
    anywhere("html", Kind::Flag),
    anywhere("jsonl", Kind::Flag),
    anywhere("xlsx", Kind::Flag),
    anywhere("bom", Kind::Flag),
    anywhere("excel", Kind::Flag),
    anywhere("dedupe", Kind::Flag),
    trusted("lexicon", Kind::One),
    trusted("extend", Kind::List),
    trusted("out", Kind::One),
    trusted("threads", Kind::One),
    trusted("raw-cells", Kind::Flag),
    trusted("max-document-bytes", Kind::One),
    trusted("max-expanded-bytes", Kind::One),
    trusted("max-depth", Kind::One),
    trusted("max-pages", Kind::One),
];

const fn anywhere(name: &'static str, kind: Kind) -> Setting {
    Setting { name, kind, beside_inputs: true }
}

const fn trusted(name: &'static str, kind: Kind) -> Setting {
    Setting { name, kind, beside_inputs: false }
}

/// The commands that take settings, each as far as it has such options.
const COMMANDS: [&str; 3] = ["classify", "explain", "evaluate"];

/// Where a value was set.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    File(PathBuf, usize),
    Variable(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, line) => write!(f, "{}, line {line}", plain_line(&path.display().to_string())),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

/// A value as it was set.
#[derive(Debug, PartialEq, Eq)]
struct Value {
    setting: &'static Setting,
    words: Vec<String>,
    origin: Origin,
}

/// The settings of a command.
pub struct Settings {
    command: &'static str,
    /// Of each setting the strongest.
    values: Vec<Value>,
    /// The file beside the inputs, if it sets anything.
    beside: Option<PathBuf>,
}

impl Settings {
    /// Finds the settings of the command that `matches` are of; none if it takes none, or is to go without.
    ///
    /// # Errors
    /// When a file cannot be read, or sets what there is not.
    pub fn find(matches: &ArgMatches) -> anyhow::Result<Option<Self>> {
        let Some((name, matches)) = matches.subcommand() else { return Ok(None) };
        let Some(command) = COMMANDS.into_iter().find(|command| *command == name) else { return Ok(None) };
        if matches.get_flag("no_settings") {
            return Ok(None);
        }
        let mut values = Vec::new();
        if let Some(path) = file::of_user().filter(|path| path.is_file()) {
            values.extend(file::read(&path, true)?);
        }
        let beside = file::beside(&paths(matches))?;
        let beside = beside.map(|path| file::read(&path, false).map(|read| (path, read))).transpose()?;
        let beside = beside.filter(|(_, read)| !read.is_empty());
        let (beside, read) = beside.map_or((None, Vec::new()), |(path, read)| (Some(path), read));
        values.extend(read);
        values.extend(environment::read(|name| std::env::var(name).ok()));
        Ok(Some(Self { command, values: strongest(values), beside }))
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The program with these values as the defaults of its arguments.
    ///
    /// # Errors
    /// When one of them cannot be.
    pub fn put_into(&self, program: Command) -> anyhow::Result<Command> {
        self.check(&program)?;
        Ok(program.mut_subcommand(self.command, |mut command| {
            for value in &self.values {
                let Some(id) = argument(&command, value.setting.name).map(|argument| argument.get_id().clone()) else {
                    continue;
                };
                let words = value.words.clone();
                command = command.mut_arg(id, |argument| argument.default_values(words));
            }
            command
        }))
    }

    /// What is said of a file beside the inputs, which may not be the user's own.
    pub fn note(&self) -> Option<String> {
        let beside = self.beside.as_ref()?;
        let of_it = |value: &&Value| matches!(&value.origin, Origin::File(path, _) if path == beside);
        let names: Vec<&str> = self.values.iter().filter(of_it).map(|value| value.setting.name).collect();
        let path = plain_line(&beside.display().to_string()).into_owned();
        (!names.is_empty()).then(|| format!("{path} sets {}; --no-settings goes without it\n", names.join(", ")))
    }

    /// Each setting with its value and where that comes from, as a settings file. `matches` are those of the program
    /// with these settings in it.
    pub fn show(&self, program: &Command, matches: &ArgMatches) -> String {
        let mut page = String::new();
        let (Some(command), Some((_, matches))) = (program.find_subcommand(self.command), matches.subcommand()) else {
            return page;
        };
        for setting in &SETTINGS {
            let Some(argument) = argument(command, setting.name) else { continue };
            let words = matches.get_raw(argument.get_id().as_str()).into_iter().flatten();
            let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
            let origin = self.origin(setting, matches.value_source(argument.get_id().as_str()));
            let _ = match words.is_empty() {
                true => writeln!(page, "# {} is not set", setting.name),
                false => writeln!(page, "{} = {}  # {origin}", setting.name, in_toml(setting.kind, &words)),
            };
        }
        page
    }

    fn origin(&self, setting: &Setting, source: Option<ValueSource>) -> String {
        let set = self.values.iter().find(|value| value.setting == setting);
        match (source, set) {
            (Some(ValueSource::CommandLine), _) => "command line".to_owned(),
            (_, Some(value)) => value.origin.to_string(),
            (_, None) => "default".to_owned(),
        }
    }

    /// Whether clap takes the values. It is asked one at a time, so that a message can say which is meant.
    fn check(&self, program: &Command) -> anyhow::Result<()> {
        for value in &self.values {
            let command = program.find_subcommand(self.command);
            if command.and_then(|command| argument(command, value.setting.name)).is_none() {
                continue;
            }
            let words = value
                .words
                .iter()
                .filter(|_| value.setting.kind != Kind::Flag)
                .map(|word| format!("--{}={word}", value.setting.name));
            let line = ["rolelean", self.command].map(str::to_owned).into_iter().chain(words).chain(["x".to_owned()]);
            if let Err(error) = program.clone().try_get_matches_from(line) {
                let message = error.to_string();
                let first = message.lines().next().unwrap_or_default();
                bail!("{}: {}", value.origin, first.strip_prefix("error: ").unwrap_or(first));
            }
        }
        Ok(())
    }
}

/// The paths that a command was given.
fn paths(matches: &ArgMatches) -> Vec<PathBuf> {
    let given = ["paths", "path"].into_iter().filter_map(|id| matches.try_get_many::<PathBuf>(id).ok().flatten());
    given.flatten().filter(|path| path.as_os_str() != OsStr::new("-")).cloned().collect()
}

/// Of each setting the last value.
fn strongest(values: Vec<Value>) -> Vec<Value> {
    let mut strongest: Vec<Value> = Vec::new();
    for value in values {
        strongest.retain(|weaker| weaker.setting != value.setting);
        strongest.push(value);
    }
    strongest
}

/// The argument of a command that has this long name.
fn argument<'c>(command: &'c Command, name: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|argument| argument.get_long() == Some(name))
}

/// Values as they stand in a file.
fn in_toml(kind: Kind, words: &[String]) -> String {
    let text = |word: &String| toml::Value::String(word.clone()).to_string();
    match kind {
        Kind::List => format!("[{}]", words.iter().map(text).collect::<Vec<_>>().join(", ")),
        Kind::Flag => words[0].clone(),
        Kind::One if words[0].parse::<u64>().is_ok() => words[0].clone(),
        Kind::One => text(&words[0]),
    }
}
