//! Whether records follow one another, and if not, what happened to them.

use std::collections::BTreeMap;

use super::chain::{GENESIS, Sealed};
use super::problem::Problem;

/// Records that have not come where they belong, from the one that is its key.
#[derive(Debug, Clone, Copy)]
struct Gap {
    last: u64,
    /// Its place among the problems.
    problem: usize,
}

/// What has come so far.
#[derive(Debug)]
pub(super) struct Sequence {
    /// The highest number of a record.
    highest: u64,
    /// The digest of that record.
    digest: String,
    /// Lines since then whose number can't be trusted.
    unreadable: u64,
    /// By the number of the first record in each.
    gaps: BTreeMap<u64, Gap>,
}

impl Sequence {
    /// The state before the first line.
    pub(super) fn new() -> Self {
        Self { highest: 0, digest: GENESIS.to_owned(), unreadable: 0, gaps: BTreeMap::new() }
    }

    /// A line that is reported already: it stands for one record, whatever its number.
    pub(super) fn unreadable(&mut self) {
        self.unreadable += 1;
    }

    /// Whether this record is one that was passed over.
    pub(super) fn is_missing(&self, number: u64) -> bool {
        self.gap(number).is_some()
    }

    /// Takes the record at a line of the file. Returns whether it is where it belongs; if not, that is among the problems.
    pub(super) fn accept(&mut self, sealed: &Sealed, line: u64, problems: &mut Vec<Problem>) -> bool {
        let number = sealed.number;
        if number <= self.highest {
            self.late(number, line, problems);
            return false;
        }
        let gap = number - self.highest - 1;
        let dropped = gap.saturating_sub(self.unreadable);
        let linked = gap > 0 || self.unreadable > 0 || sealed.previous == self.digest;
        if dropped > 0 {
            self.gaps.insert(self.highest + 1, Gap { last: number - 1, problem: problems.len() });
            problems.push(Problem::Dropped { line, count: dropped });
        } else if !linked {
            problems.push(Problem::Unlinked { line });
        }
        self.highest = number;
        sealed.digest.clone_into(&mut self.digest);
        self.unreadable = 0;
        dropped == 0 && linked
    }

    /// A record after one that it precedes: it may be one of those that seemed to be dropped.
    fn late(&mut self, number: u64, line: u64, problems: &mut Vec<Problem>) {
        if let Some((first, gap)) = self.gap(number) {
            self.fill(number, first, gap);
            if let Some(hole @ Problem::Dropped { .. }) = problems.get_mut(gap.problem)
                && let Problem::Dropped { line: after, count } = hole
            {
                if first == gap.last && *count == 1 && *after + 1 == line {
                    *hole = Problem::Swapped { line: line - 1 };
                    return;
                }
                *count = count.saturating_sub(1);
            }
        }
        problems.push(Problem::OutOfOrder { line, record: number });
    }

    /// The gap that holds a record, and the first record in it.
    fn gap(&self, number: u64) -> Option<(u64, Gap)> {
        let (&first, &gap) = self.gaps.range(..=number).next_back()?;
        (number <= gap.last).then_some((first, gap))
    }

    /// Takes a record out of its gap.
    fn fill(&mut self, number: u64, first: u64, gap: Gap) {
        self.gaps.remove(&first);
        if first < number {
            self.gaps.insert(first, Gap { last: number - 1, ..gap });
        }
        if number < gap.last {
            self.gaps.insert(number + 1, gap);
        }
    }
}
