//! How the phrases of a dictionary start: a look at a table instead of a walk through the first words of an fst.
//!
//! Walking an fst costs some twenty nanoseconds a letter, and most words of a text start no phrase, or one that goes on otherwise. The
//! tables are made when a dictionary has been walked often enough for that to pay off; answers are the same with them and without.

use fst::raw::{Fst, Output};
use once_cell::sync::OnceCell;

use crate::hash::{self, Table};

/// Where a walk stands after a word of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// The output, if the words so far are a phrase by themselves.
    pub phrase: Option<u64>,
    /// Address of the node behind the word and a space.
    pub node: usize,
    /// What the walk to that node puts out.
    pub output: u64,
    /// Letters that next words start with: a bit for each, by the last five bits of the byte. None if no phrase goes on.
    letters: u32,
}

impl Start {
    /// Whether any phrase goes on with a word that starts with this byte.
    #[inline]
    pub(super) fn may_go_on(&self, byte: u8) -> bool {
        self.letters >> (byte & 31) & 1 == 1
    }
}

/// The first words of all phrases, and their first two words.
#[derive(Default)]
pub(super) struct Starts {
    words: OnceCell<Table<Start>>,
    pairs: OnceCell<Table<Start>>,
}

impl Starts {
    /// The first words.
    pub(super) fn words(&self, index: &Fst<impl AsRef<[u8]>>) -> &Table<Start> {
        self.words.get_or_init(|| {
            let mut found = Vec::new();
            next_words(index, index.root().addr(), Output::zero(), |word, start| {
                found.push((hash::bytes(word), start));
            });
            Table::of(found.into_iter())
        })
    }

    /// The first two words, by their hashes [combined](hash::combine).
    pub(super) fn pairs(&self, index: &Fst<impl AsRef<[u8]>>) -> &Table<Start> {
        self.pairs.get_or_init(|| {
            let mut found = Vec::new();
            for (first, start) in self.words(index).iter().filter(|(_, start)| start.letters != 0) {
                next_words(index, start.node, Output::new(start.output), |word, start| {
                    found.push((hash::combine(first, hash::bytes(word)), start));
                });
            }
            Table::of(found.into_iter())
        })
    }
}

/// Calls `found` with every word that phrases go on with from a node.
fn next_words(
    index: &Fst<impl AsRef<[u8]>>,
    from: usize,
    output: Output,
    mut found: impl FnMut(&[u8], Start),
) {
    // Nodes to look at, each with how many letters lead there and with the last of these.
    let mut open = vec![(from, output, 0, 0)];
    let mut word: Vec<u8> = Vec::new();
    while let Some((node, output, length, letter)) = open.pop() {
        word.truncate(length - usize::from(length > 0));
        if length > 0 {
            word.push(letter);
        }
        let node = index.node(node);
        let phrase = node.is_final().then(|| output.cat(node.final_output()).value());
        let mut start = Start { phrase, node: 0, output: 0, letters: 0 };
        for transition in node.transitions() {
            let output = output.cat(transition.out);
            if transition.inp == b' ' {
                (start.node, start.output) = (transition.addr, output.value());
                let next = index.node(transition.addr);
                start.letters = next.transitions().fold(0, |bits, t| bits | 1 << (t.inp & 31));
            } else {
                open.push((transition.addr, output, length + 1, transition.inp));
            }
        }
        if phrase.is_some() || start.letters != 0 {
            found(&word, start);
        }
    }
}
