//! What a line belongs to: the block between empty lines, the run of lines of its form, the lines that say the same.

use std::ops::Range;

use super::form::{FORMS, Form, closure};
use super::line::Lines;
use super::marks::Marks;
use crate::hash::{self, Table};

/// How many things are known of what a line belongs to.
pub const GROUP_FEATURES: usize = 23;

/// What they are, in order.
pub const GROUP_FEATURE_NAMES: [&str; GROUP_FEATURES] = [
    "lines of its block",
    "place in its block, from 0 to 1",
    "greatest log-odds of the rest of its block",
    "mean log-odds of the rest of its block",
    "mean nats of a word of its block",
    "share of its block that is prose",
    "mean log-odds of the block before",
    "mean log-odds of the block after",
    "form",
    "lines of its form in a row",
    "place in its run",
    "greatest log-odds of the rest of its run",
    "mean log-odds of the rest of its run",
    "mean nats of a word of its run",
    "how the line before its run ends",
    "words of the line before its run",
    "log-odds of the line before its run",
    "words of the line after its run",
    "lines of its form",
    "share of the lines of its form right before prose",
    "share of the lines of its form right after prose",
    "lines that say the same",
    "lines that begin with the same word",
];

/// The blocks and runs of a text.
#[derive(Debug)]
pub struct Groups {
    forms: Vec<Form>,
    /// The block and the run of each line.
    blocks: Vec<Range<usize>>,
    runs: Vec<Range<usize>>,
    /// For each form: lines, those right before prose, those right after prose.
    counts: [[u32; 3]; FORMS],
    /// Lines that say the same, and lines that begin with the same word.
    same: Classes,
    begun: Classes,
}

/// Lines, or what else stands in a text, that have something in common.
#[derive(Debug)]
pub(super) struct Classes {
    /// The class of each line.
    of: Vec<usize>,
    /// The lines of each class.
    counts: Vec<u32>,
}

impl Classes {
    /// By a hash of each line.
    pub(super) fn of(hashes: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut numbers = Table::with_room_for(hashes.len());
        let (mut of, mut counts) = (Vec::with_capacity(hashes.len()), Vec::new());
        for hash in hashes {
            let class = *numbers.get_or_insert(hash, counts.len());
            if class == counts.len() {
                counts.push(0);
            }
            counts[class] += 1;
            of.push(class);
        }
        Self { of, counts }
    }

    /// The class of each line.
    pub(super) fn classes(&self) -> &[usize] {
        &self.of
    }

    /// The class of a line.
    pub(super) fn class(&self, index: usize) -> usize {
        self.of[index]
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// How many lines are of the class of a line, with itself.
    fn count(&self, index: usize) -> u32 {
        self.counts[self.class(index)]
    }
}

/// Of a group that is longer, so many lines on each side of a line are looked at.
const NEAR: usize = 12;

impl Groups {
    /// Looks at all lines.
    pub(super) fn of(text: &str, lines: &Lines) -> Self {
        let all = lines.as_slice();
        let forms: Vec<Form> = all.iter().map(|line| Form::of(line, text)).collect();
        let blocks = ranges(all.len(), |index| all[index].blank_before == 0);
        let runs = ranges(all.len(), |index| forms[index] == forms[index - 1]);
        let mut counts = [[0; 3]; FORMS];
        let is_prose = |at: Option<usize>| at.is_some_and(|at| forms.get(at) == Some(&Form::Prose));
        for (index, form) in forms.iter().enumerate() {
            let counts = &mut counts[*form as usize];
            counts[0] += 1;
            counts[1] += u32::from(is_prose(Some(index + 1)));
            counts[2] += u32::from(is_prose(index.checked_sub(1)));
        }
        let first_words = |index: usize| lines.words(index).first().map_or(0, |word| word.hash);
        let same = Classes::of((0..all.len()).map(|index| hash::bytes(lines.key(index).as_bytes())));
        let begun = Classes::of((0..all.len()).map(first_words));
        Self { forms, blocks, runs, counts, same, begun }
    }

    /// The form of a line.
    pub(super) fn form(&self, index: usize) -> Form {
        self.forms[index]
    }

    /// Lines that say the same.
    pub(super) fn same(&self) -> &Classes {
        &self.same
    }

    /// Lines that begin with the same word.
    pub(super) fn begun(&self) -> &Classes {
        &self.begun
    }

    /// The lines of a line's block, without itself; those nearby if there are many.
    pub(super) fn block(&self, index: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        others(&self.blocks[index], index)
    }

    /// The lines of its form around a line, without itself; those nearby if there are many.
    pub(super) fn run(&self, index: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        others(&self.runs[index], index)
    }

