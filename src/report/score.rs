//! How texts read, measured once: whatever is told about scores.

use std::cmp::Ordering;

use super::line_index::{LineIndex, Place};
use super::measure::{Measure, Reading};
use super::passage::{Passage, passages};
use super::report::plain;
use crate::detect::{Verdict, VerdictKind};
use crate::pipeline::{Engine, Scan};
use crate::text::Document;
use crate::translation::{Trace, TraceKind, Translation};

/// What is told about the scores of one document.
#[derive(Debug, Clone)]
pub struct ScoreReport {
    /// The file as it was named, or `-` for standard input.
    pub path: String,
    /// Is it spun?
    pub verdict: Verdict,
    /// How it reads.
    pub reading: Reading,
    /// Does it read like a translation?
    pub translation: TranslationReport,
    /// How much of each passage was replaced.
    pub passages: Vec<Passage>,
}

/// What is told about traces of a translation.
#[derive(Debug, Clone)]
pub struct TranslationReport {
    /// Whether the text reads like a translation.
    pub is_translated: bool,
    /// The weight of the evidence.
    pub weight: u32,
    /// The evidence, in order.
    pub rows: Vec<TraceRow>,
}

/// A trace of a translation.
#[derive(Debug, Clone)]
pub struct TraceRow {
    /// Where it is.
    pub place: Place,
    /// The rule that found it.
    pub rule: &'static str,
    /// The text that stands there.
    pub text: String,
    /// What it says, in one sentence.
    pub message: String,
    /// How much it says, from 1 to 3.
    pub weight: u32,
}

impl TranslationReport {
    fn new(text: &str, translation: &Translation) -> Self {
        let index = LineIndex::new(text);
        let row = |trace: &Trace| {
            let there = trace.span.of(text);
            let message = match trace.kind {
                TraceKind::Calque { meaning, language } => {
                    format!("\"{}\" is word for word ({language}) for: {meaning}", plain(there))
                }
                TraceKind::NameVariant { other } => {
                    format!("\"{}\" is spelled \"{}\" elsewhere", plain(there), plain(other.of(text)))
                }
            };
            TraceRow {
                place: index.place(trace.span),
                rule: trace.kind.name(),
                text: there.to_owned(),
                message,
                weight: trace.weight,
            }
        };
        let Translation { is_translated, weight, traces } = translation;
        Self { is_translated: *is_translated, weight: *weight, rows: traces.iter().map(row).collect() }
    }
}

impl ScoreReport {
    /// Scans and measures a document.
    pub fn of(path: &str, document: &Document, engine: &Engine) -> Self {
        Self::of_scan(path, document, &engine.decode(document), engine)
    }

    /// Measures a document that was scanned.
    pub fn of_scan(path: &str, document: &Document, scan: &Scan<'_>, engine: &Engine) -> Self {
        let text = document.text();
        Self {
            path: path.to_owned(),
            verdict: scan.verdict.clone(),
            reading: Reading::of(text, &scan.tokens, engine),
            translation: TranslationReport::new(text, &Translation::of(text, &scan.tokens)),
            passages: passages(scan, &LineIndex::new(text)),
        }
    }
}

/// By what documents are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKey {
    /// The path, in order.
    Path,
    /// The probability of spinning, the highest first.
    Probability,
    /// The spin rate, the highest first.
    Rate,
    /// A measure, the highest first, and last where it is undefined.
    Measure(Measure),
}

impl SortKey {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Path, Self::Probability, Self::Rate].into_iter().chain(Measure::all().map(Self::Measure))
    }

    /// Its name, the same as in JSON and CSV.
    pub fn key(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Probability => "spin_probability",
            Self::Rate => "spin_rate",
            Self::Measure(measure) => measure.key(),
        }
    }

    /// Sorts reports; those that are equal keep their order.
    pub fn sort(self, reports: &mut [ScoreReport]) {
        reports.sort_by(|a, b| self.compare(a, b));
    }

    /// Which of two reports comes first.
    pub fn compare(self, a: &ScoreReport, b: &ScoreReport) -> Ordering {
        // Documents differ in their log-odds long after the probability is rounded to 0 or 1.
        let number = |report: &ScoreReport| match self {
            Self::Path => None,
            Self::Probability => Some(report.verdict.log_odds),
            Self::Rate => Some(report.verdict.rate),
            Self::Measure(measure) => report.reading.get(measure),
        };
        let or_last = |report| number(report).unwrap_or(f64::NEG_INFINITY);
        match self {
            Self::Path => a.path.cmp(&b.path),
            _ => or_last(b).total_cmp(&or_last(a)),
        }
    }
}

/// Several documents together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Totals {
    /// How many there are.
    pub documents: usize,
    /// Those judged to be spun.
    pub spun: usize,
    /// Those judged to be suspect.
    pub suspect: usize,
    /// Those judged to be clean, or passed over.
    pub clean: usize,
    /// Those too short to judge.
    pub too_short: usize,
    /// Those that read like a translation, whatever else they are.
    pub translated: usize,
    /// How all of them read as one text.
    pub reading: Reading,
}

impl Totals {
    /// Adds a document.
    pub fn add(&mut self, report: &ScoreReport) {
        self.documents += 1;
        *match report.verdict.kind {
            VerdictKind::Spun => &mut self.spun,
            VerdictKind::Suspect => &mut self.suspect,
            VerdictKind::Clean | VerdictKind::PassedOver => &mut self.clean,
            VerdictKind::TooShort => &mut self.too_short,
        } += 1;
        self.translated += usize::from(report.translation.is_translated);
        self.reading = self.reading.with(&report.reading);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_distinct() {
        let keys: BTreeSet<&str> = SortKey::all().map(SortKey::key).collect();
        assert_eq!(keys.len(), SortKey::all().count());
    }
}
