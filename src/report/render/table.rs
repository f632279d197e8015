//! Figures in columns.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

/// What stands for a figure that is undefined.
pub(super) const UNDEFINED: &str = "–";

/// A figure with so many decimals, or what stands for one that is undefined.
pub(super) fn decimals(figure: Option<f64>, places: usize) -> String {
    figure.map_or_else(|| UNDEFINED.to_owned(), |figure| format!("{figure:.places$}"))
}

/// Columns aligned by the width of what stands in them.
pub(super) struct Table {
    /// So many columns are aligned left, the others right.
    left: usize,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(left: usize, header: &[&str]) -> Self {
        Self { left, rows: vec![header.iter().map(ToString::to_string).collect()] }
    }

    pub(super) fn add(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    pub(super) fn written(&self) -> String {
        let mut widths = vec![0; self.rows[0].len()];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = cell.width().max(*width);
            }
        }
        let mut out = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for ((number, cell), width) in row.iter().enumerate().zip(&widths) {
                let gap = " ".repeat(width - cell.width());
                let (before, after) =
                    if number < self.left { ("", gap.as_str()) } else { (gap.as_str(), "") };
                // Writing to a string can't fail.
                let _ = write!(line, "{before}{cell}{after}  ");
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}
