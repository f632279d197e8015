//! A line of the table: its words, and the places where it can be split.

use std::collections::HashMap;

use super::features::{beginning, similarity};
use super::weights::{Evidence, FEATURES, Feature};
use crate::text::{Span, Tokens, ends_with_abbreviation};

/// Abbreviations before names and after places, besides those that end no sentence anywhere.
const ABBREVIATIONS: &[&str] = &[
    "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Det", "Drs", "Fla", "Govs", "Ill", "Mass", "Mich",
    "Minn", "Miss", "Okla", "Ore", "Penn", "Profs", "Reps", "Supt", "Tenn", "Tex", "Wash", "Wis",
];

/// Numbers for the words of a page.
pub(super) type Vocabulary = HashMap<String, u32>;

/// A line of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub span: Span,
    /// Numbers of its words and marks.
    pub words: Vec<u32>,
    /// Where each stands in the text.
    pub spans: Vec<Span>,
    /// Where it may be split, in order.
    pub gaps: Vec<Gap>,
    /// Sentences in it; in one of its cells if it is doubled.
    pub sentences: usize,
    /// Whether it ends like a sentence.
    pub is_closed: bool,
    /// The split into twice the same, if it is that.
    pub doubled: Option<usize>,
}

/// A place between two words where a line may be split.
#[derive(Debug)]
pub(super) struct Gap {
    /// The number of words and marks to its left.
    pub at: usize,
    /// Sentences to its left; a part of one counts.
    pub left: usize,
    /// Sentences to its right, likewise.
    pub right: usize,
    /// What the line itself says for it.
    pub evidence: Evidence,
}

impl Row {
    /// Reads the line at `span`.
    pub fn of(text: &str, span: Span, vocabulary: &mut Vocabulary) -> Self {
        let line = span.of(text);
        let tokens = Tokens::of(line);
        let mut words = Vec::with_capacity(tokens.len());
        let mut spans = Vec::with_capacity(tokens.len());
        for (index, token) in tokens.as_slice().iter().enumerate() {
            let next = u32::try_from(vocabulary.len()).unwrap_or(u32::MAX);
            words.push(*vocabulary.entry(tokens.key(index).to_owned()).or_insert(next));
            spans.push(Span::new(span.start() + token.span.start(), span.start() + token.span.end()));
        }
        let mut row =
            Self { span, words, spans, gaps: Vec::new(), sentences: 0, is_closed: false, doubled: None };
        row.doubled = row.find_doubled(text);
        let ends = row.sentence_ends(text);
        row.sentences = 1 + row.doubled.map_or(ends.len(), |half| ends.partition_point(|&end| end < half));
        if row.doubled.is_none() {
            row.find_gaps(text, &ends);
        }
        row
    }

    /// The two cells that a split after `at` words and marks gives.
    pub fn split(&self, at: usize) -> (Span, Span) {
        let left = Span::new(self.span.start(), self.spans[at - 1].end());
        (left, Span::new(self.spans[at].start(), self.span.end()))
    }

    fn find_doubled(&self, text: &str) -> Option<usize> {
        let half = self.words.len() / 2;
        if half == 0 || self.words.len() % 2 == 1 {
            return None;
        }
        let (left, right) = self.split(half);
        let gap = &text[left.end()..right.start()];
        (left.of(text) == right.of(text) && gap.starts_with(char::is_whitespace)).then_some(half)
    }

    /// Numbers of the words before which a sentence ends, without the end of the line.
    fn sentence_ends(&self, text: &str) -> Vec<usize> {
        let is_end =
            |at: usize| self.is_spaced(text, at) && self.ends_sentence(text, at) && !self.goes_on(text, at);
        (1..self.words.len()).filter(|&at| is_end(at)).collect()
    }

