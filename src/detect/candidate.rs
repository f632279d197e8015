//! Where a document holds phrases that a spinner may have written, and where such that it would have replaced.

use std::collections::HashMap;
use std::ops::Range;

use crate::dictionary::{Dictionary, Match, Substitution};
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
    pub substitution: Substitution<'d>,
    /// Logarithm of P(spun | canonical, replaced).
    pub log_channel: f64,
    /// The canonical phrase as a kind.
    pub kind: KindId,
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
    /// Number of kinds.
    pub kinds: usize,
    words: Vec<WordId>,
}

impl Candidates<'_> {
    /// The canonical phrase of a candidate in the model's words.
    pub fn words(&self, candidate: &Candidate<'_>) -> &[WordId] {
        &self.words[candidate.words.clone()]
    }
}

/// Kinds by canonical key and capitalisation.
#[derive(Default)]
struct Kinds {
    ids: HashMap<(String, bool), KindId>,
}

impl Kinds {
    fn id(&mut self, key: &str, capital: bool) -> KindId {
        let next = KindId::try_from(self.ids.len()).unwrap_or(KindId::MAX);
        // One allocation for each look-up; far from the hot path, which is scoring.
        *self.ids.entry((key.to_owned(), capital)).or_insert(next)
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
    let mut out = Candidates::default();
    let mut kinds = Kinds::default();
    let (mut matches, mut names) = (Vec::new(), Vec::new());
    for start in 0..tokens.len() {
        dictionary.matches_at(tokens, start, &mut matches);
    }
    for found in &matches {
        if found.phrase.is_kept() {
            names.push(found.tokens.clone());
        }
    }
    let untouchable = untouchable(tokens, regions, &names);
    let mut survived_to = 0;
    for (index, found) in matches.iter().enumerate() {
        let range = found.tokens.clone();
        if !plain_case(tokens, &range) && found.phrase.substitutions().all(|s| !s.has_capitals()) {
            continue;
        }
        // Spinners know words with straight apostrophes only, and write only those.
        let curly = tokens.span(range.start, range.end).of(text).contains('’');
        if curly || beside_hyphen(text, tokens, &range) || untouchable[range.clone()].contains(&true) {
            continue;
        }
        let capital = tokens.as_slice()[range.start].case != Case::Lower;
        // The longest phrase wins, as in a spinner: later matches at the same start are longer.
        let longest = matches[index + 1..]
            .iter()
            .take_while(|m: &&Match<'_>| m.tokens.start == range.start)
            .all(|m| !m.phrase.is_canonical() || !plain_case(tokens, &m.tokens));
        if found.phrase.is_canonical() && longest && range.start >= survived_to && plain_case(tokens, &range)
        {
            survived_to = range.end;
            let key = tokens.phrase_key(range.clone());
            out.survivors.push(Survivor { tokens: range.clone(), kind: kinds.id(&key, capital) });
        }
        for substitution in found.phrase.substitutions() {
            if !substitution.fits_case(tokens, range.start) {
                continue;
            }
            let first_word = out.words.len();
            let canonical = Tokens::of_phrase(substitution.canonical);
            let key = canonical.phrase_key(0..canonical.len());
            out.words.extend((0..canonical.len()).map(|i| model.word(&canonical, i)));
            out.candidates.push(Candidate {
                tokens: range.clone(),
                log_channel: substitution.channel().ln(),
                kind: kinds.id(&key, capital),
                words: first_word..out.words.len(),
                substitution,
            });
        }
    }
    out.kinds = kinds.ids.len();
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
    tokens.as_slice()[range.start].case == Case::Lower
        && (text[..span.start()].ends_with('-') || text[span.end()..].starts_with('-'))
}

/// Per token: whether it lies in an address, in code or in a name.
fn untouchable(tokens: &Tokens, regions: &[Region], names: &[Range<usize>]) -> Vec<bool> {
    let mut flags = vec![false; tokens.len()];
    for region in regions.iter().filter(|r| r.kind != RegionKind::Quotation) {
        let first = tokens.at(region.span.start());
        let inside =
            tokens.as_slice()[first..].iter().take_while(|t| t.span.start() < region.span.end()).count();
        flags[first..first + inside].fill(true);
    }
    for name in names {
        flags[name.clone()].fill(true);
    }
    flags
}
