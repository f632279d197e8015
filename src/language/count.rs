//! Counting n-grams in bounded memory: sorted runs are merged as they fill up.

/// An n-gram: the numbers of its words in 16 bits each, the newest word lowest.
pub(super) type Gram = u64;

/// Occurrences held before they are sorted and merged: 256 MB.
const RUN: usize = 1 << 25;

/// Bits of one word in a [`Gram`].
pub(super) const WORD_BITS: u32 = 16;

/// The n-gram without its oldest word, for an n-gram of `order` words.
pub(super) fn suffix(gram: Gram, order: usize) -> Gram {
    gram & ((1 << (WORD_BITS * (u32::try_from(order).unwrap_or(1) - 1))) - 1)
}

/// The n-gram without its newest word: its context.
pub(super) fn context(gram: Gram) -> Gram {
    gram >> WORD_BITS
}

/// The oldest word of an n-gram of `order` words.
#[allow(clippy::cast_possible_truncation, reason = "one word of 16 bits is wanted")]
pub(super) fn oldest(gram: Gram, order: usize) -> u16 {
    (gram >> (WORD_BITS * (u32::try_from(order).unwrap_or(1) - 1))) as u16
}

/// Distinct n-grams in order, with counts.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub grams: Vec<Gram>,
    pub counts: Vec<u32>,
}

/// Counts n-grams of one order.
#[derive(Debug, Default)]
pub(super) struct Counter {
    run: Vec<Gram>,
    merged: Counts,
}

impl Counter {
    pub(super) fn add(&mut self, gram: Gram) {
        self.run.push(gram);
        if self.run.len() == RUN {
            self.merge();
        }
    }

    fn merge(&mut self) {
        self.run.sort_unstable();
        let old = std::mem::take(&mut self.merged);
        let mut out = Counts {
            grams: Vec::with_capacity(old.grams.len() + self.run.len() / 2),
            counts: Vec::with_capacity(old.grams.len() + self.run.len() / 2),
        };
        let mut before = old.grams.into_iter().zip(old.counts).peekable();
        for group in self.run.chunk_by(|a, b| a == b) {
            while let Some((gram, count)) = before.next_if(|&(gram, _)| gram < group[0]) {
                out.grams.push(gram);
                out.counts.push(count);
            }
            let seen = u32::try_from(group.len()).unwrap_or(u32::MAX);
            let earlier = before.next_if(|&(gram, _)| gram == group[0]).map_or(0, |(_, count)| count);
            out.grams.push(group[0]);
            out.counts.push(earlier.saturating_add(seen));
        }
        for (gram, count) in before {
            out.grams.push(gram);
            out.counts.push(count);
        }
        self.merged = out;
        self.run.clear();
    }

    pub(super) fn finish(mut self) -> Counts {
        self.merge();
        self.run = Vec::new();
        self.merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_over_several_runs() {
        let mut counter = Counter::default();
        for gram in [5, 3, 5] {
            counter.add(gram);
        }
        counter.merge();
        for gram in [9, 3, 1] {
            counter.add(gram);
        }
        let counts = counter.finish();
        assert_eq!((counts.grams, counts.counts), (vec![1, 3, 5, 9], vec![1, 2, 2, 1]));
    }

    #[test]
    fn parts_of_an_ngram() {
        let gram = 7 << 32 | 8 << 16 | 9;
        assert_eq!((suffix(gram, 3), context(gram), oldest(gram, 3)), (8 << 16 | 9, 7 << 16 | 8, 7));
    }
}
