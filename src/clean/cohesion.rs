//! How much two stretches of a text have in common: names and topic.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::features::longer_words;
use super::line::Lines;
use crate::text::Span;

/// What the later of two stretches has in common with the earlier one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cohesion {
    /// Share of its occurrences of names, in (0, 1).
    pub names: f64,
    /// Share of its different longer words, in [0, 1].
    pub words: f64,
    /// Share of the chief names of the earlier one, those it has twice, that the later one has, in (0, 1).
    pub chief: f64,
    /// Occurrences of names in the later one.
    pub names_after: u32,
}

/// A name or two in common says less of a short text than of a long one.
const NAMES_TAKEN: (f64, f64) = (0.75, 3.0);

impl Cohesion {
    /// Compares two ranges of lines; only those count that speak.
    pub fn between(
        text: &str,
        lines: &Lines,
        speaks: &dyn Fn(usize) -> bool,
        before: Range<usize>,
        after: Range<usize>,
    ) -> Self {
        let speaks = |index: &usize| speaks(*index);
        let names = |range: Range<usize>| {
            let mut out: HashMap<&str, u32> = HashMap::new();
            for index in range.filter(speaks) {
                for name in names_in(lines.as_slice()[index].span(), text) {
                    *out.entry(name).or_default() += 1;
                }
            }
            out
        };
        let words = |range: Range<usize>| -> HashSet<&str> {
            range.filter(speaks).flat_map(|index| longer_words(lines.key(index))).collect()
        };
        let (names_before, names_after) = (names(before.clone()), names(after.clone()));
        let (words_before, words_after) = (words(before), words(after));
        let all: u32 = names_after.values().sum();
        let shared: u32 = names_after
            .iter()
            .filter(|(name, _)| names_before.contains_key(*name))
            .map(|(_, count)| count)
            .sum();
        let chief = || names_before.iter().filter(|(_, count)| **count > 1);
        let found = chief().filter(|(name, _)| names_after.contains_key(*name)).count();
        let known = words_after.intersection(&words_before).count();
        Self {
            names: (f64::from(shared) + NAMES_TAKEN.0) / (f64::from(all) + NAMES_TAKEN.1),
            words: known as f64 / words_after.len().max(1) as f64,
            chief: (found as f64 + 0.5) / (chief().count() as f64 + 1.0),
            names_after: all,
        }
    }

    /// Nats for a break; less than nothing where the two go together.
    pub fn nats_for_a_break(&self) -> f64 {
        ((0.35 - self.names) * 8.0).clamp(-4.0, 2.2) + ((0.22 - self.words) * 10.0).clamp(-2.0, 1.3)
    }
}

/// Share of the longer words of a key that some lines know, in [0, 1].
pub fn known_share(key: &str, lines: &Lines, mut range: Range<usize>) -> f64 {
    let words: HashSet<&str> = longer_words(key).collect();
    if words.is_empty() {
        return 0.5;
    }
    let mut left = words.clone();
    while let Some(index) = range.next().filter(|_| !left.is_empty()) {
        for word in longer_words(lines.key(index)) {
            left.remove(word);
        }
    }
    1.0 - left.len() as f64 / words.len() as f64
}

/// The names in a line: words with a capital that don't begin a sentence.
fn names_in(span: Span, text: &str) -> impl Iterator<Item = &str> {
    let mut begins = true;
    span.of(text).split_whitespace().filter_map(move |word| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let core = core.strip_suffix("'s").or_else(|| core.strip_suffix("’s")).unwrap_or(core);
        let is_name = !begins && core.len() > 2 && core.starts_with(char::is_uppercase);
        begins = word.ends_with(['.', '!', '?', ':', '”', '"']) || word.starts_with(['“', '"', '‘']);
        is_name.then_some(core)
    })
}

#[cfg(test)]
mod tests {
    use super::super::furniture::Furniture;
    use super::super::marks::Marks;
    use super::*;

    #[test]
    fn names_and_topic() {
        let text = "The mayor, Anna Hale, spoke in Penwick.\nThere Hale praised the crews.\nThe striker, Dele Odu, left Carrow.";
        let lines = Lines::of(text);
        let furniture = Furniture::parse("f", "pattern\tmatch\tkind\tweight\topens\tnote\n").unwrap();
        let marks = Marks::of(&lines, &furniture, &super::super::word_odds::WordOdds::default());
        let of = |after| Cohesion::between(text, &lines, &|index| marks[index].log_odds < 0.0, 0..1, after);
        assert!(of(1..2).names > of(2..3).names);
        assert!(of(1..2).nats_for_a_break() < of(2..3).nats_for_a_break());
        let names: Vec<&str> = names_in(lines.as_slice()[0].span(), text).collect();
        assert_eq!(names, ["Anna", "Hale", "Penwick"]);
        assert!((known_share("striker leaves carrow", &lines, 2..3) - 2.0 / 3.0).abs() < 1e-9);
        assert!(known_share("striker leaves carrow", &lines, 0..2).abs() < 1e-9);
    }
}
