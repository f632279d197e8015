//! How well a score tells spun documents from genuine ones.

use std::cmp::Ordering;

/// The false-positive rates at which recall is told, in thousandths.
pub const FALSE_POSITIVES_PER_MILLE: [usize; 2] = [1, 10];

/// A threshold on the score: documents above it count as spun.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OperatingPoint {
    /// The greatest score that does not count as spun.
    pub threshold: f64,
    /// Genuine documents above it.
    pub false_positives: usize,
}

/// Area under the receiver operating characteristic: the probability that a spun document has a greater score than a genuine one,
/// ties counting half (Mann and Whitney 1947, by midranks). `None` if either kind is missing.
pub fn auroc(clean: &[f64], spun: &[f64]) -> Option<f64> {
    if clean.is_empty() || spun.is_empty() {
        return None;
    }
    let mut all: Vec<(f64, bool)> =
        clean.iter().map(|&score| (score, false)).chain(spun.iter().map(|&score| (score, true))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rank_sum = 0.0;
    let mut before = 0;
    for ties in all.chunk_by(|a, b| a.0.partial_cmp(&b.0) == Some(Ordering::Equal)) {
        let midrank = before as f64 + (ties.len() + 1) as f64 / 2.0;
        rank_sum += midrank * ties.iter().filter(|(_, is_spun)| *is_spun).count() as f64;
        before += ties.len();
    }
    let (n, m) = (clean.len() as f64, spun.len() as f64);
    Some((rank_sum - m * (m + 1.0) / 2.0) / (n * m))
}

/// The lowest threshold that at most `per_mille` thousandths of the genuine documents are above: the highest recall at that
/// false-positive rate. Below 1,000 documents, 0.1 % of them is none. `None` without genuine documents.
pub fn operating_point(clean: &[f64], per_mille: usize) -> Option<OperatingPoint> {
    let mut descending = clean.to_vec();
    descending.sort_by(|a, b| b.total_cmp(a));
    let allowed = clean.len() * per_mille / 1_000;
    let threshold = if allowed >= clean.len() { f64::NEG_INFINITY } else { descending[allowed] };
    let false_positives = clean.iter().filter(|&&score| score > threshold).count();
    (!clean.is_empty()).then_some(OperatingPoint { threshold, false_positives })
}

/// Share of the spun documents above a threshold; `None` if there are none.
pub fn recall_above(spun: &[f64], threshold: f64) -> Option<f64> {
    let above = spun.iter().filter(|&&score| score > threshold).count();
    (!spun.is_empty()).then(|| above as f64 / spun.len() as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All pairs, one by one.
    fn by_pairs(clean: &[f64], spun: &[f64]) -> f64 {
        let half_wins = |s: f64, c: f64| if s > c { 2 } else { u32::from(s >= c) };
        let sum: u32 = spun.iter().flat_map(|&s| clean.iter().map(move |&c| half_wins(s, c))).sum();
        f64::from(sum) / 2.0 / (clean.len() * spun.len()) as f64
    }

    proptest! {
        #[test]
        fn auroc_counts_pairs(
            clean in prop::collection::vec(0u8..12, 1..40),
            spun in prop::collection::vec(4u8..16, 1..40),
        ) {
            let scores = |v: &[u8]| v.iter().map(|&n| f64::from(n) / 16.0).collect::<Vec<_>>();
            let (clean, spun) = (scores(&clean), scores(&spun));
            prop_assert!((auroc(&clean, &spun).unwrap() - by_pairs(&clean, &spun)).abs() < 1e-12);
        }

        /// No threshold among the scores keeps to the rate and finds more.
        #[test]
        fn no_better_threshold(
            clean in prop::collection::vec(0u8..12, 1..40),
            spun in prop::collection::vec(4u8..16, 1..40),
            per_mille in 0usize..=1_000,
        ) {
            let scores = |v: &[u8]| v.iter().map(|&n| f64::from(n)).collect::<Vec<_>>();
            let (clean, spun) = (scores(&clean), scores(&spun));
            let point = operating_point(&clean, per_mille).unwrap();
            prop_assert!(point.false_positives * 1_000 <= clean.len() * per_mille);
            let recall = recall_above(&spun, point.threshold).unwrap();
            for threshold in clean.iter().chain(&spun).copied().chain([f64::NEG_INFINITY]) {
                let false_positives = clean.iter().filter(|&&score| score > threshold).count();
                if false_positives * 1_000 <= clean.len() * per_mille {
                    prop_assert!(recall_above(&spun, threshold).unwrap() <= recall);
                }
            }
        }
    }

    #[test]
    fn auroc_of_ties_and_infinities() {
        assert_eq!(auroc(&[0.5, 0.5], &[0.5]), Some(0.5));
        assert_eq!(auroc(&[0.0, f64::NEG_INFINITY], &[f64::INFINITY, 1.0]), Some(1.0));
        assert_eq!(auroc(&[0.0, -0.0], &[0.0]), Some(0.5));
        assert_eq!((auroc(&[], &[1.0]), auroc(&[1.0], &[])), (None, None));
    }

    #[test]
    fn recall_at_false_positives() {
        // 200 genuine documents with scores 0, 0.001, …, 0.199: 1 % are two.
        let clean: Vec<f64> = (0..200).map(|n| f64::from(n) / 1_000.0).collect();
        let spun = [0.9, 0.1985, 0.1975, 0.1965, 0.1];
        let at = |per_mille| operating_point(&clean, per_mille).unwrap();
        assert_eq!(at(10), OperatingPoint { threshold: 0.197, false_positives: 2 });
        assert_eq!(recall_above(&spun, at(10).threshold), Some(0.6));
        // 0.1 % of 200 is none: above all of them.
        assert_eq!(at(1), OperatingPoint { threshold: 0.199, false_positives: 0 });
        assert_eq!(recall_above(&spun, at(1).threshold), Some(0.2));
        // Ties are on one side together: allowed one of four, the two best being equal, none is above.
        assert_eq!(
            operating_point(&[0.1, 0.7, 0.2, 0.7], 250),
            Some(OperatingPoint { threshold: 0.7, false_positives: 0 })
        );
        assert_eq!(operating_point(&[], 10), None);
        assert_eq!(recall_above(&[], 0.5), None);
    }
}
