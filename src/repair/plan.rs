//! From findings to fixes, each with a decision.

use serde::{Deserialize, Serialize};

use super::edit::{Applicability, Cause, Edit, Fix, Reservation};
use super::meaning::meaning_risk;
use super::wording::{article_before, capitalised};
use crate::detect::{Alternative, Finding, Verdict, VerdictKind};
use crate::text::{Case, Region, RegionKind, Span, Tokens};

/// What may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Least confidence of an applied fix, in [0, 1].
    pub min_confidence: f64,
    /// Also repair documents that are not judged to be spun.
    pub any_verdict: bool,
    /// Least tier of an applied fix.
    #[serde(default = "Policy::any_tier")]
    pub least_applicability: Applicability,
    /// What is done inside quotation marks.
    #[serde(default)]
    pub quotes: Quotes,
}

/// What is done inside quotation marks. Spinners spin quotations too, but what stands there are somebody's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quotes {
    /// They are repaired like the rest.
    #[default]
    Fix,
    /// Fixes are shown, not applied.
    Ask,
    /// They are left alone.
    Keep,
}

impl Quotes {
    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fix => "fix",
            Self::Ask => "ask",
            Self::Keep => "keep",
        }
    }
}

impl Policy {
    /// Only fixes that are right in nearly all cases and, were they wrong, would not turn what is said.
    #[must_use]
    pub fn safe() -> Self {
        let least_applicability = Applicability::Safe;
        Self { min_confidence: Applicability::SAFE, least_applicability, ..Self::default() }
    }

    /// Trails of earlier versions name no tier.
    fn any_tier() -> Applicability {
        Applicability::Display
    }

    /// What keeps a change from being applied in whatever document, if anything does.
    fn refuses(&self, confidence: f64, reservation: Option<Reservation>) -> Option<SkipReason> {
        if confidence < self.min_confidence {
            Some(SkipReason::BelowMinConfidence)
        } else if Applicability::with(confidence, reservation) < self.least_applicability {
            Some(SkipReason::BelowApplicability)
        } else {
            None
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            min_confidence: Applicability::UNSAFE,
            any_verdict: false,
            least_applicability: Applicability::Display,
            quotes: Quotes::Fix,
        }
    }
}

/// Why a fix was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// Its confidence is below the policy's.
    BelowMinConfidence,
    /// It is less safe to apply than the policy demands, whatever its confidence.
    BelowApplicability,
    /// It lies in a quotation, and the policy keeps quotations or asks about them.
    InQuotation,
    /// The document is not judged to be spun.
    VerdictNotSpun,
    /// Its replacement is a description, or uncertain: it can only be shown.
    DisplayOnly,
    /// It shares words with a fix of greater confidence.
    Overlap,
    /// A person rejected it.
    Rejected,
    /// Nobody decided on it, and only decisions are applied.
    Undecided,
}

impl SkipReason {
    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::BelowMinConfidence => "below-min-confidence",
            Self::BelowApplicability => "below-applicability",
            Self::InQuotation => "in-quotation",
            Self::VerdictNotSpun => "verdict-not-spun",
            Self::DisplayOnly => "display-only",
            Self::Overlap => "overlap",
            Self::Rejected => "rejected",
            Self::Undecided => "undecided",
        }
    }
}

/// What became of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", content = "reason", rename_all = "kebab-case")]
pub enum Outcome {
    /// It is applied.
    Applied,
    /// It is not.
    Skipped(SkipReason),
}

impl Outcome {
    /// Whether the fix is applied.
    pub fn is_applied(self) -> bool {
        self == Self::Applied
    }

    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Skipped(_) => "skipped",
        }
    }
}

/// Who decided about a fix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "decided_by", rename_all = "kebab-case")]
pub enum Decider {
    /// The rules of the run.
    Policy,
    /// A person who looked at it.
    Reviewer(Review),
}

/// What a person did with a fix.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Review {
    /// What was chosen; trails may not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Choice>,
    /// Who it was, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
}

/// What may be chosen for a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// What was proposed first comes.
    Accept,
    /// Another of the alternatives comes.
    Pick,
    /// A wording that the person typed comes, to the letter.
    OwnWording,
    /// Nothing changes.
    Reject,
}

/// A fix and the decision on it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedFix {
    /// What would be changed.
    pub fix: Fix,
    /// Whether it is.
    pub outcome: Outcome,
    /// Who decided so.
    pub decided_by: Decider,
}

