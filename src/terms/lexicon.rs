//! Words and n-grams of academic English, and synonyms: a compact file that is used in place.
//!
//! ```text
//! magic, version (u32), numbers of words, n-grams, buckets and synonyms, length of the description (u32 each)
//! words      offsets (u32, one more than words) and UTF-8 bytes, sorted; the position is the word's number
//! counts     a byte each: 16 times the logarithm of the count
//! buckets    first n-gram of each (u32, one more than buckets)
//! n-grams    three bytes each: a tag of 19 bits of the hash, and 5 bits for the logarithm of P(last word | those before)
//! synonyms   first of each word (u32, one more than words), then for each word a byte for the likeness of its closest (high four
//!            bits) and its farthest synonym, then numbers of words (u16), the closest first
//! about      JSON: what it was built from, with digests
//! checksum   of all before (u64)
//! ```

use thiserror::Error;

use crate::bytes::{Bytes, u16_at, u32_at, u64_at};
use crate::hash;

pub(super) const MAGIC: &[u8; 8] = b"UNSPINLX";
pub(super) const VERSION: u32 = 1;
pub(super) const HEADER_LEN: usize = 8 + 6 * 4;
/// Bits of a stored logarithm.
pub(super) const VALUE_BITS: u32 = 5;
/// Nats of one step of a stored logarithm.
pub(super) const STEP: f64 = 0.4;
/// Steps of a stored count for each nat.
pub(super) const COUNT_STEPS: f64 = 16.0;
const TAG_BITS: u32 = 24 - VALUE_BITS;

/// Bytes that are not a lexicon of this version.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum LexiconError {
    /// Not the format at all.
    #[error("not a lexicon of terms: build one with `unspin dict lexicon CORPUS -o FILE.lex`")]
    Foreign,
    /// Another version of the format.
    #[error("lexicon format {found}, this program reads {VERSION}: build it anew with `unspin dict lexicon`")]
    Version {
        /// The version that the file names.
        found: u32,
    },
    /// The bytes changed since they were written.
    #[error("the lexicon is damaged: build it anew with `unspin dict lexicon`")]
    Damaged,
}

/// Number of a word in a lexicon.
pub(super) type LexId = u32;

/// The words, n-grams and synonyms.
#[derive(Debug)]
pub struct Lexicon {
    bytes: Bytes,
    words: usize,
    buckets: usize,
    /// Where the sections start.
    at: [usize; 9],
    checksum: u64,
}

/// Bucket and tag of an n-gram in a table of so many buckets (a power of two).
pub(super) fn slot(gram: &[LexId], buckets: usize) -> (usize, u32) {
    let hash = gram.iter().fold(gram.len() as u64, |hash, &id| hash::combine(hash, u64::from(id)));
    #[allow(clippy::cast_possible_truncation, reason = "parts of a hash are wanted")]
    let parts = ((hash >> 32) as usize & (buckets - 1), hash as u32 & ((1 << TAG_BITS) - 1));
    parts
}

