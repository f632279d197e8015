//! The readings of a sentence as a lattice.
//!
//! A node is a place between tokens together with the words before it, as far as the language model uses them; an edge keeps a
//! token or replaces a phrase. Two paths meet in a node only if everything after it costs them the same, so that
//! sums and maxima over paths are exact.

use std::ops::Range;

use super::candidate::Candidates;
use crate::language::{Context, LanguageModel, WordId};

/// Contexts followed at one place. Real text needs a tenth; beyond it the least likely are dropped, so that no input makes the
/// lattice explode.
const WIDEST: usize = 256;

/// A replacement whose words fit this much worse than what stands there is not followed, in nats: no neighbour makes up for that.
const HOPELESS: f64 = -3.0;

/// What the tokens behind a replacement hardly ever win by it, in nats.
const GREATEST_GAIN: f64 = 5.0;

/// What an edge does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Keeps one token that no spinner would have replaced.
    Keep,
    /// Keeps one token, the first of the survivor with this number.
    Survive(u32),
    /// Replaces a phrase: the number of the candidate.
    Replace(u32),
}

/// From one node to one at a later place. There are tens for each word of a text: they are kept small.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// Node where it starts.
    pub from: u32,
    /// Node where it ends.
    pub to: u32,
    /// What it does.
    pub step: Step,
    /// The language model's probability of its words, over that of the same tokens in the text as it stands, to the power
    /// given: the numbers along a path stay near 1.
    pub language: f64,
}

/// All readings of one sentence. An edge comes after all edges that end where it starts.
#[derive(Debug, Default)]
pub struct Lattice {
    /// Number of nodes; node 0 is the start.
    pub nodes: u32,
    /// The edges.
    pub edges: Vec<Edge>,
    /// Nodes at the end of the sentence.
    pub ends: Vec<u32>,
    /// ln P of the tokens as they stand, by the language model.
    pub plain: f64,
}

/// A node whose edges are not yet known.
#[derive(Clone, Copy)]
struct Open {
    node: u32,
    context: Context,
    /// Logarithm of its best path over the text as it stands, which decides what is dropped if there are too many.
    best: f64,
}

/// Where a lattice begins in the document's lists.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// The tokens.
    pub tokens: Range<usize>,
    /// The first candidate that starts there.
    pub candidate: usize,
    /// The first survivor that starts there.
    pub survivor: usize,
    /// Whether a sentence starts there, and not only a part of an endless one.
    pub starts_sentence: bool,
}

impl Stretch {
    /// What the language model knows before its first token.
    pub(super) fn context(&self, model: &LanguageModel) -> Context {
        if self.starts_sentence { model.sentence_start() } else { Context::default() }
    }
}

