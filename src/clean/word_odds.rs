//! Words, and pairs of words, that speak for furniture or for an article.

use std::collections::BTreeMap;

use once_cell::sync::Lazy;
use serde::{Deserialize, Serialize};

use super::folding::Word;
use super::words::word_hash;
use crate::hash::Table;

/// Log-odds of words, or of pairs with a space between them, in tenths of nats.
pub type Tenths = BTreeMap<String, i8>;

/// What stands beside the first and the last word of a line, in pairs.
pub const EDGE: &str = "^";

/// Log-odds of words: how much more often they stand in furniture than in articles, in any lines and in sentences alone. A menu has other
/// words than a plea for donations, which reads like prose. Then those of two words that follow each other in a line, or stand at its edge.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[Tenths; 3]", into = "[Tenths; 3]")]
pub struct WordOdds {
    all: [Tenths; 3],
    words: Table<[i8; 2]>,
    pairs: Table<i8>,
}

impl From<[Tenths; 3]> for WordOdds {
    fn from(all: [Tenths; 3]) -> Self {
        let [lines, sentences, pairs] = &all;
        let mut words = Table::with_room_for(lines.len() + sentences.len());
        for (which, tenths) in [lines, sentences].into_iter().enumerate() {
            for (word, &odds) in tenths {
                words.get_or_insert(word_hash(word), [0; 2])[which] = odds;
            }
        }
        let mut table = Table::with_room_for(pairs.len());
        for (pair, &odds) in pairs {
            table.get_or_insert(hash_of_pair(pair), odds);
        }
        Self { all, words, pairs: table }
    }
}

impl From<WordOdds> for [Tenths; 3] {
    fn from(odds: WordOdds) -> Self {
        odds.all
    }
}

impl WordOdds {
    /// The same with other log-odds for some words, in any lines and in sentences, and pairs; others than those that it has are passed over. It is
    /// there to judge by: there is nothing in it to store.
    #[must_use]
    pub fn with<'w>(
        &self,
        words: impl Iterator<Item = (&'w str, [i8; 2])>,
        pairs: impl Iterator<Item = (&'w str, i8)>,
    ) -> Self {
        let mut out = Self { all: Default::default(), words: self.words.clone(), pairs: self.pairs.clone() };
        for (word, odds) in words {
            if let Some(own) = out.words.get_mut(word_hash(word)) {
                *own = odds;
            }
        }
        for (pair, odds) in pairs {
            if let Some(own) = out.pairs.get_mut(hash_of_pair(pair)) {
                *own = odds;
            }
        }
        out
    }

    /// What the words of a key say together.
    pub(super) fn sum(&self, words: &[Word]) -> WordSum {
        let mut out = WordSum { words: words.len() as f64, ..WordSum::default() };
        for odds in words.iter().filter_map(|word| self.words.get(word.hash)) {
            let [nats, in_sentences] = odds.map(|tenths| f64::from(tenths) / 10.0);
            out.nats += nats;
            out.in_sentences += in_sentences;
            out.greatest = out.greatest.max(nats);
        }
        out
    }

    /// What the pairs of a key say together.
    pub(super) fn pairs(&self, words: &[Word]) -> PairSum {
        let mut out = PairSum::default();
        let mut before = *EDGE_HASH;
        for hash in words.iter().map(|word| word.hash).chain([*EDGE_HASH]) {
            let tenths = self.pairs.get(pair_hash(before, hash)).copied().unwrap_or_default();
            let nats = f64::from(tenths) / 10.0;
            out.nats += nats;
            out.greatest = out.greatest.max(nats);
            out.least = out.least.min(nats);
            before = hash;
        }
        out
    }

    /// What the words of a folded phrase say together.
    pub fn sum_of(&self, phrase: &str) -> WordSum {
        self.sum(&phrase.split(' ').map(Word::of).collect::<Vec<_>>())
    }
}

/// The hash of two words as they are written, with a space between them; a word alone is a pair with nothing.
fn hash_of_pair(pair: &str) -> u64 {
    let (first, second) = pair.split_once(' ').unwrap_or((pair, ""));
    pair_hash(word_hash(first), word_hash(second))
}

fn pair_hash(first: u64, second: u64) -> u64 {
    first.rotate_left(29) ^ second
}

static EDGE_HASH: Lazy<u64> = Lazy::new(|| word_hash(EDGE));

/// What the pairs of words of a line say together, in nats.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct PairSum {
    /// The sum of their log-odds.
    pub nats: f64,
    /// The greatest of them, or 0.
    pub greatest: f64,
    /// The least of them, or 0.
    pub least: f64,
}

/// What the words of a line say together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WordSum {
    /// The sum of their log-odds, in nats.
    pub nats: f64,
    /// The sum of their log-odds in sentences.
    pub in_sentences: f64,
    /// The greatest of all log-odds, or 0.
    pub greatest: f64,
    words: f64,
}

impl WordSum {
    /// Nats of a word, on average.
    pub fn mean(&self) -> f64 {
        self.nats / self.words.max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_add_up() {
        let odds: WordOdds =
            serde_json::from_str(r#"[{"newsletter":30,"river":-20,"the":-5},{"the":4},{"^ the":7}]"#)
                .unwrap();
        let sum = odds.sum_of("the river newsletter unknown");
        assert!(
            (sum.nats - 0.5).abs() < 1e-9
                && (sum.greatest - 3.0).abs() < 1e-9
                && (sum.in_sentences - 0.4).abs() < 1e-9
                && (sum.mean() - 0.125).abs() < 1e-9
        );
        assert_eq!(
            serde_json::to_string(&odds).unwrap(),
            r#"[{"newsletter":30,"river":-20,"the":-5},{"the":4},{"^ the":7}]"#
        );
        let pairs =
            |odds: &WordOdds, words: &str| odds.pairs(&words.split(' ').map(Word::of).collect::<Vec<_>>());
        let sum = pairs(&odds, "the river");
        assert!((sum.nats - 0.7).abs() < 1e-9 && (sum.greatest - 0.7).abs() < 1e-9 && sum.least.abs() < 1e-9);
        assert_eq!(pairs(&odds, "river the"), PairSum::default());
        let other = odds.with([("river", [5, 6])].into_iter(), [("^ the", -3)].into_iter());
        assert!(
            (other.sum_of("river").nats - 0.5).abs() < 1e-9
                && (pairs(&other, "the").least + 0.3).abs() < 1e-9
        );
        assert_eq!(WordOdds::default().sum_of("the river").nats.to_bits(), 0.0f64.to_bits());
    }
}
