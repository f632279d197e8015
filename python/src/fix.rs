//! What `fix` answers.

use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use unspin::report::Comparison;
use unspin::report::wire::{BatchEdit, BatchObject};
use unspin::report::wire_score::{BatchScore, Differences, ReadingObject};
use unspin::verbs::Fixed;

use crate::object::object;
use crate::score::{Measures, measures};

/// A repaired text, and every edit with what became of it.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FixResult {
    /// The repaired text.
    text: String,
    /// `clean`, `suspect`, `spun` or `too_short`: the judgement on the text as it came.
    verdict: String,
    /// What spun it: `blog`, `thesaurus` or `academic`; None where nothing speaks for spinning.
    family: Option<String>,
    /// Probability that the text is spun.
    spin_probability: f64,
    /// Estimated share of the replaceable phrases that were replaced.
    spin_rate: f64,
    /// Lower end of the rate's 95 % interval.
    spin_rate_low: f64,
    /// Upper end of the rate's 95 % interval.
    spin_rate_high: f64,
    /// Words and numbers of the text.
    words: usize,
    /// Planned edits in order, applied or not; a new list each time.
    edits: Vec<Edit>,
    /// How the text reads before and after; None without `score=True`.
    score: Option<RepairScore>,
}
object!(FixResult);

/// An edit. Offsets are bytes of the text as it came, in UTF-8, and the end is exclusive.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// First byte.
    start: usize,
    /// One past the last byte.
    end: usize,
    /// What stood there.
    before: String,
    /// What comes instead.
    after: String,
    /// Probability that this is what stood there before the spinning.
    confidence: f64,
    /// How safe it is to apply: `safe`, `unsafe` or `display`.
    applicability: String,
    /// Why that is not what the confidence alone would say, if anything speaks against it.
    applicability_reason: Option<String>,
    /// Whether the place lies in a quotation.
    in_quotation: bool,
    /// The rule that found it.
    rule: String,
    /// `applied`, or `skipped:` with the reason.
    outcome: String,
}
object!(Edit);

/// How a text reads before and after its repair: a number, or None, for each measure.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepairScore {
    /// The measures of the text as it came.
    before: Measures,
    /// The measures of the repaired text.
    after: Measures,
    /// After less before, of probability, rate and all measures.
    difference: Measures,
}
object!(RepairScore);

impl From<Fixed> for FixResult {
    fn from(fixed: Fixed) -> Self {
        let (BatchObject { verdict, edits, score, .. }, text) = fixed.into_object();
        let score = match score {
            Some(BatchScore::Repair(comparison)) => Some((*comparison).into()),
            Some(BatchScore::Text(_)) | None => None,
        };
        Self {
            text,
            verdict: verdict.verdict.name().to_owned(),
            family: verdict.family.map(|family| family.name().to_owned()),
            spin_probability: verdict.spin_probability,
            spin_rate: verdict.spin_rate,
            spin_rate_low: verdict.spin_rate_low,
            spin_rate_high: verdict.spin_rate_high,
            words: verdict.words,
            edits: edits.into_iter().flatten().map(Into::into).collect(),
            score,
        }
    }
}

impl From<BatchEdit> for Edit {
    fn from(edit: BatchEdit) -> Self {
        Self {
            start: edit.start,
            end: edit.end,
            before: edit.before,
            after: edit.after,
            confidence: edit.confidence,
            applicability: edit.applicability.name().to_owned(),
            applicability_reason: edit.applicability_reason.map(ToOwned::to_owned),
            in_quotation: edit.in_quotation,
            rule: edit.rule.to_owned(),
            outcome: edit.outcome,
        }
    }
}

impl From<Comparison> for RepairScore {
    fn from(comparison: Comparison) -> Self {
        Self {
            before: measures(&ReadingObject(&comparison.before.reading)),
            after: measures(&ReadingObject(&comparison.after.reading)),
            difference: measures(&Differences(&comparison)),
        }
    }
}
