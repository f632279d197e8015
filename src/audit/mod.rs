//! The record of what was done: written as a chain, verified, replayed, reverted.
//!
//! A trail is JSON Lines, in UTF-8, each line ended by a line feed:
//!
//! ```text
//! {"type":"header","schema":"unspin-audit","version":1,"tool":…,"policy":{…},"dictionaries":[…],"model":…, seal}
//! {"type":"document","id":1,"path":…,"sha256_before":…,"sha256_after":…, …,"records":2, seal}
//! {"type":"fix","id":1,"outcome":"applied","decided_by":"policy","rule":…,"confidence":…,"edits":[…], seal}
//! {"type":"fix","id":2,"outcome":"skipped","reason":"below-min-confidence", …, seal}
//! {"type":"end","documents":1, seal}
//! ```
//!
//! The seal is the last three fields of every line:
//! `"line":N,"previous":"<digest of the line before>","digest":"<digest of this line>"`. `line` counts from 1; the header's
//! `previous` is 64 zeros. The digest is SHA-256 in lower-case hexadecimal over the bytes of the line from its first `{` up to,
//! but not including, the comma of `,"digest":"…"}`. Any tool can check it, without knowing what the fields mean and without
//! writing JSON the way this crate does.
//!
//! What the chain shows: a changed byte (the line's digest is wrong), a record dropped, moved or repeated (the numbers and
//! `previous` are wrong), one altered and sealed anew (the next line's `previous` is wrong), a trail cut short or continued
//! (the counts and the `end` line). What it can't show: a trail rewritten as a whole, since there is no secret in it. Who
//! needs that keeps [`Trail::digest`], the digest of the last line, somewhere else.
//!
//! The digests of the text before and after close the circle: [`replay`] makes the repaired text from the original,
//! [`revert`] the original from the repaired text, and both accept nothing that is not right to the byte.

mod assemble;
mod chain;
mod problem;
mod read;
mod record;
mod replay;
#[cfg(test)]
mod roundtrip;
mod sequence;
#[cfg(test)]
mod tampering;
mod write;

pub use assemble::{RecordError, records};
pub use problem::Problem;
pub use read::{AuditError, Trail, Verification, read_trail, verify_trail, walk_trail};
pub use record::{AuditRecord, DocumentRecord, Header, RecordedEdit, TrailDocument};
pub use replay::{ReplayError, replay, revert};
pub use write::{AuditWriter, TrailState, WriteError};

/// Name of the schema, in the header of every trail.
pub const SCHEMA: &str = "unspin-audit";
/// Version of the schema; a reader takes exactly its own.
pub const VERSION: u64 = 1;
