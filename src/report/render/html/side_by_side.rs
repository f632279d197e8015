//! The text as it came beside the text as it is repaired.

use std::fmt::Write;

use super::super::xml::escaped;
use super::change;
use crate::report::{Dossier, Piece, Stretch};

/// The whole text, in two columns if anything changes in it.
pub(super) fn text(out: &mut String, number: usize, dossier: &Dossier) {
    let changes = |stretch: &Stretch| stretch.pieces.iter().any(|piece| !matches!(piece, Piece::Text(_)));
    if !dossier.stretches.iter().any(changes) {
        out.push_str("<div class=\"text one\">\n");
        for stretch in &dossier.stretches {
            start(out, number, stretch, "r");
            out.push_str("<p>");
            right(out, dossier, stretch);
            out.push_str("</p></div>\n");
        }
        out.push_str("</div>\n");
        return;
    }
    out.push_str(
        "<div class=\"text two\">\n<div class=\"cols\" aria-hidden=\"true\"><span>As it came</span><span>Repaired</span></div>\n",
    );
    for stretch in &dossier.stretches {
        // Who listens hears each line once: the right side has both wordings.
        start(out, number, stretch, if is_cut(stretch) { "r cut" } else { "r" });
        out.push_str("<p aria-hidden=\"true\">");
        left(out, dossier, stretch);
        out.push_str("</p><p>");
        right(out, dossier, stretch);
        out.push_str("</p></div>\n");
    }
    out.push_str("</div>\n");
}

fn start(out: &mut String, number: usize, stretch: &Stretch, class: &str) {
    let line = stretch.line;
    // Writing to a string can't fail.
    let _ = write!(out, "<div class=\"{class}\" id=\"d{number}l{line}\" data-n=\"{line}\">");
}

/// Whether nothing is left of it.
fn is_cut(stretch: &Stretch) -> bool {
    stretch.pieces.iter().all(|piece| match piece {
        Piece::Text(text) => text.trim().is_empty(),
        Piece::Cut(_) => true,
        Piece::Finding { .. } => false,
    })
}

fn left(out: &mut String, dossier: &Dossier, stretch: &Stretch) {
    for piece in &stretch.pieces {
        match piece {
            Piece::Text(text) => out.push_str(&escaped(text)),
            Piece::Finding { row, is_applied } => {
                let row = &dossier.report.rows[*row];
                let _ = write!(
                    out,
                    "<del class=\"{}\">{}</del>",
                    change::class(row, *is_applied),
                    escaped(&row.text)
                );
            }
            Piece::Cut(row) => {
                if let Some(cut) = dossier.cleaning.as_ref().and_then(|cleaning| cleaning.rows.get(*row)) {
                    let _ = write!(out, "<del class=\"x\">{}</del>", escaped(change::bare(cut)));
                }
            }
        }
    }
}

fn right(out: &mut String, dossier: &Dossier, stretch: &Stretch) {
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
