//! The words that a language model knows, as small numbers.

use crate::bytes::{u16_at, u32_at};
use crate::hash;

/// Number of a word in a model's vocabulary.
pub type WordId = u16;

/// Any word that is not in the vocabulary.
pub const UNKNOWN: WordId = 0;
/// What stands before the first word of a sentence.
pub const SENTENCE_START: WordId = 1;
/// A number that is not in the vocabulary by itself.
pub const NUMBER: WordId = 2;
/// Numbers below this are the special words above.
pub(super) const FIRST_WORD: usize = 3;

/// Log of the number of buckets: with 65,000 words, eight in each.
const BUCKET_BITS: u32 = 13;
const BUCKETS: usize = 1 << BUCKET_BITS;

/// A vocabulary used in place: 44 bits of each word's hash, sorted, the position being the number.
///
/// A word outside the vocabulary is taken for one inside with a probability of 4 in a billion; building refuses words that
/// collide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vocabulary<'m> {
    starts: &'m [u8],
    tags: &'m [u8],
}

/// Words among which one may be.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bucket {
    first: usize,
    last: usize,
    /// Tag of the first.
    tag: u32,
}

/// What stands for a lexeme that is not in the vocabulary.
pub(super) fn class_of(lexeme: &str) -> WordId {
    if lexeme.starts_with(|c: char| c.is_ascii_digit()) { NUMBER } else { UNKNOWN }
}

fn slot(word: &str) -> (usize, u32) {
    slot_of_hash(hash::bytes(word.as_bytes()))
}

fn slot_of_hash(hash: u64) -> (usize, u32) {
    #[allow(clippy::cast_possible_truncation, reason = "parts of a hash are wanted")]
    let parts = ((hash >> (64 - BUCKET_BITS)) as usize, (hash >> (32 - BUCKET_BITS)) as u32);
    parts
}

impl<'m> Vocabulary<'m> {
    /// Length in bytes of the bucket table.
    pub(super) const STARTS_LEN: usize = (BUCKETS + 1) * 2;

    /// A vocabulary over its two tables.
    pub(super) fn new(starts: &'m [u8], tags: &'m [u8]) -> Self {
        Self { starts, tags }
    }

    fn start(&self, bucket: usize) -> usize {
        usize::from(u16_at(self.starts, 2 * bucket))
    }

    /// The number of a word, if it is known.
    pub(super) fn get(&self, word: &str) -> Option<WordId> {
        self.get_by_hash(hash::bytes(word.as_bytes()))
    }

    #[inline]
    fn get_by_hash(&self, hash: u64) -> Option<WordId> {
        self.get_in(&self.bucket(hash), hash)
    }

    /// The words among which one with this hash would be.
    #[inline]
    pub(super) fn bucket(&self, hash: u64) -> Bucket {
        let (bucket, _) = slot_of_hash(hash);
        let (first, last) = (self.start(bucket), self.start(bucket + 1));
        Bucket { first, last, tag: u32_at(self.tags, 4 * first) }
    }

    #[inline]
    fn get_in(&self, bucket: &Bucket, hash: u64) -> Option<WordId> {
        let (_, tag) = slot_of_hash(hash);
        let &Bucket { first, last, tag: first_tag } = bucket;
        // Tags are in order.
        if tag < first_tag {
            return None;
        }
        let tags = self.tags.get(4 * first..4 * last)?;
        let at = tags.chunks_exact(4).position(|b| u32_at(b, 0) == tag)?;
        WordId::try_from(FIRST_WORD + first + at).ok()
    }

    /// [`id_of_hash`](Self::id_of_hash), where the bucket is known.
    #[inline]
    pub(super) fn id_in(&self, bucket: &Bucket, hash: u64, is_number: bool) -> WordId {
        self.get_in(bucket, hash).unwrap_or(if is_number { NUMBER } else { UNKNOWN })
    }

    /// The number of a lexeme: known words and numbers by themselves, others by their class.
    pub(super) fn id(&self, lexeme: &str) -> WordId {
        self.get(lexeme).unwrap_or_else(|| class_of(lexeme))
    }

    /// The number of a lexeme by its hash; `is_number` says whether it starts with a digit.
    #[inline]
    pub(super) fn id_of_hash(&self, hash: u64, is_number: bool) -> WordId {
        self.id_in(&self.bucket(hash), hash, is_number)
    }
}

/// Sorts words into the order of their numbers and writes the two tables. `None` if two words collide.
pub(super) fn tables(words: &mut [String]) -> Option<(Vec<u8>, Vec<u8>)> {
    words.sort_by_cached_key(|word| slot(word));
    if words.windows(2).any(|pair| slot(&pair[0]) == slot(&pair[1])) {
        return None;
    }
    let mut starts = Vec::with_capacity(Vocabulary::STARTS_LEN);
    let mut tags = Vec::with_capacity(4 * words.len());
    let mut next = 0;
    for bucket in 0..=BUCKETS {
        while words.get(next).is_some_and(|word| slot(word).0 < bucket) {
            tags.extend_from_slice(&slot(&words[next]).1.to_le_bytes());
            next += 1;
        }
        starts.extend_from_slice(&u16::try_from(next).ok()?.to_le_bytes());
    }
    Some((starts, tags))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_positions() {
        let mut words: Vec<String> = (0..500).map(|i| format!("word{i}")).collect();
        let (starts, tags) = tables(&mut words).unwrap();
        let vocabulary = Vocabulary::new(&starts, &tags);
        for (position, word) in words.iter().enumerate() {
            assert_eq!(vocabulary.get(word), Some(WordId::try_from(position + FIRST_WORD).unwrap()));
        }
        assert_eq!(vocabulary.get("other"), None);
    }
}
