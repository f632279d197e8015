//! Single words that speak for furniture or for an article.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::folding::Word;
use super::words::word_hash;
use crate::hash::Table;

/// Log-odds of words, in tenths of nats.
pub type Tenths = BTreeMap<String, i8>;

/// Log-odds of words: how much more often they stand in furniture than in articles, in any lines and in sentences alone. A menu has other
/// words than a plea for donations, which reads like prose.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[Tenths; 2]", into = "[Tenths; 2]")]
pub struct WordOdds {
    words: [Tenths; 2],
    table: Table<[i8; 2]>,
}

impl From<[Tenths; 2]> for WordOdds {
    fn from(words: [Tenths; 2]) -> Self {
        let mut table = Table::with_room_for(words.iter().map(BTreeMap::len).sum());
        for (which, words) in words.iter().enumerate() {
            for (word, &odds) in words {
                table.get_or_insert(word_hash(word), [0; 2])[which] = odds;
            }
        }
        Self { words, table }
    }
}

impl From<WordOdds> for [Tenths; 2] {
    fn from(odds: WordOdds) -> Self {
        odds.words
    }
}

impl WordOdds {
    /// What the words of a key say together.
    pub(super) fn sum(&self, words: &[Word]) -> WordSum {
        let mut out = WordSum::default();
        for word in words {
            let [nats, in_sentences] =
                self.table.get(word.hash).copied().unwrap_or_default().map(|tenths| f64::from(tenths) / 10.0);
            out.nats += nats;
            out.in_sentences += in_sentences;
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
            serde_json::from_str(r#"[{"newsletter":30,"river":-20,"the":-5},{"the":4}]"#).unwrap();
        let sum = odds.sum_of("the river newsletter unknown");
        assert!(
            (sum.nats - 0.5).abs() < 1e-9
                && (sum.greatest - 3.0).abs() < 1e-9
                && (sum.in_sentences - 0.4).abs() < 1e-9
                && (sum.mean() - 0.125).abs() < 1e-9
        );
        assert_eq!(
            serde_json::to_string(&odds).unwrap(),
            r#"[{"newsletter":30,"river":-20,"the":-5},{"the":4}]"#
        );
        assert_eq!(WordOdds::default().sum_of("the river").nats.to_bits(), 0.0f64.to_bits());
    }
}
