//! A run that lets Python's other threads go on, and listens to Ctrl-C.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use rolelean::Classifier;
use rolelean::posting::Source;
use rolelean::run::{self, Settings, Sink};

use crate::errors::internal;

/// How often it is asked whether the user wants to stop: asking takes the interpreter's lock, for
/// which another thread may let us wait.
const ASK_EVERY: Duration = Duration::from_millis(100);

/// Classifies everything `source` yields, in order.
///
/// # Errors
/// What a signal handler raised, such as `KeyboardInterrupt`, or a fault of rolelean's own.
pub(crate) fn run(
    py: Python<'_>,
    source: &mut dyn Source,
    classifier: &Classifier,
    threads: NonZeroUsize,
    sink: &mut (dyn Sink + Send),
) -> PyResult<()> {
    let settings = Settings { threads, ..Settings::default() };
    let stop = AtomicBool::new(false);
    let mut raised = None;
    let mut asked = Instant::now();
    let ended = py.detach(|| {
        run::run(source, classifier, settings, &mut [sink], &stop, |_| {
            if asked.elapsed() < ASK_EVERY || raised.is_some() {
                return;
            }
            asked = Instant::now();
            if let Err(error) = Python::attach(|py| py.check_signals()) {
                raised = Some(error);
                stop.store(true, Ordering::Relaxed);
            }
        })
    });
    match raised {
        Some(error) => Err(error),
        None => ended.map(|_| ()).map_err(internal),
    }
}
