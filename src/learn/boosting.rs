//! Growing trees: gradient boosting on the logistic loss (Friedman 2001), split by histograms, each tree grown
//! where it gains most.

use std::slice;

use crate::detect::{Forest, Tree, answers};
use crate::hash;
use crate::odds;

/// Leaves of a tree.
const LEAVES: usize = 16;
/// Strength of the prior that a leaf adds nothing.
const PRIOR: f64 = 5.0;
/// Steps into which the values of a feature are divided.
const STEPS: usize = 64;

/// How trees are grown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// How many trees.
    pub trees: u32,
    /// Share of each tree's answer that is taken, in (0, 1].
    pub rate: f64,
    /// Least samples in a leaf.
    pub fewest: usize,
    /// Share of the features that a tree may ask of, and of the samples that it sees, in (0, 1]. Trees that see less differ more, so
    /// that together they go wrong less often (Friedman 2002); which part each sees depends on its number alone.
    pub sampled: Option<(f64, f64)>,
}

impl Growth {
    /// Trees that see everything, with at least so many samples in each leaf.
    pub fn whole(fewest: usize) -> Self {
        Self { trees: 120, rate: 0.1, fewest, sampled: None }
    }

    /// Trees that see a part each, more of less weight.
    pub fn sampled(fewest: usize) -> Self {
        Self { trees: 400, rate: 0.04, fewest, sampled: Some((0.3, 0.5)) }
    }

    /// Whether a tree sees a feature.
    fn sees_feature(&self, tree: u32, feature: usize) -> bool {
        self.sampled.is_none_or(|(share, _)| chance(tree, 0, feature) < share)
    }

    /// Whether a tree sees a sample.
    fn sees_sample(&self, tree: u32, sample: usize) -> bool {
        self.sampled.is_none_or(|(_, share)| chance(tree, 1, sample) < share)
    }
}

/// A number in [0, 1) that looks like chance and is the same everywhere.
fn chance(tree: u32, what: u8, number: usize) -> f64 {
    let mut bytes = [0; 13];
    bytes[..4].copy_from_slice(&tree.to_le_bytes());
    bytes[4] = what;
    bytes[5..].copy_from_slice(&(number as u64).to_le_bytes());
    hash::fraction(hash::bytes(&bytes))
}

/// A case, and what is true of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample<const N: usize> {
    /// What is known of it; the first are the log-odds without trees.
    pub features: [f32; N],
    /// The truth.
    pub is_true: bool,
    /// How much it counts beside others.
    pub weight: f64,
}

impl<const N: usize> Sample<N> {
    /// A case that counts once.
    pub fn new(features: [f32; N], is_true: bool) -> Self {
        Self { features, is_true, weight: 1.0 }
    }
}

/// Sums over samples: first and second derivative of the loss, and how many there are.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    gradient: f64,
    hessian: f64,
    count: usize,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.gradient += other.gradient;
        self.hessian += other.hessian;
        self.count += other.count;
    }

    fn less(self, other: Self) -> Self {
        Self {
            gradient: self.gradient - other.gradient,
            hessian: self.hessian - other.hessian,
            count: self.count - other.count,
        }
    }

    /// What a leaf of these samples wins, up to a factor.
    fn gain(self) -> f64 {
        self.gradient * self.gradient / (self.hessian + PRIOR)
    }
}

type Histogram = Vec<[Sums; STEPS]>;

/// A leaf of a growing tree.
struct Leaf {
    samples: Vec<u32>,
    histogram: Histogram,
    total: Sums,
    split: Option<Split>,
    /// The question that leads here, and whether by the answer "high".
    parent: Option<(usize, bool)>,
}

/// How a leaf is best divided.
#[derive(Clone, Copy)]
struct Split {
    feature: usize,
    step: usize,
    gain: f64,
}

