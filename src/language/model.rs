//! A compact n-gram model: P(word | up to three words before).

use std::ops::Range;

use thiserror::Error;

use super::format::{
    BACKOFF_BITS, BACKOFFS, CODEBOOK_LEN, HEADER_LEN, MAGIC, MAX_ORDER, PROBABILITIES, VERSION,
    WORD_BACKOFF_BITS, WORD_STEPS,
};
use super::retrieval::{self, Found, Place, Shape};
use super::train::About;
use super::vocabulary::{Bucket, FIRST_WORD, SENTENCE_START, UNKNOWN, Vocabulary, WordId};
use crate::bytes::{Bytes, u16_at, u32_at, u64_at};
use crate::hash;
use crate::text::{TokenKind, Tokens};

/// Bytes that are not a language model of this version.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// Not the format at all.
    #[error("not a language model: train one with `unspin model train CORPUS -o FILE.lm`")]
    Foreign,
    /// Another version of the format.
    #[error(
        "language model format {found}, this program reads {VERSION}: train it anew with `unspin model train`"
    )]
    Version {
        /// The version that the file names.
        found: u32,
    },
    /// The bytes changed since they were written.
    #[error("the language model is damaged ({0}): train it anew with `unspin model train`")]
    Damaged(&'static str),
}

/// Log of how much rarer one unknown word is than the class of all unknown words: about 400,000 are assumed.
const UNKNOWN_PENALTY: f32 = -12.9;

/// Logarithms that the codes of one order stand for.
#[derive(Debug, Clone)]
struct Codebook {
    probabilities: [f32; PROBABILITIES],
    backoffs: [f32; BACKOFFS],
}

/// The words before a place, as far as the model can use them.
///
/// Two contexts that give every continuation the same probability are equal.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context {
    /// The words, newest first, in sixteen bits each: 0 where there is none. Above them their number.
    words: u64,
    /// By how many of the words can be used with the next one: logarithm of the back-offs of the others.
    backoffs: [f32; MAX_ORDER],
}

/// Bits of the words of a context; their number is above these.
const WORDS_BITS: usize = WordId::BITS as usize * (MAX_ORDER - 1);

impl Context {
    /// The words, newest first.
    #[inline]
    pub fn words(&self) -> impl Iterator<Item = WordId> {
        let words = self.words;
        (0..self.len()).map(move |age| word_at(words, age))
    }

    /// How many words there are.
    #[inline]
    pub(super) fn len(&self) -> usize {
        len_of(self.words)
    }

    /// The words as [`word_at`] and [`len_of`] read them.
    #[inline]
    pub(super) fn packed(&self) -> u64 {
        self.words
    }
}

/// The word that stands so many words before the newest.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "sixteen bits are wanted")]
pub(super) fn word_at(words: u64, age: usize) -> WordId {
    (words >> (WordId::BITS as usize * age)) as WordId
}

/// How many of the words there are.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "fewer than four")]
pub(super) fn len_of(words: u64) -> usize {
    (words >> WORDS_BITS) as usize
}

impl PartialEq for Context {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for Context {}

/// So many words of a text are looked up in the vocabulary together.
const WORDS: usize = 32;

/// An n-gram model, used in place: opening it parses nothing but the header. Clones share the bytes.
#[derive(Debug, Clone)]
pub struct LanguageModel {
    bytes: Bytes,
    pub(super) order: usize,
    /// By length; those of lengths that the model doesn't have say nothing.
    codebooks: Box<[Codebook; MAX_ORDER]>,
    shape: Shape,
    starts: Range<usize>,
    tags: Range<usize>,
    unigrams: Range<usize>,
    table: Range<usize>,
    about: About,
    checksum: u64,
    /// What stands before the first word of a sentence.
    start: Context,
}

impl LanguageModel {
    /// A model from bytes that are compiled into the program: they are not checked beyond their header.
    ///
    /// # Errors
    ///
    /// If the header is not that of a model of this version.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, ModelError> {
        Self::open(Bytes::Static(bytes), false)
    }

