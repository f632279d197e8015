//! The line that says how far a run is, on a terminal.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::source::Source;
use crate::cli::progress::{Printing, Progress};

/// Progress with its rate and, where the size of all inputs is known, the time that is left.
pub(super) struct Bar {
    progress: Progress,
    read: Arc<AtomicU64>,
}

impl Bar {
    /// A bar that counts `read` bytes. There is none where rows go to the terminal, or no terminal shows it.
    pub(super) fn new(sources: &[Source], prints_rows: bool, quiet: bool, read: Arc<AtomicU64>) -> Self {
        let size = |source: &Source| {
            std::fs::metadata(&source.path).ok().filter(std::fs::Metadata::is_file).map(|data| data.len())
        };
        let all = sources.iter().map(size).sum();
        let printing = if prints_rows { Printing::Results } else { Printing::Nothing };
        Self { progress: Progress::of_bytes(all, printing, quiet), read }
    }

    /// Shows how many rows are done.
    pub(super) fn show(&self, rows: u64) {
        self.progress.reach_with(self.read.load(Ordering::Relaxed), || format!("{rows} rows"));
    }

    /// Says something above the bar.
    pub(super) fn say(&self, message: &str) {
        self.progress.say(message);
    }

    pub(super) fn finish(&self) {
        self.progress.finish();
    }
}