/// Grows trees that tell how likely a case is true. The same samples in the same order give the same trees.
pub fn boost<const N: usize>(samples: &[Sample<N>], growth: &Growth) -> Forest {
    let bounds: Vec<Vec<f32>> = (0..N).map(|feature| bounds(samples, feature)).collect();
    let binned: Vec<[u8; N]> = samples
        .iter()
        .map(|sample| std::array::from_fn(|f| step_of(&bounds[f], sample.features[f])))
        .collect();
    let mut scores: Vec<f64> = samples.iter().map(|sample| f64::from(sample.features[0])).collect();
    let mut out = Vec::new();
    for number in 0..growth.trees {
        let derivatives: Vec<Sums> = samples
            .iter()
            .zip(&scores)
            .map(|(sample, score)| {
                let p = odds::probability(*score);
                let gradient = f64::from(u8::from(sample.is_true)) - p;
                let weight = sample.weight;
                Sums { gradient: weight * gradient, hessian: weight * p * (1.0 - p), count: 1 }
            })
            .collect();
        let seen: Vec<usize> = (0..N).filter(|&feature| growth.sees_feature(number, feature)).collect();
        let seen = seen.as_slice();
        let grower =
            Grower { binned: &binned, derivatives: &derivatives, bounds: &bounds, growth, number, seen };
        let Some(tree) = grower.grow() else { continue };
        for (score, sample) in scores.iter_mut().zip(samples) {
            *score += answers(slice::from_ref(&tree), &sample.features);
        }
        out.push(tree);
    }
    out.into()
}

/// Upper bounds of the steps of a feature: values that divide the samples evenly, to three digits.
fn bounds<const N: usize>(samples: &[Sample<N>], feature: usize) -> Vec<f32> {
    let mut values: Vec<f32> = samples.iter().map(|sample| sample.features[feature]).collect();
    values.sort_unstable_by(f32::total_cmp);
    let mut out: Vec<f32> =
        (1..STEPS).filter_map(|n| values.get(n * values.len() / STEPS).copied()).map(short).collect();
    out.dedup();
    // Nothing lies above the greatest value.
    while out.last().is_some_and(|bound| values.last().is_none_or(|greatest| bound >= greatest)) {
        out.pop();
    }
    out
}

/// A number to three digits.
fn short(value: f32) -> f32 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

fn step_of(bounds: &[f32], value: f32) -> u8 {
    u8::try_from(bounds.partition_point(|bound| *bound < value)).unwrap_or(u8::MAX)
}

/// What a tree is grown from.
#[derive(Clone, Copy)]
struct Grower<'s, const N: usize> {
    binned: &'s [[u8; N]],
    derivatives: &'s [Sums],
    bounds: &'s [Vec<f32>],
    growth: &'s Growth,
    /// Which tree it is.
    number: u32,
    /// The features that it may ask of.
    seen: &'s [usize],
}

impl<const N: usize> Grower<'_, N> {
    /// One tree; nothing if there is nothing to ask.
    fn grow(&self) -> Option<Tree> {
        let Self { binned, derivatives, bounds, growth, number: tree_number, seen } = *self;
        let all =
            (0..u32::try_from(binned.len()).ok()?).filter(|&n| growth.sees_sample(tree_number, n as usize));
        let all: Vec<u32> = all.collect();
        let histogram = histogram(&all, seen, binned, derivatives);
        let mut leaves = vec![self.leaf(all, histogram, None)];
        let mut questions: Vec<(u8, f32, i16, i16)> = Vec::new();
        while leaves.len() < LEAVES {
            let best = |a: &usize, b: &usize| {
                let gain = |n: usize| leaves[n].split.map_or(0.0, |split| split.gain);
                // The first of equals.
                gain(*a).total_cmp(&gain(*b)).then(b.cmp(a))
            };
            let number = (0..leaves.len()).filter(|&n| leaves[n].split.is_some()).max_by(best);
            let Some((number, split)) = number.and_then(|n| Some((n, leaves[n].split?))) else { break };
            let parent = leaves.swap_remove(number);
            let question = questions.len();
            link(&mut questions, parent.parent, i16::try_from(question).ok()?);
            questions.push((u8::try_from(split.feature).ok()?, bounds[split.feature][split.step], 0, 0));
            let (low, high): (Vec<u32>, Vec<u32>) = parent
                .samples
                .iter()
                .partition(|&&sample| usize::from(binned[sample as usize][split.feature]) <= split.step);
            // Only the smaller part is counted; the other is what is left.
            let low_is_smaller = low.len() <= high.len();
            let counted =
                self::histogram(if low_is_smaller { &low } else { &high }, seen, binned, derivatives);
            let rest = subtract(&parent.histogram, &counted);
            let (of_low, of_high) = if low_is_smaller { (counted, rest) } else { (rest, counted) };
            leaves.push(self.leaf(low, of_low, Some((question, false))));
            leaves.push(self.leaf(high, of_high, Some((question, true))));
        }
        if questions.is_empty() {
            return None;
        }
        let mut tree = Tree::default();
        for leaf in leaves {
            let value = growth.rate * leaf.total.gradient / (leaf.total.hessian + PRIOR);
            link(&mut questions, leaf.parent, -1 - i16::try_from(tree.leaves.len()).ok()?);
            // Fewer digits than sums in another order would change, and short to write.
            #[allow(clippy::cast_possible_truncation, reason = "three decimals are kept")]
            tree.leaves.push(((value * 1e3).round() / 1e3) as f32);
        }
        tree.questions = questions;
        Some(tree)
    }

    fn leaf(&self, samples: Vec<u32>, histogram: Histogram, parent: Option<(usize, bool)>) -> Leaf {
        let mut total = Sums::default();
        histogram.iter().take(1).flatten().for_each(|sums| total.add(*sums));
        let mut split: Option<Split> = None;
        for (&feature, steps) in self.seen.iter().zip(&histogram) {
            let mut low = Sums::default();
            for (step, sums) in steps.iter().enumerate().take(self.bounds[feature].len()) {
                low.add(*sums);
                let high = total.less(low);
                if low.count < self.growth.fewest || high.count < self.growth.fewest {
                    continue;
                }
                let gain = low.gain() + high.gain() - total.gain();
                if gain > 1e-6 && split.is_none_or(|best| gain > best.gain) {
                    split = Some(Split { feature, step, gain });
                }
            }
        }
        Leaf { samples, histogram, total, split, parent }
    }
}

