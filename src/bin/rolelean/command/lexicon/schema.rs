//! `rolelean lexicon schema`: JSON Schemas of a lexicon's files, for editors.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use rolelean::file;
use rolelean::staging::replace_file;
use rolelean::workbench::SCHEMAS;

use super::super::shown;
use super::folder::done;
use crate::args::Output;
use crate::outcome::Outcome;

pub fn run(out: &Path, output: &Output) -> anyhow::Result<Outcome> {
    let unwritable = || format!("cannot write {}", shown(out));
    // Those of another version are written over; they are known by their titles.
    let is_ours = |text: String| text.contains("\"title\": \"rolelean: ");
    let is_other = |path: &Path| path.exists() && !file::read_to_string(path).is_ok_and(is_ours);
    if let Some((name, _)) = SCHEMAS.iter().find(|(name, _)| is_other(&out.join(name))) {
        bail!(
            "{} exists and is no schema of rolelean; choose another folder, so that it is not overwritten",
            shown(&out.join(name))
        );
    }
    fs::create_dir_all(out).with_context(unwritable)?;
    for (name, text) in SCHEMAS {
        replace_file(&out.join(name), text.as_bytes()).with_context(unwritable)?;
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
