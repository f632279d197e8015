//! Figures of an evaluation.

use super::table::{Table, decimals};
use crate::evaluate::{Counts, Evaluation, FALSE_POSITIVES_PER_MILLE, Reliability, Source, Tally};
use crate::repair::{Applicability, Quotes};
use crate::report::evaluation::{EvaluationObject, Unscored};

/// What the columns of the first table mean.
const LEGEND: &str = "\
place: was this spun? wording: is this what stood there? safe: the wording of edits of the safe tier
P: precision, R: recall; per million words: edits whose wording is wrong, and those of them at places that were not spun
";

/// For people: tables of edits, verdicts and confidence.
pub fn evaluation_full(evaluation: &Evaluation) -> String {
    let policy = evaluation.policy();
    let documents = if policy.any_verdict { "in any document" } else { "in documents judged to be spun" };
    let edits_of = match policy.least_applicability {
        Applicability::Safe => "Safe edits".to_owned(),
        _ => format!("Edits of confidence {} and more", policy.min_confidence),
    };
    let quotes = match policy.quotes {
        Quotes::Fix => "",
        Quotes::Ask | Quotes::Keep => ", outside quotation marks",
    };
    let mut out = format!("{edits_of}, {documents}{quotes}\n\n");
    out.push_str(&edits(evaluation.sources()));
    out.push_str(LEGEND);
    out.push_str("\nVerdicts\n\n");
    out.push_str(&verdicts(evaluation));
    for per_mille in FALSE_POSITIVES_PER_MILLE {
        out.push_str(&threshold(evaluation, per_mille));
    }
    out.push_str("\nConfidence of the likeliest wording, and the share that is right\n\n");
    out.push_str(&reliability(evaluation.reliability()));
    out
}

/// One JSON object with a last newline.
///
/// # Errors
///
/// If a value can't be written as JSON; numbers and texts always can.
pub fn evaluation_json(evaluation: &Evaluation, errors: &[Unscored]) -> Result<String, serde_json::Error> {
    let mut out = serde_json::to_string_pretty(&EvaluationObject::new(evaluation, errors))?;
    out.push('\n');
    Ok(out)
}

/// A line of a table: documents of one kind.
struct Line<'e> {
    name: &'e str,
    kind: &'static str,
    tally: Tally,
    /// The file; `None` for all of them.
    source: Option<&'e Source>,
}

/// The documents of each file by kind, then of all files, as far as that is something else.
fn lines(sources: &[Source]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for source in sources {
        for (kind, tally) in [("spun", source.spun), ("clean", source.clean)] {
            if tally.documents > 0 {
                lines.push(Line { name: &source.name, kind, tally, source: Some(source) });
            }
        }
    }
    let of_kind = |kind| lines.iter().filter(|line| line.kind == kind).count();
    let (spun_lines, clean_lines) = (of_kind("spun"), of_kind("clean"));
    let spun = Tally::sum(sources.iter().map(|source| &source.spun));
    let clean = Tally::sum(sources.iter().map(|source| &source.clean));
    let totals = [
        (spun_lines > 1, "spun", spun),
        (clean_lines > 1, "clean", clean),
        (spun_lines > 0 && clean_lines > 0, "all", Tally::sum([&spun, &clean])),
    ];
    let shown = totals.into_iter().filter(|(is_shown, ..)| *is_shown);
    lines.extend(shown.map(|(_, kind, tally)| Line { name: "total", kind, tally, source: None }));
    lines
}

fn edits(sources: &[Source]) -> String {
    let header = [
        "",
        "rows",
        "documents",
        "words",
        "place P",
        "R",
        "F0.5",
        "wording P",
        "R",
        "F0.5",
        "safe P",
        "R",
        "wrong/M words",
        "misplaced/M",
    ];
    let mut table = Table::new(2, &header);
    for Line { name, kind, tally, .. } in lines(sources) {
        let mut row =
            vec![name.to_owned(), kind.to_owned(), tally.documents.to_string(), tally.words.to_string()];
        row.extend(shares(&tally.applied.detection));
        row.extend(shares(&tally.applied.correction));
        row.extend(shares(&tally.safe.correction).into_iter().take(2));
        row.push(decimals(tally.per_million_words(tally.wrong()), 1));
        row.push(decimals(tally.per_million_words(tally.misplaced()), 1));
        table.add(row);
    }
    table.written()
}

/// Precision, recall, F0.5.
fn shares(counts: &Counts) -> [String; 3] {
    [counts.precision(), counts.recall(), counts.f05()].map(|share| decimals(share, 3))
}

fn verdicts(evaluation: &Evaluation) -> String {
    let recalls = FALSE_POSITIVES_PER_MILLE.map(|per_mille| format!("R at {}", percent(per_mille)));
    let mut header = vec!["", "rows", "clean", "suspect", "spun", "too short", "AUROC"];
    header.extend(recalls.iter().map(String::as_str));
    let mut table = Table::new(2, &header);
    for Line { name, kind, tally, source } in lines(evaluation.sources()) {
        let counts = tally.verdicts;
        let mut row = vec![name.to_owned(), kind.to_owned()];
        row.extend([counts.clean, counts.suspect, counts.spun, counts.too_short].map(|n| n.to_string()));
        // Only spun documents can be told from the genuine ones.
        let of = (kind != "clean").then_some(source);
        row.push(decimals(of.and_then(|of| evaluation.auroc(of)), 5));
        for per_mille in FALSE_POSITIVES_PER_MILLE {
            row.push(decimals(of.and_then(|of| evaluation.recall(of, per_mille)), 4));
        }
        table.add(row);
    }
    table.written()
}

fn percent(per_mille: usize) -> String {
    format!("{} %", per_mille as f64 / 10.0)
}

fn threshold(evaluation: &Evaluation, per_mille: usize) -> String {
    let Some(point) = evaluation.operating_point(per_mille) else { return String::new() };
    let clean: usize = evaluation.sources().iter().map(|source| source.clean.documents).sum();
    let rate = percent(per_mille);
    let (threshold, above) = (point.threshold, point.false_positives);
    format!(
        "R at {rate}: recall of spun rows with evidence above {threshold:.3} nats, as {above} of {clean} clean rows are\n"
    )
}

fn reliability(reliability: &Reliability) -> String {
    let mut table = Table::new(1, &["confidence", "findings", "mean", "right"]);
    for (bin, number) in reliability.bins().iter().zip(0..) {
        let (from, to) = Reliability::bounds(number);
        table.add(vec![
            format!("{from:.1} to {to:.1}"),
            bin.findings.to_string(),
            decimals(bin.mean_confidence(), 3),
            decimals(bin.share_right(), 3),
        ]);
    }
    let error = decimals(reliability.expected_calibration_error(), 4);
    format!(
        "{}expected calibration error {error} over {} findings\n",
        table.written(),
        reliability.findings()
    )
}
