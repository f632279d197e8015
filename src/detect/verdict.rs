//! Is the document spun?

use serde::{Deserialize, Serialize};

use super::decode::Decoded;
use super::parameters::Parameters;
use super::section::Overall;
use crate::odds;
use crate::screen::Glance;

/// The judgement on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// Nothing speaks for spinning.
    Clean,
    /// Something does, but not enough to change the text.
    Suspect,
    /// Words were replaced throughout.
    Spun,
    /// Too few words to say.
    TooShort,
    /// A [screen](crate::screen) saw nothing of spinning at a glance; nothing else was looked at.
    PassedOver,
}

impl VerdictKind {
    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Suspect => "suspect",
            Self::Spun => "spun",
            Self::TooShort => "too_short",
            Self::PassedOver => "passed_over",
        }
    }
}

/// The kind of machine that spun a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// A blog spinner: a table of phrases, applied throughout (`A`).
    Blog,
    /// A thesaurus, word by word (`B`).
    Thesaurus,
    /// A paraphraser of papers, which leaves tortured phrases (`D`).
    Academic,
}

impl Family {
    /// The name in every format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blog => "blog",
            Self::Thesaurus => "thesaurus",
            Self::Academic => "academic",
        }
    }
}

/// The judgement on a document, with its grounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The judgement.
    pub kind: VerdictKind,
    /// What spun it, where it is `suspect` or `spun`.
    pub family: Option<Family>,
    /// Probability in [0, 1] that the document is spun.
    pub probability: f64,
    /// Logarithm (in nats) of how much likelier the text is if it was spun, at any rate, than if it was not, by the lattice alone.
    pub evidence: f64,
    /// Log-odds of the probability, which rounds to 0 or 1 long before documents stop differing in them: compare documents by these.
    pub log_odds: f64,
    /// Estimated share of the replaceable phrases that were replaced, in [0, 1].
    pub rate: f64,
    /// 95 % interval of the rate (Wilson 1927, over kinds of phrases).
    pub rate_interval: (f64, f64),
    /// Words and numbers of the document.
    pub words: usize,
}

/// Evidence for a hundred words, in nats, at which a reading holds without asking the thesaurus. Articles of thesaurus spinners reach half
/// of it when they are read with the dictionary of blog spinners, those of blog spinners at rate 1 more than twice as much.
const PLAIN: f64 = 25.0;

impl Verdict {
    /// Whether the document is spun so plainly that no other family has to be asked.
    pub fn is_plain(&self) -> bool {
        self.kind == VerdictKind::Spun && 100.0 * self.evidence >= PLAIN * self.words as f64
    }
}

/// Documents with fewer words are `too_short`.
pub const FEWEST_WORDS: usize = 50;

/// Judges a document by how much better it reads if it was spun, at any rate, than if it was not. `family` is the one whose
/// dictionary it was read with; `log_odds` are those that it is spun.
pub fn verdict(
    overall: Overall,
    words: usize,
    family: Family,
    log_odds: f64,
    parameters: &Parameters,
) -> Verdict {
    let probability = odds::probability(log_odds);
    let kind = if words < FEWEST_WORDS {
        VerdictKind::TooShort
    } else if probability >= parameters.spun_from {
        VerdictKind::Spun
    } else if probability >= parameters.suspect_from {
        VerdictKind::Suspect
    } else {
        VerdictKind::Clean
    };
    Verdict {
        kind,
        family: matches!(kind, VerdictKind::Suspect | VerdictKind::Spun).then_some(family),
        probability,
        evidence: overall.evidence,
        log_odds,
        rate: overall.rate,
        rate_interval: wilson(overall.rate, overall.kinds),
        words,
    }
}

/// The judgement on a document that a screen passes over.
pub fn passed_over(glance: Glance, parameters: &Parameters) -> Verdict {
    let log_odds = glance.log_odds + parameters.prior_log_odds();
    Verdict {
        kind: VerdictKind::PassedOver,
        family: None,
        probability: odds::probability(log_odds),
        evidence: 0.0,
        log_odds,
        rate: 0.0,
        rate_interval: wilson(0.0, 0.0),
        words: glance.words,
    }
}

/// Log-odds that a text is spun, by the lattice alone: the likelihood ratio, averaged over rates and tempered, times the prior odds.
/// Tempered, because places in one text are not independent evidence, those of the same phrase least of all: all but the strongest of them
/// count little.
pub fn lattice_log_odds(decoded: &Decoded, parameters: &Parameters) -> f64 {
    let evidence = decoded.evidence - REPEATED * decoded.repeated;
    parameters.evidence * evidence + parameters.prior_log_odds()
}

/// What a repeated phrase says counts less by this share.
const REPEATED: f64 = 0.8;

/// Wilson's 95 % interval of a share over `n` trials.
fn wilson(share: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    if n <= 0.0 {
        return (0.0, 1.0);
    }
    let centre = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe 1998, table I: 81 of 263.
    #[test]
    fn wilson_interval() {
        let (low, high) = wilson(81.0 / 263.0, 263.0);
        assert!((low - 0.2553).abs() < 1e-4 && (high - 0.3662).abs() < 1e-4, "{low} {high}");
    }
}
