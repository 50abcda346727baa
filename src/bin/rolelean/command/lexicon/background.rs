//! `rolelean lexicon background`: how common words are in a body of postings.

use rolelean::workbench::build::WordCounts;

use super::super::read_options;
use super::build::read;
use crate::lexicon_args::Background;
use crate::outcome::Outcome;
use crate::terminal::print;

pub fn run(args: &Background) -> anyhow::Result<Outcome> {
    let mut counts = WordCounts::default();
    read(&args.paths, read_options(&args.columns, &[]), |posting| {
        counts.add(posting.body());
        Ok(())
    })?;
    print(&counts.list(args.least))
}
