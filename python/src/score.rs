//! What `score` answers.

use indexmap::IndexMap;
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use unspin::report::ScoreReport;
use unspin::report::wire_score::{ScoreObject, TraceObject};

use crate::object::object;

/// Measures by their keys, in order; what is undefined is none.
pub type Measures = IndexMap<String, Option<Number>>;

/// A count, or anything else that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, IntoPyObject, IntoPyObjectRef)]
#[serde(untagged)]
pub enum Number {
    Whole(u64),
    Real(f64),
}

/// The measures that the contract writes for a reading.
pub fn measures(reading: &impl Serialize) -> Measures {
    let written = serde_json::to_value(reading).and_then(serde_json::from_value);
    written.expect("a reading is a map of numbers")
}

/// How a text reads.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoreResult {
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
    /// Words and numbers of the text, as the verdict counts them.
    words: usize,
    /// Whether it reads like a translation.
    translation: Translation,
    /// How it reads: a number, or None where it is undefined, for each measure (`words`, `flesch_reading_ease`, `grade`, …); a new
    /// dictionary each time.
    readability: Measures,
}
object!(ScoreResult);

/// Whether a text reads like a machine translation, and why.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Translation {
    /// Whether it does.
    translated: bool,
    /// The weight of the evidence.
    weight: u32,
    /// The evidence in order.
    evidence: Vec<Trace>,
}
object!(Translation);

/// A trace of a translation.
#[pyclass(frozen, get_all, eq, module = "unspin")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Line of the first character, from 1.
    line: usize,
    /// Its column in characters, from 1.
    column: usize,
    /// First byte, in UTF-8.
    byte_start: usize,
    /// One past the last byte.
    byte_end: usize,
    /// `calque` or `name-variant`.
    rule: String,
    /// The text that stands there.
    text: String,
    /// What it says, in one sentence.
    message: String,
    /// How much it says, from 1 to 3.
    weight: u32,
}
object!(Trace);

impl From<ScoreReport> for ScoreResult {
    fn from(report: ScoreReport) -> Self {
        let ScoreObject { verdict, translation, readability, .. } = ScoreObject::new(&report);
        Self {
            verdict: verdict.verdict.name().to_owned(),
            family: verdict.family.map(|family| family.name().to_owned()),
            spin_probability: verdict.spin_probability,
            spin_rate: verdict.spin_rate,
            spin_rate_low: verdict.spin_rate_low,
            spin_rate_high: verdict.spin_rate_high,
            words: verdict.words,
            translation: Translation {
                translated: translation.translated,
                weight: translation.weight,
                evidence: translation.evidence.into_iter().map(Into::into).collect(),
            },
            readability: measures(&readability),
        }
    }
}

impl From<TraceObject<'_>> for Trace {
    fn from(trace: TraceObject<'_>) -> Self {
        Self {
            line: trace.line,
            column: trace.column,
            byte_start: trace.byte_start,
            byte_end: trace.byte_end,
            rule: trace.rule.to_owned(),
            text: trace.text.to_owned(),
            message: trace.message.to_owned(),
            weight: trace.weight,
        }
    }
}
