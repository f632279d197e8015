//! The diagnostic format of reviewdog, which suggests changes in code reviews.

use serde_json::{Value, json};

use super::path::shown;
use crate::repair::Applicability;
use crate::report::{Failure, HELP, Place, Report, Row, UNREAD};

/// Reports and inputs that failed as one `DiagnosticResult` with a last newline. The likeliest replacement is the suggestion.
///
/// Columns are bytes in this format.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can.
pub fn rdjson(reports: &[Report], failures: &[Failure]) -> Result<String, serde_json::Error> {
    let findings =
        reports.iter().flat_map(|report| report.rows.iter().map(|row| diagnostic(&report.path, row)));
    let result = json!({
        "source": { "name": "unspin", "url": HELP },
        "severity": "WARNING",
        "diagnostics": findings.chain(failures.iter().map(failed)).collect::<Vec<_>>(),
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&result)?))
}

fn diagnostic(path: &str, row: &Row) -> Value {
    let range = range(&row.place);
    let severity = if row.applicability == Applicability::Display { "INFO" } else { "WARNING" };
    let suggestion = |value: &str| json!({ "range": range, "text": value });
    json!({
        "message": row.message,
        "location": { "path": shown(path), "range": range },
        "severity": severity,
        "code": { "value": row.rule, "url": HELP },
        "suggestions": row.replacements.first().map(|r| suggestion(&r.value)).into_iter().collect::<Vec<_>>(),
    })
}

fn failed(failure: &Failure) -> Value {
    json!({
        "message": failure.error,
        "location": { "path": shown(&failure.path) },
        "severity": "ERROR",
        "code": { "value": UNREAD },
    })
}

fn range(place: &Place) -> Value {
    json!({
        "start": { "line": place.line, "column": place.byte_column },
        "end": { "line": place.end_line, "column": place.end_byte_column },
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn as_it_was() {
        let (reports, failures) = samples::set();
        samples::assert_snapshot("rdjson.json", &rdjson(&reports, &failures).unwrap());
    }

    /// Applies the suggestions as reviewdog does: by lines, then by bytes in them.
    #[test]
    fn suggestions_stand_where_the_phrases_do() {
        let (reports, failures) = samples::set();
        let out: Value = serde_json::from_str(&rdjson(&reports, &failures).unwrap()).unwrap();
        let rows = reports
            .iter()
            .zip(samples::TEXTS)
            .flat_map(|(report, (_, text))| report.rows.iter().map(move |row| (row, text)));
        let diagnostics = out["diagnostics"].as_array().unwrap();
        let mut checked = 0;
        for (diagnostic, (row, text)) in diagnostics.iter().zip(rows) {
            let offset = |end: &str| {
                let position = &diagnostic["suggestions"][0]["range"][end];
                let number = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
                let lines = text.split_inclusive('\n').take(number("line") - 1);
                lines.map(str::len).sum::<usize>() + number("column") - 1
            };
            assert_eq!(&text[offset("start")..offset("end")], row.text);
            checked += 1;
        }
        assert_eq!(checked + failures.len(), diagnostics.len());
    }
}
