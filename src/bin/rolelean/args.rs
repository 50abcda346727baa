//! What each command takes, and the options that several share; the doc comments are the help text.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use crate::{number, size};

/// Headings of the help.
pub const TERMINAL: &str = "Terminal";
const TABLES: &str = "Tables";
const INPUTS: &str = "Inputs";
const SETTINGS: &str = "Settings";

/// What goes to standard error.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = TERMINAL)]
pub struct Output {
    /// Print nothing but errors to standard error
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print warnings about postings as they come
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, ClapArgs)]
pub struct Classify {
    /// Files or folders of postings; `-` reads standard input
    #[arg(required_unless_present_any = ["files_from", "show_settings"], value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Also read the files and folders that this file lists, one a line or with NULs between; `-` reads the
    /// list from standard input
    #[arg(long, value_name = "FILE", help_heading = INPUTS)]
    pub files_from: Option<PathBuf>,
    /// Pass over postings that this report holds, and add the others to it: the new report, which may take its
    /// place, is of both; where there is none at --out yet, all are new
    #[arg(long, value_name = "REPORT", conflicts_with_all = ["stdout", "dedupe"])]
    pub since: Option<PathBuf>,
    /// Folder for the report; an older report there is replaced once the run has ended well
    #[arg(long, value_name = "DIR", default_value = "rolelean-report")]
    pub out: PathBuf,
    /// Write the postings table alone to standard output, and no report
    #[arg(long, conflicts_with = "out")]
    pub stdout: bool,
    /// Format of standard output: the postings table, or the objects of postings.jsonl with an error
    /// object in the place of each input that cannot be read
    #[arg(long, value_name = "FORMAT", default_value = "csv", requires = "stdout")]
    pub output_format: OutputFormat,
    #[command(flatten)]
    pub formats: Formats,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
    /// Worker threads, at most 256 [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = |text: &str| number::within::<u16>(text, 1..=256))]
    pub threads: Option<u16>,
    /// Say what would be read, and of which columns, and stop
    #[arg(long, conflicts_with = "stdout", help_heading = INPUTS)]
    pub dry_run: bool,
    /// Stop at the first input that cannot be read, and write no report
    #[arg(long)]
    pub fail_fast: bool,
    /// Mark postings with the same or nearly the same text as an earlier one, in the column `warnings`
    #[arg(long)]
    pub dedupe: bool,
    /// Start the CSV files with a byte order mark, which helps Excel
    #[arg(long)]
    pub bom: bool,
    /// Write for Excel: the same as --bom and --xlsx
    #[cfg(feature = "xlsx")]
    #[arg(long, conflicts_with = "stdout")]
    pub excel: bool,
    /// Do not change text cells that a spreadsheet would run as a formula
    #[arg(long)]
    pub raw_cells: bool,
    /// Carry this column of the tables through to the report; `*` carries all that are not used otherwise
    /// [may be given several times]
    #[arg(long, value_name = "COLUMN", help_heading = TABLES)]
    pub keep: Vec<String>,
    #[command(flatten)]
    pub settings: SettingsChoice,
    /// Print all settings and where each comes from, and stop
    #[arg(long, help_heading = SETTINGS)]
    pub show_settings: bool,
    /// Format of standard input, if its content does not show it; records of a pipe are then
    /// answered as they come
    #[arg(long, value_name = "FORMAT", help_heading = INPUTS)]
    pub input_format: Option<StreamFormat>,
    #[command(flatten)]
    pub columns: Columns,
}

/// Whether settings stand for options that are not given.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = SETTINGS)]
pub struct SettingsChoice {
    /// Take no settings from rolelean.toml or from environment variables
    #[arg(long)]
    pub no_settings: bool,
}

/// What standard output is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    Csv,
    Jsonl,
}

/// What standard input is said to be.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum StreamFormat {
    Text,
    Html,
    Docx,
    Pdf,
    Csv,
    Tsv,
    Json,
    Jsonl,
}

/// What a report holds besides its tables.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub struct Formats {
    /// Add report.html: one page with charts and every posting marked up, for a browser
    #[arg(long, conflicts_with = "stdout")]
    pub html: bool,
    /// Add postings.jsonl: one JSON object a posting, with everything in it
    #[arg(long, conflicts_with = "stdout")]
    pub jsonl: bool,
    /// Add report.xlsx: a workbook of the same tables, with filters and coloured leanings
    #[cfg(feature = "xlsx")]
    #[arg(long, conflicts_with = "stdout")]
    pub xlsx: bool,
}

impl Formats {
    /// Whether a workbook is asked for, which not every build can write.
    pub fn xlsx(&self) -> bool {
        #[cfg(feature = "xlsx")]
        return self.xlsx;
        #[cfg(not(feature = "xlsx"))]
        return false;
    }
}

impl Classify {
    /// Whether a workbook is asked for, by itself or with what else is for Excel.
    pub fn xlsx(&self) -> bool {
        self.formats.xlsx() || self.excel()
    }

    /// Whether the tables start with a byte order mark.
    pub fn bom(&self) -> bool {
        self.bom || self.excel()
    }

