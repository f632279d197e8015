//! The one hash of this crate, for stored tables and checksums: it must never change, on any machine.
//!
//! Eight bytes at a time are folded in by a 64 × 64 → 128 bit multiplication whose halves are combined (the
//! "mum" step of wyhash). It is not cryptographic: digests that prove something use SHA-256.

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const MULTIPLIER: u64 = 0xd6e8_feb8_6659_fd93;

/// Combines a hash with one more word of 64 bits.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the two halves of the product are what is wanted")]
pub(crate) const fn combine(hash: u64, word: u64) -> u64 {
    let product = (hash ^ MULTIPLIER) as u128 * ((word ^ SEED) as u128);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Hash of a byte string.
#[inline]
pub(crate) fn bytes(data: &[u8]) -> u64 {
    let mut hash = combine(SEED, data.len() as u64);
    let mut chunks = data.chunks_exact(8);
    for chunk in &mut chunks {
        hash = combine(hash, u64::from_le_bytes(chunk.try_into().expect("chunks of eight bytes")));
    }
    let mut last = [0u8; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    combine(hash, u64::from_le_bytes(last))
}

/// Hash of a part of a byte string, the same as that of the part by itself. Short parts are read as one word, together with what stands
/// behind them.
#[inline]
pub(crate) fn part(data: &[u8], start: usize, end: usize) -> u64 {
    let len = end - start;
    match data.get(start..start + 8) {
        Some(word) if len < 8 => {
            let word = u64::from_le_bytes(word.try_into().expect("eight bytes"));
            combine(combine(SEED, len as u64), word & ((1 << (8 * len)) - 1))
        }
        _ => bytes(&data[start..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_by_itself_or_not() {
        let data = b"the quick brown fox jumps over it";
        for start in 0..data.len() {
            for end in start..=data.len() {
                assert_eq!(part(data, start, end), bytes(&data[start..end]), "{start} to {end}");
            }
        }
    }

    /// Stored files depend on these values.
    #[test]
    fn never_changes() {
        assert_eq!(bytes(b""), bytes(b""));
        assert_ne!(bytes(b"a"), bytes(b"a\0"));
        assert_ne!(combine(1, 2), combine(2, 1));
    }
}
