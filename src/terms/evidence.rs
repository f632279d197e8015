//! What a listed phrase says of the document that it stands in.

use std::collections::BTreeMap;

use super::listed::Hit;
use crate::hash;
use crate::odds;

/// Prior log-odds of a document that holds any listed phrase.
const PRIOR: f64 = -4.6;
/// Most that one phrase can say, in nats.
const MOST: f64 = 5.0;
/// Occurrences in genuine text (tens of millions of words) after which a phrase says little; genuine text holds a few tortured
/// phrases as well, so that a first occurrence or two prove nothing.
const DOUBT: f64 = 2.0;
/// Probability that the list's canonical form is what stood there, where the phrase is tortured at all.
const CANONICAL: f64 = 0.985;

/// What a hit says, in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence(pub f64);

impl Evidence {
    /// Of a hit: less the more often the phrase stands in genuine text, and nothing after a few dozen times.
    pub fn of(hit: &Hit<'_>) -> Self {
        let genuine = f64::from(hit.row.genuine.unwrap_or(0));
        let papers = f64::from(hit.row.weight);
        // Phrases found in thousands of papers are found in genuine ones too: the list counts both.
        let common = (papers / 5_000.0).max(1.0).ln();
        Self((MOST - 1.5 * (1.0 + genuine / DOUBT).ln() * 1.5 - common).clamp(0.0, MOST))
    }

    /// Confidence that the canonical form stood at the place, in a document that is tortured with probability `document`.
    pub fn confidence(self, document: f64) -> f64 {
        document * CANONICAL / (1.0 + (-self.0).exp())
    }
}

/// Probability that a document was tortured, from its hits: each canonical phrase counts once, by the strongest hit.
pub fn document_probability(hits: &[Hit<'_>]) -> f64 {
    let mut strongest: BTreeMap<u64, f64> = BTreeMap::new();
    for hit in hits {
        let Evidence(nats) = Evidence::of(hit);
        // Unknown expectations are all written alike.
        let key = if hit.display { hash::bytes(hit.row.spun.as_bytes()) } else { hit.row.canonical_key };
        let best = strongest.entry(key).or_default();
        *best = best.max(nats);
    }
    if strongest.is_empty() {
        return 0.0;
    }
    odds::probability(PRIOR + strongest.values().sum::<f64>())
}
