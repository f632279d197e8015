//! What was found, in numbers.

use std::collections::BTreeMap;

use super::judge::Reason;

/// What was found, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pairs of texts.
    pub documents: usize,
    /// Sentences of the copies that have a partner.
    pub sentences: usize,
    /// Sentences of the copies that have none.
    pub added: usize,
    /// Sentences of the originals that have none.
    pub missing: usize,
    /// Occurrences of rows that the dictionary knows.
    pub known: usize,
    /// Occurrences of rows that it does not know.
    pub new: usize,
    /// Differences that are no substitutions, or that are not proposed, by reason.
    pub set_aside: BTreeMap<Reason, usize>,
    /// Substitutions that the dictionary knows the other way round: many of them mean that copy and original were swapped.
    pub reversed: usize,
    /// Names of pairs that share hardly a sentence.
    pub strangers: Vec<String>,
}

impl Summary {
    /// Notes differences that were set aside.
    pub(super) fn set_aside(&mut self, reason: Reason, count: usize) {
        *self.set_aside.entry(reason).or_default() += count;
    }

    /// Whether copy and original seem to have been swapped.
    pub fn is_swapped(&self) -> bool {
        self.reversed >= 5 && self.reversed > self.known
    }
}
