//! The arguments of `rolelean lexicon`, as typed; their doc comments are the help text.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

use crate::args::{Columns, Fit, InputChoice, LexiconChoice};

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
    /// Say which skill owns a form, under what rule, and what it rests on
    Trace {
        /// The form, as it stands in a posting
        #[arg(required = true, num_args = 1..)]
        form: Vec<String>,
        #[command(flatten)]
        lexicon: LexiconChoice,
    },
    /// Run the examples of every skill; exit code 1 when one fails
    Test(LexiconChoice),
    /// Build a lexicon from descriptions of two roles
    Build(Box<Build>),
    /// Fit the weights to labelled postings, starting from the hand priors
    Fit(Box<Fit>),
    /// Count the words of postings, for the background list that `build` holds terms against
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
    /// What the left role is called [default: the title of its description]
    #[arg(long, value_name = "NAME")]
    pub left_name: Option<String>,
    /// What the right role is called [default: the title of its description]
    #[arg(long, value_name = "NAME")]
    pub right_name: Option<String>,
    /// What the lexicon is called [default: the roles' names]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// A table of postings with a column `leaning`, to fit the weights to
    #[arg(long, value_name = "TABLE")]
    pub postings: Option<PathBuf>,
    /// How common words are, as `rolelean lexicon background` counts them [default: the list inside the program]
    #[arg(long, value_name = "FILE")]
    pub background: Option<PathBuf>,
    /// Folder for the lexicon; it must not exist yet, or be empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub inputs: InputChoice,
}

#[derive(Debug, ClapArgs)]
pub struct Background {
    /// Files or folders of postings
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Leave out words that fewer postings have: they may be names of people and firms
    #[arg(long, value_name = "N", default_value = "20")]
    pub least: u64,
    #[command(flatten)]
    pub columns: Columns,
}
