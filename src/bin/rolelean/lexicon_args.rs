//! The arguments of `rolelean lexicon`, as typed; their doc comments are the help text.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use crate::args::{Columns, InputChoice, LexiconChoice};
use crate::number;

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Check every file of the lexicon; exit code 1 when something is wrong
    Check(LexiconChoice),
    /// Show the lexicon as a whole, or one category or skill
    Show {
        /// A category or the id or name of a skill
        what: Option<String>,
        #[command(flatten)]
        lexicon: LexiconChoice,
    },
    /// Show which skill a form belongs to, under which rules, and what it rests on
    Trace {
        /// The form, as a posting writes it
        #[arg(required = true, num_args = 1..)]
        form: Vec<String>,
        #[command(flatten)]
        lexicon: LexiconChoice,
    },
    /// Run the examples of every skill; exit code 1 when one fails
    Test {
        /// Run only those of this skill or category
        what: Option<String>,
        #[command(flatten)]
        lexicon: LexiconChoice,
    },
    /// Count the skills and forms that postings mention, and list those that they never do
    Stats(Stats),
    /// Write a small commented lexicon to begin with
    Init {
        /// Folder for the lexicon; it must not exist yet, or be empty
        #[arg(value_name = "DIR")]
        out: PathBuf,
    },
    /// Build a lexicon from descriptions of two roles
    Build(Box<Build>),
    /// Go through the skills of a built lexicon: one key each, or a table filled in elsewhere
    Review(Review),
    /// Name the postings whose labels would help most
    Suggest(Suggest),
    /// Make a lexicon from a CSV table with the columns name, aliases and side
    Import(Import),
    /// Fit the weights to labelled postings, starting from the hand priors
    Fit(Box<Fit>),
    /// Show what changed between two lexicons, and in the verdicts on postings
    Diff(Diff),
    /// Write the lexicon as one table or one JSON value to standard output
    Export(Export),
    /// Write JSON Schemas of the TOML files, with which editors complete and check them
    Schema {
        /// Folder for the schemas
        #[arg(value_name = "DIR")]
        out: PathBuf,
    },
    /// Count the words of postings, for `build --background`
    Background(Background),
}

#[derive(Debug, ClapArgs)]
pub struct Build {
    /// A description of the left role: a document or a folder of them [may be given several times]
    #[arg(long, required = true, value_name = "PATH")]
    pub left: Vec<PathBuf>,
    /// A description of the right role [may be given several times]
    #[arg(long, required = true, value_name = "PATH")]
    pub right: Vec<PathBuf>,
    /// Name of the left role [default: the title of its description]
    #[arg(long, value_name = "NAME")]
    pub left_name: Option<String>,
    /// Name of the right role [default: the title of its description]
    #[arg(long, value_name = "NAME")]
    pub right_name: Option<String>,
    /// Name of the lexicon [default: the roles' names]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// A table of postings with a column `leaning`, to fit the weights to
    #[arg(long, value_name = "TABLE")]
    pub postings: Option<PathBuf>,
    /// How common words are, as counted by `rolelean lexicon background` [default: the list inside the program]
    #[arg(long, value_name = "FILE")]
    pub background: Option<PathBuf>,
    /// Folder for the lexicon; it must not exist yet, or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub inputs: InputChoice,
}

#[derive(Debug, ClapArgs)]
pub struct Review {
    /// The folder of the lexicon; its review.csv lists what there is to decide
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Carry out this table: review.csv with the columns keep, side, strength and merge_with filled in
    #[arg(long, value_name = "FILE")]
    pub table: Option<PathBuf>,
    /// Take the suggestion for everything that nobody has decided
    #[arg(long)]
    pub defaults: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Suggest {
    /// Files or folders of postings
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Pass over the postings that this table of labels has
    #[arg(long, value_name = "GOLD")]
    pub labelled: Option<PathBuf>,
    /// How many postings
    #[arg(long, value_name = "N", default_value = "20", value_parser = |text: &str| number::from::<usize>(text, 1))]
    pub number: usize,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
    #[command(flatten)]
    pub columns: Columns,
}

#[derive(Debug, ClapArgs)]
pub struct Background {
    /// Files or folders of postings
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Leave out words that fewer postings have: they may be names of people and firms
    #[arg(long, value_name = "N", default_value = "20", value_parser = |text: &str| number::from::<u64>(text, 0))]
    pub least: u64,
    #[command(flatten)]
    pub columns: Columns,
}

#[derive(Debug, ClapArgs)]
pub struct Import {
    /// The table; aliases have `;` or `|` between them
    #[arg(value_name = "TABLE")]
    pub table: PathBuf,
    /// The word in the column `side` for the left role [default: the first of the alphabet]
    #[arg(long, value_name = "SIDE", requires = "right")]
    pub left: Option<String>,
    /// The word in the column `side` for the right role
    #[arg(long, value_name = "SIDE", requires = "left")]
    pub right: Option<String>,
    /// Name of the lexicon [default: the two sides]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Folder for the lexicon; it must not exist yet, or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct Diff {
    /// The lexicon as it was: a folder, or `built-in`
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The lexicon as it is: a folder, or `built-in`
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Add the skills of this TOML file to NEW [may be given several times]
    #[arg(long, value_name = "FILE")]
    pub extend: Vec<PathBuf>,
    /// Compare the verdicts of both on the postings under this path [may be given several times]
    #[arg(long = "on", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub columns: Columns,
}

#[derive(Debug, ClapArgs)]
pub struct Stats {
    /// Files or folders of postings
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write the counts of all forms as CSV instead of a summary
    #[arg(long)]
    pub csv: bool,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
    #[command(flatten)]
    pub columns: Columns,
}

#[derive(Debug, ClapArgs)]
#[group(id = "format", required = true, multiple = false)]
pub struct Format {
    /// A row a skill: name, aliases, side and more; without the rules of ambiguous forms
    #[arg(long)]
    pub csv: bool,
    /// Everything, as one JSON value
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Export {
    #[command(flatten)]
    pub format: Format,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
}

#[derive(Debug, ClapArgs)]
pub struct Fit {
    /// CSV file with a column `id`, a column `leaning` (or `label`, `consensus`, `gold`) and, if
    /// known, a column `source`: whole sources are then left out in turn
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// Files or folders that hold the labelled postings [default: GOLD itself, if it holds them too]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write weights.csv and lexicon.toml into this folder, usually that of the lexicon; what else
    /// is in it stays
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// How far the scale of a category may move from what is usual (its standard deviation)
    /// [default: chosen among several by cross-validation]
    #[arg(long, value_name = "N")]
    pub spread: Option<f64>,
    /// What a mention in the title counts, from 0 to 3 [default: chosen among several by
    /// cross-validation]
    #[arg(long, value_name = "N")]
    pub title_factor: Option<f64>,
    /// Number of parts in the cross-validation where no sources are known
    #[arg(long, value_name = "N", default_value = "10", value_parser = |text: &str| number::within::<u16>(text, 2..=u16::MAX.into()))]
    pub folds: u16,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
    #[command(flatten)]
    pub columns: Columns,
}
