//! The document as a whole: its spin rate, its choices, and the posterior of every reading.

use std::collections::HashMap;

use super::candidate::Candidates;
use super::lattice::{Lattice, Step};
use super::parameters::Parameters;
use super::posterior::{forward_backward, viterbi};
use crate::language::LanguageModel;
use crate::text::Tokens;

/// Spin rates at which a document's likelihood is computed.
pub const RATES: [f64; 12] = [0.0, 0.01, 0.03, 0.06, 0.1, 0.18, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0];

/// What the document says once it was read at every rate.
#[derive(Debug, Default)]
pub struct Decoded {
    /// For each candidate the probability, in [0, 1], that its canonical phrase stood there.
    pub posteriors: Vec<f64>,
    /// Candidates on the most probable path, in order.
    pub best: Vec<usize>,
    /// Estimated probability that a replaceable phrase was replaced, in [0, 1].
    pub rate: f64,
    /// Log-likelihood at each of [`RATES`], less that at rate 0.
    pub log_likelihoods: [f64; RATES.len()],
    /// Expected number of kinds replaced, and of all kinds that could have been.
    pub kinds: (f64, f64),
}

/// Expected counts of one kind over the document.
#[derive(Debug, Clone, Default)]
struct Tally {
    replaced: f64,
    kept: f64,
}

struct Decoder<'a> {
    parameters: &'a Parameters,
    candidates: &'a Candidates<'a>,
    lattices: Vec<Lattice>,
    /// For each candidate the number of its choice: what its kind is replaced by.
    choices: Vec<usize>,
    tallies: Vec<Tally>,
    chosen: Vec<f64>,
    posteriors: Vec<f64>,
    survived: Vec<f64>,
}

/// Reads a document: one lattice for each sentence, one rate and one set of choices for all.
pub fn decode(
    tokens: &Tokens,
    candidates: &Candidates<'_>,
    model: &LanguageModel,
    parameters: &Parameters,
) -> Decoded {
    let mut decoder = Decoder::new(tokens, candidates, model, parameters);
    let mut log_likelihoods = [0.0; RATES.len()];
    for (slot, &rate) in log_likelihoods.iter_mut().zip(&RATES) {
        *slot = decoder.read(rate, false);
    }
    let clean = log_likelihoods[0];
    for slot in &mut log_likelihoods {
        *slot -= clean;
    }
    let likeliest =
        (0..RATES.len()).max_by(|&a, &b| log_likelihoods[a].total_cmp(&log_likelihoods[b])).unwrap_or(0);
    let mut rate = RATES[likeliest].clamp(0.005, 0.98);
    decoder.read(rate, false);
    decoder.count();
    for _ in 0..parameters.rounds {
        rate = decoder.estimate_rate();
        decoder.read(rate, true);
        decoder.count();
    }
    let best = decoder.best(rate);
    Decoded { best, rate, log_likelihoods, kinds: decoder.kinds(), posteriors: decoder.posteriors }
}

impl<'a> Decoder<'a> {
    fn new(
        tokens: &Tokens,
        candidates: &'a Candidates<'a>,
        model: &LanguageModel,
        parameters: &'a Parameters,
    ) -> Self {
        let words: Vec<_> = (0..tokens.len()).map(|i| model.word(tokens, i)).collect();
        let mut lattices = Vec::new();
        let (mut start, mut candidate, mut survivor) = (0, 0, 0);
        while start < tokens.len() {
            let end = (start + 1..tokens.len())
                .find(|&i| tokens.as_slice()[i].starts_sentence)
                .unwrap_or(tokens.len());
            lattices.push(Lattice::build(start..end, &words, candidates, candidate, survivor, model));
            candidate +=
                candidates.candidates[candidate..].iter().take_while(|c| c.tokens.start < end).count();
            survivor += candidates.survivors[survivor..].iter().take_while(|s| s.tokens.start < end).count();
            start = end;
        }
        let mut numbers: HashMap<(u32, &str), usize> = HashMap::new();
        let choices = candidates
            .candidates
            .iter()
            .map(|c| {
                let next = numbers.len();
                *numbers.entry((c.kind, c.substitution.spun)).or_insert(next)
            })
            .collect();
        Self {
            parameters,
            candidates,
            lattices,
            choices,
            tallies: vec![Tally::default(); candidates.kinds],
            chosen: vec![0.0; numbers.len()],
            posteriors: vec![0.0; candidates.candidates.len()],
            survived: vec![0.0; candidates.survivors.len()],
        }
    }

