//! Trees of questions that are asked all at once (`QuickScorer`, Lucchese et al. 2015).
//!
//! Walking a tree waits for each answer before the next question is known. Here the questions of all trees about one feature stand
//! together, by what they ask for: a feature answers all those below its value "high", and each such answer strikes out the leaves of its
//! tree that it rules out. The first leaf left is the one that a walk ends at. What every so many questions strike out together is worked
//! out beforehand.
//!
//! Samples that come together are asked side by side (Lucchese et al. 2016): a question strikes out the leaves of all of them in a few vector
//! instructions, without any branch that depends on an answer.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::tree::{Tree, answers};

/// Trees whose answers add up. In files they are a list of trees.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Tree>", into = "Vec<Tree>")]
pub struct Forest {
    trees: Vec<Tree>,
    /// None if a tree is damaged, or the trees are more or larger than ours ever are: then they are walked.
    at_once: Option<AtOnce>,
}

/// Leaves of a tree: a bit each.
const MOST_LEAVES: usize = 16;
/// Trees whose leaves are held in one go.
const MOST_TREES: usize = 512;
/// So many questions of a feature are answered at once.
const RUN: usize = 8;
/// If a feature is asked less than once in so many trees, its questions are answered one by one: going through all trees takes longer.
const SELDOM: usize = 5;
/// So many samples are asked side by side; fewer than [`FEW`] are asked faster one by one.
const LANES: usize = 8;
const FEW: usize = 3;

#[derive(Debug, Clone, Default)]
struct AtOnce {
    /// By feature: what it is asked.
    features: Vec<Asked>,
    /// What the leaves of each tree add, from the lowest answers to the highest.
    leaves: Vec<[f32; MOST_LEAVES]>,
}

/// The questions about a feature.
#[derive(Debug, Clone, Default)]
struct Asked {
    /// Those for the smallest values first.
    questions: Vec<Question>,
    /// The thresholds of every [`RUN`]th question.
    thresholds: Vec<f32>,
    /// What is left of each tree if all questions up to one of these are answered "high": one tree after the other, for one threshold
    /// after the other.
    left: Vec<u16>,
}

/// A question, and what is left of its tree if the answer is "high".
#[derive(Debug, Clone, Copy)]
struct Question {
    threshold: f32,
    tree: u16,
    left: u16,
}

impl Forest {
    /// What the trees add to the log-odds together: the same as [`answers`] gives, to the bit.
    pub fn answers(&self, features: &[f32]) -> f64 {
        match &self.at_once {
            Some(at_once) => at_once.answers(features),
            None => answers(&self.trees, features),
        }
    }

    /// The same for each of some samples.
    pub fn answers_to_each<'f>(&self, samples: impl Iterator<Item = &'f [f32]>) -> Vec<f64> {
        let samples: Vec<&[f32]> = samples.collect();
        let mut out = Vec::with_capacity(samples.len());
        for some in samples.chunks(LANES) {
            match &self.at_once {
                Some(at_once) if some.len() >= FEW => {
                    out.extend_from_slice(&at_once.answers_side_by_side(some)[..some.len()]);
                }
                _ => out.extend(some.iter().map(|features| self.answers(features))),
            }
        }
        out
    }
}

