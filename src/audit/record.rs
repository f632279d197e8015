//! What a trail says, without its seals.

use serde::{Deserialize, Serialize};

use crate::clean::Extraction;
use crate::repair::{Applicability, Cause, Decider, Outcome, Policy, Reservation};
use crate::text::{Span, sha256_hex};

/// What a run worked with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Name and version of the program.
    pub tool: String,
    /// What was to be repaired.
    pub policy: Policy,
    /// Checksums of the dictionaries, in hexadecimal, in the order they were consulted, and last of what was cleaned with, if
    /// anything was.
    pub dictionaries: Vec<String>,
    /// Checksum of the language model, in hexadecimal.
    pub model: String,
}

impl Header {
    /// The header of a run of this version of `unspin`; the least confidence is rounded to six decimals.
    pub fn new(policy: Policy, dictionaries: Vec<String>, model: impl Into<String>) -> Self {
        Self {
            tool: concat!("unspin ", env!("CARGO_PKG_VERSION")).to_owned(),
            policy: Policy { min_confidence: six_decimals(policy.min_confidence), ..policy },
            dictionaries,
            model: model.into(),
        }
    }
}

/// What a run found and did in one document, but for its fixes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Where the document came from: a path, `-` for standard input, or the id of a line of JSON Lines.
    pub path: String,
    /// SHA-256 of the original, in lower-case hexadecimal.
    pub sha256_before: String,
    /// SHA-256 of the repaired text, in lower-case hexadecimal.
    pub sha256_after: String,
    /// Length of the original in bytes.
    pub bytes_before: usize,
    /// Length of the repaired text in bytes.
    pub bytes_after: usize,
    /// The verdict by its name in reports.
    pub verdict: String,
    /// Probability in [0, 1] that the document was spun.
    pub spin_probability: f64,
    /// Estimated share in [0, 1] of the replaceable phrases that were replaced.
    pub spin_rate: f64,
    /// How the original was made of what was read, if that was anything else than text in UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extraction: Option<Extraction>,
}

impl DocumentRecord {
    /// The record of a document from its text before and after; the figures are rounded to six decimals.
    pub fn new(
        path: impl Into<String>,
        before: &str,
        after: &str,
        verdict: impl Into<String>,
        spin_probability: f64,
        spin_rate: f64,
    ) -> Self {
        Self {
            path: path.into(),
            sha256_before: sha256_hex(before.as_bytes()),
            sha256_after: sha256_hex(after.as_bytes()),
            bytes_before: before.len(),
            bytes_after: after.len(),
            verdict: verdict.into(),
            spin_probability: six_decimals(spin_probability),
            spin_rate: six_decimals(spin_rate),
            extraction: None,
        }
    }
}

/// What became of one planned fix, with all that is needed to do it again or undo it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Number of the fix in its document, from 1.
    pub id: usize,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Who decided so.
    #[serde(flatten)]
    pub decided_by: Decider,
    /// Why it was proposed.
    #[serde(flatten)]
    pub cause: Cause,
    /// Probability in [0, 1] that this is what stood there, to six decimals.
    pub confidence: f64,
    /// How safe it was to apply.
    pub applicability: Applicability,
    /// Why it was less safe than its confidence says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation: Option<Reservation>,
    /// Its edits, in the order of the fix.
    pub edits: Vec<RecordedEdit>,
}

impl AuditRecord {
    /// Whether its edits are in the repaired text.
    pub fn is_applied(&self) -> bool {
        self.outcome.is_applied()
    }
}

/// One edit, with what stood there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "WireEdit", into = "WireEdit")]
pub struct RecordedEdit {
    /// Bytes of the original that go.
    pub before_span: Span,
    /// What stands there in the original.
    pub before: String,
    /// Where the replacement stands in the repaired text, in bytes; `None` if the fix was skipped.
    pub after_span: Option<Span>,
    /// What comes, or would have come, instead.
    pub after: String,
}

