//! Probabilities and their log-odds, in nats.

/// The probability of log-odds: the logistic function.
#[inline]
pub(crate) fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The log-odds of a probability; infinite at 0 and 1.
#[inline]
pub(crate) fn log_odds(probability: f64) -> f64 {
    (probability / (1.0 - probability)).ln()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_undoes_the_other(nats in -20f64..20.0) {
            prop_assert!((log_odds(probability(nats)) - nats).abs() < 1e-6);
        }
    }
}