impl AtOnce {
    fn of(trees: &[Tree]) -> Option<Self> {
        if trees.len() > MOST_TREES {
            return None;
        }
        let mut out = Self::default();
        let mut asked: Vec<(u8, Question)> = Vec::new();
        for (number, tree) in trees.iter().enumerate() {
            let mut leaves = Vec::new();
            if !tree.questions.is_empty() {
                let number = u16::try_from(number).ok()?;
                collect(tree, 0, &mut leaves, &mut |feature, threshold, low| {
                    let struck = low.fold(0, |bits: u16, leaf| bits | 1 << leaf);
                    asked.push((feature, Question { threshold, tree: number, left: !struck }));
                })?;
            }
            let mut all = [0.0; MOST_LEAVES];
            all[..leaves.len()].copy_from_slice(&leaves);
            out.leaves.push(all);
        }
        asked.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.threshold.total_cmp(&b.1.threshold)));
        for about in asked.chunk_by(|a, b| a.0 == b.0) {
            let questions = about.iter().map(|(_, question)| *question).collect();
            out.features.resize_with(usize::from(about[0].0), Asked::default);
            out.features.push(Asked::of(questions, trees.len()));
        }
        Some(out)
    }

    fn answers(&self, features: &[f32]) -> f64 {
        let mut left = [u16::MAX; MOST_TREES];
        let left = &mut left[..self.leaves.len()];
        for (number, asked) in self.features.iter().enumerate() {
            asked.strike_out(features.get(number).copied().unwrap_or_default(), left);
        }
        let leaf = |(left, leaves): (&u16, &[f32; MOST_LEAVES])| {
            f64::from(leaves[left.trailing_zeros() as usize % MOST_LEAVES])
        };
        left.iter().zip(&self.leaves).map(leaf).sum()
    }

    /// The answers to as many samples as there are lanes; those to samples that are lacking mean nothing.
    fn answers_side_by_side(&self, samples: &[&[f32]]) -> [f64; LANES] {
        let mut left = [[u16::MAX; LANES]; MOST_TREES];
        let left = &mut left[..self.leaves.len()];
        for (number, asked) in self.features.iter().enumerate() {
            let mut values = [f32::NEG_INFINITY; LANES];
            for (value, features) in values.iter_mut().zip(samples) {
                *value = features.get(number).copied().unwrap_or_default();
                if value.is_nan() {
                    *value = f32::INFINITY;
                }
            }
            asked.strike_out_side_by_side(values, left);
        }
        // As the sum of no numbers is.
        let mut sums = [-0.0; LANES];
        for (left, leaves) in left.iter().zip(&self.leaves) {
            for (sum, left) in sums.iter_mut().zip(left) {
                *sum += f64::from(leaves[left.trailing_zeros() as usize % MOST_LEAVES]);
            }
        }
        sums
    }
}

impl Asked {
    /// Questions in order of their thresholds, in so many trees.
    fn of(questions: Vec<Question>, trees: usize) -> Self {
        let (mut thresholds, mut left) = (Vec::new(), Vec::new());
        let mut so_far = vec![u16::MAX; trees];
        let is_seldom_asked = SELDOM * questions.len() < trees;
        for run in questions.chunks_exact(RUN).filter(|_| !is_seldom_asked) {
            for question in run {
                so_far[usize::from(question.tree)] &= question.left;
            }
            thresholds.push(run[RUN - 1].threshold);
            left.extend_from_slice(&so_far);
        }
        Self { questions, thresholds, left }
    }

    /// Takes from what is left of each tree what a value of the feature rules out. A value that is no number is above every threshold.
    fn strike_out(&self, value: f32, left: &mut [u16]) {
        let is_high = |threshold: f32| value > threshold || value.is_nan();
        let runs = self.thresholds.partition_point(|&threshold| is_high(threshold));
        if runs > 0 {
            let struck = &self.left[(runs - 1) * left.len()..runs * left.len()];
            left.iter_mut().zip(struck).for_each(|(left, struck)| *left &= struck);
        }
        for question in self.questions[runs * RUN..].iter().take_while(|question| is_high(question.threshold))
        {
            left[usize::from(question.tree)] &= question.left;
        }
    }

    /// The same for the values of some samples, none of them lacking, and what is left of each tree for each of these.
    fn strike_out_side_by_side(&self, values: [f32; LANES], left: &mut [[u16; LANES]]) {
        let greatest = values.into_iter().fold(f32::NEG_INFINITY, f32::max);
        for question in self.questions.iter().take_while(|question| greatest > question.threshold) {
            // Arrays as a whole: compilers make vector instructions of these, and branches of anything else.
            let ruled_in =
                values.map(|value| if value > question.threshold { question.left } else { u16::MAX });
            let left = &mut left[usize::from(question.tree)];
            *left = std::array::from_fn(|lane| left[lane] & ruled_in[lane]);
        }
    }
}

/// Collects the leaves below a question, from low to high, and gives each question with the leaves of its low side. `None` if the tree
/// is damaged or too large.
fn collect(
    tree: &Tree,
    at: usize,
    leaves: &mut Vec<f32>,
    found: &mut impl FnMut(u8, f32, std::ops::Range<usize>),
) -> Option<()> {
    let &(feature, threshold, low, high) = tree.questions.get(at)?;
    let first = leaves.len();
    for (next, is_low) in [(low, true), (high, false)] {
        match usize::try_from(next) {
            Ok(later) if later > at => collect(tree, later, leaves, found)?,
            Ok(_) => return None,
            Err(_) if leaves.len() == MOST_LEAVES => return None,
            Err(_) => leaves.push(*tree.leaves.get(usize::from(next.unsigned_abs()) - 1)?),
        }
        if is_low {
            found(feature, threshold, first..leaves.len());
        }
    }
    Some(())
}

