//! The `unspin` object that batch runs add to each row.

use super::report::is_listed;
use super::score::ScoreReport;
use super::wire::{BATCH, BatchEdit, BatchObject, VERSION, rounded};
use super::wire_score::BatchScore;
use crate::detect::Verdict;
use crate::repair::{Applicability, Outcome, PlannedFix, Policy, Reservation, SkipReason};

/// The object of a text that was only checked: the edits that `check` lists, as proposals.
pub fn batch_check(text: &str, verdict: &Verdict, planned: &[PlannedFix], policy: &Policy) -> BatchObject {
    let listed = planned.iter().filter(|p| is_listed(verdict, p, policy));
    object(
        verdict,
        listed.flat_map(|p| {
            let suspect = p.outcome == Outcome::Skipped(SkipReason::VerdictNotSpun);
            let applicability = if suspect { Applicability::Display } else { p.fix.applicability() };
            edits(text, p, applicability, "proposed".to_owned())
        }),
    )
}

/// The object of a repaired text: every planned edit with what became of it.
pub fn batch_fix(text: &str, verdict: &Verdict, planned: &[PlannedFix]) -> BatchObject {
    object(
        verdict,
        planned.iter().flat_map(|p| {
            let outcome = match p.outcome {
                Outcome::Applied => p.outcome.name().to_owned(),
                Outcome::Skipped(reason) => format!("{}:{}", p.outcome.name(), reason.name()),
            };
            edits(text, p, p.fix.applicability(), outcome)
        }),
    )
}

/// The object of a text that was only scored.
pub fn batch_score(report: ScoreReport) -> BatchObject {
    let verdict = (&report.verdict).into();
    let score = Some(BatchScore::Text(Box::new(report)));
    BatchObject { schema: BATCH, version: VERSION, verdict, edits: None, score }
}

fn object(verdict: &Verdict, edits: impl Iterator<Item = BatchEdit>) -> BatchObject {
    BatchObject {
        schema: BATCH,
        version: VERSION,
        verdict: verdict.into(),
        edits: Some(edits.collect()),
        score: None,
    }
}

fn edits<'p>(
    text: &'p str,
    planned: &'p PlannedFix,
    applicability: Applicability,
    outcome: String,
) -> impl Iterator<Item = BatchEdit> + use<'p> {
    planned.fix.edits.iter().map(move |edit| BatchEdit {
        start: edit.span.start(),
        end: edit.span.end(),
        before: edit.span.get(text).unwrap_or_default().to_owned(),
        after: edit.replacement.clone(),
        confidence: rounded(planned.fix.confidence),
        applicability,
        applicability_reason: planned.fix.reservation.map(Reservation::reason),
        in_quotation: planned.fix.cause.is_quoted(),
        rule: planned.fix.cause.rule(),
        outcome: outcome.clone(),
    })
}
