//! The words that a language model knows, as small numbers.

use std::borrow::Cow;

use crate::bytes::{u16_at, u32_at};
use crate::hash;
use crate::text::{Case, TokenKind, Tokens};

/// Number of a word in a model's vocabulary.
pub type WordId = u16;

/// Any word that is not in the vocabulary.
pub const UNKNOWN: WordId = 0;
/// What stands before the first word of a sentence.
pub const SENTENCE_START: WordId = 1;
/// A number that is not in the vocabulary by itself.
pub const NUMBER: WordId = 2;
/// Numbers below this are the special words above.
pub(super) const FIRST_WORD: usize = 3;

/// Log of the number of buckets: with 65,000 words, eight in each.
const BUCKET_BITS: u32 = 13;
const BUCKETS: usize = 1 << BUCKET_BITS;

/// Words that are another word when they are written in capitals.
const UPPER_LEXEMES: &[&str] = &["us"];
/// Words that are another word when capitalised inside a sentence.
const CAPITAL_LEXEMES: &[&str] = &["may", "march", "august"];

/// The form of token `index` that the model counts: its folded key, but `US` and the month of `May` by themselves.
pub fn lexeme(tokens: &Tokens, index: usize) -> Cow<'_, str> {
    let (token, key) = (&tokens.as_slice()[index], tokens.key(index));
    match token.case {
        Case::Upper if UPPER_LEXEMES.contains(&key) => Cow::Owned(key.to_uppercase()),
        Case::Capital if !token.starts_sentence && CAPITAL_LEXEMES.contains(&key) => {
            Cow::Owned(key[..1].to_uppercase() + &key[1..])
        }
        _ => Cow::Borrowed(key),
    }
}

/// A vocabulary used in place: 44 bits of each word's hash, sorted, the position being the number.
///
/// A word outside the vocabulary is taken for one inside with a probability of 4 in a billion; building refuses words that
/// collide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vocabulary<'m> {
    starts: &'m [u8],
    tags: &'m [u8],
}

fn slot(word: &str) -> (usize, u32) {
    let hash = hash::bytes(word.as_bytes());
    #[allow(clippy::cast_possible_truncation, reason = "parts of a hash are wanted")]
    let parts = ((hash >> (64 - BUCKET_BITS)) as usize, (hash >> (32 - BUCKET_BITS)) as u32);
    parts
}

impl<'m> Vocabulary<'m> {
    /// Length in bytes of the bucket table.
    pub(super) const STARTS_LEN: usize = (BUCKETS + 1) * 2;

    /// A vocabulary over its two tables.
    pub(super) fn new(starts: &'m [u8], tags: &'m [u8]) -> Self {
        Self { starts, tags }
    }

    fn start(&self, bucket: usize) -> usize {
        usize::from(u16_at(self.starts, 2 * bucket))
    }

    /// The number of a word, if it is known.
    #[inline]
    pub(super) fn get(&self, word: &str) -> Option<WordId> {
        let (bucket, tag) = slot(word);
        let (first, last) = (self.start(bucket), self.start(bucket + 1));
        let tags = self.tags.get(4 * first..4 * last)?;
        let at = tags.chunks_exact(4).position(|b| u32_at(b, 0) == tag)?;
        WordId::try_from(FIRST_WORD + first + at).ok()
    }

    /// The number of token `index`: known words and numbers by themselves, others by their class.
    pub(super) fn id(&self, tokens: &Tokens, index: usize) -> WordId {
        let class = if tokens.as_slice()[index].kind == TokenKind::Number { NUMBER } else { UNKNOWN };
        self.get(&lexeme(tokens, index)).unwrap_or(class)
    }
}

/// Sorts words into the order of their numbers and writes the two tables. `None` if two words collide.
pub(super) fn tables(words: &mut [String]) -> Option<(Vec<u8>, Vec<u8>)> {
    words.sort_by_cached_key(|word| slot(word));
    if words.windows(2).any(|pair| slot(&pair[0]) == slot(&pair[1])) {
        return None;
    }
    let mut starts = Vec::with_capacity(Vocabulary::STARTS_LEN);
    let mut tags = Vec::with_capacity(4 * words.len());
    let mut next = 0;
    for bucket in 0..=BUCKETS {
        while words.get(next).is_some_and(|word| slot(word).0 < bucket) {
            tags.extend_from_slice(&slot(&words[next]).1.to_le_bytes());
            next += 1;
        }
        starts.extend_from_slice(&u16::try_from(next).ok()?.to_le_bytes());
    }
    Some((starts, tags))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_positions() {
        let mut words: Vec<String> = (0..500).map(|i| format!("word{i}")).collect();
        let (starts, tags) = tables(&mut words).unwrap();
        let vocabulary = Vocabulary::new(&starts, &tags);
        for (position, word) in words.iter().enumerate() {
            assert_eq!(vocabulary.get(word), Some(WordId::try_from(position + FIRST_WORD).unwrap()));
        }
        assert_eq!(vocabulary.get("other"), None);
    }

    #[test]
    fn capitals_make_another_word_only_where_listed() {
        let tokens = Tokens::of("In May US troops may help us. May we?");
        let all: Vec<_> = (0..tokens.len()).map(|i| lexeme(&tokens, i).into_owned()).collect();
        assert_eq!(all, ["in", "May", "US", "troops", "may", "help", "us", ".", "may", "we", "?"]);
    }
}
