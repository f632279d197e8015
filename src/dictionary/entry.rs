//! One known substitution.

use serde::{Deserialize, Serialize};

/// How the `source` of rows starts that were counted while a spinner rewrote known text.
pub(super) const OBSERVED: &str = "observed";

/// The `source` of rows that a thesaurus gave.
pub(super) const WORDNET: &str = "wordnet";

/// A spun phrase, what it stands for, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The phrase as a spinner writes it. A capital letter in it must be there in the text as well
    /// (`Could` for the month of May); lower-case letters match any case.
    pub spun: String,
    /// The wording that it replaced.
    pub canonical: String,
    /// Which family of spinners does this (see `dictionaries/README.md`).
    pub family: String,
    /// How often the substitution was seen, at least 1. Only the proportions between
    /// entries of the same canonical phrase matter: they give P(spun | canonical).
    pub weight: u32,
    /// Where the row comes from.
    pub source: String,
    /// A remark for people.
    pub note: String,
}

impl Entry {
    /// Whether the row was counted while a spinner rewrote known text: then what it left standing is evidence as well.
    pub fn is_observed(&self) -> bool {
        self.source.starts_with(OBSERVED)
    }

    /// Whether the row was written by hand from a likeness to others, and never seen at work.
    pub fn is_authored(&self) -> bool {
        self.source == "authored"
    }

    /// Whether a thesaurus gave the row.
    pub fn is_thesaurus(&self) -> bool {
        self.source == WORDNET
    }
}