    /// A model from the bytes of a file, which are checked against their checksum.
    ///
    /// # Errors
    ///
    /// If they are not a model of this version, or damaged.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ModelError> {
        Self::open(Bytes::Shared(bytes.into()), true)
    }

    fn open(bytes: Bytes, verify: bool) -> Result<Self, ModelError> {
        let data = bytes.as_ref();
        if !data.starts_with(MAGIC) {
            return Err(ModelError::Foreign);
        }
        let found = u32_at(data, 8);
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        if data.len() < HEADER_LEN {
            return Err(ModelError::Damaged("it ends inside the header"));
        }
        let checksum = u64_at(data, HEADER_LEN - 8);
        if verify && checksum_of(data) != checksum {
            return Err(ModelError::Damaged("its checksum does not match"));
        }
        let order = u32_at(data, 12) as usize;
        let words = u32_at(data, 16) as usize;
        if !(1..=MAX_ORDER).contains(&order) || words > usize::from(WordId::MAX) + 1 || words < FIRST_WORD {
            return Err(ModelError::Damaged("impossible sizes in the header"));
        }
        let shape =
            Shape { segment_len: u32_at(data, 20), segments: u32_at(data, 24), seed: u64_at(data, 32) };
        if !shape.is_possible() {
            return Err(ModelError::Damaged("impossible sizes in the header"));
        }
        let mut end = HEADER_LEN;
        let mut section = |len: usize| {
            let range = end..end + len;
            end += len;
            range
        };
        let books = section(order * CODEBOOK_LEN);
        let starts = section(Vocabulary::STARTS_LEN);
        let tags = section(4 * (words - FIRST_WORD));
        let unigrams = section(2 * words);
        let table = section(shape.bytes());
        let about = data.get(end..).ok_or(ModelError::Damaged("it ends inside a section"))?;
        let about = serde_json::from_slice(about)
            .map_err(|_| ModelError::Damaged("its description can't be read"))?;
        let mut codebooks = Box::new([const { Codebook::SILENT }; MAX_ORDER]);
        for (codebook, bytes) in codebooks.iter_mut().zip(data[books].chunks_exact(CODEBOOK_LEN)) {
            *codebook = Codebook::read(bytes);
        }
        let start = Context::default();
        let mut out =
            Self { bytes, order, codebooks, shape, starts, tags, unigrams, table, about, checksum, start };
        out.start = out.score(&Context::default(), SENTENCE_START).1;
        Ok(out)
    }

    /// What it was trained on, and how.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Checksum of the file: names this model in reports.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// The longest n-grams that it holds.
    pub fn order(&self) -> usize {
        self.order
    }

    fn vocabulary(&self) -> Vocabulary<'_> {
        let data = self.bytes.as_ref();
        Vocabulary::new(&data[self.starts.clone()], &data[self.tags.clone()])
    }

    /// The number of a lexeme (see [`Tokens::lexeme`](crate::text::Tokens::lexeme)).
    pub fn word(&self, lexeme: &str) -> WordId {
        self.vocabulary().id(lexeme)
    }

    /// The numbers of the lexemes of a text.
    pub fn words(&self, tokens: &Tokens) -> Vec<WordId> {
        self.words_in(tokens, 0..tokens.len())
    }

    /// The numbers of the lexemes of a part of a text.
    ///
    /// # Panics
    ///
    /// If the range reaches past the end.
    pub fn words_in(&self, tokens: &Tokens, range: Range<usize>) -> Vec<WordId> {
        let vocabulary = self.vocabulary();
        let mut out = Vec::with_capacity(range.len());
        // What takes time is waiting for memory: the buckets of many words are on their way at once.
        let mut buckets = [Bucket::default(); WORDS];
        for words in tokens.as_slice()[range.clone()].chunks(WORDS) {
            for (bucket, token) in buckets.iter_mut().zip(words) {
                *bucket = vocabulary.bucket(token.hash());
            }
            let first = range.start + out.len();
            for ((index, token), bucket) in (first..).zip(words).zip(&buckets) {
                out.push(match tokens.own_lexeme(index) {
                    Some(lexeme) => vocabulary.id(&lexeme),
                    None => vocabulary.id_in(bucket, token.hash(), token.kind == TokenKind::Number),
                });
            }
        }
        out
    }

    /// The number of a lexeme, by its hash and by whether it starts with a digit.
    #[inline]
    pub(crate) fn word_of_hash(&self, hash: u64, is_number: bool) -> WordId {
        self.vocabulary().id_of_hash(hash, is_number)
    }

    /// Whether a lexeme is in the vocabulary.
    pub fn knows(&self, lexeme: &str) -> bool {
        self.vocabulary().get(lexeme).is_some()
    }

    /// What stands before the first word of a sentence.
    pub fn sentence_start(&self) -> Context {
        self.start
    }

    /// Natural logarithm of P(words | context), and the context after the last.
    #[inline]
    pub fn score_all(&self, context: &Context, words: &[WordId]) -> (f64, Context) {
        words.iter().fold((0.0, *context), |(sum, context), &word| {
            let (log, next) = self.score(&context, word);
            (sum + f64::from(log), next)
        })
    }

    /// Natural logarithm of P(word | context), and the context after the word.
    #[inline]
    pub fn score(&self, context: &Context, word: WordId) -> (f32, Context) {
        let tables = self.tables();
        let (mut key, mut codes, mut count) = (gram_key(word), [0; MAX_ORDER - 1], 0);
        for (before, code) in context.words().zip(&mut codes) {
            key = hash::combine(key, u64::from(before));
            let Some(found) = tables.find(key).value() else { break };
            *code = found;
            count += 1;
        }
        tables.score(context, (word, tables.unigram(word)), &codes, count)
    }

    /// The tables that are asked for every word.
    #[inline]
    pub(super) fn tables(&self) -> Tables<'_> {
        let data = self.bytes.as_ref();
        Tables { model: self, unigrams: &data[self.unigrams.clone()], table: &data[self.table.clone()] }
    }
}

