//! How far a run has come, on a terminal.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// Fewer documents are done before anybody looks.
const WORTH_A_BAR: usize = 20;

/// A bar on standard error, or nothing: where that is no terminal, where standard output is one (what is written there tells how far the
/// run has come), where few documents are to be done, or where quiet is wanted.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn of(documents: usize, quiet: bool) -> Self {
        let is_seen = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        if quiet || !is_seen || documents < WORTH_A_BAR {
            return Self { bar: ProgressBar::hidden() };
        }
        let template = "{bar:32} {human_pos} of {human_len} documents  {per_sec}  {eta} left";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        Self { bar: ProgressBar::new(documents as u64).with_style(style) }
    }

    /// One document more is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Runs something that writes to the terminal without a bar in its way.
    pub(super) fn aside<T>(&self, run: impl FnOnce() -> T) -> T {
        self.bar.suspend(run)
    }
}
