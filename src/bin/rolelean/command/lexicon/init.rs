//! `rolelean lexicon init`: a small commented lexicon to begin with.

use std::path::Path;

use rolelean::workbench::starter;

use super::super::shown;
use super::folder::{self, done};
use crate::args::Output;
use crate::exit::Outcome;

pub fn run(out: &Path, output: &Output) -> anyhow::Result<Outcome> {
    folder::write(out, &starter()?)?;
    done(
        &format!("a small lexicon is in {0}: edit it, then `rolelean lexicon check --lexicon {0}`", shown(out)),
        output,
    )
}
