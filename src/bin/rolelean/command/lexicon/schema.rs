//! `rolelean lexicon schema`: JSON Schemas of a lexicon's files, for editors.

use std::fs;
use std::path::Path;

use anyhow::Context;
use rolelean::workbench::SCHEMAS;

use super::super::shown;
use super::folder::done;
use crate::args::Output;
use crate::outcome::Outcome;

pub fn run(out: &Path, output: &Output) -> anyhow::Result<Outcome> {
    let unwritable = || format!("cannot write {}", shown(out));
    fs::create_dir_all(out).with_context(unwritable)?;
    for (name, text) in SCHEMAS {
        fs::write(out.join(name), text).with_context(unwritable)?;
    }
    done(
        &format!(
            "{} schemas are in {}: name one in the first line of a file, as `#:schema PATH`",
            SCHEMAS.len(),
            shown(out)
        ),
        output,
    )
}
