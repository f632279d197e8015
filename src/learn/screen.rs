//! Fitting the screen: first to words of which it is known whether a spinner put them there, then to what full readings say of texts.
//!
//! Both are logistic regressions by stochastic gradient descent with a step of its own for each weight (`AdaGrad`, Duchi, Hazan & Singer
//! 2011), the second one through the sum of softened places that the screen adds up.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::detect::{Line, REMEMBERED, STEPS, Screen, ScreenEntry, hashes, short};
use crate::evaluate::Row;
use crate::hash::ByHash;
use crate::text::Tokens;

/// How often all words, and all texts, are read.
const WORD_EPOCHS: usize = 3;
const TEXT_EPOCHS: usize = 6;
/// The first step for a weight, in nats.
const STEP: f32 = 0.1;
/// Words and pairs that stand less often are one word, and none.
const FEWEST: u32 = 10;
/// Taken off the log-odds of a place: rather few of the places that look spun are, in most texts.
const RARITY: f32 = 2.5;
/// Words and pairs that the screen keeps: those of the greatest weights.
const MOST: usize = 100_000;

/// The words of a text: hashes of each and of it with the one before.
type Hashes = Vec<(u64, u64)>;

fn hashes_of(text: &str) -> Hashes {
    let mut out = Vec::new();
    hashes(text, |_, word, pair| out.push((word, pair)));
    out
}

/// A text of which it is known which words a spinner put there.
#[derive(Debug, Clone)]
pub struct SpunWords {
    hashes: Hashes,
    /// Whether a replaced phrase starts at the word.
    is_spun: Vec<bool>,
}

impl SpunWords {
    /// The words of an aligned text.
    pub fn of(row: &Row) -> Self {
        let mut gold = row.gold.iter().peekable();
        let tokens = Tokens::of(&row.text);
        let is_spun = tokens.as_slice().iter().map(|token| {
            while gold.next_if(|g| g.span.end() <= token.span.start()).is_some() {}
            gold.peek().is_some_and(|g| g.span.start() == token.span.start())
        });
        Self { is_spun: is_spun.collect(), hashes: hashes_of(&row.text) }
    }
}

/// A text and what a full reading says of it.
#[derive(Debug, Clone)]
pub struct ScreenCase {
    text: String,
    /// Log-odds, by the full reading, that the text is spun.
    log_odds: f32,
    /// Whether the full reading calls it spun.
    is_spun: bool,
}

impl ScreenCase {
    /// What there is to learn from a text of this probability of being spun.
    #[allow(clippy::cast_possible_truncation, reason = "six digits are enough")]
    pub fn new(text: String, probability: f64, is_spun: bool) -> Self {
        let log_odds = (probability / (1.0 - probability)).ln().clamp(-20.0, 20.0) as f32;
        Self { text, log_odds, is_spun }
    }
}

/// Numbers of words and pairs; 0 is for all rare ones.
struct Features {
    numbers: HashMap<u64, u32, BuildHasherDefault<ByHash>>,
    /// Their hashes, by number, and whether they are pairs.
    hashes: Vec<(u64, bool)>,
}

impl Features {
    fn of(texts: &[SpunWords]) -> Self {
        let mut counts: HashMap<u64, (u32, bool), BuildHasherDefault<ByHash>> = HashMap::default();
        for &(word, pair) in texts.iter().flat_map(|text| &text.hashes) {
            counts.entry(word).or_insert((0, false)).0 += 1;
            counts.entry(pair).or_insert((0, true)).0 += 1;
        }
        let often = counts.into_iter().filter(|&(_, (count, _))| count >= FEWEST);
        let mut hashes: Vec<(u64, bool)> = often.map(|(hash, (_, is_pair))| (hash, is_pair)).collect();
        hashes.sort_unstable();
        hashes.insert(0, (0, false));
        let numbers = (0..).zip(&hashes).skip(1).map(|(number, &(hash, _))| (hash, number)).collect();
        Self { numbers, hashes }
    }

    fn number(&self, hash: u64) -> u32 {
        self.numbers.get(&hash).copied().unwrap_or(0)
    }

    /// For each place of a text its word, its pair and the pair behind it.
    fn places(&self, hashes: &[(u64, u64)]) -> Vec<[u32; 3]> {
        let of = |&(word, pair): &(u64, u64)| (self.number(word), self.number(pair));
        let numbers: Vec<(u32, u32)> = hashes.iter().map(of).collect();
        let behind = numbers.iter().skip(1).map(|&(_, pair)| pair).chain([0]);
        numbers.iter().zip(behind).map(|(&(word, pair), behind)| [word, pair, behind]).collect()
    }
}

