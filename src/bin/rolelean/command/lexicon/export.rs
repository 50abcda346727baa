//! `rolelean lexicon export`: a lexicon as one table or one JSON value.

use rolelean::workbench::export::{to_csv, to_json};

use super::super::load;
use crate::lexicon_args::Export;
use crate::outcome::Outcome;
use crate::terminal::print;

pub fn run(args: &Export) -> anyhow::Result<Outcome> {
    let lexicon = load(&args.lexicon)?;
    if args.format.csv { print(&to_csv(&lexicon)) } else { print(&format!("{:#}\n", to_json(&lexicon))) }
}
