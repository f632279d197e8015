//! From occurrences to rows: counts, context, score.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::judge::Reason;
use super::learner::{Options, Pair};
use super::proposal::{Example, Proposal, Proposals, Status};
use super::side::Side;
use super::summary::Summary;
use crate::dictionary::{Dictionary, Phrase};
use crate::text::TokenKind;

/// Rows of a lower score are not proposed.
const LEAST_SCORE: f64 = 0.5;
/// Stretches of several words each that nothing tells how to split count by half.
const AMBIGUOUS: f64 = 0.5;
/// A row takes in the word beside it if it was seen so often, and with that word in so many cases.
const CONTEXT_COUNT: usize = 5;
const CONTEXT_SHARE: f64 = 0.95;
/// The same for words other than function words.
const TOPIC_COUNT: usize = 8;
/// A row of function words stands by itself if no word is beside it in this part of the cases.
const VARIED: f64 = 0.3;
/// Tokens around the phrases of an example.
const AROUND: usize = 6;

/// Words that phrases are built with: one that always stands beside a substitution is a part of it.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "all", "an", "and", "are", "as", "at", "be", "been", "before", "but", "by", "can",
    "could", "did", "do", "does", "for", "from", "get", "got", "had", "has", "have", "he", "her", "him",
    "his", "how", "i", "if", "in", "into", "is", "it", "its", "made", "make", "may", "might", "more", "most",
    "much", "my", "no", "not", "of", "off", "on", "one", "or", "other", "our", "out", "over", "said", "say",
    "she", "should", "so", "some", "such", "take", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "to", "up", "was", "we", "were", "what", "when", "where", "which",
    "while", "who", "will", "with", "would", "you", "your",
];

/// Whether a word is one that phrases are built with.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(&word)
}

/// What stands in a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Phrases {
    pub spun: String,
    pub canonical: String,
}

/// A substitution at its place.
#[derive(Debug)]
pub(super) struct Occurrence {
    /// Number of the pair of texts.
    pub document: usize,
    pub phrases: Phrases,
    /// The weight of the dictionary's row.
    pub known: Option<u32>,
    pub is_ambiguous: bool,
    pub spun: Range<usize>,
    pub original: Range<usize>,
}

impl Occurrence {
    /// The word before or after in the sentence, if it is the same in both texts.
    fn neighbour<'p>(&self, pairs: &'p [Pair<'_>], after: bool) -> Option<&'p str> {
        let Pair { spun, original, .. } = &pairs[self.document];
        let beside = |side: &'p Side, range: &Range<usize>| {
            let index = if after { range.end } else { range.start.checked_sub(1)? };
            let token = side.tokens.as_slice().get(index)?;
            let later = if after { index } else { range.start };
            let is_apart = token.kind == TokenKind::Symbol || side.tokens.as_slice()[later].starts_sentence;
            (!is_apart).then(|| side.tokens.key(index))
        };
        let word = beside(spun, &self.spun)?;
        (Some(word) == beside(original, &self.original)).then_some(word)
    }

    /// Takes the word before or after into the phrases.
    fn extend(&mut self, word: &str, after: bool) {
        for (phrase, range) in
            [(&mut self.phrases.spun, &mut self.spun), (&mut self.phrases.canonical, &mut self.original)]
        {
            if after {
                *phrase = format!("{phrase} {word}");
                range.end += 1;
            } else {
                *phrase = format!("{word} {phrase}");
                range.start -= 1;
            }
        }
    }
}

/// Numbers of occurrences by row.
pub(super) fn by_row(occurrences: &[Occurrence]) -> BTreeMap<Phrases, Vec<usize>> {
    let mut rows: BTreeMap<Phrases, Vec<usize>> = BTreeMap::new();
    for (number, occurrence) in occurrences.iter().enumerate() {
        rows.entry(occurrence.phrases.clone()).or_default().push(number);
    }
    rows
}

