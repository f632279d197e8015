//! Where a document holds phrases that a spinner may have written, and where such that it would have replaced.

use std::ops::Range;

use crate::dictionary::{Dictionary, Match, Row};
use crate::hash;
use crate::language::{LanguageModel, WordId};
use crate::text::{Case, Region, RegionKind, Tokens};

/// Number of a *kind*: a canonical phrase, capitalised or not. A spinner makes one choice for a kind and keeps it throughout an
/// article.
pub type KindId = u32;

/// One reading of a stretch of tokens: it stands for a canonical phrase.
#[derive(Debug, Clone)]
pub struct Candidate<'d> {
    /// The tokens that would be replaced.
    pub tokens: Range<usize>,
    /// The dictionary's row.
    pub row: Row<'d>,
    /// P(spun | canonical, replaced) by the dictionary's counts.
    pub channel: f64,
    /// The factor that training on aligned texts adds to it.
    pub bias: f64,
    /// Logarithm of the two.
    pub log: f64,
    /// The canonical phrase as a kind.
    pub kind: KindId,
    /// The kind and what it is replaced by.
    pub choice: u32,
    /// The spun phrase and what it is taken for, capitals aside.
    pub reading: u32,
    /// The spun phrase.
    pub phrase: u32,
    /// The canonical phrase in the model's words: a range of [`Candidates::words`].
    words: Range<usize>,
}

/// A phrase that stands in the text although spinners replace it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survivor {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The phrase as a kind.
    pub kind: KindId,
}

/// All that the dictionary knows about a document.
#[derive(Debug, Default)]
pub struct Candidates<'d> {
    /// In order of their first token.
    pub candidates: Vec<Candidate<'d>>,
    /// In order; they don't overlap.
    pub survivors: Vec<Survivor>,
    /// How many kinds, choices, readings and spun phrases they name.
    pub distinct: Distinct,
    /// The tokens of the document in the model's words.
    pub text: Vec<WordId>,
    words: Vec<WordId>,
}

/// How many different things the candidates of a document name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Distinct {
    /// Kinds.
    pub kinds: usize,
    /// Choices.
    pub choices: usize,
    /// Readings.
    pub readings: usize,
    /// Spun phrases.
    pub phrases: usize,
}

impl Candidates<'_> {
    /// The canonical phrase of a candidate in the model's words.
    pub fn words(&self, candidate: &Candidate<'_>) -> &[WordId] {
        &self.words[candidate.words.clone()]
    }
}

/// Numbers things by their hashes, in order of first appearance. Open addressing, at most half full.
struct Numbers {
    slots: Vec<(u64, u32)>,
    count: u32,
}

/// No number.
const FREE: u32 = u32::MAX;

impl Numbers {
    /// With room for so many before it has to grow.
    fn with_room_for(count: usize) -> Self {
        Self { slots: vec![(0, FREE); (2 * count).next_power_of_two().max(64)], count: 0 }
    }

    fn of(&mut self, hash: u64) -> u32 {
        if 2 * self.count as usize >= self.slots.len() {
            let longer = vec![(0, FREE); 4 * self.slots.len()];
            for (hash, number) in std::mem::replace(&mut self.slots, longer) {
                if number != FREE {
                    *self.slot(hash) = (hash, number);
                }
            }
        }
        let next = self.count;
        let slot = self.slot(hash);
        if slot.1 == FREE {
            *slot = (hash, next);
            self.count += 1;
            return next;
        }
        slot.1
    }

    #[allow(clippy::cast_possible_truncation, reason = "part of a hash is wanted")]
    fn slot(&mut self, hash: u64) -> &mut (u64, u32) {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 20) as usize & mask;
        while self.slots[at].1 != FREE && self.slots[at].0 != hash {
            at = (at + 1) & mask;
        }
        &mut self.slots[at]
    }
}

/// What a document names, while it is looked up.
struct Names {
    kinds: Numbers,
    readings: Numbers,
    phrases: Numbers,
}

