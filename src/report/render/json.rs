//! A whole report as one JSON object.

use crate::report::Report;
use crate::report::wire::{DocumentObject, ErrorRow, REPORT, Stream, TOOL, VERSION};

/// Reports, and inputs that failed as pairs of path and message, as one object with a last newline.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can.
pub fn json(reports: &[Report], failures: &[(String, String)]) -> Result<String, serde_json::Error> {
    let stream = Stream {
        schema: REPORT,
        version: VERSION,
        tool: TOOL,
        documents: reports.iter().map(DocumentObject::new).collect(),
        errors: failures.iter().map(|(path, error)| ErrorRow { r#type: "error", path, error }).collect(),
    };
    let mut out = serde_json::to_string_pretty(&stream)?;
    out.push('\n');
    Ok(out)
}
