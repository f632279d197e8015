//! Lossless tokens: tokens and the gaps between them are the text.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::fold::{Case, fold_into};
use super::piece::{Piece, TokenKind, pieces};
use super::sentence;
use super::span::Span;
use crate::hash;

/// Words that are another word when they are written in capitals.
const UPPER_LEXEMES: &[&str] = &["us"];
/// Words that are another word when capitalised inside a sentence.
const CAPITAL_LEXEMES: &[&str] = &["may", "march", "august"];

/// A word, number or symbol of a text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub case: Case,
    /// Whether a sentence starts here.
    pub starts_sentence: bool,
    key_start: usize,
    key_end: usize,
    /// Hash of the key.
    hash: u64,
}

impl Token {
    /// Hash of the folded key.
    #[inline]
    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }
}

/// The tokens of a text in order, each with its folded key.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    all: Vec<Token>,
    /// The text in lower case as far as it is ASCII, and behind it the keys of tokens that need more folding than that. Parts of a text
    /// share it.
    keys: Arc<String>,
    /// Words with a curly apostrophe less those with a straight one.
    curly: isize,
}

impl Tokens {
    /// Splits a text. White space, control characters and byte order marks are the gaps.
    pub fn of(text: &str) -> Self {
        let mut keys = String::with_capacity(text.len() + text.len() / 16);
        keys.push_str(text);
        keys.make_ascii_lowercase();
        let mut out = Self { all: Vec::with_capacity(text.len() / 5 + 1), ..Self::default() };
        pieces(text, |piece| match piece {
            Piece { start, end, kind, capitals: Some(capitals) } => {
                out.curly -= isize::from(text.as_bytes()[start] == b'\'');
                let first_is_capital = text.as_bytes()[start].is_ascii_uppercase();
                let case = Case::of_counts(capitals, end - start - capitals, first_is_capital);
                out.push_plain(&keys, start, end, kind, case);
            }
            Piece { start, end, kind, capitals: None } => {
                out.push(&mut keys, &text[start..end], start, kind);
            }
        });
        sentence::mark(text, &mut out.all);
        out.keys = Arc::new(keys);
        out
    }

