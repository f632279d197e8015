//! Compiled dictionaries: opening one, and walking through its phrases.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fst::raw::{Fst, Output};
use thiserror::Error;

use super::compile::About;
use super::format::{FOOTER_LEN, MAGIC, PHRASE_LEN, RECORD_LEN, VERSION};
use super::lookup::{Phrase, Substitution};
use super::row::{AllFacts, Facts};
use super::source::LONGEST_PHRASE;
use super::starts::{Start, Starts};
use crate::bytes::{Bytes, u16_at, u32_at, u64_at};
use crate::hash::{self, Table};
use crate::text::Tokens;

/// Bytes that are not a dictionary of this version.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum DictionaryError {
    /// Not the format at all.
    #[error("not a compiled dictionary: build one with `unspin dict build ROWS.tsv -o FILE.fst`")]
    Foreign,
    /// Another version of the format.
    #[error("dictionary format {found}, this program reads {VERSION}: rebuild it with `unspin dict build`")]
    Version {
        /// The version that the file names.
        found: u32,
    },
    /// The bytes changed since they were written.
    #[error("the dictionary is damaged ({0}): rebuild it with `unspin dict build`")]
    Damaged(&'static str),
}

/// A part of the bytes that owns a handle on them.
#[derive(Debug, Clone)]
struct Section {
    bytes: Bytes,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        &self.bytes.as_ref()[self.range.clone()]
    }
}

/// One compiled dictionary, used in place.
pub struct Layer {
    index: Fst<Section>,
    phrases: Section,
    records: Section,
    strings: Section,
    about: About,
    checksum: u64,
    /// Walks so far, up to [`MANY_PAIRS`].
    walks: AtomicUsize,
    starts: Starts,
    facts: AllFacts,
}

/// So many walks cost about as much as making a table of first words that shortens them, and one of first pairs of words.
const MANY_WORDS: usize = 1 << 12;
const MANY_PAIRS: usize = 1 << 15;

impl fmt::Debug for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layer")
            .field("about", &self.about)
            .field("checksum", &self.checksum)
            .finish_non_exhaustive()
    }
}

