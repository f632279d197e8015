//! The layout of a compiled dictionary: shared by the writer (`compile`) and the reader (`lookup`).
//!
//! ```text
//! fst        folded phrase -> ordinal of its row in `phrases`
//! phrases    16 bytes each: first record, number of records, flags, zero
//! records    52 bytes each: spun, canonical, lexemes of canonical, family, source, note, guard (offsets into strings),
//!            weight, weight of all records with the same canonical form, learned bias (f32), count in genuine text (u32,
//!            all ones if it is not known), hash of the canonical form's key (u64), 0 for that of its lexemes
//! strings    length (u16) and UTF-8 bytes, each string once
//! about      JSON: what it was built from, with digests
//! footer     offsets of the five sections (u64), length of the last, checksum of all before, version (u32), magic
//! ```
//!
//! All numbers are little-endian.

/// Last bytes of a compiled dictionary.
pub(super) const MAGIC: &[u8; 8] = b"UNSPINDC";
/// Version of the layout; a reader takes exactly its own.
pub(super) const VERSION: u32 = 2;
/// Bytes of a row of `phrases`.
pub(super) const PHRASE_LEN: usize = 16;
/// Bytes of a row of `records`.
pub(super) const RECORD_LEN: usize = 52;
/// Bytes of the footer.
pub(super) const FOOTER_LEN: usize = 6 * 8 + 8 + 4 + 8;

/// The phrase is never touched where it stands as it is.
pub(super) const FLAG_KEEP: u32 = 1;
/// A spinner may replace the phrase: it is the canonical form of a record.
pub(super) const FLAG_CANONICAL: u32 = 2;
/// It is that of a record which was counted in known text: where the phrase stands, it survived.
pub(super) const FLAG_SURVIVES: u32 = 4;
