//! Whether a finding is right.

use super::score::{Gold, score};
use crate::detect::Finding;
use crate::repair::{Applicability, Edit};
use crate::text::Span;

/// Whether the likeliest alternative of a finding is what stood there: by itself, or, where the gold has one edit for what are
/// several findings, together with the others that are more likely than not.
pub fn is_restored(text: &str, findings: &[Finding<'_>], number: usize, gold: &[Gold]) -> bool {
    let span = findings[number].span;
    let from = gold.partition_point(|place| place.span.end() <= span.start());
    let to = from + gold[from..].iter().take_while(|place| place.span.start() < span.end()).count();
    let gold = &gold[from..to];
    let Some(cover) = gold.iter().map(|place| place.span).reduce(Span::cover) else { return false };
    let all_right = |edits: &[Edit]| score(text, edits, gold).correction.right == edits.len();
    let edit = |finding: &Finding<'_>| {
        finding
            .alternatives
            .first()
            .map(|best| Edit { span: best.core, replacement: best.core_replacement().to_owned() })
    };
    let alone: Vec<Edit> = edit(&findings[number]).into_iter().collect();
    if all_right(&alone) {
        return true;
    }
    let first = findings.partition_point(|finding| finding.span.end() <= cover.start());
    let near = findings.iter().enumerate().skip(first).take_while(|(_, f)| f.span.start() < cover.end());
    let likely =
        |f: &Finding<'_>| f.alternatives.first().is_some_and(|a| a.posterior >= Applicability::UNSAFE);
    let together: Vec<Edit> =
        near.filter(|(n, f)| *n == number || likely(f)).filter_map(|(_, f)| edit(f)).collect();
    together.len() > 1 && all_right(&together)
}
