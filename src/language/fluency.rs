//! How fluent a text is: what its words cost.

use std::f64::consts::LN_2;

use super::model::LanguageModel;
use crate::text::{TokenKind, Tokens};

/// What a model thinks of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fluency {
    /// Information of all words and numbers, each given the words before it in its sentence, in bits.
    pub bits: f64,
    /// How many words and numbers there are.
    pub words: usize,
}

impl Fluency {
    /// The fluency of a text. Punctuation counts as what stands before a word, not as a word.
    pub fn of(tokens: &Tokens, model: &LanguageModel) -> Self {
        let mut out = Self::default();
        let mut context = model.sentence_start();
        for (token, &word) in tokens.as_slice().iter().zip(&model.words(tokens)) {
            if token.starts_sentence {
                context = model.sentence_start();
            }
            let (log_probability, next) = model.score(&context, word);
            context = next;
            if token.kind != TokenKind::Symbol {
                out.bits -= f64::from(log_probability) / LN_2;
                out.words += 1;
            }
        }
        out
    }

    /// Bits per word: the fewer, the more the text reads like the English that the model knows. `None` without words.
    pub fn bits_per_word(&self) -> Option<f64> {
        (self.words > 0).then(|| self.bits / self.words as f64)
    }
}

impl std::ops::Add for Fluency {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { bits: self.bits + other.bits, words: self.words + other.words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits_per_word(text: &str) -> Option<f64> {
        Fluency::of(&Tokens::of(text), LanguageModel::builtin().unwrap()).bits_per_word()
    }

    #[test]
    fn fluent_text_costs_less() {
        let plain =
            bits_per_word("The foreign minister said on Monday that he would visit the city.").unwrap();
        let odd =
            bits_per_word("The overseas minister stated on Monday that he may go to town the.").unwrap();
        assert!(plain > 1.0 && plain < odd, "{plain}, {odd}");
        assert_eq!(bits_per_word("… —"), None);
    }

    #[test]
    fn sentences_add_up() {
        let (first, second) = ("The dog ran.", "It slept.");
        let of = |text: &str| Fluency::of(&Tokens::of(text), LanguageModel::builtin().unwrap());
        let (sum, whole) = (of(first) + of(second), of(&format!("{first} {second}")));
        assert!((sum.bits - whole.bits).abs() < 1e-9 && sum.words == whole.words);
    }
}
