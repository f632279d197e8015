//! Fitting the screen: logistic regression on words and pairs of words, by stochastic gradient descent with a step of its own for each
//! weight (`AdaGrad`, Duchi, Hazan & Singer 2011).

use crate::detect::{STEPS, Screen, WEIGHTS, feature, hashes};

/// How often all texts are read.
const EPOCHS: usize = 8;
/// The first step.
const STEP: f32 = 0.3;
/// Share of a weight that is left after each reading of all texts: what only a few texts speak for fades.
const KEPT: f32 = 0.9;

/// A text as the screen sees it, and what a full reading says of it.
#[derive(Debug, Clone)]
pub struct ScreenCase {
    features: Vec<u32>,
    /// Probability, by the full reading, that the text is spun.
    target: f32,
    /// Whether the full reading calls it spun.
    is_spun: bool,
}

impl ScreenCase {
    /// What there is to learn from a text.
    #[allow(clippy::cast_possible_truncation, reason = "features are numbered from 0 to 2^19, and six digits are enough")]
    pub fn new(text: &str, probability: f64, is_spun: bool) -> Self {
        let mut features = Vec::new();
        hashes(text, |_, word, pair| features.extend([feature(word) as u32, feature(pair) as u32]));
        Self { features, target: probability as f32, is_spun }
    }

    /// The sum of its weights.
    fn sum<T: Copy + Into<f64>>(&self, weights: &[T]) -> f64 {
        self.features.iter().map(|&at| weights[at as usize].into()).sum()
    }
}

/// Fits a screen. Its bound is `margin` nats below every text that was called spun. The same cases in the same order give the same screen.
pub fn fit_screen(cases: &[ScreenCase], margin: f64) -> Screen {
    let mut weights = vec![0f32; WEIGHTS];
    let mut squares = vec![1e-3f32; WEIGHTS];
    let mut bias = 0f32;
    // A stride without a common divisor with the number of cases: neighbours are alike.
    let stride = (cases.len() / 3..).find(|&n| n > 0 && gcd(n, cases.len()) == 1).unwrap_or(1);
    for _ in 0..EPOCHS {
        for number in 0..cases.len() {
            let case = &cases[number * stride % cases.len()];
            let sum: f32 = case.features.iter().map(|&at| weights[at as usize]).sum();
            let gradient = 1.0 / (1.0 + (-(sum + bias)).exp()) - case.target;
            bias -= 0.01 * gradient;
            if gradient.abs() < 1e-3 {
                continue;
            }
            for &at in &case.features {
                let at = at as usize;
                squares[at] += gradient * gradient;
                weights[at] -= STEP * gradient / squares[at].sqrt() / 10.0;
            }
        }
        weights.iter_mut().for_each(|weight| *weight *= KEPT);
    }
    #[allow(clippy::cast_possible_truncation, reason = "bounds are set first")]
    let weights: Vec<i8> = weights
        .iter()
        .map(|&weight| (f64::from(weight) * STEPS).round().clamp(-127.0, 127.0) as i8)
        .collect();
    let least =
        cases.iter().filter(|case| case.is_spun).map(|case| case.sum(&weights)).fold(f64::INFINITY, f64::min);
    #[allow(clippy::cast_possible_truncation, reason = "sums of bytes")]
    let bound = (least - margin * STEPS).clamp(-1e9, 1e9) as i32;
    Screen::new(weights, bound)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_what_is_said_of_texts() {
        let spun = |n: usize| format!("the overseas minister number {n} spoke and said nothing at all");
        let clean = |n: usize| format!("the foreign minister number {n} spoke and said nothing at all");
        let cases: Vec<ScreenCase> = (0..100)
            .flat_map(|n| [ScreenCase::new(&spun(n), 1.0, true), ScreenCase::new(&clean(n), 0.0, false)])
            .collect();
        let screen = fit_screen(&cases, 0.5);
        let passes = |text: &str| screen.passes(screen.glance(text, |_, _| {}));
        assert!(passes(&clean(7)) && !passes(&spun(7)));
        assert_eq!(fit_screen(&cases, 0.5).to_bytes(), screen.to_bytes());
    }
}