/// One document of a trail.
#[derive(Debug, Clone, PartialEq)]
pub struct TrailDocument {
    /// Number of the document in the trail, from 1.
    pub id: u64,
    /// What was found and done, but for the fixes.
    pub about: DocumentRecord,
    /// One record per planned fix.
    pub records: Vec<AuditRecord>,
}

/// A `header` line.
#[derive(Serialize)]
pub(super) struct HeaderLine<'a> {
    pub schema: &'a str,
    pub version: u64,
    #[serde(flatten)]
    pub header: &'a Header,
}

/// A `document` line.
#[derive(Serialize, Deserialize)]
pub(super) struct DocumentLine {
    pub id: u64,
    #[serde(flatten)]
    pub about: DocumentRecord,
    /// How many `fix` lines follow.
    pub records: u64,
}

/// The `end` line.
#[derive(Serialize, Deserialize)]
pub(super) struct EndLine {
    /// How many documents the trail holds.
    pub documents: u64,
}

/// A [`RecordedEdit`] as it is written.
#[derive(Serialize, Deserialize)]
struct WireEdit {
    before_span: WireSpan,
    before: String,
    after_span: Option<WireSpan>,
    after: String,
}

/// A [`Span`] as it is written; what is read may be anything.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct WireSpan {
    start: usize,
    end: usize,
}

impl From<RecordedEdit> for WireEdit {
    fn from(edit: RecordedEdit) -> Self {
        let wire = |span: Span| WireSpan { start: span.start(), end: span.end() };
        Self {
            before_span: wire(edit.before_span),
            before: edit.before,
            after_span: edit.after_span.map(wire),
            after: edit.after,
        }
    }
}

impl TryFrom<WireEdit> for RecordedEdit {
    type Error = String;

    fn try_from(wire: WireEdit) -> Result<Self, String> {
        let span = |WireSpan { start, end }| {
            if start <= end {
                Ok(Span::new(start, end))
            } else {
                Err(format!("the span {start}..{end} starts after its end"))
            }
        };
        Ok(Self {
            before_span: span(wire.before_span)?,
            before: wire.before,
            after_span: wire.after_span.map(span).transpose()?,
            after: wire.after,
        })
    }
}

/// Figures are written to six decimals: they are estimates, and so they read back as they were written.
pub(super) fn six_decimals(figure: f64) -> f64 {
    (figure * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::{Choice, Review};

    #[test]
    fn a_span_that_starts_after_its_end_is_refused() {
        let line = r#"{"before_span":{"start":3,"end":2},"before":"","after_span":null,"after":""}"#;
        let error = serde_json::from_str::<RecordedEdit>(line).unwrap_err().to_string();
        assert!(error.contains("the span 3..2 starts after its end"), "{error}");
    }

    #[test]
    fn policies_of_earlier_trails_are_read() {
        let policy: Policy = serde_json::from_str(r#"{"min_confidence":0.5,"any_verdict":false}"#).unwrap();
        assert_eq!(policy, Policy::default());
    }

    #[test]
    fn reviews_of_earlier_trails_are_read() {
        let read = |text: &str| serde_json::from_str::<Decider>(text).unwrap();
        assert_eq!(read(r#"{"decided_by":"reviewer"}"#), Decider::Reviewer(Review::default()));
        let told = Review { decision: Some(Choice::OwnWording), reviewer: Some("Anna".to_owned()) };
        let line = r#"{"decided_by":"reviewer","decision":"own-wording","reviewer":"Anna"}"#;
        assert_eq!(read(line), Decider::Reviewer(told.clone()));
        assert_eq!(serde_json::to_string(&Decider::Reviewer(told)).unwrap(), line);
    }

    #[test]
    fn figures_read_back_as_written() {
        for i in 0..=10_000 {
            let figure = six_decimals(f64::from(i) / 10_000.0 + 1e-9);
            let text = serde_json::to_string(&figure).unwrap();
            assert!(text.len() <= 8, "{text}");
            assert_eq!(serde_json::from_str::<f64>(&text).unwrap().to_bits(), figure.to_bits());
        }
    }
}
