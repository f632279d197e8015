//! Sentences as their tokens, with corrections counted in tokens.

use super::report::{Report, Row};
use crate::text::{Document, Tokens};

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its words, numbers and symbols as they stand in the text.
    pub tokens: Vec<String>,
    /// What would change in it, in order.
    pub corrections: Vec<Correction>,
}

/// A change in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// First token that goes, from 0.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The rule that found it.
    pub rule: &'static str,
    /// The tokens that come instead.
    pub tokens: Vec<String>,
}

impl Report {
    /// Adds the sentences of the document, with the likeliest replacement of every row. A row that spans sentences joins them.
    #[must_use]
    pub fn with_sentences(mut self, document: &Document, tokens: &Tokens) -> Self {
        let (text, all) = (document.text(), tokens.as_slice());
        let places: Vec<(usize, usize)> = self.rows.iter().map(|row| tokens_of(row, tokens)).collect();
        let mut rows = self.rows.iter().zip(places).peekable();
        let mut start = 0;
        while start < all.len() {
            let mut end = next_start(tokens, start + 1);
            let mut corrections = Vec::new();
            while let Some((row, (first, last))) = rows.next_if(|(_, (first, _))| *first < end) {
                if last > end {
                    end = next_start(tokens, last);
                }
                let replacement = row.replacements.first().map_or("", |r| &r.value);
                corrections.push(Correction {
                    start: first - start,
                    end: last - start,
                    rule: row.rule,
                    tokens: written(replacement, &Tokens::of(replacement)),
                });
            }
            let tokens = all[start..end].iter().map(|token| token.span.of(text).to_owned()).collect();
            self.sentences.push(Sentence { tokens, corrections });
            start = end;
        }
        self
    }
}

/// The tokens that a row replaces.
fn tokens_of(row: &Row, tokens: &Tokens) -> (usize, usize) {
    let (span, first) = (row.place.bytes, tokens.at(row.place.bytes.start()));
    let last = tokens.as_slice().partition_point(|token| token.span.start() < span.end());
    (first, last.max(first))
}

/// The first token from `from` on that starts a sentence, or the end.
fn next_start(tokens: &Tokens, from: usize) -> usize {
    let all = tokens.as_slice();
    all[from..].iter().position(|token| token.starts_sentence).map_or(all.len(), |at| from + at)
}

fn written(text: &str, tokens: &Tokens) -> Vec<String> {
    tokens.as_slice().iter().map(|token| token.span.of(text).to_owned()).collect()
}
