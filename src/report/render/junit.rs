//! The XML of JUnit as continuous integration reads it: a suite for each document, a failing test for each finding.

use std::fmt::Write;

use super::path::shown;
use super::xml::{Attribute, DECLARATION, escaped};
use crate::report::{Failure, Report, Row, UNREAD};

/// Reports and inputs that failed as one XML document. A document without findings is a test that passes; an input that failed is
/// a test that ended in an error.
pub fn junit(reports: &[Report], failures: &[Failure]) -> String {
    let findings: usize = reports.iter().map(|report| report.rows.len()).sum();
    let tests: usize = reports.iter().map(tests).sum::<usize>() + failures.len();
    let errors = failures.len();
    let mut out = format!(
        "{DECLARATION}<testsuites name=\"unspin\" tests=\"{tests}\" failures=\"{findings}\" errors=\"{errors}\">\n"
    );
    for report in reports {
        suite(&mut out, report);
    }
    for failure in failures {
        failed(&mut out, failure);
    }
    out.push_str("</testsuites>\n");
    out
}

/// One for each finding, or one that passes.
fn tests(report: &Report) -> usize {
    report.rows.len().max(1)
}

// Writing to a string can't fail.
fn suite(out: &mut String, report: &Report) {
    let (path, failures) = (shown(&report.path), report.rows.len());
    let (name, class) = (Attribute("name", &path), Attribute("classname", &path));
    let _ =
        writeln!(out, "  <testsuite{name} tests=\"{}\" failures=\"{failures}\" errors=\"0\">", tests(report));
    if report.rows.is_empty() {
        let _ = writeln!(out, "    <testcase name=\"{}\"{class}/>", report.verdict.kind.name());
    }
    for row in &report.rows {
        case(out, &path, &class, row);
    }
    out.push_str("  </testsuite>\n");
}

fn case(out: &mut String, path: &str, class: &Attribute<'_>, row: &Row) {
    let (line, column) = (row.place.line, row.place.column);
    let name = format!("{}:{line}:{column}", row.rule);
    let (name, message) = (Attribute("name", &name), Attribute("message", &row.message));
    let _ = writeln!(out, "    <testcase{name}{class}>");
    let _ = writeln!(
        out,
        "      <failure{message} type=\"{}\">{}</failure>\n    </testcase>",
        row.applicability.name(),
        escaped(&format!("{path}:{line}:{column}: {} ({:.2})", row.message, row.confidence()))
    );
}

fn failed(out: &mut String, failure: &Failure) {
    let path = shown(&failure.path);
    let (name, class) = (Attribute("name", &path), Attribute("classname", &path));
    let message = Attribute("message", &failure.error);
    let _ = writeln!(out, "  <testsuite{name} tests=\"1\" failures=\"0\" errors=\"1\">");
    let _ = writeln!(out, "    <testcase name=\"{UNREAD}\"{class}>");
    let _ = writeln!(out, "      <error{message} type=\"{UNREAD}\"/>\n    </testcase>\n  </testsuite>");
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn as_it_was() {
        let (reports, failures) = samples::set();
        samples::assert_snapshot("junit.xml", &junit(&reports, &failures));
    }

    #[test]
    fn counts_are_those_of_the_elements() {
        let (reports, failures) = samples::set();
        let xml = junit(&reports, &failures);
        let document = roxmltree::Document::parse(&xml).unwrap();
        let count = |node: roxmltree::Node<'_, '_>, name: &str| {
            node.descendants().filter(|inner| inner.has_tag_name(name)).count().to_string()
        };
        for node in
            document.descendants().filter(|n| n.has_tag_name("testsuite") || n.has_tag_name("testsuites"))
        {
            for (attribute, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")]
            {
                assert_eq!(node.attribute(attribute), Some(count(node, element).as_str()), "{node:?}");
            }
        }
    }
}
