//! Trees of questions, whose answers add up (gradient boosting, Friedman 2001): how they are asked. `learn` grows them.

use serde::{Deserialize, Serialize};

/// A question (number of the feature, greatest value of the answer "low") and where either answer leads: to the question of
/// this number, or, if it is negative, to leaf -1 - number.
type Question = (u8, f32, i16, i16);

/// One tree.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// The questions; the first is the root, and each leads to later ones only.
    pub questions: Vec<Question>,
    /// What each leaf adds to the log-odds.
    pub leaves: Vec<f32>,
}

impl Tree {
    /// What the tree adds to the log-odds of a finding.
    pub fn answer(&self, features: &[f32]) -> f64 {
        let mut at = 0;
        while let Some(&(feature, threshold, low, high)) = self.questions.get(at) {
            let value = features.get(usize::from(feature)).copied().unwrap_or_default();
            let next = if value <= threshold { low } else { high };
            match usize::try_from(next) {
                Ok(later) if later > at => at = later,
                Ok(_) => return 0.0,
                Err(_) => {
                    let leaf = usize::from(next.unsigned_abs()) - 1;
                    return f64::from(self.leaves.get(leaf).copied().unwrap_or_default());
                }
            }
        }
        0.0
    }
}

/// What some trees add to the log-odds together.
pub fn answers(trees: &[Tree], features: &[f32]) -> f64 {
    trees.iter().map(|tree| tree.answer(features)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_its_way_to_a_leaf() {
        let tree = Tree { questions: vec![(1, 0.5, -1, 1), (0, 2.0, -2, -3)], leaves: vec![0.1, 0.2, 0.3] };
        let answer = |x: f32, y: f32| tree.answer(&[x, y]);
        for (x, y, leaf) in [(9.0, 0.5, 0.1f32), (2.0, 0.6, 0.2), (2.1, 0.6, 0.3)] {
            assert!((answer(x, y) - f64::from(leaf)).abs() < 1e-9);
        }
    }

    #[test]
    fn a_damaged_tree_says_nothing() {
        let endless = Tree { questions: vec![(0, 0.0, 0, 0)], leaves: vec![] };
        let lost = Tree { questions: vec![(99, 0.0, -7, 5)], leaves: vec![1.0] };
        assert!(endless.answer(&[0.0]).abs() < 1e-9 && lost.answer(&[1.0]).abs() < 1e-9);
    }
}
