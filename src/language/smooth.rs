//! Interpolated modified Kneser–Ney smoothing (Chen & Goodman 1998), and weighted-difference pruning
//! (Seymore & Rosenfeld 1996) that keeps every prefix and suffix of what it keeps.

use super::count::{Counts, Gram, context, oldest, suffix};
use super::vocabulary::SENTENCE_START;

/// N-grams of one order with smoothed probabilities.
#[derive(Debug, Default)]
pub(super) struct Level {
    /// In order.
    pub grams: Vec<Gram>,
    /// P(newest word | the others), interpolated.
    pub probabilities: Vec<f32>,
    /// How much is lost, in nats over the training text, if this n-gram is left to its suffix.
    pub losses: Vec<f32>,
    /// Back-off weight of this n-gram as a context; `None` where no longer n-gram starts with it.
    pub backoffs: Vec<Option<f32>>,
}

impl Level {
    fn position(&self, gram: Gram) -> Option<usize> {
        self.grams.binary_search(&gram).ok()
    }

    fn probability(&self, gram: Gram) -> f64 {
        self.position(gram).map_or(0.0, |at| f64::from(self.probabilities[at]))
    }
}

/// Discounts for counts of one, two, and three or more.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Discounts([f64; 3]);

impl Discounts {
    /// Chen & Goodman's estimate from the counts of counts; for texts too small for it, 0.5, 1 and 1.5.
    fn estimate(counts: &[u32]) -> Self {
        let mut n = [0f64; 5];
        for &count in counts.iter().filter(|&&count| (1..5).contains(&count)) {
            n[count as usize] += 1.0;
        }
        if n[1..].contains(&0.0) {
            return Self([0.5, 1.0, 1.5]);
        }
        let y = n[1] / (n[1] + 2.0 * n[2]);
        let of = |k: usize| (k as f64 - (k as f64 + 1.0) * y * n[k + 1] / n[k]).clamp(0.05, k as f64 - 0.05);
        Self([of(1), of(2), of(3)])
    }

    fn of(self, count: u32) -> f64 {
        match count {
            0 => 0.0,
            1..=2 => self.0[count as usize - 1],
            _ => self.0[2],
        }
    }
}

/// Replaces the counts of an order below the highest by the number of distinct words seen before each n-gram (none is seen
/// before the start of a sentence: those keep their counts).
fn continuation_counts(counts: &Counts, order: usize, longer: &Counts) -> Vec<u32> {
    let mut suffixes: Vec<Gram> = longer.grams.iter().map(|&gram| suffix(gram, order + 1)).collect();
    suffixes.sort_unstable();
    let mut groups = suffixes.chunk_by(|a, b| a == b).peekable();
    counts
        .grams
        .iter()
        .zip(&counts.counts)
        .map(|(&gram, &count)| {
            while groups.next_if(|group| group[0] < gram).is_some() {}
            let before = groups.next_if(|group| group[0] == gram).map_or(0, <[Gram]>::len);
            if oldest(gram, order) == SENTENCE_START {
                count
            } else {
                u32::try_from(before).unwrap_or(u32::MAX).max(1)
            }
        })
        .collect()
}

/// Smooths the counts of orders 1, 2, … `words` is the size of the vocabulary.
#[allow(
    clippy::cast_possible_truncation,
    reason = "single precision is enough for what is quantised to 7 bits"
)]
pub(super) fn smooth(counts: &[Counts], words: usize) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    for (index, raw) in counts.iter().enumerate() {
        let order = index + 1;
        let adjusted = match counts.get(order) {
            Some(longer) => continuation_counts(raw, order, longer),
            None => raw.counts.clone(),
        };
        let discounts = Discounts::estimate(&adjusted);
        let mut level = Level { grams: raw.grams.clone(), ..Level::default() };
        level.backoffs = vec![None; raw.grams.len()];
        let mut first = 0;
        for group in raw.grams.chunk_by(|&a, &b| context(a) == context(b)) {
            let range = first..first + group.len();
            first = range.end;
            let total: f64 = adjusted[range.clone()].iter().map(|&c| f64::from(c)).sum();
            let left: f64 = adjusted[range.clone()].iter().map(|&c| discounts.of(c)).sum();
            for at in range {
                let lower = match levels.last() {
                    Some(shorter) => shorter.probability(suffix(raw.grams[at], order)),
                    None => 1.0 / words as f64,
                };
                let backed_off = left / total * lower;
                let p = (f64::from(adjusted[at]) - discounts.of(adjusted[at])) / total + backed_off;
                level.probabilities.push(p as f32);
                level.losses.push((f64::from(raw.counts[at]) * (p / backed_off).ln()) as f32);
            }
        }
        levels.push(level);
    }
    levels
}

