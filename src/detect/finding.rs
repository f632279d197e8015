//! Places that may be spun, with every wording that may have stood there.

use std::ops::Range;

use super::candidate::{Candidate, Candidates};
use super::reading::Reading;
use super::reranker::{FEATURES, Features, Reranker, log_odds};

use crate::dictionary::{Row, Substitution};
use crate::language::{Context, WordId};
use crate::repair::wording;
use crate::text::{Span, Tokens};

/// A wording that may have stood at a place.
#[derive(Debug, Clone)]
pub struct Alternative<'d> {
    /// Bytes that it would replace, as the dictionary's row has them.
    pub span: Span,
    /// What would stand there.
    pub replacement: String,
    /// Probability in [0, 1] that it stood there, over all rows that come to the same change.
    pub posterior: f64,
    /// The likeliest of these rows.
    pub substitution: Substitution<'d>,
    /// The same as texts are looked up, where the lattice found it.
    pub row: Option<Row<'d>>,
    /// What really changes: one of the stretches of words in which the row's two forms differ.
    pub core: Span,
    /// In how many such stretches they differ.
    pub cores: usize,
    /// What stands there and what stood there, where no row says so: then `substitution` names no phrases.
    pub inferred: Option<(String, String)>,
    core_text: Range<usize>,
    /// Number of the likeliest row's candidate, where the lattice found it.
    candidate: Option<usize>,
    /// Posterior of that candidate alone.
    likeliest: f64,
}

impl<'d> Alternative<'d> {
    /// A change of a whole phrase.
    pub(crate) fn whole(
        span: Span,
        replacement: String,
        posterior: f64,
        substitution: Substitution<'d>,
    ) -> Self {
        let core_text = 0..replacement.len();
        Self {
            span,
            replacement,
            posterior,
            substitution,
            row: None,
            core: span,
            cores: 1,
            inferred: None,
            core_text,
            candidate: None,
            likeliest: posterior,
        }
    }

    /// Number of the likeliest row's candidate, if the lattice found it.
    pub fn candidate(&self) -> Option<usize> {
        self.candidate
    }

    /// What would stand in the core.
    pub fn core_replacement(&self) -> &str {
        &self.replacement[self.core_text.clone()]
    }
}

/// A place that may be spun. The posteriors of its alternatives and of keeping it sum to 1.
#[derive(Debug, Clone)]
pub struct Finding<'d> {
    /// The bytes in question: the core of the likeliest alternative.
    pub span: Span,
    /// Wordings that may have stood there, the likeliest first.
    pub alternatives: Vec<Alternative<'d>>,
    /// Probability of everything else: that the place stands as it was written, or is part of another change.
    pub keep_posterior: f64,
}

impl Finding<'_> {
    /// Gives the likeliest alternative another probability. What it loses goes to keeping the place, and the other alternatives lose
    /// with it; what it gains is taken from all the others alike.
    fn rerank(&mut self, confidence: f64) {
        let before = self.alternatives[0].posterior;
        let others = if confidence < before {
            confidence / before
        } else {
            (1.0 - confidence) / (1.0 - before).max(f64::MIN_POSITIVE)
        };
        for alternative in &mut self.alternatives[1..] {
            alternative.posterior *= others;
        }
        self.alternatives[0].posterior = confidence;
        let replaced: f64 = self.alternatives.iter().map(|a| a.posterior).sum();
        self.keep_posterior = (1.0 - replaced).max(0.0);
    }
}

/// How often a text holds the same.
#[derive(Debug)]
pub struct Occurrences {
    /// For each kind, how often its canonical phrase stands.
    survivors: Vec<u32>,
    /// For each reading, how often its spun phrase stands.
    readings: Vec<u32>,
}

impl Occurrences {
    /// Counts the candidates of a text.
    pub fn of(candidates: &Candidates<'_>) -> Self {
        let distinct = candidates.distinct;
        let mut out = Self { survivors: vec![0; distinct.kinds], readings: vec![0; distinct.readings] };
        candidates.survivors.iter().for_each(|s| out.survivors[s.kind as usize] += 1);
        candidates.candidates.iter().for_each(|c| out.readings[c.reading as usize] += 1);
        out
    }
}

