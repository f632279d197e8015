//! The readings of a sentence as a lattice.
//!
//! A node is a place between tokens together with the words before it, as far as the language model uses them; an edge keeps a
//! token or replaces a phrase. Two paths meet in a node only if everything after it costs them the same, so that
//! sums and maxima over paths are exact.

use std::cell::Cell;
use std::ops::Range;

use super::candidate::Candidates;
use super::hope::{Followed, Hopes};
use super::plain::Plain;
use crate::language::{Context, LanguageModel};

/// Contexts followed at one place. Real text needs a tenth; beyond it the least likely are dropped, so that no input makes the
/// lattice explode.
const WIDEST: usize = 256;

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
#[derive(Debug, Clone, Copy)]
pub struct Lattice<'l> {
    /// Number of nodes; node 0 is the start.
    pub nodes: u32,
    /// The edges.
    pub edges: &'l [Edge],
    /// Nodes at the end of the sentence.
    pub ends: &'l [u32],
}

/// The lattices of a document: all are held at once.
#[derive(Debug, Default)]
pub struct Lattices {
    edges: Vec<Edge>,
    ends: Vec<u32>,
    /// Of each lattice the number of nodes, and up to where its edges and ends reach.
    parts: Vec<(u32, usize, usize)>,
}

impl Lattices {
    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = Lattice<'_>> {
        let (mut edges, mut ends) = (0, 0);
        self.parts.iter().map(move |&(nodes, edges_end, ends_end)| {
            let out =
                Lattice { nodes, edges: &self.edges[edges..edges_end], ends: &self.ends[ends..ends_end] };
            (edges, ends) = (edges_end, ends_end);
            out
        })
    }

    /// The edges of all.
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Adds a lattice.
    #[cfg(test)]
    pub(super) fn push(&mut self, lattice: Lattice<'_>) {
        self.edges.extend_from_slice(lattice.edges);
        self.ends.extend_from_slice(lattice.ends);
        self.parts.push((lattice.nodes, self.edges.len(), self.ends.len()));
    }
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
    /// If a single replacement leads here: what was asked about it may say how it goes on.
    followed: Option<Followed>,
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

/// What is known of the stretch that a lattice is built of.
#[derive(Default)]
struct Known {
    plain: Plain,
    hopes: Hopes,
    places: Vec<Vec<Open>>,
}

thread_local! {
    /// The memory of the last document, for the next one: as much as the longest stretch needs.
    static KNOWN: Cell<Known> = Cell::default();
}

/// Builds lattices, one after the other, in the same memory.
pub struct Builder<'b> {
    candidates: &'b Candidates<'b>,
    model: &'b LanguageModel,
    /// Exponent of the language model's probabilities.
    exponent: f64,
    known: Known,
    nodes: u32,
    lattices: Lattices,
    certain: Certain,
}

impl<'b> Builder<'b> {
    /// A builder for one document.
    pub fn new(candidates: &'b Candidates<'b>, model: &'b LanguageModel, exponent: f64) -> Self {
        let edges = Vec::with_capacity(3 * candidates.candidates.len());
        let lattices = Lattices { edges, ..Lattices::default() };
        let (known, certain) = (KNOWN.take(), Certain::default());
        Self { candidates, model, exponent, known, nodes: 0, lattices, certain }
    }

    /// The lattices, and what no lattice holds.
    pub fn finish(self) -> (Lattices, Certain) {
        KNOWN.set(self.known);
        (self.lattices, self.certain)
    }

