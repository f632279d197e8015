//! The JSON contract: what scripts read. These types change only together with [`VERSION`].
//!
//! Numbers in `[0, 1]` are rounded to six places. Offsets in bytes and characters count from 0, lines and columns from 1; ends are
//! exclusive. The schemas:
//!
//! - `unspin-report`: what `check` finds. As `json` one object, [`Stream`]; as `jsonl` a row each, told apart by `type`: first a
//!   [`Meta`], then for each document its [`FindingRow`]s and its [`DocumentRow`], and an [`ErrorRow`] for each input that failed.
//! - `unspin-batch`: the `unspin` object that batch runs add to each row, [`BatchObject`].

use serde::Serialize;
use serde_json::value::RawValue;

use super::failure::Failure;
use super::grounds::Ground;
use super::passage::Passage;
use super::report::{Replacement, Report, Row};
use super::wire_score::BatchScore;
use crate::detect::{Family, Verdict, VerdictKind};
use crate::repair::{Applicability, Reservation};

/// The schema of a report.
pub const REPORT: &str = "unspin-report";
/// The schema of the `unspin` object in a batch.
pub const BATCH: &str = "unspin-batch";
/// The version of all of them.
pub const VERSION: u32 = 1;
/// The program that writes them.
pub const TOOL: &str = concat!("unspin ", env!("CARGO_PKG_VERSION"));

/// Six places are enough for a probability, and read better than seventeen.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// The first row of a stream of rows.
#[derive(Debug, Serialize)]
pub struct Meta {
    /// Always `meta`.
    pub r#type: &'static str,
    /// The schema of the rows that follow.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that writes them.
    pub tool: &'static str,
}

impl Meta {
    /// The first row of a report.
    pub fn report() -> Self {
        Self { r#type: "meta", schema: REPORT, version: VERSION, tool: TOOL }
    }
}

/// The judgement on a document.
#[derive(Debug, Serialize)]
pub struct VerdictFields {
    /// `clean`, `suspect`, `spun` or `too_short`; `passed_over` where a screen was asked for and saw nothing of spinning.
    pub verdict: VerdictKind,
    /// What spun it: `blog`, `thesaurus` or `academic`; `null` where nothing speaks for spinning.
    pub family: Option<Family>,
    /// Probability that the document is spun.
    pub spin_probability: f64,
    /// Estimated share of the replaceable phrases that were replaced.
    pub spin_rate: f64,
    /// Lower end of the rate's 95 % interval.
    pub spin_rate_low: f64,
    /// Upper end of the rate's 95 % interval.
    pub spin_rate_high: f64,
    /// Words and numbers of the document.
    pub words: usize,
}

impl From<&Verdict> for VerdictFields {
    fn from(verdict: &Verdict) -> Self {
        Self {
            verdict: verdict.kind,
            family: verdict.family,
            spin_probability: rounded(verdict.probability),
            spin_rate: rounded(verdict.rate),
            spin_rate_low: rounded(verdict.rate_interval.0),
            spin_rate_high: rounded(verdict.rate_interval.1),
            words: verdict.words,
        }
    }
}

/// A whole report as one object.
#[derive(Debug, Serialize)]
pub struct Stream<'r> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that wrote it.
    pub tool: &'static str,
    /// The documents in the order of the input.
    pub documents: Vec<DocumentObject<'r>>,
    /// Inputs that failed.
    pub errors: Vec<ErrorRow<'r>>,
}

/// A document with its findings.
#[derive(Debug, Serialize)]
pub struct DocumentObject<'r> {
    /// The file as it was named, or `-`.
    pub path: &'r str,
    /// The judgement on it.
    #[serde(flatten)]
    pub verdict: VerdictFields,
    /// How much of each passage was replaced.
    pub passages: Vec<PassageObject>,
    /// The findings in order.
    pub findings: Vec<FindingRow<'r>>,
}

/// A document as a row: it comes after its findings.
#[derive(Debug, Serialize)]
pub struct DocumentRow<'r> {
    /// Always `document`.
    pub r#type: &'static str,
    /// The file as it was named, or `-`.
    pub path: &'r str,
    /// The judgement on it.
    #[serde(flatten)]
    pub verdict: VerdictFields,
    /// How much of each passage was replaced.
    pub passages: Vec<PassageObject>,
    /// How many findings there are.
    pub findings: usize,
}

/// A few sentences of a text.
#[derive(Debug, Serialize)]
pub struct PassageObject {
    /// Line of the first character.
    pub line: usize,
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// Its words and numbers.
    pub words: usize,
    /// Expected share of these that stand where something was replaced.
    pub spun_share: f64,
}

impl From<&Passage> for PassageObject {
    fn from(passage: &Passage) -> Self {
        let Passage { place, words, spun_share } = *passage;
        Self {
            line: place.line,
            byte_start: place.bytes.start(),
            byte_end: place.bytes.end(),
            words,
            spun_share: rounded(spun_share),
        }
    }
}

/// An input that failed.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorRow<'r> {
    /// Always `error`.
    pub r#type: &'static str,
    /// The input as it was named, or `-`.
    pub path: &'r str,
    /// What went wrong.
    pub error: &'r str,
}

impl<'r> From<&'r Failure> for ErrorRow<'r> {
    fn from(failure: &'r Failure) -> Self {
        Self { r#type: "error", path: &failure.path, error: &failure.error }
    }
}

