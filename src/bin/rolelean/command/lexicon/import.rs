//! `rolelean lexicon import`: a lexicon from a table of skills.

use anyhow::Context;
use rolelean::file;
use rolelean::workbench::import;

use super::super::shown;
use super::folder::{Folder, done};
use crate::args::Output;
use crate::lexicon_args::Import;
use crate::outcome::Outcome;

pub fn run(args: &Import, output: &Output) -> anyhow::Result<Outcome> {
    let folder = Folder::begin(&args.out)?;
    let table = file::read_to_string(&args.table).with_context(|| format!("cannot read {}", shown(&args.table)))?;
    let sides = args.left.as_deref().zip(args.right.as_deref()).map(|(left, right)| [left, right]);
    let files = import(&table, args.name.as_deref(), sides).with_context(|| shown(&args.table))?;
    folder.write(&files)?;
    let out = shown(&args.out);
    done(&format!("the lexicon is in {out}: describe its two roles in {out}/roles, a numbered sentence a line"), output)
}
