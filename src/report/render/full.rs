//! For people: each place in its sentence, underlined, with what may have stood there.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::strip::{Glyphs, strip};
use super::style::Style;
use super::summary::verdict_line;
use crate::detect::VerdictKind;
use crate::repair::Reservation;
use crate::report::report::plain;
use crate::report::{Report, Row};

/// Alternatives that are shown; the others are in the JSON formats.
pub(super) const MOST_ALTERNATIVES: usize = 4;

/// Alternatives that are less likely are not shown beside better ones.
pub(super) const LEAST_SHOWN: f64 = 0.01;

/// Characters of the strip that shows where the spinning is.
const STRIP: usize = 48;

/// A report with its verdict, where the spinning is, and every finding in its sentence.
pub fn full(report: &Report, style: Style, glyphs: Glyphs) -> String {
    let mut out = String::new();
    // Writing to a string can't fail.
    let _ = writeln!(out, "{}", verdict_line(report, style));
    if matches!(report.verdict.kind, VerdictKind::Spun | VerdictKind::Suspect) {
        let strip = style.bad(&strip(&report.passages, STRIP, glyphs));
        let _ = writeln!(out, "{strip} {}", style.dim("spinning by passage"));
    }
    for row in &report.rows {
        out.push('\n');
        finding(&mut out, &report.path, row, style);
    }
    if !report.rows.is_empty() {
        out.push('\n');
    }
    out
}

fn finding(out: &mut String, path: &str, row: &Row, style: Style) {
    let (place, excerpt) = (&row.place, &row.excerpt);
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    let at = style.bold(&format!("{}:{}:{}", plain(path), place.line, place.column));
    let quoted = if row.evidence.in_quotation { ", in a quotation" } else { "" };
    let meaning = match row.reservation {
        Some(reservation @ Reservation::Meaning(_)) => format!(", {}", reservation.reason()),
        Some(Reservation::Quotation) | None => String::new(),
    };
    let _ = writeln!(out, "{at}: {} ({}{meaning}{quoted})", row.rule, row.applicability.name());
    let _ = writeln!(out, "{margin} {}", style.dim("|"));
    let _ = writeln!(
        out,
        "{} {} {}{}{}",
        style.dim(&number),
        style.dim("|"),
        excerpt.before,
        style.bad(&excerpt.text),
        excerpt.after
    );
    let indent = " ".repeat(excerpt.before.width());
    let underline = "^".repeat(excerpt.text.width().max(1));
    let shown = row.replacements.iter().enumerate().filter(|(i, r)| *i == 0 || r.confidence >= LEAST_SHOWN);
    let mut alternatives: Vec<String> = shown
        .take(MOST_ALTERNATIVES)
        .map(|(_, r)| {
            format!("{} {}", style.good(&plain(&r.value)), style.dim(&format!("({:.2})", r.confidence)))
        })
        .collect();
    if let Some(keep) = row.evidence.keep.filter(|&keep| keep >= LEAST_SHOWN) {
        alternatives.push(style.dim(&format!("as it is ({keep:.2})")));
    }
    let bar = style.dim("|");
    let _ = writeln!(out, "{margin} {bar} {indent}{} {}", style.bad(&underline), alternatives.join(", "));
    for ground in &row.grounds {
        let confidence = style.dim(&format!("({:.2})", ground.confidence));
        let _ = writeln!(out, "{margin} {bar} {} {confidence}", style.good(&plain(&ground.value)));
        for sentence in &ground.sentences {
            let _ = writeln!(out, "{margin} {bar}   {}", plain(sentence));
        }
    }
}
