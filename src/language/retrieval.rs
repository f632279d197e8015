//! A static function from 64-bit keys to 10-bit values in 2.8 bytes a key.
//!
//! The cells form a 3-wise binary fuse table (Graf & Lemire 2022), used to store values and not only
//! membership (a Bloomier filter; for language models: Talbot & Brants 2008): the exclusive or of a key's three
//! cells is its value beside a 10-bit fingerprint of the key. A key that was never stored is taken for a stored one
//! once in 1,024 times; a stored key always gives its value.

use crate::bytes::u32_at;
use crate::hash;

/// Bits of a value.
pub(super) const VALUE_BITS: u32 = 10;
/// Bits of a cell: value and fingerprint. Two cells fill five bytes.
const CELL_MASK: u32 = 0x000f_ffff;
/// Bytes behind the last cell, so that four can be read everywhere.
const PADDING: usize = 2;
/// Seeds tried before giving up; each fails with a probability of well under one half.
const ATTEMPTS: u64 = 64;

/// Where the three cells of a key are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Seed of the hash.
    pub seed: u64,
    /// Cells in a segment, a power of two.
    pub segment_len: u32,
    /// Number of segments in which a key's first cell may lie.
    pub segments: u32,
}

impl Shape {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small positive numbers")]
    fn for_keys(count: usize, seed: u64) -> Self {
        let n = count.max(2) as f64;
        let segment_len = 1u32 << ((n.ln() / 3.33f64.ln() + 2.25).floor() as u32).min(18);
        let factor = (0.875 + 0.25 * 1e6f64.ln() / n.ln()).max(1.125);
        let cells = (n * factor).round() as u32;
        let segments = cells.div_ceil(segment_len).saturating_sub(2).max(1);
        Self { seed, segment_len, segments }
    }

    /// Whether a table of this shape can be: at most 2^18 cells in a segment, and fewer than 2^31 in all.
    pub(super) fn is_possible(&self) -> bool {
        let cells = u64::from(self.segment_len) * (u64::from(self.segments) + 2);
        self.segment_len.is_power_of_two()
            && self.segments > 0
            && self.segment_len <= 1 << 18
            && cells < 1 << 31
    }

    /// Number of cells.
    pub(super) fn cells(&self) -> usize {
        (self.segments as usize + 2) * self.segment_len as usize
    }

    /// Bytes of the table.
    pub(super) fn bytes(&self) -> usize {
        self.cells().div_ceil(2) * 5 + PADDING
    }

    /// The place of a key.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "parts of a hash are wanted")]
    pub(super) fn locate(&self, key: u64) -> Place {
        let hash = hash::combine(self.seed, key);
        let range = u64::from(self.segments) * u64::from(self.segment_len);
        let first = ((u128::from(hash) * u128::from(range)) >> 64) as u32;
        let mask = self.segment_len - 1;
        let second = (first + self.segment_len) ^ ((hash >> 18) as u32 & mask);
        let third = (first + 2 * self.segment_len) ^ (hash as u32 & mask);
        let fingerprint = (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as u32;
        Place { cells: [first, second, third], fingerprint: fingerprint << VALUE_BITS }
    }
}

/// Where a key is looked up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Its three cells.
    cells: [u32; 3],
    /// Its fingerprint, already in place above the value.
    fingerprint: u32,
}

#[inline]
fn cell(table: &[u8], index: u32) -> u32 {
    // Two and a half bytes each.
    let at = index as usize * 5 / 2;
    u32_at(table, at) >> (4 * (index & 1))
}

/// What the cells of a key say together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Found(u32);

impl Found {
    /// The value, if the key was stored.
    #[inline]
    pub(super) fn value(self) -> Option<u32> {
        self.is_stored().then_some(self.0)
    }

    /// Whether the key was stored.
    #[inline]
    pub(super) fn is_stored(self) -> bool {
        self.0 >> VALUE_BITS == 0
    }

    /// The value, or anything if the key wasn't stored.
    #[inline]
    pub(super) fn any_value(self) -> u32 {
        self.0
    }
}

/// Looks up a key.
#[inline]
pub(super) fn find(shape: &Shape, table: &[u8], key: u64) -> Found {
    find_at(table, &shape.locate(key))
}

