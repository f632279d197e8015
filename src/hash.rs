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

/// A hash as a number in [0, 1).
pub(crate) fn fraction(hash: u64) -> f64 {
    (hash >> 11) as f64 / (1u64 << 53) as f64
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

/// Values by hash: open addressing, at most half full. What was hashed isn't kept.
///
/// Most look-ups are of what isn't there. A filter of eight bits for each slot, small enough for a cache, answers nearly all of
/// these (Bloom 1970, with one bit for a value).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table<V> {
    slots: Vec<(u64, Option<V>)>,
    filter: Vec<u64>,
}

/// Where the bit of a hash is in a filter of so many words, a power of two: the word, and the bit in it. Other parts of the hash tell the
/// slot.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
fn filter_bit(hash: u64, words: usize) -> (usize, u64) {
    ((hash >> 46) as usize & (words - 1), 1 << (hash >> 40 & 63))
}

impl<V> Table<V> {
    /// A table of some values, each with a hash of its own.
    pub(crate) fn of(values: impl ExactSizeIterator<Item = (u64, V)>) -> Self {
        let mut out = Self::with_room_for(values.len());
        for (hash, value) in values {
            out.get_or_insert(hash, value);
        }
        out
    }

    /// A table of some hashes, the same more than once or not, that all have this value.
    pub(crate) fn of_each(hashes: &[u64], value: V) -> Self
    where
        V: Copy,
    {
        Self::of(hashes.iter().map(|&hash| (hash, value)))
    }

    /// An empty table that may get up to so many values.
    pub(crate) fn with_room_for(most: usize) -> Self {
        let slots = (2 * most).next_power_of_two();
        Self {
            slots: std::iter::repeat_with(|| (0, None)).take(slots).collect(),
            filter: vec![0; (slots / 8).max(1)],
        }
    }

    /// The value of a hash, which is this one if it had none.
    pub(crate) fn get_or_insert(&mut self, hash: u64, value: V) -> &mut V {
        let (word, bit) = filter_bit(hash, self.filter.len());
        self.filter[word] |= bit;
        let place = self.place(hash);
        let slot = &mut self.slots[place];
        slot.0 = hash;
        slot.1.get_or_insert(value)
    }

    /// Where a hash stands, or would.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        self.place_from(self.first_place(hash), hash)
    }

    /// Where to look for a hash first.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
    fn first_place(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.slots.len() - 1)
    }

    #[inline]
    fn place_from(&self, mut at: usize, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        while self.slots[at].1.is_some() && self.slots[at].0 != hash {
            at = (at + 1) & mask;
        }
        at
    }

    /// Whether a hash may be there: the filter knows of most that they aren't.
    #[inline]
    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = filter_bit(hash, self.filter.len());
        self.filter[word] & bit != 0
    }

    /// Where a hash stands, or would, unless the filter knows that it doesn't.
    #[inline]
    fn likely_place(&self, hash: u64) -> Option<usize> {
        self.may_have(hash).then(|| self.place(hash))
    }

    /// The value of a hash.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> Option<&V> {
        self.slots[self.likely_place(hash)?].1.as_ref()
    }

    /// The values of many hashes, each with what comes with it. What takes time is waiting for memory: the filter is asked for all
    /// of them, and then the table, so that many look-ups are on their way at once.
    pub(crate) fn get_all<T: Copy>(&self, hashes: impl Iterator<Item = (u64, T)>) -> Vec<(T, &V)> {
        let mut likely = Vec::with_capacity(hashes.size_hint().1.unwrap_or_default());
        let hashes = hashes.filter(|&(hash, _)| self.may_have(hash));
        likely.extend(hashes.map(|(hash, with)| (self.first_place(hash), hash, with)));
        let mut out = Vec::with_capacity(likely.len());
        out.extend(likely.iter().filter_map(|&(place, hash, with)| {
            let slot = &self.slots[self.place_from(place, hash)];
            Some((with, slot.1.as_ref()?))
        }));
        out
    }

    /// The value of a hash, to be changed.
    #[inline]
    pub(crate) fn get_mut(&mut self, hash: u64) -> Option<&mut V> {
        let place = self.likely_place(hash)?;
        self.slots[place].1.as_mut()
    }

    /// All hashes with their values, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &V)> {
        self.slots.iter().filter_map(|(hash, value)| Some((*hash, value.as_ref()?)))
    }
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Self::with_room_for(0)
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

    #[test]
    fn values_by_hash() {
        // Hashes that want the same place, and one that is zero.
        let hashes = [0, 1, 1 << 20, (1 << 20) + 1, u64::MAX, 1 << 60];
        let table = Table::of(hashes.into_iter().zip([0, 1, 2, 3, 4, 5]));
        for (hash, value) in hashes.into_iter().zip(0..) {
            assert_eq!(table.get(hash), Some(&value));
        }
        assert_eq!((table.get(2), table.get(3 << 20), table.iter().count()), (None, None, hashes.len()));
        assert_eq!(Table::<u8>::default().get(0), None);
    }

    /// Stored files depend on these values.
    #[test]
    fn never_changes() {
        assert_eq!(bytes(b""), bytes(b""));
        assert_ne!(bytes(b"a"), bytes(b"a\0"));
        assert_ne!(combine(1, 2), combine(2, 1));
    }
}
