//! The one function that changes text.

use thiserror::Error;

use super::edit::Edit;
use super::plan::{Outcome, PlannedFix, SkipReason};
use crate::text::Span;

/// Edits that can't be applied to a text.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ApplyError {
    /// An edit starts before the one before it ends.
    #[error("the edits at bytes {0} and {1} overlap or are out of order")]
    Overlap(Span, Span),
    /// An edit lies outside the text, or cuts a character in two.
    #[error("the edit at bytes {0} does not fit the text")]
    OutOfPlace(Span),
}

/// A changed text, and where each edit landed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The new text.
    pub text: String,
    /// For each edit the span of its replacement in the new text.
    pub landed: Vec<Span>,
}

/// Applies edits, given in order, to a text; everything between them is copied as it is.
///
/// # Errors
///
/// If edits overlap, are out of order or don't fit the text. Nothing is applied then.
pub fn apply<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> Result<Applied, ApplyError> {
    let mut out = Applied { text: String::with_capacity(text.len()), landed: Vec::new() };
    let mut before = Span::new(0, 0);
    for edit in edits {
        if edit.span.start() < before.end() {
            return Err(ApplyError::Overlap(before, edit.span));
        }
        let kept = Span::new(before.end(), edit.span.start()).get(text);
        let (Some(kept), Some(_)) = (kept, edit.span.get(text)) else {
            return Err(ApplyError::OutOfPlace(edit.span));
        };
        out.text.push_str(kept);
        let start = out.text.len();
        out.text.push_str(&edit.replacement);
        out.landed.push(Span::new(start, out.text.len()));
        before = edit.span;
    }
    out.text.push_str(text.get(before.end()..).unwrap_or_default());
    Ok(out)
}

/// The edits of the applied fixes in order of place, as [`apply`] wants them.
///
/// Fixes may interleave: the edits of one may lie on both sides of another. At the same place, the earlier fix comes first.
pub fn applied_edits(planned: &[PlannedFix]) -> Vec<&Edit> {
    numbered_edits(planned).into_iter().map(|(edit, _)| edit).collect()
}

/// The same, each with the index of its fix.
pub(super) fn numbered_edits(planned: &[PlannedFix]) -> Vec<(&Edit, usize)> {
    let applied = planned.iter().enumerate().filter(|(_, p)| p.outcome.is_applied());
    let mut edits: Vec<_> =
        applied.flat_map(|(number, p)| p.fix.edits.iter().map(move |e| (e, number))).collect();
    edits.sort_by_key(|(edit, _)| edit.span);
    edits
}

/// Applies all fixes that are to be applied. One that does not fit the text and the fixes before it, which no plan comes to, is
/// skipped instead, so that the fixes always say what was done.
pub fn apply_fixes(text: &str, planned: &mut [PlannedFix]) -> Applied {
    loop {
        let edits = numbered_edits(planned);
        match apply(text, edits.iter().map(|(edit, _)| *edit)) {
            Ok(applied) => return applied,
            Err(ApplyError::Overlap(_, span) | ApplyError::OutOfPlace(span)) => {
                let misfit =
                    edits.iter().rev().find(|(edit, _)| edit.span == span).map(|(_, number)| *number);
                // The span is that of an edit: each round has a fix less to apply, and ends.
                let Some(number) = misfit else {
                    return Applied { text: text.to_owned(), landed: Vec::new() };
                };
                planned[number].outcome = Outcome::Skipped(SkipReason::Overlap);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edit(start: usize, end: usize, replacement: &str) -> Edit {
        Edit { span: Span::new(start, end), replacement: replacement.to_owned() }
    }

    #[test]
    fn replaces_and_tells_where() {
        let applied = apply("the go to ends", &[edit(4, 9, "visit"), edit(10, 14, "is over")]).unwrap();
        assert_eq!(applied.text, "the visit is over");
        assert_eq!(applied.landed, [Span::new(4, 9), Span::new(10, 17)]);
    }

    #[test]
    fn refuses_what_does_not_fit() {
        assert_eq!(
            apply("abc", &[edit(0, 2, ""), edit(1, 3, "")]),
            Err(ApplyError::Overlap(Span::new(0, 2), Span::new(1, 3)))
        );
        assert_eq!(apply("é", &[edit(1, 2, "")]), Err(ApplyError::OutOfPlace(Span::new(1, 2))));
        assert_eq!(apply("a", &[edit(0, 9, "")]), Err(ApplyError::OutOfPlace(Span::new(0, 9))));
    }

    proptest! {
        #[test]
        fn the_inverse_gives_the_text_back(text in "[a-zé ]{0,40}", cuts in prop::collection::btree_set(0usize..60, 0..8), word in "[a-zß]{0,5}") {
            let bounds: Vec<usize> = cuts.into_iter().filter(|&c| text.is_char_boundary(c)).collect();
            let edits: Vec<Edit> = bounds.chunks_exact(2).map(|b| edit(b[0], b[1], &word)).collect();
            let applied = apply(&text, &edits).unwrap();
            let inverse: Vec<Edit> = edits.iter().zip(&applied.landed)
                .map(|(e, &span)| Edit { span, replacement: e.span.of(&text).to_owned() }).collect();
            prop_assert_eq!(apply(&applied.text, &inverse).unwrap().text, text);
        }
    }
}
