//! The JSON contract of `eval`: schema `unspin-evaluation`. Figures that are undefined are null.

use serde::Serialize;

use super::wire::{TOOL, VERSION, rounded};
use crate::evaluate::{
    Counts, Evaluation, FALSE_POSITIVES_PER_MILLE, Reliability, Score, Source, Tally, VerdictCounts,
};
use crate::repair::{Applicability, Quotes};

/// The schema of an evaluation.
pub const EVALUATION: &str = "unspin-evaluation";

/// A row or input that could not be scored.
#[derive(Debug, Clone, Serialize)]
pub struct Unscored {
    /// The input as it was named, or `-`.
    pub path: String,
    /// The line in it, from 1; null if the input as a whole failed.
    pub line: Option<usize>,
    /// What went wrong.
    pub error: String,
}

/// All figures as one object.
#[derive(Debug, Serialize)]
pub struct EvaluationObject<'e> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that wrote it.
    pub tool: &'static str,
    /// What was applied.
    pub policy: PolicyObject,
    /// The inputs in order.
    pub sources: Vec<SourceObject<'e>>,
    /// All of them together.
    pub total: Figures,
    /// How well the verdict tells spun documents from genuine ones.
    pub verdicts: VerdictsObject,
    /// Confidence against truth.
    pub reliability: ReliabilityObject,
    /// What could not be scored.
    pub errors: &'e [Unscored],
}

/// What was applied.
#[derive(Debug, Serialize)]
pub struct PolicyObject {
    /// Least confidence of an applied fix.
    pub min_confidence: f64,
    /// Whether documents that are not judged spun were repaired as well.
    pub any_verdict: bool,
    /// Least tier of an applied fix.
    pub least_applicability: Applicability,
    /// What was done inside quotation marks: `fix`, `ask` or `keep`.
    pub quotes: Quotes,
}

/// An input.
#[derive(Debug, Serialize)]
pub struct SourceObject<'e> {
    /// The input as it was named, or `-`.
    pub path: &'e str,
    /// Its documents.
    #[serde(flatten)]
    pub figures: Figures,
    /// Of its spun documents against the genuine ones of all inputs.
    pub separation: Separation,
}

/// Figures of some documents.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// Those in which something was spun.
    pub spun: TallyObject,
    /// The genuine ones: each edit in them is wrong.
    pub clean: TallyObject,
    /// Both.
    pub all: TallyObject,
}

/// Figures of documents of one kind.
#[derive(Debug, Serialize)]
pub struct TallyObject {
    /// How many there are.
    pub documents: usize,
    /// Their words and numbers.
    pub words: usize,
    /// Applied edits: was the place spun?
    pub detection: CountsObject,
    /// Applied edits: is this what stood there?
    pub correction: CountsObject,
    /// The same for the edits of safe fixes alone.
    pub safe_detection: CountsObject,
    /// The same for the edits of safe fixes alone.
    pub safe_correction: CountsObject,
    /// Applied edits that don't give what stood there.
    pub wrong_edits: usize,
    /// The same per million words.
    pub wrong_edits_per_million_words: Option<f64>,
    /// Applied edits of places that were not spun.
    pub misplaced_edits: usize,
    /// The same per million words.
    pub misplaced_edits_per_million_words: Option<f64>,
    /// How many documents got which verdict.
    pub verdicts: VerdictCountsObject,
}

/// Counts and what follows from them.
#[derive(Debug, Serialize)]
pub struct CountsObject {
    /// Applied edits.
    pub proposed: usize,
    /// Those that are right.
    pub right: usize,
    /// Places that were spun.
    pub gold: usize,
    /// Those that were found.
    pub found: usize,
    /// Share of the applied edits that are right.
    pub precision: Option<f64>,
    /// Share of the spun places that were found.
    pub recall: Option<f64>,
    /// F0.5 of the two.
    pub f05: Option<f64>,
}

/// How many documents got which verdict.
#[derive(Debug, Serialize)]
pub struct VerdictCountsObject {
    /// Judged clean.
    pub clean: usize,
    /// Judged suspect.
    pub suspect: usize,
    /// Judged spun.
    pub spun: usize,
    /// Too short to say.
    pub too_short: usize,
}

/// How well the verdict's evidence tells spun documents from genuine ones.
#[derive(Debug, Serialize)]
pub struct Separation {
    /// Area under the receiver operating characteristic.
    pub auroc: Option<f64>,
    /// Recall at the thresholds of [`VerdictsObject::thresholds`], in their order.
    pub recall: Vec<Option<f64>>,
}

/// The verdict over all inputs.
#[derive(Debug, Serialize)]
pub struct VerdictsObject {
    /// Genuine documents.
    pub clean_documents: usize,
    /// Documents in which something was spun.
    pub spun_documents: usize,
    /// The thresholds for shares of false positives among the genuine documents.
    pub thresholds: Vec<ThresholdObject>,
    /// Of all spun documents against all genuine ones.
    #[serde(flatten)]
    pub separation: Separation,
}

/// A threshold: documents whose evidence is greater count as spun.
#[derive(Debug, Serialize)]
pub struct ThresholdObject {
    /// Share of the genuine documents that may be above it.
    pub max_false_positive_rate: f64,
    /// The evidence in nats.
    pub above_evidence: Option<f64>,
    /// Genuine documents above it.
    pub false_positives: Option<usize>,
}

