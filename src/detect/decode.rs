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

/// Logarithm of the likelihood ratio of "spun" over "clean" from those at [`RATES`], all positive rates being equally
/// likely beforehand.
pub fn evidence(log_likelihoods: &[f64; RATES.len()]) -> f64 {
    let spun = &log_likelihoods[1..];
    let most = spun.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mean = spun.iter().map(|l| (l - most).exp()).sum::<f64>() / spun.len() as f64;
    most + mean.ln()
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
    /// For each candidate the number of its reading: what its spun phrase is taken for, capitals aside.
    readings: Vec<usize>,
    /// For each candidate the number of its spun phrase.
    phrases: Vec<usize>,
    /// For each reading its expected occurrences.
    read_as: Vec<f64>,
    /// For each spun phrase its occurrences, and how many of them are expected to be replaced.
    occurrences: Vec<(f64, f64)>,
    tallies: Vec<Tally>,
    chosen: Vec<f64>,
    posteriors: Vec<f64>,
    /// For each candidate the posterior that its phrase is replaced at its place, by anything.
    replaced_here: Vec<f64>,
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
    let belief = 1.0 / (1.0 + (parameters.doubt - evidence(&log_likelihoods)).exp());
    let likeliest =
        (0..RATES.len()).max_by(|&a, &b| log_likelihoods[a].total_cmp(&log_likelihoods[b])).unwrap_or(0);
    let mut rate = RATES[likeliest].clamp(0.005, 0.98);
    decoder.read(rate, false);
    decoder.count();
    for _ in 0..parameters.rounds {
        rate = (belief * decoder.estimate_rate()).max(1e-4);
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
        let mut reading_numbers: HashMap<(&str, &str), usize> = HashMap::new();
        let mut phrase_numbers: HashMap<&str, usize> = HashMap::new();
        let mut choices = Vec::new();
        let mut readings = Vec::new();
        let mut phrases = Vec::new();
        let mut occurrences: Vec<(f64, f64)> = Vec::new();
        let mut last: HashMap<usize, usize> = HashMap::new();
        for c in &candidates.candidates {
            let next = numbers.len();
            choices.push(*numbers.entry((c.kind, c.substitution.spun)).or_insert(next));
            let next = reading_numbers.len();
            readings.push(*reading_numbers.entry((c.substitution.spun, c.substitution.canonical)).or_insert(next));
            let next = phrase_numbers.len();
            let phrase = *phrase_numbers.entry(c.substitution.spun).or_insert(next);
            phrases.push(phrase);
            occurrences.resize(phrase_numbers.len(), (0.0, 0.0));
            if last.insert(phrase, c.tokens.start) != Some(c.tokens.start) {
                occurrences[phrase].0 += 1.0;
            }
        }
        Self {
            parameters,
            candidates,
            lattices,
            choices,
            read_as: vec![0.0; reading_numbers.len()],
            readings,
            phrases,
            occurrences,
            tallies: vec![Tally::default(); candidates.kinds],
            chosen: vec![0.0; numbers.len()],
            posteriors: vec![0.0; candidates.candidates.len()],
            replaced_here: vec![0.0; candidates.candidates.len()],
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
                                    + self.habit(number)
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

    /// How much more often the other occurrences of the same spun phrase are taken for this reading than kept.
    fn habit(&self, number: usize) -> f64 {
        let p = self.parameters;
        let reading = (self.read_as[self.readings[number]] - self.posteriors[number]).max(0.0);
        let (all, replaced) = self.occurrences[self.phrases[number]];
        let own = self.replaced_here[number];
        let kept = (all - 1.0 - (replaced - own)).max(0.0);
        p.habit * ((p.habit_prior + reading).ln() - (p.habit_prior + kept).ln())
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
        self.read_as.fill(0.0);
        for occurrence in &mut self.occurrences {
            occurrence.1 = 0.0;
        }
        // Candidates of one phrase at one place stand together.
        let mut first = 0;
        let all = &self.candidates.candidates;
        while first < all.len() {
            let same = |i: usize| {
                all[i].tokens == all[first].tokens && self.phrases[i] == self.phrases[first]
            };
            let end = (first..all.len()).find(|&i| !same(i)).unwrap_or(all.len());
            let sum: f64 = self.posteriors[first..end].iter().sum();
            self.replaced_here[first..end].fill(sum);
            self.occurrences[self.phrases[first]].1 += sum;
            for i in first..end {
                self.read_as[self.readings[i]] += self.posteriors[i];
            }
            first = end;
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
