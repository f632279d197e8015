//! Training: two passes over the text, then smoothing, pruning and writing.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::count::{Counter, WORD_BITS};
use super::format::{
    BACKOFF_BITS, BACKOFFS, HEADER_LEN, MAGIC, MAX_ORDER, PROBABILITIES, VERSION, WORD_BACKOFF_BITS,
    WORD_STEPS,
};
use super::model::{checksum_of, gram_key};
use super::retrieval;
use super::smooth::{Level, prune, smooth};
use super::vocabulary::{FIRST_WORD, SENTENCE_START, Vocabulary, WordId, class_of, tables};
use crate::hash;
use crate::text::Tokens;

/// What a model was trained on, and how: stored in its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The version of this crate that trained it.
    pub trained_by: String,
    /// The options.
    pub options: Options,
    /// The corpora in the order given.
    pub corpora: Vec<Corpus>,
    /// Words of the vocabulary.
    pub words: usize,
    /// N-grams of two words and more, by order.
    pub ngrams: Vec<usize>,
}

/// A training text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corpus {
    /// The file's name without its folder.
    pub file: String,
    /// SHA-256 of the bytes that were read, in hexadecimal.
    pub sha256: String,
    /// Tokens that were counted.
    pub tokens: u64,
}

/// How to train.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Length of the longest n-grams, 2 to 4.
    pub order: usize,
    /// How many n-grams of two words and more to keep.
    pub ngrams: usize,
    /// How many words the vocabulary has at most, up to 65,000.
    pub words: usize,
    /// If N is not 0, each Nth block of 1,000 lines is left out, to measure on (see [`is_held_out`]).
    pub hold_out: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { order: 4, ngrams: 2_400_000, words: 60_000, hold_out: 20 }
    }
}

/// Lines that are kept or left out together, so that paragraphs of one article stay together.
pub const HOLD_OUT_BLOCK: usize = 1_000;

/// Whether line `number` (from 0) of a corpus is left out of training: each `every`th block of 1,000 lines is.
pub fn is_held_out(number: usize, every: usize) -> bool {
    every != 0 && (number / HOLD_OUT_BLOCK) % every == every - 1
}

/// Why a model can't be trained.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TrainError {
    /// An option is out of its range.
    #[error("{0}")]
    Options(&'static str),
    /// There was no text.
    #[error("the corpora hold no text to train on")]
    NoText,
    /// Two words have the same hash; practically impossible below a billion words.
    #[error("two words collide in the vocabulary: choose a slightly different number of words")]
    Collision,
}

/// The first pass: which words there are.
#[derive(Debug, Default)]
pub struct WordCounter {
    words: HashMap<String, u64>,
}

impl WordCounter {
    /// Counts the words of a paragraph.
    pub fn add(&mut self, paragraph: &str) {
        let tokens = Tokens::of(paragraph);
        for index in 0..tokens.len() {
            let word = tokens.lexeme(index);
            match self.words.get_mut(word.as_ref()) {
                Some(count) => *count += 1,
                None => {
                    self.words.insert(word.into_owned(), 1);
                }
            }
        }
    }

    /// The vocabulary: all of `always` (words that a dictionary uses), then the most frequent words.
    ///
    /// # Errors
    ///
    /// If an option is out of range or there was no text.
    pub fn finish(self, options: Options, always: &[String]) -> Result<Trainer, TrainError> {
        if !(2..=MAX_ORDER).contains(&options.order) {
            return Err(TrainError::Options("the order must be from 2 to 4"));
        }
        if !(1..=65_000).contains(&options.words) {
            return Err(TrainError::Options("the vocabulary must have from 1 to 65000 words"));
        }
        if self.words.is_empty() {
            return Err(TrainError::NoText);
        }
        let mut ranked: Vec<(u64, String)> =
            self.words.into_iter().map(|(word, count)| (count, word)).collect();
        ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut seen = HashSet::new();
        let mut words: Vec<String> = always
            .iter()
            .chain(ranked.iter().map(|(_, word)| word))
            .filter(|word| seen.insert(word.as_str()))
            .take(options.words)
            .cloned()
            .collect();
        let (starts, tags) = tables(&mut words).ok_or(TrainError::Collision)?;
        let ids = words.iter().enumerate().map(|(at, word)| (word.clone(), to_id(at + FIRST_WORD))).collect();
        let counters = (0..options.order).map(|_| Counter::default()).collect();
        Ok(Trainer { options, words: words.len() + FIRST_WORD, ids, starts, tags, counters, tokens: 0 })
    }
}