/// Confidence against truth.
#[derive(Debug, Serialize)]
pub struct ReliabilityObject {
    /// Findings in the documents that the policy lets be repaired.
    pub findings: usize,
    /// Mean distance of confidence from the share that is right, over findings.
    pub expected_calibration_error: Option<f64>,
    /// Ten bins of confidence.
    pub bins: Vec<BinObject>,
}

/// Findings of similar confidence.
#[derive(Debug, Serialize)]
pub struct BinObject {
    /// Least confidence.
    pub from: f64,
    /// Least confidence of the next bin; the last bin includes it.
    pub to: f64,
    /// How many there are.
    pub findings: usize,
    /// How many are right.
    pub right: usize,
    /// Their mean confidence.
    pub mean_confidence: Option<f64>,
    /// Share that is right.
    pub share_right: Option<f64>,
}

impl<'e> EvaluationObject<'e> {
    /// The contract's form of an evaluation.
    pub fn new(evaluation: &'e Evaluation, errors: &'e [Unscored]) -> Self {
        let sources = evaluation.sources();
        let policy = evaluation.policy();
        Self {
            schema: EVALUATION,
            version: VERSION,
            tool: TOOL,
            policy: PolicyObject {
                min_confidence: policy.min_confidence,
                any_verdict: policy.any_verdict,
                least_applicability: policy.least_applicability,
                quotes: policy.quotes,
            },
            sources: sources.iter().map(|source| source_object(evaluation, source)).collect(),
            total: Figures::of(
                &Tally::sum(sources.iter().map(|source| &source.spun)),
                &Tally::sum(sources.iter().map(|source| &source.clean)),
            ),
            verdicts: verdicts(evaluation),
            reliability: evaluation.reliability().into(),
            errors,
        }
    }
}

fn source_object<'e>(evaluation: &Evaluation, source: &'e Source) -> SourceObject<'e> {
    SourceObject {
        path: &source.name,
        figures: Figures::of(&source.spun, &source.clean),
        separation: separation(evaluation, Some(source)),
    }
}

impl Figures {
    fn of(spun: &Tally, clean: &Tally) -> Self {
        Self { spun: spun.into(), clean: clean.into(), all: (&Tally::sum([spun, clean])).into() }
    }
}

fn separation(evaluation: &Evaluation, source: Option<&Source>) -> Separation {
    let recall = |&per_mille| evaluation.recall(source, per_mille).map(rounded);
    Separation {
        auroc: evaluation.auroc(source).map(rounded),
        recall: FALSE_POSITIVES_PER_MILLE.iter().map(recall).collect(),
    }
}

fn verdicts(evaluation: &Evaluation) -> VerdictsObject {
    let count = |of: fn(&Source) -> usize| evaluation.sources().iter().map(of).sum();
    let threshold = |&per_mille: &usize| {
        let point = evaluation.operating_point(per_mille);
        ThresholdObject {
            max_false_positive_rate: per_mille as f64 / 1_000.0,
            above_evidence: point.map(|point| point.threshold),
            false_positives: point.map(|point| point.false_positives),
        }
    };
    VerdictsObject {
        clean_documents: count(|source| source.clean.documents),
        spun_documents: count(|source| source.spun.documents),
        thresholds: FALSE_POSITIVES_PER_MILLE.iter().map(threshold).collect(),
        separation: separation(evaluation, None),
    }
}

impl From<&Tally> for TallyObject {
    fn from(tally: &Tally) -> Self {
        let per_million = |count| tally.per_million_words(count).map(rounded);
        let Score { detection, correction } = tally.applied;
        Self {
            documents: tally.documents,
            words: tally.words,
            detection: detection.into(),
            correction: correction.into(),
            safe_detection: tally.safe.detection.into(),
            safe_correction: tally.safe.correction.into(),
            wrong_edits: tally.wrong(),
            wrong_edits_per_million_words: per_million(tally.wrong()),
            misplaced_edits: tally.misplaced(),
            misplaced_edits_per_million_words: per_million(tally.misplaced()),
            verdicts: tally.verdicts.into(),
        }
    }
}

impl From<Counts> for CountsObject {
    fn from(counts: Counts) -> Self {
        Self {
            proposed: counts.proposed,
            right: counts.right,
            gold: counts.gold,
            found: counts.found,
            precision: counts.precision().map(rounded),
            recall: counts.recall().map(rounded),
            f05: counts.f05().map(rounded),
        }
    }
}

impl From<VerdictCounts> for VerdictCountsObject {
    fn from(counts: VerdictCounts) -> Self {
        let VerdictCounts { clean, suspect, spun, too_short } = counts;
        Self { clean, suspect, spun, too_short }
    }
}

impl From<&Reliability> for ReliabilityObject {
    fn from(reliability: &Reliability) -> Self {
        let bins = reliability.bins().iter().enumerate().map(|(number, bin)| {
            let (from, to) = Reliability::bounds(number);
            BinObject {
                from,
                to,
                findings: bin.findings,
                right: bin.right,
                mean_confidence: bin.mean_confidence().map(rounded),
                share_right: bin.share_right().map(rounded),
            }
        });
        Self {
            findings: reliability.findings(),
            expected_calibration_error: reliability.expected_calibration_error().map(rounded),
            bins: bins.collect(),
        }
    }
}
