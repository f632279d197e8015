//! The contract of files of decisions, `unspin-decisions`: a [`DecisionLine`] each.

use serde::{Deserialize, Serialize};

use super::wire::{TOOL, rounded};
use crate::repair::Choice;
use crate::review::{Author, Decision};
use crate::text::Span;

/// The schema of files of decisions.
pub const DECISIONS: &str = "unspin-decisions";
/// Its version.
pub const VERSION: u32 = 1;

/// A line of a file of decisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum DecisionLine {
    /// The first line.
    Header(DecisionsHeader),
    /// Every other one.
    Decision(DecisionRow),
}

/// What a file of decisions says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionsHeader {
    /// The schema of the lines that follow.
    pub schema: String,
    /// Its version.
    pub version: u32,
    /// The program that began the file.
    pub tool: String,
}

impl Default for DecisionsHeader {
    fn default() -> Self {
        Self { schema: DECISIONS.to_owned(), version: VERSION, tool: TOOL.to_owned() }
    }
}

/// A decision as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionRow {
    /// SHA-256 of the text, in lower-case hexadecimal.
    pub document: String,
    /// The file as it was named.
    pub path: String,
    /// First byte of the place.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What stands there.
    pub before: String,
    /// The rule that proposed to change it.
    pub rule: String,
    /// What was decided.
    pub decision: DecisionName,
    /// What comes instead; absent where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Probability that this is what stood there, as the program sees it: 0 for a wording that it did not propose.
    pub confidence: f64,
    /// Who decided so.
    pub decided_by: AuthorName,
    /// The person's name, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionName {
    /// What was proposed first comes.
    Accept,
    /// Another of the alternatives comes.
    Pick,
    /// A wording that a person typed comes.
    OwnWording,
    /// Nothing changes.
    Reject,
    /// What was decided before is taken back.
    Undecided,
}

/// Who decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorName {
    /// A rule.
    Policy,
    /// A person.
    Reviewer,
}

impl DecisionRow {
    /// The line of a decision on a text, or, if `undone`, of taking it back.
    pub fn new(document: &str, path: &str, decision: &Decision, undone: bool) -> Self {
        let (decided_by, reviewer) = match &decision.author {
            Author::Policy => (AuthorName::Policy, None),
            Author::Reviewer(name) => (AuthorName::Reviewer, name.clone()),
        };
        let name = match decision.choice {
            _ if undone => DecisionName::Undecided,
            Choice::Accept => DecisionName::Accept,
            Choice::Pick => DecisionName::Pick,
            Choice::OwnWording => DecisionName::OwnWording,
            Choice::Reject => DecisionName::Reject,
        };
        Self {
            document: document.to_owned(),
            path: path.to_owned(),
            start: decision.span.start(),
            end: decision.span.end(),
            before: decision.before.clone(),
            rule: decision.rule.clone(),
            decision: name,
            after: decision.after.clone().filter(|_| !undone),
            confidence: rounded(decision.confidence),
            decided_by,
            reviewer,
        }
    }

    /// What was chosen; `None` where a decision was taken back.
    pub fn choice(&self) -> Option<Choice> {
        match self.decision {
            DecisionName::Accept => Some(Choice::Accept),
            DecisionName::Pick => Some(Choice::Pick),
            DecisionName::OwnWording => Some(Choice::OwnWording),
            DecisionName::Reject => Some(Choice::Reject),
            DecisionName::Undecided => None,
        }
    }

    /// What makes no sense in it, if anything does.
    pub fn nonsense(&self) -> Option<String> {
        let changes = self.choice().is_some_and(|choice| choice != Choice::Reject);
        if self.end.checked_sub(self.start) != Some(self.before.len()) {
            let (start, end, length) = (self.start, self.end, self.before.len());
            return Some(format!("bytes {start}..{end} can't hold a text of {length} bytes"));
        }
        if changes != self.after.is_some() {
            let what = if changes {
                "`after` is missing"
            } else {
                "`after` says what comes instead, but nothing does"
            };
            return Some(what.to_owned());
        }
        if !(0.0..=1.0).contains(&self.confidence) {
            return Some(format!("the confidence {} is not in [0, 1]", self.confidence));
        }
        None
    }

    /// The decision; `None` where one was taken back, or where it makes no sense.
    pub fn decision(&self) -> Option<Decision> {
        if self.nonsense().is_some() {
            return None;
        }
        let author = match self.decided_by {
            AuthorName::Policy => Author::Policy,
            AuthorName::Reviewer => Author::Reviewer(self.reviewer.clone()),
        };
        Some(Decision {
            span: Span::new(self.start, self.end),
            before: self.before.clone(),
            rule: self.rule.clone(),
            choice: self.choice()?,
            after: self.after.clone(),
            confidence: self.confidence,
            author,
        })
    }
}