    /// Logarithms of the edges' weights in one lattice.
    fn weights(&self, lattice: &Lattice, rate: f64, pooled: bool) -> Vec<f64> {
        let p = self.parameters;
        let kept = (1.0 - rate * p.thoroughness).max(1e-9);
        lattice
            .edges
            .iter()
            .map(|edge| {
                let language = p.language * edge.log_language;
                language
                    + match edge.step {
                        Step::Keep(None) => 0.0,
                        Step::Keep(Some(survivor)) => {
                            let kind = self.candidates.survivors[survivor].kind as usize;
                            if pooled {
                                self.pooled(kind, kept, self.tallies[kind].kept, self.survived[survivor])
                            } else {
                                kept.ln()
                            }
                        }
                        Step::Replace(number) => {
                            let candidate = &self.candidates.candidates[number];
                            let prior = rate * (p.channel * candidate.log_channel).exp();
                            if pooled {
                                let seen = self.chosen[self.choices[number]];
                                self.pooled(candidate.kind as usize, prior, seen, self.posteriors[number])
                            } else {
                                prior.max(1e-300).ln()
                            }
                        }
                    }
            })
            .collect()
    }

    /// Predictive probability of a choice for a kind, given the rest of the document: a Pólya urn that starts with the
    /// dictionary's proportions and holds what the other occurrences are expected to be. `own` is what this
    /// occurrence itself put in.
    fn pooled(&self, kind: usize, prior: f64, seen: f64, own: f64) -> f64 {
        let alpha = self.parameters.concentration;
        let all = self.tallies[kind].replaced + self.tallies[kind].kept;
        ((alpha * prior + (seen - own).max(0.0)) / (alpha + (all - own).max(0.0))).max(1e-300).ln()
    }

    /// Reads all sentences at a rate and stores the posteriors; returns the log-likelihood.
    fn read(&mut self, rate: f64, pooled: bool) -> f64 {
        let mut posteriors = vec![0.0; self.posteriors.len()];
        let mut survived = vec![0.0; self.survived.len()];
        let mut sum = 0.0;
        for lattice in &self.lattices {
            let found = forward_backward(lattice, &self.weights(lattice, rate, pooled));
            sum += found.log_sum;
            for (edge, posterior) in lattice.edges.iter().zip(found.edges) {
                match edge.step {
                    Step::Keep(None) => {}
                    Step::Keep(Some(survivor)) => survived[survivor] += posterior,
                    Step::Replace(number) => posteriors[number] += posterior,
                }
            }
        }
        self.posteriors = posteriors;
        self.survived = survived;
        sum
    }

    /// Expected counts from the posteriors.
    fn count(&mut self) {
        self.tallies.fill(Tally::default());
        self.chosen.fill(0.0);
        for ((candidate, &posterior), &choice) in
            self.candidates.candidates.iter().zip(&self.posteriors).zip(&self.choices)
        {
            self.tallies[candidate.kind as usize].replaced += posterior;
            self.chosen[choice] += posterior;
        }
        for (survivor, &posterior) in self.candidates.survivors.iter().zip(&self.survived) {
            self.tallies[survivor.kind as usize].kept += posterior;
        }
    }

    /// Expected kinds replaced, and of all kinds; a kind counts once however often it occurs, because a spinner decides once.
    fn kinds(&self) -> (f64, f64) {
        self.tallies.iter().fold((0.0, 0.0), |(replaced, all), tally| {
            let total = tally.replaced + tally.kept;
            if total <= 0.0 {
                return (replaced, all);
            }
            let weight = total.min(1.0);
            (replaced + weight * tally.replaced / total, all + weight)
        })
    }

    fn estimate_rate(&self) -> f64 {
        let (a, b) = self.parameters.rate_prior;
        let (replaced, all) = self.kinds();
        let e = self.parameters.background;
        (((a + replaced) / (a + b + all) - e) / (1.0 - e)).clamp(1e-4, 0.995)
    }

    /// Candidates on the most probable paths.
    fn best(&self, rate: f64) -> Vec<usize> {
        let mut out = Vec::new();
        for lattice in &self.lattices {
            for edge in viterbi(lattice, &self.weights(lattice, rate, true)) {
                if let Step::Replace(number) = lattice.edges[edge].step {
                    out.push(number);
                }
            }
        }
        out
    }
}
