//! A report as JSON Lines, each told apart by its `type`.

use serde::Serialize;

use crate::report::wire::{DocumentRow, ErrorRow, FindingRow, Meta};
use crate::report::{Failure, Report};

/// The first row of a stream.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can. The same holds for the other functions.
pub fn jsonl_meta() -> Result<String, serde_json::Error> {
    row(&Meta::report())
}

/// The rows of a document: its findings, then itself.
///
/// # Errors
///
/// See [`jsonl_meta`].
pub fn jsonl(report: &Report) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    for finding in &report.rows {
        out.push_str(&row(&FindingRow::new(&report.path, finding))?);
    }
    out.push_str(&row(&DocumentRow::new(report))?);
    Ok(out)
}

/// The row of an input that failed.
///
/// # Errors
///
/// See [`jsonl_meta`].
pub fn jsonl_failure(failure: &Failure) -> Result<String, serde_json::Error> {
    row(&ErrorRow::from(failure))
}

pub(super) fn row(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut out = serde_json::to_string(value)?;
    out.push('\n');
    Ok(out)
}
