//! What the dictionaries say of a phrase.

use crate::dictionary::{Phrase, Substitution};

/// What the dictionaries say of a phrase, all layers together.
#[derive(Debug, Clone)]
pub struct Explanation<'d> {
    /// The phrase as it was asked for.
    pub phrase: String,
    /// It is a name or a fixed expression that is never touched.
    pub is_kept: bool,
    /// It is a canonical form: spinners replace it.
    pub is_canonical: bool,
    /// What it may stand for, the most frequent first.
    pub substitutions: Vec<Substitution<'d>>,
}

impl<'d> Explanation<'d> {
    /// What was found for a phrase.
    pub fn new(phrase: &str, found: &[Phrase<'d>]) -> Self {
        let mut substitutions: Vec<_> = found.iter().flat_map(Phrase::substitutions).collect();
        substitutions.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.canonical.cmp(b.canonical)));
        Self {
            phrase: phrase.to_owned(),
            is_kept: found.iter().any(Phrase::is_kept),
            is_canonical: found.iter().any(Phrase::is_canonical),
            substitutions,
        }
    }

    /// Whether any dictionary knows the phrase.
    pub fn is_known(&self) -> bool {
        self.is_kept || self.is_canonical || !self.substitutions.is_empty()
    }
}