/// Weights that move by steps of their own.
struct Weights {
    /// Of words, of pairs for the second word, of pairs for the first.
    values: [Vec<f32>; 3],
    squares: [Vec<f32>; 3],
}

impl Weights {
    fn new(count: usize) -> Self {
        Self { values: [(); 3].map(|()| vec![0.0; count]), squares: [(); 3].map(|()| vec![1.0; count]) }
    }

    fn log_odds(&self, place: &[u32; 3]) -> f32 {
        self.values.iter().zip(place).map(|(values, &at)| values[at as usize]).sum()
    }

    fn step(&mut self, place: &[u32; 3], gradient: f32) {
        for ((values, squares), &at) in self.values.iter_mut().zip(&mut self.squares).zip(place) {
            let (value, square) = (&mut values[at as usize], &mut squares[at as usize]);
            *square += gradient * gradient;
            *value -= STEP * gradient / square.sqrt();
        }
    }

    fn forget_steps(&mut self) {
        self.squares.iter_mut().for_each(|squares| squares.fill(1.0));
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// All numbers below a count, neighbours far from each other.
fn shuffled(count: usize) -> impl Iterator<Item = usize> {
    let gcd = |mut a: usize, mut b: usize| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let stride = (count / 3 + 1..).find(|&n| gcd(n, count) == 1).unwrap_or(1);
    (0..count).map(move |n| n * stride % count)
}

/// What is fitted in the course of both stages.
struct Fit {
    features: Features,
    weights: Weights,
    start: f32,
    line: [f32; 3],
}

impl Fit {
    /// The first stage.
    fn of_words(texts: &[SpunWords]) -> Self {
        let features = Features::of(texts);
        let mut weights = Weights::new(features.hashes.len());
        let mut start = -3.0;
        for _ in 0..WORD_EPOCHS {
            for text in shuffled(texts.len()).map(|n| &texts[n]) {
                for (place, &is_spun) in features.places(&text.hashes).iter().zip(&text.is_spun) {
                    let truth = f32::from(u8::from(is_spun));
                    let gradient = sigmoid(start + weights.log_odds(place)) - truth;
                    start -= 3e-4 * gradient;
                    if gradient.abs() > 2e-3 {
                        weights.step(place, gradient);
                    }
                }
            }
        }
        Self { features, weights, start: start - RARITY, line: [1.0, 0.0, 0.0] }
    }

    /// The sum of the places of a text, and the log-odds of those that count.
    #[allow(clippy::cast_possible_truncation, reason = "a small constant")]
    fn sum(&self, places: &[[u32; 3]]) -> (f32, Vec<(usize, f32)>) {
        let mut best: HashMap<u32, (f32, usize)> = HashMap::new();
        let (mut sum, mut counted) = (0.0, Vec::with_capacity(places.len()));
        for (at, place) in places.iter().enumerate() {
            let log_odds = self.start + self.weights.log_odds(place);
            let weight = log_odds.exp().ln_1p();
            counted.push((at, log_odds));
            if weight <= REMEMBERED as f32 {
                sum += weight;
                continue;
            }
            let (before, number) = best.entry(place[0]).or_insert((0.0, usize::MAX));
            if weight > *before {
                sum += weight - *before;
                if let Some(beaten) = counted.get_mut(*number) {
                    beaten.1 = f32::NEG_INFINITY;
                }
                (*before, *number) = (weight, at);
            } else {
                counted[at].1 = f32::NEG_INFINITY;
            }
        }
        (sum, counted)
    }

    /// The second stage.
    fn to_texts(&mut self, cases: &[ScreenCase]) {
        let places: Vec<Vec<[u32; 3]>> =
            cases.iter().map(|c| self.features.places(&hashes_of(&c.text))).collect();
        // Clean texts are to have log-odds of about 0 to begin with.
        let (mut sum, mut tokens) = (0.0, 0.0);
        for (_, places) in cases.iter().zip(&places).filter(|(case, _)| case.log_odds < -3.0) {
            sum += self.sum(places).0;
            tokens += places.len() as f32;
        }
        self.line[1] = -sum / f32::max(tokens, 1.0);
        self.weights.forget_steps();
        let mut squares = [1f32; 3];
        for _ in 0..TEXT_EPOCHS {
            for number in shuffled(cases.len()) {
                let (case, places) = (&cases[number], &places[number]);
                let (sum, counted) = self.sum(places);
                let inputs = [sum, places.len() as f32, 1.0];
                let log_odds: f32 = self.line.iter().zip(inputs).map(|(a, b)| a * b).sum();
                // What matters is what is called spun, from log-odds of 4.6 on.
                let gradient = sigmoid(log_odds) - sigmoid(case.log_odds - 2.0);
                if gradient.abs() < 1e-3 {
                    continue;
                }
                for ((value, square), (input, scale)) in
                    self.line.iter_mut().zip(&mut squares).zip(inputs.into_iter().zip([10.0, 300.0, 1.0]))
                {
                    let own = gradient * input / scale;
                    *square += own * own;
                    *value -= STEP * own / square.sqrt() / scale;
                }
                for (at, log_odds) in counted {
                    let own = gradient * self.line[0] * sigmoid(log_odds);
                    if own.abs() > 1e-4 {
                        self.weights.step(&places[at], own);
                    }
                }
            }
        }
    }

    /// The greatest weights.
    #[allow(clippy::cast_possible_truncation, reason = "bounds are set first")]
    fn screen(&self) -> Screen {
        let step = |weight: f32| (f64::from(weight) * STEPS).round().clamp(-127.0, 127.0) as i8;
        let [words, seconds, firsts] = &self.weights.values;
        // Every place begins with the weights of what is rare.
        let rare = [words[0], seconds[0], firsts[0]];
        let mut entries: Vec<ScreenEntry> = (1..self.features.hashes.len())
            .map(|n| {
                let (hash, is_pair) = self.features.hashes[n];
                let weights = if is_pair {
                    [step(seconds[n] - rare[1]), step(firsts[n] - rare[2])]
                } else {
                    [step(words[n] - rare[0]), 0]
                };
                ScreenEntry { hash: short(hash), weights }
            })
            .collect();
        let size = |entry: &ScreenEntry| entry.weights.iter().map(|w| w.unsigned_abs()).max().unwrap_or(0);
        entries.retain(|entry| size(entry) > 0);
        entries.sort_by_key(|entry| (std::cmp::Reverse(size(entry)), entry.hash));
        entries.truncate(MOST);
        entries.sort_by_key(|entry| entry.hash);
        let start = self.start + rare.iter().sum::<f32>();
        let line = Line { start, sum: self.line[0], token: self.line[1], bound: f32::NEG_INFINITY };
        Screen::new(entries, line)
    }
}

/// Fits a screen to texts of which it is known what was spun, and to what full readings say of others. The same texts in the same order
/// give the same screen. Its bound lies `margin` below the log-odds of every text that is called spun.
pub fn fit_screen(words: &[SpunWords], cases: &[ScreenCase], margin: f32) -> Screen {
    let mut fit = Fit::of_words(words);
    fit.to_texts(cases);
    let screen = fit.screen();
    let spun = cases.iter().filter(|case| case.is_spun);
    let least = spun.map(|case| screen.glance(&case.text, |_, _| {}).log_odds).fold(f32::INFINITY, f32::min);
    screen.with_bound(least - margin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::Gold;
    use crate::text::Span;

    #[test]
    fn learns_what_is_said_of_texts() {
        let clean = |n: usize| format!("the foreign minister number {n} spoke and said nothing at all");
        let spun = |n: usize| clean(n).replace("foreign", "overseas");
        let gold = vec![Gold { span: Span::new(4, 12), accepted: vec!["foreign".to_owned()] }];
        let words: Vec<SpunWords> = (0..100)
            .flat_map(|n| [(spun(n), gold.clone()), (clean(n), Vec::new())])
            .map(|(text, gold)| SpunWords::of(&Row { text, gold }))
            .collect();
        let cases: Vec<ScreenCase> = (0..100)
            .flat_map(|n| [ScreenCase::new(spun(n), 1.0, true), ScreenCase::new(clean(n), 0.0, false)])
            .collect();
        let screen = fit_screen(&words, &cases, 0.5);
        let log_odds = |text: &str| screen.glance(text, |_, _| {}).log_odds;
        assert!(log_odds(&spun(7)) > log_odds(&clean(7)) + 1.0);
        assert!(!screen.passes(screen.glance(&spun(7), |_, _| {})));
        assert_eq!(fit_screen(&words, &cases, 0.5).to_bytes(), screen.to_bytes());
    }
}
