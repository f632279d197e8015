//! The JSON contract of `score`: schema `unspin-score`. What is undefined is null; times are in seconds.
//!
//! As `json` it is one object, [`ScoreStream`], or [`ComparisonObject`] where two texts are compared; as `jsonl` first a
//! [`Meta`], then a [`ScoreRow`] for each document and an [`ErrorRow`] for each input that failed, then a [`TotalRow`]. Batch runs add a
//! [`BatchScore`] as `score` to the `unspin` object.

use serde::{Serialize, Serializer};

use super::comparison::Comparison;
use super::measure::{Measure, Reading};
use super::score::{ScoreReport, Totals, TraceRow, TranslationReport};
use super::wire::{ErrorRow, Meta, PassageObject, TOOL, VERSION, VerdictFields, rounded};

/// The schema of scores.
pub const SCORE: &str = "unspin-score";

/// The first row of a stream of scores.
pub fn score_meta() -> Meta {
    Meta { r#type: "meta", schema: SCORE, version: VERSION, tool: TOOL }
}

/// A reading as an object: a number or null for each measure.
#[derive(Debug)]
pub struct ReadingObject<'r>(pub &'r Reading);

impl Serialize for ReadingObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_map(Measure::all().map(|measure| (measure.key(), number(measure, self.0.get(measure)))))
    }
}

/// A count as a whole number, anything else to six places.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Number {
    Whole(u64),
    Real(f64),
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are whole and small")]
fn number(measure: Measure, value: Option<f64>) -> Option<Number> {
    let number =
        |value| if measure.is_count() { Number::Whole(value as u64) } else { Number::Real(rounded(value)) };
    value.map(number)
}

/// The scores of some documents as one object.
#[derive(Debug, Serialize)]
pub struct ScoreStream<'r> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that wrote it.
    pub tool: &'static str,
    /// The documents in the order of the input, or sorted.
    pub documents: Vec<ScoreObject<'r>>,
    /// All of them together.
    pub total: TotalObject<'r>,
    /// Inputs that failed.
    pub errors: Vec<ErrorRow<'r>>,
}

/// The scores of a document.
#[derive(Debug, Serialize)]
pub struct ScoreObject<'r> {
    /// The file as it was named, or `-`.
    pub path: &'r str,
    /// The judgement on it.
    #[serde(flatten)]
    pub verdict: VerdictFields,
    /// Whether it reads like a translation.
    pub translation: TranslationObject<'r>,
    /// How much of each passage was replaced.
    pub passages: Vec<PassageObject>,
    /// How it reads.
    pub readability: ReadingObject<'r>,
}

/// Whether a text reads like a translation, and why.
#[derive(Debug, Serialize)]
pub struct TranslationObject<'r> {
    /// Whether it does.
    pub translated: bool,
    /// The weight of the evidence.
    pub weight: u32,
    /// The evidence in order.
    pub evidence: Vec<TraceObject<'r>>,
}

/// A trace of a translation; places as in the schema of reports.
#[derive(Debug, Serialize)]
pub struct TraceObject<'r> {
    /// Line of the first character.
    pub line: usize,
    /// Its column, in characters.
    pub column: usize,
    /// First byte.
    pub byte_start: usize,
    /// One past the last byte.
    pub byte_end: usize,
    /// `calque` or `name-variant`.
    pub rule: &'static str,
    /// The text that stands there.
    pub text: &'r str,
    /// What it says, in one sentence.
    pub message: &'r str,
    /// How much it says, from 1 to 3.
    pub weight: u32,
}

impl<'r> From<&'r TranslationReport> for TranslationObject<'r> {
    fn from(report: &'r TranslationReport) -> Self {
        let trace = |row: &'r TraceRow| TraceObject {
            line: row.place.line,
            column: row.place.column,
            byte_start: row.place.bytes.start(),
            byte_end: row.place.bytes.end(),
            rule: row.rule,
            text: &row.text,
            message: &row.message,
            weight: row.weight,
        };
        Self {
            translated: report.is_translated,
            weight: report.weight,
            evidence: report.rows.iter().map(trace).collect(),
        }
    }
}

