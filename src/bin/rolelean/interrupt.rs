//! Ctrl-C and SIGTERM: the run is asked to end, and made to if it cannot hear.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context as _;
use rolelean::staging::LeftOver;

/// How long a run may take to end by itself. One that waits for standard input never does.
const PATIENCE: Duration = Duration::from_millis(500);

/// The exit code of an interrupted run.
pub const CODE: u8 = 130;

/// Listens for the signals from when it is made.
pub struct Interrupt {
    asked: Arc<AtomicBool>,
    running: Arc<Mutex<bool>>,
}

impl Interrupt {
    /// `left_over` is the unfinished report, of which nothing is to be left behind.
    ///
    /// # Errors
    /// When the thread that listens cannot be started: signals would then be swallowed.
    pub fn listen(left_over: Option<LeftOver>) -> anyhow::Result<Self> {
        let interrupt = Self { asked: Arc::default(), running: Arc::new(Mutex::new(true)) };
        let (asked, running) = (Arc::clone(&interrupt.asked), Arc::clone(&interrupt.running));
        ctrlc::set_handler(move || {
            asked.store(true, Ordering::Relaxed);
            std::thread::sleep(PATIENCE);
            end_process(&running, left_over.as_ref());
        })
        .context(
            "the system refuses another thread, to listen for signals: a limit on processes or memory (`ulimit -u`, `ulimit -v`) may be too low",
        )?;
        Ok(interrupt)
    }

    /// Set when the run is to end.
    pub fn asked(&self) -> &AtomicBool {
        &self.asked
    }

    /// The run has ended: what is left to do is short and is not interrupted.
    pub fn run_has_ended(&self) {
        if let Ok(mut running) = self.running.lock() {
            *running = false;
        }
    }
}

fn end_process(running: &Mutex<bool>, left_over: Option<&LeftOver>) {
    let Ok(running) = running.lock() else { return };
    if *running {
        if let Some(left_over) = left_over {
            left_over.remove();
        }
        // With the lock held, so that no report is published meanwhile.
        std::process::exit(CODE.into());
    }
}
