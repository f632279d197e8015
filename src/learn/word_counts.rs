//! How often words stand in furniture and in articles.

use std::collections::{BTreeMap, HashMap};

use crate::clean::{Furniture, Lines, Tenths, WordOdds};
use crate::evaluate::{LineLabel, Reprint};

/// What a word of a genuine text counts beside one of a labelled page: there are many more of them.
const GENUINE: f64 = 0.1;
/// What a word of a list's row counts.
const LISTED: f64 = 0.5;
/// A word counts so often at most for a page: a name that is on one page alone says nothing of others.
const MOST: f64 = 2.0;
/// Words that count for less than this together aren't kept.
const FEWEST: f64 = 2.5;
/// Log-odds nearer to 0 than this, in tenths of nats, aren't kept: in any lines, in sentences.
const LEAST: [i8; 2] = [4, 6];

/// Counts of words in furniture and in articles.
#[derive(Debug, Clone, Default)]
pub struct WordCounts {
    counts: HashMap<String, Counts>,
    totals: Counts,
}

/// In furniture and in articles; then in sentences of either.
type Counts = [f64; 4];

impl WordCounts {
    /// The words of a labelled page.
    pub fn of_page(page: &Reprint) -> Self {
        let mut out = Self::default();
        let lines = Lines::of(&page.text);
        for (index, line) in page.lines.iter().enumerate().take(lines.len()) {
            match line.label {
                LineLabel::Furniture => out.count_line(&lines, index, 0, 1.0),
                LineLabel::Article | LineLabel::Appended => out.count_line(&lines, index, 1, 1.0),
                LineLabel::Either => {}
            }
        }
        out.totals = Counts::default();
        for counts in out.counts.values_mut() {
            *counts = counts.map(|count| count.min(MOST));
            out.totals.iter_mut().zip(*counts).for_each(|(total, count)| *total += count);
        }
        out
    }

    /// The words of a genuine text.
    pub fn of_genuine(text: &str) -> Self {
        let mut out = Self::default();
        let lines = Lines::of(text);
        (0..lines.len()).for_each(|index| out.count_line(&lines, index, 1, GENUINE));
        out
    }

    /// The words of a list.
    pub fn of_list(furniture: &Furniture) -> Self {
        let mut out = Self::default();
        for row in furniture.rows().iter().filter(|row| row.weight == crate::clean::Weight::Sure) {
            out.count(&row.pattern, 0, LISTED);
        }
        out
    }

    /// Counts a line, as a sentence too if it is one.
    fn count_line(&mut self, lines: &Lines, index: usize, side: usize, weight: f64) {
        self.count(lines.key(index), side, weight);
        if lines.as_slice()[index].shape.is_sentence() {
            self.count(lines.key(index), side + 2, weight);
        }
    }

    fn count(&mut self, key: &str, side: usize, weight: f64) {
        for word in key.split(' ').filter(|word| !word.is_empty()) {
            if let Some(counts) = self.counts.get_mut(word) {
                counts[side] += weight;
            } else {
                let mut counts = Counts::default();
                counts[side] = weight;
                self.counts.insert(word.to_owned(), counts);
            }
            self.totals[side] += weight;
        }
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        for (word, counts) in &other.counts {
            let own = self.counts.entry(word.clone()).or_default();
            own.iter_mut().zip(counts).for_each(|(own, other)| *own += other);
        }
        self.totals.iter_mut().zip(other.totals).for_each(|(own, other)| *own += other);
    }

    /// The log-odds by these counts, without some that are part of them: a page must not be judged by what it taught itself.
    #[allow(clippy::cast_possible_truncation, reason = "bounded before")]
    pub fn odds_without(&self, own: &Self) -> WordOdds {
        let mut out: [Tenths; 2] = [BTreeMap::new(), BTreeMap::new()];
        let left = |which: usize| self.totals[which] - own.totals[which];
        let scales = [0, 2].map(|first| left(first) / left(first + 1).max(1.0));
        for (word, counts) in &self.counts {
            let own = own.counts.get(word).copied().unwrap_or_default();
            for (which, out) in out.iter_mut().enumerate() {
                let [f, a] = [0, 1].map(|side| (counts[2 * which + side] - own[2 * which + side]).max(0.0));
                // As if there were as many words in articles as in furniture.
                let tenths = 10.0 * ((f + 0.5) / (a * scales[which] + 0.5)).ln();
                let tenths = tenths.clamp(-40.0, 40.0).round() as i8;
                if f + a >= FEWEST && tenths.abs() >= LEAST[which] {
                    out.insert(word.clone(), tenths);
                }
            }
        }
        out.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_says_itself_does_not_count() {
        let page =
            Reprint::parse("-\tjoin join join newsletter\n+\tthe river the river the river rose\n").unwrap();
        let own = WordCounts::of_page(&page);
        let mut all = own.clone();
        all.add(&own);
        let sum = |odds: &WordOdds, key: &str| odds.sum_of(key).nats;
        let odds = all.odds_without(&WordCounts::default());
        assert!(sum(&odds, "join") > 1.0 && sum(&odds, "river") < -0.5);
        assert!(sum(&own.odds_without(&own), "join").abs() < 1e-9);
    }
}