impl<'r> ScoreObject<'r> {
    /// The contract's form of a report.
    pub fn new(report: &'r ScoreReport) -> Self {
        Self {
            path: &report.path,
            verdict: (&report.verdict).into(),
            translation: (&report.translation).into(),
            passages: report.passages.iter().map(Into::into).collect(),
            readability: ReadingObject(&report.reading),
        }
    }
}

/// Several documents together.
#[derive(Debug, Serialize)]
pub struct TotalObject<'r> {
    /// How many there are.
    pub documents: usize,
    /// Those judged to be spun.
    pub spun: usize,
    /// Those judged to be suspect.
    pub suspect: usize,
    /// Those judged to be clean.
    pub clean: usize,
    /// Those too short to judge.
    pub too_short: usize,
    /// Those that read like a translation, whatever else they are.
    pub translated: usize,
    /// How all of them read as one text.
    pub readability: ReadingObject<'r>,
}

impl<'r> From<&'r Totals> for TotalObject<'r> {
    fn from(totals: &'r Totals) -> Self {
        Self {
            documents: totals.documents,
            spun: totals.spun,
            suspect: totals.suspect,
            clean: totals.clean,
            too_short: totals.too_short,
            translated: totals.translated,
            readability: ReadingObject(&totals.reading),
        }
    }
}

/// A document as a row.
#[derive(Debug, Serialize)]
pub struct ScoreRow<'r> {
    /// Always `document`.
    pub r#type: &'static str,
    /// The document.
    #[serde(flatten)]
    pub document: ScoreObject<'r>,
}

/// All documents together, as the last row.
#[derive(Debug, Serialize)]
pub struct TotalRow<'r> {
    /// Always `total`.
    pub r#type: &'static str,
    /// The numbers.
    #[serde(flatten)]
    pub total: TotalObject<'r>,
}

/// Two texts compared.
#[derive(Debug, Serialize)]
pub struct ComparisonObject<'r> {
    /// The schema of this object.
    pub schema: &'static str,
    /// Its version.
    pub version: u32,
    /// The program that wrote it.
    pub tool: &'static str,
    /// The text before.
    pub before: ScoreObject<'r>,
    /// The text after.
    pub after: ScoreObject<'r>,
    /// After less before, of probability, rate and all measures.
    pub difference: Differences<'r>,
}

impl<'r> ComparisonObject<'r> {
    /// The contract's form of a comparison.
    pub fn new(comparison: &'r Comparison) -> Self {
        Self {
            schema: SCORE,
            version: VERSION,
            tool: TOOL,
            before: ScoreObject::new(&comparison.before),
            after: ScoreObject::new(&comparison.after),
            difference: Differences(comparison),
        }
    }
}

/// Differences as an object: a number or null for each key.
#[derive(Debug)]
pub struct Differences<'r>(pub &'r Comparison);

impl Serialize for Differences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.rows.iter().map(|row| (row.key.key(), row.difference.map(rounded))))
    }
}

/// The scores that a batch run adds to a row: of the text, or of the text before and after its repair.
#[derive(Debug)]
pub enum BatchScore {
    /// `score`.
    Text(Box<ScoreReport>),
    /// `fix --score`.
    Repair(Box<Comparison>),
}

impl Serialize for BatchScore {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// What `score` adds.
        #[derive(Serialize)]
        struct Text<'r> {
            translation: TranslationObject<'r>,
            readability: ReadingObject<'r>,
        }
        /// What `fix --score` adds.
        #[derive(Serialize)]
        struct Repair<'r> {
            before: ReadingObject<'r>,
            after: ReadingObject<'r>,
            difference: Differences<'r>,
        }
        match self {
            Self::Text(report) => Text {
                translation: (&report.translation).into(),
                readability: ReadingObject(&report.reading),
            }
            .serialize(serializer),
            Self::Repair(comparison) => Repair {
                before: ReadingObject(&comparison.before.reading),
                after: ReadingObject(&comparison.after.reading),
                difference: Differences(comparison),
            }
            .serialize(serializer),
        }
    }
}
