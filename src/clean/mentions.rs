//! What the sentences of a text say of the words of a line: an article speaks of what is its own.

use super::layout::longer_words;
use super::line::Lines;
use crate::hash::Map;

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

/// In which sentences the longer words stand.
#[derive(Debug)]
pub(super) struct Mentions {
    words: Map<Mention>,
}

/// Where a word stands: the first and the last sentence that has it, how many have it, and how many lines do.
#[derive(Debug, Clone, Copy)]
struct Mention {
    first: usize,
    last: usize,
    sentences: u32,
    lines: u32,
}

impl Mentions {
    /// Looks at all lines; those sentences count that speak for the article.
    pub(super) fn of(lines: &Lines, speaks: &dyn Fn(usize) -> bool) -> Self {
        let mut words: Map<Mention> = Map::default();
        for (index, line) in lines.as_slice().iter().enumerate() {
            let speaks = line.shape.is_sentence() && speaks(index);
            for word in longer_words(lines, index) {
                let nowhere = Mention { first: usize::MAX, last: 0, sentences: 0, lines: 0 };
                let mention = words.entry(word).or_insert(nowhere);
                mention.lines += 1;
                if speaks {
                    mention.first = mention.first.min(index);
                    mention.last = index;
                    mention.sentences += 1;
                }
            }
        }
        Self { words }
    }

    /// What the sentences say of line `index`.
    pub(super) fn features(
        &self,
        lines: &Lines,
        index: usize,
        title: Option<usize>,
    ) -> [f64; MENTION_FEATURES] {
        let mut all = 0u32;
        let [mut before, mut after, mut twice, mut elsewhere, mut in_title] = [0u32; 5];
        for word in longer_words(lines, index) {
            all += 1;
            if let Some(mention) = self.words.get(&word) {
                let own = u32::from(mention.first <= index && index <= mention.last);
                before += u32::from(mention.first < index);
                after += u32::from(mention.sentences > 0 && mention.last > index);
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

    #[test]
    fn an_article_speaks_of_what_is_its_own() {
        let text = "Ferry to Penwick\nThe ferry to Penwick was late.\nFerry and harbour\nThe harbour in Penwick was full of ice.\nStriker leaves";
        let lines = Lines::of(text);
        let mentions = Mentions::of(&lines, &|_| true);
        let of = |index| mentions.features(&lines, index, Some(0));
        // Words; before, after, in two other sentences, elsewhere, in the title.
        assert_eq!(of(2), [2.0, 0.5, 0.5, 0.0, 1.0, 0.5]);
        assert_eq!(of(0), [2.0, 0.0, 1.0, 0.5, 1.0, 0.0]);
        assert_eq!(of(4)[1..], [0.0; 5]);
        let silent = Mentions::of(&lines, &|index| index != 3);
        assert_eq!(silent.features(&lines, 2, None)[1..3], [0.5, 0.0]);
    }
}
