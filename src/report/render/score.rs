//! Scores: a list for one document, a table for several, both sides of a comparison, JSON and CSV.

use std::fmt::Write;

use super::jsonl::row;
use super::strip::{Glyphs, strip};
use super::style::Style;
use super::summary::{judgement_line, rate};
use super::table::{Table, UNDEFINED, decimals};
use crate::detect::{Family, VerdictKind};
use crate::readability::Formula;
use crate::report::report::plain;
use crate::report::wire::{TOOL, VERSION};
use crate::report::wire_score::{
    ComparisonObject, SCORE, ScoreObject, ScoreRow, ScoreStream, TotalRow, score_meta,
};
use crate::report::{Comparison, Failure, Measure, Reading, ScoreReport, SortKey, Totals, TraceRow};

/// Columns of a line of a list.
const INDENT: &str = "  ";

/// Characters of the strip that shows where the spinning is: for one document, and in a table.
const STRIP: usize = 48;
const SHORT_STRIP: usize = 16;

/// One document: its verdict, where the spinning is, then each measure on a line.
pub fn score_full(report: &ScoreReport, style: Style, glyphs: Glyphs) -> String {
    let mut out = judgement_line(&report.path, &report.verdict, style) + "\n";
    let heat = strip(&report.passages, STRIP, glyphs);
    if report.verdict.kind != VerdictKind::TooShort {
        // Writing to a string can't fail.
        let _ = writeln!(out, "{INDENT}{heat} {}", style.dim("spinning by passage"));
    }
    out.push_str(&translation(report));
    let reading = &report.reading;
    let mut table = Table::new(1, &["grade", &grade(reading)]);
    table.add(vec!["time to read".to_owned(), duration(reading.get(Measure::ReadingSeconds))]);
    let others =
        [Measure::BitsPerWord].into_iter().chain(Formula::ALL.map(Measure::Formula)).chain(Measure::COUNTS);
    for measure in others {
        table.add(vec![measure.name().to_owned(), figure(measure, reading.get(measure))]);
    }
    for line in table.written().lines() {
        // Writing to a string can't fail.
        let _ = writeln!(out, "{INDENT}{line}");
    }
    out
}

/// What speaks for a translation, if enough does.
fn translation(report: &ScoreReport) -> String {
    let mut out = String::new();
    if report.translation.is_translated {
        // Writing to a string can't fail.
        let _ = writeln!(out, "{INDENT}reads like a translation:");
        for TraceRow { place, message, .. } in &report.translation.rows {
            let _ = writeln!(out, "{INDENT}{INDENT}{}:{}: {message}", place.line, place.column);
        }
    }
    out
}

/// Several documents and their total: a line each.
pub fn score_table(reports: &[ScoreReport], totals: &Totals, glyphs: Glyphs) -> String {
    let header = [
        "",
        "verdict",
        "family",
        "passages",
        "probability",
        "spin rate",
        "words",
        "sentences",
        "Flesch ease",
        "grade",
        "time",
        "bits/word",
    ];
    let mut table = Table::new(4, &header);
    for ScoreReport { path, verdict, reading, translation, passages } in reports {
        let also = if translation.is_translated { ", translated" } else { "" };
        let mut cells = vec![plain(path), format!("{}{also}", verdict.kind.name())];
        cells.push(verdict.family.map_or(UNDEFINED, Family::name).to_owned());
        cells.push(strip(passages, SHORT_STRIP, glyphs));
        cells.push(format!("{:.2}", verdict.probability));
        cells.push(rate(verdict));
        cells.extend(readings(reading));
        table.add(cells);
    }
    let mut cells = vec!["total".to_owned(), format!("{} spun", totals.spun)];
    cells.extend(std::iter::repeat_n(String::new(), 4));
    cells.extend(readings(&totals.reading));
    table.add(cells);
    table.written()
}

fn readings(reading: &Reading) -> [String; 6] {
    let cell = |measure| figure(measure, reading.get(measure));
    [
        cell(Measure::Words),
        cell(Measure::Sentences),
        cell(Measure::Formula(Formula::FleschReadingEase)),
        grade(reading),
        duration(reading.get(Measure::ReadingSeconds)),
        cell(Measure::BitsPerWord),
    ]
}

/// Two texts: their verdicts, then each number before and after, and the difference.
pub fn comparison_full(comparison: &Comparison, style: Style) -> String {
    let Comparison { before, after, rows } = comparison;
    let mut out = String::new();
    for report in [before, after] {
        // Writing to a string can't fail.
        let _ = writeln!(out, "{}", judgement_line(&report.path, &report.verdict, style));
    }
    let mut table = Table::new(1, &["", "before", "after", "difference"]);
    for line in rows {
        let (name, places) = match line.key {
            SortKey::Path => continue,
            SortKey::Probability => ("probability of spinning", 2),
            SortKey::Rate => ("spin rate", 2),
            SortKey::Measure(measure) => (measure.name(), places(measure)),
        };
        let difference =
            line.difference.map_or_else(|| UNDEFINED.to_owned(), |number| signed(number, places));
        table.add(vec![
            name.to_owned(),
            decimals(line.before, places),
            decimals(line.after, places),
            difference,
        ]);
    }
    for line in table.written().lines() {
        let _ = writeln!(out, "{INDENT}{line}");
    }
    out
}

/// The documents, their total, and inputs that failed as pairs of path and message, as one JSON object with a last newline.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can. The same holds for the other functions.
pub fn score_json(
    reports: &[ScoreReport],
    totals: &Totals,
    failures: &[Failure],
) -> Result<String, serde_json::Error> {
    let stream = ScoreStream {
        schema: SCORE,
        version: VERSION,
        tool: TOOL,
        documents: reports.iter().map(ScoreObject::new).collect(),
        total: totals.into(),
        errors: failures.iter().map(Into::into).collect(),
    };
    Ok(serde_json::to_string_pretty(&stream)? + "\n")
}