    /// What is known of what line `index` belongs to.
    pub(super) fn features(&self, lines: &Lines, marks: &[Marks<'_>], index: usize) -> [f64; GROUP_FEATURES] {
        let all = lines.as_slice();
        let odds = |index: usize| marks[index].log_odds.clamp(-6.0, 8.0);
        let (block, run) = (&self.blocks[index], &self.runs[index]);
        let nats = |lines: &mut dyn Iterator<Item = usize>| mean(lines.map(|i| marks[i].words.mean()), 0.0);
        let (beside_block, beside_run) = (self.block(index), self.run(index));
        let with_itself = |lines: &mut dyn Iterator<Item = usize>| nats(&mut lines.chain([index]));
        let is_prose = |index: usize| f64::from(u8::from(self.forms[index] == Form::Prose));
        let place = |range: &Range<usize>| (index - range.start) as f64 / (range.len() - 1).max(1) as f64;
        let words =
            |at: Option<usize>| at.and_then(|at| all.get(at)).map_or(0.0, |l| f64::from(l.shape.words));
        let before_block = block.start.checked_sub(1).map(|last| self.blocks[last].clone());
        let after_block = self.blocks.get(block.end).cloned();
        let mean_odds =
            |range: Option<Range<usize>>| range.map_or(2.0, |range| mean(range.take(NEAR).map(odds), 2.0));
        let before_run = run.start.checked_sub(1);
        let [count, before_prose, after_prose] = self.counts[self.forms[index] as usize].map(f64::from);
        [
            block.len().min(40) as f64,
            place(block),
            beside_block.clone().map(odds).fold(-7.0, f64::max),
            mean(beside_block.clone().map(odds), -7.0),
            with_itself(&mut beside_block.clone()),
            mean(beside_block.map(is_prose), -1.0),
            mean_odds(before_block),
            mean_odds(after_block),
            f64::from(self.forms[index] as u8),
            run.len().min(40) as f64,
            (index - run.start).min(40) as f64,
            beside_run.clone().map(odds).fold(-7.0, f64::max),
            mean(beside_run.clone().map(odds), -7.0),
            with_itself(&mut beside_run.clone()),
            before_run.map_or(-1.0, |before| closure(&all[before].shape)),
            words(before_run).min(80.0),
            before_run.map_or(2.0, odds),
            words(Some(run.end)).min(80.0),
            count.min(100.0),
            before_prose / count,
            after_prose / count,
            f64::from(self.same.count(index).min(30)),
            f64::from(self.begun.count(index).min(30)),
        ]
    }
}

/// The range that each of a number of lines stands in; a line goes with the one before it if `continues` says so.
fn ranges(len: usize, continues: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut out = Vec::with_capacity(len);
    let mut start = 0;
    for index in 1..=len {
        if index == len || !continues(index) {
            out.extend(std::iter::repeat_n(start..index, index - start));
            start = index;
        }
    }
    out
}

fn others(range: &Range<usize>, index: usize) -> impl Iterator<Item = usize> + Clone + use<> {
    let near = range.start.max(index.saturating_sub(NEAR))..range.end.min(index + NEAR + 1);
    near.filter(move |&other| other != index)
}

/// The mean of some values, or what stands for none.
pub(super) fn mean(values: impl Iterator<Item = f64>, none: f64) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { none }
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Furniture;
    use super::super::word_odds::WordOdds;
    use super::*;

    fn of(text: &str, index: usize, name: &str) -> f64 {
        let lines = Lines::of(text);
        let rows = "pattern\tmatch\tkind\tweight\topens\tnote\nshare\tline\tshare\tsure\t\t\n";
        let furniture = Furniture::parse("f.tsv", rows).unwrap();
        let marks = Marks::of(text, &lines, &furniture, &WordOdds::default());
        let features = Groups::of(text, &lines).features(&lines, &marks, index);
        features[GROUP_FEATURE_NAMES.iter().position(|n| *n == name).unwrap()]
    }

    fn is(found: f64, wanted: f64) -> bool {
        (found - wanted).abs() < 1e-9
    }

    const PAGE: &str = "The boots were tried on three fells.\nBattery | 31 h | 19 h\nWeight | 410 g | 395 g\nPrice | £90 | £110\n\n\
        Share\nTweet\nPin\nThe boots were kept.\nShare";

    #[test]
    fn a_table_is_a_run() {
        assert!(is(of(PAGE, 2, "lines of its form in a row"), 3.0));
        assert!(is(of(PAGE, 2, "place in its run"), 1.0));
        assert!(is(of(PAGE, 2, "how the line before its run ends"), 3.0));
        assert!(is(of(PAGE, 2, "words of the line before its run"), 7.0));
    }

    #[test]
    fn a_block_shares_its_marks() {
        assert!(is(of(PAGE, 2, "lines of its block"), 4.0));
        assert!(of(PAGE, 5, "greatest log-odds of the rest of its block") > 4.0);
        assert!(of(PAGE, 2, "greatest log-odds of the rest of its block") < 4.0);
        assert!(
            of(PAGE, 2, "mean log-odds of the block after")
                > of(PAGE, 5, "mean log-odds of the block before")
        );
    }

    #[test]
    fn lines_that_say_the_same() {
        assert!(is(of(PAGE, 4, "lines that say the same"), 2.0));
        assert!(is(of(PAGE, 5, "lines that say the same"), 1.0));
        assert!(is(of(PAGE, 7, "lines that say the same"), 1.0));
        assert!(is(of(PAGE, 0, "lines that begin with the same word"), 2.0));
        assert!(is(of(PAGE, 6, "share of the lines of its form right before prose"), 0.25));
    }
}
