//! The weights of a screen, and how they are stored.

use thiserror::Error;

use super::features::Feature;
use crate::bytes::{u32_at, u64_at};
use crate::hash;

const MAGIC: &[u8; 8] = b"unspinSC";
/// Changes with the layout and with what features are.
const VERSION: u32 = 1;
/// Magic, version, bias, weight of each feature, number of weights, checksum of what follows.
const HEADER_LEN: usize = 8 + 4 * 4 + 8;
/// Weights are stored in steps of so many nats.
const STEP: f32 = 1.0 / 16.0;

/// Bytes that are not the weights of a screen.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ScreenError {
    /// Not the format at all.
    #[error("not a screen: learn one with `unspin screen learn`")]
    Foreign,
    /// Another version of the format.
    #[error("screen format {found}, this program reads {VERSION}: learn it anew with `unspin screen learn`")]
    Version {
        /// The version that the file names.
        found: u32,
    },
    /// The bytes changed since they were written.
    #[error("the screen is damaged: learn it anew with `unspin screen learn`")]
    Damaged,
}

/// What was learned: log-odds are `bias`, and `each` for every feature of a text, and the weight of each kind of feature in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights {
    /// In nats.
    pub(crate) bias: f32,
    /// In nats.
    pub(crate) each: f32,
    /// [Buckets](Feature::bucket) of features with their weights in nats, in order; all others weigh nothing.
    pub(crate) buckets: Vec<(u32, f32)>,
}

impl Weights {
    /// A weight as it is stored, from -128 to 127 steps.
    #[allow(clippy::cast_possible_truncation, reason = "float casts stop at the bounds of the type")]
    fn steps(nats: f32) -> i8 {
        (nats / STEP).round() as i8
    }

    /// Rounds all weights to what is stored of them, and drops those that are nothing then.
    #[must_use]
    pub fn rounded(self) -> Self {
        let buckets =
            self.buckets.into_iter().map(|(bucket, nats)| (bucket, f32::from(Self::steps(nats)) * STEP));
        Self { buckets: buckets.filter(|(_, nats)| *nats != 0.0).collect(), ..self }
    }

    /// As stored: gaps between buckets as LEB128, each with its weight in a byte.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        let mut next = 0;
        for &(bucket, nats) in &self.buckets {
            let mut gap = bucket - next;
            next = bucket + 1;
            while gap >= 0x80 {
                body.push(gap.to_le_bytes()[0] | 0x80);
                gap >>= 7;
            }
            body.push(gap.to_le_bytes()[0]);
            body.push(Self::steps(nats).to_le_bytes()[0]);
        }
        let count = u32::try_from(self.buckets.len()).unwrap_or(u32::MAX);
        let mut out = MAGIC.to_vec();
        for number in [VERSION, self.bias.to_bits(), self.each.to_bits(), count] {
            out.extend(number.to_le_bytes());
        }
        out.extend(hash::bytes(&body).to_le_bytes());
        out.extend(body);
        out
    }

    /// Weights from the bytes of a file.
    ///
    /// # Errors
    ///
    /// If they are not weights of this version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ScreenError> {
        if !bytes.starts_with(MAGIC) {
            return Err(ScreenError::Foreign);
        }
        let found = u32_at(bytes, 8);
        if found != VERSION {
            return Err(ScreenError::Version { found });
        }
        let body = bytes.get(HEADER_LEN..).ok_or(ScreenError::Damaged)?;
        if hash::bytes(body) != u64_at(bytes, HEADER_LEN - 8) {
            return Err(ScreenError::Damaged);
        }
        let mut rest = body.iter().copied();
        let mut buckets = Vec::new();
        let mut next = 0_u32;
        for _ in 0..u32_at(bytes, 20) {
            let (mut gap, mut shift) = (0_u32, 0);
            loop {
                let byte = rest.next().filter(|_| shift < 28).ok_or(ScreenError::Damaged)?;
                gap |= u32::from(byte & 0x7f) << shift;
                shift += 7;
                if byte < 0x80 {
                    break;
                }
            }
            let bucket = next.checked_add(gap).filter(|bucket| *bucket < Feature::BUCKETS);
            let bucket = bucket.ok_or(ScreenError::Damaged)?;
            let steps = rest.next().ok_or(ScreenError::Damaged)?;
            buckets.push((bucket, f32::from(i8::from_le_bytes([steps])) * STEP));
            next = bucket + 1;
        }
        let [bias, each] = [12, 16].map(|at| f32::from_bits(u32_at(bytes, at)));
        if rest.next().is_some() || !bias.is_finite() || !each.is_finite() {
            return Err(ScreenError::Damaged);
        }
        Ok(Self { bias, each, buckets })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn written_and_read(
            bias in -9.0f32..9.0,
            each in -0.1f32..0.1,
            buckets in prop::collection::btree_map(0..Feature::BUCKETS, -9.0f32..9.0, 0..60),
            at: prop::sample::Index,
        ) {
            let weights = Weights { bias, each, buckets: buckets.into_iter().collect() }.rounded();
            let mut bytes = weights.to_bytes();
            prop_assert_eq!(Weights::from_bytes(&bytes), Ok(weights));
            prop_assert!(Weights::from_bytes(&bytes[..at.index(bytes.len())]).is_err());
            if bytes.len() > HEADER_LEN {
                let at = HEADER_LEN + at.index(bytes.len() - HEADER_LEN);
                bytes[at] ^= 1;
                prop_assert_eq!(Weights::from_bytes(&bytes), Err(ScreenError::Damaged));
            }
        }
    }

    #[test]
    fn other_files() {
        assert_eq!(Weights::from_bytes(b"text"), Err(ScreenError::Foreign));
        let mut bytes = Weights::default().to_bytes();
        bytes[8] = 9;
        assert_eq!(Weights::from_bytes(&bytes), Err(ScreenError::Version { found: 9 }));
    }
}
