//! What the occurrences of a phrase in one document say of each other.
//!
//! A spinner makes one choice for a kind and keeps it; a writer keeps to words as well. Both are Pólya urns: they start with the
//! dictionary's proportions and hold what the other occurrences are expected to be.

use std::ops::Range;

use super::candidate::{Candidates, KindId};
use super::lattice::{Edge, Step};

/// No place is surer to be spun than this leaves open.
const LEAST_KEPT: f64 = 1e-9;

/// Expected counts over a document.
#[derive(Debug)]
pub(super) struct Pool {
    /// For each kind: how often it is expected to be replaced, and to stand.
    kinds: Vec<(f64, f64)>,
    /// For each choice (a kind and what it is replaced by) its expected occurrences.
    choices: Vec<f64>,
    /// For each reading (a spun phrase and what it is taken for) its expected occurrences.
    readings: Vec<f64>,
    /// For each spun phrase its occurrences, and how many of them are expected to be replaced.
    phrases: Vec<(f64, f64)>,
    /// For each candidate the expectation that its phrase is replaced at its place, by anything.
    replaced_here: Vec<f64>,
    /// For each candidate its kind, choice, reading and phrase.
    numbers: Vec<[u32; 4]>,
    /// The candidates of one phrase at one place stand together: where any of them is on an edge. Those of the others stay at 0.
    groups: Vec<Range<usize>>,
}

impl Pool {
    pub(super) fn new(candidates: &Candidates<'_>, edges: &[Edge]) -> Self {
        let all = &candidates.candidates;
        let numbers: Vec<[u32; 4]> = all.iter().map(|c| [c.kind, c.choice, c.reading, c.phrase]).collect();
        let mut phrases = vec![(0.0, 0.0); candidates.distinct.phrases];
        let mut last = vec![usize::MAX; candidates.distinct.phrases];
        for candidate in all {
            let phrase = candidate.phrase as usize;
            if last[phrase] != candidate.tokens.start {
                last[phrase] = candidate.tokens.start;
                phrases[phrase].0 += 1.0;
            }
        }
        let mut is_on_edge = vec![false; all.len()];
        for edge in edges {
            if let Step::Replace(number) = edge.step {
                is_on_edge[number as usize] = true;
            }
        }
        let mut groups = Vec::new();
        let mut first = 0;
        for end in 1..=all.len() {
            let goes_on =
                all.get(end).is_some_and(|c| c.tokens == all[first].tokens && c.phrase == all[first].phrase);
            if !goes_on {
                if is_on_edge[first..end].contains(&true) {
                    groups.push(first..end);
                }
                first = end;
            }
        }
        Self {
            groups,
            kinds: vec![(0.0, 0.0); candidates.distinct.kinds],
            choices: vec![0.0; candidates.distinct.choices],
            readings: vec![0.0; candidates.distinct.readings],
            phrases,
            replaced_here: vec![0.0; candidates.candidates.len()],
            numbers,
        }
    }

    /// Takes expected counts from posteriors.
    pub(super) fn count(&mut self, candidates: &Candidates<'_>, posteriors: &[f64], survived: &[f64]) {
        self.kinds.fill((0.0, 0.0));
        self.choices.fill(0.0);
        self.readings.fill(0.0);
        for phrase in &mut self.phrases {
            phrase.1 = 0.0;
        }
        for (survivor, posterior) in candidates.survivors.iter().zip(survived) {
            self.kinds[survivor.kind as usize].1 += posterior;
        }
        for group in &self.groups {
            let replaced: f64 = posteriors[group.clone()].iter().sum();
            self.replaced_here[group.clone()].fill(replaced);
            self.phrases[self.numbers[group.start][3] as usize].1 += replaced;
            for (numbers, posterior) in self.numbers[group.clone()].iter().zip(&posteriors[group.clone()]) {
                let [kind, choice, reading, _] = numbers.map(|number| number as usize);
                self.kinds[kind].0 += posterior;
                self.choices[choice] += posterior;
                self.readings[reading] += posterior;
            }
        }
    }

    /// What places say for spinning, in nats, by posteriors that the rest of the document has no part in, where the same phrase says more at
    /// another place. A place says `-ln(1 - p)`: so much likelier it is in all readings together than as it stands. A term that the language
    /// model doesn't know is misread wherever it stands.
    pub(super) fn repeated(&self, posteriors: &[f64]) -> f64 {
        let mut most = vec![0.0; self.phrases.len()];
        let mut sum = 0.0;
        for group in &self.groups {
            let replaced: f64 = posteriors[group.clone()].iter().sum();
            let says = -(1.0 - replaced).max(LEAST_KEPT).ln();
            sum += says;
            let most: &mut f64 = &mut most[self.numbers[group.start][3] as usize];
            *most = most.max(says);
        }
        sum - most.iter().sum::<f64>()
    }

    /// Expected kinds replaced, and of all kinds; a kind counts once however often it occurs, because a spinner decides once.
    pub(super) fn kinds(&self) -> (f64, f64) {
        self.kinds.iter().fold((0.0, 0.0), |(replaced, all), (gone, kept)| {
            let total = gone + kept;
            if total <= 0.0 {
                return (replaced, all);
            }
            let weight = total.min(1.0);
            (replaced + weight * gone / total, all + weight)
        })
    }

    /// Probability of a candidate's choice for its kind, given the other occurrences of the kind. `own` is this one's part.
    pub(super) fn choice(&self, number: usize, prior: f64, own: f64, concentration: f64) -> f64 {
        let [kind, choice, ..] = self.numbers[number].map(|number| number as usize);
        let (gone, kept) = self.kinds[kind];
        urn(prior, self.choices[choice], gone + kept, own, concentration)
    }

    /// Probability that a kind is left standing, given its other occurrences. `own` is this one's part.
    pub(super) fn survival(&self, kind: KindId, prior: f64, own: f64, concentration: f64) -> f64 {
        let (gone, kept) = self.kinds[kind as usize];
        urn(prior, kept, gone + kept, own, concentration)
    }

    /// How much more often the other occurrences of a candidate's spun phrase are read as it is than kept.
    pub(super) fn habit(&self, number: usize, own: f64, prior: f64) -> f64 {
        let [.., reading, phrase] = self.numbers[number].map(|number| number as usize);
        let (all, replaced) = self.phrases[phrase];
        let read = (self.readings[reading] - own).max(0.0);
        let kept = (all - 1.0 - (replaced - self.replaced_here[number])).max(0.0);
        (prior + read) / (prior + kept)
    }
}

/// The predictive probability of an outcome from an urn that starts with `concentration` balls in the proportions of the prior.
fn urn(prior: f64, seen: f64, all: f64, own: f64, concentration: f64) -> f64 {
    (concentration * prior + (seen - own).max(0.0)) / (concentration + (all - own).max(0.0))
}
