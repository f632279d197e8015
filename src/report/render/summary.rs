//! A document in one line.

use super::style::Style;
use crate::detect::{FEWEST_WORDS, Verdict, VerdictKind};
use crate::report::Report;
use crate::report::report::plain;

/// What is thought of a document, in one line.
pub fn verdict_line(report: &Report, style: Style) -> String {
    let Verdict { kind, probability, words, .. } = &report.verdict;
    let path = style.bold(&plain(&report.path));
    let name = match kind {
        VerdictKind::Spun | VerdictKind::Suspect => style.bad(kind.name()),
        VerdictKind::Clean => style.good(kind.name()),
        VerdictKind::TooShort => style.dim("too short to judge"),
    };
    let findings = match report.rows.len() {
        0 => String::new(),
        1 => ", 1 finding".to_owned(),
        n => format!(", {n} findings"),
    };
    match kind {
        VerdictKind::TooShort => {
            format!("{path}: {name} ({words} words, at least {FEWEST_WORDS} are needed){findings}")
        }
        VerdictKind::Clean => {
            format!("{path}: {name} (probability of spinning {probability:.2}), {words} words{findings}")
        }
        VerdictKind::Spun | VerdictKind::Suspect => {
            format!(
                "{path}: {name} (probability {probability:.2}, {}), {words} words{findings}",
                rate(&report.verdict)
            )
        }
    }
}

/// What a repair did, in one line.
pub fn fix_summary(report: &Report, style: Style) -> String {
    let (verdict, applied) = (&report.verdict, report.applied());
    let path = style.bold(&plain(&report.path));
    let left = report.rows.len() - applied;
    let judgement = format!("{}, {:.2}", verdict.kind.name(), verdict.probability);
    let hint = "use --any-verdict to repair anyway";
    if applied > 0 {
        let fixes = if applied == 1 { "fix" } else { "fixes" };
        return format!("{path}: {judgement}, {}: {applied} {fixes} applied, {left} left", rate(verdict));
    }
    // What the policy refused for the verdict's sake; another policy may have let it pass.
    let refused = report.rows.iter().any(|row| {
        row.outcome == Some(crate::repair::Outcome::Skipped(crate::repair::SkipReason::VerdictNotSpun))
    });
    match verdict.kind {
        VerdictKind::Spun => {
            format!("{path}: unchanged: {judgement}, but no fix is sure enough ({left} left)")
        }
        VerdictKind::TooShort => {
            let hint = if refused { format!("; {hint}") } else { String::new() };
            format!(
                "{path}: unchanged: too short to judge ({} words, at least {FEWEST_WORDS} are needed){hint}",
                verdict.words
            )
        }
        VerdictKind::Clean | VerdictKind::Suspect if refused => {
            format!("{path}: unchanged: not judged to be spun ({judgement}); {hint}")
        }
        VerdictKind::Clean | VerdictKind::Suspect => {
            format!("{path}: unchanged: not judged to be spun ({judgement})")
        }
    }
}

fn rate(verdict: &Verdict) -> String {
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let (low, high) = verdict.rate_interval;
    format!("spin rate {} % ({}–{} %)", percent(verdict.rate), percent(low), percent(high))
}
