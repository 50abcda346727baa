//! How a command ended, as the exit code scripts rely on.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::ErrorKind;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

use rolelean::run::RunError;

use crate::outcome::Outcome;
use crate::terminal::{ERROR, note, plain};
use crate::{interrupt, terminal};

/// The exit code of what could not be done.
pub const FAILURE: u8 = 2;

/// Carries a command out. A panic in it is an error like any other: what it was writing is removed, and the older
/// output stays.
pub fn guarded(command: impl FnOnce() -> anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
    panic::set_hook(Box::new(tell_panic));
    let broken = |_: Box<dyn Any + Send>| {
        Err(anyhow::anyhow!("internal error; no output was written; please file a bug with the output above"))
    };
    panic::catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(broken)
}

/// Prints a panic wherever it happens; one in a parser costs only its posting, and the run goes on.
fn tell_panic(panic: &PanicHookInfo<'_>) {
    let said = panic.payload();
    let said = said.downcast_ref::<String>().map(String::as_str).or_else(|| said.downcast_ref::<&str>().copied());
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    note(&format!("{ERROR}internal error:{ERROR:#} {} ({})\n", plain(said.unwrap_or("unknown")), plain(&place)));
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        note(&backtrace.to_string());
    }
}

/// 0 all read, 1 some skipped, 2 could not be done, 130 interrupted.
///
/// A closed pipe is not an error: the reader has seen enough.
pub fn code(outcome: anyhow::Result<Outcome>) -> u8 {
    match outcome {
        Ok(Outcome::Complete) => 0,
        Ok(Outcome::Incomplete) => 1,
        Err(error) if is_closed_pipe(&error) => 0,
        Err(error) => {
            terminal::error(&error);
            failure(&error)
        }
    }
}

fn failure(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<RunError>() {
        Some(RunError::Interrupted) => interrupt::CODE,
        Some(RunError::FailFast(_)) => 1,
        _ => FAILURE,
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|cause| cause.kind() == ErrorKind::BrokenPipe))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rolelean::input::Skipped;
    use rolelean::run::SinkError;

    #[test]
    fn a_panic_is_an_error() {
        let ended = guarded(|| panic!("as the test wants it"));
        assert!(ended.is_err_and(|error| failure(&error) == 2));
    }

    #[test]
    fn each_way_of_ending_has_its_code() {
        let io = |kind: ErrorKind| std::io::Error::new(kind, "test");
        let sink = |kind| RunError::Sink(SinkError { what: "x".into(), cause: io(kind) });
        let skipped = Skipped { source: "a".into(), record: None, id: None, reason: "b".into() };
        assert_eq!(failure(&RunError::Interrupted.into()), 130);
        assert_eq!(failure(&RunError::FailFast(skipped).into()), 1);
        assert_eq!(failure(&sink(ErrorKind::StorageFull).into()), 2);
        assert!(is_closed_pipe(&sink(ErrorKind::BrokenPipe).into()));
        assert!(!is_closed_pipe(&sink(ErrorKind::StorageFull).into()));
    }
}
