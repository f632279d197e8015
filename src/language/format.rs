//! The layout of a model file: shared by the writer (`train`) and the reader (`model`).
//!
//! ```text
//! header      64 bytes: magic, version, order, sizes, seed of the table, checksum of all that follows
//! codebooks   per order: 64 log probabilities, 32 log back-offs (f32, natural logarithms)
//! starts      vocabulary: first number of each bucket (u16)
//! tags        vocabulary: 32 bits of each word's hash (u32)
//! unigrams    code of each word (u16)
//! table       codes of all longer n-grams, a static function of the hash of their words
//! about       JSON: corpora with digests, options, version
//! ```
//!
//! The code of a word is `steps << 5 | back-off`, its logarithm being so many hundredths below 0: nothing is asked for as often. That of
//! a longer n-gram is `probability << 4 | back-off`. Back-off 0 means that no longer n-gram starts with this one. All numbers are
//! little-endian.

/// First bytes of a model.
pub(super) const MAGIC: &[u8; 8] = b"UNSPINLM";
/// Version of the layout; a reader takes exactly its own.
pub(super) const VERSION: u32 = 2;
/// Bytes of the header.
pub(super) const HEADER_LEN: usize = 64;
/// Orders that the format holds.
pub(crate) const MAX_ORDER: usize = 4;
/// Bits of the back-off code of a word.
pub(super) const WORD_BACKOFF_BITS: u32 = 5;
/// Steps of a word's logarithm to the nat.
pub(super) const WORD_STEPS: f32 = 100.0;
/// Bits of the back-off code of a longer n-gram.
pub(super) const BACKOFF_BITS: u32 = 4;
/// Number of probability codes of longer n-grams.
pub(super) const PROBABILITIES: usize = 64;
/// Number of back-off codes that a codebook has room for.
pub(super) const BACKOFFS: usize = 1 << WORD_BACKOFF_BITS;
/// Bytes of one order's codebooks.
pub(super) const CODEBOOK_LEN: usize = 4 * (PROBABILITIES + BACKOFFS);
