//! The document as a whole: its spin rate, its choices, and the posterior of every reading.

use super::candidate::Candidates;
use super::lattice::{Builder, Certain, Edge, Lattices, Step, Stretch};
use super::parameters::Parameters;
use super::plain::Plain;
use super::pool::Pool;
use super::posterior::{Passes, forward_backward, log_sums, viterbi};
use crate::language::{LanguageModel, UNKNOWN};
use crate::odds;
use crate::text::Tokens;

/// Spin rates at which a document's likelihood is computed.
pub const RATES: [f64; 9] = [0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.97];

/// Sentences of more tokens are read in parts, so that no input makes a lattice endless.
const LONGEST_STRETCH: usize = 150;

/// The estimated rate stays inside these bounds: nothing is ever quite certain.
const RATE_BOUNDS: (f64, f64) = (1e-4, 0.995);

/// What the document says once it was read at every rate.
#[derive(Debug, Default)]
pub struct Decoded {
    /// For each candidate the probability, in [0, 1], that its canonical phrase stood there.
    pub posteriors: Vec<f64>,
    /// Estimated probability that a replaceable phrase was replaced, in [0, 1].
    pub rate: f64,
    /// Logarithm of the likelihood ratio of "spun" over "clean", all positive rates being equally likely beforehand.
    pub evidence: f64,
    /// The part of it, in nats, that comes of phrases which have spoken for spinning more strongly at another place of the document.
    pub repeated: f64,
    /// Expected number of kinds of phrases that could have been replaced.
    pub kinds: f64,
    /// ln P of the text as it stands, by the language model.
    pub plain: f64,
    /// Tokens that the language model does not know.
    pub unknown: usize,
}

/// Reads a document: one lattice for each sentence, one rate and one set of choices for all.
pub fn decode(
    tokens: &Tokens,
    candidates: &Candidates<'_>,
    model: &LanguageModel,
    parameters: &Parameters,
) -> Decoded {
    let Read { decoder, rate, evidence, repeated } = read_document(tokens, candidates, model, parameters);
    Decoded {
        rate,
        evidence,
        repeated,
        kinds: decoder.pool.kinds().1,
        plain: decoder.certain.plain,
        unknown: candidates.text.iter().filter(|&&word| word == UNKNOWN).count(),
        posteriors: decoder.posteriors,
    }
}

/// The single most probable reading of a document (Viterbi), as numbers of candidates in order: coherent as a whole, where
/// posteriors judge each place by itself.
pub fn most_probable(
    tokens: &Tokens,
    candidates: &Candidates<'_>,
    model: &LanguageModel,
    parameters: &Parameters,
) -> Vec<usize> {
    let Read { mut decoder, rate, .. } = read_document(tokens, candidates, model, parameters);
    decoder.best(rate)
}

/// What speaks for a reading and against it, as log-odds in nats over leaving the place alone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Grounds {
    /// How often spinners make this choice, and how often training found it right: ln P(spun | canonical), with the row's bias.
    pub row: f64,
    /// How much better the place reads to the language model, if everything around it stands.
    pub language: f64,
    /// What the rest of the document says: its spin rate, and what the same phrases are taken for elsewhere.
    pub document: f64,
}

/// What speaks for candidates, by their numbers. Reads the document again.
pub fn grounds(
    tokens: &Tokens,
    candidates: &Candidates<'_>,
    model: &LanguageModel,
    parameters: &Parameters,
    numbers: &[usize],
) -> Vec<Grounds> {
    let words = &candidates.text;
    let stretches = stretches(tokens, candidates);
    let Read { decoder, rate, .. } = read_document(tokens, candidates, model, parameters);
    let of = |&number: &usize| {
        let candidate = &candidates.candidates[number];
        let stretch = &stretches[stretches.partition_point(|s| s.tokens.end <= candidate.tokens.start)];
        let (first, last) = (stretch.tokens.start, stretch.tokens.end.max(candidate.tokens.end));
        let words = &words[first..last];
        let mut plain = Plain::default();
        plain.read(stretch.context(model), words, model);
        let place = candidate.tokens.start - first..candidate.tokens.end - first;
        let gain = plain.gain(place, candidates.words(candidate), words, model);
        Grounds {
            row: candidate.log,
            language: parameters.language * gain,
            document: (decoder.replacement(number, rate, true) / (candidate.channel * candidate.bias)).ln(),
        }
    };
    numbers.iter().map(of).collect()
}

/// A document that was read.
struct Read<'a> {
    /// The decoder after its last round.
    decoder: Decoder<'a>,
    /// The rate that it ended at.
    rate: f64,
    evidence: f64,
    repeated: f64,
}

