//! What somebody decided about a place.

use crate::repair::{Choice, Decider, Review};
use crate::text::Span;

/// What somebody decided about a place of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Bytes of the original that it is about.
    pub span: Span,
    /// What stands there.
    pub before: String,
    /// The rule that proposed to change it.
    pub rule: String,
    /// What was chosen.
    pub choice: Choice,
    /// What comes instead; `None` if nothing changes.
    pub after: Option<String>,
    /// Probability in [0, 1] that this is what stood there: 0 for a wording that was not proposed.
    pub confidence: f64,
    /// Who decided so.
    pub author: Author,
}

/// Who made a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A rule, such as a least confidence.
    Policy,
    /// A person, by name if it is known.
    Reviewer(Option<String>),
}

impl Decision {
    /// Who decided, as plans and trails have it.
    pub fn decider(&self) -> Decider {
        match &self.author {
            Author::Policy => Decider::Policy,
            Author::Reviewer(name) => {
                Decider::Reviewer(Review { decision: Some(self.choice), reviewer: name.clone() })
            }
        }
    }

    /// Whether it is about bytes of a span: two decisions on one place can't both hold.
    pub fn touches(&self, span: Span) -> bool {
        self.span == span || self.span.overlaps(span)
    }
}
