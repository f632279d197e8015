//! The change of a file as a diff: for tools, and for people in two ways.

mod inline;
mod name;
mod side_by_side;
mod unified;
mod words;

pub use side_by_side::diff_side_by_side;
pub use unified::diff_unified;
pub use words::diff_words;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use super::style::Style;

/// How a diff is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiffOptions {
    /// Unchanged lines around a change.
    pub context: usize,
    /// Columns of the terminal, for diffs side by side.
    pub width: usize,
    /// Colours.
    pub style: Style,
}

impl Default for DiffOptions {
    fn default() -> Self {
        Self { context: 3, width: 80, style: Style::default() }
    }
}

/// The lines of two texts, and in which of them they differ.
struct Lines<'t> {
    before: Vec<&'t str>,
    after: Vec<&'t str>,
    hunks: Vec<Vec<DiffOp>>,
}

impl<'t> Lines<'t> {
    /// Lines end with `\n` alone: a `\r` before it belongs to the line.
    fn new(old: &'t str, new: &'t str, context: usize) -> Self {
        let before: Vec<&str> = old.split_inclusive('\n').collect();
        let after: Vec<&str> = new.split_inclusive('\n').collect();
        let hunks = if old == new {
            Vec::new()
        } else {
            group_diff_ops(capture_diff_slices(Algorithm::Myers, &before, &after), context)
        };
        Self { before, after, hunks }
    }

    /// The lines of an operation.
    fn of(&self, op: &DiffOp) -> (&[&'t str], &[&'t str]) {
        (&self.before[op.old_range()], &self.after[op.new_range()])
    }
}

/// The head of a hunk.
fn head(hunk: &[DiffOp]) -> String {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { return String::new() };
    let olds = range(first.old_range().start, last.old_range().end);
    let news = range(first.new_range().start, last.new_range().end);
    format!("@@ -{olds} +{news} @@")
}

/// Lines as a hunk's head names them: first (from 1) and count; an empty range is named by the line before it.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_hunks() {
        assert_eq!(range(0, 0), "0,0");
        assert_eq!(range(4, 5), "5");
        assert_eq!(range(4, 7), "5,3");
    }
}