fn to_id(number: usize) -> WordId {
    WordId::try_from(number).expect("at most 65,003 words")
}

/// The second pass: which n-grams there are.
#[derive(Debug)]
pub struct Trainer {
    options: Options,
    words: usize,
    ids: HashMap<String, WordId>,
    starts: Vec<u8>,
    tags: Vec<u8>,
    counters: Vec<Counter>,
    tokens: u64,
}

impl Trainer {
    /// Counts the n-grams of a paragraph; none reaches over the end of a sentence.
    pub fn add(&mut self, paragraph: &str) {
        let tokens = Tokens::of(paragraph);
        // The last words as one n-gram, and how many of them belong to this sentence.
        let (mut recent, mut length) = (0u64, 0usize);
        for index in 0..tokens.len() {
            let token = tokens.as_slice()[index];
            if token.starts_sentence {
                (recent, length) = (u64::from(SENTENCE_START), 1);
            }
            let lexeme = tokens.lexeme(index);
            let id = self.ids.get(lexeme.as_ref()).copied().unwrap_or_else(|| class_of(&lexeme));
            recent = recent << WORD_BITS | u64::from(id);
            length += 1;
            for (counter, order) in self.counters.iter_mut().zip(1..).take(length) {
                counter.add(if order == MAX_ORDER { recent } else { recent & ((1 << (16 * order)) - 1) });
            }
        }
        self.tokens += tokens.len() as u64;
    }

    /// Tokens counted so far.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Smooths, prunes, quantises and writes the model.
    ///
    /// # Errors
    ///
    /// If there was no text.
    pub fn finish(self, corpora: Vec<Corpus>) -> Result<Vec<u8>, TrainError> {
        if self.tokens == 0 {
            return Err(TrainError::NoText);
        }
        let mut counts: Vec<_> = self.counters.into_iter().map(Counter::finish).collect();
        // The start of a sentence is never predicted, but it needs a place as a context.
        let at = counts[0].grams.partition_point(|&gram| gram < u64::from(SENTENCE_START));
        counts[0].grams.insert(at, u64::from(SENTENCE_START));
        counts[0].counts.insert(at, 0);
        let mut levels = smooth(&counts, self.words);
        drop(counts);
        prune(&mut levels, self.options.ngrams);
        let about = About {
            trained_by: format!("unspin {}", env!("CARGO_PKG_VERSION")),
            words: self.words,
            ngrams: levels.iter().skip(1).map(|level| level.grams.len()).collect(),
            options: self.options,
            corpora,
        };
        write(&levels, self.words, &self.starts, &self.tags, &about)
    }
}

/// Codes of one order and what they stand for.
struct Quantiser {
    probabilities: Vec<f32>,
    backoffs: Vec<f32>,
}

impl Quantiser {
    /// Codes with back-offs of so many bits.
    fn of(level: &Level, backoff_bits: u32) -> Self {
        let logs: Vec<f32> = level.probabilities.iter().map(|p| p.ln()).collect();
        let weights: Vec<f32> = level.backoffs.iter().flatten().map(|b| b.ln()).collect();
        let mut backoffs = vec![0.0];
        backoffs.extend(quantiles(weights, (1 << backoff_bits) - 1));
        Self { probabilities: quantiles(logs, PROBABILITIES), backoffs }
    }

    fn backoff(&self, level: &Level, at: usize) -> usize {
        level.backoffs[at].map_or(0, |b| 1 + nearest(&self.backoffs[1..], b.ln()))
    }

    /// The code of a longer n-gram.
    fn code(&self, level: &Level, at: usize) -> u32 {
        let probability = nearest(&self.probabilities, level.probabilities[at].ln());
        u32::try_from(probability << BACKOFF_BITS | self.backoff(level, at)).expect("ten bits")
    }

    /// The code of a word.
    fn word_code(&self, level: &Level, at: usize) -> u16 {
        let backoff = u16::try_from(self.backoff(level, at)).expect("five bits");
        steps_below(level.probabilities[at].ln()) << WORD_BACKOFF_BITS | backoff
    }
}

/// A word's logarithm in steps below 0, as far as the code has room for them.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounds are set first")]
fn steps_below(log: f32) -> u16 {
    (-log * WORD_STEPS).round().clamp(0.0, f32::from(u16::MAX >> WORD_BACKOFF_BITS)) as u16
}

