//! `rolelean read-workbook`: the child process in which a workbook is read (see `src/input/workbook_child.rs`).

use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::Context as _;
use rolelean::extract::{Step, each_step};
use rolelean::file;

use crate::command::limits;
use crate::outcome::Outcome;

/// The most memory the process may address. A workbook of 100 MB that compresses well takes half of it.
const MEMORY: u64 = 2 << 30;
/// The most seconds of processor time.
const SECONDS: u64 = 300;

/// Writes the sheets and rows, a line of JSON each.
pub fn run(path: &Path) -> anyhow::Result<Outcome> {
    limits::set(MEMORY, SECONDS);
    let file = file::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut write = |step: &Step| -> std::io::Result<()> {
        serde_json::to_writer(&mut out, step)?;
        out.write_all(b"\n")
    };
    let mut failed = None;
    let read = each_step(file, &mut |step| match write(&step) {
        Ok(()) => true,
        Err(error) => {
            failed = Some(error);
            false
        }
    });
    if let Err(reason) = read {
        write(&Step::Broken { reason })?;
    }
    failed.map_or(Ok(()), Err)?;
    out.flush()?;
    Ok(Outcome::Complete)
}
