//! From planned fixes to records.

use thiserror::Error;

use super::record::{AuditRecord, RecordedEdit, six_decimals};
use crate::repair::PlannedFix;
use crate::text::Span;

/// Fixes of which no record can be made: mistakes of the program that planned them.
#[derive(Debug, Error, PartialEq)]
pub enum RecordError {
    /// The landing places are not those of the applied edits.
    #[error(
        "{edits} edits are applied, but {landed} landing places are given: apply exactly `applied_edits`"
    )]
    Landed {
        /// Number of edits of all applied fixes.
        edits: usize,
        /// Number of landing places.
        landed: usize,
    },
    /// An edit lies outside the original, or cuts a character in two.
    #[error("fix {fix}: the edit at bytes {span} does not fit the original: plan it on the same text")]
    OutOfPlace {
        /// Number of the fix.
        fix: usize,
        /// The edit's place.
        span: Span,
    },
    /// A confidence is not a probability.
    #[error("fix {fix}: the confidence {confidence} is not in [0, 1]")]
    Confidence {
        /// Number of the fix.
        fix: usize,
        /// Its confidence.
        confidence: f64,
    },
}

/// One record per planned fix. `landed` is where [`applied_edits`](crate::repair::applied_edits) landed, in their order.
///
/// Confidences are rounded to six decimals.
///
/// # Errors
///
/// If there are more or fewer landing places than applied edits, if an edit does not fit the original, or if a confidence is
/// not a probability.
pub fn records(
    original: &str,
    planned: &[PlannedFix],
    landed: &[Span],
) -> Result<Vec<AuditRecord>, RecordError> {
    let places = places(planned, landed)?;
    let mut places = places.into_iter();
    planned
        .iter()
        .map(|PlannedFix { fix, outcome, decided_by }| {
            let applied = outcome.is_applied();
            let edits = fix.edits.iter().map(|edit| {
                let out_of_place = RecordError::OutOfPlace { fix: fix.id, span: edit.span };
                let before = edit.span.get(original).ok_or(out_of_place)?.to_owned();
                let after_span = if applied { places.next() } else { None };
                Ok(RecordedEdit {
                    before_span: edit.span,
                    before,
                    after_span,
                    after: edit.replacement.clone(),
                })
            });
            let edits = edits.collect::<Result<_, _>>()?;
            if !(0.0..=1.0).contains(&fix.confidence) {
                return Err(RecordError::Confidence { fix: fix.id, confidence: fix.confidence });
            }
            Ok(AuditRecord {
                id: fix.id,
                outcome: *outcome,
                decided_by: decided_by.clone(),
                cause: fix.cause.clone(),
                confidence: six_decimals(fix.confidence),
                applicability: fix.applicability(),
                reservation: fix.reservation,
                edits,
            })
        })
        .collect()
}

/// Landing places in the order in which the fixes name their edits, from those in order of place.
fn places(planned: &[PlannedFix], landed: &[Span]) -> Result<Vec<Span>, RecordError> {
    let applied = planned.iter().filter(|p| p.outcome.is_applied());
    let spans: Vec<Span> = applied.flat_map(|p| p.fix.edits.iter().map(|edit| edit.span)).collect();
    if spans.len() != landed.len() {
        return Err(RecordError::Landed { edits: spans.len(), landed: landed.len() });
    }
    let mut by_place: Vec<usize> = (0..spans.len()).collect();
    by_place.sort_by_key(|&i| spans[i]);
    let mut places = spans;
    for (&i, &span) in by_place.iter().zip(landed) {
        places[i] = span;
    }
    Ok(places)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::repair::{
        Applicability, Cause, Decider, Edit, Fix, Outcome, SkipReason, applied_edits, apply,
    };

    pub fn cause(canonical: &str) -> Cause {
        Cause::SpunPhrase {
            spun: "go to".to_owned(),
            canonical: canonical.to_owned(),
            family: "A".to_owned(),
            source: "news.tsv".to_owned(),
            quoted: false,
        }
    }

    pub fn fix(id: usize, confidence: f64, edits: &[(usize, usize, &str)]) -> Fix {
        let edits = edits
            .iter()
            .map(|&(start, end, text)| Edit { span: Span::new(start, end), replacement: text.to_owned() })
            .collect();
        Fix { id, cause: cause("visit"), edits, confidence, reservation: None }
    }

    pub fn applied(fix: Fix) -> PlannedFix {
        PlannedFix { fix, outcome: Outcome::Applied, decided_by: Decider::Policy }
    }

    pub fn skipped(fix: Fix, reason: SkipReason) -> PlannedFix {
        PlannedFix { fix, outcome: Outcome::Skipped(reason), decided_by: Decider::Policy }
    }

    #[test]
    fn landing_places_come_back_to_their_fixes() {
        let text = "a go to ends here";
        let planned = vec![
            applied(fix(1, 0.987_654_321, &[(0, 1, "the"), (13, 17, "now")])),
            skipped(fix(2, 0.6, &[(2, 4, "x")]), SkipReason::Overlap),
            applied(fix(3, 0.6, &[(2, 7, "visit")])),
        ];
        let repaired = apply(text, applied_edits(&planned)).unwrap();
        assert_eq!(repaired.text, "the visit ends now");
        let records = records(text, &planned, &repaired.landed).unwrap();
        let landed: Vec<Vec<Option<&str>>> = records
            .iter()
            .map(|r| r.edits.iter().map(|e| e.after_span.map(|s| s.of(&repaired.text))).collect())
            .collect();
        assert_eq!(landed, [vec![Some("the"), Some("now")], vec![None], vec![Some("visit")]]);
        let found: Vec<&str> = records.iter().flat_map(|r| &r.edits).map(|e| e.before.as_str()).collect();
        assert_eq!(found, ["a", "here", "go", "go to"]);
        assert_eq!(records[0].confidence.to_string(), "0.987654");
        assert_eq!(records[0].applicability, Applicability::Safe);
    }

    #[test]
    fn refuses_what_does_not_belong_together() {
        let planned = [applied(fix(1, 0.9, &[(0, 1, "the")]))];
        assert_eq!(records("a", &planned, &[]), Err(RecordError::Landed { edits: 1, landed: 0 }));
        let (fix_1, span) = (1, Span::new(0, 1));
        assert_eq!(records("", &planned, &[span]), Err(RecordError::OutOfPlace { fix: fix_1, span }));
        let planned = [skipped(fix(1, f64::NAN, &[]), SkipReason::Overlap)];
        assert!(matches!(records("", &planned, &[]), Err(RecordError::Confidence { fix: 1, .. })));
    }
}