    fn find_gaps(&mut self, text: &str, ends: &[usize]) {
        let quotes = self.quotations(text);
        self.is_closed = !self.words.is_empty() && self.ends_sentence(text, self.words.len());
        let mut gaps = Vec::new();
        for (at, quote) in quotes.iter().enumerate().skip(1) {
            let before = ends.partition_point(|&end| end < at);
            let is_end = ends.get(before) == Some(&at);
            if !self.is_spaced(text, at)
                || !(is_end || self.words[at] == self.words[0] || !self.goes_on(text, at))
            {
                continue;
            }
            let mut evidence = [0.0; FEATURES];
            let ending = match (is_end, self.is_closed) {
                (false, true) => Some(Feature::OpenThenClosed),
                (false, false) => Some(Feature::OpenThenOpen),
                (true, false) => Some(Feature::ClosedThenOpen),
                (true, true) => None,
            };
            if let Some(feature) = ending {
                evidence[feature as usize] = 1.0;
            }
            evidence[Feature::Reopened as usize] = f64::from(quote.reopens);
            evidence[Feature::InsideQuotation as usize] = f64::from(quote.is_open && !quote.reopens);
            let first = before.checked_sub(1).map_or(0, |index| ends[index]);
            let last = ends.get(before + usize::from(is_end)).copied().unwrap_or(self.words.len());
            beginning(text, &self.spans, first..at, at..last, &mut evidence);
            gaps.push(Gap {
                at,
                left: before + 1,
                right: ends.len() - before + usize::from(!is_end),
                evidence,
            });
        }
        similarity(&self.words, &mut gaps);
        self.gaps = gaps;
    }

    /// Whether there is a space before word `at`.
    fn is_spaced(&self, text: &str, at: usize) -> bool {
        text[self.spans[at - 1].end()..].starts_with(char::is_whitespace)
    }

    /// Whether what stands before word `at` ends a sentence.
    fn ends_sentence(&self, text: &str, at: usize) -> bool {
        let before = &text[self.span.start()..self.spans[at - 1].end()];
        let core = before.trim_end_matches(is_closing);
        match core.chars().next_back() {
            Some('!' | '?' | '…') => true,
            Some('.') => {
                let word = &core
                    [core.trim_end_matches('.').trim_end_matches(char::is_alphabetic).len()..core.len() - 1];
                !ends_with_abbreviation(core) && !ABBREVIATIONS.contains(&word)
            }
            _ => false,
        }
    }

    /// Whether the word at `at` goes on with the sentence: it is in lower case, or a mark that opens nothing.
    fn goes_on(&self, text: &str, at: usize) -> bool {
        let rest = self.spans[at].start();
        let first = text[rest..self.span.end()].trim_start_matches(is_opening).chars().next();
        !first.is_some_and(|c| {
            c.is_alphanumeric() && !c.is_lowercase()
                || matches!(c, '•' | '-' | '–' | '—' | '*' | '$' | '£' | '€' | '#' | '@')
        })
    }

    /// At each word: whether a quotation is open before it, and whether it begins another one all the same.
    fn quotations(&self, text: &str) -> Vec<Quotation> {
        let mut is_open = false;
        let mut all = Vec::with_capacity(self.spans.len());
        for (index, span) in self.spans.iter().enumerate() {
            let spaced_before = index == 0 || self.spans[index - 1].end() < span.start();
            let spaced_after = self.spans.get(index + 1).is_none_or(|next| span.end() < next.start());
            let opens = match span.of(text) {
                "“" => true,
                "\"" => spaced_before && !spaced_after,
                _ => false,
            };
            all.push(Quotation { is_open, reopens: is_open && opens });
            is_open = match span.of(text) {
                "”" => false,
                "\"" if !opens => false,
                _ => is_open || opens,
            };
        }
        all
    }
}

/// What is known about quotation marks before a word.
#[derive(Debug, Clone, Copy)]
struct Quotation {
    is_open: bool,
    reopens: bool,
}

/// Marks that close a quotation or a bracket.
fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»')
}

/// Marks that open one.
fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«')
}
