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
///
/// Where there is nothing to choose there are no edges: a token that is kept on all paths changes none of their shares.
#[derive(Debug, Default)]
pub struct Lattice {
    /// Number of nodes; node 0 is the start.
    pub nodes: u32,
    /// The edges.
    pub edges: Vec<Edge>,
    /// Nodes at the end of the sentence.
    pub ends: Vec<u32>,
}

/// What was read outside of any lattice.
#[derive(Debug, Default)]
pub struct Certain {
    /// ln P of the tokens as they stand, by the language model.
    pub plain: f64,
    /// Survivors that stand on all paths.
    pub survivors: Vec<u32>,
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
    #[inline]
    pub(super) fn context(&self, model: &LanguageModel) -> Context {
        if self.starts_sentence { model.sentence_start() } else { Context::default() }
    }
}

/// Builds lattices, one after the other, in the same memory.
pub struct Builder<'b> {
    candidates: &'b Candidates<'b>,
    model: &'b LanguageModel,
    /// Exponent of the language model's probabilities.
    exponent: f64,
    plain: Plain,
    places: Vec<Vec<Open>>,
    /// What no lattice holds.
    pub certain: Certain,
}

impl<'b> Builder<'b> {
    /// A builder for one document.
    pub fn new(candidates: &'b Candidates<'b>, model: &'b LanguageModel, exponent: f64) -> Self {
        let (plain, places, certain) = (Plain::default(), Vec::new(), Certain::default());
        Self { candidates, model, exponent, plain, places, certain }
    }

    /// The lattice of a stretch of tokens; nothing if there is nothing to choose.
    pub fn build(&mut self, stretch: &Stretch) -> Option<Lattice> {
        let Self { candidates: all, model, exponent, plain, places, certain } = self;
        let Stretch { tokens, mut candidate, mut survivor, .. } = stretch.clone();
        let words = &all.text[tokens.clone()];
        let context = stretch.context(model);
        plain.read(context, words, model);
        certain.plain += plain.log(0..words.len());
        if all.candidates.get(candidate).is_none_or(|c| c.tokens.start >= tokens.end) {
            let here = all.survivors[survivor..].iter().take_while(|s| s.tokens.start < tokens.end).count();
            certain.survivors.extend((survivor..survivor + here).map(short));
            return None;
        }
        if places.len() <= words.len() {
            places.resize_with(words.len() + 1, Vec::new);
        }
        places[0].push(Open { node: 0, context, best: 0.0 });
        let mut out = Lattice { nodes: 1, ..Lattice::default() };
        // Where the furthest replacement so far ends.
        let mut reach = 0;
        for (here, at) in tokens.clone().enumerate() {
            let mut open = std::mem::take(&mut places[here]);
            if open.len() > WIDEST {
                open.sort_by(|a, b| b.best.total_cmp(&a.best));
                open.truncate(WIDEST);
            }
            let starting = all.candidates[candidate..].iter().take_while(|c| c.tokens.start == at).count();
            let survives = all.survivors.get(survivor).is_some_and(|s| s.tokens.start == at);
            let kept_from = out.edges.len();
            let keep = if survives { Step::Survive(short(survivor)) } else { Step::Keep };
            for from in &open {
                let as_it_stands = from.context == plain.contexts[here];
                let (ratio, next) = if as_it_stands {
                    (0.0, plain.contexts[here + 1])
                } else {
                    let (log, next) = model.score(&from.context, words[here]);
                    (*exponent * (f64::from(log) - plain.log(here..here + 1)), next)
                };
                out.connect(&mut places[here + 1], from, next, keep, ratio);
            }
            for (number, found) in all.candidates.iter().enumerate().skip(candidate).take(starting) {
                if found.tokens.end > tokens.end {
                    continue;
                }
                let end = found.tokens.end - tokens.start;
                let canonical = all.words(found);
                let least = (HOPELESS - (found.channel * found.bias).ln()) / *exponent;
                let Some(stands) = plain.gains(here..end, canonical, words, least, model) else { continue };
                reach = reach.max(end);
                for from in &open {
                    let (log, next) = if from.context == plain.contexts[here] {
                        stands
                    } else {
                        model.score_all(&from.context, canonical)
                    };
                    let ratio = *exponent * (log - plain.log(here..end));
                    out.connect(&mut places[end], from, next, Step::Replace(short(number)), ratio);
                }
            }
            // One way into this place, and one out of it, that no replacement leads around: nothing depends on it.
            if open.len() == 1 && reach <= here && out.edges.len() == kept_from + 1 {
                if survives {
                    certain.survivors.push(short(survivor));
                }
                out.edges.pop();
                out.nodes -= 1;
                places[here + 1][0].node = open[0].node;
            }
            open.clear();
            places[here] = open;
            candidate += starting;
            survivor += usize::from(survives);
        }
        out.ends = places[words.len()].drain(..).map(|open| open.node).collect();
        if out.edges.is_empty() {
            return None;
        }
        // All lattices of a document are held at once.
        out.edges.shrink_to_fit();
        Some(out)
    }
}

impl Lattice {
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

/// A stretch of the text as it stands, read by the language model.
#[derive(Default)]
pub(super) struct Plain {
    /// Context before each token, and after the last.
    contexts: Vec<Context>,
    /// Logarithm of the tokens before each place.
    sums: Vec<f64>,
}

impl Plain {
    /// Reads words from a context on, instead of what was read before.
    pub(super) fn read(&mut self, mut context: Context, words: &[WordId], model: &LanguageModel) {
        self.contexts.clear();
        self.sums.clear();
        self.contexts.push(context);
        self.sums.push(0.0);
        let mut sum = 0.0;
        for &word in words {
            let (log, next) = model.score(&context, word);
            sum += f64::from(log);
            context = next;
            self.contexts.push(context);
            self.sums.push(sum);
        }
    }

    /// Logarithm of the probability of these tokens.
    fn log(&self, places: Range<usize>) -> f64 {
        self.sums[places.end] - self.sums[places.start]
    }

    /// What replacing these tokens wins if everything around stands: on them and on the tokens that they are context of.
    pub(super) fn gain(
        &self,
        places: Range<usize>,
        canonical: &[WordId],
        words: &[WordId],
        model: &LanguageModel,
    ) -> f64 {
        let (log, context) = model.score_all(&self.contexts[places.start], canonical);
        self.gain_behind(log - self.log(places.clone()), context, places.end, words, f64::NEG_INFINITY, model)
    }

    /// If replacing these tokens wins at least so much: logarithm of the canonical words, and the context after them.
    fn gains(
        &self,
        places: Range<usize>,
        canonical: &[WordId],
        words: &[WordId],
        least: f64,
        model: &LanguageModel,
    ) -> Option<(f64, Context)> {
        let (log, context) = model.score_all(&self.contexts[places.start], canonical);
        let gain = self.gain_behind(log - self.log(places.clone()), context, places.end, words, least, model);
        (gain >= least).then_some((log, context))
    }

    /// What is won up to some place, and on the tokens behind it in another context. Where that can't reach `least`, less is looked
    /// at and some lower number given.
    fn gain_behind(
        &self,
        mut gain: f64,
        mut context: Context,
        end: usize,
        words: &[WordId],
        least: f64,
        model: &LanguageModel,
    ) -> f64 {
        for (place, &word) in words.iter().enumerate().skip(end).take(model.order() - 1) {
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