    fn excel(&self) -> bool {
        #[cfg(feature = "xlsx")]
        return self.excel;
        #[cfg(not(feature = "xlsx"))]
        return false;
    }
}

impl Merge {
    /// The same for a joined report.
    pub fn xlsx(&self) -> bool {
        #[cfg(feature = "xlsx")]
        return self.xlsx;
        #[cfg(not(feature = "xlsx"))]
        return false;
    }
}

/// Which lexicon to use.
#[derive(Debug, Default, ClapArgs)]
pub struct LexiconChoice {
    /// Use the lexicon in this folder instead of the one inside the program
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,
    /// Add the skills of this TOML file to the lexicon [may be given several times]
    #[arg(long, value_name = "FILE")]
    pub extend: Vec<PathBuf>,
}

/// Which columns of a table hold what.
#[derive(Debug, Default, ClapArgs)]
#[command(next_help_heading = TABLES)]
pub struct Columns {
    /// Column that holds the id of a posting, if its name is unusual
    #[arg(long, value_name = "NAME")]
    pub id_column: Option<String>,
    /// Column that holds the title
    #[arg(long, value_name = "NAME")]
    pub title_column: Option<String>,
    /// Column that holds the text; given several times, the texts are joined
    #[arg(long = "text-column", value_name = "NAME")]
    pub text_columns: Vec<String>,
    #[command(flatten)]
    pub inputs: InputChoice,
}

/// Which files are read, and how much of them.
#[derive(Debug, Clone, Default, ClapArgs)]
#[command(next_help_heading = INPUTS)]
pub struct InputChoice {
    /// In folders read only files that match, such as `*.csv` [may be given several times]
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// In folders leave out files and folders that match [may be given several times]
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Skip documents that are larger
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size::bytes)]
    pub max_document_bytes: u64,
    /// Stop reading a compressed file once it has grown larger
    #[arg(long, value_name = "SIZE", default_value = "16G", value_parser = size::bytes)]
    pub max_expanded_bytes: u64,
    /// Skip JSON and DOCX that is nested deeper
    #[arg(long, value_name = "N", default_value = "128", value_parser = |text: &str| number::from::<usize>(text, 1))]
    pub max_depth: usize,
    /// Skip PDF files of more pages
    #[arg(long, value_name = "N", default_value = "500", value_parser = |text: &str| number::from::<usize>(text, 1))]
    pub max_pages: usize,
}

#[derive(Debug, ClapArgs)]
pub struct Merge {
    /// Folders written by `rolelean classify`, in the order of their postings in the joined report
    #[arg(required = true, value_name = "REPORT")]
    pub reports: Vec<PathBuf>,
    /// Folder for the joined report; an older report there is replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Add report.html, made anew from the texts in postings.jsonl, which every report must have
    #[arg(long)]
    pub html: bool,
    /// Add report.xlsx, made from the joined tables
    #[cfg(feature = "xlsx")]
    #[arg(long)]
    pub xlsx: bool,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
}

#[derive(Debug, ClapArgs)]
pub struct Compare {
    /// Folder of the old report, written by `rolelean classify` or `merge`
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// Folder of the new report: another month, source or lexicon of the same two roles
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Also write tables of all changes and a page for a browser into this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Start the CSV files with a byte order mark, which helps Excel
    #[arg(long, requires = "out")]
    pub bom: bool,
    /// Do not change text cells that a spreadsheet would run as a formula
    #[arg(long, requires = "out")]
    pub raw_cells: bool,
}

#[derive(Debug, ClapArgs)]
pub struct Gap {
    /// A file with one text, such as a CV, in any format that postings may have; `-` reads standard input
    #[arg(value_name = "TEXT")]
    pub text: PathBuf,
    /// Files or folders of postings
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How many skills to list for each role
    #[arg(long, value_name = "N", default_value = "15", value_parser = |text: &str| number::from::<usize>(text, 1))]
    pub top: usize,
    /// Print all skills that the text lacks as CSV instead
    #[arg(long)]
    pub csv: bool,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
    #[command(flatten)]
    pub columns: Columns,
}

#[derive(Debug, ClapArgs)]
pub struct Explain {
    /// A posting, or a file that holds it; `-` reads standard input
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Which posting, where there are several: its id, or its number from 1
    #[arg(long, value_name = "ID")]
    pub posting: Option<String>,
    /// Print a JSON object, as in postings.jsonl
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub settings: SettingsChoice,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
    #[command(flatten)]
    pub columns: Columns,
}

#[derive(Debug, ClapArgs)]
pub struct Evaluate {
    /// CSV file with a column `id` and a column `leaning` (or `label`, `consensus`, `gold`)
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// Files or folders that hold the labelled postings [default: GOLD itself]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// List each wrong verdict with the contributions that decided it
    #[arg(long)]
    pub errors: bool,
    /// Also show how often the most common label, and the title alone, would have been right
    #[arg(long)]
    pub baseline: bool,
    #[command(flatten)]
    pub settings: SettingsChoice,
    #[command(flatten)]
    pub lexicon: LexiconChoice,
    #[command(flatten)]
    pub columns: Columns,
}
