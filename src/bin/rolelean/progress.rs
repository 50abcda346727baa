//! The progress line: only on a terminal, only on standard error.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rolelean::run::Summary;

/// A line that says how far a run is.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A visible line on a terminal, nothing elsewhere or when `quiet`.
    pub fn new(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr_with_hz(10) };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {human_pos} postings, {per_sec}, {elapsed} {wide_msg}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar }
    }

    pub fn update(&self, summary: &Summary) {
        self.bar.set_position(summary.classified);
        if summary.skipped > 0 {
            self.bar.set_message(format!("{} skipped", summary.skipped));
        }
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
