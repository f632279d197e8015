//! Phrases, all of them searched for at once in the words of a line.

use super::line::Word;
use super::words::word_hash;
use crate::hash;

/// A trie of phrases whose branches are words, known by their hashes.
#[derive(Debug)]
pub(super) struct Phrases {
    /// Branches by the hash of node and word, at the first free place from where that points: half of it is empty.
    table: Vec<Branch>,
    /// The phrases that end at each node, as a range of `ending`.
    ends: Vec<(u32, u32)>,
    ending: Vec<u32>,
}

/// From a node, by a word, to another.
#[derive(Debug, Clone, Copy)]
struct Branch {
    hash: u64,
    /// The root for a place that is free: no branch leads there.
    to: u32,
}

const ROOT: u32 = 0;

impl Phrases {
    /// Makes the trie of phrases of folded words with a space between them.
    pub(super) fn new<'p>(phrases: impl Iterator<Item = &'p str> + Clone) -> Self {
        let words = phrases.clone().map(|phrase| phrase.split(' ').count()).sum::<usize>();
        let free = Branch { hash: 0, to: ROOT };
        let mut out =
            Self { table: vec![free; (2 * words).next_power_of_two()], ends: Vec::new(), ending: Vec::new() };
        let mut nodes = 1;
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (number, phrase) in (0..).zip(phrases) {
            let mut node = ROOT;
            for word in phrase.split(' ') {
                let hash = branch_hash(node, word_hash(word));
                let place = out.place(hash);
                if out.table[place].to == ROOT {
                    out.table[place] = Branch { hash, to: nodes };
                    nodes += 1;
                }
                node = out.table[place].to;
            }
            found.push((node, number));
        }
        found.sort_unstable();
        out.ends = vec![(0, 0); nodes as usize];
        for (at, (node, number)) in (0..).zip(found) {
            let range = &mut out.ends[node as usize];
            *range = if range.1 == 0 { (at, at + 1) } else { (range.0, at + 1) };
            out.ending.push(number);
        }
        out
    }

    /// Where a branch stands in the table, or would.
    fn place(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        #[allow(clippy::cast_possible_truncation, reason = "the lower bits are what is wanted")]
        let mut at = hash as usize & mask;
        while self.table[at].to != ROOT && self.table[at].hash != hash {
            at = (at + 1) & mask;
        }
        at
    }

    /// Calls `found` with the number of every phrase in a line, and where it begins and ends among the words.
    pub(super) fn each(&self, words: &[Word], mut found: impl FnMut(usize, usize, usize)) {
        for start in 0..words.len() {
            let mut node = ROOT;
            for (at, word) in words.iter().enumerate().skip(start) {
                node = self.table[self.place(branch_hash(node, word.hash))].to;
                if node == ROOT {
                    break;
                }
                let (from, to) = self.ends[node as usize];
                for &number in &self.ending[from as usize..to as usize] {
                    found(number as usize, start, at + 1);
                }
            }
        }
    }
}

/// The hash of a branch: that of the word at the root.
fn branch_hash(node: u32, word: u64) -> u64 {
    if node == ROOT { word } else { hash::combine(word, u64::from(node)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(phrases: &[String], line: &[String]) -> Vec<(usize, usize, usize)> {
        let words: Vec<Word> = line.iter().map(|word| Word::of(word)).collect();
        let mut out = Vec::new();
        Phrases::new(phrases.iter().map(String::as_str)).each(&words, |n, from, to| out.push((n, from, to)));
        out.sort_unstable();
        out
    }

    proptest! {
        #[test]
        fn every_phrase_is_found_wherever_it_stands(
            phrases in prop::collection::vec("[a-c]( [a-c]){0,3}", 0..12),
            line in prop::collection::vec("[a-d]", 0..12),
        ) {
            let mut expected = Vec::new();
            for (number, phrase) in phrases.iter().enumerate() {
                let words: Vec<&str> = phrase.split(' ').collect();
                for (start, window) in line.windows(words.len()).enumerate() {
                    if window == words {
                        expected.push((number, start, start + words.len()));
                    }
                }
            }
            expected.sort_unstable();
            prop_assert_eq!(found(&phrases, &line), expected);
        }
    }
}
