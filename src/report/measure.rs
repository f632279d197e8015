//! What is measured of a text.

use crate::language::Fluency;
use crate::pipeline::Engine;
use crate::readability::{Counts, Formula, Scores};
use crate::text::Tokens;

/// What is measured of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// [`Counts::words`].
    Words,
    /// [`Counts::sentences`].
    Sentences,
    /// [`Counts::syllables`].
    Syllables,
    /// [`Counts::letters`].
    Letters,
    /// [`Counts::characters`].
    Characters,
    /// [`Counts::long_words`].
    LongWords,
    /// [`Counts::polysyllables`].
    Polysyllables,
    /// [`Counts::complex_words`].
    ComplexWords,
    /// [`Counts::difficult_words`].
    DifficultWords,
    /// [`Counts::unfamiliar_words`].
    UnfamiliarWords,
    /// A formula.
    Formula(Formula),
    /// The consensus of the formulas that give a grade.
    Grade,
    /// The lowest of them.
    LowestGrade,
    /// The highest of them.
    HighestGrade,
    /// Time to read the text, in seconds.
    ReadingSeconds,
    /// [`Fluency::bits_per_word`].
    BitsPerWord,
}

impl Measure {
    /// The counts.
    pub const COUNTS: [Self; 10] = [
        Self::Words,
        Self::Sentences,
        Self::Syllables,
        Self::Letters,
        Self::Characters,
        Self::LongWords,
        Self::Polysyllables,
        Self::ComplexWords,
        Self::DifficultWords,
        Self::UnfamiliarWords,
    ];

    /// What is said of the text as a whole, besides the formulas.
    pub const SUMMARY: [Self; 5] =
        [Self::Grade, Self::LowestGrade, Self::HighestGrade, Self::ReadingSeconds, Self::BitsPerWord];

    /// All of them in the order in which they are told.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::COUNTS.into_iter().chain(Formula::ALL.map(Self::Formula)).chain(Self::SUMMARY)
    }

    /// Its key in JSON and CSV, and for sorting.
    pub fn key(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Sentences => "sentences",
            Self::Syllables => "syllables",
            Self::Letters => "letters",
            Self::Characters => "characters",
            Self::LongWords => "long_words",
            Self::Polysyllables => "polysyllables",
            Self::ComplexWords => "complex_words",
            Self::DifficultWords => "difficult_words",
            Self::UnfamiliarWords => "unfamiliar_words",
            Self::Formula(formula) => formula.key(),
            Self::Grade => "grade",
            Self::LowestGrade => "grade_lowest",
            Self::HighestGrade => "grade_highest",
            Self::ReadingSeconds => "reading_seconds",
            Self::BitsPerWord => "bits_per_word",
        }
    }

    /// Its name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Sentences => "sentences",
            Self::Syllables => "syllables",
            Self::Letters => "letters",
            Self::Characters => "letters and digits",
            Self::LongWords => "long words",
            Self::Polysyllables => "words of 3 syllables or more",
            Self::ComplexWords => "complex words (fog)",
            Self::DifficultWords => "difficult words (Dale–Chall)",
            Self::UnfamiliarWords => "unfamiliar words (Spache)",
            Self::Formula(formula) => formula.name(),
            Self::Grade => "grade",
            Self::LowestGrade => "lowest grade",
            Self::HighestGrade => "highest grade",
            Self::ReadingSeconds => "seconds to read",
            Self::BitsPerWord => "bits per word",
        }
    }

    /// Whether it is a whole number.
    pub fn is_count(self) -> bool {
        Self::COUNTS.contains(&self)
    }
}

/// How a text reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    counts: Counts,
    scores: Scores,
    fluency: Fluency,
}

impl Reading {
    /// The reading of a text and its tokens.
    pub fn of(text: &str, tokens: &Tokens, engine: &Engine) -> Self {
        Self::new(Counts::of(text), Fluency::of(tokens, engine.model()))
    }

    /// The reading of a text with these counts.
    pub fn new(counts: Counts, fluency: Fluency) -> Self {
        Self { counts, scores: Scores::of(&counts), fluency }
    }

    /// The value of a measure, always finite; `None` where it is undefined.
    pub fn get(&self, measure: Measure) -> Option<f64> {
        let count = |count: usize| Some(count as f64);
        let (counts, grade) = (&self.counts, self.scores.grade);
        match measure {
            Measure::Words => count(counts.words),
            Measure::Sentences => count(counts.sentences),
            Measure::Syllables => count(counts.syllables),
            Measure::Letters => count(counts.letters),
            Measure::Characters => count(counts.characters),
            Measure::LongWords => count(counts.long_words),
            Measure::Polysyllables => count(counts.polysyllables),
            Measure::ComplexWords => count(counts.complex_words),
            Measure::DifficultWords => count(counts.difficult_words),
            Measure::UnfamiliarWords => count(counts.unfamiliar_words),
            Measure::Formula(formula) => self.scores.get(formula),
            Measure::Grade => grade.map(|grade| grade.consensus),
            Measure::LowestGrade => grade.map(|grade| grade.lowest),
            Measure::HighestGrade => grade.map(|grade| grade.highest),
            Measure::ReadingSeconds => Some(self.scores.seconds),
            Measure::BitsPerWord => self.fluency.bits_per_word(),
        }
    }

    /// The reading of two texts together.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self::new(self.counts + other.counts, self.fluency + other.fluency)
    }
}

impl Default for Reading {
    /// The reading of no text at all.
    fn default() -> Self {
        Self::new(Counts::default(), Fluency::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_add_up() {
        let of = |text| Reading::new(Counts::of(text), Fluency { bits: 4.0, words: 1 });
        let both = of("One cat.").with(&of("Two cats sat."));
        assert_eq!(both.get(Measure::Words), Some(5.0));
        assert_eq!(both.get(Measure::BitsPerWord), Some(4.0));
        assert_eq!(both.get(Measure::Formula(Formula::Rix)), Some(0.0));
        assert!(Measure::all().all(|m| Reading::default().get(m).is_none_or(|value| value == 0.0)));
    }
}
