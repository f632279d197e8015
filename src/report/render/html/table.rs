//! All documents in a table.

use std::fmt::Write;

use super::super::score::figure;
use super::super::strip::{Glyphs, strip};
use super::super::summary::rate;
use super::super::table::UNDEFINED;
use super::super::xml::escaped;
use super::HtmlEntry;
use super::document::cold;
use crate::detect::Family;
use crate::readability::Formula;
use crate::report::{Measure, Reading, Totals};

/// Characters of the strip of a row.
const STRIP: usize = 16;

/// Headings of columns; those of numbers sort by them, the highest first.
const COLUMNS: [(&str, &str); 10] = [
    ("Document", ""),
    ("Verdict", ""),
    ("Passages", ""),
    ("Probability", "num"),
    ("Spin rate", "num"),
    ("Family", ""),
    ("Words", "num"),
    ("Changes", "num"),
    ("Grade", "num"),
    ("Flesch ease", "num"),
];

pub(super) fn table(out: &mut String, entries: &[HtmlEntry], totals: &Totals) {
    out.push_str("<section class=\"all\">\n<h2>Documents</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of documents\">\n<table>\n<thead><tr>");
    for (name, class) in COLUMNS {
        // Writing to a string can't fail.
        let _ = write!(out, "<th scope=\"col\" class=\"{class}\">{name}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for entry in entries {
        row(out, entry);
    }
    let findings: usize = entries.iter().map(|entry| entry.findings).sum();
    let _ = write!(
        out,
        "</tbody>\n<tfoot><tr><th scope=\"row\">{} documents</th><td>{} spun</td><td></td><td></td><td></td><td></td>{}</tr></tfoot>\n\
         </table>\n</div>\n</section>\n",
        totals.documents,
        totals.spun,
        readings(&totals.reading, findings),
    );
}

fn row(out: &mut String, entry: &HtmlEntry) {
    let HtmlEntry { number, score, findings, .. } = entry;
    let verdict = &score.verdict;
    let also = if score.translation.is_translated { " <small>translated</small>" } else { "" };
    let _ = writeln!(
        out,
        "<tr><th scope=\"row\"><a href=\"#d{number}\">{}</a></th><td><span class=\"v {}\">{}</span>{also}</td>\
         <td class=\"strip{}\" aria-hidden=\"true\">{}</td><td class=\"num\" data-v=\"{}\">{:.2}</td>\
         <td class=\"num\" data-v=\"{:.6}\">{}</td><td>{}</td>{}</tr>",
        escaped(&score.path),
        verdict.kind.name(),
        verdict.kind.name().replace('_', " "),
        cold(verdict),
        strip(&score.passages, STRIP, Glyphs::Blocks),
        verdict.log_odds,
        verdict.probability,
        verdict.rate,
        rate(verdict),
        verdict.family.map_or(UNDEFINED, Family::name),
        readings(&score.reading, *findings),
    );
}

fn readings(reading: &Reading, findings: usize) -> String {
    let cell = |measure| format!("<td class=\"num\">{}</td>", figure(measure, reading.get(measure)));
    let [words, grade, ease] =
        [Measure::Words, Measure::Grade, Measure::Formula(Formula::FleschReadingEase)].map(cell);
    format!("{words}<td class=\"num\">{findings}</td>{grade}{ease}")
}
