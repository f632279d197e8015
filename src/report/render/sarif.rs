//! SARIF 2.1.0, the Static Analysis Results Interchange Format of OASIS.

use serde_json::{Value, json};

use super::path::uri;
use crate::repair::Applicability;
use crate::report::wire::VerdictFields;
use crate::report::{FINGERPRINT, Failure, HELP, Place, RULES, Replacement, Report, Row};

/// The schema of the format; editors fetch it from here.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Reports and inputs that failed as one SARIF log with a last newline.
///
/// Each document is an artifact, whose properties are its verdict. Each finding is a result with a fix for each replacement, the
/// likeliest first. An input that failed is a notification of the invocation.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can.
pub fn sarif(reports: &[Report], failures: &[Failure]) -> Result<String, serde_json::Error> {
    let results = reports.iter().enumerate().flat_map(|(artifact, report)| {
        report.rows.iter().map(move |row| result(&report.path, artifact, row))
    });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver() },
            "invocations": [{
                "executionSuccessful": failures.is_empty(),
                "toolExecutionNotifications": failures.iter().map(notification).collect::<Vec<_>>(),
            }],
            "artifacts": reports.iter().map(artifact).collect::<Result<Vec<_>, _>>()?,
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&log)?))
}

fn driver() -> Value {
    let rules = RULES.iter().map(|rule| {
        json!({
            "id": rule.name,
            "name": rule.title,
            "shortDescription": { "text": rule.summary },
            "fullDescription": { "text": rule.description },
            "helpUri": HELP,
            "help": { "text": rule.description },
            "defaultConfiguration": { "level": "warning" },
        })
    });
    json!({
        "name": "unspin",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "informationUri": HELP,
        "rules": rules.collect::<Vec<_>>(),
    })
}

fn notification(failure: &Failure) -> Value {
    json!({
        "level": "error",
        "message": { "text": failure.error },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&failure.path) } } }],
    })
}

fn artifact(report: &Report) -> Result<Value, serde_json::Error> {
    Ok(json!({
        "location": { "uri": uri(&report.path) },
        "properties": serde_json::to_value(VerdictFields::from(&report.verdict))?,
    }))
}

fn result(path: &str, artifact: usize, row: &Row) -> Value {
    let location = json!({ "uri": uri(path), "index": artifact });
    let mut result = json!({
        "ruleId": row.rule,
        "level": if row.applicability == Applicability::Display { "note" } else { "warning" },
        "message": { "text": row.message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": location,
            "region": with_snippet(region(&row.place), &row.text),
        } }],
        "partialFingerprints": { FINGERPRINT: row.fingerprint },
        "fixes": row.replacements.iter().map(|r| fix(&location, row, r)).collect::<Vec<_>>(),
        "properties": {
            "confidence": row.confidence(),
            "applicability": row.applicability.name(),
            "inQuotation": row.evidence.in_quotation,
        },
    });
    if let Some(index) = RULES.iter().position(|rule| rule.name == row.rule) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(reservation) = row.reservation {
        result["properties"]["applicabilityReason"] = json!(reservation.reason());
    }
    result
}

fn fix(location: &Value, row: &Row, replacement: &Replacement) -> Value {
    let Replacement { value, confidence } = replacement;
    json!({
        "description": { "text": format!("Replace it by \"{value}\" ({confidence:.2})") },
        "artifactChanges": [{
            "artifactLocation": location,
            "replacements": [{ "deletedRegion": region(&row.place), "insertedContent": { "text": value } }],
        }],
    })
}

/// A region of text: its end is exclusive, as ours.
fn region(place: &Place) -> Value {
    json!({
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    })
}

fn with_snippet(mut region: Value, text: &str) -> Value {
    region["snippet"] = json!({ "text": text });
    region
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn log() -> Value {
        let (reports, failures) = samples::set();
        serde_json::from_str(&sarif(&reports, &failures).unwrap()).unwrap()
    }

    #[test]
    fn as_it_was() {
        let (reports, failures) = samples::set();
        samples::assert_snapshot("sarif.json", &sarif(&reports, &failures).unwrap());
    }

    /// What the schema requires, and what code scanning services refuse a log without. README.md says how to check a log against
    /// the schema itself.
    #[test]
    fn has_what_is_required() {
        let log = log();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for rule in rules {
            for name in ["shortDescription", "fullDescription", "help"] {
                assert!(
                    rule[name]["text"].as_str().is_some_and(|text| text.ends_with('.')),
                    "{name}: {rule}"
                );
            }
            assert!(rule["helpUri"].as_str().unwrap().starts_with("https://"), "{rule}");
        }
        let artifacts = run["artifacts"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(result["ruleId"], rules[rule]["id"]);
            assert!(result["partialFingerprints"][FINGERPRINT].as_str().is_some_and(|it| it.len() == 32));
            let place = &result["locations"][0]["physicalLocation"];
            let artifact = usize::try_from(place["artifactLocation"]["index"].as_u64().unwrap()).unwrap();
            assert_eq!(place["artifactLocation"]["uri"], artifacts[artifact]["location"]["uri"]);
            for fix in result["fixes"].as_array().unwrap() {
                let replacement = &fix["artifactChanges"][0]["replacements"][0];
                assert!(replacement["insertedContent"]["text"].is_string());
                for member in ["startLine", "startColumn", "endLine", "endColumn"] {
                    assert!(place["region"][member].as_u64().unwrap() >= 1);
                    assert_eq!(replacement["deletedRegion"][member], place["region"][member]);
                }
            }
        }
        let invocation = &run["invocations"][0];
        assert_eq!(invocation["executionSuccessful"], false);
        assert_eq!(invocation["toolExecutionNotifications"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn a_run_without_failures_was_successful() {
        let log: Value = serde_json::from_str(&sarif(&[], &[]).unwrap()).unwrap();
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
        assert_eq!(log["runs"][0]["results"], json!([]));
    }
}