/// The first row of a stream.
///
/// # Errors
///
/// See [`score_json`].
pub fn score_jsonl_meta() -> Result<String, serde_json::Error> {
    row(&score_meta())
}

/// The row of a document.
///
/// # Errors
///
/// See [`score_json`].
pub fn score_jsonl(report: &ScoreReport) -> Result<String, serde_json::Error> {
    row(&ScoreRow { r#type: "document", document: ScoreObject::new(report) })
}

/// The last row of a stream.
///
/// # Errors
///
/// See [`score_json`].
pub fn score_jsonl_total(totals: &Totals) -> Result<String, serde_json::Error> {
    row(&TotalRow { r#type: "total", total: totals.into() })
}

/// The first line of CSV.
pub fn score_csv_header() -> String {
    let verdict = [
        "path",
        "verdict",
        "family",
        "translated",
        "spin_probability",
        "spin_rate",
        "spin_rate_low",
        "spin_rate_high",
    ];
    csv_line(
        verdict.into_iter().map(str::to_owned).chain(Measure::all().map(|measure| measure.key().to_owned())),
    )
}

/// The line of a document. What is undefined is left empty.
pub fn score_csv(report: &ScoreReport) -> String {
    let ScoreReport { path, verdict, reading, translation, .. } = report;
    let family = verdict.family.map_or("", Family::name);
    let translated = translation.is_translated.to_string();
    let words = [path.clone(), verdict.kind.name().to_owned(), family.to_owned(), translated];
    let numbers = [verdict.probability, verdict.rate, verdict.rate_interval.0, verdict.rate_interval.1];
    let measures = Measure::all().map(|measure| csv_number(reading.get(measure)));
    csv_line(words.into_iter().chain(numbers.map(|number| csv_number(Some(number)))).chain(measures))
}

/// A comparison as a JSON object with a last newline.
///
/// # Errors
///
/// See [`score_json`].
pub fn comparison_json(comparison: &Comparison) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&ComparisonObject::new(comparison))? + "\n")
}

/// The same on one line.
///
/// # Errors
///
/// See [`score_json`].
pub fn comparison_jsonl(comparison: &Comparison) -> Result<String, serde_json::Error> {
    row(&ComparisonObject::new(comparison))
}

/// A comparison as CSV: a line for each number.
pub fn comparison_csv(comparison: &Comparison) -> String {
    let header = ["measure", "before", "after", "difference"].map(str::to_owned);
    let lines = comparison.rows.iter().map(|row| {
        let numbers = [row.before, row.after, row.difference].map(csv_number);
        csv_line([row.key.key().to_owned()].into_iter().chain(numbers))
    });
    [csv_line(header.into_iter())].into_iter().chain(lines).collect()
}

fn csv_line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| csv_cell(&cell)).collect();
    cells.join(",") + "\n"
}

/// A cell as RFC 4180 has it.
fn csv_cell(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn csv_number(number: Option<f64>) -> String {
    // Six places are enough, and trailing zeros say nothing; nor does the sign of zero.
    number.map_or_else(String::new, |number| (((number * 1e6).round() / 1e6) + 0.0).to_string())
}

/// The consensus of the grades and their spread.
fn grade(reading: &Reading) -> String {
    let [grade, lowest, highest] =
        [Measure::Grade, Measure::LowestGrade, Measure::HighestGrade].map(|measure| reading.get(measure));
    match (grade, lowest, highest) {
        (Some(grade), Some(lowest), Some(highest)) => format!("{grade:.1} ({lowest:.1} to {highest:.1})"),
        _ => UNDEFINED.to_owned(),
    }
}

/// Decimals that say something.
pub(super) fn places(measure: Measure) -> usize {
    match measure {
        _ if measure.is_count() => 0,
        Measure::ReadingSeconds => 0,
        Measure::BitsPerWord => 2,
        _ => 1,
    }
}

pub(super) fn figure(measure: Measure, value: Option<f64>) -> String {
    decimals(value, places(measure))
}

/// A difference with its sign; none if it rounds to zero.
pub(super) fn signed(number: f64, places: usize) -> String {
    let text = format!("{number:+.places$}");
    if text.contains(|c: char| ('1'..='9').contains(&c)) { text } else { text[1..].to_owned() }
}

/// Seconds as minutes and seconds.
pub(super) fn duration(seconds: Option<f64>) -> String {
    let Some(seconds) = seconds else { return UNDEFINED.to_owned() };
    let (minutes, rest) = ((seconds.round() / 60.0).floor(), seconds.round() % 60.0);
    if minutes < 1.0 { format!("{rest:.0} s") } else { format!("{minutes:.0} min {rest:.0} s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!(
            ["0 s", "59 s", "1 min 0 s", "61 min 1 s"],
            [0.2, 59.4, 59.6, 3661.0].map(|s| duration(Some(s))).each_ref().map(String::as_str)
        );
        assert_eq!(
            ["+1.5", "-0.2", "0.0"],
            [1.5, -0.2, -0.04].map(|n| signed(n, 1)).each_ref().map(String::as_str)
        );
        assert_eq!(figure(Measure::BitsPerWord, None), "–");
    }

    #[test]
    fn cells_of_csv() {
        assert_eq!(csv_line(["a", "b,c", "d\"e"].into_iter().map(str::to_owned)), "a,\"b,c\",\"d\"\"e\"\n");
        assert_eq!(
            [Some(1.0), Some(0.123_456_78), Some(-0.0), None].map(csv_number),
            ["1", "0.123457", "0", ""]
        );
    }
}
