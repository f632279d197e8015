//! Weights by bucket, in little memory.

use super::features::Feature;
use super::format::Weights;

/// Bits of a bucket that are looked for in a list; the others lead to it.
const LISTED_BITS: u32 = 8;

/// The buckets that have a weight. They are few: all of this fits into a near cache.
#[derive(Debug, Clone)]
pub(super) struct Buckets {
    /// Where the list of each group of buckets starts, and where the last one ends.
    starts: Vec<u32>,
    /// The low bits of each bucket.
    listed: Vec<u8>,
    /// The weight of each.
    pub(super) nats: Vec<f32>,
}

impl Buckets {
    pub(super) fn new(weights: &Weights) -> Self {
        let mut starts = vec![0; (Feature::BUCKETS >> LISTED_BITS) as usize + 1];
        for &(bucket, _) in &weights.buckets {
            starts[(bucket >> LISTED_BITS) as usize + 1] += 1;
        }
        for group in 1..starts.len() {
            starts[group] += starts[group - 1];
        }
        let listed = weights.buckets.iter().map(|(bucket, _)| bucket.to_le_bytes()[0]).collect();
        Self { starts, listed, nats: weights.buckets.iter().map(|(_, nats)| *nats).collect() }
    }

    /// The number of a bucket's weight.
    #[inline]
    pub(super) fn number(&self, bucket: u32) -> Option<usize> {
        let group = (bucket >> LISTED_BITS) as usize;
        let (start, end) = (self.starts[group] as usize, self.starts[group + 1] as usize);
        let low = bucket.to_le_bytes()[0];
        self.listed[start..end].iter().position(|&listed| listed == low).map(|at| start + at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_of_buckets(
            buckets in prop::collection::btree_set(prop_oneof![0..600_u32, 0..Feature::BUCKETS], 0..80),
            other in 0..Feature::BUCKETS,
        ) {
            let weights = buckets.iter().map(|&bucket| (bucket, 1.0)).collect();
            let found = Buckets::new(&Weights { buckets: weights, ..Weights::default() });
            for (number, &bucket) in buckets.iter().enumerate() {
                prop_assert_eq!(found.number(bucket), Some(number));
            }
            prop_assert_eq!(found.number(other).is_some(), buckets.contains(&other));
        }
    }
}
