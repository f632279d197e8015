//! Reports for the tests of all formats, and snapshots to compare with.

use std::path::PathBuf;

use crate::detect::{Family, Verdict, VerdictKind};
use crate::language::Fluency;
use crate::pipeline::Scan;
use crate::readability::Counts;
use crate::repair::{
    Cause, Decider, Edit, Fix, MeaningRisk, Outcome, PlannedFix, Policy, Reservation, SkipReason,
};
use crate::report::dossier::laid_out;
use crate::report::{
    ComparisonRow, Dossier, Failure, HELP, Measure, Reading, Report, ScoreReport, SortKey, TranslationReport,
};
use crate::text::{Document, Span, Tokens};

/// Paths with their texts: a byte order mark, `\r\n`, letters and symbols of two to four bytes, quotation marks, what XML and
/// workflow commands escape, a place that spans lines, equal places, no places.
pub const TEXTS: [(&str, &str); 4] = [
    (
        "./a b/é,1:2.txt",
        "\u{feff}Café owners go to “Ōsaka” & <b>go\r\nto</b> 100 % fêtes.\r\n\r\n😀 He was a\r\nOverseas minister's 'pal'.\r\n",
    ),
    ("twice.txt", "They go to it. They go to it."),
    ("<&\"'>.txt", "Nothing here is spun.\n"),
    ("-", "An info | convention ||| began"),
];

/// Phrases in each text, with what they stand for and how likely that is.
const PHRASES: [&[(&str, &str, f64)]; 4] = [
    &[("go to", "visit & \"see\"", 0.99), ("go\r\nto", "visit", 0.4), ("a\r\nOverseas", "a\r\nForeign", 0.8)],
    &[("go to", "visit", 0.97), ("go to", "visit", 0.97)],
    &[],
    &[("An info | convention |||", "A news | conference", 0.75)],
];

/// The reports of [`TEXTS`], and an input that failed.
pub fn set() -> (Vec<Report>, Vec<Failure>) {
    let reports = TEXTS.into_iter().zip(PHRASES).map(|((path, text), phrases)| report(path, text, phrases));
    let failure = Failure {
        path: "no/thing:<é>.txt".to_owned(),
        error: "no/thing:<é>.txt: 100 % of it\nis \"missing\"".to_owned(),
    };
    (reports.collect(), vec![failure])
}

/// The same where the whole texts are shown. Changes of less than an even chance are not applied.
pub fn dossiers() -> Vec<Dossier> {
    set().0.into_iter().zip(TEXTS).map(|(report, (_, text))| dossier(report, text)).collect()
}

fn dossier(report: Report, text: &str) -> Dossier {
    let reading = Reading::new(Counts::of(text), Fluency { bits: 100.0, words: 10 });
    let score = ScoreReport {
        path: report.path.clone(),
        verdict: report.verdict.clone(),
        reading,
        translation: TranslationReport { is_translated: false, weight: 0, rows: Vec::new() },
        passages: report.passages.clone(),
    };
    let readings = [Measure::Words, Measure::Grade, Measure::ReadingSeconds, Measure::BitsPerWord]
        .map(|measure| ComparisonRow::new(SortKey::Measure(measure), reading.get(measure), Some(2.0)));
    let applied: Vec<bool> = report.rows.iter().map(|row| row.confidence() >= 0.5).collect();
    let stretches = laid_out(text, &report, &applied, None);
    let digest = Document::new(text).sha256();
    Dossier { digest, report, score, readings: readings.into(), cleaning: None, stretches, left_out: 0 }
}

fn report(path: &str, text: &str, phrases: &[(&str, &str, f64)]) -> Report {
    let document = Document::new(text);
    let kind = if phrases.is_empty() { VerdictKind::Clean } else { VerdictKind::Spun };
    let verdict = Verdict {
        kind,
        family: (!phrases.is_empty()).then_some(Family::Blog),
        probability: 0.75,
        evidence: 1.0,
        log_odds: 1.0,
        rate: 0.5,
        rate_interval: (0.25, 0.75),
        words: 60,
    };
    let tokens = Tokens::of(text);
    let scan = Scan { tokens, regions: Vec::new(), verdict, findings: Vec::new() };
    let mut from = 0;
    let planned: Vec<PlannedFix> = phrases
        .iter()
        .zip(1..)
        .map(|(&(spun, canonical, confidence), id)| {
            let start = from + text[from..].find(spun).expect("a phrase of the text");
            from = start + spun.len();
            plan(id, Span::new(start, from), (spun, canonical), confidence)
        })
        .collect();
    let policy = Policy { min_confidence: 0.0, ..Policy::default() };
    let report = Report::of_scan(path, &document, &scan, &planned, &policy);
    assert_eq!(report.rows.len(), phrases.len());
    report.with_sentences(&document, &scan.tokens)
}

fn plan(id: usize, place: Span, (spun, canonical): (&str, &str), confidence: f64) -> PlannedFix {
    let cause = Cause::SpunPhrase {
        spun: spun.to_owned(),
        canonical: canonical.to_owned(),
        family: "A1".to_owned(),
        source: "observed".to_owned(),
        quoted: id == 2,
    };
    let reservation = (id == 3).then_some(Reservation::Meaning(MeaningRisk::Number));
    let edits = vec![Edit { span: place, replacement: canonical.to_owned() }];
    let outcome = if confidence < 0.5 { Outcome::Skipped(SkipReason::DisplayOnly) } else { Outcome::Applied };
    let fix = Fix { id, cause, edits, confidence, reservation };
    PlannedFix { fix, outcome, decided_by: Decider::Policy }
}

/// Compares with a file of `tests/formats/`, which names no version. `UNSPIN_WRITE_SNAPSHOTS=1` writes those that differ: look at the difference before you
/// commit it.
pub fn assert_snapshot(name: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name);
    let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
    let found = &found.replace(HELP, "HELP").replace(&version, "\"VERSION\"");
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    if wanted != *found {
        if std::env::var_os("UNSPIN_WRITE_SNAPSHOTS").is_some() {
            std::fs::write(&path, found).expect("the snapshot can be written");
        }
        panic!("{} differs. Found:\n{found}", path.display());
    }
}
