//! The few numbers that were fitted, in one place.

use crate::odds;

/// What the decoder weighs by.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// Exponent of the language model's probabilities: below 1, because neighbouring words are not independent evidence.
    pub language: f64,
    /// Share of the canonical phrases that a spinner replaces where it replaces all it can.
    pub thoroughness: f64,
    /// How many occurrences the dictionary's channel is worth against the document's own choices.
    pub concentration: f64,
    /// How many occurrences of a spun phrase its readings start with.
    pub habit_prior: f64,
    /// Rounds of estimation.
    pub rounds: usize,
    /// Prior probability that a document is spun.
    pub prior_spun: f64,
    /// Share of kinds that seem replaced in a clean document.
    pub background: f64,
    /// Evidence (log-likelihood ratio) at which half of the estimated rate is believed.
    pub doubt: f64,
    /// Exponent of the likelihood ratio of a whole document.
    pub evidence: f64,
    /// Least probability of the verdict `spun`.
    pub spun_from: f64,
    /// Least probability of the verdict `suspect`.
    pub suspect_from: f64,
    /// Beta prior of the spin rate.
    pub rate_prior: (f64, f64),
    /// Oddness, in nats for 100 tokens (see `oddness.rs`), from which a document is read with the thesaurus as well: few
    /// clean texts have it, and nearly all in which a sixth of the words was swapped.
    pub odd_from: f64,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            language: 0.6,
            thoroughness: 0.97,
            concentration: 6.0,
            habit_prior: 1.0,
            rounds: 2,
            prior_spun: 0.0016,
            background: 0.01,
            doubt: 1.0,
            evidence: 0.92,
            spun_from: 0.99,
            suspect_from: 0.5,
            rate_prior: (0.05, 1.0),
            odd_from: 5.5,
        }
    }
}

impl Parameters {
    /// What the decoder weighs by where it reads with the thesaurus. Its rows were never seen at work, so that a document needs more
    /// evidence; the words that stand there are rare ones, so that the language model may say more.
    pub fn thesaurus() -> Self {
        Self { language: 0.65, evidence: 0.5, prior_spun: 1e-5, ..Self::default() }
    }

    /// Log-odds, in nats, that a document is spun before it was looked at.
    pub fn prior_log_odds(&self) -> f64 {
        odds::log_odds(self.prior_spun)
    }
}
