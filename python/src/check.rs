//! What `check` answers.

use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use unspin::report::Report;
use unspin::report::wire::{DocumentObject, FindingRow, GroundObject, PassageObject, ReplacementObject};

use crate::object::object;

/// Whether a text is spun, and where.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckResult {
    /// `clean`, `suspect`, `spun` or `too_short`.
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
    /// How much of each passage was replaced, in order; a new list each time.
    passages: Vec<Passage>,
    /// The findings in order; a new list each time.
    findings: Vec<Finding>,
}
object!(CheckResult);

/// How much of a passage was replaced.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Line of the first character, from 1.
    line: usize,
    /// First byte, in UTF-8.
    byte_start: usize,
    /// One past the last byte.
    byte_end: usize,
    /// Its words and numbers.
    words: usize,
    /// Expected share of these that stand where something was replaced.
    spun_share: f64,
}
object!(Passage);

/// A place that may be spun. Bytes and characters count from 0, lines and columns from 1; ends are exclusive.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Line of the first character.
    line: usize,
    /// Its column, in characters.
    column: usize,
    /// Line of the end.
    end_line: usize,
    /// Column of the end.
    end_column: usize,
    /// First byte, in UTF-8.
    byte_start: usize,
    /// One past the last byte.
    byte_end: usize,
    /// First character: `text[char_start:char_end]` is the place.
    char_start: usize,
    /// One past the last character.
    char_end: usize,
    /// The rule that found it.
    rule: String,
    /// The finding in one sentence.
    message: String,
    /// The text that stands there.
    text: String,
    /// What may have stood there, the likeliest first.
    replacements: Vec<Replacement>,
    /// How safe it is to apply the first replacement: `safe`, `unsafe` or `display`.
    applicability: String,
    /// Why that is not what the confidence alone would say, if anything speaks against it.
    applicability_reason: Option<String>,
    /// Why it was found.
    evidence: Evidence,
    /// What spoke for each alternative; empty without `explain=True`.
    explanation: Vec<Ground>,
}
object!(Finding);

/// A wording that may have stood at a place.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replacement {
    /// What would stand there.
    value: String,
    /// Probability that it stood there.
    confidence: f64,
}
object!(Replacement);

/// Why a place was found.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The dictionary row's spun form.
    spun: String,
    /// The dictionary row's canonical form.
    canonical: String,
    /// The family of spinners that does this.
    family: String,
    /// Where the dictionary row comes from.
    source: String,
    /// Whether the place lies in a quotation.
    in_quotation: bool,
    /// Probability that the place stands as it was written.
    keep: Option<f64>,
}
object!(Evidence);

/// What spoke for an alternative.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ground {
    /// The wording.
    value: String,
    /// Probability that it stood there.
    confidence: f64,
    /// What spoke for it and against it, a sentence each.
    grounds: Vec<String>,
}
object!(Ground);

impl From<Report> for CheckResult {
    fn from(report: Report) -> Self {
        let DocumentObject { verdict, passages, findings, .. } = DocumentObject::new(&report);
        Self {
            verdict: verdict.verdict.name().to_owned(),
            family: verdict.family.map(|family| family.name().to_owned()),
            spin_probability: verdict.spin_probability,
            spin_rate: verdict.spin_rate,
            spin_rate_low: verdict.spin_rate_low,
            spin_rate_high: verdict.spin_rate_high,
            words: verdict.words,
            passages: passages.into_iter().map(Into::into).collect(),
            findings: findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<PassageObject> for Passage {
    fn from(passage: PassageObject) -> Self {
        let PassageObject { line, byte_start, byte_end, words, spun_share } = passage;
        Self { line, byte_start, byte_end, words, spun_share }
    }
}

impl From<FindingRow<'_>> for Finding {
    fn from(row: FindingRow<'_>) -> Self {
        let evidence = row.evidence;
        Self {
            line: row.line,
            column: row.column,
            end_line: row.end_line,
            end_column: row.end_column,
            byte_start: row.byte_start,
            byte_end: row.byte_end,
            char_start: row.char_start,
            char_end: row.char_end,
            rule: row.rule.to_owned(),
            message: row.message.to_owned(),
            text: row.text.to_owned(),
            replacements: row.replacements.into_iter().map(Into::into).collect(),
            applicability: row.applicability.name().to_owned(),
            applicability_reason: row.applicability_reason.map(ToOwned::to_owned),
            evidence: Evidence {
                spun: evidence.spun.to_owned(),
                canonical: evidence.canonical.to_owned(),
                family: evidence.family.to_owned(),
                source: evidence.source.to_owned(),
                in_quotation: evidence.in_quotation,
                keep: evidence.keep,
            },
            explanation: row.explanation.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<ReplacementObject<'_>> for Replacement {
    fn from(replacement: ReplacementObject<'_>) -> Self {
        Self { value: replacement.value.to_owned(), confidence: replacement.confidence }
    }
}

impl From<GroundObject<'_>> for Ground {
    fn from(ground: GroundObject<'_>) -> Self {
        Self {
            value: ground.value.to_owned(),
            confidence: ground.confidence,
            grounds: ground.grounds.to_vec(),
        }
    }
}
