//! What the formulas are made of.

use std::iter::Sum;
use std::ops::Add;

/// Counts over a text. Those of paragraphs, which blank lines separate, add up to those of the text.
///
/// A word is a run of letters and digits, with apostrophes, hyphens and the points of "U.S." inside: "two-day", "don't", "1,500" and
/// "G20" are one word each. Letters of any script are letters; syllables are told for the Latin one alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words and numbers.
    pub words: usize,
    /// Sentences with at least one word.
    pub sentences: usize,
    /// Syllables, at least one in each word; a number has one.
    pub syllables: usize,
    /// Letters in words.
    pub letters: usize,
    /// Letters and digits in words.
    pub characters: usize,
    /// Words of more than six letters and digits.
    pub long_words: usize,
    /// Words of three syllables and more.
    pub polysyllables: usize,
    /// Those of them that the fog index counts: no names, nor words that hyphens join or -es, -ed and -ing make so long.
    pub complex_words: usize,
    /// Words that are not among the 3,000 of Dale and Chall (1995), nor formed from them, nor names or numbers.
    pub difficult_words: usize,
    /// The same for the list of Spache (1974). Each occurrence counts: Spache counted a word once in a sample of a hundred words,
    /// which for whole texts would give less the longer they are.
    pub unfamiliar_words: usize,
    /// Letters of other scripts than the Latin one.
    pub foreign_letters: usize,
}

impl Counts {
    /// Whether the text is written in the Latin script for the most part: the formulas say nothing about others.
    pub fn is_latin(&self) -> bool {
        2 * self.foreign_letters <= self.letters
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            syllables: self.syllables + other.syllables,
            letters: self.letters + other.letters,
            characters: self.characters + other.characters,
            long_words: self.long_words + other.long_words,
            polysyllables: self.polysyllables + other.polysyllables,
            complex_words: self.complex_words + other.complex_words,
            difficult_words: self.difficult_words + other.difficult_words,
            unfamiliar_words: self.unfamiliar_words + other.unfamiliar_words,
            foreign_letters: self.foreign_letters + other.foreign_letters,
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}
