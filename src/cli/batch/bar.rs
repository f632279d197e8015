//! The line that says how far a run is, on a terminal.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::source::Source;
use crate::cli::say;

/// Progress with its rate and, where the size of all inputs is known, the time that is left.
pub(super) struct Bar {
    bar: ProgressBar,
    read: Arc<AtomicU64>,
}

impl Bar {
    /// A bar that counts `read` bytes. There is none where rows go to the terminal, or no terminal shows it.
    pub(super) fn new(sources: &[Source], prints_rows: bool, quiet: bool, read: Arc<AtomicU64>) -> Self {
        if quiet || (prints_rows && std::io::stdout().is_terminal()) {
            return Self { bar: ProgressBar::hidden(), read };
        }
        let size = |source: &Source| {
            std::fs::metadata(&source.path).ok().filter(std::fs::Metadata::is_file).map(|data| data.len())
        };
        let (bar, template) = match sources.iter().map(size).sum::<Option<u64>>() {
            Some(all) => (
                ProgressBar::new(all),
                "{bar:24} {percent}%  {decimal_bytes} of {decimal_total_bytes}  {decimal_bytes_per_sec}  {eta} left  {msg}",
            ),
            None => (ProgressBar::no_length(), "{spinner} {decimal_bytes}  {decimal_bytes_per_sec}  {msg}"),
        };
        // The template is known to be right; without it there is still a bar.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, read }
    }

    /// Shows how many rows are done.
    pub(super) fn show(&self, rows: u64) {
        if !self.bar.is_hidden() {
            self.bar.set_position(self.read.load(Ordering::Relaxed));
            self.bar.set_message(format!("{rows} rows"));
        }
    }

    /// Says something above the bar.
    pub(super) fn say(&self, message: &str) {
        self.bar.suspend(|| say(message));
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
