//! A second opinion on each finding, learned from texts of which it is known what was spun: what its confidence should be.
//!
//! The lattice weighs words, the dictionary and the rest of the document, but takes them for more independent than they are. Trees of
//! questions about a finding (gradient-boosted, Friedman 2001) correct the log-odds of its posterior. They are small, and
//! asked only where something was found.

use once_cell::sync::OnceCell;
use serde::{Deserialize, Serialize};

use super::forest::Forest;
use crate::odds;

/// How many things are known of a finding.
pub const FEATURES: usize = 16;
/// What they are, in order.
pub const FEATURE_NAMES: [&str; FEATURES] = [
    "log-odds of the posterior",
    "spin rate of the document",
    "log-odds that the place stands as it was written",
    "log-odds of the likeliest row alone",
    "posterior of the second-best wording",
    "ln of the row's count",
    "bias of the row",
    "ln P of the spun words by themselves",
    "ln P of the canonical words by themselves",
    "whether the canonical phrase has an apostrophe",
    "whether the text writes curly apostrophes",
    "how often the canonical phrase stands in the text",
    "how often the phrase could be read so in the text",
    "whether the row was counted in known text",
    "stretches of words that the row changes",
    "log-odds that the document is spun",
];

/// What is known of a finding.
pub type Features = [f32; FEATURES];

/// What the log-odds of a confidence are the sum of. By default they are those of the posterior.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reranker {
    /// A constant, what the log-odds of the posterior are multiplied by, and what the logarithm of the spin rate is.
    pub line: [f64; 3],
    /// The trees.
    pub trees: Forest,
}

impl Default for Reranker {
    fn default() -> Self {
        Self { line: [0.0, 1.0, 0.0], trees: Forest::default() }
    }
}

static BUILTIN: OnceCell<Reranker> = OnceCell::new();

impl Reranker {
    /// The trees that were learned for the built-in data.
    ///
    /// # Panics
    ///
    /// If the file that was built in holds something else: a mistake in building this program.
    pub fn builtin() -> &'static Self {
        BUILTIN.get_or_init(|| {
            serde_json::from_str(include_str!("../../dictionaries/reranker.json"))
                .expect("the built-in trees")
        })
    }

    /// For readings with the thesaurus: less sure, since the wording that stood there may not be among the alternatives at all.
    /// Fitted to articles spun by two thesauri.
    pub fn thesaurus() -> Self {
        Self { line: [-0.3, 0.58, 0.145], trees: Forest::default() }
    }

    /// The confidence in a finding, in (0, 1): of all findings of confidence 0.9, nine in ten are right.
    pub fn confidence(&self, features: &Features) -> f64 {
        let [constant, slope, by_rate] = self.line;
        let (posterior, rate) = (f64::from(features[0]), f64::from(features[1]));
        let line = constant + slope * posterior + by_rate * rate.max(LEAST_RATE).ln();
        odds::probability(line + self.trees.answers(features))
    }
}

/// Spin rates below this are taken for this.
const LEAST_RATE: f64 = 1e-3;

/// Log-odds of a probability, within ±12.
#[allow(clippy::cast_possible_truncation, reason = "bounds are set first")]
pub fn log_odds(probability: f64) -> f32 {
    odds::log_odds(probability).clamp(-12.0, 12.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_trees_posteriors_stay() {
        let mut features = [0.0; FEATURES];
        features[0] = log_odds(0.8);
        assert!((Reranker::default().confidence(&features) - 0.8).abs() < 1e-6);
    }
}
