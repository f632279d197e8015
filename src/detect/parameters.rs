//! The few numbers that were fitted, in one place.

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
    /// Log-odds taken off every posterior before it is called a confidence.
    pub caution: f64,
    /// The more, by how many for each e-fold that the document's rate is lower.
    pub rate_caution: f64,
    /// Beta prior of the spin rate.
    pub rate_prior: (f64, f64),
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
            caution: 0.9,
            rate_caution: 0.25,
            rate_prior: (0.05, 1.0),
        }
    }
}

impl Parameters {
    /// The confidence in a change of this posterior in a document of this spin rate: the posterior, less caution.
    ///
    /// On articles spun for the purpose the posteriors are right as they are; on real pages there is more that the model does
    /// not know, and the rarer the replacements the more so.
    pub fn confidence(&self, posterior: f64, rate: f64) -> f64 {
        if posterior >= 1.0 {
            return 1.0;
        }
        let odds = (posterior / (1.0 - posterior)).ln() - self.caution
            + self.rate_caution * rate.clamp(1e-4, 1.0).ln();
        1.0 / (1.0 + (-odds).exp())
    }
}
