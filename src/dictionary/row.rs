//! Rows of a compiled dictionary as texts are looked up: what is asked for at every match is worked out once.

use std::ops::Range;

use once_cell::sync::OnceCell;

use super::layer::Layer;
use super::lookup::Substitution;
use crate::hash;
use crate::language::{LanguageModel, WordId};
use crate::text::{Case, Tokens};

/// A row of a dictionary, by its number.
#[derive(Debug, Clone, Copy)]
pub struct Row<'d> {
    layer: &'d Layer,
    number: u32,
}

impl<'d> Row<'d> {
    pub(super) fn new(layer: &'d Layer, number: u32) -> Self {
        Self { layer, number }
    }

    /// All that the dictionary says of it.
    pub fn substitution(self) -> Substitution<'d> {
        self.layer.substitution(self.number)
    }

    /// The phrase as a spinner writes it.
    pub fn spun(self) -> &'d str {
        self.layer.spun(self.number)
    }

    /// The wording that it replaced.
    pub fn canonical(self) -> &'d str {
        self.layer.canonical(self.number)
    }

    /// What is asked for at every match.
    #[inline]
    pub fn facts(self) -> &'d Facts {
        self.layer.facts(self.number)
    }
}

/// What is asked about a row wherever its phrase stands.
#[derive(Debug)]
pub struct Facts {
    /// P(spun | canonical, replaced), in (0, 1].
    pub channel: f64,
    /// The factor that training on aligned texts adds to it.
    pub bias: f64,
    /// Logarithm of the two.
    pub log: f64,
    /// Hash of the phrase as a spinner writes it.
    pub spun: u64,
    /// Hash of the canonical wording's look-up key.
    pub canonical_key: u64,
    /// Whether the row holds only under conditions, or may only be shown.
    pub is_guarded: bool,
    /// Whether the spun form has a capital letter, which then must be there in the text.
    pub has_capitals: bool,
    /// Hashes of the lexemes of the canonical wording, and whether each is a number in digits.
    lexemes: Box<[(u64, bool)]>,
    /// The same in the words of the model that asked first, if they are not too many.
    words: OnceCell<Option<Few>>,
    /// The cases of the words of a spun form that has capitals.
    cases: Box<[Case]>,
    turns_meaning: OnceCell<bool>,
}

/// A few words of a language model.
#[derive(Debug)]
struct Few {
    /// Names the model.
    checksum: u64,
    count: u8,
    words: [WordId; MOST_WORDS],
}

/// Longer wordings are looked up word by word.
const MOST_WORDS: usize = 5;

impl Few {
    fn of(model: &LanguageModel, words: impl ExactSizeIterator<Item = WordId>) -> Option<Self> {
        let count = words.len();
        let mut few = [0; MOST_WORDS];
        few.get_mut(..count)?.iter_mut().zip(words).for_each(|(few, word)| *few = word);
        Some(Self { checksum: model.checksum(), count: u8::try_from(count).ok()?, words: few })
    }
}

impl Facts {
    fn of(row: &Substitution<'_>) -> Self {
        let lexeme =
            |lexeme: &str| (hash::bytes(lexeme.as_bytes()), lexeme.starts_with(|c: char| c.is_ascii_digit()));
        let has_capitals = row.has_capitals();
        let cases = if has_capitals {
            Tokens::of_phrase(row.spun).as_slice().iter().map(|token| token.case).collect()
        } else {
            Box::default()
        };
        let (channel, bias) = (row.channel(), row.bias.exp());
        Self {
            channel,
            bias,
            log: (channel * bias).ln(),
            spun: hash::bytes(row.spun.as_bytes()),
            canonical_key: row.canonical_key,
            is_guarded: row.is_guarded(),
            has_capitals,
            lexemes: row.lexemes.split(' ').map(lexeme).collect(),
            words: OnceCell::new(),
            cases,
            turns_meaning: OnceCell::new(),
        }
    }

    /// Whether the two wordings say different things, by a judgement that is asked for once and kept.
    pub fn turns_meaning(&self, judgement: impl FnOnce() -> bool) -> bool {
        *self.turns_meaning.get_or_init(judgement)
    }

    /// Whether tokens that the phrase stands for are capitalised as a spinner writes the spun form: its own capitals, and possibly one more on
    /// the first word.
    #[inline]
    pub fn fits_case(&self, tokens: &Tokens, range: Range<usize>) -> bool {
        let there = &tokens.as_slice()[range];
        let wanted = |index: usize| self.cases.get(index).copied().unwrap_or(Case::Lower);
        there.iter().enumerate().all(|(index, there)| {
            let wanted = wanted(index);
            wanted == there.case || (index == 0 && wanted == Case::Lower && there.case == Case::Capital)
        })
    }

    /// As many words of any model as the canonical wording has, or a few more.
    #[inline]
    pub(crate) fn most_words(&self) -> usize {
        self.lexemes.len().max(MOST_WORDS)
    }

    /// Appends the canonical wording in the words of a model.
    #[inline]
    pub(crate) fn add_words(&self, model: &LanguageModel, out: &mut Vec<WordId>) {
        let words = || self.lexemes.iter().map(|&(hash, is_number)| model.word_of_hash(hash, is_number));
        match self.words.get_or_init(|| Few::of(model, words())) {
            Some(few) if few.checksum == model.checksum() => {
                // A fixed number is copied in no time.
                let end = out.len() + usize::from(few.count);
                out.extend_from_slice(&few.words);
                out.truncate(end);
            }
            _ => out.extend(words()),
        }
    }
}

/// The facts of all rows of a layer, each found when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct AllFacts {
    rows: OnceCell<Box<[OnceCell<Facts>]>>,
}

impl AllFacts {
    /// The facts of a row of a layer.
    #[inline]
    pub(super) fn of(&self, layer: &Layer, number: u32) -> &Facts {
        let rows = self.rows.get_or_init(|| (0..layer.len()).map(|_| OnceCell::new()).collect());
        rows[number as usize].get_or_init(|| Facts::of(&layer.substitution(number)))
    }
}
