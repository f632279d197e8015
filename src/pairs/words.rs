//! Which words of a sentence were replaced by which.
//!
//! An edit distance with one more kind of step: a dictionary row, or a pair seen elsewhere, whose sides stand at the two places.
//! Such a step is cheaper than to drop the one side and put in the other, so that "extra folks" falls into its two parts where
//! either is known, and "as a result of the" against "because the" stays whole. A plain difference of the words
//! (crate `similar`) knows nothing of phrases: it would match the `the` of `within the` with that of `in the`, and leave a row
//! `within` → `in` that was never made.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::side::Side;
use crate::dictionary::{Dictionary, Substitution};
use crate::text::TokenKind;

/// Cost of a dictionary row; longer canonical phrases first, as spinners do.
const KNOWN: f64 = 1.0;
const LONGER: f64 = 0.01;
/// A pair seen elsewhere costs as much as a row, and this more divided by how often it was seen.
const COLLECTED: f64 = 2.0;
/// Cost of a word or number without a partner, of any other token, and of each stretch of them.
const WORD: f64 = 2.0;
const SYMBOL: f64 = 0.8;
const OPEN: f64 = 0.5;
/// `a` against `an` follows from the word behind, and is no substitution.
const ARTICLE: f64 = 0.3;
/// Equal tokens around a difference that a row may take in.
const MARGIN: usize = 4;

/// Tokens of the copy that stand for others of the original.
#[derive(Debug, Clone)]
pub(super) struct Step<'d> {
    pub spun: Range<usize>,
    pub original: Range<usize>,
    pub kind: StepKind<'d>,
}

/// How the two sides of a step belong together.
#[derive(Debug, Clone, Copy)]
pub(super) enum StepKind<'d> {
    /// A row of the dictionary.
    Known(Substitution<'d>),
    /// A pair that was seen elsewhere.
    Collected,
    /// What is left.
    Left,
}

/// A step that is not a single token.
struct Arc<'d> {
    spun: Range<usize>,
    original: Range<usize>,
    cost: f64,
    kind: StepKind<'d>,
}

/// Finds arcs and aligns words.
pub(super) struct WordAligner<'d, 'l> {
    pub dictionary: &'d Dictionary,
    pub lexicon: &'l Lexicon,
}

/// `true` for `a` and `an`.
fn is_article(key: &str) -> bool {
    key == "a" || key == "an"
}

impl<'d> WordAligner<'d, '_> {
    /// The differences between tokens of a copy and of the original, in order.
    pub fn align(&self, spun: (&Side, Range<usize>), original: (&Side, Range<usize>)) -> Vec<Step<'d>> {
        let ((spun, mut from), (original, mut to)) = (spun, original);
        let equal = |a: usize, b: usize| spun.tokens.key(a) == original.tokens.key(b);
        let head = from.clone().zip(to.clone()).take_while(|&(a, b)| equal(a, b)).count();
        if head == from.len() && head == to.len() {
            return Vec::new();
        }
        let rest = (from.len().min(to.len())) - head;
        let tail =
            from.clone().rev().zip(to.clone().rev()).take(rest).take_while(|&(a, b)| equal(a, b)).count();
        let (head, tail) = (head.saturating_sub(MARGIN), tail.saturating_sub(MARGIN));
        from = from.start + head..from.end - tail;
        to = to.start + head..to.end - tail;
        let arcs = self.arcs((spun, &from), (original, &to));
        Grid { spun, original, from, to, arcs: &arcs }.steps()
    }

    fn arcs(
        &self,
        (spun, from): (&Side, &Range<usize>),
        (original, to): (&Side, &Range<usize>),
    ) -> Vec<Arc<'d>> {
        let lexemes: Vec<_> = to.clone().map(|index| original.tokens.lexeme(index)).collect();
        let mut out = Vec::new();
        let mut put = |spun: Range<usize>, canonical: &str, cost: f64, kind: StepKind<'d>| {
            let wanted: Vec<&str> = canonical.split(' ').collect();
            for (at, found) in lexemes.windows(wanted.len()).enumerate() {
                if found.iter().zip(&wanted).all(|(found, wanted)| found == wanted) {
                    let original = to.start + at..to.start + at + wanted.len();
                    let cost = cost - LONGER * wanted.len() as f64;
                    out.push(Arc { spun: spun.clone(), original, cost, kind });
                }
            }
        };
        let mut matches = Vec::new();
        for start in from.clone() {
            matches.clear();
            self.dictionary.matches_at(&spun.tokens, start, &mut matches);
            for found in matches.iter().filter(|found| found.tokens.end <= from.end) {
                for row in found.phrase.rows() {
                    if !row.facts().has_capitals || row.facts().fits_case(&spun.tokens, found.tokens.clone())
                    {
                        let row = row.substitution();
                        put(found.tokens.clone(), row.lexemes, KNOWN, StepKind::Known(row));
                    }
                }
            }
            for end in start + 1..=from.end.min(start + Lexicon::LONGEST) {
                for (canonical, count) in self.lexicon.find(&spun.tokens, start..end) {
                    let cost = KNOWN + COLLECTED / count;
                    put(start..end, canonical, cost, StepKind::Collected);
                }
            }
        }
        out.sort_by_key(|arc| (arc.spun.end, arc.original.end));
        out
    }
}

