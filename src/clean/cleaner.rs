//! The flow: from a scraped text to the article.

use super::appended::{Boundary, second_article};
use super::cut::cut_lines;
use super::features::Layout;
use super::furniture::{Furniture, FurnitureError, FurnitureKind};
use super::judges::Judges;
use super::label::{Label, label};
use super::line::Lines;
use super::marks::Marks;
use crate::repair::{Applicability, Cause, Decider, Edit, Fix, Outcome, PlannedFix, SkipReason, applied_edits, apply_fixes, compose};
use crate::text::Span;

/// What may be cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CleanPolicy {
    /// Least confidence of a cut, in [0, 1].
    pub min_confidence: f64,
}

impl Default for CleanPolicy {
    fn default() -> Self {
        Self { min_confidence: Applicability::UNSAFE }
    }
}

/// What is needed to clean texts: shared by all of them.
#[derive(Debug, Clone, Copy)]
pub struct Cleaner<'c> {
    furniture: &'c Furniture,
    judges: &'c Judges,
}

/// A cleaned text.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// Every cut and repair with the decision on it, in order. The applied ones, applied together to the text as it came, give
    /// the cleaned one.
    pub fixes: Vec<PlannedFix>,
    /// The cleaned text.
    pub text: String,
    /// Where the edits of the applied fixes landed in it, in order of place.
    pub landed: Vec<Span>,
}

impl Cleaned {
    /// What was cut, in order.
    pub fn cut_spans(&self) -> Vec<Span> {
        let applied = applied_edits(&self.fixes).into_iter();
        applied.filter(|edit| edit.replacement.is_empty()).map(|edit| edit.span).collect()
    }
}

/// Furniture that is less likely than this is not mentioned.
const LEAST_SHOWN: f64 = 0.1;

/// Rounds before giving up on a text that never settles.
const MOST_ROUNDS: usize = 6;

impl Cleaner<'static> {
    /// A cleaner with the built-in list and trees.
    ///
    /// # Errors
    ///
    /// If the built-in list breaks its format: a mistake in building this program.
    pub fn builtin() -> Result<Self, FurnitureError> {
        Ok(Self { furniture: Furniture::builtin()?, judges: Judges::builtin() })
    }
}

impl<'c> Cleaner<'c> {
    /// A cleaner with a list and the trees that go with it.
    pub fn new(furniture: &'c Furniture, judges: &'c Judges) -> Self {
        Self { furniture, judges }
    }

    /// Cleans a text, in as many rounds as it takes for another one to change nothing.
    pub fn clean(&self, text: &str, policy: &CleanPolicy) -> Cleaned {
        let mut fixes = self.plan(text, policy);
        let mut applied = apply_fixes(text, &mut fixes);
        for _ in 1..MOST_ROUNDS {
            if applied.text == text {
                break;
            }
            let again = self.plan(&applied.text, policy);
            if !again.iter().any(|p| p.outcome.is_applied()) {
                break;
            }
            fixes = compose(text, &applied.text, fixes, &applied.landed, again);
            applied = apply_fixes(text, &mut fixes);
        }
        Cleaned { fixes, text: applied.text, landed: applied.landed }
    }

    /// One round.
    fn plan(&self, text: &str, policy: &CleanPolicy) -> Vec<PlannedFix> {
        let lines = Lines::of(text);
        let marks = Marks::of(&lines, self.furniture, &self.judges.words);
        let boundary = second_article(text, &lines, &marks, &self.judges.openings).filter(|b| b.confidence >= policy.min_confidence);
        let Some(boundary) = boundary else {
            let layout = Layout::of(text, &lines, &marks);
            let labels = label(&lines, &marks, &layout, &self.judges.lines);
            return decide(text, &lines, &labels, None, policy);
        };
        // Each article has a head and a tail of its own.
        let start = lines.as_slice()[boundary.line].span().start();
        let mut labels = self.labels(&text[..start]);
        labels.extend(self.labels(&text[start..]));
        decide(text, &lines, &labels, Some(&boundary), policy)
    }

    fn labels(&self, text: &str) -> Vec<Label<'c>> {
        let lines = Lines::of(text);
        let marks = Marks::of(&lines, self.furniture, &self.judges.words);
        label(&lines, &marks, &Layout::of(text, &lines, &marks), &self.judges.lines)
    }
}

/// A fix for each line that goes or might go: furniture, and all from a second article on.
fn decide(
    text: &str,
    lines: &Lines,
    labels: &[Label<'_>],
    second: Option<&Boundary>,
    policy: &CleanPolicy,
) -> Vec<PlannedFix> {
    let behind = |index: usize| second.filter(|second| index >= second.line);
    let is_furniture = |index: usize| labels[index].probability >= policy.min_confidence;
    let is_cut: Vec<bool> =
        (0..lines.len()).map(|index| behind(index).is_some() || is_furniture(index)).collect();
    let mut edits = cut_lines(text, lines, &is_cut).into_iter();
    let mut out = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let edit = if is_cut[index] {
            edits.next()
        } else if label.probability >= LEAST_SHOWN {
            Some(Edit { span: lines.as_slice()[index].span(), replacement: String::new() })
        } else {
            None
        };
        let Some(edit) = edit else { continue };
        let outcome =
            if is_cut[index] { Outcome::Applied } else { Outcome::Skipped(SkipReason::BelowMinConfidence) };
        let (cause, confidence) = match behind(index).filter(|_| !is_furniture(index)) {
            Some(second) => {
                (Cause::SecondArticle { evidence: second.evidence.clone() }, second.confidence)
            }
            None => {
                let cause = Cause::Furniture { kind: label.kind, evidence: evidence(lines, label) };
                (cause, label.probability)
            }
        };
        let fix = Fix { id: out.len() + 1, cause, edits: vec![edit], confidence, reservation: None };
        out.push(PlannedFix { fix, outcome, decided_by: Decider::Policy });
    }
    out
}

/// What says that a line is furniture, in words.
fn evidence(lines: &Lines, label: &Label<'_>) -> String {
    match (label.kind, label.repeats, label.phrase) {
        (FurnitureKind::Repeat, Some(first), _) => {
            let words: Vec<&str> = lines.key(first).split(' ').take(6).collect();
            format!("stands above already: \"{}\"", words.join(" "))
        }
        (_, _, Some(phrase)) => format!("says \"{phrase}\""),
        _ => "its form and place".to_owned(),
    }
}