impl Lexicon {
    /// A lexicon from bytes that are compiled into the program: they are not checked beyond their header.
    ///
    /// # Errors
    ///
    /// If the header is not that of a lexicon of this version.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, LexiconError> {
        Self::open(Bytes::Static(bytes), false)
    }

    /// A lexicon from the bytes of a file, which are checked against their checksum.
    ///
    /// # Errors
    ///
    /// If they are not a lexicon of this version, or damaged.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, LexiconError> {
        Self::open(Bytes::Shared(bytes.into()), true)
    }

    fn open(bytes: Bytes, verify: bool) -> Result<Self, LexiconError> {
        let data = bytes.as_ref();
        if !data.starts_with(MAGIC) {
            return Err(LexiconError::Foreign);
        }
        let found = u32_at(data, 8);
        if found != VERSION {
            return Err(LexiconError::Version { found });
        }
        let end = data.len().checked_sub(8).filter(|&end| end >= HEADER_LEN).ok_or(LexiconError::Damaged)?;
        let checksum = u64_at(data, end);
        if verify && hash::bytes(&data[..end]) != checksum {
            return Err(LexiconError::Damaged);
        }
        let field = |i: usize| u32_at(data, 12 + 4 * i) as usize;
        let (words, grams, buckets, synonyms) = (field(0), field(1), field(2), field(3));
        let text = u32_at(data, HEADER_LEN + 4 * words) as usize;
        let lengths = [
            4 * (words + 1),
            text,
            words,
            4 * (buckets + 1),
            3 * grams,
            4 * (words + 1),
            words,
            2 * synonyms,
        ];
        let mut at = [HEADER_LEN; 9];
        for (index, length) in lengths.into_iter().enumerate() {
            at[index + 1] = at[index].saturating_add(length);
        }
        if at[8] > end || !buckets.is_power_of_two() {
            return Err(LexiconError::Damaged);
        }
        Ok(Self { bytes, words, buckets, at, checksum })
    }

    /// Checksum of its bytes: names it in reports.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// A word by its number; empty if there is none.
    pub(super) fn word(&self, id: LexId) -> &str {
        let data = self.bytes.as_ref();
        let offset = |i: usize| u32_at(data, self.at[0] + 4 * i) as usize;
        let (start, end) = (self.at[1] + offset(id as usize), self.at[1] + offset(id as usize + 1));
        data.get(start..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The number of a word, if it is known.
    pub(super) fn id(&self, word: &str) -> Option<LexId> {
        let (mut low, mut high) = (0, self.words);
        while low < high {
            let middle = low.midpoint(high);
            let id = LexId::try_from(middle).ok()?;
            match self.word(id).cmp(word) {
                std::cmp::Ordering::Equal => return Some(id),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Logarithm of how often a word was counted.
    pub(super) fn log_count(&self, id: LexId) -> f64 {
        let code = self.bytes.as_ref().get(self.at[2] + id as usize).copied().unwrap_or(0);
        f64::from(code) / COUNT_STEPS
    }

    /// Logarithm of P(last word | those before), if the n-gram is kept.
    pub(super) fn log_probability(&self, gram: &[LexId]) -> Option<f64> {
        let data = self.bytes.as_ref();
        let (bucket, tag) = slot(gram, self.buckets);
        let start = |i: usize| u32_at(data, self.at[3] + 4 * i) as usize;
        (start(bucket)..start(bucket + 1)).find_map(|index| {
            let entry = data.get(self.at[4] + 3 * index..self.at[4] + 3 * index + 3)?;
            let code = u32::from_le_bytes([entry[0], entry[1], entry[2], 0]);
            (code >> VALUE_BITS == tag).then(|| -STEP * f64::from(code & ((1 << VALUE_BITS) - 1)))
        })
    }

    /// The synonyms of a word, the closest first, each with its likeness in (0, 1].
    pub(super) fn synonyms(&self, id: LexId) -> impl Iterator<Item = (LexId, f64)> + '_ {
        let data = self.bytes.as_ref();
        let start = |i: usize| u32_at(data, self.at[5] + 4 * i) as usize;
        let (first, end) = (start(id as usize), start(id as usize + 1));
        let code = data.get(self.at[6] + id as usize).copied().unwrap_or(0);
        let (close, far) = (likeness(code >> 4), likeness(code & 15));
        let steps = (end - first.min(end)).saturating_sub(1).max(1) as f64;
        (first..end).map(move |at| {
            let share = (at - first) as f64 / steps;
            (LexId::from(u16_at(data, self.at[7] + 2 * at)), close.powf(1.0 - share) * far.powf(share))
        })
    }
}

/// What four bits of likeness stand for.
fn likeness(code: u8) -> f64 {
    (f64::from(code) + 1.0) / 16.0
}

/// The four bits that stand for a likeness.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 15")]
pub(super) fn likeness_code(likeness: f64) -> u8 {
    (likeness * 16.0 - 1.0).round().clamp(0.0, 15.0) as u8
}
