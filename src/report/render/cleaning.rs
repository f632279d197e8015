//! What was cut from a page, and why.

use std::fmt::Write;

use super::style::Style;
use crate::clean::PageKind;
use crate::report::report::plain;
use crate::report::wire_clean::{CleanStream, PageObject, clean_meta};
use crate::report::{Cleaning, Failure};

/// Characters of a cut that are shown.
const MOST_SHOWN: usize = 70;

/// A page in one line.
pub fn cleaning_summary(cleaning: &Cleaning, style: Style) -> String {
    let path = style.bold(&plain(&cleaning.path));
    let (before, after) = cleaning.words;
    let applied = cleaning.applied();
    let what = match cleaning.kind {
        PageKind::Foreign => {
            let language = cleaning.metadata.language.as_deref().unwrap_or("unknown");
            return format!("{path}: unchanged: not English ({language})");
        }
        PageKind::Nothing => return format!("{path}: unchanged: no article found in {before} words"),
        PageKind::Versions => "two versions, ",
        PageKind::Article if cleaning.has_second => "a second article cut, ",
        PageKind::Article => "",
    };
    if applied == 0 {
        return format!("{path}: unchanged: nothing to cut ({before} words)");
    }
    let changes = if applied == 1 { "1 change".to_owned() } else { format!("{applied} changes") };
    format!("{path}: {what}{changes}, {after} of {before} words kept")
}

/// A page with every cut and repair, applied or not.
pub fn cleaning_full(cleaning: &Cleaning, style: Style) -> String {
    let mut out = cleaning_summary(cleaning, style);
    out.push('\n');
    let about = &cleaning.metadata;
    let fields = [
        ("title", &about.title),
        ("byline", &about.byline),
        ("date", &about.date),
        ("source", &about.source),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            // Writing to a string can't fail.
            let _ = writeln!(out, "  {name}: {}", plain(value));
        }
    }
    for row in &cleaning.rows {
        let mark = if row.outcome.is_applied() { style.bad("-") } else { style.dim("?") };
        let shown: String = plain(row.before.trim()).chars().take(MOST_SHOWN).collect();
        let more = if row.before.trim().chars().count() > MOST_SHOWN { " …" } else { "" };
        let why = style.dim(&format!("({:.2}, {}: {})", row.confidence, row.rule, plain(&row.why)));
        let _ = writeln!(out, "{mark} {:>4}  {shown}{more}  {why}", row.place.line);
    }
    out
}

/// Cleaned pages, each with its text, as one JSON object.
///
/// # Errors
///
/// If a value can't be written as JSON.
pub fn cleaning_json(
    pages: &[(Cleaning, String)],
    failures: &[Failure],
) -> Result<String, serde_json::Error> {
    let objects = pages.iter().map(|(cleaning, text)| PageObject::new(cleaning, text)).collect();
    let errors = failures.iter().map(Into::into).collect();
    Ok(serde_json::to_string_pretty(&CleanStream::new(objects, errors))? + "\n")
}

/// The first row of JSON Lines.
///
/// # Errors
///
/// If a value can't be written as JSON.
pub fn cleaning_jsonl_meta() -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(&clean_meta())? + "\n")
}

/// A cleaned page as a row.
///
/// # Errors
///
/// If a value can't be written as JSON.
pub fn cleaning_jsonl(cleaning: &Cleaning, text: &str) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(&PageObject::new(cleaning, text))? + "\n")
}