    /// Adds the lattice of a stretch of tokens, if there is anything to choose.
    pub fn build(&mut self, stretch: &Stretch) {
        let (all, model) = (self.candidates, self.model);
        let Stretch { tokens, mut candidate, mut survivor, .. } = stretch.clone();
        let words = &all.text[tokens.clone()];
        let context = stretch.context(model);
        self.known.plain.read(context, words, model);
        self.certain.plain += self.known.plain.log(0..words.len());
        let first_candidate = candidate;
        self.known.hopes.weigh(all, candidate, &tokens, &self.known.plain, model, self.exponent);
        if self.known.places.len() <= words.len() {
            self.known.places.resize_with(words.len() + 1, Vec::new);
        }
        self.known.places[0].push(Open { node: 0, context, best: 0.0, followed: None });
        self.nodes = 1;
        let first_edge = self.lattices.edges.len();
        // Where the furthest replacement so far ends.
        let mut reach = 0;
        let mut here = 0;
        while here < words.len() {
            if self.known.places[here].len() == 1 && reach <= here {
                let next = all.candidates.get(candidate).map_or(tokens.end, |c| c.tokens.start);
                let next = next.min(tokens.end) - tokens.start;
                if next > here {
                    survivor = self.pass_over(here..next, tokens.start, survivor);
                    here = next;
                    continue;
                }
            }
            let at = tokens.start + here;
            let mut open = std::mem::take(&mut self.known.places[here]);
            if open.len() > WIDEST {
                open.sort_by(|a, b| b.best.total_cmp(&a.best));
                open.truncate(WIDEST);
            }
            let starting = all.candidates[candidate..].iter().take_while(|c| c.tokens.start == at).count();
            let survives = all.survivors.get(survivor).is_some_and(|s| s.tokens.start == at);
            let kept_from = self.lattices.edges.len();
            let keep = if survives { Step::Survive(short(survivor)) } else { Step::Keep };
            for from in &open {
                if from.context == self.known.plain.context(here) {
                    self.connect(here + 1, from, (self.known.plain.context(here + 1), None), keep, 0.0);
                } else {
                    let hopes = &self.known.hopes;
                    let asked = from.followed.and_then(|place| hopes.keep(place));
                    let (log, next) = if let Some((log, place)) = asked {
                        (log, (hopes.context(place), Some(place)))
                    } else {
                        let (log, next) = model.score(&from.context, words[here]);
                        (log, (next, None))
                    };
                    let ratio = self.exponent * (f64::from(log) - self.known.plain.log(here..here + 1));
                    self.connect(here + 1, from, next, keep, ratio);
                }
            }
            for (number, found) in (candidate..).zip(&all.candidates[candidate..candidate + starting]) {
                if found.tokens.end > tokens.end {
                    continue;
                }
                let end = found.tokens.end - tokens.start;
                let canonical = all.words(found);
                let Some((alone, after)) = self.known.hopes.of(number - first_candidate) else { continue };
                reach = reach.max(end);
                for from in &open {
                    let (log, next) = if from.context == self.known.plain.context(here) {
                        (alone, (self.known.hopes.context(after), Some(after)))
                    } else {
                        let (log, next) = model.score_all(&from.context, canonical);
                        (log, (next, None))
                    };
                    let ratio = self.exponent * (log - self.known.plain.log(here..end));
                    self.connect(end, from, next, Step::Replace(short(number)), ratio);
                }
            }
            // One way into this place, and one out of it, that no replacement leads around: nothing depends on it.
            if open.len() == 1 && reach <= here && self.lattices.edges.len() == kept_from + 1 {
                if survives {
                    self.certain.survivors.push(short(survivor));
                }
                self.lattices.edges.pop();
                self.nodes -= 1;
                self.known.places[here + 1][0].node = open[0].node;
            }
            open.clear();
            self.known.places[here] = open;
            candidate += starting;
            survivor += usize::from(survives);
            here += 1;
        }
        let ends = self.known.places[words.len()].drain(..).map(|open| open.node);
        if self.lattices.edges.len() > first_edge {
            self.lattices.ends.extend(ends);
            let part = (self.nodes, self.lattices.edges.len(), self.lattices.ends.len());
            self.lattices.parts.push(part);
        }
    }

    /// Moves the only node of a place to a later one, where no candidate starts between them: what survives there does so for certain.
    /// Gives the first survivor that starts later.
    fn pass_over(&mut self, places: Range<usize>, offset: usize, survivor: usize) -> usize {
        let end = places.end + offset;
        let passed =
            self.candidates.survivors[survivor..].iter().take_while(|s| s.tokens.start < end).count();
        self.certain.survivors.extend((survivor..survivor + passed).map(short));
        if let Some(mut open) = self.known.places[places.start].pop() {
            open.context = self.known.plain.context(places.end);
            self.known.places[places.end].push(open);
        }
        survivor + passed
    }

    /// Adds an edge to the node of this context at a place, making the node if it is new.
    fn connect(
        &mut self,
        place: usize,
        from: &Open,
        (context, followed): (Context, Option<Followed>),
        step: Step,
        ratio: f64,
    ) {
        let best = from.best + ratio;
        let place = &mut self.known.places[place];
        let to = if let Some(open) = place.iter_mut().find(|open| open.context == context) {
            open.best = open.best.max(best);
            open.followed = open.followed.or(followed);
            open.node
        } else {
            self.nodes += 1;
            place.push(Open { node: self.nodes - 1, context, best, followed });
            self.nodes - 1
        };
        self.lattices.edges.push(Edge { from: from.node, to, step, language: ratio.exp() });
    }
}

/// A number of the document's lists as edges hold it. Lists of 2^32 candidates don't fit in memory.
pub(super) fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
