//! A whole report as one JSON object.

use crate::report::wire::{DocumentObject, REPORT, Stream, TOOL, VERSION};
use crate::report::{Failure, Report};

/// Reports and inputs that failed as one object with a last newline.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can.
pub fn json(reports: &[Report], failures: &[Failure]) -> Result<String, serde_json::Error> {
    let stream = Stream {
        schema: REPORT,
        version: VERSION,
        tool: TOOL,
        documents: reports.iter().map(DocumentObject::new).collect(),
        errors: failures.iter().map(Into::into).collect(),
    };
    let mut out = serde_json::to_string_pretty(&stream)?;
    out.push('\n');
    Ok(out)
}