    /// Some of the tokens. They keep their places in the text.
    ///
    /// # Panics
    ///
    /// If the range reaches past the end.
    pub fn part(&self, range: Range<usize>) -> Cow<'_, Self> {
        if range == (0..self.len()) {
            return Cow::Borrowed(self);
        }
        Cow::Owned(Self { all: self.all[range].to_vec(), keys: Arc::clone(&self.keys), curly: self.curly })
    }

    /// Splits a phrase that stands inside a sentence: no token starts one.
    pub fn of_phrase(phrase: &str) -> Self {
        let mut out = Self::of(phrase);
        for token in &mut out.all {
            token.starts_sentence = false;
        }
        out
    }

    /// Adds a token that any character may be part of.
    fn push(&mut self, keys: &mut String, word: &str, start: usize, kind: TokenKind) {
        let end = start + word.len();
        let (key_start, key_end) = if word.is_ascii() {
            (start, end)
        } else {
            let key_start = keys.len();
            fold_into(word, keys);
            (key_start, keys.len())
        };
        let case = if kind == TokenKind::Word { Case::of(word) } else { Case::Lower };
        if keys[key_start..key_end].contains('\'') {
            self.curly += if word.contains('\'') { -1 } else { 1 };
        }
        let hash = hash::part(keys.as_bytes(), key_start, key_end);
        let span = Span::new(start, end);
        self.all.push(Token { span, kind, case, starts_sentence: false, key_start, key_end, hash });
    }

    /// Adds a token of ASCII characters without an apostrophe.
    #[inline]
    fn push_plain(&mut self, keys: &str, start: usize, end: usize, kind: TokenKind, case: Case) {
        let hash = hash::part(keys.as_bytes(), start, end);
        let span = Span::new(start, end);
        self.all.push(Token {
            span,
            kind,
            case,
            starts_sentence: false,
            key_start: start,
            key_end: end,
            hash,
        });
    }

    /// Whether most apostrophes in words are curly ones: how a new word is to be written.
    pub fn has_curly_apostrophes(&self) -> bool {
        self.curly > 0
    }

    /// The tokens.
    pub fn as_slice(&self) -> &[Token] {
        &self.all
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The folded key of token `index`: lower case, straight apostrophes and quotes.
    ///
    /// # Panics
    ///
    /// If there is no such token.
    pub fn key(&self, index: usize) -> &str {
        let token = &self.all[index];
        &self.keys[token.key_start..token.key_end]
    }

    /// The first byte of the folded key of one of these tokens.
    #[inline]
    pub(crate) fn first_byte(&self, token: &Token) -> u8 {
        self.keys.as_bytes()[token.key_start]
    }

    /// Hash of the folded key of token `index`.
    ///
    /// # Panics
    ///
    /// If there is no such token.
    #[inline]
    pub(crate) fn hash(&self, index: usize) -> u64 {
        self.all[index].hash
    }

    /// Whether the key of token `index` has other characters than the text in lower case, or is not of ASCII characters.
    ///
    /// # Panics
    ///
    /// If there is no such token.
    #[inline]
    pub(crate) fn is_folded(&self, index: usize) -> bool {
        self.all[index].key_start != self.all[index].span.start()
    }

    /// The form of token `index` that a language model counts: its key, but `US` and the month of `May` by themselves.
    ///
    /// # Panics
    ///
    /// If there is no such token.
    pub fn lexeme(&self, index: usize) -> Cow<'_, str> {
        self.own_lexeme(index).map_or_else(|| Cow::Borrowed(self.key(index)), Cow::Owned)
    }

    /// The lexeme of token `index` if it is not the key.
    #[inline]
    pub(crate) fn own_lexeme(&self, index: usize) -> Option<String> {
        match self.all[index].case {
            Case::Upper | Case::Capital => self.capital_lexeme(index),
            Case::Lower | Case::Mixed => None,
        }
    }

    #[cold]
    fn capital_lexeme(&self, index: usize) -> Option<String> {
        let token = &self.all[index];
        match token.case {
            Case::Upper if UPPER_LEXEMES.contains(&self.key(index)) => Some(self.key(index).to_uppercase()),
            Case::Capital if !token.starts_sentence && CAPITAL_LEXEMES.contains(&self.key(index)) => {
                let key = self.key(index);
                Some(key[..1].to_uppercase() + &key[1..])
            }
            _ => None,
        }
    }

    /// The look-up key of a phrase: the keys of its tokens joined by one space.
    ///
    /// # Panics
    ///
    /// If the range reaches past the end.
    pub fn phrase_key(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        for index in range {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(self.key(index));
        }
        out
    }

    /// Hash of the look-up key of a phrase.
    ///
    /// # Panics
    ///
    /// If the range reaches past the end.
    pub(crate) fn phrase_hash(&self, range: Range<usize>) -> u64 {
        let tokens = &self.all[range.clone()];
        let keys = self.keys.as_bytes();
        match tokens {
            [token] => token.hash,
            // They stand beside each other, as in the key.
            [first, .., last]
                if tokens.windows(2).all(|pair| {
                    pair[0].key_end + 1 == pair[1].key_start && keys[pair[0].key_end] == b' '
                }) =>
            {
                hash::part(keys, first.key_start, last.key_end)
            }
            _ => hash::bytes(self.phrase_key(range).as_bytes()),
        }
    }

    /// The span of the tokens `first..last`.
    ///
    /// # Panics
    ///
    /// If the range is empty or reaches past the end.
    pub fn span(&self, first: usize, last: usize) -> Span {
        self.all[first].span.cover(self.all[last - 1].span)
    }

    /// Index of the first token that ends after byte `offset`.
    pub fn at(&self, offset: usize) -> usize {
        self.all.partition_point(|token| token.span.end() <= offset)
    }

    /// The number of words and numbers: what "per 100 words" counts.
    pub fn words(&self) -> usize {
        self.all.iter().filter(|token| token.kind != TokenKind::Symbol).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        Tokens::of(text).as_slice().iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn words_numbers_and_symbols() {
        assert_eq!(
            split("The minister's 1,500.25 “gains”."),
            ["The", "minister's", "1,500.25", "“", "gains", "”", "."]
        );
        assert_eq!(
            split("countries’ 10:30, 9/11 21st"),
            ["countries", "’", "10:30", ",", "9", "/", "11", "21", "st"]
        );
        assert_eq!(split("rock 'n' roll' a''b"), ["rock", "'", "n", "'", "roll", "'", "a", "'", "'", "b"]);
        assert_eq!(split("\u{feff}naïve\u{0}café"), ["naïve", "café"]);
    }

    #[test]
    fn keys_are_folded() {
        let tokens = Tokens::of("“It’S OK");
        assert_eq!((0..tokens.len()).map(|i| tokens.key(i)).collect::<Vec<_>>(), ["\"", "it's", "ok"]);
    }

    #[test]
    fn capitals_make_another_lexeme_only_where_listed() {
        let tokens = Tokens::of("In May US troops may help us. May we?");
        let all: Vec<_> = (0..tokens.len()).map(|i| tokens.lexeme(i).into_owned()).collect();
        assert_eq!(all, ["in", "May", "US", "troops", "may", "help", "us", ".", "may", "we", "?"]);
    }

    #[test]
    fn finds_tokens_by_offset() {
        let tokens = Tokens::of("ab cd");
        assert_eq!((tokens.at(0), tokens.at(2), tokens.at(3), tokens.at(5)), (0, 1, 1, 2));
    }
}