impl Names {
    fn of(matches: &[Match<'_>]) -> Self {
        let numbers = || Numbers::with_room_for(matches.len());
        Self { kinds: numbers(), readings: numbers(), phrases: numbers() }
    }

    fn kind(&mut self, canonical_key: u64, capital: bool) -> KindId {
        self.kinds.of(hash::combine(canonical_key, u64::from(capital)))
    }

    fn distinct(&self) -> Distinct {
        let count = |numbers: &Numbers| numbers.count as usize;
        Distinct {
            kinds: count(&self.kinds),
            choices: 2 * count(&self.readings),
            readings: count(&self.readings),
            phrases: count(&self.phrases),
        }
    }
}

/// Looks a document up in a dictionary.
pub fn candidates<'d>(
    text: &str,
    tokens: &Tokens,
    regions: &[Region],
    dictionary: &'d Dictionary,
    model: &LanguageModel,
) -> Candidates<'d> {
    let mut out = Candidates { text: model.words(tokens), ..Candidates::default() };
    let (mut matches, mut names) = (Vec::with_capacity(tokens.len()), Vec::new());
    dictionary.matches_from(tokens, &(0..tokens.len()), &mut matches);
    for found in &matches {
        if found.phrase.is_kept() {
            names.push(found.tokens.clone());
        }
    }
    let mut numbers = Names::of(&matches);
    // Rows are far apart: all are looked at in turn here, so that none waits for the memory of another.
    let rows = matches.iter().flat_map(|found| found.phrase.rows());
    out.words.reserve(rows.map(|row| row.facts().most_words()).sum());
    out.candidates.reserve(matches.len());
    out.survivors.reserve(tokens.len() / 8);
    let untouchable = untouchable(tokens, regions, &matches);
    let name_ends = name_ends(tokens, &names);
    let mut survived_to = 0;
    for (index, found) in matches.iter().enumerate() {
        let range = found.tokens.clone();
        let plain = plain_case(tokens, &range);
        if !plain && found.phrase.rows().all(|row| !row.facts().has_capitals) {
            continue;
        }
        // Spinners know words with straight apostrophes only, and write only those.
        let curly = || {
            range.clone().any(|at| tokens.is_folded(at))
                && tokens.span(range.start, range.end).of(text).contains('’')
        };
        if beside_hyphen(text, tokens, &range) || curly() || untouchable[range.clone()].contains(&true) {
            continue;
        }
        let capital = tokens.as_slice()[range.start].case != Case::Lower;
        // The longest phrase wins, as in a spinner: later matches at the same start are longer.
        let longest = || {
            matches[index + 1..]
                .iter()
                .take_while(|m: &&Match<'_>| m.tokens.start == range.start)
                .all(|m| !m.phrase.is_survivor() || !plain_case(tokens, &m.tokens))
        };
        if found.phrase.is_survivor() && plain && range.start >= survived_to && longest() {
            survived_to = range.end;
            let kind = numbers.kind(tokens.phrase_hash(range.clone()), capital);
            out.survivors.push(Survivor { tokens: range.clone(), kind });
        }
        // A name as a whole is genuine, and what survives in it speaks against spinning. "Supreme Court docket" reaches further.
        if name_ends.get(range.start).is_some_and(|&end| end >= range.end) {
            continue;
        }
        // The rows of a phrase write it alike, but for capitals.
        let mut last = None;
        for row in found.phrase.rows() {
            let facts = row.facts();
            // Rows with guards are judged by `terms`.
            let fits = if facts.has_capitals { facts.fits_case(tokens, range.clone()) } else { plain };
            if facts.is_guarded || !fits {
                continue;
            }
            let first_word = out.words.len();
            facts.add_words(model, &mut out.words);
            let phrase = match last {
                Some((spun, phrase)) if spun == facts.spun => phrase,
                _ => last.insert((facts.spun, numbers.phrases.of(facts.spun))).1,
            };
            let reading = numbers.readings.of(hash::combine(facts.spun, facts.canonical_key));
            out.candidates.push(Candidate {
                tokens: range.clone(),
                row,
                channel: facts.channel,
                bias: facts.bias,
                log: facts.log,
                kind: numbers.kind(facts.canonical_key, capital),
                // A reading is a choice of either of two kinds: capitalised or not.
                choice: 2 * reading + u32::from(capital),
                reading,
                phrase,
                words: first_word..out.words.len(),
            });
        }
    }
    out.distinct = numbers.distinct();
    out
}

