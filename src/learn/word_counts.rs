//! How often words stand in furniture and in articles.

use std::collections::{BTreeMap, HashMap};

use crate::clean::{Furniture, Lines, WordOdds};
use crate::evaluate::{LineLabel, Reprint};

/// What a word of a genuine text counts beside one of a labelled page: there are many more of them.
const GENUINE: f64 = 0.1;
/// What a word of a list's row counts.
const LISTED: f64 = 0.5;
/// Words that count for less than this together aren't kept.
const FEWEST: f64 = 2.5;
/// Log-odds nearer to 0 than this, in tenths of nats, aren't kept.
const LEAST: i8 = 4;

/// Counts of words in furniture and in articles.
#[derive(Debug, Clone, Default)]
pub struct WordCounts {
    counts: HashMap<String, [f64; 2]>,
    totals: [f64; 2],
}

impl WordCounts {
    /// The words of a labelled page.
    pub fn of_page(page: &Reprint) -> Self {
        let mut out = Self::default();
        let lines = Lines::of(&page.text);
        for (index, line) in page.lines.iter().enumerate().take(lines.len()) {
            match line.label {
                LineLabel::Furniture => out.count(lines.key(index), 0, 1.0),
                LineLabel::Article | LineLabel::Appended => out.count(lines.key(index), 1, 1.0),
                LineLabel::Either => {}
            }
        }
        out
    }

    /// The words of a genuine text.
    pub fn of_genuine(text: &str) -> Self {
        let mut out = Self::default();
        let lines = Lines::of(text);
        (0..lines.len()).for_each(|index| out.count(lines.key(index), 1, GENUINE));
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

    fn count(&mut self, key: &str, side: usize, weight: f64) {
        for word in key.split(' ').filter(|word| !word.is_empty()) {
            if let Some(counts) = self.counts.get_mut(word) {
                counts[side] += weight;
            } else {
                let mut counts = [0.0; 2];
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
        let [furniture, article] = [0, 1].map(|side| self.totals[side] - own.totals[side]);
        let scale = furniture / article.max(1.0);
        let mut out = BTreeMap::new();
        for (word, counts) in &self.counts {
            let own = own.counts.get(word).copied().unwrap_or_default();
            let [f, a] = [0, 1].map(|side| (counts[side] - own[side]).max(0.0));
            let tenths = 10.0 * ((f + 0.5) / (a * scale + 0.5)).ln();
            let tenths = tenths.clamp(-40.0, 40.0).round() as i8;
            if f + a >= FEWEST && tenths.abs() >= LEAST {
                out.insert(word.clone(), tenths);
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