impl Lattice {
    /// Builds the lattice of a stretch of tokens. `words` are the document's tokens in the model's words, `exponent` is that of
    /// the language model's probabilities.
    pub fn build(
        stretch: &Stretch,
        words: &[WordId],
        all: &Candidates<'_>,
        model: &LanguageModel,
        exponent: f64,
    ) -> Self {
        let Stretch { tokens, mut candidate, mut survivor, .. } = stretch.clone();
        let mut places: Vec<Vec<Open>> = vec![Vec::new(); tokens.len() + 1];
        let context = stretch.context(model);
        places[0].push(Open { node: 0, context, best: 0.0 });
        let mut out = Self { nodes: 1, ..Self::default() };
        let plain = Plain::read(context, &words[tokens.clone()], model);
        out.plain = plain.log(0..tokens.len());
        for (here, at) in tokens.clone().enumerate() {
            let mut open = std::mem::take(&mut places[here]);
            if open.len() > WIDEST {
                open.sort_by(|a, b| b.best.total_cmp(&a.best));
                open.truncate(WIDEST);
            }
            let starting = all.candidates[candidate..].iter().take_while(|c| c.tokens.start == at).count();
            let survives = all.survivors.get(survivor).is_some_and(|s| s.tokens.start == at);
            let keep = if survives { Step::Survive(short(survivor)) } else { Step::Keep };
            for from in &open {
                let (log, next) = model.score(&from.context, words[at]);
                let ratio = exponent * (f64::from(log) - plain.log(here..here + 1));
                out.connect(&mut places[here + 1], from, next, keep, ratio);
            }
            for (number, found) in all.candidates.iter().enumerate().skip(candidate).take(starting) {
                if found.tokens.end > tokens.end {
                    continue;
                }
                let end = found.tokens.end - tokens.start;
                let canonical = all.words(found);
                let least = (HOPELESS - (found.channel * found.bias).ln()) / exponent;
                if plain.gain(here..end, canonical, &words[tokens.clone()], least, model) < least {
                    continue;
                }
                for from in &open {
                    let (mut log, mut next) = (0f64, from.context);
                    for &word in canonical {
                        let scored = model.score(&next, word);
                        log += f64::from(scored.0);
                        next = scored.1;
                    }
                    let ratio = exponent * (log - plain.log(here..end));
                    out.connect(&mut places[end], from, next, Step::Replace(short(number)), ratio);
                }
            }
            candidate += starting;
            survivor += usize::from(survives);
        }
        out.ends = places[tokens.len()].iter().map(|open| open.node).collect();
        // All lattices of a document are held at once.
        out.edges.shrink_to_fit();
        out
    }

    /// Adds an edge to the node of this context at a place, making the node if it is new.
    fn connect(&mut self, place: &mut Vec<Open>, from: &Open, context: Context, step: Step, ratio: f64) {
        let best = from.best + ratio;
        let to = if let Some(open) = place.iter_mut().find(|open| open.context == context) {
            open.best = open.best.max(best);
            open.node
        } else {
            self.nodes += 1;
            place.push(Open { node: self.nodes - 1, context, best });
            self.nodes - 1
        };
        self.edges.push(Edge { from: from.node, to, step, language: ratio.exp() });
    }
}

/// A number of the document's lists as edges hold it. Lists of 2^32 candidates don't fit in memory.
fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The text as it stands, read by the language model.
pub(super) struct Plain {
    /// Context before each token, and after the last.
    contexts: Vec<Context>,
    /// Logarithm of the tokens before each place.
    sums: Vec<f64>,
}

impl Plain {
    /// Reads words from a context on.
    pub(super) fn read(mut context: Context, words: &[WordId], model: &LanguageModel) -> Self {
        let mut out = Self { contexts: vec![context], sums: vec![0.0] };
        let mut sum = 0.0;
        for &word in words {
            let (log, next) = model.score(&context, word);
            sum += f64::from(log);
            context = next;
            out.contexts.push(context);
            out.sums.push(sum);
        }
        out
    }

    /// Logarithm of the probability of these tokens.
    fn log(&self, places: Range<usize>) -> f64 {
        self.sums[places.end] - self.sums[places.start]
    }

    /// What replacing these tokens wins if everything around stands: on them and on the tokens that they are context of. Where that
    /// can't reach `least`, less is looked at and some lower number given.
    pub(super) fn gain(
        &self,
        places: Range<usize>,
        canonical: &[WordId],
        words: &[WordId],
        least: f64,
        model: &LanguageModel,
    ) -> f64 {
        let mut context = self.contexts[places.start];
        let mut gain = -self.log(places.clone());
        for &word in canonical {
            let (log, next) = model.score(&context, word);
            gain += f64::from(log);
            context = next;
        }
        for (place, &word) in words.iter().enumerate().skip(places.end).take(model.order() - 1) {
            if gain + GREATEST_GAIN < least || context == self.contexts[place] {
                break;
            }
            let (log, next) = model.score(&context, word);
            gain += f64::from(log) - self.log(place..place + 1);
            context = next;
        }
        gain
    }
}
