//! Rows that hold only under conditions, and changes that no row names.

use super::entry::Guard;
use super::lookup::Substitution;

impl Substitution<'static> {
    /// What stands for a row where none was found and the change was inferred.
    pub(crate) fn inferred(family: &'static str) -> Self {
        Self {
            spun: "",
            canonical: "",
            lexemes: "",
            canonical_key: 0,
            family,
            source: "inferred",
            note: "",
            guard: "",
            genuine: None,
            weight: 1,
            canonical_weight: 1,
            bias: 0.0,
        }
    }
}

impl<'d> Substitution<'d> {
    /// When the row holds, as it is stored: the same for rows with the same conditions.
    pub(crate) fn encoded_guard(&self) -> &'d str {
        self.guard
    }

    /// When the row holds.
    pub fn guard(&self) -> Guard {
        Guard::decode(self.guard)
    }

    /// Whether the row holds only under conditions, or may only be shown.
    pub fn is_guarded(&self) -> bool {
        !self.guard.is_empty()
    }
}