impl From<Vec<Tree>> for Forest {
    fn from(trees: Vec<Tree>) -> Self {
        Self { at_once: AtOnce::of(&trees), trees }
    }
}

impl From<Forest> for Vec<Tree> {
    fn from(forest: Forest) -> Self {
        forest.trees
    }
}

impl Deref for Forest {
    type Target = [Tree];

    fn deref(&self) -> &[Tree] {
        &self.trees
    }
}

impl PartialEq for Forest {
    fn eq(&self, other: &Self) -> bool {
        self.trees == other.trees
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A tree of random shape: each question is asked where a leaf was.
    fn tree(splits: &[(u8, i8, u8)]) -> Tree {
        let mut tree = Tree { questions: Vec::new(), leaves: vec![0.5] };
        for &(feature, threshold, side) in splits {
            let number = i16::try_from(tree.questions.len()).unwrap();
            // The last question whose side is still a leaf gets a further question there.
            let free = tree.questions.iter().rposition(|q| if side % 2 == 0 { q.2 < 0 } else { q.3 < 0 });
            let leaf = match free {
                None if number > 0 => continue,
                None => -1,
                Some(at) => {
                    let question = &mut tree.questions[at];
                    let end = if side % 2 == 0 { &mut question.2 } else { &mut question.3 };
                    std::mem::replace(end, number)
                }
            };
            let new = -1 - i16::try_from(tree.leaves.len()).unwrap();
            tree.leaves.push(f32::from(number) * 0.37 - 1.0);
            tree.questions.push((feature % 4, f32::from(threshold % 4), leaf, new));
        }
        tree
    }

    proptest! {
        #[test]
        fn says_what_walks_say(
            splits in prop::collection::vec(prop::collection::vec(any::<(u8, i8, u8)>(), 0..18), 0..6),
            features in prop::collection::vec(prop_oneof![-5f32..5.0, Just(f32::NAN), Just(2.0f32)], 0..5),
        ) {
            let trees: Vec<Tree> = splits.iter().map(|splits| tree(splits)).collect();
            let walked = answers(&trees, &features);
            let forest = Forest::from(trees);
            prop_assert_eq!(walked.to_bits(), forest.answers(&features).to_bits());
        }

        #[test]
        fn says_the_same_to_samples_side_by_side(
            splits in prop::collection::vec(prop::collection::vec(any::<(u8, i8, u8)>(), 0..18), 0..6),
            samples in prop::collection::vec(
                prop::collection::vec(prop_oneof![-5f32..5.0, Just(f32::NAN), Just(2.0f32)], 0..5), 0..20,
            ),
        ) {
            let forest = Forest::from(splits.iter().map(|splits| tree(splits)).collect::<Vec<_>>());
            let alone: Vec<u64> = samples.iter().map(|features| forest.answers(features).to_bits()).collect();
            let together = forest.answers_to_each(samples.iter().map(Vec::as_slice));
            prop_assert_eq!(alone, together.into_iter().map(f64::to_bits).collect::<Vec<_>>());
        }
    }

    #[test]
    fn trees_that_are_damaged_or_large_are_walked() {
        let small = |trees: Vec<Tree>| AtOnce::of(&trees).is_some();
        assert!(small(vec![tree(&[(0, 0, 0); 15])]) && !small(vec![tree(&[(0, 0, 0); 16])]));
        assert!(small(vec![Tree::default(); MOST_TREES]) && !small(vec![Tree::default(); MOST_TREES + 1]));
        let damaged = [(99, -7, 5), (0, 0, 0), (0, -1, 1)];
        for (feature, low, high) in damaged {
            let tree = Tree { questions: vec![(feature, 0.0, low, high)], leaves: vec![1.0] };
            assert!(!small(vec![tree.clone()]));
            let forest = Forest::from(vec![tree.clone()]);
            assert_eq!(forest.answers(&[-1.0]).to_bits(), tree.answer(&[-1.0]).to_bits());
        }
    }

    #[test]
    fn the_builtin_trees_are_asked_at_once() {
        let forests = [&super::super::Reranker::builtin().trees, &super::super::Judge::builtin().trees];
        assert!(forests.iter().all(|forest| forest.at_once.is_some() && !forest.is_empty()));
    }
}
