//! GitLab's Code Quality report, a subset of Code Climate's.

use serde_json::{Value, json};

use super::path::shown;
use crate::repair::Applicability;
use crate::report::{Failure, Report, Row, UNREAD};
use crate::text::sha256_hex;

/// Reports and inputs that failed as one JSON array with a last newline.
///
/// Safe findings are `major`, unsafe ones `minor`, those for display only `info`; an input that failed is a `blocker`.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can.
pub fn gitlab(reports: &[Report], failures: &[Failure]) -> Result<String, serde_json::Error> {
    let findings = reports.iter().flat_map(|report| report.rows.iter().map(|row| issue(&report.path, row)));
    let issues: Vec<Value> = findings.chain(failures.iter().map(failed)).collect();
    Ok(format!("{}\n", serde_json::to_string_pretty(&issues)?))
}

fn issue(path: &str, row: &Row) -> Value {
    let severity = match row.applicability {
        Applicability::Safe => "major",
        Applicability::Unsafe => "minor",
        Applicability::Display => "info",
    };
    json!({
        "description": row.message,
        "check_name": row.rule,
        "fingerprint": fingerprint(path, &row.fingerprint),
        "severity": severity,
        "location": {
            "path": shown(path),
            "lines": { "begin": row.place.line, "end": row.place.end_line },
        },
    })
}

/// The format wants a line; that of an input that failed is its first.
fn failed(failure: &Failure) -> Value {
    json!({
        "description": failure.error,
        "check_name": UNREAD,
        "fingerprint": fingerprint(&failure.path, UNREAD),
        "severity": "blocker",
        "location": { "path": shown(&failure.path), "lines": { "begin": 1 } },
    })
}

/// Unique in a report, where the same words may stand in two files.
fn fingerprint(path: &str, within: &str) -> String {
    sha256_hex(format!("{}\n{within}", shown(path)).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn as_it_was() {
        let (reports, failures) = samples::set();
        samples::assert_snapshot("gitlab.json", &gitlab(&reports, &failures).unwrap());
    }

    #[test]
    fn has_what_is_required_and_no_fingerprint_twice() {
        let (reports, failures) = samples::set();
        let out: Vec<Value> = serde_json::from_str(&gitlab(&reports, &failures).unwrap()).unwrap();
        let severities = ["info", "minor", "major", "critical", "blocker"];
        for issue in &out {
            for name in ["description", "check_name", "fingerprint"] {
                assert!(issue[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {issue}");
            }
            assert!(severities.contains(&issue["severity"].as_str().unwrap()), "{issue}");
            assert!(issue["location"]["path"].is_string(), "{issue}");
            assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1, "{issue}");
        }
        let mut fingerprints: Vec<&str> =
            out.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        fingerprints.sort_unstable();
        fingerprints.dedup();
        assert_eq!(fingerprints.len(), out.len());
        assert_eq!(gitlab(&[], &[]).unwrap(), "[]\n");
    }
}