fn read_document<'a>(
    tokens: &Tokens,
    candidates: &'a Candidates<'a>,
    model: &LanguageModel,
    parameters: &'a Parameters,
) -> Read<'a> {
    let mut builder = Builder::new(candidates, model, parameters.language);
    for stretch in &stretches(tokens, candidates) {
        builder.build(stretch);
    }
    let (lattices, certain) = builder.finish();
    let mut decoder = Decoder::new(candidates, lattices, certain, parameters);
    let (evidence, likeliest) = decoder.evidence();
    let belief = odds::probability(evidence - parameters.doubt);
    let mut rate = likeliest.clamp(0.005, RATE_BOUNDS.1);
    decoder.read(rate, false);
    let repeated = decoder.pool.repeated(&decoder.posteriors);
    for _ in 0..parameters.rounds {
        decoder.pool.count(candidates, &decoder.posteriors, &decoder.survived);
        rate = (belief * decoder.estimate_rate()).max(RATE_BOUNDS.0);
        decoder.read(rate, true);
    }
    decoder.pool.count(candidates, &decoder.posteriors, &decoder.survived);
    Read { decoder, rate, evidence, repeated }
}

/// Sentences, and parts of those that never end.
fn stretches(tokens: &Tokens, candidates: &Candidates<'_>) -> Vec<Stretch> {
    let mut out = Vec::new();
    let (mut start, mut candidate, mut survivor) = (0, 0, 0);
    while start < tokens.len() {
        let limit = tokens.len().min(start + LONGEST_STRETCH);
        let end = (start + 1..limit).find(|&i| tokens.as_slice()[i].starts_sentence).unwrap_or(limit);
        let starts_sentence = tokens.as_slice()[start].starts_sentence;
        out.push(Stretch { tokens: start..end, candidate, survivor, starts_sentence });
        candidate += candidates.candidates[candidate..].iter().take_while(|c| c.tokens.start < end).count();
        survivor += candidates.survivors[survivor..].iter().take_while(|s| s.tokens.start < end).count();
        start = end;
    }
    out
}

struct Decoder<'a> {
    parameters: &'a Parameters,
    candidates: &'a Candidates<'a>,
    lattices: Lattices,
    certain: Certain,
    pool: Pool,
    posteriors: Vec<f64>,
    survived: Vec<f64>,
    /// Candidates and survivors that are on any edge.
    chosen: (Vec<usize>, Vec<usize>),
    /// Their weights; those of the others are not known.
    replace: Vec<f64>,
    survive: Vec<f64>,
    passes: Passes,
}

impl<'a> Decoder<'a> {
    fn new(
        candidates: &'a Candidates<'a>,
        lattices: Lattices,
        certain: Certain,
        parameters: &'a Parameters,
    ) -> Self {
        Self {
            pool: Pool::new(candidates, lattices.edges()),
            chosen: chosen(candidates, lattices.edges()),
            parameters,
            candidates,
            lattices,
            certain,
            posteriors: vec![0.0; candidates.candidates.len()],
            survived: vec![0.0; candidates.survivors.len()],
            replace: vec![0.0; candidates.candidates.len()],
            survive: vec![0.0; candidates.survivors.len()],
            passes: Passes::default(),
        }
    }

    /// Probability that a phrase is left standing at a rate.
    fn survival(&self, rate: f64) -> f64 {
        1.0 - rate * self.parameters.thoroughness
    }

