//! Doing again what was done, and undoing it.

use thiserror::Error;

use super::record::{RecordedEdit, TrailDocument};
use crate::repair::{ApplyError, Edit, apply};
use crate::text::{Span, sha256_hex};

const CONTRADICTION: &str =
    "the trail contradicts itself; check it with `unspin audit verify`, and look for an unaltered copy";

/// A text that can't be made from another by a trail. Digests are SHA-256 in hexadecimal.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ReplayError {
    /// The text given is not the original.
    #[error(
        "this is not the text that was repaired: its SHA-256 is {found}, the trail says {expected}: \
         give the file as it was before `fix`"
    )]
    NotTheOriginal {
        /// Digest of the original.
        expected: String,
        /// Digest of the text given.
        found: String,
    },
    /// The text given is not the repaired one.
    #[error(
        "this is not the text that `fix` wrote: its SHA-256 is {found}, the trail says {expected}: \
         give the repaired file, unedited"
    )]
    NotTheRepaired {
        /// Digest of the repaired text.
        expected: String,
        /// Digest of the text given.
        found: String,
    },
    /// The text is the right one, but a record says otherwise.
    #[error("fix {fix}: at bytes {span} the text has {}, the trail says {}: {CONTRADICTION}",
            found.as_deref().map_or("no such place".to_owned(), excerpt), excerpt(expected))]
    OtherText {
        /// Number of the fix.
        fix: usize,
        /// The place in the text given.
        span: Span,
        /// What the record says stands there.
        expected: String,
        /// What stands there; `None` if the place is outside the text or cuts a character in two.
        found: Option<String>,
    },
    /// An applied fix does not say where it landed.
    #[error("fix {fix}: applied, but where the edit at bytes {span} landed is not said: {CONTRADICTION}")]
    NoPlace {
        /// Number of the fix.
        fix: usize,
        /// The edit's place in the original.
        span: Span,
    },
    /// An applied fix lands elsewhere than it says.
    #[error(
        "fix {fix}: the edit at bytes {span} lands at {found}, the trail says {expected}: {CONTRADICTION}"
    )]
    OtherPlace {
        /// Number of the fix.
        fix: usize,
        /// The edit's place in the original.
        span: Span,
        /// Where the record says it landed.
        expected: Span,
        /// Where it lands.
        found: Span,
    },
    /// The edits can't be applied together.
    #[error("{0}: {CONTRADICTION}")]
    Apply(#[from] ApplyError),
    /// The result is not what the trail says.
    #[error("the result's SHA-256 is {found}, the trail says {expected}: {CONTRADICTION}")]
    OtherResult {
        /// Digest in the trail.
        expected: String,
        /// Digest of the result.
        found: String,
    },
}

/// An applied edit and the number of its fix.
type Applied<'d> = (usize, &'d RecordedEdit);

/// The repaired text, from the original.
///
/// # Errors
///
/// If the text is not the original, or the document's records contradict it, one another or the digest of the repaired text.
pub fn replay(original: &str, document: &TrailDocument) -> Result<String, ReplayError> {
    matches(original, &document.about.sha256_before)
        .map_err(|(expected, found)| ReplayError::NotTheOriginal { expected, found })?;
    for record in &document.records {
        for edit in &record.edits {
            stands(original, record.id, edit.before_span, &edit.before)?;
        }
    }
    let applied = in_order(document);
    let edits = applied.iter().map(|(_, e)| Edit { span: e.before_span, replacement: e.after.clone() });
    let repaired = apply(original, &edits.collect::<Vec<_>>())?;
    for (&(fix, edit), &found) in applied.iter().zip(&repaired.landed) {
        let expected = landing(fix, edit)?;
        if expected != found {
            return Err(ReplayError::OtherPlace { fix, span: edit.before_span, expected, found });
        }
    }
    result(repaired.text, &document.about.sha256_after)
}

/// The original, from the repaired text.
///
/// # Errors
///
/// If the text is not the repaired one, or the document's records contradict it, one another or the digest of the original.
pub fn revert(repaired: &str, document: &TrailDocument) -> Result<String, ReplayError> {
    matches(repaired, &document.about.sha256_after)
        .map_err(|(expected, found)| ReplayError::NotTheRepaired { expected, found })?;
    let mut inverse = Vec::new();
    for (fix, edit) in in_order(document) {
        let span = landing(fix, edit)?;
        stands(repaired, fix, span, &edit.after)?;
        inverse.push(Edit { span, replacement: edit.before.clone() });
    }
    result(apply(repaired, &inverse)?.text, &document.about.sha256_before)
}

