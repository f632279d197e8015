//! A change in the text, with what may have stood there.

use std::fmt::Write;

use super::super::full::{LEAST_SHOWN, MOST_ALTERNATIVES};
use super::super::xml::escaped;
use crate::repair::{Applicability, Reservation};
use crate::report::report::plain;
use crate::report::{CutRow, Row};

/// Classes of confidence for the filter: the number of bounds that it reaches.
const BOUNDS: [f64; 4] = [0.5, 0.8, 0.9, 0.97];

/// The class of a finding: by its confidence, by how safe it is, and whether it is left as it stands.
pub(super) fn class(row: &Row, is_applied: bool) -> String {
    let confidence = BOUNDS.iter().filter(|&&bound| row.confidence() >= bound).count();
    let tier = match row.applicability {
        _ if !is_applied => "d",
        Applicability::Safe => "s",
        Applicability::Unsafe | Applicability::Display => "u",
    };
    format!("k{confidence} {tier}")
}

/// A finding where the repaired text is shown: both wordings, of which the style shows one, and a note.
pub(super) fn finding(out: &mut String, row: &Row, is_applied: bool) {
    let value = row.replacements.first().map_or("", |replacement| &replacement.value);
    // A decision names the bytes that it is about; what can't be carried over exactly can't be decided on here.
    let place = if is_exact(&row.text) && is_exact(value) {
        let confidence = row.confidence();
        format!(" data-s={} data-c={}", row.place.bytes.start(), rounded(confidence))
    } else {
        String::new()
    };
    // Writing to a string can't fail.
    let _ = write!(
        out,
        "<span class=\"c {}\" tabindex=0{place}><del>{}</del><ins>{}</ins><i>{}</i></span>",
        class(row, is_applied),
        escaped(&row.text),
        escaped(value),
        lines(&note(row)),
    );
}

/// A cut or a repair of damage where the repaired text is shown.
pub(super) fn cut(out: &mut String, cut: &CutRow) {
    let why = format!("{:.2} {}: {}", cut.confidence, cut.rule, plain(&cut.why));
    let class = if cut.after.is_empty() { "x" } else { "x g" };
    let _ = write!(
        out,
        "<span class=\"c {class}\" tabindex=0><del>{}</del><ins>{}</ins><i>{}</i></span>",
        escaped(bare(cut)),
        escaped(&cut.after),
        escaped(&why),
    );
}

/// What is cut, without the line ends around it.
pub(super) fn bare(cut: &CutRow) -> &str {
    cut.before.trim_matches(['\r', '\n'])
}

/// A probability in as few characters as tell it: pages hold a hundred thousand of them.
fn rounded(probability: f64) -> String {
    let text = format!("{probability:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Lines of a note; nothing needs line ends to be escaped where they are text.
fn lines(note: &str) -> String {
    note.split('\n').map(escaped).collect::<Vec<_>>().join("\n")
}

/// The alternatives, a line each with its probability first; after an empty line what is known about the place. The first one stands
/// before the note already, and only its probability is repeated.
fn note(row: &Row) -> String {
    let mut out = format!("{:.2}\n", row.confidence());
    let others = row.replacements.iter().skip(1).filter(|replacement| replacement.confidence >= LEAST_SHOWN);
    for replacement in others.take(MOST_ALTERNATIVES - 1) {
        let _ = writeln!(out, "{:.2} {}", replacement.confidence, plain(&replacement.value));
    }
    if let Some(keep) = row.evidence.keep.filter(|&keep| keep >= LEAST_SHOWN) {
        let _ = writeln!(out, "{keep:.2} (as it is)");
    }
    let _ = write!(out, "\n{}", row.applicability.name());
    if let Some(reservation @ Reservation::Meaning(_)) = row.reservation {
        let _ = write!(out, ", {}", reservation.reason());
    }
    if row.evidence.in_quotation {
        out.push_str(", in a quotation");
    }
    let evidence = &row.evidence;
    if !evidence.spun.is_empty() {
        let (spun, canonical) = (plain(&evidence.spun), plain(&evidence.canonical));
        let value = row.replacements.first().map_or("", |replacement| &replacement.value);
        let is_same = spun == row.text.to_lowercase() && canonical == value.to_lowercase();
        let entry = if is_same { String::new() } else { format!(": {spun} = {canonical}") };
        let _ = write!(out, "\nlisted{entry} ({}, {})", evidence.family, evidence.source);
    }
    for ground in &row.grounds {
        let _ = write!(out, "\n{} ({:.2})", plain(&ground.value), ground.confidence);
        for sentence in &ground.sentences {
            let _ = write!(out, "\n· {}", plain(sentence));
        }
    }
    out
}

/// Whether HTML carries a text over as it is.
fn is_exact(text: &str) -> bool {
    !text.chars().any(|c| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'))
}
