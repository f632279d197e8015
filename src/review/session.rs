//! A review as it goes on: a queue of fixes, what was decided on each, and what keys do.

use super::decision::{Author, Decision};
use super::filter::Filter;
use super::item::Item;
use super::line::Line;

/// What keys are taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// A fix is looked at.
    Looking,
    /// A wording is typed for it.
    Wording(Line),
    /// A filter is typed.
    Filtering(Line),
    /// The keys are explained.
    Help,
    /// There is no fix left to look at.
    Done,
    /// The review is over.
    Over,
}

/// A decision that is to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// Number of the text that it is about.
    pub document: usize,
    /// The decision.
    pub decision: Decision,
    /// Whether it is taken back.
    pub is_undone: bool,
}

/// What can be undone at once.
#[derive(Debug, Clone)]
struct Step {
    cursor: usize,
    /// What was decided before, by number of the item.
    before: Vec<(usize, Option<Decision>)>,
    /// Items that were skipped.
    skipped: Vec<usize>,
}

/// A review.
#[derive(Debug)]
pub struct Session {
    pub(super) items: Vec<Item>,
    pub(super) decided: Vec<Option<Decision>>,
    is_skipped: Vec<bool>,
    pub(super) passes: Vec<bool>,
    filter: String,
    pub(super) cursor: usize,
    steps: Vec<Step>,
    pub(super) mode: Mode,
    pub(super) is_interrupted: bool,
    /// The mode that help goes back to.
    pub(super) behind: Mode,
    pub(super) message: String,
    pub(super) author: Author,
}

impl Session {
    /// A review of some fixes, in the order in which they are looked at; `decided` are decisions of earlier reviews on a text by its
    /// number. It begins at the first fix that is open.
    pub fn new(items: Vec<Item>, decided: impl Fn(usize) -> Vec<Decision>, author: Author) -> Self {
        let documents = items.iter().map(|item| item.document).max().map_or(0, |most| most + 1);
        let earlier: Vec<Vec<Decision>> = (0..documents).map(decided).collect();
        let of = |item: &Item| {
            let all = &earlier[item.document];
            let span = item.span();
            all.iter().find(|d| d.span == span).or_else(|| all.iter().find(|d| d.touches(span))).cloned()
        };
        let decided = items.iter().map(of).collect();
        let (is_skipped, passes) = (vec![false; items.len()], vec![true; items.len()]);
        let mut out = Self {
            items,
            decided,
            is_skipped,
            passes,
            filter: String::new(),
            cursor: 0,
            steps: Vec::new(),
            mode: Mode::Looking,
            is_interrupted: false,
            behind: Mode::Looking,
            message: String::new(),
            author,
        };
        out.go_to_open(0);
        out
    }

    /// What keys are taken for.
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// The fix that is looked at, if there is one.
    pub fn item(&self) -> Option<&Item> {
        self.items.get(self.cursor)
    }

    /// What was decided on the fix that is looked at.
    pub fn decision(&self) -> Option<&Decision> {
        self.decided.get(self.cursor)?.as_ref()
    }

    /// Something to tell about the last key; empty if there is nothing.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The filter as it was typed.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Which of the fixes that pass the filter is looked at, from 1, and how many there are.
    pub fn position(&self) -> (usize, usize) {
        let passing = |range: &[bool]| range.iter().filter(|passes| **passes).count();
        let here = (self.cursor + 1).min(self.items.len());
        (passing(&self.passes[..here]), passing(&self.passes))
    }

    /// How many fixes are to be applied, how many are not, and how many are open.
    pub fn counts(&self) -> (usize, usize, usize) {
        let applied = self.decided.iter().flatten().filter(|decision| decision.after.is_some()).count();
        let open = self.decided.iter().filter(|decision| decision.is_none()).count();
        (applied, self.decided.len() - applied - open, open)
    }

    /// Whether the review is over.
    pub fn is_over(&self) -> bool {
        self.mode == Mode::Over
    }

    /// Whether it was broken off, with fixes that are open, rather than ended.
    pub fn is_broken_off(&self) -> bool {
        self.is_interrupted && self.counts().2 > 0
    }

    /// Accepts all fixes that are open and pass the filter, but for descriptions.
    pub fn accept_rest(&mut self) -> Vec<Saved> {
        let author = self.author.clone();
        self.decide_rest(|item| item.pick(0, author.clone()).filter(|_| !item.is_description))
    }

    /// Looks at nothing but what passes a filter that can be read.
    pub(super) fn set_filter(&mut self, text: &str) {
        let filter = Filter::parse(text).unwrap_or_default();
        text.trim().clone_into(&mut self.filter);
        self.passes = self.items.iter().map(|item| filter.takes(item)).collect();
        let from = if self.cursor < self.items.len() { self.cursor } else { 0 };
        self.go_to_open(from);
    }