/// Makes a question's answer lead somewhere.
fn link(questions: &mut [(u8, f32, i16, i16)], from: Option<(usize, bool)>, to: i16) {
    if let Some((question, high)) = from {
        if high { questions[question].3 = to } else { questions[question].2 = to }
    }
}

/// Of each feature that is seen, the sums of each step.
fn histogram<const N: usize>(
    samples: &[u32],
    seen: &[usize],
    binned: &[[u8; N]],
    derivatives: &[Sums],
) -> Histogram {
    let mut out: Histogram = vec![[Sums::default(); STEPS]; seen.len()];
    for &sample in samples {
        let sums = derivatives[sample as usize];
        let steps = &binned[sample as usize];
        for (out, &feature) in out.iter_mut().zip(seen) {
            out[usize::from(steps[feature])].add(sums);
        }
    }
    out
}

fn subtract(all: &Histogram, part: &Histogram) -> Histogram {
    let less = |(a, b): (&[Sums; STEPS], &[Sums; STEPS])| std::array::from_fn(|step| a[step].less(b[step]));
    all.iter().zip(part).map(less).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(log_odds: f32, rate: f32, is_true: bool) -> Sample<2> {
        Sample::new([log_odds, rate], is_true)
    }

    #[test]
    fn finds_how_often_cases_are_true() {
        // True three times in four where the decoder says 0.9, one in four where it says 0.5; at a low rate half as often.
        let cases = [(2.2, 0.5, 750), (0.0, 0.5, 250), (2.2, 0.05, 380), (0.0, 0.05, 120)];
        let samples: Vec<Sample<2>> = cases
            .iter()
            .flat_map(|&(odds, rate, right)| (0..1000).map(move |i| sample(odds, rate, i < right)))
            .collect();
        let trees = boost(&samples, &Growth::whole(200));
        for (odds, rate, right) in cases {
            let features = sample(odds, rate, true).features;
            let log_odds = f64::from(odds) + answers(&trees, &features);
            let found = odds::probability(log_odds);
            assert!((found - f64::from(right) / 1000.0).abs() < 0.02, "{odds} {rate}: {found} for {right}");
        }
        assert_eq!(boost(&samples, &Growth::whole(200)), trees);
        assert_eq!(boost(&samples, &Growth::sampled(200)), boost(&samples, &Growth::sampled(200)));
    }

    #[test]
    fn too_few_samples_teach_nothing() {
        let samples: Vec<Sample<2>> = (0..20u8).map(|i| sample(f32::from(i), 0.5, i > 9)).collect();
        assert!(
            boost(&samples, &Growth::whole(200)).is_empty()
                && boost::<2>(&[], &Growth::whole(200)).is_empty()
        );
    }
}