impl Layer {
    /// A dictionary from bytes that are compiled into the program: they are not checked beyond their footer.
    ///
    /// # Errors
    ///
    /// If the footer is not that of a dictionary of this version.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, DictionaryError> {
        Self::read(&Bytes::Static(bytes), bytes, false)
    }

    /// A dictionary from the bytes of a file, which are checked against their checksum.
    ///
    /// # Errors
    ///
    /// If they are not a dictionary of this version, or damaged.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DictionaryError> {
        let shared: Arc<[u8]> = bytes.into();
        Self::read(&Bytes::Shared(Arc::clone(&shared)), &shared, true)
    }

    fn read(bytes: &Bytes, data: &[u8], verify: bool) -> Result<Self, DictionaryError> {
        let footer = data.len().checked_sub(FOOTER_LEN).ok_or(DictionaryError::Foreign)?;
        if !data.ends_with(MAGIC) {
            return Err(DictionaryError::Foreign);
        }
        let found = u32_at(data, data.len() - 12);
        if found != VERSION {
            return Err(DictionaryError::Version { found });
        }
        let checksum = u64_at(data, data.len() - 20);
        if verify && hash::bytes(&data[..data.len() - 20]) != checksum {
            return Err(DictionaryError::Damaged("its checksum does not match"));
        }
        let mut bounds = [0usize; 6];
        for (index, bound) in bounds.iter_mut().enumerate() {
            *bound = usize::try_from(u64_at(data, footer + 8 * index))
                .map_err(|_| DictionaryError::Damaged("a section lies outside the file"))?;
        }
        bounds[5] = footer;
        if !bounds.is_sorted() {
            return Err(DictionaryError::Damaged("a section lies outside the file"));
        }
        let section = |i: usize| Section { bytes: bytes.clone(), range: bounds[i]..bounds[i + 1] };
        let about = serde_json::from_slice(section(4).as_ref())
            .map_err(|_| DictionaryError::Damaged("its description can't be read"))?;
        let index =
            Fst::new(section(0)).map_err(|_| DictionaryError::Damaged("its phrase index can't be read"))?;
        Ok(Self {
            index,
            phrases: section(1),
            records: section(2),
            strings: section(3),
            about,
            checksum,
            walks: AtomicUsize::new(0),
            starts: Starts::default(),
            facts: AllFacts::default(),
        })
    }

    /// What it was built from.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Checksum of the compiled bytes: names this dictionary in reports.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    fn string(&self, at: u32) -> &str {
        let strings = self.strings.as_ref();
        let at = at as usize;
        let len = usize::from(u16_at(strings, at));
        strings.get(at + 2..at + 2 + len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }

    /// How many rows it has.
    pub(super) fn len(&self) -> usize {
        self.records.as_ref().len() / RECORD_LEN
    }

    /// The spun form of a row.
    pub(super) fn spun(&self, number: u32) -> &str {
        self.string(u32_at(self.records.as_ref(), number as usize * RECORD_LEN))
    }

    /// The canonical form of a row.
    pub(super) fn canonical(&self, number: u32) -> &str {
        self.string(u32_at(self.records.as_ref(), number as usize * RECORD_LEN + 4))
    }

    /// A row by its number.
    pub(super) fn substitution(&self, number: u32) -> Substitution<'_> {
        let at = number as usize * RECORD_LEN;
        let field = |i: usize| u32_at(self.records.as_ref(), at + 4 * i);
        let lexemes = self.string(field(2));
        let canonical_key = match u64_at(self.records.as_ref(), at + 44) {
            0 => hash::bytes(lexemes.as_bytes()),
            key => key,
        };
        Substitution {
            spun: self.string(field(0)),
            canonical: self.string(field(1)),
            lexemes,
            family: self.string(field(3)),
            source: self.string(field(4)),
            note: self.string(field(5)),
            guard: self.string(field(6)),
            weight: field(7),
            canonical_weight: field(8),
            bias: f64::from(f32::from_bits(field(9))),
            genuine: Some(field(10)).filter(|&count| count != u32::MAX),
            canonical_key,
        }
    }

    #[inline]
    pub(super) fn facts(&self, number: u32) -> &Facts {
        self.facts.of(self, number)
    }

    fn phrase(&self, ordinal: u64) -> Phrase<'_> {
        let phrases = self.phrases.as_ref();
        let at = usize::try_from(ordinal).map_or(usize::MAX - PHRASE_LEN, |o| o.saturating_mul(PHRASE_LEN));
        let field = |i: usize| u32_at(phrases, at.saturating_add(4 * i));
        Phrase { layer: self, first: field(0), count: field(1), flags: field(2) }
    }

    /// The layer, made ready for so many walks.
    #[inline]
    pub(super) fn walker(&self, walks: usize) -> Walker<'_> {
        let mut before = self.walks.load(Ordering::Relaxed);
        if before < MANY_PAIRS {
            before = self.walks.fetch_add(walks, Ordering::Relaxed);
        }
        let words = (before >= MANY_WORDS).then(|| self.starts.words(&self.index));
        let pairs = (before >= MANY_PAIRS).then(|| self.starts.pairs(&self.index));
        Walker { layer: self, words, pairs }
    }

    /// Goes on from the node where token `done.end` of a phrase is to begin.
    fn walk_on<'d>(
        &'d self,
        (node, mut output): (usize, Output),
        tokens: &Tokens,
        done: Range<usize>,
        mut found: impl FnMut(usize, Phrase<'d>),
    ) {
        let mut node = self.index.node(node);
        for end in done.end..tokens.len().min(done.start + LONGEST_PHRASE) {
            let follows = end > done.end;
            if follows && tokens.as_slice()[end].starts_sentence {
                return;
            }
            let separator: &[u8] = if follows { b" " } else { b"" };
            for &byte in separator.iter().chain(tokens.key(end).as_bytes()) {
                let Some(arc) = node.find_input(byte) else { return };
                let transition = node.transition(arc);
                output = output.cat(transition.out);
                node = self.index.node(transition.addr);
            }
            if node.is_final() {
                found(end + 1, self.phrase(output.cat(node.final_output()).value()));
            }
        }
    }
}