/// Whether only the first word has a capital: how spinners match and write.
fn plain_case(tokens: &Tokens, range: &Range<usize>) -> bool {
    let tokens = &tokens.as_slice()[range.clone()];
    matches!(tokens[0].case, Case::Lower | Case::Capital) && tokens[1..].iter().all(|t| t.case == Case::Lower)
}

/// Spinners leave words beside a hyphen alone.
fn beside_hyphen(text: &str, tokens: &Tokens, range: &Range<usize>) -> bool {
    let span = tokens.span(range.start, range.end);
    let hyphen = |at: usize| text.as_bytes().get(at) == Some(&b'-');
    tokens.as_slice()[range.start].case == Case::Lower
        && (hyphen(span.start().wrapping_sub(1)) || hyphen(span.end()))
}

fn is_ignored(region: &Region) -> bool {
    region.kind == RegionKind::Ignored
}

/// Per token: where the name ends that covers it and reaches furthest; 0 if none does. Empty if there is no name.
fn name_ends(tokens: &Tokens, names: &[Range<usize>]) -> Vec<usize> {
    let mut ends = vec![0; if names.is_empty() { 0 } else { tokens.len() }];
    for name in names {
        for end in &mut ends[name.clone()] {
            *end = name.end.max(*end);
        }
    }
    ends
}

/// Per token: whether it lies in an address or in code, or is to be ignored. A phrase that ends in what is to be ignored
/// (`overseas minister [sic]`) is ignored as a whole.
fn untouchable(tokens: &Tokens, regions: &[Region], matches: &[Match<'_>]) -> Vec<bool> {
    let mut flags = vec![false; tokens.len()];
    let mut ignored = vec![false; if regions.iter().any(is_ignored) { tokens.len() } else { 0 }];
    for region in regions.iter().filter(|r| r.kind != RegionKind::Quotation) {
        let first = tokens.at(region.span.start());
        let inside =
            tokens.as_slice()[first..].iter().take_while(|t| t.span.start() < region.span.end()).count();
        flags[first..first + inside].fill(true);
        if is_ignored(region) {
            ignored[first..first + inside].fill(true);
        }
    }
    if !ignored.is_empty() {
        for found in matches.iter().filter(|m| ignored.get(m.tokens.end - 1) == Some(&true)) {
            flags[found.tokens.clone()].fill(true);
        }
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::regions;

    /// The phrases with a candidate, and the survivors.
    fn found(text: &str) -> (Vec<&str>, Vec<&str>) {
        let (dictionary, model) = (Dictionary::builtin().unwrap(), LanguageModel::builtin().unwrap());
        let tokens = Tokens::of(text);
        let found = candidates(text, &tokens, &regions(text), &dictionary, model);
        let under = |range: &Range<usize>| tokens.span(range.start, range.end).of(text);
        let mut spun: Vec<&str> = found.candidates.iter().map(|c| under(&c.tokens)).collect();
        spun.dedup();
        (spun, found.survivors.iter().map(|s| under(&s.tokens)).collect())
    }

    #[test]
    fn a_name_is_genuine_but_for_what_reaches_beyond_it() {
        let (spun, survivors) = found("They won the supreme court docket case");
        assert!(spun.contains(&"court docket") && !spun.contains(&"supreme"), "{spun:?}");
        assert!(survivors.contains(&"court"), "{survivors:?}");
    }

    #[test]
    fn what_is_to_be_ignored_is_neither_candidate_nor_survivor() {
        assert_eq!(found("The overseas minister mentioned it. unspin:ignore"), (vec![], vec![]));
        let (spun, _) = found("Met by the overseas minister [sic] within the hall");
        assert!(spun.contains(&"within the") && !spun.contains(&"overseas"), "{spun:?}");
    }
}
