//! What a first reading took the lines around a line for: the second reading knows it.

use super::features::LINE_FEATURES;
use super::line::Lines;

/// How many things the first reading says of a line and its neighbours.
pub const CONTEXT_FEATURES: usize = 16;
/// How many things are known of a line in the second reading.
pub const SECOND_FEATURES: usize = LINE_FEATURES + CONTEXT_FEATURES;

/// What they are, in order.
pub const CONTEXT_FEATURE_NAMES: [&str; CONTEXT_FEATURES] = [
    "probability of the line",
    "probability of the line before",
    "probability of the line before that",
    "probability of the third line before",
    "probability of the line after",
    "probability of the line after that",
    "probability of the third line after",
    "mean probability of eight lines before",
    "mean probability of eight lines after",
    "lines since a sentence that stays",
    "lines to a sentence that stays",
    "lines since the first headline that stays",
    "lines since the first sentence that stays",
    "lines to the last sentence that stays",
    "lines of furniture in a row around it",
    "share of the lines that stay",
];

/// What a first reading, by the probability of each line, says of a whole text.
#[derive(Debug)]
pub struct Context<'r> {
    first: &'r [f64],
    /// The last sentence that stays, up to each line, and the next from it on.
    since: Vec<Option<usize>>,
    until: Vec<Option<usize>>,
    headline: Option<usize>,
    runs: Vec<usize>,
    staying: f64,
}

/// Further away is all the same.
const FAR: usize = 40;

impl<'r> Context<'r> {
    /// Looks at all lines.
    pub fn of(lines: &Lines, first: &'r [f64]) -> Self {
        let all = lines.as_slice();
        let stays = |index: usize| first[index] < 0.5;
        let is_kept_sentence = |index: usize| stays(index) && all[index].shape.is_sentence();
        let mut last = None;
        let since = (0..all.len()).map(|index| {
            last = if is_kept_sentence(index) { Some(index) } else { last };
            last
        });
        let since: Vec<Option<usize>> = since.collect();
        let mut next = None;
        let mut until = vec![None; all.len()];
        for index in (0..all.len()).rev() {
            next = if is_kept_sentence(index) { Some(index) } else { next };
            until[index] = next;
        }
        let mut runs = Vec::with_capacity(all.len());
        for run in first.chunk_by(|a, b| (*a < 0.5) == (*b < 0.5)) {
            runs.extend(std::iter::repeat_n(if run[0] < 0.5 { 0 } else { run.len() }, run.len()));
        }
        let headline = (0..all.len()).find(|&index| stays(index) && all[index].shape.is_headline());
        let staying = (0..all.len()).filter(|&index| stays(index)).count() as f64 / all.len().max(1) as f64;
        Self { first, since, until, headline, runs, staying }
    }

    /// What is known of line `index` in the second reading, besides what was known in the first.
    #[allow(clippy::cast_possible_truncation, reason = "trees need no more digits")]
    pub fn features(&self, index: usize) -> [f32; CONTEXT_FEATURES] {
        let at = |at: Option<usize>| at.and_then(|at| self.first.get(at)).copied().unwrap_or(-1.0);
        let before = |n: usize| at(index.checked_sub(n));
        let after = |n: usize| at(Some(index + n));
        let mean = |range: &[f64]| {
            if range.is_empty() { -1.0 } else { range.iter().sum::<f64>() / range.len() as f64 }
        };
        let far = FAR as f64;
        let signed =
            |from: Option<usize>| from.map_or(-far, |from| (index as f64 - from as f64).clamp(-far, far));
        let features: [f64; CONTEXT_FEATURES] = [
            self.first[index],
            before(1),
            before(2),
            before(3),
            after(1),
            after(2),
            after(3),
            mean(&self.first[index.saturating_sub(8)..index]),
            mean(&self.first[(index + 1).min(self.first.len())..(index + 9).min(self.first.len())]),
            self.since[index].map_or(far, |from| (index - from).min(FAR) as f64),
            self.until[index].map_or(far, |to| (to - index).min(FAR) as f64),
            signed(self.headline),
            signed(self.until.first().copied().flatten()),
            -signed(self.since.last().copied().flatten()),
            self.runs[index].min(FAR) as f64,
            self.staying,
        ];
        features.map(|feature| feature as f32)
    }
}