/// A layer with the tables that shorten walks through it.
#[derive(Clone, Copy)]
pub(super) struct Walker<'d> {
    layer: &'d Layer,
    words: Option<&'d Table<Start>>,
    pairs: Option<&'d Table<Start>>,
}

impl<'d> Walker<'d> {
    /// Calls `found` with the end (a token index) and the phrase of every key that starts at token `start`.
    #[inline]
    pub(super) fn walk(&self, tokens: &Tokens, start: usize, mut found: impl FnMut(usize, Phrase<'d>)) {
        let Some(words) = self.words else { return self.walk_letters(tokens, start, found) };
        if let Some(first) = words.get(tokens.hash(start)) {
            self.walk_from(tokens, start, first, self.second(tokens, start, first), &mut found);
        }
    }

    /// The same for many tokens; `found` gets the start as well. What takes time is waiting for memory: the tables are asked for all tokens
    /// in turn, so that many look-ups are on their way at once.
    #[inline]
    pub(super) fn walk_all(
        &self,
        tokens: &Tokens,
        starts: impl Iterator<Item = usize>,
        mut found: impl FnMut(usize, usize, Phrase<'d>),
    ) {
        let Some(words) = self.words else {
            return starts.for_each(|start| {
                self.walk_letters(tokens, start, |end, phrase| found(start, end, phrase));
            });
        };
        let firsts = words.get_all(starts.map(|start| (tokens.hash(start), start)));
        let seconds: Vec<Option<&Start>> =
            firsts.iter().map(|&(start, first)| self.second(tokens, start, first)).collect();
        for (&(start, first), second) in firsts.iter().zip(seconds) {
            self.walk_from(tokens, start, first, second, &mut |end, phrase| found(start, end, phrase));
        }
    }

    /// Walks without any table.
    fn walk_letters(&self, tokens: &Tokens, start: usize, found: impl FnMut(usize, Phrase<'d>)) {
        let root = self.layer.index.root().addr();
        self.layer.walk_on((root, Output::zero()), tokens, start..start, found);
    }

    /// The first two words at a token, if phrases start with them and that is known.
    #[inline]
    fn second(&self, tokens: &Tokens, start: usize, first: &Start) -> Option<&'d Start> {
        let pairs = self.pairs.filter(|_| goes_on(tokens, start + 1, first))?;
        pairs.get(hash::combine(tokens.hash(start), tokens.hash(start + 1)))
    }

    /// Goes on from the first word at a token, or from the first two.
    #[inline]
    fn walk_from(
        &self,
        tokens: &Tokens,
        start: usize,
        first: &Start,
        second: Option<&Start>,
        found: &mut impl FnMut(usize, Phrase<'d>),
    ) {
        let words = [Some(first), second];
        for (end, begun) in (start + 1..).zip(words.into_iter().flatten()) {
            if let Some(phrase) = begun.phrase {
                found(end, self.layer.phrase(phrase));
            }
        }
        let (begun, end) = match second {
            Some(second) => (second, start + 2),
            None if self.pairs.is_none() => (first, start + 1),
            None => return,
        };
        if goes_on(tokens, end, begun) {
            let node = (begun.node, Output::new(begun.output));
            self.layer.walk_on(node, tokens, start..end, found);
        }
    }
}

/// Whether phrases that start so may go on with this token.
#[inline]
fn goes_on(tokens: &Tokens, at: usize, begun: &Start) -> bool {
    let next = tokens.as_slice().get(at);
    next.is_some_and(|next| begun.may_go_on(tokens.first_byte(next)) && !next.starts_sentence)
}

#[cfg(test)]
mod tests {
    use super::super::{Source, compile};
    use super::*;

    #[test]
    fn refuses_damage() {
        let source = Source::parse("t.tsv", "spun\tcanonical\nfoo\tbar\n").unwrap();
        let good = compile(&[source], Vec::new()).unwrap();
        assert_eq!(Layer::from_bytes(b"hello".to_vec()).unwrap_err(), DictionaryError::Foreign);
        for at in 0..good.len() - 8 {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert!(Layer::from_bytes(bad).is_err(), "a flipped bit at {at} went unnoticed");
        }
    }
}
