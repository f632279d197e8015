//! Pairs that were seen where nothing else could be meant: they help to split, or to join, what is left.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::text::Tokens;

/// Phrases of a copy and what they stood for, each with the number of times.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pairs: HashMap<String, BTreeMap<String, f64>>,
}

impl Lexicon {
    /// Tokens of the longest phrase that is looked up.
    pub const LONGEST: usize = 6;

    /// Counts a pair: the look-up key of the one phrase, the lexemes of the other, joined by one space.
    pub fn add(&mut self, spun: String, original: String, count: f64) {
        if spun != original {
            *self.pairs.entry(spun).or_default().entry(original).or_default() += count;
        }
    }

    /// Whether two phrases fall into pairs that are there more than once, and words that are the same.
    pub fn composes(&self, spun: &str, original: &str) -> bool {
        let spun: Vec<&str> = spun.split(' ').collect();
        let original: Vec<&str> = original.split(' ').collect();
        // Whether the phrases up to a place fall apart.
        let mut reached = vec![vec![false; original.len() + 1]; spun.len() + 1];
        reached[0][0] = true;
        for a in 0..=spun.len() {
            for b in 0..=original.len() {
                if !reached[a][b] {
                    continue;
                }
                if a < spun.len() && b < original.len() && spun[a] == original[b] {
                    reached[a + 1][b + 1] = true;
                }
                for end in a + 1..=spun.len() {
                    // The whole is not its own part.
                    let Some(found) = self.pairs.get(&spun[a..end].join(" ")) else { continue };
                    for to in b + 1..=original.len() {
                        let is_whole = end - a == spun.len() && to - b == original.len();
                        let count = found.get(&original[b..to].join(" ")).copied().unwrap_or_default();
                        reached[end][to] |= !is_whole && count > 1.0;
                    }
                }
            }
        }
        reached[spun.len()][original.len()]
    }

    /// What a phrase stood for: lexemes joined by one space, and how often.
    pub fn find(&self, tokens: &Tokens, phrase: Range<usize>) -> impl Iterator<Item = (&str, f64)> {
        let found = if self.pairs.is_empty() { None } else { self.pairs.get(&tokens.phrase_key(phrase)) };
        found.into_iter().flatten().map(|(canonical, &count)| (canonical.as_str(), count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_fall_into_pairs() {
        let mut lexicon = Lexicon::default();
        for (spun, original, count) in
            [("final", "last", 2.0), ("yr", "year", 3.0), ("due to", "because of", 4.0)]
        {
            lexicon.add(spun.to_owned(), original.to_owned(), count);
        }
        lexicon.add("coverage".to_owned(), "policy".to_owned(), 1.0);
        assert!(lexicon.composes("final yr", "last year") && lexicon.composes("the final", "the last"));
        assert!(!lexicon.composes("due to", "because of"), "it is not its own part");
        assert!(!lexicon.composes("final coverage", "last policy"), "seen once");
        assert!(!lexicon.composes("yr final", "last year"));
    }
}
