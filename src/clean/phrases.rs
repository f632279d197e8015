//! Phrases, all of them searched for at once in the words of a line.

use super::folding::Word;
use super::words::word_hash;
use crate::hash::{self, Table};

/// A trie of phrases whose branches are words, known by their hashes.
#[derive(Debug)]
pub(super) struct Phrases {
    /// Which node is behind a branch.
    branches: Table<u32>,
    /// The phrases that end at each node, as a range of `ending`.
    ends: Vec<(u32, u32)>,
    ending: Vec<u32>,
}

const ROOT: u32 = 0;

impl Phrases {
    /// Makes the trie of phrases of folded words with a space between them.
    pub(super) fn new<'p>(phrases: impl Iterator<Item = &'p str> + Clone) -> Self {
        let most = phrases.clone().map(|phrase| phrase.split(' ').count()).sum();
        let mut branches = Table::with_room_for(most);
        let mut nodes = 1;
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (number, phrase) in (0..).zip(phrases) {
            let mut node = ROOT;
            for word in phrase.split(' ') {
                node = *branches.get_or_insert(branch_hash(node, word_hash(word)), nodes);
                nodes += u32::from(node == nodes);
            }
            found.push((node, number));
        }
        found.sort_unstable();
        let mut ends = vec![(0, 0); nodes as usize];
        let mut ending = Vec::with_capacity(found.len());
        for (at, (node, number)) in (0..).zip(found) {
            let range = &mut ends[node as usize];
            *range = if range.1 == 0 { (at, at + 1) } else { (range.0, at + 1) };
            ending.push(number);
        }
        Self { branches, ends, ending }
    }

    /// Calls `found` with the number of every phrase in a line, and where it begins and ends among the words.
    pub(super) fn each(&self, words: &[Word], mut found: impl FnMut(usize, usize, usize)) {
        for start in 0..words.len() {
            let mut node = ROOT;
            for (end, word) in (start + 1..).zip(&words[start..]) {
                let Some(&next) = self.branches.get(branch_hash(node, word.hash)) else { break };
                node = next;
                let (from, to) = self.ends[node as usize];
                for &number in &self.ending[from as usize..to as usize] {
                    found(number as usize, start, end);
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
