//! A glance at a document, which passes over most clean ones at a fraction of what decoding costs.
//!
//! It adds up what each word, and each pair of neighbours, says for or against spinning: logistic regression over their
//! presence, learned from articles and their spun copies, pruned to the features that say most. It knows no contexts beyond
//! pairs, so that it can't see what decoding sees in lightly spun texts: README.md says how many of those it passes over. Whoever wants all
//! of them decodes everything, which is the default.

mod buckets;
mod features;
mod format;

use once_cell::sync::OnceCell;

pub use features::{Feature, Features, features};
pub use format::{ScreenError, Weights};

use buckets::Buckets;

use crate::dictionary::Dictionary;
use crate::hash::Table;
use crate::language::{Context, LanguageModel, WordId};

/// What tells at a glance which documents are worth decoding.
#[derive(Debug, Clone)]
pub struct Screen {
    bias: f32,
    each: f32,
    weights: Buckets,
    /// Neighbours that are reason enough to decode.
    proofs: Table<()>,
}

/// What a glance saw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glance {
    /// Log-odds, in nats, that the document is spun, with as many spun documents as others. Infinite if it holds a phrase that is to be
    /// decoded in any case.
    pub log_odds: f64,
    /// Words and numbers, split more roughly than by [`Tokens`](crate::text::Tokens): of a million words of news 247 are counted otherwise.
    pub words: usize,
}

impl Glance {
    /// Documents of lower log-odds pass: chosen on articles of which a fifth of the replaceable phrases was replaced. Of 1,499 that
    /// decoding calls spun 2 pass, and of 1,507 clean ones 1,414.
    const LEAST_LOG_ODDS: f64 = 2.0;
    /// Documents with fewer words are decoded: they cost little, and a glance at them says little.
    const FEWEST_WORDS: usize = 100;

    /// Whether the document can be passed over.
    pub fn passes(&self) -> bool {
        self.log_odds < Self::LEAST_LOG_ODDS && self.words >= Self::FEWEST_WORDS
    }
}

static BUILTIN: OnceCell<Screen> = OnceCell::new();

impl Screen {
    /// The screen that was learned for the built-in data.
    ///
    /// # Errors
    ///
    /// If the data that was built in is of another version: a mistake in building this program.
    pub fn builtin() -> Result<&'static Self, ScreenError> {
        BUILTIN.get_or_try_init(|| {
            Weights::from_bytes(include_bytes!("../../dictionaries/screen.bin"))
                .map(|weights| Self::new(&weights))
        })
    }

    /// A screen with these weights.
    pub fn new(weights: &Weights) -> Self {
        Self {
            bias: weights.bias,
            each: weights.each,
            weights: Buckets::new(weights),
            proofs: Table::default(),
        }
    }

    /// The same screen, by which no document passes that holds a phrase of this list, in whatever case: of each phrase those three
    /// neighbours are looked for that the language model finds rarest. Not looked for are phrases of one word, and those whose words need not
    /// stand side by side.
    #[must_use]
    pub fn with_phrases(self, list: &Dictionary, model: &LanguageModel) -> Self {
        let rarest = |phrase: &str| {
            let log = |words: &[&str]| -> f64 {
                let words: Vec<WordId> = words.iter().map(|word| model.word(&word.to_lowercase())).collect();
                model.score_all(&Context::default(), &words).0
            };
            let parts =
                features::sequences_of_phrase(phrase).into_iter().map(|(words, found)| (log(&words), found));
            parts.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, found)| found)
        };
        let rare: Vec<u64> = list.rows().filter_map(|row| rarest(row.spun)).collect();
        Self { proofs: Table::of(rare.into_iter().map(|sequence| (sequence, ()))), ..self }
    }

    /// Looks at a text.
    pub fn glance(&self, text: &str) -> Glance {
        // Each weight counts once in a document.
        let mut seen = vec![0_u64; self.weights.nats.len().div_ceil(64)];
        let (mut sum, mut count) = (f64::from(self.bias), 0_usize);
        let words = features(text, |found| {
            for feature in [found.word, found.pair] {
                count += 1;
                if let Some(number) = self.weights.number(feature.bucket()) {
                    let (word, bit) = (&mut seen[number / 64], 1 << (number % 64));
                    if *word & bit == 0 {
                        *word |= bit;
                        sum += f64::from(self.weights.nats[number]);
                    }
                }
            }
            if found.sequences.iter().any(|&sequence| self.proofs.get(sequence).is_some()) {
                sum = f64::INFINITY;
            }
        });
        Glance { log_odds: sum + f64::from(self.each) * count as f64, words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::Terms;

    #[test]
    fn spun_texts_do_not_pass() {
        let screen = Screen::builtin().unwrap();
        let glance = screen.glance(include_str!("../../samples/spun.txt"));
        assert!(!glance.passes() && glance.log_odds > 5.0, "{glance:?}");
        let glance = screen.glance("Short texts are decoded.");
        assert!(!glance.passes() && glance.words == 4);
        assert_eq!(screen.glance("").words, 0);
    }

    #[test]
    fn features_count_once_and_listed_phrases_always() {
        let [a, b] = ["river", "flooded"].map(|word| {
            let mut found = Vec::new();
            features(word, |features| found.push(features.word.bucket()));
            found[0]
        });
        let mut buckets = vec![(a, 2.0), (b, -0.5)];
        buckets.sort_unstable_by_key(|(bucket, _)| *bucket);
        let screen = Screen::new(&Weights { bias: -1.0, each: 0.0, buckets });
        let log_odds = |screen: &Screen, text| screen.glance(text).log_odds;
        let is = |found: f64, wanted: f64| (found - wanted).abs() < 1e-9;
        assert!(is(log_odds(&screen, "A river, a river and the river flooded"), 0.5));
        assert!(is(log_odds(&screen, "A lake of counterfeit consciousness"), -1.0));
        let terms = Terms::builtin().unwrap();
        let screen = screen.with_phrases(terms.rows(), LanguageModel::builtin().unwrap());
        assert!(log_odds(&screen, "A lake of counterfeit consciousness").is_infinite());
        assert!(is(log_odds(&screen, "A lake"), -1.0));
    }
}
