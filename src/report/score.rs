//! How texts read, measured once: whatever is told about scores.

use std::cmp::Ordering;

use super::line_index::{LineIndex, Place};
use super::passage::{Passage, passages};
use super::report::plain;
use crate::detect::{Verdict, VerdictKind};
use crate::language::Fluency;
use crate::pipeline::{Engine, Scan};
use crate::readability::{Counts, Formula, Scores};
use crate::text::{Document, Tokens};
use crate::translation::{Trace, TraceKind, Translation};

/// What is measured of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// [`Counts::words`].
    Words,
    /// [`Counts::sentences`].
    Sentences,
    /// [`Counts::syllables`].
    Syllables,
    /// [`Counts::letters`].
    Letters,
    /// [`Counts::characters`].
    Characters,
    /// [`Counts::long_words`].
    LongWords,
    /// [`Counts::polysyllables`].
    Polysyllables,
    /// [`Counts::complex_words`].
    ComplexWords,
    /// [`Counts::difficult_words`].
    DifficultWords,
    /// [`Counts::unfamiliar_words`].
    UnfamiliarWords,
    /// A formula.
    Formula(Formula),
    /// The consensus of the formulas that give a grade.
    Grade,
    /// The lowest of them.
    LowestGrade,
    /// The highest of them.
    HighestGrade,
    /// Time to read the text, in seconds.
    ReadingSeconds,
    /// [`Fluency::bits_per_word`].
    BitsPerWord,
}

impl Measure {
    /// The counts.
    pub const COUNTS: [Self; 10] = [
        Self::Words,
        Self::Sentences,
        Self::Syllables,
        Self::Letters,
        Self::Characters,
        Self::LongWords,
        Self::Polysyllables,
        Self::ComplexWords,
        Self::DifficultWords,
        Self::UnfamiliarWords,
    ];

    /// What is said of the text as a whole, besides the formulas.
    pub const SUMMARY: [Self; 5] =
        [Self::Grade, Self::LowestGrade, Self::HighestGrade, Self::ReadingSeconds, Self::BitsPerWord];

    /// All of them in the order in which they are told.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::COUNTS.into_iter().chain(Formula::ALL.map(Self::Formula)).chain(Self::SUMMARY)
    }

    /// Its key in JSON and CSV, and for sorting.
    pub fn key(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Sentences => "sentences",
            Self::Syllables => "syllables",
            Self::Letters => "letters",
            Self::Characters => "characters",
            Self::LongWords => "long_words",
            Self::Polysyllables => "polysyllables",
            Self::ComplexWords => "complex_words",
            Self::DifficultWords => "difficult_words",
            Self::UnfamiliarWords => "unfamiliar_words",
            Self::Formula(formula) => formula.key(),
            Self::Grade => "grade",
            Self::LowestGrade => "grade_lowest",
            Self::HighestGrade => "grade_highest",
            Self::ReadingSeconds => "reading_seconds",
            Self::BitsPerWord => "bits_per_word",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Sentences => "sentences",
            Self::Syllables => "syllables",
            Self::Letters => "letters",
            Self::Characters => "letters and digits",
            Self::LongWords => "long words",
            Self::Polysyllables => "words of 3 syllables or more",
            Self::ComplexWords => "complex words (fog)",
            Self::DifficultWords => "difficult words (Dale–Chall)",
            Self::UnfamiliarWords => "unfamiliar words (Spache)",
            Self::Formula(formula) => formula.name(),
            Self::Grade => "grade",
            Self::LowestGrade => "lowest grade",
            Self::HighestGrade => "highest grade",
            Self::ReadingSeconds => "seconds to read",
            Self::BitsPerWord => "bits per word",
        }
    }

    /// Whether it is a whole number.
    pub fn is_count(self) -> bool {
        Self::COUNTS.contains(&self)
    }
}

/// How a text reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    counts: Counts,
    scores: Scores,
    fluency: Fluency,
}

impl Reading {
    /// The reading of a text and its tokens.
    pub fn of(text: &str, tokens: &Tokens, engine: &Engine) -> Self {
        Self::new(Counts::of(text), Fluency::of(tokens, engine.model()))
    }

    /// The reading of a text with these counts.
    pub fn new(counts: Counts, fluency: Fluency) -> Self {
        Self { counts, scores: Scores::of(&counts), fluency }
    }

    /// The value of a measure, always finite; `None` where it is undefined.
    pub fn get(&self, measure: Measure) -> Option<f64> {
        let count = |count: usize| Some(count as f64);
        let (counts, grade) = (&self.counts, self.scores.grade);
        match measure {
            Measure::Words => count(counts.words),
            Measure::Sentences => count(counts.sentences),
            Measure::Syllables => count(counts.syllables),
            Measure::Letters => count(counts.letters),
            Measure::Characters => count(counts.characters),
            Measure::LongWords => count(counts.long_words),
            Measure::Polysyllables => count(counts.polysyllables),
            Measure::ComplexWords => count(counts.complex_words),
            Measure::DifficultWords => count(counts.difficult_words),
            Measure::UnfamiliarWords => count(counts.unfamiliar_words),
            Measure::Formula(formula) => self.scores.get(formula),
            Measure::Grade => grade.map(|grade| grade.consensus),
            Measure::LowestGrade => grade.map(|grade| grade.lowest),
            Measure::HighestGrade => grade.map(|grade| grade.highest),
            Measure::ReadingSeconds => Some(self.scores.seconds),
            Measure::BitsPerWord => self.fluency.bits_per_word(),
        }
    }

    /// The reading of two texts together.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self::new(self.counts + other.counts, self.fluency + other.fluency)
    }
}

impl Default for Reading {
    /// The reading of no text at all.
    fn default() -> Self {
        Self::new(Counts::default(), Fluency::default())
    }
}

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
        Self::of_scan(path, document, &engine.scan(document), engine)
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
    /// Those judged to be clean.
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
            VerdictKind::Clean => &mut self.clean,
            VerdictKind::TooShort => &mut self.too_short,
        } += 1;
        self.translated += usize::from(report.translation.is_translated);
        self.reading = self.reading.with(&report.reading);
    }
}

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_distinct() {
        let keys: BTreeSet<&str> = SortKey::all().map(SortKey::key).collect();
        assert_eq!(keys.len(), SortKey::all().count());
    }

    #[test]
    fn readings_add_up() {
        let of = |text| Reading::new(Counts::of(text), Fluency { bits: 4.0, words: 1 });
        let both = of("One cat.").with(&of("Two cats sat."));
        assert_eq!(both.get(Measure::Words), Some(5.0));
        assert_eq!(both.get(Measure::BitsPerWord), Some(4.0));
        assert_eq!(both.get(Measure::Formula(Formula::Rix)), Some(0.0));
        assert!(Measure::all().all(|m| Reading::default().get(m).is_none_or(|value| value == 0.0)));
    }
}
