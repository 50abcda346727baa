//! Writing the folder of a lexicon: whole, and never over anything; and saying that it was done.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use rolelean::workbench::LexiconFiles;

use super::super::shown;
use crate::args::Output;
use crate::exit::Outcome;
use crate::terminal::{GOOD, print, styled};

/// Fails when something stands where the folder is to go.
pub fn ensure_free(out: &Path) -> anyhow::Result<()> {
    let is_empty = |path: &Path| fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if out.exists() && !is_empty(out) {
        bail!("{} exists already; give --out a new folder, so that nothing of yours is overwritten", shown(out));
    }
    Ok(())
}

/// Writes the files beside `out` and puts them in place at the end.
pub fn write(out: &Path, files: &LexiconFiles) -> anyhow::Result<()> {
    ensure_free(out)?;
    let unwritable = || format!("cannot write {}", shown(out));
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).with_context(unwritable)?;
    let aside = tempfile::Builder::new().prefix(".rolelean-tmp-").tempdir_in(parent).with_context(unwritable)?;
    let building = aside.path().join("lexicon");
    for (path, text) in files {
        let path = building.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&building)).with_context(unwritable)?;
        fs::write(&path, text).with_context(unwritable)?;
    }
    if out.exists() {
        fs::remove_dir(out).with_context(unwritable)?;
    }
    fs::rename(&building, out).with_context(unwritable)
}

/// Says what was written, and what to do with it.
pub fn done(message: &str, output: &Output) -> anyhow::Result<Outcome> {
    if output.quiet { Ok(Outcome::Complete) } else { print(&format!("{} {message}\n", styled(GOOD, "ok"))) }
}
