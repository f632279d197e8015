//! Places that may be spun, with every wording that may have stood there.

use std::ops::Range;

use super::candidate::Candidates;
use super::change::Changes;
use super::reading::Reading;
use super::reranker::{FEATURES, Features, Reranker, log_odds};

use crate::dictionary::{Row, Substitution};
use crate::language::{Context, WordId};
use crate::text::Span;

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
    pub(super) core_text: Range<usize>,
    /// Number of the likeliest row's candidate, where the lattice found it.
    pub(super) candidate: Option<usize>,
    /// Posterior of that candidate alone.
    pub(super) likeliest: f64,
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
    let Reading { candidates, .. } = reading;
    let changes = Changes::of(reading, NEGLIGIBLE);
    let occurrences = Occurrences::of(candidates);
    let mut out = Vec::new();
    for group in changes.groups(least.min(FAINTEST)) {
        let alternative = |&number: &u32| changes.alternative(number, candidates);
        let mut finding = Finding {
            span: group.core,
            alternatives: group.members.iter().map(alternative).collect(),
            keep_posterior: group.keep_posterior.clamp(0.0, 1.0),
        };
        let features = features(&finding, reading, &occurrences, spun);
        finding.rerank(reranker.confidence(&features));
        if finding.alternatives[0].posterior >= least {
            out.push(finding);
        }
    }
    out
}