/// Looks up the key of a place.
#[inline]
pub(super) fn find_at(table: &[u8], place: &Place) -> Found {
    let [a, b, c] = place.cells.map(|index| cell(table, index));
    Found((a ^ b ^ c) & CELL_MASK ^ place.fingerprint)
}

/// Builds the table of distinct keys with their values. `None` if two keys are equal.
pub(super) fn build(entries: &[(u64, u32)]) -> Option<(Shape, Vec<u8>)> {
    (1..=ATTEMPTS).find_map(|seed| {
        let shape = Shape::for_keys(entries.len(), hash::combine(seed, seed));
        Some((shape, fill(&shape, &peel(&shape, entries)?, entries)))
    })
}

/// Orders the keys so that each has a cell that no later key touches: (entry, which of its cells), first to be assigned
/// last.
fn peel(shape: &Shape, entries: &[(u64, u32)]) -> Option<Vec<(u32, u8)>> {
    // Per cell: how many keys use it, and the exclusive or of their numbers.
    let mut degree = vec![0u8; shape.cells()];
    let mut owners = vec![0u32; shape.cells()];
    for (number, &(key, _)) in entries.iter().enumerate() {
        for at in shape.locate(key).cells {
            let at = at as usize;
            degree[at] = degree[at].checked_add(1)?;
            owners[at] ^= u32::try_from(number).ok()?;
        }
    }
    let mut alone: Vec<usize> = (0..degree.len()).filter(|&at| degree[at] == 1).collect();
    let mut order = Vec::with_capacity(entries.len());
    while let Some(at) = alone.pop() {
        if degree[at] != 1 {
            continue;
        }
        let number = owners[at];
        let cells = shape.locate(entries[number as usize].0).cells.map(|cell| cell as usize);
        let which = cells.iter().position(|&c| c == at)?;
        order.push((number, u8::try_from(which).ok()?));
        for other in cells {
            degree[other] -= 1;
            owners[other] ^= number;
            if degree[other] == 1 {
                alone.push(other);
            }
        }
    }
    (order.len() == entries.len()).then_some(order)
}

fn fill(shape: &Shape, order: &[(u32, u8)], entries: &[(u64, u32)]) -> Vec<u8> {
    let mut cells = vec![0u32; shape.cells()];
    for &(number, which) in order.iter().rev() {
        let (key, value) = entries[number as usize];
        let Place { cells: at, fingerprint } = shape.locate(key);
        let at = at.map(|cell| cell as usize);
        let own = at[usize::from(which)];
        cells[own] = 0;
        cells[own] = cells[at[0]] ^ cells[at[1]] ^ cells[at[2]] ^ fingerprint ^ value;
    }
    let mut out = vec![0u8; shape.bytes()];
    for (index, cell) in cells.iter().enumerate() {
        let odd = index & 1;
        let at = index / 2 * 5 + 2 * odd;
        for (byte, part) in out[at..at + 3].iter_mut().zip(((cell & CELL_MASK) << (4 * odd)).to_le_bytes()) {
            *byte |= part;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_every_value_and_rejects_most_others() {
        let entries: Vec<(u64, u32)> =
            (0..20_000u64).map(|i| (hash::combine(7, i), u32::try_from(i % 1024).unwrap())).collect();
        let (shape, table) = build(&entries).unwrap();
        assert_eq!(table.len(), shape.bytes());
        assert!(entries.iter().all(|&(key, value)| find(&shape, &table, key).value() == Some(value)));
        let false_hits =
            (0..40_960u64).filter(|&i| find(&shape, &table, hash::combine(8, i)).value().is_some()).count();
        assert!(false_hits < 80, "{false_hits} false hits, about 40 expected");
    }

    #[test]
    fn small_tables_work_and_equal_keys_do_not() {
        for count in 0..40 {
            let entries: Vec<(u64, u32)> = (0..count).map(|i| (hash::combine(3, i), 5)).collect();
            let (shape, table) = build(&entries).unwrap();
            assert!(entries.iter().all(|&(key, _)| find(&shape, &table, key).value() == Some(5)));
        }
        assert!(build(&[(1, 1), (1, 2)]).is_none());
    }
}
