//! Pairs that were seen where nothing else could be meant: they help to split longer differences.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::side::Side;
use crate::text::Tokens;

/// Phrases of a copy and what they stood for, each with the number of times.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pairs: HashMap<String, BTreeMap<String, f64>>,
}

impl Lexicon {
    /// Tokens of the longest phrase.
    pub const LONGEST: usize = 5;

    /// Counts a pair of phrases.
    pub fn add(&mut self, spun: (&Side, Range<usize>), original: (&Side, Range<usize>), count: f64) {
        if spun.1.len() > Self::LONGEST || original.1.len() > Self::LONGEST {
            return;
        }
        let lexemes: Vec<_> = original.1.map(|index| original.0.tokens.lexeme(index)).collect();
        let key = spun.0.tokens.phrase_key(spun.1);
        *self.pairs.entry(key).or_default().entry(lexemes.join(" ")).or_default() += count;
    }

    /// What a phrase stood for: lexemes joined by one space, and how often.
    pub fn find(&self, tokens: &Tokens, phrase: Range<usize>) -> impl Iterator<Item = (&str, f64)> {
        let found = if self.pairs.is_empty() { None } else { self.pairs.get(&tokens.phrase_key(phrase)) };
        found.into_iter().flatten().map(|(canonical, &count)| (canonical.as_str(), count))
    }
}
