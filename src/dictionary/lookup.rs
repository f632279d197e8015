//! Looking phrases up in compiled dictionaries.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fst::raw::{Fst, Output};
use thiserror::Error;

use super::compile::About;
use super::entry::OBSERVED;
use super::format::{
    FLAG_CANONICAL, FLAG_KEEP, FLAG_SURVIVES, FOOTER_LEN, MAGIC, PHRASE_LEN, RECORD_LEN, VERSION,
};
use super::row::{AllFacts, Facts, Row};
use super::source::LONGEST_PHRASE;
use super::starts::{Start, Starts};
use crate::bytes::{Bytes, u16_at, u32_at, u64_at};
use crate::hash;
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

    /// Calls `found` with the end (a token index) and the phrase of every key that starts at token `start`.
    #[inline]
    fn walk<'d>(&'d self, tokens: &Tokens, start: usize, mut found: impl FnMut(usize, Phrase<'d>)) {
        let mut walks = self.walks.load(Ordering::Relaxed);
        if walks < MANY_PAIRS {
            walks = self.walks.fetch_add(1, Ordering::Relaxed);
        }
        if walks < MANY_WORDS {
            return self.walk_on((self.index.root().addr(), Output::zero()), tokens, start..start, found);
        }
        let Some(mut begun) = self.starts.words(&self.index).get(tokens.hash(start)) else { return };
        let mut end = start + 1;
        if let Some(phrase) = begun.phrase {
            found(end, self.phrase(phrase));
        }
        let goes_on = |begun: &Start, end: usize| {
            end < tokens.len() && begun.may_go_on(tokens.key(end)) && !tokens.as_slice()[end].starts_sentence
        };
        if walks >= MANY_PAIRS && goes_on(begun, end) {
            let pair = hash::combine(tokens.hash(start), tokens.hash(end));
            let Some(further) = self.starts.pairs(&self.index).get(pair) else { return };
            begun = further;
            end += 1;
            if let Some(phrase) = begun.phrase {
                found(end, self.phrase(phrase));
            }
        }
        if goes_on(begun, end) {
            self.walk_on((begun.node, Output::new(begun.output)), tokens, start..end, found);
        }
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

/// What a dictionary says of one phrase.
#[derive(Debug, Clone, Copy)]
pub struct Phrase<'d> {
    layer: &'d Layer,
    first: u32,
    count: u32,
    flags: u32,
}

impl<'d> Phrase<'d> {
    /// The phrase is a name or a fixed expression that is never touched.
    pub fn is_kept(&self) -> bool {
        self.flags & FLAG_KEEP != 0
    }

    /// A spinner may replace this phrase: it is the canonical form of some row.
    pub fn is_canonical(&self) -> bool {
        self.flags & FLAG_CANONICAL != 0
    }

    /// A spinner was seen to replace this phrase in known text: where it stands, it survived, and speaks against spinning.
    pub fn is_survivor(&self) -> bool {
        self.flags & FLAG_SURVIVES != 0
    }

    /// What the phrase may stand for.
    pub fn substitutions(&self) -> impl Iterator<Item = Substitution<'d>> + use<'d> {
        self.rows().map(Row::substitution)
    }

    /// The rows that say so.
    #[inline]
    pub fn rows(&self) -> impl Iterator<Item = Row<'d>> + use<'d> {
        let layer = self.layer;
        (self.first..self.first.saturating_add(self.count)).map(move |number| Row::new(layer, number))
    }
}

/// A known substitution, as the compiled dictionary holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Substitution<'d> {
    /// The phrase as a spinner writes it.
    pub spun: &'d str,
    /// The wording that it replaced.
    pub canonical: &'d str,
    /// The lexemes of the canonical wording, with one space between them.
    pub lexemes: &'d str,
    /// Hash of the canonical wording's look-up key, the same in every dictionary.
    pub canonical_key: u64,
    /// The family of spinners.
    pub family: &'d str,
    /// Where the row comes from.
    pub source: &'d str,
    /// A remark for people.
    pub note: &'d str,
    /// When the row holds, as [`guard`](Self::guard) reads it; empty if always.
    pub(super) guard: &'d str,
    /// How often the spun form stands in genuine text, where that was counted.
    pub genuine: Option<u32>,
    /// How often it was seen.
    pub weight: u32,
    /// How often the canonical wording was replaced by anything, in the same dictionary.
    pub canonical_weight: u32,
    /// What training on aligned texts adds to the logarithm of the channel, in nats; 0 where nothing was learned.
    pub bias: f64,
}

