//! A run of rows between two unchanged ones, decided as a whole.

use super::weights::LEFT_OVER;

/// What there is for and against the alternatives of a row, in log-odds.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    /// For each place where it can be split.
    pub splits: Vec<f64>,
    /// For a single cell of the old version, and of the new one.
    pub single: [f64; 2],
}

/// How probable the alternatives of a row are; all sum to 1.
#[derive(Debug, Clone, Default)]
pub(super) struct Belief {
    /// Each place where it can be split.
    pub splits: Vec<f64>,
    /// A single cell of the old version, and of the new one.
    pub single: [f64; 2],
}

impl Belief {
    /// Of an unchanged row: nothing is open.
    pub fn settled() -> Self {
        Self::default()
    }
}

/// The probabilities for the rows of a block.
///
/// In a block, paragraphs are paired from the top, and what the longer version has left follows. So a block is told by the number of its
/// pairs and by the version that is longer; their probability is the product of what the rows say, and of the odds that what is left
/// over is of the new version, `newer` as a logarithm.
pub(super) fn believe(rows: &[Choices], newer: f64) -> Vec<Belief> {
    let count = rows.len();
    let paired: Vec<f64> = rows.iter().map(|row| log_sum(&row.splits)).collect();
    // One for each number of pairs and each version that is left over; all rows being pairs, there is none, and the second is void.
    let mut totals = Vec::with_capacity(2 * (count + 1));
    let mut before = 0.0;
    let mut after: [f64; 2] = [0, 1].map(|side| rows.iter().map(|row| row.single[side]).sum());
    for pairs in 0..=count {
        for (side, rest) in after.iter().enumerate() {
            let prior = if side == 1 { newer } else { 0.0 };
            totals.push(match (pairs == count, side) {
                (true, 0) => before,
                (true, _) => f64::NEG_INFINITY,
                (false, _) => before + rest + LEFT_OVER + prior,
            });
        }
        if let Some((row, paired)) = rows.get(pairs).zip(paired.get(pairs)) {
            before += paired;
            for (rest, single) in after.iter_mut().zip(row.single) {
                *rest -= single;
            }
        }
    }
    let all = log_sum(&totals);
    // Of both versions, the probability that this row or an earlier one is the first single one.
    let mut single = [0.0; 2];
    rows.iter()
        .zip(paired)
        .enumerate()
        .map(|(index, (row, paired))| {
            for (side, sum) in single.iter_mut().enumerate() {
                *sum += (totals[2 * index + side] - all).exp();
            }
            let share = (1.0 - single[0] - single[1]).max(0.0);
            let splits = row.splits.iter().map(|score| share * (score - paired).exp()).collect();
            Belief { splits, single }
        })
        .collect()
}

/// The logarithm of the sum of what the values are logarithms of.
fn log_sum(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + values.iter().map(|value| (value - most).exp()).sum::<f64>().ln()
}
