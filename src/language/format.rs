//! The layout of a model file: shared by the writer (`train`) and the reader (`model`).
//!
//! ```text
//! header      64 bytes: magic, version, order, sizes, seed of the table, checksum of all that follows
//! codebooks   per order: 128 log probabilities, 32 log back-offs (f32, natural logarithms)
//! starts      vocabulary: first number of each bucket (u16)
//! tags        vocabulary: 32 bits of each word's hash (u32)
//! unigrams    code of each word (u16)
//! table       codes of all longer n-grams, a static function of the hash of their words
//! about       JSON: corpora with digests, options, version
//! ```
//!
//! A code is `probability << 5 | back-off`; back-off 0 means that no longer n-gram starts with this one. All numbers are little-endian.

/// First bytes of a model.
pub(super) const MAGIC: &[u8; 8] = b"UNSPINLM";
/// Version of the layout; a reader takes exactly its own.
pub(super) const VERSION: u32 = 1;
/// Bytes of the header.
pub(super) const HEADER_LEN: usize = 64;
/// Orders that the format holds.
pub(super) const MAX_ORDER: usize = 4;
/// Bits of a back-off code.
pub(super) const BACKOFF_BITS: u32 = 5;
/// Number of probability codes.
pub(super) const PROBABILITIES: usize = 128;
/// Number of back-off codes.
pub(super) const BACKOFFS: usize = 1 << BACKOFF_BITS;
/// Bytes of one order's codebooks.
pub(super) const CODEBOOK_LEN: usize = 4 * (PROBABILITIES + BACKOFFS);
