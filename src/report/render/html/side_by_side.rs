//! The text with its changes.

use std::fmt::Write;

use super::super::xml::escaped;
use super::change;
use crate::report::{Dossier, Piece, Stretch};

/// The whole text, each change with both wordings. Where there are any, the page's script puts the text as it came beside it when the
/// document is opened: written out, a page of many documents would be longer by all their texts.
pub(super) fn text(out: &mut String, number: usize, dossier: &Dossier) {
    let changes = |stretch: &Stretch| stretch.pieces.iter().any(|piece| !matches!(piece, Piece::Text(_)));
    if dossier.stretches.iter().any(changes) {
        out.push_str(
            "<div class=\"text two\">\n<div class=\"cols\" aria-hidden=\"true\"><span>As it came</span><span>Repaired</span></div>\n",
        );
    } else {
        out.push_str("<div class=\"text\">\n");
    }
    for stretch in &dossier.stretches {
        start(out, number, stretch);
        out.push_str("<p>");
        pieces(out, dossier, stretch);
        out.push_str("</p></div>\n");
    }
    out.push_str("</div>\n");
}

fn start(out: &mut String, number: usize, stretch: &Stretch) {
    let line = stretch.line;
    // Writing to a string can't fail.
    let _ = write!(out, "<div class=\"r\" id=\"d{number}l{line}\" data-n=\"{line}\">");
}

fn pieces(out: &mut String, dossier: &Dossier, stretch: &Stretch) {
    for piece in &stretch.pieces {
        match piece {
            Piece::Text(text) => out.push_str(&escaped(text)),
            Piece::Finding { row, is_applied } => {
                change::finding(out, &dossier.report.rows[*row], *is_applied);
            }
            Piece::Cut(row) => {
                if let Some(cut) = dossier.cleaning.as_ref().and_then(|cleaning| cleaning.rows.get(*row)) {
                    change::cut(out, cut);
                }
            }
        }
    }
}
