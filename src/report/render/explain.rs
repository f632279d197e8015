//! What dictionaries say of phrases.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::dictionary::Substitution;
use crate::report::Explanation;
use crate::report::wire_dictionary::{ExplanationObject, ExplanationStream};

/// For people: a phrase with a line for each wording that it may stand for.
pub fn explain_full(explanations: &[Explanation<'_>]) -> String {
    let mut out = String::new();
    for explanation in explanations {
        one(&mut out, explanation);
    }
    out
}

// Writing to a string can't fail.
fn one(out: &mut String, explanation: &Explanation<'_>) {
    let _ = writeln!(out, "{}", explanation.phrase);
    if !explanation.is_known() {
        let _ = writeln!(out, "  is in no dictionary");
    }
    if explanation.is_kept {
        let _ = writeln!(out, "  is kept: a name or fixed expression that is never touched");
    }
    if explanation.is_canonical {
        let _ = writeln!(out, "  is canonical: spinners replace it by something else");
    }
    let rows = &explanation.substitutions;
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "  may stand for");
    let wording = |row: &Substitution<'_>| {
        let only = format!(" (only as \"{}\")", row.spun);
        format!("{}{}", row.canonical, if row.has_capitals() { &only } else { "" })
    };
    let width = rows.iter().map(|row| wording(row).width()).max().unwrap_or_default();
    let weights = rows.iter().map(|row| row.weight.to_string().len()).max().unwrap_or_default();
    for row in rows {
        let text = wording(row);
        let gap = " ".repeat(width - text.width());
        let note = if row.note.is_empty() { String::new() } else { format!("  {}", row.note) };
        let _ = writeln!(
            out,
            "    {text}{gap}  P(spun | canonical) {:.3}  seen {:>weights$}  {}  {}{note}",
            row.channel(),
            row.weight,
            row.family,
            row.source
        );
    }
}

/// One JSON object with a last newline.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can.
pub fn explain_json(explanations: &[Explanation<'_>]) -> Result<String, serde_json::Error> {
    let phrases = explanations.iter().map(ExplanationObject::from).collect();
    let mut out = serde_json::to_string_pretty(&ExplanationStream::new(phrases))?;
    out.push('\n');
    Ok(out)
}
