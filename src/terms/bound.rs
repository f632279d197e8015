//! What tortured phrases can say of a document at most: a bound that costs a look at each pair of words.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::evidence::{Evidence, LEAST};
use crate::detect;
use crate::dictionary::Dictionary;
use crate::hash::ByHash;

/// The first two words of every listed phrase, or its only one, with the most that a phrase so started says.
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
            let mut first = None;
            let mut key = None;
            detect::hashes(row.spun, |_, word, pair| {
                if first.is_none() {
                    first = Some(word);
                } else {
                    key.get_or_insert(pair);
                }
            });
            let apart = row.guard().within.is_some();
            let Some(key) = key.filter(|_| !apart).or(first) else { continue };
            let (at, bit) = place(key);
            out.bits[at] |= 1 << bit;
            let most = out.nats.entry(key).or_default();
            *most = most.max(nats);
        }
        out
    }

    /// The most that phrases say, in nats, which start with this word or with this pair of words.
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
    fn a_phrase_says_at_most_what_its_first_words_do() {
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
        assert!(Bound::may_matter(most("Gusty Mill owners of the breezy north")));
        assert!(most("a gusty day at the mill").abs() < 1e-9);
        assert!(most("A breezy day") > 0.0);
    }
}
