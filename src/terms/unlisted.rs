//! Tortured phrases that no list has, in documents that hold listed ones.

use std::collections::HashMap;
use std::ops::Range;

use super::channel;
use super::listed::{self, Hit};
use super::recover::Recoverer;
use crate::dictionary::{Dictionary, Phrase};
use crate::odds;
use crate::text::{Case, Region, TokenKind, Tokens};

/// Windows of so many tokens are read.
const LENGTHS: Range<usize> = 2..4;
/// Log-odds that a window of a tortured document is tortured, before it is read, and the weight of what reading says.
const PRIOR: f64 = -1.8;
const GAIN: f64 = 0.6;
/// How much the plural of a listed phrase is believed.
const PLURAL: f64 = 0.96;
/// Plurals of phrases of so many tokens are looked up.
const PLURAL_LENGTHS: Range<usize> = 2..6;
/// Most that a reading is believed: nobody has seen it.
const MOST: f64 = 0.9;
/// Least confidence that is worth showing.
const LEAST: f64 = 0.1;

/// Different phrases that are read in a document: reading takes some tenths of a millisecond.
const MOST_READ: usize = 20_000;

/// A phrase that is taken for a tortured one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guess {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The words that stood there.
    pub words: Vec<String>,
    /// Probability that they did, in a tortured document.
    pub probability: f64,
}

/// The likeliest guesses for a document that don't overlap each other or a hit, in order.
pub(super) fn guesses(
    text: &str,
    tokens: &Tokens,
    regions: &[Region],
    hits: &[Hit<'_>],
    rows: &Dictionary,
    recoverer: &Recoverer<'_>,
) -> Vec<Guess> {
    let mut taken = listed::untouchable(tokens, regions);
    for hit in hits.iter().filter(|hit| !hit.display) {
        taken[hit.tokens.clone()].fill(true);
    }
    // A phrase that can only be shown gives way to a plural that can be written.
    let mut all: Vec<Guess> = plurals(tokens, rows);
    let mut shown = taken.clone();
    for hit in hits {
        shown[hit.tokens.clone()].fill(true);
    }
    let mut read: HashMap<Vec<String>, Option<(Vec<String>, f64)>> = HashMap::new();
    for start in 0..tokens.len() {
        for length in LENGTHS {
            let range = start..start + length;
            if range.end > tokens.len() || !is_phrase(tokens, &range) {
                break;
            }
            if shown[range.clone()].contains(&true) {
                continue;
            }
            let phrase: Vec<String> = range.clone().map(|at| tokens.key(at).to_owned()).collect();
            let room = read.len() < MOST_READ;
            if !room && !read.contains_key(&phrase) {
                continue;
            }
            if let Some((words, probability)) =
                read.entry(phrase).or_insert_with_key(|phrase| reading(phrase, recoverer))
            {
                let words = with_capitals(text, tokens, &range, words);
                all.push(Guess { tokens: range, words, probability: *probability });
            }
        }
    }
    all.sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then_with(|| b.tokens.len().cmp(&a.tokens.len()))
            .then_with(|| a.tokens.start.cmp(&b.tokens.start))
    });
    all.retain(|guess| {
        let here = &mut taken[guess.tokens.clone()];
        let is_free = !here.contains(&true);
        if is_free {
            here.fill(true);
        }
        is_free
    });
    all.sort_by_key(|guess| guess.tokens.start);
    all
}

/// Plurals of listed phrases.
fn plurals(tokens: &Tokens, rows: &Dictionary) -> Vec<Guess> {
    let mut out = Vec::new();
    for end in PLURAL_LENGTHS.start..=tokens.len() {
        let Some(singular) = tokens.key(end - 1).strip_suffix('s').filter(|stem| stem.len() > 2) else {
            continue;
        };
        for length in PLURAL_LENGTHS.take_while(|&length| length <= end) {
            let range = end - length..end;
            if tokens.as_slice()[range.start + 1..end].iter().any(|token| token.starts_sentence) {
                break;
            }
            let phrase = format!("{} {singular}", tokens.phrase_key(range.start..end - 1));
            let found = rows.explain(&phrase);
            let Some(row) = found.iter().flat_map(Phrase::substitutions).find(|row| !row.is_guarded()) else {
                continue;
            };
            let mut words: Vec<String> = row.canonical.split(' ').map(str::to_owned).collect();
            let is_plain = |last: &mut String| {
                !last.ends_with('s') && last.chars().all(|c| c.is_alphabetic() || c == '-')
            };
            if let Some(last) = words.pop_if(is_plain) {
                words.extend(channel::inflected(&last, "s"));
                out.push(Guess { tokens: range, words, probability: PLURAL });
            }
        }
    }
    out
}

/// The best reading of a phrase that could be a tortured one, and how probable it is in a tortured document.
fn reading(phrase: &[String], recoverer: &Recoverer<'_>) -> Option<(Vec<String>, f64)> {
    if !phrase.iter().any(|word| recoverer.is_trigger(word)) || recoverer.holds_term(phrase) {
        return None;
    }
    let readings = recoverer.readings(phrase);
    let best = readings.first()?;
    // Scores are those of a log-linear model: among the readings they are probabilities.
    let among: f64 = readings.iter().map(|reading| (reading.score - best.score).exp()).sum();
    let tortured = odds::probability(PRIOR + GAIN * best.gain);
    let probability = MOST.min(tortured / among);
    (probability >= LEAST).then(|| (best.words.clone(), probability))
}

/// Words that stay keep their capitals; the first gets those of the place.
fn with_capitals(text: &str, tokens: &Tokens, range: &Range<usize>, words: &[String]) -> Vec<String> {
    let one = |word: &String| match (range.start + 1..range.end).find(|&at| tokens.key(at) == word) {
        Some(at) => tokens.as_slice()[at].span.of(text).to_owned(),
        None => word.clone(),
    };
    words.iter().map(one).collect()
}

/// Whether tokens are plain words of one sentence that could be a term, one after the other.
fn is_phrase(tokens: &Tokens, range: &Range<usize>) -> bool {
    tokens.as_slice()[range.clone()].iter().enumerate().all(|(at, token)| {
        token.kind == TokenKind::Word
            && tokens.key(range.start + at).len() > 2
            && matches!(token.case, Case::Lower | Case::Capital)
            && (at == 0 || !token.starts_sentence)
            && (at == 0 || token.span.start() == tokens.as_slice()[range.start + at - 1].span.end() + 1)
            && !is_function_word(tokens.key(range.start + at))
    })
}

fn is_function_word(word: &str) -> bool {
    super::train::FUNCTION_WORDS.split_ascii_whitespace().any(|function| function == word)
}