    /// Takes a decision on the fix that is looked at, and goes on.
    pub(super) fn decide(&mut self, decision: Option<Decision>) -> Vec<Saved> {
        let Some(decision) = decision else { return Vec::new() };
        let saved = self.record(vec![(self.cursor, decision)]);
        self.go_to_open(self.cursor + 1);
        saved
    }

    /// Decides on all that is open and passes the filter.
    pub(super) fn decide_rest(&mut self, decision: impl Fn(&Item) -> Option<Decision>) -> Vec<Saved> {
        let open = self.open();
        let decided: Vec<_> =
            open.iter().filter_map(|&number| Some((number, decision(&self.items[number])?))).collect();
        let left = open.len() - decided.len();
        let saved = self.record(decided);
        self.go_to_open(self.cursor);
        if left > 0 {
            self.message = format!("{left} left: descriptions, which can't be accepted as they are");
        }
        saved
    }

    /// Keeps decisions as a step that can be undone.
    fn record(&mut self, decisions: Vec<(usize, Decision)>) -> Vec<Saved> {
        let mut before = Vec::new();
        let mut saved = Vec::new();
        for (number, decision) in decisions {
            before.push((number, self.decided[number].clone()));
            saved.extend(self.put(number, Some(decision)));
        }
        if !before.is_empty() {
            self.steps.push(Step { cursor: self.cursor, before, skipped: Vec::new() });
        }
        saved
    }

    /// Changes what is decided on a fix. A decision on more or fewer bytes than the one before takes that one back first.
    fn put(&mut self, number: usize, decision: Option<Decision>) -> Vec<Saved> {
        let document = self.items[number].document;
        let old = std::mem::replace(&mut self.decided[number], decision.clone());
        let gone = old.filter(|old| decision.as_ref().is_none_or(|new| new.span != old.span));
        let undone = gone.map(|decision| Saved { document, decision, is_undone: true });
        undone
            .into_iter()
            .chain(decision.map(|decision| Saved { document, decision, is_undone: false }))
            .collect()
    }

    pub(super) fn skip(&mut self, numbers: Vec<usize>) {
        for &number in &numbers {
            self.is_skipped[number] = true;
        }
        let next = self.cursor + 1;
        self.steps.push(Step { cursor: self.cursor, before: Vec::new(), skipped: numbers });
        self.go_to_open(next);
    }

    pub(super) fn undo(&mut self) -> Vec<Saved> {
        let Some(Step { cursor, before, skipped }) = self.steps.pop() else {
            "nothing to undo in this session: go back with p and decide anew".clone_into(&mut self.message);
            return Vec::new();
        };
        for number in skipped {
            self.is_skipped[number] = false;
        }
        let saved = before.into_iter().flat_map(|(number, decision)| self.put(number, decision)).collect();
        self.cursor = cursor;
        self.mode = Mode::Looking;
        "undone".clone_into(&mut self.message);
        saved
    }

    /// Numbers of the fixes that are open, were not skipped, and pass the filter.
    pub(super) fn open(&self) -> Vec<usize> {
        (0..self.items.len()).filter(|&number| self.is_open(number)).collect()
    }

    fn is_open(&self, number: usize) -> bool {
        self.decided[number].is_none() && !self.is_skipped[number] && self.passes[number]
    }

    /// Goes to the next open fix, from a number on and then from the first; if there is none, the work is done.
    pub(super) fn go_to_open(&mut self, from: usize) {
        let next = (from..self.items.len()).chain(0..from.min(self.items.len())).find(|&n| self.is_open(n));
        (self.cursor, self.mode) = match next {
            Some(next) => (next, Mode::Looking),
            None => (self.items.len(), Mode::Done),
        };
    }

    /// Goes to a fix, if it passes the filter.
    pub(super) fn go_to_passing(&mut self, from: usize) {
        if let Some(next) = (from..self.items.len()).find(|&number| self.passes[number]) {
            (self.cursor, self.mode) = (next, Mode::Looking);
        }
    }

    /// Goes to the next fix or the one before, decided or not.
    pub(super) fn step(&mut self, forward: bool) {
        let passing = |number: &usize| self.passes[*number];
        let next = if forward {
            (self.cursor + 1..self.items.len()).find(passing)
        } else {
            (0..self.cursor).rev().find(passing)
        };
        match next {
            Some(next) => self.cursor = next,
            None => (if forward { "this is the last one" } else { "this is the first one" })
                .clone_into(&mut self.message),
        }
    }
}
