//! The sections of a long text, and what they say of it together.
//!
//! What the decoder gets wrong about one text it gets wrong throughout: the longer a text, the surer it grows of that. So a text is read in
//! sections as long as an article, of which it is known what evidence is worth, and what they say is put together with care.

use std::ops::Range;

use super::decode::Decoded;
use crate::text::{TokenKind, Tokens};

/// Words and numbers of a section, more or less. A text is divided from one and a half times as many on.
const WORDS: usize = 600;

/// A section ends with a sentence, unless that never ends.
const MOST_TOKENS: usize = 4 * WORDS;

/// Log-odds that come from a part of a document lose so many times the logarithm of how much longer the document is: the shorter the
/// parts, the more of them there are to choose from.
const BY_SHARE: f64 = 2.0;

/// The tokens of each section, in order. A text without tokens has one section.
pub fn sections(tokens: &Tokens) -> Vec<Range<usize>> {
    let words = tokens.words();
    let count = ((2 * words + WORDS) / (2 * WORDS)).max(1);
    let enough = words.div_ceil(count);
    let mut out = Vec::with_capacity(count);
    let (mut start, mut here) = (0, 0);
    for (at, token) in tokens.as_slice().iter().enumerate() {
        let is_long = here >= enough && token.starts_sentence || at - start >= MOST_TOKENS;
        if is_long && count > 1 {
            out.push(start..at);
            (start, here) = (at, 0);
        }
        here += usize::from(token.kind != TokenKind::Symbol);
    }
    out.push(start..tokens.len());
    out
}

/// What was made of a section.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// Its words and numbers.
    pub words: usize,
    /// Log-odds that it is spun.
    pub log_odds: f64,
}

/// Log-odds that a document is spun, and the sections that these come from.
///
/// A document is spun if a part of it is. Of all rows of neighbouring sections that one counts which says most, given how much of the
/// document it is. Sections of one document are alike: `n` of them are worth 2n/(n + 1) independent ones, as if half of
/// what varies between sections did between documents (design effect, Kish 1965).
pub fn document_log_odds(sections: &[Said]) -> (f64, Range<usize>) {
    if let [only] = sections {
        return (only.log_odds, 0..1);
    }
    let words: usize = sections.iter().map(|said| said.words).sum();
    let mut best = (f64::NEG_INFINITY, 0..0);
    for start in 0..sections.len() {
        let (mut sum, mut part) = (0.0, 0);
        for (end, said) in (start + 1..).zip(&sections[start..]) {
            sum += said.log_odds * said.words as f64;
            part += said.words;
            let count = (end - start) as f64;
            let share = part.max(1) as f64 / words.max(1) as f64;
            let log_odds = 2.0 * count / (count + 1.0) * sum / part.max(1) as f64 + BY_SHARE * share.ln();
            if log_odds > best.0 {
                best = (log_odds, start..end);
            }
        }
    }
    best
}

/// What the decoder made of a document, over its sections.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overall {
    /// The evidence of spinning, in nats.
    pub evidence: f64,
    /// Expected number of kinds of phrases that could have been replaced. Those of each section count.
    pub kinds: f64,
    /// Expected share of them that was.
    pub rate: f64,
}

impl Overall {
    /// Adds a section.
    pub fn add(&mut self, decoded: &Decoded) {
        self.evidence += decoded.evidence;
        self.kinds += decoded.kinds;
        let share = if self.kinds > 0.0 { decoded.kinds / self.kinds } else { 1.0 };
        self.rate += (decoded.rate - self.rate) * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_whole_sentences_of_like_length() {
        let sentence = "The council met on Monday, and nobody came. ";
        for (sentences, count) in [(0, 1), (1, 1), (112, 1), (113, 2), (187, 2), (188, 3), (750, 10)] {
            let tokens = Tokens::of(&sentence.repeat(sentences));
            let all = sections(&tokens);
            assert_eq!(all.len(), count, "{sentences}");
            assert!(
                all.first().is_some_and(|s| s.start == 0)
                    && all.last().is_some_and(|s| s.end == tokens.len())
            );
            assert!(all.windows(2).all(|pair| pair[0].end == pair[1].start));
            assert!(all[1..].iter().all(|section| tokens.as_slice()[section.start].starts_sentence));
            let words = |section: &Range<usize>| tokens.part(section.clone()).words();
            assert!(all.iter().all(|s| count == 1 || (400..=900).contains(&words(s))), "{all:?}");
        }
    }

    #[test]
    fn a_sentence_that_never_ends_is_divided() {
        let tokens = Tokens::of(&"and, ".repeat(20_000));
        let all = sections(&tokens);
        assert!(all.iter().all(|section| section.len() <= MOST_TOKENS) && all.len() == 17, "{all:?}");
    }

    fn of(log_odds: &[f64]) -> (f64, Range<usize>) {
        let all: Vec<Said> = log_odds.iter().map(|&log_odds| Said { words: 600, log_odds }).collect();
        document_log_odds(&all)
    }

    #[test]
    fn sections_that_agree_say_more_and_a_part_alone_says_less() {
        assert_eq!(of(&[3.0]), (3.0, 0..1));
        let (both, part) = of(&[3.0, 3.0]);
        assert!((both - 4.0).abs() < 1e-9 && part == (0..2));
        let (many, part) = of(&[3.0; 100]);
        assert!(many > 5.9 && many < 6.0 && part == (0..100));
        // A spun article behind a genuine one, and one odd section in a book.
        let (half, part) = of(&[-8.0, 9.0, 9.0]);
        assert!(half > 10.0 && part == (1..3), "{half}");
        let mut book = [-8.0; 100];
        book[7] = 8.0;
        assert!(of(&book).0 < 0.0);
        assert!(of(&[-8.0; 100]).0 < -8.0);
    }
}
