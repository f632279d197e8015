//! Places that may be spun, with every wording that may have stood there.

use super::candidate::{Candidate, Candidates};
use crate::dictionary::Substitution;
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
    /// What really changes: the span without the words that the replacement shares at either end.
    pub core: Span,
}

impl Alternative<'_> {
    /// What would stand in the core.
    pub fn core_replacement(&self) -> &str {
        let head = self.core.start() - self.span.start();
        let tail = self.span.end() - self.core.end();
        &self.replacement[head..self.replacement.len() - tail]
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

/// Findings whose likeliest alternative is less likely than this are not worth showing.
pub const LEAST_POSTERIOR: f64 = 0.1;

/// Alternatives below this are not worth naming.
const NEGLIGIBLE: f64 = 0.001;

/// Collects candidates that come to the same change, and changes that compete for the same words. In order of place.
pub fn findings<'d>(
    text: &str,
    tokens: &Tokens,
    candidates: &Candidates<'d>,
    posteriors: &[f64],
    least: f64,
) -> Vec<Finding<'d>> {
    let mut changes: Vec<(Alternative<'d>, f64)> = Vec::new();
    for (candidate, &posterior) in candidates.candidates.iter().zip(posteriors) {
        if posterior < NEGLIGIBLE {
            continue;
        }
        let alternative = alternative(text, tokens, candidate, posterior);
        let twin =
            changes.iter_mut().rev().take_while(|(c, _)| c.span.end() > alternative.span.start()).find(
                |(c, _)| c.core == alternative.core && c.core_replacement() == alternative.core_replacement(),
            );
        match twin {
            Some((twin, best)) => {
                let sum = (twin.posterior + posterior).min(1.0);
                if posterior > *best {
                    *best = posterior;
                    *twin = alternative;
                }
                twin.posterior = sum;
            }
            None => changes.push((alternative, posterior)),
        }
    }
    group(changes.into_iter().map(|(change, _)| change).collect(), least)
}

fn alternative<'d>(
    text: &str,
    tokens: &Tokens,
    candidate: &Candidate<'d>,
    posterior: f64,
) -> Alternative<'d> {
    let range = candidate.tokens.clone();
    let span = tokens.span(range.start, range.end);
    let replacement = wording(&candidate.substitution, &tokens.as_slice()[range.start]);
    let core = core(span, span.of(text), &replacement);
    Alternative { span, replacement, posterior, substitution: candidate.substitution, core }
}

/// The span less the words that old and new text share at either end; at least one word of each is left.
fn core(span: Span, old: &str, new: &str) -> Span {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let most = old.len().min(new.len()) - 1;
    let head = old.iter().zip(&new).take(most).take_while(|(a, b)| a == b).count();
    let tail = old.iter().rev().zip(new.iter().rev()).take(most - head).take_while(|(a, b)| a == b).count();
    let bytes = |words: &[&str]| words.iter().map(|word| word.len() + 1).sum::<usize>();
    Span::new(span.start() + bytes(&old[..head]), span.end() - bytes(&old[old.len() - tail..]))
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
            Some(number) => {
                if out[number].span == change.core {
                    out[number].keep_posterior -= change.posterior;
                    out[number].alternatives.push(change);
                }
            }
            None if change.posterior >= least => {
                by_start.insert(change.core.start(), out.len());
                out.push(Finding {
                    span: change.core,
                    keep_posterior: 1.0 - change.posterior,
                    alternatives: vec![change],
                });
            }
            None => {}
        }
    }
    out.sort_by_key(|finding| finding.span);
    for finding in &mut out {
        finding.keep_posterior = finding.keep_posterior.clamp(0.0, 1.0);
    }
    out
}
