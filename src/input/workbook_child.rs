//! Workbooks, read in a child process that may neither take all memory nor all time: what a small file
//! of them grows to is up to the file, and their reader holds much of it.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use crossbeam_channel::{Receiver, bounded};

use super::ReaderProgram;
use crate::extract::{Step, each_step, size};

/// How many rows the reader in this process may be ahead.
const AHEAD: usize = 16;

/// The steps of a workbook, one after another; it ends with the first that is broken.
pub(super) enum Steps {
    Child(InChild),
    Here(Receiver<Step>),
}

impl Steps {
    /// Begins to read: by `program` in a process of its own, or here without one. No step is read of
    /// more than `limit` bytes.
    pub(super) fn begin(path: &Path, file: File, program: Option<&ReaderProgram>, limit: u64) -> Result<Self, String> {
        match program {
            Some(program) => InChild::begin(path, program, limit).map(Self::Child),
            None => here(file).map(Self::Here),
        }
    }
}

impl Iterator for Steps {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        match self {
            Self::Child(child) => child.next(),
            Self::Here(steps) => steps.recv().ok(),
        }
    }
}

fn cannot_start(error: &std::io::Error) -> String {
    format!("cannot start the reader of workbooks: {error}")
}

fn here(file: File) -> Result<Receiver<Step>, String> {
    let (sender, receiver) = bounded(AHEAD);
    let read = move || {
        let mut give = |step| sender.send(step).is_ok();
        // The parser may panic on a file that is made for it.
        let read = catch_unwind(AssertUnwindSafe(|| each_step(file, &mut give)));
        let reason = match read {
            Ok(Ok(())) => return,
            Ok(Err(reason)) => reason,
            Err(_) => "a workbook that cannot be read: its reader failed".to_owned(),
        };
        // Nobody may be listening any more.
        let _ = sender.send(Step::Broken { reason });
    };
    std::thread::Builder::new().spawn(read).map_err(|error| cannot_start(&error))?;
    Ok(receiver)
}

/// A process that reads a workbook.
pub(super) struct InChild {
    child: Child,
    lines: BufReader<ChildStdout>,
    limit: u64,
    ended: bool,
}

impl InChild {
    fn begin(path: &Path, program: &ReaderProgram, limit: u64) -> Result<Self, String> {
        let mut command = program.command();
        command.arg("read-workbook").arg("--").arg(path);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| cannot_start(&error))?;
        let stdout = child.stdout.take().ok_or("the reader of workbooks has no output")?;
        Ok(Self { child, lines: BufReader::with_capacity(1 << 16, stdout), limit, ended: false })
    }

    fn step(&mut self) -> Result<Option<Step>, String> {
        let mut line = Vec::new();
        // In JSON a byte may take six.
        let most = self.limit.saturating_mul(6);
        let read = self.lines.by_ref().take(most).read_until(b'\n', &mut line).map_err(|error| error.to_string())?;
        if read as u64 == most {
            return Err(format!("a row that is larger than {}", size(self.limit)));
        }
        if read > 0 {
            return serde_json::from_slice(&line).map(Some).map_err(|_| failed());
        }
        let ended = self.child.wait().map_err(|error| error.to_string())?;
        if ended.success() { Ok(None) } else { Err(failed()) }
    }
}

fn failed() -> String {
    "a workbook that cannot be read: it takes too much memory or time".to_owned()
}

impl Iterator for InChild {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.ended {
            return None;
        }
        let step = self.step().unwrap_or_else(|reason| Some(Step::Broken { reason }));
        self.ended = !matches!(step, Some(Step::Sheet(_) | Step::Row(_)));
        step
    }
}

impl Drop for InChild {
    /// Whatever it does, nothing of it goes on. That it has ended by itself already is no error.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
