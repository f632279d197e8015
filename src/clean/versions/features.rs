//! What a line itself says for a place where it may be split.

use std::collections::HashMap;
use std::ops::Range;

use super::row::Gap;
use super::weights::{Evidence, Feature};
use crate::text::{Case, Span, fold};

/// Of the sentences on both sides of a place, so many words and marks next to it are looked at.
const WINDOW: usize = 60;
/// A connective this near to the beginning ties a sentence to the one before: "The mayor also hopes".
const CONNECTIVE_WITHIN: usize = 4;

const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "this", "these", "those", "his", "her", "their", "its", "him", "them", "such",
    "both", "neither", "he's", "she's", "it's", "they're", "that's",
];
const CONNECTIVES: &[&str] = &[
    "but", "and", "or", "so", "yet", "however", "also", "then", "still", "instead", "moreover", "nor", "too",
    "thus", "rather", "that", "there", "another", "others", "others'",
];
const CIRCUMSTANCES: &[&str] = &[
    "in", "on", "at", "after", "before", "during", "since", "when", "while", "as", "last", "earlier",
    "later", "despite", "under", "for", "with", "although", "though", "if",
];
const SAID: &[&str] =
    &["said", "says", "told", "added", "asked", "wrote", "tweeted", "say", "saying", "adding"];

/// Evidence from the sentences on both sides of a place, given by the indices of their words in `spans`.
pub(super) fn beginning(
    text: &str,
    spans: &[Span],
    before: Range<usize>,
    after: Range<usize>,
    out: &mut Evidence,
) {
    let before = &spans[before.start.max(before.end.saturating_sub(WINDOW))..before.end];
    let after = &spans[after.start..after.end.min(after.start + WINDOW)];
    let mut set = |feature: Feature, value: f64| out[feature as usize] = value;
    let is_mark = |span: &Span| !span.of(text).starts_with(char::is_alphanumeric);
    let opens_quote = after.first().is_some_and(|span| matches!(span.of(text), "“" | "\"" | "‘" | "'"));
    let ends_quote = before.last().is_some_and(|span| matches!(span.of(text), "”" | "\"" | "’" | "'"));
    let words: Vec<_> = after.iter().filter(|span| !is_mark(span)).map(|span| fold(span.of(text))).collect();
    let is = |list: &[&str], word: &str| list.contains(&word);
    let first = words.first().map_or("", AsRef::as_ref);
    if !opens_quote {
        set(Feature::Pronoun, f64::from(is(PRONOUNS, first)));
        let tied = words.iter().take(CONNECTIVE_WITHIN).enumerate().any(|(index, word)| {
            if index == 0 {
                is(CONNECTIVES, word)
            } else {
                matches!(word.as_ref(), "also" | "however" | "too" | "then")
            }
        });
        set(Feature::Connective, f64::from(tied));
        set(Feature::Article, f64::from(matches!(first, "the" | "a" | "an")));
        set(Feature::Circumstance, f64::from(is(CIRCUMSTANCES, first)));
    }
    let attributed = before.iter().any(|span| is(SAID, &fold(span.of(text))));
    let quote = match (ends_quote, opens_quote) {
        (true, true) => Some(Feature::QuoteThenQuote),
        (true, false) => Some(Feature::QuoteThenProse),
        (false, true) if attributed => Some(Feature::AttributedThenQuote),
        (false, true) => Some(Feature::ProseThenQuote),
        (false, false) => None,
    };
    if let Some(feature) = quote {
        set(feature, 1.0);
    }
    let is_name =
        |span: &Span| matches!(Case::of(span.of(text)), Case::Capital | Case::Mixed) && !is_mark(span);
    let full = after
        .windows(2)
        .skip(1)
        .any(|pair| is_name(&pair[0]) && is_name(&pair[1]) && pair[0].end() + 1 == pair[1].start());
    set(Feature::FullName, f64::from(full));
    let (mut names, mut others) = (Vec::new(), Vec::new());
    for span in before {
        let word = span.of(text);
        if is_name(span) || Case::of(word) == Case::Upper {
            names.push(fold(word));
        } else if word.len() >= 5 {
            others.push(fold(word));
        }
    }
    let shared = |list: &[std::borrow::Cow<'_, str>]| {
        let mut found: Vec<_> = words
            .iter()
            .filter(|word| list.contains(word) && !is(PRONOUNS, word) && word.len() > 3)
            .collect();
        found.sort_unstable();
        found.dedup();
        found.len().min(3) as f64
    };
    set(Feature::SharedNames, shared(&names));
    set(Feature::SharedWords, shared(&others));
}

/// Evidence from what both sides of each place have in common.
pub(super) fn similarity(words: &[u32], gaps: &mut [Gap]) {
    let singles = shared_at(words.iter().copied(), 0);
    let pairs = shared_at(words.windows(2).map(|w| (w[0], w[1])), 1);
    let triples = shared_at(words.windows(3).map(|w| (w[0], w[1], w[2])), 2);
    for gap in gaps {
        let right = &words[gap.at..];
        let left = &words[..gap.at];
        let mut set = |feature: Feature, value: f64| gap.evidence[feature as usize] = value;
        let at = |counts: &[usize]| counts.get(gap.at).copied().unwrap_or(0) as f64;
        set(Feature::LongerRight, (right.len() as f64 / left.len() as f64).ln());
        let share = 2.0 * at(&singles) / words.len() as f64;
        set(Feature::SharedShare, share);
        set(Feature::MostlyShared, (share - 0.5).max(0.0));
        set(Feature::SharedPairs, at(&pairs) / 10.0);
        set(Feature::SharedTriples, at(&triples) / 10.0);
        let alike = |same: usize| same as f64 / 4.0;
        set(
            Feature::SameBeginning,
            alike(left.iter().zip(right).take(4).take_while(|(a, b)| a == b).count()),
        );
        let ends = left.iter().rev().zip(right.iter().rev());
        // The full stops at the ends say nothing.
        set(Feature::SameEnd, alike(ends.take(5).take_while(|(a, b)| a == b).count().saturating_sub(1)));
    }
}

/// For each number of words to the left, how many items both sides have in common, counted as often as they stand in both. An item is
/// `1 + more` words long, and those across the place belong to neither side.
fn shared_at<T: std::hash::Hash + Eq + Copy>(items: impl Iterator<Item = T>, more: usize) -> Vec<usize> {
    let items: Vec<T> = items.collect();
    let mut right: HashMap<T, usize> = HashMap::with_capacity(items.len());
    for item in &items {
        *right.entry(*item).or_default() += 1;
    }
    let mut left: HashMap<T, usize> = HashMap::with_capacity(items.len());
    let mut shared = 0;
    let mut all = vec![0; items.len() + more + 1];
    for (at, here) in all.iter_mut().enumerate().skip(1) {
        // The item that begins at `at - 1` leaves the right side; the one that ends there joins the left side.
        if let Some(item) = items.get(at - 1) {
            let count = right.entry(*item).or_default();
            shared -= usize::from(*count <= left.get(item).copied().unwrap_or(0));
            *count -= 1;
        }
        if let Some(item) = at.checked_sub(1 + more).and_then(|first| items.get(first)) {
            let count = left.entry(*item).or_default();
            *count += 1;
            shared += usize::from(*count <= right.get(item).copied().unwrap_or(0));
        }
        *here = shared;
    }
    all
}
