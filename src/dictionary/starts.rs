//! How the phrases of a dictionary start: a look at a table instead of a walk through the first words of an fst.
//!
//! Walking an fst costs some twenty nanoseconds a letter, and most words of a text start no phrase, or one that goes on otherwise. The
//! table is made when a dictionary has been walked often enough for that to pay off; answers are the same with it and without.

use fst::raw::{Fst, Output};
use fst::{IntoStreamer, Streamer};

use crate::hash;

/// Where a walk stands after the first word of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// Address of the node.
    pub node: usize,
    /// What the walk put out so far.
    pub output: u64,
    /// Whether any phrase has more words.
    pub goes_on: bool,
    /// The output with that of the node, if the word is a phrase by itself.
    pub phrase: Option<u64>,
}

/// The first two words of all phrases.
pub(super) struct Starts {
    /// By hash of the first word; open addressing, at most half full.
    slots: Vec<Option<(u64, Start)>>,
    /// Bits by the hash of the first two words: most pairs that start no phrase are told by one look.
    pairs: Vec<u64>,
}

impl Starts {
    /// Reads an index through.
    pub(super) fn of(index: &Fst<impl AsRef<[u8]>>) -> Self {
        let mut firsts: Vec<Vec<u8>> = Vec::new();
        let mut pairs: Vec<u64> = Vec::new();
        let mut stream = index.into_stream();
        while let Some((key, _)) = stream.next() {
            // A space sorts before all that words are made of: phrases with the same first word are neighbours.
            let mut words = key.split(|&byte| byte == b' ');
            let Some(first) = words.next() else { continue };
            if firsts.last().is_none_or(|last| last != first) {
                firsts.push(first.to_vec());
            }
            if let Some(second) = words.next() {
                let pair = hash::combine(hash::bytes(first), hash::bytes(second));
                if pairs.last() != Some(&pair) {
                    pairs.push(pair);
                }
            }
        }
        let mut out = Self {
            slots: vec![None; (2 * firsts.len()).next_power_of_two()],
            pairs: vec![0; (pairs.len() / 4).next_power_of_two()],
        };
        for first in firsts {
            if let Some(start) = walk(index, &first) {
                out.insert(hash::bytes(&first), start);
            }
        }
        for pair in pairs {
            let (word, bit) = out.place(pair);
            out.pairs[word] |= 1 << bit;
        }
        out
    }

    #[allow(clippy::cast_possible_truncation, reason = "parts of a hash are wanted")]
    fn place(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & (self.pairs.len() - 1), hash & 63)
    }

    #[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
    fn insert(&mut self, hash: u64, start: Start) {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 20) as usize & mask;
        while self.slots[at].is_some_and(|(other, _)| other != hash) {
            at = (at + 1) & mask;
        }
        self.slots[at] = Some((hash, start));
    }

    /// Where a walk stands after a word, by its hash; nothing if no phrase starts with it.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
    pub(super) fn get(&self, hash: u64) -> Option<&Start> {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 20) as usize & mask;
        while let Some((other, start)) = self.slots.get(at)? {
            if *other == hash {
                return Some(start);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Whether a phrase may start with these two words, by their hashes.
    #[inline]
    pub(super) fn may_start(&self, first: u64, second: u64) -> bool {
        let (word, bit) = self.place(hash::combine(first, second));
        self.pairs[word] >> bit & 1 == 1
    }
}

fn walk(index: &Fst<impl AsRef<[u8]>>, word: &[u8]) -> Option<Start> {
    let mut node = index.root();
    let mut output = Output::zero();
    for &byte in word {
        let transition = node.transition(node.find_input(byte)?);
        output = output.cat(transition.out);
        node = index.node(transition.addr);
    }
    let phrase = node.is_final().then(|| output.cat(node.final_output()).value());
    Some(Start { node: node.addr(), output: output.value(), goes_on: node.find_input(b' ').is_some(), phrase })
}
