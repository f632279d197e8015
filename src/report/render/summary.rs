//! A document in one line.

use super::style::Style;
use crate::detect::{FEWEST_WORDS, Family, Verdict, VerdictKind};
use crate::report::Report;
use crate::report::report::plain;

/// What is thought of a document, in one line.
pub fn verdict_line(report: &Report, style: Style) -> String {
    let findings = match report.rows.len() {
        0 => String::new(),
        1 => ", 1 finding".to_owned(),
        n => format!(", {n} findings"),
    };
    judgement_line(&report.path, &report.verdict, style) + &findings
}

/// The judgement on a document, in one line.
pub(super) fn judgement_line(path: &str, verdict: &Verdict, style: Style) -> String {
    let Verdict { kind, probability, words, .. } = verdict;
    let path = style.bold(&plain(path));
    let name = match kind {
        VerdictKind::Spun | VerdictKind::Suspect => style.bad(kind.name()),
        VerdictKind::Clean => style.good(kind.name()),
        VerdictKind::PassedOver => style.dim("passed over"),
        VerdictKind::TooShort => style.dim("too short to judge"),
    };
    match kind {
        VerdictKind::TooShort => {
            format!("{path}: {name} ({words} words, at least {FEWEST_WORDS} are needed)")
        }
        VerdictKind::Clean | VerdictKind::PassedOver => {
            format!("{path}: {name} (probability of spinning {probability:.2}), {words} words")
        }
        VerdictKind::Spun | VerdictKind::Suspect => {
            format!("{path}: {name} (probability {probability:.2}, {}), {words} words", grounds(verdict))
        }
    }
}

/// What a repair did, in one line. `any_verdict` is the policy's: the judgement did not keep the document from being repaired.
pub fn fix_summary(report: &Report, any_verdict: bool, style: Style) -> String {
    let (verdict, applied) = (&report.verdict, report.applied());
    let path = style.bold(&plain(&report.path));
    let left = report.rows.len() - applied;
    let judgement = format!("{}, {:.2}", verdict.kind.name(), verdict.probability);
    if applied > 0 {
        let fixes = if applied == 1 { "fix" } else { "fixes" };
        return format!("{path}: {judgement}, {}: {applied} {fixes} applied, {left} left", grounds(verdict));
    }
    if left == 0 && any_verdict {
        return format!("{path}: unchanged: nothing needs repair ({judgement})");
    }
    if any_verdict || verdict.kind == VerdictKind::Spun {
        return format!("{path}: unchanged: {judgement}, but no fix is sure enough ({left} left)");
    }
    // What the policy refused for the verdict's sake; another policy may have let it pass.
    let refused = report.rows.iter().any(|row| {
        row.outcome == Some(crate::repair::Outcome::Skipped(crate::repair::SkipReason::VerdictNotSpun))
    });
    let hint = if refused { "; use --any-verdict to repair anyway" } else { "" };
    if verdict.kind == VerdictKind::TooShort {
        let words = verdict.words;
        return format!(
            "{path}: unchanged: too short to judge ({words} words, at least {FEWEST_WORDS} are needed){hint}"
        );
    }
    format!("{path}: unchanged: not judged to be spun ({judgement}){hint}")
}

/// What the judgement rests on, in short.
fn grounds(verdict: &Verdict) -> String {
    if verdict.family == Some(Family::Academic) {
        return "tortured phrases".to_owned();
    }
    let spinner = match verdict.family {
        None | Some(Family::Blog) => String::new(),
        Some(family) => format!(", {} spinner", family.name()),
    };
    format!("spin rate {}{spinner}", rate(verdict))
}

/// The spin rate with its interval.
pub(super) fn rate(verdict: &Verdict) -> String {
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let (low, high) = verdict.rate_interval;
    format!("{} % ({}–{} %)", percent(verdict.rate), percent(low), percent(high))
}
