//! One document: verdict, reading, heat, traces of a translation, text.

use std::fmt::Write;

use super::super::score::{duration, figure, places, signed};
use super::super::strip::{Glyphs, strip};
use super::super::summary::rate;
use super::super::xml::escaped;
use super::{HtmlEntry, side_by_side};
use crate::clean::PageKind;
use crate::detect::{Family, Verdict, VerdictKind};
use crate::report::{Cleaning, ComparisonRow, Dossier, Measure, SortKey, heat};

/// Characters of the strip in a document's heading.
const STRIP: usize = 24;

/// The part of the page that shows a document; `number` is its own, from 1.
pub fn html_document(number: usize, is_open: bool, dossier: &Dossier) -> HtmlEntry {
    let mut out = String::new();
    let path = escaped(&dossier.report.path);
    let kind = dossier.score.verdict.kind;
    let open = if is_open { " open" } else { "" };
    // Writing to a string can't fail.
    let _ = write!(
        out,
        "<details class=\"doc\" data-doc=\"{}\" data-path=\"{path}\"{open}>\n\
         <summary><h2>{path}</h2> <span class=\"v {}\">{}</span> {}</summary>\n<div class=\"body\" id=\"d{number}\">\n",
        dossier.digest,
        kind.name(),
        kind.name().replace('_', " "),
        facts(dossier),
    );
    page(&mut out, dossier);
    out.push_str("<div class=\"about\">\n");
    readings(&mut out, &dossier.readings);
    passages(&mut out, number, dossier);
    out.push_str("</div>\n");
    translation(&mut out, number, dossier);
    side_by_side::text(&mut out, number, dossier);
    out.push_str("</div>\n</details>\n");
    let cuts = dossier.cleaning.as_ref().map_or(0, Cleaning::applied);
    HtmlEntry { number, findings: dossier.report.rows.len(), cuts, score: dossier.score.clone(), body: out }
}

/// What the heading says beside the verdict.
fn facts(dossier: &Dossier) -> String {
    let verdict = &dossier.score.verdict;
    let mut facts = Vec::new();
    if verdict.kind != VerdictKind::TooShort {
        facts.push(format!("probability of spinning {:.2}", verdict.probability));
    }
    if matches!(verdict.kind, VerdictKind::Spun | VerdictKind::Suspect) {
        if verdict.family != Some(Family::Academic) {
            facts.push(format!("spin rate {}", rate(verdict)));
        }
        facts.extend(verdict.family.map(|family| format!("{} spinner", family.name())));
    }
    if dossier.score.translation.is_translated {
        facts.push("reads like a translation".to_owned());
    }
    facts.push(format!("{} words", verdict.words));
    match dossier.report.rows.len() {
        0 => {}
        1 => facts.push("1 change".to_owned()),
        n => facts.push(format!("{n} changes")),
    }
    let facts: Vec<String> = facts.iter().map(|fact| format!("<span>{fact}</span>")).collect();
    let strip = strip(&dossier.score.passages, STRIP, Glyphs::Blocks);
    format!(
        "<span class=\"facts\">{}</span> <span class=\"strip{}\" aria-hidden=\"true\">{strip}</span>",
        facts.join(" "),
        cold(verdict)
    )
}

/// The class of a strip that shows nothing of note.
pub(super) fn cold(verdict: &Verdict) -> &'static str {
    if matches!(verdict.kind, VerdictKind::Spun | VerdictKind::Suspect) { "" } else { " cold" }
}

/// What a page says of itself, and what became of it.
fn page(out: &mut String, dossier: &Dossier) {
    let Some(cleaning) = &dossier.cleaning else { return };
    let what = match cleaning.kind {
        PageKind::Article if cleaning.has_second => "An article; a second one behind it is cut.",
        PageKind::Article => "An article.",
        PageKind::Versions => "Two versions of an article; one is cut.",
        PageKind::Foreign => "Not English: left as it is.",
        PageKind::Nothing => "Nothing but page furniture: left as it is.",
    };
    let (before, after) = cleaning.words;
    let _ = write!(out, "<p class=\"page\">{what} {after} of {before} words kept.");
    let metadata = &cleaning.metadata;
    for (name, value) in [
        ("Title", &metadata.title),
        ("Byline", &metadata.byline),
        ("Date", &metadata.date),
        ("Source", &metadata.source),
    ] {
        if let Some(value) = value {
            let _ = write!(out, " <span><b>{name}</b> {}</span>", escaped(value));
        }
    }
    out.push_str("</p>\n");
}

fn readings(out: &mut String, rows: &[ComparisonRow]) {
    out.push_str("<section class=\"reading\">\n<h3>Readability, before and after</h3>\n<dl>\n");
    for row in rows {
        let SortKey::Measure(measure) = row.key else { continue };
        let value = |number| match measure {
            Measure::ReadingSeconds => duration(number),
            measure => figure(measure, number),
        };
        let name = if measure == Measure::ReadingSeconds { "time to read" } else { measure.name() };
        let (before, after) = (value(row.before), value(row.after));
        let changed = if before == after {
            String::new()
        } else {
            let difference = row.difference.map(|number| signed(number, places(measure)));
            format!(
                "<span class=\"to\"><span class=\"sr\">after: </span><span aria-hidden=\"true\">→</span> {after}</span> <small>{}</small>",
                difference.unwrap_or_default()
            )
        };
        let _ = writeln!(out, "<div><dt>{name}</dt><dd><span>{before}</span> {changed}</dd></div>");
    }
    out.push_str("</dl>\n</section>\n");
}

/// A bar for each passage, which leads to its first line.
fn passages(out: &mut String, number: usize, dossier: &Dossier) {
    let passages = &dossier.score.passages;
    if passages.is_empty() {
        return;
    }
    out.push_str("<section class=\"where\">\n<h3>Spun words, by passage</h3>\n<ol class=\"heat\">\n");
    for passage in passages {
        let heat = heat(passage.spun_share);
        let line = passage.place.line;
        // The line may lie inside a stretch that began before.
        let at = dossier.stretches.partition_point(|stretch| stretch.line <= line).saturating_sub(1);
        let anchor = dossier.stretches.get(at).map_or(line, |stretch| stretch.line);
        let label = format!("line {line}: {:.0} % of {} words", passage.spun_share * 100.0, passage.words);
        let _ = writeln!(
            out,
            "<li><a class=\"h{heat}\" href=\"#d{number}l{anchor}\" title=\"{label}\"></a></li>"
        );
    }
    out.push_str("</ol>\n</section>\n");
}

fn translation(out: &mut String, number: usize, dossier: &Dossier) {
    let translation = &dossier.score.translation;
    if !translation.is_translated {
        return;
    }
    out.push_str("<section class=\"traces\">\n<h3>Reads like a translation</h3>\n<ul>\n");
    for row in &translation.rows {
        let (line, column) = (row.place.line, row.place.column);
        let _ = writeln!(
            out,
            "<li><a href=\"#d{number}l{line}\">{line}:{column}</a> {}</li>",
            escaped(&row.message)
        );
    }
    out.push_str("</ul>\n</section>\n");
}
