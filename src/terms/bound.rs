//! What tortured phrases can say of a document at most: a bound that costs a look at each word and at each pair of words.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;

use super::evidence::{Evidence, LEAST};
use crate::detect;
use crate::dictionary::{Dictionary, Substitution};
use crate::hash::ByHash;
use crate::text::Tokens;

/// Of every listed phrase two neighbours that hardly stand together otherwise, or one word, with the most that such a phrase says.
#[derive(Debug)]
pub struct Bound {
    /// Bits by hash: hardly any pair of words needs a look into the map.
    bits: Vec<u64>,
    nats: HashMap<u64, f64, BuildHasherDefault<ByHash>>,
}

/// Bits for all phrases, a power of two.
const BITS: usize = 1 << 18;

impl Bound {
    /// Reads a list.
    pub fn of(rows: &Dictionary) -> Self {
        let mut out = Self { bits: vec![0; BITS / 64], nats: HashMap::default() };
        for row in rows.rows() {
            let Evidence(nats) = Evidence::of_row(&row);
            if nats <= 0.0 {
                continue;
            }
            let Some(key) = key(&row) else { continue };
            let (at, bit) = place(key);
            out.bits[at] |= 1 << bit;
            let most = out.nats.entry(key).or_default();
            *most = most.max(nats);
        }
        out
    }

    /// The most that phrases say, in nats, which hold this word, or this pair of words.
    #[inline]
    pub fn nats(&self, word: u64, pair: u64) -> f64 {
        [word, pair]
            .into_iter()
            .filter(|&hash| {
                let (at, bit) = place(hash);
                self.bits[at] >> bit & 1 == 1
            })
            .map(|hash| self.nats.get(&hash).copied().unwrap_or_default())
            .sum()
    }

    /// Whether phrases that say so much together may change the verdict on a document.
    pub fn may_matter(nats: f64) -> bool {
        nats >= LEAST
    }
}

/// What has to stand in a document for a row to hold: the two neighbours in its phrase that are longest, since long words are rare ones; if
/// words may stand apart, or there is one only, the longest word.
fn key(row: &Substitution<'_>) -> Option<u64> {
    let mut hashes = Vec::new();
    detect::hashes(row.spun, |_, word, pair| hashes.push((word, pair)));
    let lengths: Vec<usize> = Tokens::of_phrase(row.spun).as_slice().iter().map(|t| t.span.len()).collect();
    let longest = |range: Range<usize>, length: &dyn Fn(usize) -> usize| range.max_by_key(|&at| length(at));
    if hashes.len() < 2 || row.guard().within.is_some() {
        return longest(0..hashes.len(), &|at| lengths[at]).map(|at| hashes[at].0);
    }
    longest(1..hashes.len(), &|at| lengths[at - 1] + lengths[at]).map(|at| hashes[at].1)
}

#[inline]
#[allow(clippy::cast_possible_truncation, reason = "parts of a hash are wanted")]
fn place(hash: u64) -> (usize, u64) {
    ((hash >> 6) as usize & (BITS / 64 - 1), hash & 63)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dictionary::{Layer, Source, compile};

    #[test]
    fn a_phrase_says_at_most_what_its_key_does() {
        let rows = "spun\tcanonical\trequires\tforbids\twithin\tuse\ngusty mill owner\twind mill owner\t\t\t\t\n\
                    breezy tower\twind tower\t\t\t4\t\n";
        let source = Source::parse("t.tsv", rows).unwrap();
        let layer = Layer::from_bytes(compile(&[source], Vec::new()).unwrap()).unwrap();
        let bound = Bound::of(&Dictionary::new(Arc::new(layer)));
        let most = |text: &str| {
            let mut sum = 0.0;
            detect::hashes(text, |_, word, pair| sum += bound.nats(word, pair));
            sum
        };
        assert!(Bound::may_matter(most("A mill owner of the breezy north")));
        assert!(most("a gusty day at the mill").abs() < 1e-9);
        assert!(most("A BREEZY day") > 0.0);
    }
}