/// The tables of a model, ready to be asked.
#[derive(Clone, Copy)]
pub(super) struct Tables<'m> {
    model: &'m LanguageModel,
    unigrams: &'m [u8],
    /// The n-grams of two words and more.
    table: &'m [u8],
}

impl Tables<'_> {
    /// What is stored of an n-gram of two words or more.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Found {
        retrieval::find(&self.model.shape, self.table, key)
    }

    /// Where an n-gram of two words or more is stored.
    #[inline]
    pub(super) fn locate(&self, key: u64) -> Place {
        self.model.shape.locate(key)
    }

    /// What is stored there.
    #[inline]
    pub(super) fn find_at(&self, place: &Place) -> Found {
        retrieval::find_at(self.table, place)
    }

    /// The code of a word by itself.
    #[inline]
    pub(super) fn unigram(&self, word: WordId) -> u16 {
        u16_at(self.unigrams, 2 * usize::from(word))
    }

    /// [`score`](LanguageModel::score), where it is known what is stored of the word and of the n-grams that end with it: the
    /// first `count` codes are those of two words and more, up to the first that isn't stored or the end of the context.
    #[inline]
    pub(super) fn score(
        &self,
        context: &Context,
        (word, code): (WordId, u16),
        codes: &[u32; MAX_ORDER - 1],
        count: usize,
    ) -> (f32, Context) {
        let model = self.model;
        let mut log_probability = f32::from(code >> WORD_BACKOFF_BITS) / -WORD_STEPS;
        let extensible = usize::from(code) % BACKOFFS;
        let mut lost = [model.codebooks[0].backoffs[extensible], 0.0, 0.0];
        let mut len = usize::from(extensible != 0);
        for (length, &code) in (1..MAX_ORDER).zip(codes).take(count) {
            let book = &model.codebooks[length];
            log_probability = book.probabilities[(code >> BACKOFF_BITS) as usize % PROBABILITIES];
            if length < model.order - 1 {
                let extensible = code as usize % (1 << BACKOFF_BITS);
                lost[length] = book.backoffs[extensible];
                len = if extensible == 0 { len } else { length + 1 };
            }
        }
        for (length, lost) in lost.iter_mut().enumerate() {
            *lost = if length < len { *lost } else { 0.0 };
        }
        let backoffs = [lost[0] + lost[1] + lost[2], lost[1] + lost[2], lost[2], 0.0];
        let usable = (1 << (WordId::BITS as usize * len)) - 1;
        let words = (context.words << WordId::BITS | u64::from(word)) & usable | (len as u64) << WORDS_BITS;
        // What the model counts is the class of all unknown words; this is one of them.
        let share = if word == UNKNOWN { UNKNOWN_PENALTY } else { 0.0 };
        let log = log_probability + context.backoffs[count % MAX_ORDER] + share;
        (log, Context { words, backoffs })
    }
}

impl Codebook {
    const SILENT: Self = Self { probabilities: [0.0; PROBABILITIES], backoffs: [0.0; BACKOFFS] };

    fn read(bytes: &[u8]) -> Self {
        let number = |i: usize| f32::from_bits(u32_at(bytes, 4 * i));
        Self {
            probabilities: std::array::from_fn(number),
            backoffs: std::array::from_fn(|i| number(PROBABILITIES + i)),
        }
    }
}

/// The key of a word by itself: longer n-grams combine it with the words before, newest first.
pub(super) fn gram_key(word: WordId) -> u64 {
    hash::combine(0x756e_7370, u64::from(word))
}

/// Checksum over everything behind the header and the header without the checksum.
pub(super) fn checksum_of(data: &[u8]) -> u64 {
    hash::combine(hash::bytes(&data[..HEADER_LEN - 8]), hash::bytes(&data[HEADER_LEN..]))
}