/// The applied edits in order of place, those at the same place in order of their fixes: the order of `applied_edits`.
fn in_order(document: &TrailDocument) -> Vec<Applied<'_>> {
    let applied = document.records.iter().filter(|record| record.is_applied());
    let mut edits: Vec<Applied> =
        applied.flat_map(|record| record.edits.iter().map(|edit| (record.id, edit))).collect();
    edits.sort_by_key(|(_, edit)| edit.before_span);
    edits
}

/// Where an applied edit stands in the repaired text.
fn landing(fix: usize, edit: &RecordedEdit) -> Result<Span, ReplayError> {
    edit.after_span.ok_or(ReplayError::NoPlace { fix, span: edit.before_span })
}

/// The digests, expected and found, of a text that is another one.
fn matches(text: &str, expected: &str) -> Result<(), (String, String)> {
    let found = sha256_hex(text.as_bytes());
    if found == expected { Ok(()) } else { Err((expected.to_owned(), found)) }
}

/// Checks what stands at a place.
fn stands(text: &str, fix: usize, span: Span, expected: &str) -> Result<(), ReplayError> {
    let found = span.get(text);
    if found == Some(expected) {
        return Ok(());
    }
    Err(ReplayError::OtherText { fix, span, expected: expected.to_owned(), found: found.map(str::to_owned) })
}

/// The text, if it is what the trail says.
fn result(text: String, expected: &str) -> Result<String, ReplayError> {
    matches(&text, expected).map_err(|(expected, found)| ReplayError::OtherResult { expected, found })?;
    Ok(text)
}

/// The beginning of a text that may be long, quoted.
fn excerpt(text: impl AsRef<str>) -> String {
    const LONGEST: usize = 60;
    let text = text.as_ref();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_trail;
    use super::super::write::tests::{sample, small_trail};
    use super::*;

    fn document() -> TrailDocument {
        read_trail(&small_trail()[..]).unwrap().documents.swap_remove(0)
    }

    #[test]
    fn there_and_back() {
        let (before, after, _) = sample();
        assert_eq!(replay(before, &document()).unwrap(), after);
        assert_eq!(revert(after, &document()).unwrap(), before);
    }

    #[test]
    fn another_text_is_refused() {
        let (before, after, _) = sample();
        let error = replay(after, &document()).unwrap_err();
        assert!(matches!(error, ReplayError::NotTheOriginal { .. }));
        let (found, expected) = (sha256_hex(after.as_bytes()), sha256_hex(before.as_bytes()));
        let text = error.to_string();
        assert!(
            text.contains(&format!(
                "is {found}, the trail says {expected}: \
         give the file"
            )),
            "{text}"
        );
        let error = revert(before, &document()).unwrap_err();
        assert!(matches!(error, ReplayError::NotTheRepaired { .. }));
    }

    #[test]
    fn records_that_contradict_the_text_are_refused() {
        let (before, after, _) = sample();
        let change = |change: &dyn Fn(&mut RecordedEdit)| {
            let mut document = document();
            change(&mut document.records[0].edits[1]);
            (
                replay(before, &document).map_err(|e| e.to_string()),
                revert(after, &document).map_err(|e| e.to_string()),
            )
        };
        let (there, back) = change(&|edit| edit.before = "goes".to_owned());
        assert!(
            there
                .unwrap_err()
                .starts_with("fix 1: at bytes 3..8 the text has \"go to\", the trail says \"goes\"")
        );
        assert!(back.unwrap_err().starts_with("the result's SHA-256 is "));
        let (there, back) = change(&|edit| edit.after = "visiT".to_owned());
        assert!(there.unwrap_err().starts_with("the result's SHA-256 is "));
        assert!(
            back.unwrap_err()
                .starts_with("fix 1: at bytes 5..10 the text has \"visit\", the trail says \"visiT\"")
        );
        let (there, back) = change(&|edit| edit.after_span = Some(Span::new(5, 99)));
        assert!(
            there
                .unwrap_err()
                .starts_with("fix 1: the edit at bytes 3..8 lands at 5..10, the trail says 5..99")
        );
        assert!(back.unwrap_err().starts_with("fix 1: at bytes 5..99 the text has no such place"));
        let (there, back) = change(&|edit| edit.after_span = None);
        assert_eq!(there, back);
        assert!(there.unwrap_err().starts_with("fix 1: applied, but where the edit at bytes 3..8 landed"));
        let (there, _) = change(&|edit| {
            edit.before_span = Span::new(0, 1);
            edit.before = "a".to_owned();
        });
        assert!(there.unwrap_err().starts_with("the edits at bytes 0..1 and 0..1 overlap"));
    }

    #[test]
    fn long_texts_are_cut_in_messages() {
        assert_eq!(excerpt("é".repeat(61)), format!("\"{}\"…", "é".repeat(60)));
        assert_eq!(excerpt("\n"), "\"\\n\"");
    }
}
