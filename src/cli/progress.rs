//! How far a run has come, on a terminal.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::say;

/// Fewer documents are done before anybody looks.
const WORTH_A_BAR: usize = 20;

/// What is written on standard output while a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printing {
    /// What tells by itself, on a terminal, how far the run has come.
    Results,
    /// Nothing.
    Nothing,
}

/// A bar on standard error, or nothing: where that is no terminal, where results on a terminal tell how far the run has come, where few
/// documents are to be done, or where quiet is wanted.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// No bar.
    pub(super) fn none() -> Self {
        Self { bar: ProgressBar::hidden() }
    }

    /// A bar that counts documents.
    pub(super) fn of_documents(documents: usize, printing: Printing, quiet: bool) -> Self {
        if documents < WORTH_A_BAR || !is_wanted(printing, quiet) {
            return Self::none();
        }
        let template = "{bar:32} {human_pos} of {human_len} documents  {per_sec}  {eta} left";
        Self { bar: ProgressBar::new(documents as u64).with_style(style(template)) }
    }

    /// A bar that counts bytes, of so many where that is known, with something to say about them.
    pub(super) fn of_bytes(all: Option<u64>, printing: Printing, quiet: bool) -> Self {
        if !is_wanted(printing, quiet) {
            return Self::none();
        }
        let (bar, template) = match all {
            Some(all) => (
                ProgressBar::new(all),
                "{bar:24} {percent}%  {decimal_bytes} of {decimal_total_bytes}  {decimal_bytes_per_sec}  {eta} left  {msg}",
            ),
            None => (ProgressBar::no_length(), "{spinner} {decimal_bytes}  {decimal_bytes_per_sec}  {msg}"),
        };
        Self::ticking(bar.with_style(style(template)))
    }

    /// A counter of lines, of which nobody knows how many there are.
    pub(super) fn of_lines(message: &'static str) -> Self {
        if !is_wanted(Printing::Nothing, false) {
            return Self::none();
        }
        let style = style("{spinner} {msg}  {human_pos} lines  {elapsed}");
        Self::ticking(ProgressBar::new_spinner().with_style(style).with_message(message))
    }

    fn ticking(bar: ProgressBar) -> Self {
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar }
    }

    /// One document more is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }

    /// So much is done.
    pub(super) fn reach(&self, position: u64) {
        self.bar.set_position(position);
    }

    /// The same, with something to say about it.
    pub(super) fn reach_with(&self, position: u64, message: impl FnOnce() -> String) {
        if !self.bar.is_hidden() {
            self.bar.set_position(position);
            self.bar.set_message(message());
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Runs something that writes to the terminal without a bar in its way.
    pub(super) fn aside<T>(&self, run: impl FnOnce() -> T) -> T {
        self.bar.suspend(run)
    }

    /// Says something above the bar.
    pub(super) fn say(&self, message: &str) {
        self.aside(|| say(message));
    }
}

fn is_wanted(printing: Printing, quiet: bool) -> bool {
    let tells = printing == Printing::Results && std::io::stdout().is_terminal();
    !quiet && !tells && std::io::stderr().is_terminal()
}

/// The templates are known to be right; without one there is still a bar.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
