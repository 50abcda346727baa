//! `rolelean lexicon init`: a small commented lexicon to begin with.

use std::path::Path;

use rolelean::workbench::starter;

use super::super::shown;
use super::folder::{Folder, done};
use crate::args::Output;
use crate::outcome::Outcome;

pub fn run(out: &Path, output: &Output) -> anyhow::Result<Outcome> {
    Folder::begin(out)?.write(&starter()?)?;
    done(
        &format!("a small lexicon is in {0}: edit it, then `rolelean lexicon check --lexicon {0}`", shown(out)),
        output,
    )
}
