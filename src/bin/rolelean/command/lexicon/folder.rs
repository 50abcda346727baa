//! Writing the folder of a lexicon: whole, and never over anything; and saying that it was done.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use rolelean::staging::{Kind, Staging};
use rolelean::workbench::LexiconFiles;

use super::super::shown;
use crate::args::Output;
use crate::interrupt::Interrupt;
use crate::outcome::Outcome;
use crate::terminal::{GOOD, print, styled};

/// A lexicon that is about to be written.
pub struct Folder {
    out: PathBuf,
    staging: Staging,
    interrupt: Interrupt,
}

impl Folder {
    /// Finds out whether a lexicon can stand at `out`; it fails when something stands there.
    pub fn begin(out: &Path) -> anyhow::Result<Self> {
        let staging = Staging::create(out, Kind::Lexicon)?;
        let interrupt = Interrupt::listen(Some(staging.left_over()))?;
        Ok(Self { out: out.to_owned(), staging, interrupt })
    }

    /// Writes the files and puts them in place.
    pub fn write(self, files: &LexiconFiles) -> anyhow::Result<()> {
        let folder = self.staging.folder();
        for (path, text) in files {
            let path = folder.join(path);
            let written = fs::create_dir_all(path.parent().unwrap_or(&folder)).and_then(|()| fs::write(&path, text));
            written.with_context(|| format!("cannot write {}", shown(&self.out)))?;
        }
        self.interrupt.run_has_ended();
        self.staging.publish()?;
        Ok(())
    }
}

/// Says what was written, and what to do with it.
pub fn done(message: &str, output: &Output) -> anyhow::Result<Outcome> {
    if output.quiet { Ok(Outcome::Complete) } else { print(&format!("{} {message}\n", styled(GOOD, "ok"))) }
}
