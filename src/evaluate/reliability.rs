//! Whether confidence means what it says.

/// Findings of similar confidence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// How many there are.
    pub findings: usize,
    /// How many of them are right.
    pub right: usize,
    /// Sum of their confidences.
    confidence: f64,
}

impl Bin {
    /// Mean confidence, in [0, 1]; `None` if the bin is empty.
    pub fn mean_confidence(&self) -> Option<f64> {
        (self.findings > 0).then(|| self.confidence / self.findings as f64)
    }

    /// Share that is right, in [0, 1]; `None` if the bin is empty.
    pub fn share_right(&self) -> Option<f64> {
        (self.findings > 0).then(|| self.right as f64 / self.findings as f64)
    }
}

/// Findings by confidence, in ten bins of equal width.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reliability {
    bins: [Bin; Self::BINS],
}

impl Reliability {
    /// How many bins there are.
    pub const BINS: usize = 10;

    /// Adds a finding of some confidence in [0, 1].
    pub fn add(&mut self, confidence: f64, is_right: bool) {
        // Bounds are tenths as they are written, so that 0.7 is in the bin that starts with it.
        let number = (1..Self::BINS).take_while(|&number| confidence >= Self::bounds(number).0).count();
        let bin = &mut self.bins[number];
        bin.findings += 1;
        bin.right += usize::from(is_right);
        bin.confidence += confidence;
    }

    /// The bins, from the least confidence to the greatest.
    pub fn bins(&self) -> &[Bin] {
        &self.bins
    }

    /// Least confidence of a bin, and the least of the next one; the last includes 1.
    pub fn bounds(number: usize) -> (f64, f64) {
        (number as f64 / Self::BINS as f64, (number + 1) as f64 / Self::BINS as f64)
    }

    /// All findings.
    pub fn findings(&self) -> usize {
        self.bins.iter().map(|bin| bin.findings).sum()
    }

    /// Expected calibration error: the mean distance, over findings, of a bin's confidence from its share that is right. `None`
    /// without findings.
    pub fn expected_calibration_error(&self) -> Option<f64> {
        let distance = |bin: &Bin| (bin.confidence - bin.right as f64).abs();
        let all = self.findings();
        (all > 0).then(|| self.bins.iter().map(distance).sum::<f64>() / all as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_and_error() {
        let mut reliability = Reliability::default();
        for (confidence, is_right) in [(0.7, true), (0.79, false), (0.95, true), (1.0, true), (0.0, false)] {
            reliability.add(confidence, is_right);
        }
        let counts: Vec<usize> = reliability.bins().iter().map(|bin| bin.findings).collect();
        assert_eq!(counts, [1, 0, 0, 0, 0, 0, 0, 2, 0, 2]);
        let bin = reliability.bins()[7];
        assert_eq!((bin.mean_confidence(), bin.share_right()), (Some(0.745), Some(0.5)));
        assert_eq!(reliability.bins()[1].share_right(), None);
        // |0 − 0| + |1.49 − 1| + |1.95 − 2|, over five.
        assert!((reliability.expected_calibration_error().unwrap() - 0.54 / 5.0).abs() < 1e-12);
        assert_eq!(Reliability::default().expected_calibration_error(), None);
    }
}
