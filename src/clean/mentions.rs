//! What the sentences of a text say of the words of a line: an article speaks of what is its own.

use super::layout::longer_words;
use super::line::Lines;
use crate::hash::Table;

/// How many things the sentences say of a line.
pub const MENTION_FEATURES: usize = 6;

/// What they are, in order.
pub const MENTION_FEATURE_NAMES: [&str; MENTION_FEATURES] = [
    "longer words",
    "share of its longer words in sentences before",
    "share of its longer words in sentences after",
    "share of its longer words in two other sentences",
    "share of its longer words in any other line",
    "share of its longer words in the title",
];

/// In which sentences the longer words of some lines stand. The words of other lines aren't kept: most texts have few lines to judge.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    words: Table<Mention>,
}

/// Where a word stands: the first and the last sentence that speaks for the article and has it, how many of them have it, how many lines
/// do, and whether any sentence does.
#[derive(Debug, Clone, Copy)]
struct Mention {
    first: u32,
    last: u32,
    sentences: u32,
    lines: u32,
    is_said: bool,
}

impl Mentions {
    /// Looks at all lines for the words of those that are asked of; those sentences count that speak for the article.
    pub(super) fn of(lines: &Lines, asked: &dyn Fn(usize) -> bool, speaks: &dyn Fn(usize) -> bool) -> Self {
        let asked = (0..lines.len()).filter(|&index| asked(index));
        let wanted: Vec<u64> = asked.flat_map(|index| longer_words(lines, index)).collect();
        let nowhere = Mention { first: u32::MAX, last: 0, sentences: 0, lines: 0, is_said: false };
        let mut words = Table::of_each(&wanted, nowhere);
        for (at, (index, line)) in (0u32..).zip(lines.as_slice().iter().enumerate()) {
            let is_sentence = line.shape.is_sentence();
            let speaks = is_sentence && speaks(index);
            for word in longer_words(lines, index) {
                let Some(mention) = words.get_mut(word) else { continue };
                mention.lines += 1;
                mention.is_said |= is_sentence;
                if speaks {
                    mention.first = mention.first.min(at);
                    mention.last = at;
                    mention.sentences += 1;
                }
            }
        }
        Self { words }
    }

    /// Share of the longer words of a line that was asked of which any sentence has, in [0, 1].
    pub(super) fn said_share(&self, lines: &Lines, index: usize) -> f64 {
        let is_said = |word: u64| self.words.get(word).is_some_and(|mention| mention.is_said);
        let (all, said) = longer_words(lines, index)
            .fold((0u32, 0u32), |(all, said), word| (all + 1, said + u32::from(is_said(word))));
        if all == 0 { 0.5 } else { f64::from(said) / f64::from(all) }
    }

    /// What the sentences say of line `index`, which was asked of.
    pub(super) fn features(
        &self,
        lines: &Lines,
        index: usize,
        title: Option<usize>,
    ) -> [f64; MENTION_FEATURES] {
        let at = u32::try_from(index).unwrap_or(u32::MAX);
        let mut all = 0u32;
        let [mut before, mut after, mut twice, mut elsewhere, mut in_title] = [0u32; 5];
        for word in longer_words(lines, index) {
            all += 1;
            if let Some(mention) = self.words.get(word) {
                let own = u32::from(mention.first <= at && at <= mention.last);
                before += u32::from(mention.first < at);
                after += u32::from(mention.sentences > 0 && mention.last > at);
                twice += u32::from(mention.sentences > 1 + own);
                elsewhere += u32::from(mention.lines > 1);
            }
            let stands = |title: usize| longer_words(lines, title).any(|other| other == word);
            in_title += u32::from(title.filter(|&title| title != index).is_some_and(stands));
        }
        let share = |count: u32| if all == 0 { -1.0 } else { f64::from(count) / f64::from(all) };
        [f64::from(all.min(40)), share(before), share(after), share(twice), share(elsewhere), share(in_title)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are(found: &[f64], wanted: &[f64]) -> bool {
        found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9)
    }

    #[test]
    fn an_article_speaks_of_what_is_its_own() {
        let text = "Ferry to Penwick\nThe ferry to Penwick was late.\nFerry and harbour\nThe harbour in Penwick was full of ice.\nStriker leaves";
        let lines = Lines::of(text);
        let mentions = Mentions::of(&lines, &|_| true, &|_| true);
        let of = |index| mentions.features(&lines, index, Some(0));
        // Words; before, after, in two other sentences, elsewhere, in the title.
        assert!(are(&of(2), &[2.0, 0.5, 0.5, 0.0, 1.0, 0.5]));
        assert!(are(&of(0), &[2.0, 0.0, 1.0, 0.5, 1.0, 0.0]));
        assert!(are(&of(4)[1..], &[0.0; 5]));
        assert!(are(&[0, 2, 4].map(|index| mentions.said_share(&lines, index)), &[1.0, 1.0, 0.0]));
        let silent = Mentions::of(&lines, &|index| index == 2, &|index| index != 3);
        assert!(are(&silent.features(&lines, 2, None)[1..3], &[0.5, 0.0]));
    }
}
