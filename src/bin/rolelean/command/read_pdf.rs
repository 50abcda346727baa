//! `rolelean read-pdf`: the child process in which a PDF is read (see `src/input/pdf_child.rs`).

use std::io::Read;

use anyhow::Context;
use rolelean::extract::{Limits, pdf_to_text};

use crate::outcome::Outcome;
use crate::terminal::print_bytes;

/// The most memory the process may address; an ordinary PDF takes a fiftieth of it.
#[cfg(unix)]
const MEMORY: u64 = 512 << 20;
/// The most seconds of processor time.
#[cfg(unix)]
const SECONDS: u64 = 20;

/// Writes the text, or the reason why there is none; the exit code tells which.
pub fn run(pages: usize) -> anyhow::Result<Outcome> {
    limit();
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    let (outcome, text) = match pdf_to_text(&bytes, &Limits { pages, ..Limits::default() }) {
        Ok(text) => (Outcome::Complete, text),
        Err(reason) => (Outcome::Incomplete, reason),
    };
    print_bytes(text.as_bytes())?;
    Ok(outcome)
}

/// A file may make the parser take all there is; the system then ends this process, and
/// is not to write down what it held.
///
/// The system refuses a limit only where a lower one is set already.
#[cfg(unix)]
fn limit() {
    let limits = [(rlimit::Resource::AS, MEMORY), (rlimit::Resource::CPU, SECONDS), (rlimit::Resource::CORE, 0)];
    for (resource, most) in limits {
        let _ = resource.set(most, most);
    }
}

/// Where the system knows no such limits, the parent's patience is the only one.
#[cfg(not(unix))]
fn limit() {}
