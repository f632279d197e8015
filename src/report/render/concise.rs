//! A line for each finding, as editors and `grep` take it.

use std::fmt::Write;

use crate::report::report::plain;
use crate::report::{Report, Row};

/// The findings of a report, one a line: `path:line:column: rule "text" -> "replacement" (confidence, applicability)`.
pub fn concise(report: &Report) -> String {
    let mut out = String::new();
    for row in &report.rows {
        let (Row { place, rule, text, .. }, value) = (row, row.replacements.first().map_or("", |r| &r.value));
        let (text, value) = (plain(text), plain(value));
        let (confidence, tier) = (row.confidence(), row.applicability.name());
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "{}:{}:{}: {rule} \"{text}\" -> \"{value}\" ({confidence:.2}, {tier})",
            plain(&report.path),
            place.line,
            place.column
        );
    }
    out
}
