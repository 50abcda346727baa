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
    /// Unfinished reports, of which nothing is to be left behind.
    left_overs: Arc<Mutex<Vec<LeftOver>>>,
}

impl Interrupt {
    /// `left_over` is the unfinished report, of which nothing is to be left behind.
    ///
    /// # Errors
    /// When the thread that listens cannot be started: signals would then be swallowed.
    pub fn listen(left_over: Option<LeftOver>) -> anyhow::Result<Self> {
        let left_overs = Arc::new(Mutex::new(left_over.into_iter().collect()));
        let interrupt = Self { asked: Arc::default(), running: Arc::new(Mutex::new(true)), left_overs };
        let (asked, running) = (Arc::clone(&interrupt.asked), Arc::clone(&interrupt.running));
        let left_overs = Arc::clone(&interrupt.left_overs);
        ctrlc::set_handler(move || {
            asked.store(true, Ordering::Relaxed);
            std::thread::sleep(PATIENCE);
            end_process(&running, &left_overs);
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

    /// Another unfinished report was begun.
    pub fn also_remove(&self, left_over: LeftOver) {
        if let Ok(mut left_overs) = self.left_overs.lock() {
            left_overs.push(left_over);
        }
    }

    /// The run has ended: what is left to do is short and is not interrupted.
    pub fn run_has_ended(&self) {
        if let Ok(mut running) = self.running.lock() {
            *running = false;
        }
    }
}

fn end_process(running: &Mutex<bool>, left_overs: &Mutex<Vec<LeftOver>>) {
    let Ok(running) = running.lock() else { return };
    if *running {
        if let Ok(left_overs) = left_overs.lock() {
            left_overs.iter().for_each(LeftOver::remove);
        }
        // With the lock held, so that no report is published meanwhile.
        std::process::exit(CODE.into());
    }
}