/// Turns the likeliest alternative of each finding into a fix and decides on it.
///
/// The whole phrase of the dictionary's row is replaced, so that the change reads as the row does; where that would touch a
/// neighbouring change, only the words that differ are.
pub fn plan(
    text: &str,
    tokens: &Tokens,
    regions: &[Region],
    findings: &[Finding<'_>],
    verdict: &Verdict,
    policy: &Policy,
) -> Vec<PlannedFix> {
    let mut out: Vec<PlannedFix> = Vec::new();
    let mut free_from = 0;
    let mut rest = findings;
    while let Some((first, likeliest)) = rest.first().and_then(|f| Some((f, f.alternatives.first()?))) {
        let group = whole_row(rest).unwrap_or(1);
        let next = rest.get(group).map_or(usize::MAX, |f| f.span.start());
        // Half of what a row says may be surer than the rest, but a part that changes the meaning bars the whole.
        let sure = |f: &Finding<'_>| f.alternatives[0].posterior >= policy.min_confidence;
        let agree = group == likeliest.cores && rest[..group].iter().all(|f| sure(f) == sure(first));
        let whole = agree && likeliest.span.start() >= free_from && likeliest.span.end() <= next;
        let taken = if whole { group } else { 1 };
        let main = if whole {
            Edit { span: likeliest.span, replacement: likeliest.replacement.clone() }
        } else {
            Edit { span: first.span, replacement: likeliest.core_replacement().to_owned() }
        };
        let confidence = rest[..taken].iter().map(|f| f.alternatives[0].posterior).fold(1.0, f64::min);
        let collides = main.span.start() < free_from;
        let mut edits: Vec<Edit> = article_edit(text, tokens, &main, free_from).into_iter().collect();
        free_from = free_from.max(main.span.end());
        edits.push(main);
        let cause = cause(likeliest, regions);
        let barred = cause.is_quoted() && policy.quotes != Quotes::Fix;
        let reservation = if barred {
            Some(Reservation::Quotation)
        } else {
            rest[..taken].iter().filter_map(|f| f.alternatives.first()).find_map(|a| meaning(text, a))
        };
        let refusal = if collides {
            Some(SkipReason::Overlap)
        } else if barred {
            Some(SkipReason::InQuotation)
        } else if verdict.kind != VerdictKind::Spun && !policy.any_verdict {
            Some(SkipReason::VerdictNotSpun)
        } else if likeliest.substitution.guard().display {
            Some(SkipReason::DisplayOnly)
        } else {
            policy.refuses(confidence, reservation)
        };
        let outcome = refusal.map_or(Outcome::Applied, Outcome::Skipped);
        let fix = Fix { id: out.len() + 1, cause, edits, confidence, reservation };
        out.push(PlannedFix { fix, outcome, decided_by: Decider::Policy });
        rest = &rest[taken..];
    }
    out
}

/// How many of the findings, from the first, are the parts of one row, if all its parts are there.
fn whole_row(findings: &[Finding<'_>]) -> Option<usize> {
    let row = findings.first()?.alternatives.first()?;
    let same = |f: &&Finding<'_>| {
        f.alternatives.first().is_some_and(|a| a.span == row.span && a.substitution == row.substitution)
    };
    (findings.iter().take_while(same).count() == row.cores).then_some(row.cores)
}

/// What a change of its core would do to the meaning. A spun form with capitals of its own (`Could` for the month) can stand for
/// nothing else.
fn meaning(text: &str, alternative: &Alternative<'_>) -> Option<Reservation> {
    if alternative.substitution.has_capitals() {
        return None;
    }
    // A row that says the same as a whole does so in each of its words: "to not", "not to".
    let row = alternative.substitution;
    let inferred = alternative.inferred.as_ref();
    let (spun, canonical) = inferred.map_or((row.spun, row.canonical), |(spun, canonical)| (spun, canonical));
    let turns = || meaning_risk(spun, canonical).is_some();
    // What is kept is about the wordings of the row, and not about those that were inferred.
    let row = alternative.row.filter(|_| inferred.is_none());
    if !row.map_or_else(turns, |row| row.facts().turns_meaning(turns)) {
        return None;
    }
    let (spun, canonical) = (alternative.core.of(text), alternative.core_replacement());
    meaning_risk(spun, canonical).map(Reservation::Meaning)
}

fn cause(alternative: &Alternative<'_>, regions: &[Region]) -> Cause {
    let row = alternative.substitution;
    let inside = |r: &Region| r.kind == RegionKind::Quotation && r.span.contains(alternative.span);
    let listed = || (row.spun.to_owned(), row.canonical.to_owned());
    let (spun, canonical) = alternative.inferred.clone().unwrap_or_else(listed);
    Cause::SpunPhrase {
        spun,
        canonical,
        family: row.family.to_owned(),
        source: row.source.to_owned(),
        quoted: regions.iter().any(inside),
    }
}

/// The change of "a" to "an" or back that an edit makes necessary, if the article before it is not changed already.
pub fn article_edit(text: &str, tokens: &Tokens, edit: &Edit, free_from: usize) -> Option<Edit> {
    let index = tokens.at(edit.span.start()).checked_sub(1)?;
    let article = tokens.as_slice()[index];
    let gap = Span::new(article.span.end(), edit.span.start()).get(text)?;
    if !matches!(tokens.key(index), "a" | "an") || gap != " " || article.span.start() < free_from {
        return None;
    }
    let wanted = article_before(edit.replacement.split([' ', '-']).next()?)?;
    if wanted == tokens.key(index) || article.case == Case::Upper {
        return None;
    }
    let replacement = if article.case == Case::Lower { wanted.to_owned() } else { capitalised(wanted) };
    Some(Edit { span: article.span, replacement })
}
