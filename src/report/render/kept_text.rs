//! How well a page was cleaned.

use std::fmt::Write;

use crate::clean::Cleaned;
use crate::evaluate::{KeptText, LineLabel, Reprint};
use crate::report::report::plain;
use crate::report::wire_clean::CleanEvaluation;

/// One line: precision, recall and F1 of the kept text, and the lines that went wrong.
pub fn kept_text(name: &str, kept: &KeptText) -> String {
    let figure = |figure: Option<f64>| figure.map_or("–".to_owned(), |f| format!("{f:.4}"));
    format!(
        "{name}: kept text: precision {}, recall {}, F1 {}; {} of {} lines of articles cut, {} of {} lines of furniture left",
        figure(kept.precision()),
        figure(kept.recall()),
        figure(kept.f1()),
        kept.article_lines_cut,
        kept.article_lines,
        kept.other_lines_kept,
        kept.other_lines,
    )
}

/// A line for each page, and one for all of them.
pub fn kept_text_full(pages: &[(&str, KeptText)], all: &KeptText) -> String {
    let mut out = String::new();
    for (name, kept) in pages {
        // Writing to a string can't fail.
        let _ = writeln!(out, "{}", kept_text(name, kept));
    }
    let _ = writeln!(out, "{}", kept_text(&format!("all {} pages", pages.len()), all));
    out
}

/// The same as one JSON object.
///
/// # Errors
///
/// If a value can't be written as JSON.
pub fn kept_text_json(pages: &[(&str, KeptText)], all: &KeptText) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string_pretty(&CleanEvaluation::new(pages, all))? + "\n")
}

/// The lines of a page that were wrongly cut or left, one a line.
pub fn page_mistakes(name: &str, page: &Reprint, cleaned: &Cleaned) -> String {
    let cuts = cleaned.cut_spans();
    let mut out = String::new();
    for (index, line) in page.lines.iter().enumerate() {
        let is_cut = cuts.iter().any(|cut| cut.overlaps(line.span));
        let what = match (line.label, is_cut) {
            (LineLabel::Article, true) if line.furniture.is_empty() => "wrongly cut",
            (LineLabel::Furniture | LineLabel::Appended, false) => "wrongly left",
            _ => continue,
        };
        let fix = cleaned.fixes.iter().find(|p| p.fix.span().overlaps(line.span));
        let why =
            fix.map_or_else(String::new, |p| format!(" ({:.2}: {})", p.fix.confidence, p.fix.cause.why()));
        // Writing to a string can't fail.
        let _ = writeln!(out, "{name}: line {}: {what}{why}: {}", index + 1, plain(line.span.of(&page.text)));
    }
    out
}
