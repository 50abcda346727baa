//! `rolelean read-pdf`: the child process in which a PDF is read (see `src/input/pdf_child.rs`).

use std::io::Read;

use anyhow::Context;
use rolelean::extract::{Limits, pdf_to_text};

use crate::command::limits;
use crate::outcome::Outcome;
use crate::terminal::print_bytes;

/// The most memory the process may address; an ordinary PDF takes a fiftieth of it.
const MEMORY: u64 = 512 << 20;
/// The most seconds of processor time.
const SECONDS: u64 = 20;

/// Writes the text, or the reason why there is none; the exit code tells which.
pub fn run(pages: usize) -> anyhow::Result<Outcome> {
    limits::set(MEMORY, SECONDS);
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    let (outcome, text) = match pdf_to_text(&bytes, &Limits { pages, ..Limits::default() }) {
        Ok(text) => (Outcome::Complete, text),
        Err(reason) => (Outcome::Incomplete, reason),
    };
    print_bytes(text.as_bytes())?;
    Ok(outcome)
}
