//! One text of a pair, cut into sentences.

use std::ops::Range;

use crate::text::{Case, Tokens};

/// A sentence of more tokens is cut, so that the work on one stays small: the like are lists and tables.
const LONGEST_SENTENCE: usize = 150;
/// Words shorter than this are lower case in headlines as well.
const SHORT_WORD: usize = 4;

/// One text of a pair.
#[derive(Debug)]
pub(super) struct Side {
    pub text: String,
    pub tokens: Tokens,
    /// Its sentences as ranges of tokens, in order and without gaps.
    pub sentences: Vec<Range<usize>>,
}

impl Side {
    pub fn new(text: String) -> Self {
        let tokens = Tokens::of(&text);
        let mut sentences = Vec::new();
        let mut first = 0;
        for (index, token) in tokens.as_slice().iter().enumerate().skip(1) {
            if token.starts_sentence || index - first == LONGEST_SENTENCE {
                sentences.push(first..index);
                first = index;
            }
        }
        if first < tokens.len() {
            sentences.push(first..tokens.len());
        }
        Self { text, tokens, sentences }
    }

    /// The tokens of consecutive sentences.
    pub fn span_of(&self, sentences: Range<usize>) -> Range<usize> {
        self.sentences[sentences.start].start..self.sentences[sentences.end - 1].end
    }

    /// Tokens as they stand in the text, with single spaces and straight apostrophes.
    pub fn phrase(&self, tokens: Range<usize>) -> String {
        let text = self.tokens.span(tokens.start, tokens.end).of(&self.text).replace(['’', '‘'], "'");
        text.split(|c: char| c.is_whitespace() || c.is_control())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Whether token `index` touches the one before it.
    pub fn touches(&self, index: usize) -> bool {
        let tokens = self.tokens.as_slice();
        index > 0 && index < tokens.len() && tokens[index - 1].span.end() == tokens[index].span.start()
    }

    /// Whether token `index` is a hyphen between two words that it touches.
    pub fn is_hyphen(&self, index: usize) -> bool {
        index < self.tokens.len()
            && self.tokens.key(index) == "-"
            && self.touches(index)
            && self.touches(index + 1)
    }

    /// Whether the words of a sentence are capitalised as those of a headline: their capitals then say nothing.
    pub fn is_headline(&self, sentence: &Range<usize>) -> bool {
        let tokens = &self.tokens.as_slice()[sentence.clone()];
        let long =
            tokens.iter().filter(|t| t.span.len() >= SHORT_WORD && t.kind == crate::text::TokenKind::Word);
        let (mut all, mut lower) = (0, 0);
        for token in long {
            all += 1;
            lower += usize::from(token.case == Case::Lower);
        }
        all > 0 && lower * 4 < all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_cover_all_tokens() {
        let side = Side::new("One two. Three’s  a\ncrowd! ".to_owned() + &"x ".repeat(400));
        assert_eq!(side.sentences[0], 0..3);
        assert!(side.sentences.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!(side.sentences.last().map(|s| s.end), Some(side.tokens.len()));
        assert!(side.sentences.iter().all(|s| s.len() <= LONGEST_SENTENCE));
        assert_eq!(side.phrase(3..6), "Three's a crowd");
    }

    #[test]
    fn headlines() {
        let headline = |text: &str| Side::new(text.to_owned()).is_headline(&(0..Tokens::of(text).len()));
        assert!(headline("Minister May Visit the Averell Dam"));
        assert!(!headline("Minister Ardeny may visit the Averell dam"));
        assert!(!headline(""));
    }
}