/// How a place in the grid was reached.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Start,
    Equal,
    Drop,
    Insert,
    Arc(usize),
}

/// The best way to a place that ends outside a stretch without partners, and the best that ends inside one.
#[derive(Debug, Clone, Copy)]
struct Cell {
    closed: (f64, Way),
    /// Cost, step, and whether the place before was inside the stretch as well.
    open: (f64, Way, bool),
}

impl Cell {
    fn best(&self) -> f64 {
        self.closed.0.min(self.open.0)
    }
}

/// Two sentences against each other.
struct Grid<'a, 'd> {
    spun: &'a Side,
    original: &'a Side,
    from: Range<usize>,
    to: Range<usize>,
    arcs: &'a [Arc<'d>],
}

impl<'d> Grid<'_, 'd> {
    fn steps(&self) -> Vec<Step<'d>> {
        let width = self.to.len() + 1;
        let mut cells: Vec<Cell> = Vec::with_capacity((self.from.len() + 1) * width);
        let cost = |side: &Side, index: usize| {
            if side.tokens.as_slice()[index].kind == TokenKind::Symbol { SYMBOL } else { WORD }
        };
        let mut arc = 0;
        for row in 0..=self.from.len() {
            for column in 0..width {
                let (a, b) = (self.from.start + row, self.to.start + column);
                let mut cell =
                    Cell { closed: (f64::INFINITY, Way::Start), open: (f64::INFINITY, Way::Start, false) };
                if row + column == 0 {
                    cell.closed.0 = 0.0;
                }
                let at = |up: usize, left: usize| &cells[(row - up) * width + column - left];
                if row > 0 && column > 0 {
                    let (x, y) = (self.spun.tokens.key(a - 1), self.original.tokens.key(b - 1));
                    let article = is_article(x) && is_article(y);
                    if x == y || article {
                        let more = if x == y { 0.0 } else { ARTICLE };
                        cell.closed = (at(1, 1).best() + more, Way::Equal);
                    }
                }
                let mut extend = |before: &Cell, more: f64, way: Way| {
                    let (closed, open) = (before.closed.0 + OPEN + more, before.open.0 + more);
                    if closed.min(open) < cell.open.0 {
                        cell.open = (closed.min(open), way, open <= closed);
                    }
                };
                if row > 0 {
                    extend(at(1, 0), cost(self.spun, a - 1), Way::Drop);
                }
                if column > 0 {
                    extend(at(0, 1), cost(self.original, b - 1), Way::Insert);
                }
                while let Some(found) =
                    self.arcs.get(arc).filter(|arc| (arc.spun.end, arc.original.end) <= (a, b))
                {
                    if (found.spun.end, found.original.end) == (a, b) {
                        let total = at(found.spun.len(), found.original.len()).best() + found.cost;
                        if total < cell.closed.0 {
                            cell.closed = (total, Way::Arc(arc));
                        }
                    }
                    arc += 1;
                }
                cells.push(cell);
            }
        }
        self.trace(&cells, width)
    }

    fn trace(&self, cells: &[Cell], width: usize) -> Vec<Step<'d>> {
        let (mut row, mut column) = (self.from.len(), self.to.len());
        let mut out: Vec<Step<'d>> = Vec::new();
        let mut inside = None;
        // Whether the stretch that was traced last goes on.
        let mut goes_on = false;
        while row + column > 0 {
            let cell = &cells[row * width + column];
            let is_open = inside.unwrap_or(cell.open.0 < cell.closed.0);
            let way = if is_open { cell.open.1 } else { cell.closed.1 };
            let (up, left) = match way {
                Way::Equal => (1, 1),
                Way::Drop => (1, 0),
                Way::Insert => (0, 1),
                Way::Arc(arc) => (self.arcs[arc].spun.len(), self.arcs[arc].original.len()),
                // Every other place is reached by a step.
                Way::Start => break,
            };
            let (spun_end, original_end) = (self.from.start + row, self.to.start + column);
            let (spun, original) = (spun_end - up..spun_end, original_end - left..original_end);
            match way {
                Way::Arc(arc) => out.push(Step { spun, original, kind: self.arcs[arc].kind }),
                Way::Drop | Way::Insert => match out.last_mut() {
                    Some(step) if goes_on => {
                        step.spun.start = spun.start;
                        step.original.start = original.start;
                    }
                    _ => out.push(Step { spun, original, kind: StepKind::Left }),
                },
                Way::Equal | Way::Start => {}
            }
            goes_on = is_open && cell.open.2;
            inside = is_open.then_some(cell.open.2);
            (row, column) = (row - up, column - left);
        }
        out.reverse();
        out
    }
}