/// What the re-ranker asks about a finding in a document whose log-odds of being spun are `spun` (see [`FEATURE_NAMES`](super::FEATURE_NAMES)).
#[allow(clippy::cast_possible_truncation, reason = "trees need no more digits")]
pub fn features(
    finding: &Finding<'_>,
    reading: Reading<'_, '_>,
    occurrences: &Occurrences,
    spun: f64,
) -> Features {
    let Reading { tokens, candidates, decoded, model, .. } = reading;
    let best = &finding.alternatives[0];
    let row = &best.substitution;
    let Some(candidate) = best.candidate.map(|number| &candidates.candidates[number]) else {
        // Not found by the lattice: only its posterior is known.
        let mut only = [0.0; FEATURES];
        only[0] = log_odds(best.posterior);
        return only;
    };
    let alone = |word: WordId| model.score(&Context::default(), word).0;
    let flag = |is: bool| f32::from(u8::from(is));
    [
        log_odds(best.posterior),
        decoded.rate as f32,
        log_odds(finding.keep_posterior),
        log_odds(best.likeliest),
        finding.alternatives.get(1).map_or(0.0, |second| second.posterior as f32),
        f64::from(row.weight).ln() as f32,
        row.bias as f32,
        candidates.text[candidate.tokens.clone()].iter().map(|&word| alone(word)).sum(),
        candidates.words(candidate).iter().map(|&word| alone(word)).sum(),
        flag(row.canonical.contains('\'')),
        flag(tokens.has_curly_apostrophes()),
        occurrences.survivors[candidate.kind as usize] as f32,
        occurrences.readings[candidate.reading as usize] as f32,
        flag(row.is_observed()),
        best.cores as f32,
        spun as f32,
    ]
}

/// Findings fainter than this are not looked at by the re-ranker.
pub const FAINTEST: f64 = 0.02;

/// Findings whose likeliest alternative is less likely than this are not worth showing.
pub const LEAST_POSTERIOR: f64 = 0.1;

/// Alternatives below this are not worth naming.
const NEGLIGIBLE: f64 = 0.001;

/// Collects candidates that come to the same change, and changes that compete for the same words. In order of place.
///
/// `spun` are the log-odds that the document is. The likeliest alternative of each gets the confidence that the [`Reranker`] gives
/// it; findings whose likeliest alternative has less than `least` are left out.
pub fn findings<'d>(
    reading: Reading<'_, 'd>,
    spun: f64,
    reranker: &Reranker,
    least: f64,
) -> Vec<Finding<'d>> {
    let Reading { text, tokens, candidates, decoded, .. } = reading;
    let mut changes: Vec<Alternative<'d>> = Vec::new();
    for (number, (candidate, &posterior)) in candidates.candidates.iter().zip(&decoded.posteriors).enumerate()
    {
        if posterior < NEGLIGIBLE {
            continue;
        }
        for alternative in alternatives(text, tokens, number, candidate, posterior) {
            let twin =
                changes.iter_mut().rev().take_while(|c| c.span.end() > alternative.span.start()).find(|c| {
                    c.core == alternative.core && c.core_replacement() == alternative.core_replacement()
                });
            match twin {
                Some(twin) => {
                    let sum = (twin.posterior + posterior).min(1.0);
                    if posterior > twin.likeliest {
                        *twin = alternative;
                    }
                    twin.posterior = sum;
                }
                None => changes.push(alternative),
            }
        }
    }
    let mut out = group(changes, least.min(FAINTEST));
    let occurrences = Occurrences::of(candidates);
    for finding in &mut out {
        let features = features(finding, reading, &occurrences, spun);
        finding.rerank(reranker.confidence(&features));
    }
    out.retain(|finding| finding.alternatives[0].posterior >= least);
    out
}

/// The changes that a candidate comes to: a row such as "major objective" for "primary goal" says the same of each word as the
/// rows of the words do.
fn alternatives<'d>(
    text: &str,
    tokens: &Tokens,
    number: usize,
    candidate: &Candidate<'d>,
    posterior: f64,
) -> Vec<Alternative<'d>> {
    let range = candidate.tokens.clone();
    let span = tokens.span(range.start, range.end);
    let substitution = candidate.row.substitution();
    let replacement = wording(&substitution, tokens, range.start);
    let cores = cores(span.of(text), &replacement);
    let count = cores.len();
    let one = |(old, new): (Range<usize>, Range<usize>)| Alternative {
        span,
        replacement: replacement.clone(),
        posterior,
        substitution,
        row: Some(candidate.row),
        core: Span::new(span.start() + old.start, span.start() + old.end),
        cores: count,
        inferred: None,
        core_text: new,
        candidate: Some(number),
        likeliest: posterior,
    };
    cores.into_iter().map(one).collect()
}

