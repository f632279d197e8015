//! A text before and after a change.

use super::score::{ScoreReport, SortKey};
use crate::pipeline::Engine;
use crate::text::Document;

/// A text before and after a change.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Before.
    pub before: ScoreReport,
    /// After.
    pub after: ScoreReport,
    /// What changed in the verdict and in the measures, in their order.
    pub rows: Vec<ComparisonRow>,
}

/// A number before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ComparisonRow {
    /// What it is; by it documents could be sorted.
    pub key: SortKey,
    /// Before.
    pub before: Option<f64>,
    /// After.
    pub after: Option<f64>,
    /// After less before, where both are defined.
    pub difference: Option<f64>,
}

impl ComparisonRow {
    /// The row of two numbers.
    pub fn new(key: SortKey, before: Option<f64>, after: Option<f64>) -> Self {
        Self { key, before, after, difference: before.zip(after).map(|(before, after)| after - before) }
    }
}

impl Comparison {
    /// How a text reads as it came and after its repair.
    pub fn of_repair(path: &str, before: &Document, after: &str, engine: &Engine) -> Self {
        let after = ScoreReport::of(&format!("{path}, repaired"), &Document::new(after), engine);
        Self::new(ScoreReport::of(path, before, engine), after)
    }

    /// Compares two reports.
    pub fn new(before: ScoreReport, after: ScoreReport) -> Self {
        let value = |report: &ScoreReport, key| match key {
            SortKey::Path => None,
            SortKey::Probability => Some(report.verdict.probability),
            SortKey::Rate => Some(report.verdict.rate),
            SortKey::Measure(measure) => report.reading.get(measure),
        };
        let row = |key| ComparisonRow::new(key, value(&before, key), value(&after, key));
        let rows = SortKey::all().filter(|&key| key != SortKey::Path).map(row).collect();
        Self { before, after, rows }
    }
}
