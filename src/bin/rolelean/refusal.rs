//! What the system refuses a process, told as errors instead of by its death.

/// From here on a write past the limit on the size of files (`ulimit -f`) fails as one on a
/// full disk does, instead of ending the process by SIGXFSZ; and memory that is refused,
/// which aborts it with a line that says so, ends it with the exit code of all failures.
#[cfg(unix)]
pub fn as_errors() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGABRT, SIGXFSZ};
    use signal_hook::flag::{register, register_conditional_shutdown};

    // Nobody looks at the flag: that the signal is taken is enough. Where it cannot be, the
    // process ends as it would have.
    let _ = register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    let _ = register_conditional_shutdown(SIGABRT, crate::exit::FAILURE.into(), Arc::new(AtomicBool::new(true)));
}

#[cfg(not(unix))]
pub fn as_errors() {}
