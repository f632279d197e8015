//! Learning what posteriors are worth.

use crate::detect::{self, Calibration, Parameters};
use crate::dictionary::Dictionary;
use crate::evaluate::{Row, is_restored};
use crate::language::LanguageModel;
use crate::text::{Tokens, regions};

/// Findings whose likeliest alternative is less likely than this are left out.
const LEAST: f64 = 0.02;
/// Newton steps; a few are enough.
const ROUNDS: usize = 25;
/// Strength of the prior that the posterior is right as it is.
const PRIOR: f64 = 1.0;
/// Number of coefficients.
const N: usize = Calibration::TERMS;

/// A change that was proposed, and whether it is right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// The decoder's posterior, in [0, 1].
    pub posterior: f64,
    /// The spin rate that it estimated for the document.
    pub rate: f64,
    /// Whether the change restores what stood there.
    pub is_right: bool,
}

/// The findings of a text, with their posteriors as they are.
pub fn samples(
    row: &Row,
    dictionary: &Dictionary,
    model: &LanguageModel,
    parameters: &Parameters,
) -> Vec<Sample> {
    let tokens = Tokens::of(&row.text);
    let found = detect::candidates(&row.text, &tokens, &regions(&row.text), dictionary, model);
    let decoded = detect::decode(&tokens, &found, model, parameters);
    let findings = detect::findings(&row.text, &tokens, &found, &decoded, &Calibration::default(), LEAST);
    let sample = |(number, finding): (usize, &detect::Finding<'_>)| Sample {
        posterior: finding.alternatives[0].posterior,
        rate: decoded.rate,
        is_right: is_restored(&row.text, &findings, number, &row.gold),
    };
    findings.iter().enumerate().map(sample).collect()
}

/// The calibration that makes the samples likeliest: logistic regression by Newton's method, with shorter steps where a whole one
/// goes too far.
pub fn fit(samples: &[Sample]) -> Calibration {
    let mut coefficients = Calibration::default().coefficients;
    let (mut likelihood, mut step) = newton(samples, &coefficients);
    for _ in 0..ROUNDS {
        let mut length = 1.0;
        while length > 1e-3 {
            let tried = std::array::from_fn(|i| coefficients[i] + length * step[i]);
            let (reached, next) = newton(samples, &tried);
            if reached > likelihood {
                (coefficients, likelihood, step) = (tried, reached, next);
                break;
            }
            length /= 2.0;
        }
    }
    // As many digits as the same sums give on any machine.
    Calibration { coefficients: coefficients.map(|c| (c * 1e4).round() / 1e4) }
}

/// The penalised log-likelihood of the samples under these coefficients, in nats, and Newton's step from there.
fn newton(samples: &[Sample], coefficients: &[f64; N]) -> (f64, [f64; N]) {
    let prior = Calibration::default().coefficients;
    let calibration = Calibration { coefficients: *coefficients };
    let mut likelihood = 0.0;
    let mut gradient = [0.0; N];
    let mut hessian = [[0.0; N]; N];
    for i in 0..N {
        let away = prior[i] - coefficients[i];
        likelihood -= PRIOR * away * away / 2.0;
        gradient[i] = PRIOR * away;
        hessian[i][i] = PRIOR;
    }
    for sample in samples {
        let terms = Calibration::terms(sample.posterior, sample.rate);
        let p = calibration.confidence(sample.posterior, sample.rate).clamp(1e-12, 1.0 - 1e-12);
        likelihood += if sample.is_right { p.ln() } else { (1.0 - p).ln() };
        let error = f64::from(u8::from(sample.is_right)) - p;
        for i in 0..N {
            gradient[i] += error * terms[i];
            for j in 0..N {
                hessian[i][j] += p * (1.0 - p) * terms[i] * terms[j];
            }
        }
    }
    (likelihood, solve(hessian, gradient))
}

/// Solves a system of linear equations whose matrix is positive definite (Gaussian elimination).
fn solve(mut matrix: [[f64; N]; N], mut values: [f64; N]) -> [f64; N] {
    for pivot in 0..N {
        for row in pivot + 1..N {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            for column in pivot..N {
                matrix[row][column] -= factor * matrix[pivot][column];
            }
            values[row] -= factor * values[pivot];
        }
    }
    for pivot in (0..N).rev() {
        for column in pivot + 1..N {
            values[pivot] -= matrix[pivot][column] * values[column];
        }
        values[pivot] /= matrix[pivot][pivot];
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_posteriors_are_worth() {
        // Right three times in four where the decoder says 0.9, one in four where it says 0.5; at a low rate half as often.
        let mut samples = Vec::new();
        for (posterior, rate, right) in [(0.9, 0.5, 75), (0.5, 0.5, 25), (0.9, 0.05, 38), (0.5, 0.05, 12)] {
            samples.extend((0..100).map(|i| Sample { posterior, rate, is_right: i < right }));
        }
        let calibration = fit(&samples);
        for (posterior, rate, share) in
            [(0.9, 0.5, 0.75), (0.5, 0.5, 0.25), (0.9, 0.05, 0.38), (0.5, 0.05, 0.12)]
        {
            let found = calibration.confidence(posterior, rate);
            assert!((found - share).abs() < 0.04, "{posterior} {rate}: {found} for {share}");
        }
    }

    #[test]
    fn without_samples_posteriors_stay() {
        assert!((fit(&[]).confidence(0.8, 0.3) - 0.8).abs() < 1e-9);
    }
}
