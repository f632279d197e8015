//! Scoring many words together.
//!
//! Most of the time goes to waiting for memory. The n-grams of one length are looked up for all words in turn, so that no look-up waits
//! for another; the answers are those of [`LanguageModel::score`].

use super::format::MAX_ORDER;
use super::model::{Context, LanguageModel, Tables, gram_key, len_of, word_at};
use super::retrieval::{Found, Place};
use super::vocabulary::WordId;
use crate::hash;

/// So many words are looked up together.
const BLOCK: usize = 32;

/// A word that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The word.
    pub word: WordId,
    /// Number of the context that it is in.
    pub context: u32,
    /// Number of the context that is the one after it.
    pub after: u32,
}

impl LanguageModel {
    /// [`score`](Self::score) of many words, each in a context of its own. What comes after them is stored among the contexts; `each` gets
    /// the question, the logarithm, and the context after the word. `block` is memory, used again and again.
    ///
    /// # Panics
    ///
    /// If there is no context of some number.
    pub fn score_each(
        &self,
        block: &mut Block,
        contexts: &mut [Context],
        asked: &[Ask],
        mut each: impl FnMut(&Ask, f32, &Context),
    ) {
        let tables = self.tables();
        for asked in asked.chunks(BLOCK) {
            block.clear();
            for ask in asked {
                let before = contexts[ask.context as usize];
                block.push(&tables, ask.word, before.packed(), before.len() > 0);
            }
            for length in 1..self.order {
                block.extend(&tables, length, |block, at| block.words_before(at) > length);
            }
            for (at, ask) in asked.iter().enumerate() {
                let (codes, count) = block.stored(at);
                let word = (ask.word, block.unigram(at));
                let (log, next) = tables.score(&contexts[ask.context as usize], word, codes, count);
                each(ask, log, &next);
                contexts[ask.after as usize] = next;
            }
        }
    }

    /// [`score`](Self::score) of the words of a text, one after the other, in the contexts that they make; `each` gets
    /// what comes of them.
    pub fn read(&self, mut context: Context, words: &[WordId], mut each: impl FnMut(f32, &Context)) {
        let tables = self.tables();
        let mut block = Block::default();
        for words in words.chunks(BLOCK) {
            block.clear();
            let (mut before, before_block) = (context.packed(), context.len());
            for &word in words {
                block.push(&tables, word, before, block.len > 0 || before_block > 0);
                before = before << WordId::BITS | u64::from(word);
            }
            for length in 1..self.order {
                // The context of a word is no longer than what was found one place before.
                block.extend(&tables, length, |block, at| {
                    at.checked_sub(1).map_or(before_block, |at| block.stored(at).1 + 1) > length
                });
            }
            for (at, &word) in words.iter().enumerate() {
                let (codes, count) = block.stored(at);
                let word = (word, block.unigram(at));
                let (log, next) = tables.score(&context, word, codes, count.min(context.len()));
                each(log, &next);
                context = next;
            }
        }
    }
}

/// Some words, and what is stored of the n-grams that end with them.
#[derive(Default)]
pub struct Block {
    len: usize,
    /// The words before each.
    before: [u64; BLOCK],
    /// What is stored of the word by itself.
    unigrams: [u16; BLOCK],
    /// Key of the longest n-gram that was looked up.
    keys: [u64; BLOCK],
    /// Codes of those of two words and more that are stored.
    codes: [[u32; MAX_ORDER - 1]; BLOCK],
    /// How many of them are.
    counts: [u8; BLOCK],
    /// The words that are asked for with one more word before them.
    open: [u8; BLOCK],
    open_len: usize,
    /// Where they are looked up, and what is found there.
    places: [Place; BLOCK],
    found: [Found; BLOCK],
}

impl Block {
    /// Forgets all words.
    #[inline]
    fn clear(&mut self) {
        (self.len, self.open_len) = (0, 0);
    }

    /// Adds a word, with those before it; `is_open` says whether it can be asked for with any of them.
    #[inline]
    fn push(&mut self, tables: &Tables<'_>, word: WordId, before: u64, is_open: bool) {
        let at = self.len % BLOCK;
        self.unigrams[at] = tables.unigram(word);
        (self.before[at], self.keys[at], self.counts[at]) = (before, gram_key(word), 0);
        self.open(at, is_open);
        self.len += 1;
    }

    /// Adds a word to those that are asked for, if it goes on.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "a block is shorter than 256")]
    fn open(&mut self, at: usize, goes_on: bool) {
        self.open[self.open_len % BLOCK] = at as u8;
        self.open_len += usize::from(goes_on);
    }

    /// Looks up the n-grams that one more word makes, the one that stands `length` words before; `goes_on` tells whether a word
    /// can be asked for with a further one. What takes time is waiting for memory: as little as possible is done between the
    /// look-ups, so that many are on their way at once.
    #[inline]
    fn extend(&mut self, tables: &Tables<'_>, length: usize, goes_on: impl Fn(&Self, usize) -> bool) {
        let asked = std::mem::take(&mut self.open_len);
        for (place, &at) in self.places.iter_mut().zip(&self.open[..asked]) {
            let at = usize::from(at) % BLOCK;
            let key = hash::combine(self.keys[at], u64::from(word_at(self.before[at], length - 1)));
            self.keys[at] = key;
            *place = tables.locate(key);
        }
        for (found, place) in self.found.iter_mut().zip(&self.places[..asked]) {
            *found = tables.find_at(place);
        }
        for asked in 0..asked {
            let (at, found) = (usize::from(self.open[asked]) % BLOCK, self.found[asked]);
            self.codes[at][length - 1] = found.any_value();
            self.counts[at] += u8::from(found.is_stored());
            // Once an n-gram isn't stored, longer ones aren't either.
            self.open(at, found.is_stored() & goes_on(self, at));
        }
    }

    /// How many words before a word are its context.
    #[inline]
    fn words_before(&self, at: usize) -> usize {
        len_of(self.before[at])
    }

    /// What is stored of a word by itself.
    #[inline]
    fn unigram(&self, at: usize) -> u16 {
        self.unigrams[at % BLOCK]
    }

    /// The codes of a word, and how many there are.
    #[inline]
    fn stored(&self, at: usize) -> (&[u32; MAX_ORDER - 1], usize) {
        let at = at % BLOCK;
        (&self.codes[at], usize::from(self.counts[at]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_scored_together_as_one_by_one(
            text in prop::collection::vec(
                prop::sample::select(&["the", "of", "in", "foreign", "minister", "said", "on", "monday", ",", ".", "a", "zyx", "new"][..]),
                0..150,
            ),
            from_start: bool,
        ) {
            let model = LanguageModel::builtin().unwrap();
            let words: Vec<WordId> = text.iter().map(|word| model.word(word)).collect();
            let mut context = if from_start { model.sentence_start() } else { Context::default() };
            let start = context;
            let (mut contexts, mut asked) = (Vec::new(), Vec::new());
            let mut expected = Vec::new();
            for (&word, number) in words.iter().zip(0..) {
                asked.push(Ask { word, context: number, after: number });
                contexts.push(context);
                let scored = model.score(&context, word);
                expected.push(scored);
                context = scored.1;
            }
            let mut read = Vec::new();
            model.read(start, &words, |log, next| read.push((log, *next)));
            prop_assert_eq!(&read, &expected);
            let mut each = Vec::new();
            model.score_each(&mut Block::default(), &mut contexts, &asked, |_, log, next| each.push((log, *next)));
            prop_assert_eq!(&each, &expected);
            prop_assert!(contexts.iter().eq(expected.iter().map(|(_, next)| next)));
        }
    }
}