/// Means of `count` groups of equal size of the sorted values.
fn quantiles(mut values: Vec<f32>, count: usize) -> Vec<f32> {
    if values.is_empty() {
        return vec![0.0; count];
    }
    values.sort_unstable_by(f32::total_cmp);
    let bound = |i: usize| i * values.len() / count;
    (0..count)
        .map(|i| {
            let group = &values[bound(i)..bound(i + 1).max(bound(i) + 1).min(values.len())];
            let group = if group.is_empty() { &values[values.len() - 1..] } else { group };
            #[allow(clippy::cast_possible_truncation, reason = "a mean of single-precision numbers")]
            let mean = (group.iter().map(|&v| f64::from(v)).sum::<f64>() / group.len() as f64) as f32;
            mean
        })
        .collect()
}

/// Index of the value of a sorted list that is nearest.
fn nearest(sorted: &[f32], value: f32) -> usize {
    let above = sorted.partition_point(|&v| v < value);
    match (above.checked_sub(1), sorted.get(above)) {
        (Some(below), Some(&next)) if value - sorted[below] <= next - value => below,
        (Some(below), None) => below,
        _ => above,
    }
}

fn key_of(gram: u64, order: usize) -> u64 {
    #[allow(clippy::cast_possible_truncation, reason = "one word of 16 bits is wanted")]
    let word = |back: usize| (gram >> (16 * back)) as WordId;
    (1..order).fold(gram_key(word(0)), |key, back| hash::combine(key, u64::from(word(back))))
}

fn write(
    levels: &[Level],
    words: usize,
    starts: &[u8],
    tags: &[u8],
    about: &About,
) -> Result<Vec<u8>, TrainError> {
    let bits = |order: usize| if order == 0 { WORD_BACKOFF_BITS } else { BACKOFF_BITS };
    let quantisers: Vec<Quantiser> =
        levels.iter().enumerate().map(|(order, level)| Quantiser::of(level, bits(order))).collect();
    let entries: Vec<(u64, u32)> = levels
        .iter()
        .zip(&quantisers)
        .zip(1..)
        .skip(1)
        .flat_map(|((level, quantiser), order)| {
            (0..level.grams.len()).map(move |at| (key_of(level.grams[at], order), quantiser.code(level, at)))
        })
        .collect();
    let (shape, table) = retrieval::build(&entries).ok_or(TrainError::Collision)?;

    let mut out = vec![0u8; HEADER_LEN];
    for quantiser in &quantisers {
        let unused = BACKOFFS - quantiser.backoffs.len();
        let values = quantiser.probabilities.iter().chain(&quantiser.backoffs).copied();
        for value in values.chain(std::iter::repeat_n(0.0, unused)) {
            out.extend_from_slice(&value.to_bits().to_le_bytes());
        }
    }
    out.extend_from_slice(starts);
    out.extend_from_slice(tags);
    debug_assert_eq!(starts.len(), Vocabulary::STARTS_LEN);
    // A word of the vocabulary that the text never shows is as likely as the rarest that it does.
    let rarest = levels[0].probabilities.iter().map(|p| p.ln()).fold(0.0, f32::min);
    let mut unigrams = vec![steps_below(rarest) << WORD_BACKOFF_BITS; words];
    for (at, &gram) in levels[0].grams.iter().enumerate() {
        unigrams[usize::try_from(gram).expect("16 bits")] = quantisers[0].word_code(&levels[0], at);
    }
    out.extend(unigrams.iter().flat_map(|code| code.to_le_bytes()));
    out.extend_from_slice(&table);
    out.extend(serde_json::to_vec(about).expect("strings and numbers serialise"));

    out[..8].copy_from_slice(MAGIC);
    let number = |n: usize| u32::try_from(n).expect("small sizes").to_le_bytes();
    out[8..12].copy_from_slice(&VERSION.to_le_bytes());
    out[12..16].copy_from_slice(&number(levels.len()));
    out[16..20].copy_from_slice(&number(words));
    out[20..24].copy_from_slice(&shape.segment_len.to_le_bytes());
    out[24..28].copy_from_slice(&shape.segments.to_le_bytes());
    out[32..40].copy_from_slice(&shape.seed.to_le_bytes());
    let checksum = checksum_of(&out);
    out[HEADER_LEN - 8..HEADER_LEN].copy_from_slice(&checksum.to_le_bytes());
    Ok(out)
}
