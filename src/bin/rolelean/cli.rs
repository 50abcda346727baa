//! The command line as a whole: every command, and the options that all of them take.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

use crate::args::{Classify, Colour, Compare, Evaluate, Explain, Gap, Merge, Output, TERMINAL};
use crate::lexicon_args::LexiconCommand;

/// Says which of two roles each job posting leans to, and shows the skills that decided it.
#[derive(Debug, Parser)]
#[command(name = "rolelean", version, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub output: Output,
    /// When to use colours [the environment variable NO_COLOR switches them off]
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = TERMINAL)]
    pub color: Colour,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Classify postings and write reports
    Classify(Classify),
    /// Show one posting marked up, with what each skill contributes
    Explain(Explain),
    /// Compare verdicts with labels given by people
    Evaluate(Evaluate),
    /// Show what changed from one report to another, and what of it is more than chance
    Compare(Compare),
    /// List what postings of each role ask for and a text, such as a CV, lacks
    Gap(Gap),
    /// Join the reports of separate runs into one
    Merge(Merge),
    /// Check, show, test, build, change and compare lexicons
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Write the text of a PDF on standard input to standard output, within limits
    #[cfg(feature = "pdf")]
    #[command(hide = true)]
    ReadPdf {
        /// The most pages
        pages: usize,
    },
    /// Write the rows of a workbook to standard output as lines of JSON, within limits
    #[cfg(feature = "workbooks")]
    #[command(hide = true)]
    ReadWorkbook {
        /// The file
        path: PathBuf,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, or write one for each command into a folder
    Man {
        /// Write the pages into this folder instead
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}
