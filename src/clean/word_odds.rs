//! Single words that speak for furniture or for an article.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::folding::Word;
use super::words::word_hash;
use crate::hash::Table;

/// Log-odds of words: how much more often they stand in furniture than in articles, in tenths of nats.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, i8>", into = "BTreeMap<String, i8>")]
pub struct WordOdds {
    words: BTreeMap<String, i8>,
    table: Table<i8>,
}

impl From<BTreeMap<String, i8>> for WordOdds {
    fn from(words: BTreeMap<String, i8>) -> Self {
        let table = Table::of(words.iter().map(|(word, &odds)| (word_hash(word), odds)));
        Self { words, table }
    }
}

impl From<WordOdds> for BTreeMap<String, i8> {
    fn from(odds: WordOdds) -> Self {
        odds.words
    }
}

impl WordOdds {
    /// What the words of a key say together.
    pub(super) fn sum(&self, words: &[Word]) -> WordSum {
        let mut out = WordSum::default();
        for word in words {
            let nats = f64::from(self.table.get(word.hash).copied().unwrap_or_default()) / 10.0;
            out.nats += nats;
            out.greatest = out.greatest.max(nats);
            out.words += 1.0;
        }
        out
    }

    /// What the words of a folded phrase say together.
    pub fn sum_of(&self, phrase: &str) -> WordSum {
        self.sum(&phrase.split(' ').map(Word::of).collect::<Vec<_>>())
    }
}

/// What the words of a line say together.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WordSum {
    /// The sum of their log-odds, in nats.
    pub nats: f64,
    /// The greatest of them, or 0.
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
        let odds: WordOdds = serde_json::from_str(r#"{"newsletter":30,"river":-20,"the":-5}"#).unwrap();
        let sum = odds.sum_of("the river newsletter unknown");
        assert!(
            (sum.nats - 0.5).abs() < 1e-9
                && (sum.greatest - 3.0).abs() < 1e-9
                && (sum.mean() - 0.125).abs() < 1e-9
        );
        assert_eq!(serde_json::to_string(&odds).unwrap(), r#"{"newsletter":30,"river":-20,"the":-5}"#);
        assert_eq!(WordOdds::default().sum_of("the river").nats.to_bits(), 0.0f64.to_bits());
    }
}