impl Substitution<'_> {
    /// P(spun | canonical, replaced), in (0, 1].
    pub fn channel(&self) -> f64 {
        f64::from(self.weight) / f64::from(self.canonical_weight.max(self.weight).max(1))
    }

    /// Whether the row was counted while a spinner rewrote known text.
    pub fn is_observed(&self) -> bool {
        self.source.starts_with(OBSERVED)
    }

    /// Whether the spun form has a capital letter, which then must be there in the text.
    pub fn has_capitals(&self) -> bool {
        self.spun.chars().any(char::is_uppercase)
    }
}

/// A phrase of a text that a dictionary knows: a fact, no judgement.
#[derive(Debug, Clone)]
pub struct Match<'d> {
    /// The tokens that it covers.
    pub tokens: Range<usize>,
    /// What the dictionary says of it.
    pub phrase: Phrase<'d>,
}

/// Compiled dictionaries, one over the other.
#[derive(Debug, Default)]
pub struct Dictionary {
    layers: Vec<Arc<Layer>>,
}

impl Dictionary {
    /// A dictionary of one layer.
    pub fn new(layer: Arc<Layer>) -> Self {
        Self { layers: vec![layer] }
    }

    /// Lays another dictionary over this one: its substitutions come in addition.
    #[must_use]
    pub fn with_layer(mut self, layer: Arc<Layer>) -> Self {
        self.layers.push(layer);
        self
    }

    /// The layers, lowest first.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.layers.iter().map(AsRef::as_ref)
    }

    /// Every row of every layer.
    pub fn rows(&self) -> impl Iterator<Item = Substitution<'_>> {
        self.layers.iter().flat_map(|layer| {
            let count = u32::try_from(layer.len()).unwrap_or(u32::MAX);
            Phrase { layer, first: 0, count, flags: 0 }.substitutions()
        })
    }

    /// Appends to `out` every phrase that starts at token `start`, shorter before longer in each layer.
    pub fn matches_at<'d>(&'d self, tokens: &Tokens, start: usize, out: &mut Vec<Match<'d>>) {
        for layer in &self.layers {
            layer.walk(tokens, start, |end, phrase| out.push(Match { tokens: start..end, phrase }));
        }
    }

    /// What the layers say of exactly this phrase.
    pub fn explain(&self, phrase: &str) -> Vec<Phrase<'_>> {
        let tokens = Tokens::of_phrase(phrase);
        let mut found = Vec::new();
        if !tokens.is_empty() {
            self.matches_at(&tokens, 0, &mut found);
        }
        found.into_iter().filter(|m| m.tokens.end == tokens.len()).map(|m| m.phrase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, compile};
    use super::*;

    fn layer(rows: &str) -> Layer {
        let source = Source::parse("t.tsv", &format!("spun\tcanonical\tweight\tsource\n{rows}")).unwrap();
        Layer::from_bytes(compile(&[source], Vec::new()).unwrap()).unwrap()
    }

    #[test]
    fn finds_phrases_with_their_substitutions() {
        let dictionary = Dictionary::new(Arc::new(layer(
            "go to\tvisit\t3\tobserved\ngo to\tattend\t1\twild\nturn up at\tvisit\t1\twild\nCould\tMay\t9\twild\n",
        )));
        let tokens = Tokens::of("The Go to in could Could");
        let mut found = Vec::new();
        dictionary.matches_at(&tokens, 1, &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].tokens, 1..3);
        let all: Vec<_> = found[0].phrase.substitutions().map(|s| (s.canonical, s.channel())).collect();
        assert_eq!(all, [("attend", 1.0), ("visit", 0.75)]);
        let could = dictionary.explain("could")[0];
        let month = could.rows().next().unwrap().facts();
        assert!(!month.fits_case(&tokens, 4..5));
        assert!(month.fits_case(&tokens, 5..6));
        let [visit, attend] = ["visit", "attend"].map(|phrase| dictionary.explain(phrase)[0]);
        assert!(visit.is_canonical() && visit.is_survivor());
        assert!(attend.is_canonical() && !attend.is_survivor());
        assert!(dictionary.explain("nothing").is_empty());
    }

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
