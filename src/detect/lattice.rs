//! The readings of a sentence as a lattice.
//!
//! A node is a place between tokens together with the words before it, as far as the language model uses them; an edge keeps a
//! token or replaces a phrase. Two paths meet in a node only if everything after it costs them the same, so that
//! sums and maxima over paths are exact.

use std::ops::Range;

use super::candidate::Candidates;
use crate::language::{Context, LanguageModel, WordId};

/// Contexts kept at one place. Real text needs a tenth; beyond it the least likely are dropped, so that no input makes the
/// lattice explode.
const WIDEST: usize = 256;

/// What an edge does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Keeps one token; the number of the survivor that starts there, if one does.
    Keep(Option<usize>),
    /// Replaces a phrase: the number of the candidate.
    Replace(usize),
}

/// From one node to a later one.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// Node where it starts.
    pub from: usize,
    /// Node where it ends.
    pub to: usize,
    /// What it does.
    pub step: Step,
    /// Natural logarithm of the language model's probability of its words.
    pub log_language: f64,
}

/// All readings of one sentence. Edges are in order of their first node; nodes in order of their place; node 0 is the start.
#[derive(Debug, Default)]
pub struct Lattice {
    /// Number of nodes.
    pub nodes: usize,
    /// The edges.
    pub edges: Vec<Edge>,
    /// Nodes at the end of the sentence.
    pub ends: Range<usize>,
}

/// A context at a place, and the logarithm of its best path, which decides what is dropped if there are too many.
struct Open {
    context: Context,
    best: f64,
    /// Edges that end here: (number of the open node before, step, log probability).
    arrivals: Vec<(usize, Step, f64)>,
}

impl Lattice {
    /// Builds the lattice of the tokens `range`. `words` are the tokens in the model's words; `first_candidate` and
    /// `first_survivor` are the first that start in the range.
    pub fn build(
        range: Range<usize>,
        words: &[WordId],
        all: &Candidates<'_>,
        first_candidate: usize,
        first_survivor: usize,
        model: &LanguageModel,
    ) -> Self {
        let mut places: Vec<Vec<Open>> = (0..=range.len()).map(|_| Vec::new()).collect();
        places[0].push(Open { context: model.sentence_start(), best: 0.0, arrivals: Vec::new() });
        let mut out = Self::default();
        let (mut candidate, mut survivor) = (first_candidate, first_survivor);
        for at in range.clone() {
            let here = at - range.start;
            let open = close(&mut places[here], &mut out);
            let first_node = out.nodes - open.len();
            let starting = all.candidates[candidate..].iter().take_while(|c| c.tokens.start == at).count();
            let survives = all.survivors.get(survivor).is_some_and(|s| s.tokens.start == at);
            let keep = Step::Keep(survives.then_some(survivor));
            for (number, (context, best)) in open.into_iter().enumerate() {
                let node = first_node + number;
                let (log, next) = model.score(&context, words[at]);
                arrive(&mut places[here + 1], next, best, node, keep, f64::from(log));
                for (offset, found) in all.candidates[candidate..candidate + starting].iter().enumerate() {
                    if found.tokens.end > range.end {
                        continue;
                    }
                    let (mut log, mut next) = (0f64, context);
                    for &word in all.words(found) {
                        let scored = model.score(&next, word);
                        log += f64::from(scored.0);
                        next = scored.1;
                    }
                    let step = Step::Replace(candidate + offset);
                    arrive(&mut places[found.tokens.end - range.start], next, best, node, step, log);
                }
            }
            candidate += starting;
            survivor += usize::from(survives);
        }
        let last = close(&mut places[range.len()], &mut out).len();
        out.ends = out.nodes - last..out.nodes;
        // Edges were collected by where they end.
        out.edges.sort_by_key(|edge| (edge.from, edge.to));
        out
    }
}

/// Adds a path to the node with this context.
fn arrive(place: &mut Vec<Open>, context: Context, best: f64, from: usize, step: Step, log: f64) {
    let arrival = (from, step, log);
    match place.iter_mut().find(|open| open.context == context) {
        Some(open) => {
            open.best = open.best.max(best + log);
            open.arrivals.push(arrival);
        }
        None => place.push(Open { context, best: best + log, arrivals: vec![arrival] }),
    }
}

/// Gives the nodes of a place their numbers and writes the edges that end there.
fn close(place: &mut Vec<Open>, out: &mut Lattice) -> Vec<(Context, f64)> {
    if place.len() > WIDEST {
        place.sort_by(|a, b| b.best.total_cmp(&a.best));
        place.truncate(WIDEST);
    }
    let mut nodes = Vec::with_capacity(place.len());
    for open in place.drain(..) {
        for (from, step, log_language) in open.arrivals {
            out.edges.push(Edge { from, to: out.nodes, step, log_language });
        }
        out.nodes += 1;
        nodes.push((open.context, open.best));
    }
    nodes
}