/// The stretches of two phrases that differ, in bytes of each.
///
/// Phrases of equally many words are compared word by word, an article staying with the word behind it. Of others, the words
/// that they share at either end are left out; at least one word of each is left.
fn cores(old: &str, new: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let (old_words, new_words) = (words(old), words(new));
    let pick = |range: Range<usize>, all: &[Range<usize>]| all[range.start].start..all[range.end - 1].end;
    if old_words.len() != new_words.len() {
        let most = old_words.len().min(new_words.len()) - 1;
        let same = |(a, b): &(&Range<usize>, &Range<usize>)| old[(*a).clone()] == new[(*b).clone()];
        let head = old_words.iter().zip(&new_words).take(most).take_while(same).count();
        let tail =
            old_words.iter().rev().zip(new_words.iter().rev()).take(most - head).take_while(same).count();
        let inner = |all: &[Range<usize>]| pick(head..all.len() - tail, all);
        return vec![(inner(&old_words), inner(&new_words))];
    }
    let mut out = Vec::new();
    let mut from = None;
    for (at, (a, b)) in old_words.iter().zip(&new_words).enumerate() {
        let (a, b) = (&old[a.clone()], &new[b.clone()]);
        if a == b && from.is_none() {
            continue;
        }
        let first = *from.get_or_insert(at);
        let is_article = |word: &str| matches!(word, "a" | "an" | "A" | "An");
        if !(is_article(a) && is_article(b)) || at + 1 == old_words.len() {
            out.push((pick(first..at + 1, &old_words), pick(first..at + 1, &new_words)));
            from = None;
        }
    }
    if out.is_empty() { vec![(0..old.len(), 0..new.len())] } else { out }
}

/// The words of a phrase, in bytes.
fn words(phrase: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut next = |word: &str| {
        let range = start..start + word.len();
        start = range.end + 1;
        range
    };
    phrase.split(' ').map(&mut next).collect()
}

/// Groups changes whose cores overlap a likelier one; drops groups whose likeliest is below `least`.
fn group(mut changes: Vec<Alternative<'_>>, least: f64) -> Vec<Finding<'_>> {
    changes.sort_by(|a, b| b.posterior.total_cmp(&a.posterior).then_with(|| a.span.cmp(&b.span)));
    let mut out: Vec<Finding<'_>> = Vec::new();
    // Findings by place, so that a competitor is found without looking at all of them.
    let mut by_start: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for change in changes {
        let before = by_start.range(..change.core.end().max(change.core.start() + 1)).next_back();
        let rival = before
            .map(|(_, &number)| number)
            .filter(|&n| out[n].span.overlaps(change.core) || out[n].span == change.core);
        match rival {
            Some(number) if out[number].span == change.core => {
                out[number].keep_posterior -= change.posterior;
                out[number].alternatives.push(change);
            }
            None if change.posterior >= least => {
                by_start.insert(change.core.start(), out.len());
                out.push(Finding {
                    span: change.core,
                    keep_posterior: 1.0 - change.posterior,
                    alternatives: vec![change],
                });
            }
            // A part of another change, or not worth showing.
            Some(_) | None => {}
        }
    }
    out.sort_by_key(|finding| finding.span);
    for finding in &mut out {
        finding.keep_posterior = finding.keep_posterior.clamp(0.0, 1.0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs<'a>(old: &'a str, new: &'a str) -> Vec<(&'a str, &'a str)> {
        cores(old, new).into_iter().map(|(a, b)| (&old[a], &new[b])).collect()
    }

    #[test]
    fn words_are_compared_one_by_one_where_they_correspond() {
        assert_eq!(pairs("major objective", "primary goal"), [("major", "primary"), ("objective", "goal")]);
        assert_eq!(pairs("within the", "in the"), [("within", "in")]);
        assert_eq!(pairs("is a crucial", "is an important"), [("a crucial", "an important")]);
        assert_eq!(pairs("go to", "visit"), [("go to", "visit")]);
        assert_eq!(pairs("whether or not", "whether"), [("whether or not", "whether")]);
        assert_eq!(pairs("the remainder of", "the rest of"), [("remainder", "rest")]);
        assert_eq!(pairs("in a long time", "in decades"), [("a long time", "decades")]);
        assert_eq!(pairs("same", "same"), [("same", "same")]);
    }
}
