//! Where prose goes on with little between: the longest passage of a page is most often its article.

use std::ops::Range;

use super::layout::FAR;

/// How many things are known of the passages around a line.
pub const PASSAGE_FEATURES: usize = 3;

/// Sentences with more other lines between them belong to two passages.
const GAP: usize = 3;

/// The passages of a text, in order.
#[derive(Debug, Default)]
pub(super) struct Passages {
    all: Vec<Passage>,
    /// The one with the most words, the first of equals.
    main: Option<usize>,
}

/// The lines from the first to the last sentence of a passage, and the words of its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Passage {
    lines: Range<usize>,
    words: u32,
}

impl Passages {
    /// By the sentences of a text, each with its words: those between which no more stands than a few subheads,
    /// captions and advertisements belong together.
    pub(super) fn of(sentences: impl Iterator<Item = (usize, u32)>) -> Self {
        Self::divided(sentences, |between| between.len() > GAP)
    }

    /// The same, where it is said which lines between two sentences divide them.
    pub(super) fn divided(
        sentences: impl Iterator<Item = (usize, u32)>,
        divide: impl Fn(Range<usize>) -> bool,
    ) -> Self {
        let mut all: Vec<Passage> = Vec::new();
        for (index, words) in sentences {
            match all.last_mut().filter(|last| !divide(last.lines.end..index)) {
                Some(last) => {
                    last.lines.end = index + 1;
                    last.words += words;
                }
                None => all.push(Passage { lines: index..index + 1, words }),
            }
        }
        let better = |best: usize, this: usize| if all[this].words > all[best].words { this } else { best };
        let main = (0..all.len()).reduce(better);
        Self { all, main }
    }

    /// The lines of the longest one; none where there is no sentence.
    pub(super) fn main(&self) -> Range<usize> {
        self.main.map_or(0..0, |main| self.all[main].lines.clone())
    }

    /// What is known of the passages around a line: ln of the words of its own, their share of those of the longest, and how far the longest
    /// is, less than 0 before it.
    pub(super) fn features(&self, index: usize) -> [f64; PASSAGE_FEATURES] {
        let far = FAR as f64;
        let Some(main) = self.main.map(|main| &self.all[main]) else { return [0.0, 0.0, -far] };
        let own = self.all.get(self.all.partition_point(|passage| passage.lines.end <= index));
        let own = own.filter(|own| own.lines.contains(&index)).map_or(0, |own| own.words);
        let before = main.lines.start.saturating_sub(index) as f64;
        let after = (index + 1).saturating_sub(main.lines.end) as f64;
        let share = f64::from(own) / f64::from(main.words.max(1));
        [f64::from(own + 1).ln(), share, (after - before).clamp(-far, far)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_passage_is_the_main_one() {
        // A teaser, then an article with a caption inside, then a comment far below.
        let passages = Passages::of([(1, 9), (6, 20), (7, 30), (10, 5), (18, 40)].into_iter());
        assert_eq!(passages.main(), 6..11);
        let share = |index: usize| passages.features(index)[1];
        assert!(
            (share(8) - 1.0).abs() < 1e-9 && share(12).abs() < 1e-9 && (share(18) - 40.0 / 55.0).abs() < 1e-9
        );
        let is_far = |index: usize, lines: f64| (passages.features(index)[2] - lines).abs() < 1e-9;
        assert!(is_far(1, -5.0) && is_far(6, 0.0) && is_far(10, 0.0) && is_far(13, 3.0));
        let none = Passages::of(std::iter::empty());
        assert!(none.main() == (0..0) && none.features(1)[0].abs() < 1e-9);
        let divided = |least: usize| {
            Passages::divided([(1, 9), (9, 9), (12, 9)].into_iter(), |between| between.len() >= least)
        };
        assert_eq!([7, 8].map(|least| divided(least).main()), [9..13, 1..13]);
    }
}
