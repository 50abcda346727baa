//! The progress bar: only on a terminal, only on standard error.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use rolelean::input::Inputs;
use rolelean::run::Summary;

use crate::args::Output;

const BAR: &str = "{bar:24} {percent:>3} %  {msg}  {elapsed}, {eta} left";
/// Where the size of the inputs is not known.
const SPINNER: &str = "{spinner} {msg}  {elapsed}";

/// How often the elapsed time is drawn anew.
const TICK: Duration = Duration::from_millis(120);

/// A line that says how far a run is.
pub struct Progress {
    bar: ProgressBar,
    read: Arc<AtomicU64>,
}

impl Progress {
    /// A bar over the bytes of `inputs`; nothing where nobody would see it.
    pub fn new(output: &Output, inputs: &Inputs) -> Self {
        let target = ProgressDrawTarget::stderr_with_hz(10);
        // Warnings are printed as they come: a bar would stand between them.
        if output.quiet || output.verbose || target.is_hidden() {
            return Self::hidden();
        }
        let size = inputs.size();
        let bar = ProgressBar::with_draw_target(size, target);
        if let Ok(style) = ProgressStyle::with_template(if size.is_some() { BAR } else { SPINNER }) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        keep_ticking(&bar);
        Self { bar, read: inputs.bytes_read() }
    }

    pub fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), read: Arc::default() }
    }

    pub fn update(&self, summary: &Summary) {
        self.bar.set_position(self.read.load(Ordering::Relaxed));
        let mut message = format!("{} postings", HumanCount(summary.classified));
        if summary.skipped > 0 {
            message += &format!(", {} skipped", HumanCount(summary.skipped));
        }
        self.bar.set_message(message);
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// Draws the bar anew for as long as it is there. Where the system refuses a thread for that,
/// it only stands still between batches.
fn keep_ticking(bar: &ProgressBar) {
    let bar = bar.downgrade();
    let ticking = move || {
        while let Some(bar) = bar.upgrade().filter(|bar| !bar.is_finished()) {
            bar.tick();
            drop(bar);
            thread::sleep(TICK);
        }
    };
    let _ = thread::Builder::new().name("progress".to_owned()).spawn(ticking);
}