/// Leaves the `budget` n-grams of two words and more whose loss would hurt most, with all their prefixes
/// and suffixes, and sets the back-off weights. Single words are all kept.
pub(super) fn prune(levels: &mut [Level], budget: usize) {
    let total: usize = levels.iter().skip(1).map(|level| level.grams.len()).sum();
    if total > budget {
        let mut losses: Vec<f32> =
            levels.iter().skip(1).flat_map(|level| level.losses.iter().copied()).collect();
        losses.sort_unstable_by(|a, b| b.total_cmp(a));
        // The number to ask for so that, with what they need, at most `budget` remain.
        let (mut low, mut high) = (0, budget);
        while high - low > budget / 256 + 1 {
            let ask = usize::midpoint(low, high);
            let kept: usize =
                needed(levels, losses[ask]).iter().map(|flags| flags.iter().filter(|&&k| k).count()).sum();
            if kept > budget { high = ask } else { low = ask }
        }
        let keep = needed(levels, losses[low]);
        for (level, keep) in levels.iter_mut().skip(1).zip(keep) {
            retain(&mut level.grams, &keep);
            retain(&mut level.probabilities, &keep);
            retain(&mut level.losses, &keep);
            retain(&mut level.backoffs, &keep);
        }
    }
    set_backoffs(levels);
}

fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut flags = keep.iter();
    items.retain(|_| *flags.next().unwrap_or(&false));
    items.shrink_to_fit();
}

/// Flags for the orders from 2: what has a greater loss than `threshold`, and every prefix and suffix of it.
fn needed(levels: &[Level], threshold: f32) -> Vec<Vec<bool>> {
    let mut flags: Vec<Vec<bool>> = levels
        .iter()
        .skip(1)
        .map(|level| level.losses.iter().map(|&loss| loss > threshold).collect())
        .collect();
    for order in (3..=levels.len()).rev() {
        let (lower, upper) = flags.split_at_mut(order - 2);
        let (lower, upper) = (&mut lower[order - 3], &upper[0]);
        let (longer, shorter) = (&levels[order - 1], &levels[order - 2]);
        for (&gram, _) in longer.grams.iter().zip(upper).filter(|&(_, &keep)| keep) {
            for part in [context(gram), suffix(gram, order)] {
                if let Some(at) = shorter.position(part) {
                    lower[at] = true;
                }
            }
        }
    }
    flags
}

/// Back-off weight of a context: what its kept n-grams leave, over what their suffixes leave.
#[allow(
    clippy::cast_possible_truncation,
    reason = "single precision is enough for what is quantised to 5 bits"
)]
fn set_backoffs(levels: &mut [Level]) {
    for order in 2..=levels.len() {
        let (shorter, longer) = levels.split_at_mut(order - 1);
        let (shorter, longer) = (&mut shorter[order - 2], &longer[0]);
        let mut first = 0;
        for group in longer.grams.chunk_by(|&a, &b| context(a) == context(b)) {
            let own: f64 =
                longer.probabilities[first..first + group.len()].iter().map(|&p| f64::from(p)).sum();
            first += group.len();
            let lower: f64 = group.iter().map(|&gram| shorter.probability(suffix(gram, order))).sum();
            let weight = ((1.0 - own).max(1e-6) / (1.0 - lower).max(1e-6)).min(1.0);
            if let Some(at) = shorter.position(context(group[0])) {
                shorter.backoffs[at] = Some(weight as f32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::count::Counter;
    use super::*;

    /// Counts of all orders up to 3 of short sentences over the words 3, 4, 5, …
    fn counts(sentences: &[&[u64]]) -> Vec<Counts> {
        let mut counters = [Counter::default(), Counter::default(), Counter::default()];
        for sentence in sentences {
            let words: Vec<u64> =
                std::iter::once(u64::from(SENTENCE_START)).chain(sentence.iter().copied()).collect();
            for end in 1..words.len() {
                let mut gram = 0;
                for (back, counter) in counters.iter_mut().enumerate().take(end + 1) {
                    gram |= words[end - back] << (16 * back);
                    counter.add(gram);
                }
            }
        }
        counters.into_iter().map(Counter::finish).collect()
    }

    #[test]
    fn probabilities_of_a_context_sum_to_one() {
        let counts = counts(&[&[3, 4, 5, 3], &[3, 4, 4], &[5, 4, 3, 3, 4, 5]]);
        let mut levels = smooth(&counts, 3);
        prune(&mut levels, usize::MAX);
        let unigrams: f64 = levels[0].probabilities.iter().map(|&p| f64::from(p)).sum();
        assert!((unigrams - 1.0).abs() < 1e-6, "{unigrams}");
        // After every context of one word: seen words by their probability, the others by back-off.
        for word in [3u64, 4, 5] {
            let at = levels[0].position(word).unwrap();
            let backoff = f64::from(levels[0].backoffs[at].unwrap());
            let sum: f64 = [3u64, 4, 5]
                .iter()
                .map(|next| match levels[1].position(word << 16 | next) {
                    Some(at) => f64::from(levels[1].probabilities[at]),
                    None => backoff * levels[0].probability(*next),
                })
                .sum();
            assert!((sum - 1.0).abs() < 1e-4, "after {word}: {sum}");
        }
    }

    #[test]
    fn pruning_keeps_parts_and_budget() {
        let counts = counts(&[&[3, 4, 5, 3, 4, 5, 6, 7, 3, 4], &[3, 4, 5, 8], &[6, 7, 8, 3, 4, 5]]);
        for budget in 0..25 {
            let mut levels = smooth(&counts, 6);
            prune(&mut levels, budget);
            assert!(levels[1].grams.len() + levels[2].grams.len() <= budget);
            for &gram in &levels[2].grams {
                assert!(
                    levels[1].position(context(gram)).is_some()
                        && levels[1].position(suffix(gram, 3)).is_some()
                );
            }
        }
    }
}
