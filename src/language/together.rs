//! Scoring many words together.
//!
//! Most of the time goes to waiting for memory. The n-grams of one length are looked up for all words in turn, so that no look-up waits
//! for another; the answers are those of [`LanguageModel::score`].

use super::format::MAX_ORDER;
use super::model::{Context, LanguageModel, Stored};
use super::retrieval::Found;
use super::vocabulary::WordId;

/// So many words are looked up together.
const BLOCK: usize = 32;

/// What is stored of the n-grams that end with the words of a block.
type Block = [Stored; BLOCK];

impl LanguageModel {
    /// [`score`](Self::score) of many words, each in a context of its own; `each` gets its number and what comes of it.
    pub fn score_each(&self, asked: &[(Context, WordId)], mut each: impl FnMut(usize, (f32, Context))) {
        for (block, asked) in asked.chunks(BLOCK).enumerate() {
            let mut stored: Block = [Stored::default(); BLOCK];
            for (stored, &(_, word)) in stored.iter_mut().zip(asked) {
                *stored = Stored::of(word);
            }
            for length in 0..self.order - 1 {
                let mut further = Further::default();
                for (at, (stored, (context, _))) in stored.iter().zip(asked).enumerate() {
                    if stored.count == length
                        && let Some(&before) = context.words().get(length)
                    {
                        further.push(at, before);
                    }
                }
                self.extend(&mut stored, &further);
            }
            for (at, ((context, word), stored)) in asked.iter().zip(&stored).enumerate() {
                each(block * BLOCK + at, self.score_stored(context, *word, stored.codes()));
            }
        }
    }

    /// [`score`](Self::score) of the words of a text, one after the other, in the contexts that they make; `each` gets
    /// what comes of them.
    pub fn read(&self, mut context: Context, words: &[WordId], mut each: impl FnMut(f32, &Context)) {
        for words in words.chunks(BLOCK) {
            // What stands before the block, oldest first, and the block.
            let mut all = [0; MAX_ORDER - 1 + BLOCK];
            for (place, &word) in all[..MAX_ORDER - 1].iter_mut().rev().zip(context.words()) {
                *place = word;
            }
            all[MAX_ORDER - 1..][..words.len()].copy_from_slice(words);
            let mut stored: Block = [Stored::default(); BLOCK];
            for (stored, &word) in stored.iter_mut().zip(words) {
                *stored = Stored::of(word);
            }
            for length in 0..self.order - 1 {
                let mut further = Further::default();
                // The context of a word is no longer than what was found one place before.
                let mut goes_on = context.words().len() > length;
                for (at, stored) in stored[..words.len()].iter().enumerate() {
                    if goes_on && stored.count == length {
                        further.push(at, all[MAX_ORDER - 2 + at - length]);
                    }
                    goes_on = stored.count >= length;
                }
                self.extend(&mut stored, &further);
            }
            for (stored, &word) in stored.iter().zip(words) {
                let codes = stored.codes();
                let usable = &codes[..codes.len().min(context.words().len())];
                let (log, next) = self.score_stored(&context, word, usable);
                each(log, &next);
                context = next;
            }
        }
    }

    /// Looks up the n-grams that one more word makes. What takes time is waiting for memory: nothing else is done between the look-ups, so
    /// that as many as possible are on their way at once.
    fn extend(&self, stored: &mut Block, further: &Further) {
        let table = self.table();
        let mut found = [Found::default(); BLOCK];
        for (found, &(at, before)) in found.iter_mut().zip(further.all()) {
            *found = stored[usize::from(at)].look_up(before, &self.shape, table);
        }
        for (&found, &(at, _)) in found.iter().zip(further.all()) {
            stored[usize::from(at)].add(found);
        }
    }
}

/// The words of a block that are asked for with one more word before them.
#[derive(Default)]
struct Further {
    all: [(u8, WordId); BLOCK],
    count: usize,
}

impl Further {
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "a block is shorter than 256")]
    fn push(&mut self, at: usize, before: WordId) {
        self.all[self.count] = (at as u8, before);
        self.count += 1;
    }

    fn all(&self) -> &[(u8, WordId)] {
        &self.all[..self.count]
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
            let mut asked = Vec::new();
            let mut expected = Vec::new();
            for &word in &words {
                asked.push((context, word));
                let scored = model.score(&context, word);
                expected.push(scored);
                context = scored.1;
            }
            let mut read = Vec::new();
            model.read(start, &words, |log, next| read.push((log, *next)));
            prop_assert_eq!(&read, &expected);
            let mut each = Vec::new();
            model.score_each(&asked, |at, scored| {
                assert_eq!(at, each.len());
                each.push(scored);
            });
            prop_assert_eq!(&each, &expected);
        }
    }
}
