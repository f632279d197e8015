//! What a posterior is worth.

use once_cell::sync::OnceCell;
use serde::{Deserialize, Serialize};

/// Turns posteriors into confidences: of all changes of confidence 0.9, nine in ten are right.
///
/// The decoder's posteriors would be right if its model of spinners were. It is not quite, and errs differently where much was
/// replaced and where little was: the log-odds of a confidence are a polynomial in the log-odds of the posterior and the logarithm of
/// the document's spin rate, fitted (Platt 1999) to texts that nothing else was learned from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Coefficients of [`Calibration::terms`].
    pub coefficients: [f64; Calibration::TERMS],
}

impl Default for Calibration {
    /// Posteriors as they are.
    fn default() -> Self {
        let mut coefficients = [0.0; Self::TERMS];
        coefficients[1] = 1.0;
        Self { coefficients }
    }
}

static BUILTIN: OnceCell<Calibration> = OnceCell::new();

impl Calibration {
    /// The calibration that was learned for the built-in data.
    ///
    /// # Panics
    ///
    /// If the file that was built in is not a calibration: a mistake in building this program.
    pub fn builtin() -> &'static Self {
        BUILTIN.get_or_init(|| {
            serde_json::from_str(include_str!("../../dictionaries/calibration.json"))
                .expect("the built-in calibration")
        })
    }

    /// The calibration of readings with the thesaurus: less sure, since the wording that stood there may not be among the
    /// alternatives at all. Fitted to articles spun by two thesauri.
    pub fn thesaurus() -> Self {
        Self { coefficients: [-0.3, 0.58, 0.145, 0.0, 0.0, 0.0] }
    }

    /// Number of terms.
    pub const TERMS: usize = 6;
    /// Log-odds and logarithms of rates beyond these say no more.
    const BOUND: f64 = 9.0;
    const LEAST_RATE: f64 = 1e-3;

    /// The terms of the polynomial: constant, log-odds x, log-rate r, x r, r², x |x|.
    pub fn terms(posterior: f64, rate: f64) -> [f64; Self::TERMS] {
        let x = (posterior / (1.0 - posterior)).ln().clamp(-Self::BOUND, Self::BOUND);
        let r = rate.clamp(Self::LEAST_RATE, 1.0).ln();
        [1.0, x, r, x * r, r * r, x * x.abs() / 4.0]
    }

    /// The confidence in a change of this posterior, both in [0, 1], in a document of this spin rate.
    pub fn confidence(&self, posterior: f64, rate: f64) -> f64 {
        let odds: f64 = Self::terms(posterior, rate).iter().zip(&self.coefficients).map(|(t, c)| t * c).sum();
        1.0 / (1.0 + (-odds).exp())
    }
}
