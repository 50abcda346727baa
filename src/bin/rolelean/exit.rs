//! How a command ended, as the exit code scripts rely on.

use std::io::ErrorKind;
use std::process::ExitCode;

use rolelean::run::RunError;

use crate::{interrupt, terminal};

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was read.
    Complete,
    /// The run ended, but some inputs were skipped, or some checks failed.
    Incomplete,
}

/// The exit code of what could not be done.
pub const FAILURE: u8 = 2;

/// 0 all read, 1 some skipped, 2 could not be done, 130 interrupted.
///
/// A closed pipe is not an error: whoever reads the output has seen enough.
pub fn code(outcome: anyhow::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::error(&error);
            ExitCode::from(failure(&error))
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
    use rolelean::posting::Skipped;
    use rolelean::run::SinkError;

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
