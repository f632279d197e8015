//! From rows to a compiled dictionary.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::entry::Entry;
use super::format::{FLAG_CANONICAL, FLAG_KEEP, FLAG_SURVIVES, MAGIC, VERSION};
use super::source::Source;
use crate::hash;
use crate::text::{Tokens, sha256_hex};

/// What a compiled dictionary was built from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The version of this crate that built it.
    pub built_by: String,
    /// Number of substitutions.
    pub entries: usize,
    /// Number of phrases to keep.
    pub keeps: usize,
    /// The sources in the order given.
    pub sources: Vec<SourceDigest>,
}

/// A source file and its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDigest {
    /// The file's name without its folder.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A row that nobody has seen at work counts for this many others: most spinners don't know it.
const UNSEEN: u32 = 25;

/// Why a dictionary can't be compiled.
#[derive(Debug, Error)]
pub enum CompileError {
    /// There is no row at all.
    #[error("no rows: a dictionary needs at least one substitution or phrase to keep")]
    Empty,
    /// A phrase or note is longer than the format holds.
    #[error("a text of {0} bytes: at most 65535 fit in a dictionary")]
    TooLong(usize),
    /// There are more rows than the format counts.
    #[error("more than 4294967295 rows")]
    TooMany,
    /// The description of the sources can't be written as JSON.
    #[error("the description can't be written: {0}")]
    About(#[from] serde_json::Error),
    /// The fst could not be built; keys are sorted and unique, so this is a defect of this program.
    #[error("the phrase index could not be built: {0}")]
    Index(#[from] fst::Error),
}

/// The look-up key of a phrase.
fn key_of(phrase: &str) -> String {
    let tokens = Tokens::of_phrase(phrase);
    tokens.phrase_key(0..tokens.len())
}

/// The key under which a row is found: its phrase, or the first word of it where the words may stand apart.
fn row_key(entry: &Entry) -> String {
    let tokens = Tokens::of_phrase(&entry.spun);
    let end = if entry.guard.within.is_some() { tokens.len().min(1) } else { tokens.len() };
    tokens.phrase_key(0..end)
}

/// The lexemes of a phrase joined by one space.
fn lexemes_of(phrase: &str) -> String {
    let tokens = Tokens::of_phrase(phrase);
    (0..tokens.len()).map(|i| tokens.lexeme(i)).collect::<Vec<_>>().join(" ")
}

/// Strings of the table, each once.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    at: HashMap<String, u32>,
}

impl Strings {
    fn add(&mut self, text: &str) -> Result<u32, CompileError> {
        if let Some(&at) = self.at.get(text) {
            return Ok(at);
        }
        let at = u32::try_from(self.bytes.len()).map_err(|_| CompileError::TooLong(self.bytes.len()))?;
        let len = u16::try_from(text.len()).map_err(|_| CompileError::TooLong(text.len()))?;
        self.bytes.extend_from_slice(&len.to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
        self.at.insert(text.to_owned(), at);
        Ok(at)
    }
}

/// What one key means.
#[derive(Default)]
struct Slot<'s> {
    entries: Vec<&'s Entry>,
    flags: u32,
}

/// Compiles sources into the bytes of a dictionary. The same rows give the same bytes; a later row with the
/// same spun and canonical form replaces an earlier one.
///
/// `digests` names what the rows came from, and is stored as it is.
///
/// # Errors
///
/// If there is no row, or a text is too long for the format.
///
/// # Panics
///
/// If a phrase has 2^32 rows.
pub fn compile(sources: &[Source], digests: Vec<SourceDigest>) -> Result<Vec<u8>, CompileError> {
    let mut rows: BTreeMap<(&str, &str), &Entry> = BTreeMap::new();
    let mut slots: BTreeMap<String, Slot<'_>> = BTreeMap::new();
    let mut biases: HashMap<(&str, &str), f32> = HashMap::new();
    let mut keeps = 0;
    for source in sources {
        for (_, entry) in &source.entries {
            rows.insert((&entry.spun, &entry.canonical), entry);
        }
        for (_, learned) in &source.learned {
            biases.insert((&learned.spun, &learned.canonical), learned.bias);
        }
        for (_, keep) in &source.keeps {
            slots.entry(key_of(&keep.phrase)).or_default().flags |= FLAG_KEEP;
            keeps += 1;
        }
    }
    let mut totals: HashMap<&str, u32> = HashMap::new();
    for (&(_, canonical), entry) in &rows {
        let total = totals.entry(canonical).or_default();
        let unseen = if entry.is_authored() { UNSEEN } else { 1 };
        *total = total.saturating_add(entry.weight.saturating_mul(unseen));
        let survives = if entry.is_observed() || entry.is_thesaurus() { FLAG_SURVIVES } else { 0 };
        slots.entry(key_of(canonical)).or_default().flags |= FLAG_CANONICAL | survives;
        slots.entry(row_key(entry)).or_default().entries.push(entry);
    }
    if slots.is_empty() {
        return Err(CompileError::Empty);
    }

    let mut index = fst::raw::Builder::memory();
    let (mut phrases, mut records, mut strings) = (Vec::new(), Vec::new(), Strings::default());
    let mut record_count = 0u32;
    for (ordinal, (key, slot)) in slots.iter().enumerate() {
        index.insert(key, ordinal as u64)?;
        let count = u32::try_from(slot.entries.len()).map_err(|_| CompileError::TooMany)?;
        for number in [record_count, count, slot.flags, 0] {
            phrases.extend_from_slice(&number.to_le_bytes());
        }
        record_count += count;
        for entry in &slot.entries {
            let lexemes = lexemes_of(&entry.canonical);
            let guard = entry.guard.encode();
            let texts =
                [&entry.spun, &entry.canonical, &lexemes, &entry.family, &entry.source, &entry.note, &guard];
            for text in texts {
                records.extend_from_slice(&strings.add(text)?.to_le_bytes());
            }
            let bias = biases.get(&(entry.spun.as_str(), entry.canonical.as_str())).copied().unwrap_or(0.0);
            let genuine = entry.genuine.unwrap_or(u32::MAX);
            for number in [entry.weight, totals[entry.canonical.as_str()], bias.to_bits(), genuine] {
                records.extend_from_slice(&number.to_le_bytes());
            }
            // A hash does not compress: it is stored only where the reader can't tell it from the lexemes.
            let key = key_of(&entry.canonical);
            let key = if key == lexemes { 0 } else { hash::bytes(key.as_bytes()) };
            records.extend_from_slice(&key.to_le_bytes());
        }
    }
    let about = About {
        built_by: format!("unspin {}", env!("CARGO_PKG_VERSION")),
        entries: rows.len(),
        keeps,
        sources: digests,
    };
    let about = serde_json::to_vec(&about)?;
    Ok(assemble(&[index.into_inner()?, phrases, records, strings.bytes, about]))
}

fn assemble(sections: &[Vec<u8>; 5]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut footer = Vec::new();
    for section in sections {
        footer.extend_from_slice(&(out.len() as u64).to_le_bytes());
        out.extend_from_slice(section);
    }
    footer.extend_from_slice(&(sections[4].len() as u64).to_le_bytes());
    out.extend_from_slice(&footer);
    let checksum = hash::bytes(&out);
    out.extend_from_slice(&checksum.to_le_bytes());
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(MAGIC);
    out
}

/// The digest of a source's text, under the file's name without its folder.
pub fn digest_of(file: &str, text: &str) -> SourceDigest {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    SourceDigest { file: name.to_owned(), sha256: sha256_hex(text.as_bytes()) }
}
