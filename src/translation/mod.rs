//! Does a text read like a machine translation? A signal of its own: such a text need not be spun.
//!
//! Two things tell: calques, that is names, titles and turns of phrase carried over word for word ("France Press agency", "head of US
//! diplomacy"), and persons whose names are spelled in two ways ("Antony Blinken" and "Anthony Blinken"). Neither tells much alone.

mod calques;
mod names;

use crate::text::{Span, Tokens};

/// Weight of evidence from which a text is said to read like a translation.
pub const TRANSLATED_FROM: u32 = 4;

/// Pieces of evidence that differ, at least, in such a text.
const FEWEST_PIECES: usize = 2;

/// What was found that a translator leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TraceKind,
    /// How much it says: 1 stands in genuine text now and then, 2 hardly ever, 3 practically never.
    pub weight: u32,
}

/// What a translator leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TraceKind {
    /// A phrase carried over word for word.
    Calque {
        /// What is said in English.
        meaning: &'static str,
        /// The language that says it so, as in ISO 639.
        language: &'static str,
    },
    /// A name that stands elsewhere in another spelling.
    NameVariant {
        /// The other spelling, which came first.
        other: Span,
    },
}

impl TraceKind {
    /// The name in every format.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Calque { .. } => "calque",
            Self::NameVariant { .. } => "name-variant",
        }
    }
}

/// The judgement on a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translation {
    /// Whether the text reads like a translation.
    pub is_translated: bool,
    /// The weight of all evidence; what occurs again counts once.
    pub weight: u32,
    /// The evidence in order of place, each phrase where it stands first.
    pub traces: Vec<Trace>,
}

impl Translation {
    /// Judges a text.
    pub fn of(text: &str, tokens: &Tokens) -> Self {
        let mut traces = calques::find(text, tokens);
        traces.extend(names::find(text, tokens));
        traces.sort_by_key(|trace| (trace.span.start(), trace.span.end()));
        let weight = traces.iter().map(|trace| trace.weight).sum();
        let is_translated = weight >= TRANSLATED_FROM && traces.len() >= FEWEST_PIECES;
        Self { is_translated, weight, traces }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Translation {
        Translation::of(text, &Tokens::of(text))
    }

    #[test]
    fn evidence_adds_up() {
        let text = "The head of US diplomacy left, France Press agency said. Antony Blinken waved. The head of US diplomacy, \
                    Anthony Blinken, smiled.";
        let found = judged(text);
        let names: Vec<_> = found.traces.iter().map(|t| (t.span.of(text), t.kind.name(), t.weight)).collect();
        assert_eq!(
            names,
            [
                ("head of US diplomacy", "calque", 3),
                ("France Press agency", "calque", 3),
                ("Anthony Blinken", "name-variant", 1)
            ]
        );
        assert!(found.is_translated && found.weight == 7);
    }

    #[test]
    fn one_piece_is_not_enough() {
        let found = judged("The head of US diplomacy left. The head of US diplomacy returned.");
        assert!(!found.is_translated && found.traces.len() == 1);
        assert_eq!(judged(""), Translation::default());
    }
}
