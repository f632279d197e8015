//! Workflow commands of GitHub Actions, which become annotations of the files.

use std::fmt::Write;

use super::path::shown;
use crate::repair::Applicability;
use crate::report::{Failure, Report, Row, UNREAD};

/// The findings of a report, a command each: `::warning file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`.
///
/// Columns are left out where a finding spans lines: GitHub takes them within one line only. What is for display only is a `notice`.
pub fn github(report: &Report) -> String {
    report.rows.iter().fold(String::new(), |mut out, row| {
        let level = if row.applicability == Applicability::Display { "notice" } else { "warning" };
        let message =
            data(&format!("{} ({:.2}, {})", row.message, row.confidence(), row.applicability.name()));
        // Writing to a string can't fail.
        let _ =
            writeln!(out, "::{level} {},title={}::{message}", place(&report.path, row), property(row.rule));
        out
    })
}

/// The command for an input that failed.
pub fn github_failure(failure: &Failure) -> String {
    let Failure { path, error } = failure;
    format!("::error file={},title={UNREAD}::{}\n", property(&shown(path)), data(error))
}

fn place(path: &str, row: &Row) -> String {
    let (file, place) = (property(&shown(path)), &row.place);
    let (line, end_line) = (place.line, place.end_line);
    if line == end_line {
        format!(
            "file={file},line={line},endLine={end_line},col={},endColumn={}",
            place.column, place.end_column
        )
    } else {
        format!("file={file},line={line},endLine={end_line}")
    }
}

/// A message as a command holds it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value as a command holds it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn as_it_was() {
        let (reports, failures) = samples::set();
        let mut out: String = reports.iter().map(github).collect();
        out.extend(failures.iter().map(github_failure));
        samples::assert_snapshot("github.txt", &out);
    }

    /// What the runner makes of a command: `::level name=value,…::message`.
    #[test]
    fn reads_back() {
        let (reports, _) = samples::set();
        let unescaped = |text: &str| {
            text.replace("%2C", ",")
                .replace("%3A", ":")
                .replace("%0A", "\n")
                .replace("%0D", "\r")
                .replace("%25", "%")
        };
        for report in &reports {
            let out = github(report);
            assert_eq!(out.lines().count(), report.rows.len());
            for (line, row) in out.lines().zip(&report.rows) {
                let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
                let (_, properties) = head.split_once(' ').unwrap();
                let file = properties.split(',').next().unwrap().strip_prefix("file=").unwrap();
                assert_eq!(unescaped(file), shown(&report.path));
                assert!(unescaped(message).starts_with(&row.message), "{message}");
            }
        }
    }

    #[test]
    fn escapes() {
        assert_eq!(data("100 %, a:b\r\n"), "100 %25, a:b%0D%0A");
        assert_eq!(property("a:b,c%"), "a%3Ab%2Cc%25");
    }
}
