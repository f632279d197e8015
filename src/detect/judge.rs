//! A second opinion on a document, learned from texts that were spun and from genuine ones of several kinds.
//!
//! The likelihood ratio of the lattice takes every place for evidence of its own. But a writer who likes a word writes it often, and a
//! text of a kind that the language model does not know reads oddly throughout. Trees of questions about the document as a
//! whole correct the log-odds.

use once_cell::sync::OnceCell;
use serde::{Deserialize, Serialize};

use super::forest::Forest;
use super::reading::Reading;
use crate::text::TokenKind;

/// How many things are known of a document.
pub const DOCUMENT_FEATURES: usize = 15;
/// What they are, in order.
pub const DOCUMENT_FEATURE_NAMES: [&str; DOCUMENT_FEATURES] = [
    "evidence of spinning, bounded",
    "evidence for 100 tokens",
    "spin rate",
    "ln of the kinds of phrases that could have been replaced",
    "ln of the tokens",
    "different phrases that are likelier spun than not",
    "those of posterior 0.9 and more",
    "those of posterior 0.99 and more",
    "those of posterior 0.9 and more for 100 tokens",
    "share of the kinds that is expected to be replaced, phrases counted once",
    "bits of a token, by the language model",
    "share of unknown words",
    "phrases left standing that spinners replace, for each token",
    "share of one phrase in all that is expected to be replaced",
    "share of the tokens that are numbers or symbols",
];

/// What is known of a document.
pub type DocumentFeatures = [f32; DOCUMENT_FEATURES];

/// The trees. Without any, nothing is corrected.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Judge {
    /// Added to the log-odds: what makes up for the share of spun texts among those that the trees were grown with.
    pub prior: f64,
    /// The trees.
    pub trees: Forest,
}

static BUILTIN: OnceCell<Judge> = OnceCell::new();

impl Judge {
    /// The trees that were learned for the built-in data.
    ///
    /// # Panics
    ///
    /// If the file that was built in holds something else: a mistake in building this program.
    pub fn builtin() -> &'static Self {
        BUILTIN.get_or_init(|| {
            serde_json::from_str(include_str!("../../dictionaries/judge.json")).expect("the built-in trees")
        })
    }

    /// Log-odds that a document is spun.
    pub fn log_odds(&self, features: &DocumentFeatures) -> f64 {
        f64::from(features[0]) + self.prior + self.trees.answers(features)
    }
}

/// The evidence stays within these bounds.
const MOST_EVIDENCE: f64 = 8.0;

/// What is known of a document.
#[allow(clippy::cast_possible_truncation, reason = "trees need no more digits")]
pub fn document_features(reading: Reading<'_, '_>) -> DocumentFeatures {
    let Reading { tokens, candidates, decoded, .. } = reading;
    let count = tokens.len().max(1) as f64;
    // Of each phrase its likeliest place, so that a favourite word counts once.
    let (mut best, mut sums) =
        (vec![0.0; candidates.distinct.phrases], vec![0.0; candidates.distinct.phrases]);
    for (candidate, &posterior) in candidates.candidates.iter().zip(&decoded.posteriors) {
        let (best, sum): (&mut f64, &mut f64) =
            (&mut best[candidate.phrase as usize], &mut sums[candidate.phrase as usize]);
        *best = best.max(posterior);
        *sum += posterior;
    }
    let above = |least: f64| best.iter().filter(|posterior| **posterior >= least).count() as f64;
    let replaced: f64 = sums.iter().sum();
    let greatest = sums.iter().copied().fold(0.0, f64::max);
    let others = tokens.as_slice().iter().filter(|token| token.kind != TokenKind::Word).count() as f64;
    [
        decoded.evidence.clamp(-MOST_EVIDENCE, MOST_EVIDENCE),
        100.0 * decoded.evidence / count,
        decoded.rate,
        decoded.kinds.max(1.0).ln(),
        count.ln(),
        above(0.5),
        above(0.9),
        above(0.99),
        100.0 * above(0.9) / count,
        best.iter().sum::<f64>() / decoded.kinds.max(1.0),
        -decoded.plain / count / std::f64::consts::LN_2,
        decoded.unknown as f64 / count,
        candidates.survivors.len() as f64 / count,
        greatest / replaced.max(0.1),
        others / count,
    ]
    .map(|feature: f64| feature as f32)
}