/// A finding.
#[derive(Debug, Serialize)]
pub struct FindingRow<'r> {
    /// Always `finding`.
    pub r#type: &'static str,
    /// The file as it was named, or `-`.
    pub path: &'r str,
    /// Line of the first character.
    pub line: usize,
    /// Its column, in characters.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end.
    pub end_column: usize,
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// First character.
    pub char_start: usize,
    /// One past the last character.
    pub char_end: usize,
    /// The rule that found it.
    pub rule: &'r str,
    /// The finding in one sentence.
    pub message: &'r str,
    /// The text that stands there.
    pub text: &'r str,
    /// What may have stood there, the likeliest first.
    pub replacements: Vec<ReplacementObject<'r>>,
    /// How safe it is to apply the first replacement: `safe`, `unsafe` or `display`.
    pub applicability: Applicability,
    /// Why that is not what the confidence alone would say, if anything speaks against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicability_reason: Option<&'static str>,
    /// Why it was found.
    pub evidence: EvidenceObject<'r>,
    /// What spoke for each alternative, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub explanation: Vec<GroundObject<'r>>,
}

/// A wording that may have stood at a place.
#[derive(Debug, Serialize)]
pub struct ReplacementObject<'r> {
    /// What would stand there.
    pub value: &'r str,
    /// Probability that it stood there.
    pub confidence: f64,
}

impl<'r> From<&'r Replacement> for ReplacementObject<'r> {
    fn from(replacement: &'r Replacement) -> Self {
        Self { value: &replacement.value, confidence: rounded(replacement.confidence) }
    }
}

/// Why a place was found.
#[derive(Debug, Serialize)]
pub struct EvidenceObject<'r> {
    /// The dictionary row's spun form.
    pub spun: &'r str,
    /// The dictionary row's canonical form.
    pub canonical: &'r str,
    /// The family of spinners that does this.
    pub family: &'r str,
    /// Where the dictionary row comes from.
    pub source: &'r str,
    /// Whether the place lies in a quotation.
    pub in_quotation: bool,
    /// Probability that the place stands as it was written.
    pub keep: Option<f64>,
}

/// What spoke for an alternative.
#[derive(Debug, Serialize)]
pub struct GroundObject<'r> {
    /// The wording.
    pub value: &'r str,
    /// Probability that it stood there.
    pub confidence: f64,
    /// What spoke for it and against it.
    pub grounds: &'r [String],
}

impl<'r> From<&'r Ground> for GroundObject<'r> {
    fn from(ground: &'r Ground) -> Self {
        Self { value: &ground.value, confidence: rounded(ground.confidence), grounds: &ground.sentences }
    }
}

impl<'r> FindingRow<'r> {
    /// The contract's form of a row.
    pub fn new(path: &'r str, row: &'r Row) -> Self {
        let (place, evidence) = (&row.place, &row.evidence);
        Self {
            r#type: "finding",
            path,
            line: place.line,
            column: place.column,
            end_line: place.end_line,
            end_column: place.end_column,
            byte_start: place.bytes.start(),
            byte_end: place.bytes.end(),
            char_start: place.char_start,
            char_end: place.char_end,
            rule: row.rule,
            message: &row.message,
            text: &row.text,
            replacements: row.replacements.iter().map(Into::into).collect(),
            applicability: row.applicability,
            applicability_reason: row.reservation.map(Reservation::reason),
            evidence: EvidenceObject {
                spun: &evidence.spun,
                canonical: &evidence.canonical,
                family: &evidence.family,
                source: &evidence.source,
                in_quotation: evidence.in_quotation,
                keep: evidence.keep.map(rounded),
            },
            explanation: row.grounds.iter().map(Into::into).collect(),
        }
    }
}

impl<'r> DocumentObject<'r> {
    /// The contract's form of a report.
    pub fn new(report: &'r Report) -> Self {
        let findings = report.rows.iter().map(|row| FindingRow::new(&report.path, row)).collect();
        let passages = report.passages.iter().map(Into::into).collect();
        Self { path: &report.path, verdict: (&report.verdict).into(), passages, findings }
    }
}

impl<'r> DocumentRow<'r> {
    /// The contract's row of a report.
    pub fn new(report: &'r Report) -> Self {
        let findings = report.rows.len();
        let passages = report.passages.iter().map(Into::into).collect();
        Self { r#type: "document", path: &report.path, verdict: (&report.verdict).into(), passages, findings }
    }
}

/// The `unspin` object of a row in a batch.
#[derive(Debug, Serialize)]
pub struct BatchObject {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The judgement on the text.
    #[serde(flatten)]
    pub verdict: VerdictFields,
    /// Proposed or planned edits, in order; a fix may have several. Absent where texts are only scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edits: Option<Vec<BatchEdit>>,
    /// Scores, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<BatchScore>,
}

/// An edit of a batch.
#[derive(Debug, Serialize)]
pub struct BatchEdit {
    /// First byte in the input text.
    pub start: usize,
    /// One past the last byte in the input text.
    pub end: usize,
    /// What stood there.
    pub before: String,
    /// What comes instead.
    pub after: String,
    /// Probability that this is what stood there.
    pub confidence: f64,
    /// How safe it is to apply.
    pub applicability: Applicability,
    /// Why that is not what the confidence alone would say, if anything speaks against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicability_reason: Option<&'static str>,
    /// Whether the place lies in a quotation.
    pub in_quotation: bool,
    /// The rule that found it.
    pub rule: &'static str,
    /// `applied`, `skipped:` with the reason, or for `check` `proposed`.
    pub outcome: String,
}

/// What stands in a batch in place of a line that could not be done.
#[derive(Debug, Serialize)]
pub struct BatchError<'r> {
    /// The row's own name, if it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<&'r RawValue>,
    /// The input as it was named, or `-`.
    pub path: &'r str,
    /// The line in that input, from 1; empty lines count.
    pub line: usize,
    /// What went wrong.
    pub error: &'r str,
}
