//! How often words stand in furniture and in articles.

use std::collections::{HashMap, HashSet};

use crate::clean::{EDGE, Furniture, Lines, Tenths, Where, WordOdds};
use crate::evaluate::{LineLabel, Reprint};

/// What a word of a genuine text counts beside one of a labelled page: there are many more of them.
const GENUINE: f64 = 0.1;
/// What a word of a list's row counts.
const LISTED: f64 = 0.5;
/// A word counts so often at most for a page: a name that is on one page alone says nothing of others.
const MOST: f64 = 2.0;
/// Words that count for less than this together aren't kept.
const FEWEST: f64 = 5.0;
/// Log-odds nearer to 0 than this, in tenths of nats, aren't kept: in any lines, in sentences.
const LEAST: [i8; 2] = [11, 13];
/// Of pairs those are kept that are this much likelier in furniture, and at the edge of a line also those that are as much likelier in articles.
const LEAST_OF_PAIR: i8 = 18;

/// Counts of words in furniture and in articles.
#[derive(Debug, Clone, Default)]
pub struct WordCounts {
    counts: HashMap<String, Counts>,
    totals: Counts,
    /// Of two words that follow each other.
    pairs: HashMap<String, [f64; 2]>,
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
        out.pairs.values_mut().for_each(|counts| *counts = counts.map(|count| count.min(MOST)));
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
            out.count_pairs(&row.pattern, row.place, 0, LISTED);
        }
        out
    }

    /// Counts a line, as a sentence too if it is one.
    fn count_line(&mut self, lines: &Lines, index: usize, side: usize, weight: f64) {
        self.count(lines.key(index), side, weight);
        self.count_pairs(lines.key(index), Where::Line, side, weight);
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

    /// Counts the pairs of a key, with the edges of the line where it reaches them.
    fn count_pairs(&mut self, key: &str, place: Where, side: usize, weight: f64) {
        let edge = |is: bool| is.then_some(EDGE);
        let (first, last) = (
            edge(matches!(place, Where::Line | Where::Start)),
            edge(matches!(place, Where::Line | Where::End)),
        );
        let mut before: Option<&str> = None;
        for word in first.into_iter().chain(key.split(' ').filter(|word| !word.is_empty())).chain(last) {
            if let Some(before) = before {
                self.pairs.entry(format!("{before} {word}")).or_default()[side] += weight;
            }
            before = Some(word);
        }
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        add_each(&mut self.counts, &other.counts);
        add_each(&mut self.pairs, &other.pairs);
        self.totals.iter_mut().zip(other.totals).for_each(|(own, other)| *own += other);
    }

    /// Forgets pairs that no furniture of some pages has: nothing is asked of them, and genuine texts have millions.
    pub fn keep_pairs_of(&mut self, pages: &[Self]) {
        let said: HashSet<&str> = pages
            .iter()
            .flat_map(|page| &page.pairs)
            .filter(|(_, counts)| counts[0] > 0.0)
            .map(|(pair, _)| pair.as_str())
            .collect();
        self.pairs.retain(|pair, counts| counts[0] > 0.0 || said.contains(pair.as_str()));
    }

    /// The log-odds by these counts.
    pub fn odds(&self) -> WordOdds {
        let none = Self::default();
        let mut out: [Tenths; 3] = Default::default();
        let [lines, sentences, pairs] = &mut out;
        for word in self.counts.keys() {
            for (out, odds) in [&mut *lines, sentences].into_iter().zip(self.of_word(word, &none)) {
                if odds != 0 {
                    out.insert(word.clone(), odds);
                }
            }
        }
        for pair in self.pairs.keys() {
            let odds = self.of_pair(pair, &none);
            if odds != 0 {
                pairs.insert(pair.clone(), odds);
            }
        }
        out.into()
    }

    /// The same without some counts that are part of these: a page must not be judged by what it taught itself. `all` are the log-odds by these
    /// counts.
    pub fn odds_without(&self, all: &WordOdds, own: &Self) -> WordOdds {
        let words = own.counts.keys().map(|word| (word.as_str(), self.of_word(word, own)));
        let pairs = own.pairs.keys().map(|pair| (pair.as_str(), self.of_pair(pair, own)));
        all.with(words, pairs)
    }

    /// The log-odds of a word, in any lines and in sentences, without some counts that are part of these; 0 if they say too little.
    fn of_word(&self, word: &str, own: &Self) -> [i8; 2] {
        let left = left(&self.counts, &own.counts, word);
        [0, 1].map(|which| {
            let odds = tenths(left[2 * which], left[2 * which + 1], self.scale(own, 2 * which));
            if odds.abs() >= LEAST[which] { odds } else { 0 }
        })
    }

    /// The same of a pair.
    fn of_pair(&self, pair: &str, own: &Self) -> i8 {
        let [furniture, articles] = left(&self.pairs, &own.pairs, pair);
        let odds = tenths(furniture, articles, self.scale(own, 0));
        let is_edge = pair.starts_with(EDGE) || pair.ends_with(EDGE);
        let says = odds >= LEAST_OF_PAIR || is_edge && odds <= -LEAST_OF_PAIR;
        if says { odds } else { 0 }
    }

    /// What makes a word of an article count as if there were as many of them as in furniture, or in sentences of either.
    fn scale(&self, own: &Self, side: usize) -> f64 {
        let left = |side: usize| self.totals[side] - own.totals[side];
        left(side) / left(side + 1).max(1.0)
    }
}

/// Log-odds of what was counted so often in furniture and in articles, in tenths of nats; 0 if it was seldom. What is in articles counts `scale`
/// times.
#[allow(clippy::cast_possible_truncation, reason = "bounded before")]
fn tenths(furniture: f64, articles: f64, scale: f64) -> i8 {
    if furniture + articles < FEWEST {
        return 0;
    }
    (10.0 * ((furniture + 0.5) / (articles * scale + 0.5)).ln()).clamp(-40.0, 40.0).round() as i8
}

/// What is left of a count without one that is part of it.
fn left<const N: usize>(
    all: &HashMap<String, [f64; N]>,
    own: &HashMap<String, [f64; N]>,
    key: &str,
) -> [f64; N] {
    let of = |counts: &HashMap<String, [f64; N]>| counts.get(key).copied().unwrap_or([0.0; N]);
    let (all, own) = (of(all), of(own));
    std::array::from_fn(|side| (all[side] - own[side]).max(0.0))
}

/// Adds counts to others.
fn add_each<const N: usize>(all: &mut HashMap<String, [f64; N]>, other: &HashMap<String, [f64; N]>) {
    for (key, counts) in other {
        let own = all.entry(key.clone()).or_insert([0.0; N]);
        own.iter_mut().zip(counts).for_each(|(own, other)| *own += other);
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
        (0..2).for_each(|_| all.add(&own));
        let sum = |odds: &WordOdds, key: &str| odds.sum_of(key).nats;
        let odds = all.odds();
        assert!(sum(&odds, "join") > 1.0 && sum(&odds, "river") < -0.5);
        assert!(sum(&own.odds_without(&own.odds(), &own), "join").abs() < 1e-9);
    }
}
