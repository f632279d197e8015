//! The XML of Checkstyle, which many tools for code review take.

use std::fmt::Write;

use super::path::shown;
use super::xml::{Attribute, DECLARATION};
use crate::repair::Applicability;
use crate::report::{Failure, Report, Row, UNREAD};

/// Reports and inputs that failed as one XML document: a `file` each. An input that failed has an error without a line.
pub fn checkstyle(reports: &[Report], failures: &[Failure]) -> String {
    let mut out = format!("{DECLARATION}<checkstyle version=\"4.3\">\n");
    // Writing to a string can't fail.
    for report in reports {
        let name = Attribute("name", &shown(&report.path)).to_string();
        if report.rows.is_empty() {
            let _ = writeln!(out, "  <file{name}/>");
            continue;
        }
        let _ = writeln!(out, "  <file{name}>");
        for row in &report.rows {
            error(&mut out, row);
        }
        out.push_str("  </file>\n");
    }
    for Failure { path, error } in failures {
        let (name, message) = (shown(path), Attribute("message", error));
        let _ = writeln!(out, "  <file{}>", Attribute("name", &name));
        let _ =
            writeln!(out, "    <error severity=\"error\"{message} source=\"unspin.{UNREAD}\"/>\n  </file>");
    }
    out.push_str("</checkstyle>\n");
    out
}

fn error(out: &mut String, row: &Row) {
    let (line, column) = (row.place.line, row.place.column);
    let severity = if row.applicability == Applicability::Display { "info" } else { "warning" };
    let (message, source) = (Attribute("message", &row.message), format!("unspin.{}", row.rule));
    let source = Attribute("source", &source);
    let _ = writeln!(
        out,
        "    <error line=\"{line}\" column=\"{column}\" severity=\"{severity}\"{message}{source}/>"
    );
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn as_it_was() {
        let (reports, failures) = samples::set();
        samples::assert_snapshot("checkstyle.xml", &checkstyle(&reports, &failures));
    }

    #[test]
    fn reads_back() {
        let (reports, failures) = samples::set();
        let xml = checkstyle(&reports, &failures);
        let document = roxmltree::Document::parse(&xml).unwrap();
        let files: Vec<_> = document.root_element().children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(files.len(), reports.len() + failures.len());
        for (file, report) in files.iter().zip(&reports) {
            assert_eq!(file.attribute("name"), Some(shown(&report.path).as_str()));
            let errors: Vec<_> = file.children().filter(roxmltree::Node::is_element).collect();
            assert_eq!(errors.len(), report.rows.len());
            for (error, row) in errors.iter().zip(&report.rows) {
                assert_eq!(error.attribute("message"), Some(row.message.as_str()));
                assert_eq!(error.attribute("line"), Some(row.place.line.to_string().as_str()));
            }
        }
    }
}
