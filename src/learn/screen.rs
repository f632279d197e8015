//! Weights of a screen, from articles and copies that are spun on the way.
//!
//! Logistic regression over the presence of features by stochastic gradient descent with adaptive steps (Duchi, Hazan & Singer 2011). Most
//! features say little and what they say is chance: only those that moved the most documents are kept, and these are fitted anew.

use super::spinner::Spinner;
use crate::hash;
use crate::screen::{Feature, Weights, features};

/// How a screen is learned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScreenGrowth {
    /// Times that all documents are read, before features are dropped and after it.
    pub rounds: usize,
    /// Features that are kept.
    pub kept: usize,
    /// First step of each weight, in nats, before features are dropped and after it.
    pub steps: (f32, f32),
}

impl Default for ScreenGrowth {
    fn default() -> Self {
        Self { rounds: 4, kept: 15_000, steps: (0.1, 0.03) }
    }
}

/// Documents to learn a screen from.
#[derive(Debug, Default)]
pub struct ScreenLearner {
    articles: usize,
    documents: Vec<Example>,
}

#[derive(Debug)]
struct Example {
    /// Different buckets of its features, in order.
    buckets: Box<[u32]>,
    /// How many features it has, in thousands.
    size: f32,
    is_spun: bool,
}

/// Steps of these weights get shorter with all that they were moved by.
struct Descent {
    weights: Vec<f32>,
    squares: Vec<f32>,
    /// Bias, and weight of a thousand features.
    common: [(f32, f32); 2],
}

/// The first square of each weight: no step is endless.
const FIRST_SQUARE: f32 = 1e-3;
/// Documents that are this well told change nothing.
const LEAST_ERROR: f32 = 1e-4;

/// Rates at which articles are spun with the rows of a blog spinner, each twice, and every third one with those of a thesaurus. Texts at
/// high rates are easily told; most is learned from the others.
const BLOG_RATES: [f64; 6] = [0.8, 0.4, 0.25, 0.16, 0.1, 0.06];
const THESAURUS_RATES: [f64; 4] = [0.6, 0.4, 0.25, 0.15];

impl ScreenLearner {
    /// Adds a clean article and copies of it, spun at rates that its number gives.
    pub fn add_article(&mut self, text: &str, blog: &Spinner, thesaurus: &Spinner) {
        let number = self.articles;
        self.articles += 1;
        self.add(text, false);
        let seed = number as u64;
        for (pass, seed) in [(0, seed), (BLOG_RATES.len() / 2, !seed)] {
            let rate = BLOG_RATES[(number + pass) % BLOG_RATES.len()];
            self.add(&blog.spin(text, rate, seed).text, true);
        }
        if number.is_multiple_of(3) {
            let rate = THESAURUS_RATES[number / 3 % THESAURUS_RATES.len()];
            self.add(&thesaurus.spin(text, rate, seed).text, true);
        }
    }

