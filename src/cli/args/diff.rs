//! How changes are shown.

use clap::{Args, ValueEnum};

use super::Colour;
use crate::cli::io;
use crate::report::render::{self, DiffOptions, Style};

#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// Show the changes and write nothing: as a unified diff for `git apply` or `patch -p1`, or for reading, word by word or side
    /// by side
    #[arg(
        long,
        value_enum,
        value_name = "KIND",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "unified",
        conflicts_with_all = ["jsonl", "write"]
    )]
    pub diff: Option<DiffKind>,
    /// Lines of a diff around each change
    #[arg(long, value_name = "N", default_value_t = 3, requires = "diff")]
    pub context: usize,
    /// Colour diffs and messages
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
}

/// How changes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DiffKind {
    /// For `git apply` and `patch -p1`
    Unified,
    /// Each line once, with the words that change in it
    Words,
    /// Old lines on the left, new ones on the right, as wide as the terminal
    SideBySide,
}

impl DiffArgs {
    /// The kind of diff that is asked for, and how it is written.
    pub(in crate::cli) fn options(&self) -> Option<(DiffKind, DiffOptions)> {
        let kind = self.diff?;
        let style = Style { colour: io::is_coloured(self.color, &std::io::stdout()) };
        let width = if kind == DiffKind::SideBySide { io::columns() } else { 0 };
        Some((kind, DiffOptions { context: self.context, width, style }))
    }
}

impl DiffKind {
    /// The change of a file from `old` to `new`.
    pub(in crate::cli) fn write(self, name: &str, old: &str, new: &str, options: DiffOptions) -> String {
        match self {
            Self::Unified => render::diff_unified(name, old, new, options),
            Self::Words => render::diff_words(name, old, new, options),
            Self::SideBySide => render::diff_side_by_side(name, old, new, options),
        }
    }
}