    /// The evidence of spinning, and the likeliest of [`RATES`].
    fn evidence(&self) -> (f64, f64) {
        let mut forward = Vec::new();
        let survivals = RATES.map(|rate| self.survival(rate));
        let certain = self.certain.survivors.len() as f64;
        let mut logs = survivals.map(|survival| certain * survival.ln());
        for lattice in self.lattices.iter() {
            let sums = log_sums(lattice, &mut forward, |edge| match edge.step {
                Step::Keep => [edge.language; RATES.len()],
                Step::Survive(_) => survivals.map(|survival| edge.language * survival),
                Step::Replace(number) => {
                    let candidate = &self.candidates.candidates[number as usize];
                    let channel = candidate.channel * candidate.bias;
                    RATES.map(|rate| edge.language * (rate * channel))
                }
            });
            for (log, sum) in logs.iter_mut().zip(sums) {
                *log += sum;
            }
        }
        let clean = logs[0];
        let most = logs[1..].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mean = logs[1..].iter().map(|log| (log - most).exp()).sum::<f64>() / (RATES.len() - 1) as f64;
        let likeliest =
            RATES.iter().zip(&logs).rev().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0.0, |(&rate, _)| rate);
        (most - clean + mean.ln(), likeliest)
    }

    /// Weight of a replacement at a rate, the language aside.
    fn replacement(&self, number: usize, rate: f64, pooled: bool) -> f64 {
        let p = self.parameters;
        let candidate = &self.candidates.candidates[number];
        if !pooled {
            return rate * candidate.channel * candidate.bias;
        }
        let choice =
            self.pool.choice(number, rate * candidate.channel, self.posteriors[number], p.concentration);
        choice * self.pool.habit(number, self.posteriors[number], p.habit_prior) * candidate.bias
    }

    /// Finds the weights of all steps at a rate. `pooled` lets the rest of the document speak.
    fn weigh(&mut self, rate: f64, pooled: bool) {
        let survival = self.survival(rate);
        for at in 0..self.chosen.0.len() {
            let number = self.chosen.0[at];
            self.replace[number] = self.replacement(number, rate, pooled);
        }
        for &number in &self.chosen.1 {
            self.survive[number] = if pooled {
                let kind = self.candidates.survivors[number].kind;
                let own = self.survived[number];
                self.pool.survival(kind, survival, own, self.parameters.concentration)
            } else {
                survival
            };
        }
    }

    /// Reads all sentences at a rate and stores the posteriors.
    fn read(&mut self, rate: f64, pooled: bool) {
        self.weigh(rate, pooled);
        self.posteriors.fill(0.0);
        self.survived.fill(0.0);
        for &number in &self.certain.survivors {
            self.survived[number as usize] = 1.0;
        }
        let Self { lattices, passes, replace, survive, posteriors, survived, .. } = self;
        for lattice in lattices.iter() {
            let weight = |edge: &Edge| weight(edge, replace, survive);
            forward_backward(lattice, passes, weight, |edge, posterior| match edge.step {
                Step::Keep => {}
                Step::Survive(number) => survived[number as usize] += posterior,
                Step::Replace(number) => posteriors[number as usize] += posterior,
            });
        }
    }

    /// The share of kinds that are replaced, less what seems so in clean text.
    fn estimate_rate(&self) -> f64 {
        let p = self.parameters;
        let (replaced, all) = self.pool.kinds();
        let share = (p.rate_prior.0 + replaced) / (p.rate_prior.0 + p.rate_prior.1 + all);
        ((share - p.background) / (1.0 - p.background)).clamp(RATE_BOUNDS.0, RATE_BOUNDS.1)
    }

    /// Candidates on the most probable paths.
    fn best(&mut self, rate: f64) -> Vec<usize> {
        self.weigh(rate, true);
        let mut out = Vec::new();
        for lattice in self.lattices.iter() {
            let weights: Vec<f64> =
                lattice.edges.iter().map(|edge| weight(edge, &self.replace, &self.survive)).collect();
            for edge in viterbi(lattice, &weights) {
                if let Step::Replace(number) = lattice.edges[edge].step {
                    out.push(number as usize);
                }
            }
        }
        out
    }
}

/// Candidates and survivors that are on any of these edges, each once.
fn chosen(candidates: &Candidates<'_>, edges: &[Edge]) -> (Vec<usize>, Vec<usize>) {
    let mut replaced = vec![false; candidates.candidates.len()];
    let mut survived = vec![false; candidates.survivors.len()];
    for edge in edges {
        match edge.step {
            Step::Keep => {}
            Step::Survive(number) => survived[number as usize] = true,
            Step::Replace(number) => replaced[number as usize] = true,
        }
    }
    let numbers = |flags: &[bool]| (0..flags.len()).filter(|&number| flags[number]).collect();
    (numbers(&replaced), numbers(&survived))
}

fn weight(edge: &Edge, replace: &[f64], survive: &[f64]) -> f64 {
    edge.language
        * match edge.step {
            Step::Keep => 1.0,
            Step::Survive(number) => survive[number as usize],
            Step::Replace(number) => replace[number as usize],
        }
}

#[cfg(test)]
mod tests {
    use super::super::candidates;
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::text::regions;

    #[test]
    fn the_most_probable_reading_holds_what_is_nearly_certain() {
        let text = include_str!("../../samples/spun.txt");
        let (dictionary, model) = (Dictionary::builtin().unwrap(), LanguageModel::builtin().unwrap());
        let (tokens, parameters) = (Tokens::of(text), Parameters::default());
        let found = candidates(text, &tokens, &regions(text), &dictionary, model);
        let decoded = decode(&tokens, &found, model, &parameters);
        let best = most_probable(&tokens, &found, model, &parameters);
        assert!(
            best.windows(2)
                .all(|pair| found.candidates[pair[0]].tokens.end <= found.candidates[pair[1]].tokens.start)
        );
        let certain = (0..found.candidates.len()).filter(|&number| decoded.posteriors[number] > 0.99);
        let missing: Vec<usize> = certain.filter(|number| !best.contains(number)).collect();
        assert!(best.len() > 50 && missing.is_empty(), "{missing:?}");
    }
}