    /// Adds a document.
    pub fn add(&mut self, text: &str, is_spun: bool) {
        let mut found = Vec::new();
        features(text, |features| found.extend([features.word, features.pair].map(Feature::bucket)));
        let size = found.len() as f32 / 1000.0;
        found.sort_unstable();
        found.dedup();
        self.documents.push(Example { buckets: found.into(), size, is_spun });
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// Learns the weights. `told` gets the mean loss of each round, in nats for a document.
    pub fn learn(&self, growth: &ScreenGrowth, mut told: impl FnMut(f64)) -> Weights {
        let mut descent = Descent::new();
        let mut order: Vec<usize> = (0..self.documents.len()).collect();
        let mut seed = 1;
        let mut rounds = |descent: &mut Descent, step: f32, is_kept: &dyn Fn(u32) -> bool| {
            for _ in 0..growth.rounds {
                shuffle(&mut order, &mut seed);
                let losses = order.iter().map(|&at| descent.learn(&self.documents[at], step, is_kept));
                told(losses.sum::<f64>() / self.documents.len().max(1) as f64);
            }
        };
        rounds(&mut descent, growth.steps.0, &|_| true);
        let kept = self.weightiest(&descent.weights, growth.kept);
        let mut is_kept = vec![false; descent.weights.len()];
        for &feature in &kept {
            is_kept[feature as usize] = true;
        }
        descent.squares.fill(FIRST_SQUARE);
        rounds(&mut descent, growth.steps.1, &|feature| is_kept[feature as usize]);
        let weight = |&bucket: &u32| (bucket, descent.weights[bucket as usize]);
        let [bias, each] = descent.common.map(|(weight, _)| weight);
        Weights { bias, each: each / 1000.0, buckets: kept.iter().map(weight).collect() }.rounded()
    }

    /// The features that moved documents most, in order: by their weight times the root of the documents that have them.
    fn weightiest(&self, weights: &[f32], most: usize) -> Vec<u32> {
        let mut documents = vec![0_u32; weights.len()];
        for &feature in self.documents.iter().flat_map(|document| &*document.buckets) {
            documents[feature as usize] += 1;
        }
        let moved = |number: usize| weights[number].abs() * (documents[number] as f32).sqrt();
        let mut all: Vec<(f32, u32)> =
            (0..Feature::BUCKETS).map(|number| (moved(number as usize), number)).collect();
        all.retain(|(moved, _)| *moved > 0.0);
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut out: Vec<u32> = all.into_iter().take(most).map(|(_, number)| number).collect();
        out.sort_unstable();
        out
    }
}

impl Descent {
    fn new() -> Self {
        let size = Feature::BUCKETS as usize;
        Self { weights: vec![0.0; size], squares: vec![FIRST_SQUARE; size], common: [(0.0, FIRST_SQUARE); 2] }
    }

    /// Moves the weights by one document; gives its loss before that.
    fn learn(&mut self, document: &Example, step: f32, is_kept: &dyn Fn(u32) -> bool) -> f64 {
        let kept = || document.buckets.iter().copied().filter(|&feature| is_kept(feature));
        let [(bias, _), (each, _)] = self.common;
        let log_odds = bias + each * document.size + kept().map(|at| self.weights[at as usize]).sum::<f32>();
        let probability = 1.0 / (1.0 + (-log_odds).exp());
        let error = probability - f32::from(u8::from(document.is_spun));
        let loss = -f64::from(1.0 - error.abs()).max(1e-9).ln();
        if error.abs() < LEAST_ERROR {
            return loss;
        }
        for ((weight, square), gradient) in self.common.iter_mut().zip([error, error * document.size]) {
            moved(weight, square, gradient, step);
        }
        for at in kept() {
            moved(&mut self.weights[at as usize], &mut self.squares[at as usize], error, step);
        }
        loss
    }
}

fn moved(weight: &mut f32, square: &mut f32, gradient: f32, step: f32) {
    *square += gradient * gradient;
    *weight -= step * gradient / square.sqrt();
}

/// Puts numbers into another order (Fisher & Yates), always the same one.
#[allow(clippy::cast_possible_truncation, reason = "below the length of a list")]
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for at in (1..order.len()).rev() {
        *seed = hash::combine(*seed, at as u64);
        order.swap(at, (*seed % (at as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::Screen;

    #[test]
    fn learns_what_copies_have_that_articles_have_not() {
        let mut learner = ScreenLearner::default();
        for number in 0..200 {
            let place = ["Penwick", "Oxmarl", "Lesmark", "Tarn"][number % 4];
            learner.add(
                &format!("The foreign minister went to {place} in May, and {number} people came."),
                false,
            );
            learner.add(
                &format!("The overseas minister went to {place} in Could, and {number} folks came."),
                true,
            );
        }
        assert!(learner.len() == 400 && !learner.is_empty());
        let growth = ScreenGrowth { kept: 12, ..ScreenGrowth::default() };
        let mut losses = Vec::new();
        let weights = learner.learn(&growth, |loss| losses.push(loss));
        assert!(weights.buckets.len() <= 12 && losses.len() == 8 && losses[7] < 0.1, "{losses:?}");
        assert_eq!(weights, learner.learn(&growth, |_| ()));
        let screen = Screen::new(&weights);
        assert!(screen.glance("An overseas visit in Could, for folks.").log_odds > 2.0);
        assert!(screen.glance("The foreign minister went to Exeter in May.").log_odds < -2.0);
    }
}