/// Takes words into new rows that always stand beside them: `on` for `at` was `on the` for `at the`.
fn take_in_context(pairs: &[Pair<'_>], occurrences: &mut [Occurrence]) {
    for after in [true, false] {
        for numbers in by_row(occurrences).into_values() {
            if numbers.len() < CONTEXT_COUNT || occurrences[numbers[0]].known.is_some() {
                continue;
            }
            let Some((word, beside)) =
                most_frequent(pairs, occurrences, &numbers, &[after]).map(|(_, w, n)| (w, n))
            else {
                continue;
            };
            // A content word may be there because the texts have one topic.
            let enough = if is_function_word(&word) { CONTEXT_COUNT } else { TOPIC_COUNT };
            if beside.len() >= enough && beside.len() as f64 >= CONTEXT_SHARE * numbers.len() as f64 {
                for number in beside {
                    occurrences[number].extend(&word, after);
                }
            }
        }
    }
}

/// The word that stands beside most of the occurrences, whether it comes after, and the occurrences.
fn most_frequent(
    pairs: &[Pair<'_>],
    occurrences: &[Occurrence],
    numbers: &[usize],
    sides: &[bool],
) -> Option<(bool, String, Vec<usize>)> {
    let mut beside: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (&after, &number) in sides.iter().flat_map(|after| numbers.iter().map(move |number| (after, number)))
    {
        if let Some(word) = occurrences[number].neighbour(pairs, after) {
            beside.entry((after, word)).or_default().push(number);
        }
    }
    let best = beside.into_iter().max_by_key(|(_, numbers)| numbers.len())?;
    Some((best.0.0, best.0.1.to_owned(), best.1))
}

/// Takes words into rows that would do harm without: those of function words alone (`could` for `would`), and those that take words
/// out (`all of the` for `all the`), unless they were seen among many different words. Gives the occurrences for which none recurs.
fn fix_in_context(pairs: &[Pair<'_>], occurrences: &mut [Occurrence]) -> BTreeSet<usize> {
    let mut loose = BTreeSet::new();
    for (Phrases { spun, canonical }, mut numbers) in by_row(occurrences) {
        let is_function = |phrase: &str| phrase.split(' ').all(is_function_word);
        let takes_out =
            canonical.split(' ').all(|word| is_function_word(word) && spun.split(' ').any(|w| w == word));
        if occurrences[numbers[0]].known.is_some()
            || !(takes_out || is_function(&spun) && is_function(&canonical))
        {
            continue;
        }
        let all = numbers.len();
        let mut is_first = true;
        while let Some((after, word, beside)) = most_frequent(pairs, occurrences, &numbers, &[true, false]) {
            if is_first && all >= CONTEXT_COUNT && (beside.len() as f64) < VARIED * all as f64 {
                numbers.clear();
                break;
            }
            is_first = false;
            if beside.len() < 2 {
                break;
            }
            numbers.retain(|number| !beside.contains(number));
            for number in beside {
                occurrences[number].extend(&word, after);
            }
        }
        loose.extend(numbers);
    }
    loose
}

/// Makes rows of the occurrences; `trust` says for each pair of texts how far it looks spun.
pub(super) fn propose(
    pairs: &[Pair<'_>],
    mut occurrences: Vec<Occurrence>,
    trust: &[f64],
    dictionary: &Dictionary,
    options: &Options,
    mut summary: Summary,
) -> Proposals {
    take_in_context(pairs, &mut occurrences);
    let loose = fix_in_context(pairs, &mut occurrences);
    if !loose.is_empty() {
        summary.set_aside(Reason::Ambiguous, loose.len());
    }
    let mut rows = Vec::new();
    for (phrases, mut numbers) in by_row(&occurrences) {
        numbers.retain(|number| !loose.contains(number));
        if numbers.is_empty() {
            continue;
        }
        let found = || numbers.iter().map(|&number| &occurrences[number]);
        let known = found().find_map(|occurrence| occurrence.known);
        if known.is_none() && has_row(&dictionary.explain(&phrases.canonical), &phrases.spun) {
            summary.reversed += numbers.len();
        }
        let mut documents: BTreeMap<usize, f64> = BTreeMap::new();
        for occurrence in found() {
            let share = if occurrence.is_ambiguous { AMBIGUOUS } else { 1.0 };
            let best = documents.entry(occurrence.document).or_default();
            *best = best.max(share * trust[occurrence.document]);
        }
        let score = 1.0 - documents.values().map(|p| 1.0 - p).product::<f64>();
        if score < LEAST_SCORE || numbers.len() < options.min_count {
            let reason = if found().all(|o| o.is_ambiguous) { Reason::Ambiguous } else { Reason::Weak };
            summary.set_aside(reason, numbers.len());
            continue;
        }
        match known {
            Some(_) => summary.known += numbers.len(),
            None => summary.new += numbers.len(),
        }
        if known.is_some() && options.new_only {
            continue;
        }
        rows.push(Proposal {
            spun: phrases.spun,
            canonical: phrases.canonical,
            status: known.map_or(Status::New, Status::Known),
            score,
            count: numbers.len(),
            documents: documents.len(),
            examples: examples(pairs, &occurrences, &numbers, options.examples),
        });
    }
    Proposals { rows, summary }
}

/// Whether a phrase may stand for another.
fn has_row(found: &[Phrase<'_>], canonical: &str) -> bool {
    found.iter().flat_map(Phrase::substitutions).any(|row| row.canonical == canonical)
}

/// The first places, each from another text as long as there are any.
fn examples(pairs: &[Pair<'_>], occurrences: &[Occurrence], numbers: &[usize], most: usize) -> Vec<Example> {
    let mut seen = BTreeSet::new();
    let (firsts, others): (Vec<usize>, Vec<usize>) =
        numbers.iter().partition(|&&number| seen.insert(occurrences[number].document));
    firsts
        .into_iter()
        .chain(others)
        .take(most)
        .map(|number| {
            let Occurrence { document, spun, original, .. } = &occurrences[number];
            let pair = &pairs[*document];
            Example {
                document: pair.name.clone(),
                spun: excerpt(&pair.spun, spun),
                original: excerpt(&pair.original, original),
            }
        })
        .collect()
}

/// A phrase with a few words of its sentence around it, on one line.
fn excerpt(side: &Side, range: &Range<usize>) -> String {
    let sentence = &side.sentences[side.sentences.partition_point(|s| s.end <= range.start)];
    let start = range.start.saturating_sub(AROUND).max(sentence.start);
    let end = (range.end + AROUND).min(sentence.end).max(range.end);
    side.phrase(start..end)
}
