//! How much two stretches of a text have in common: names and topic.

use std::ops::Range;

use super::groups::Classes;
use super::layout::longer_words;
use super::line::Lines;
use super::words::word_hash;
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
    pub names_after: usize,
}

/// A name or two in common says less of a short text than of a long one.
const NAMES_TAKEN: (f64, f64) = (0.75, 3.0);

/// The names and the longer words of every line.
#[derive(Debug)]
pub struct Topics {
    names: Numbers,
    words: Numbers,
}

/// What stands in each line, by numbers: what is the same has the same one.
#[derive(Debug)]
struct Numbers {
    all: Classes,
    /// Where those of each line end.
    ends: Vec<usize>,
}

impl Numbers {
    /// By the hashes of what stands in each line.
    fn of<H: Iterator<Item = u64>>(lines: impl Iterator<Item = H>) -> Self {
        let (mut hashes, mut ends) = (Vec::new(), Vec::new());
        for line in lines {
            hashes.extend(line);
            ends.push(hashes.len());
        }
        Self { all: Classes::of(hashes.into_iter()), ends }
    }

    fn in_line(&self, index: usize) -> &[usize] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all.classes()[start..self.ends[index]]
    }
}

impl Topics {
    /// Looks at all lines of a text.
    pub fn of(text: &str, lines: &Lines) -> Self {
        let names = lines.as_slice().iter().map(|line| names_in(line.span(), text).map(word_hash));
        let words = (0..lines.len()).map(|index| longer_words(lines, index));
        Self { names: Numbers::of(names), words: Numbers::of(words) }
    }

    /// What a range of lines has; only those count that speak.
    pub fn stretch(&self, speaks: &dyn Fn(usize) -> bool, range: Range<usize>) -> Stretch {
        let lines = range.filter(|&index| speaks(index));
        let mut names = vec![0; self.names.all.len()];
        for &name in lines.clone().flat_map(|line| self.names.in_line(line)) {
            names[name] += 1;
        }
        Stretch { names, words: self.words_in(lines) }
    }

    /// Which words stand in some lines.
    fn words_in(&self, lines: impl Iterator<Item = usize>) -> Vec<bool> {
        let mut out = vec![false; self.words.all.len()];
        for &word in lines.flat_map(|line| self.words.in_line(line)) {
            out[word] = true;
        }
        out
    }

    /// Share of the longer words of a line that some other lines know, in [0, 1].
    pub fn known_share(&self, index: usize, others: impl Iterator<Item = usize>) -> f64 {
        let mut words = self.words.in_line(index).to_vec();
        words.sort_unstable();
        words.dedup();
        if words.is_empty() {
            return 0.5;
        }
        let known = self.words_in(others);
        words.iter().filter(|word| known[**word]).count() as f64 / words.len() as f64
    }
}

/// The names and the longer words of a stretch of a text.
#[derive(Debug)]
pub struct Stretch {
    /// How often each name stands there.
    names: Vec<u32>,
    /// Whether each word does.
    words: Vec<bool>,
}

impl Stretch {
    /// What a later stretch of the same text has in common with this one.
    pub fn cohesion(&self, after: &Self) -> Cohesion {
        let (mut shared, mut names_after, mut chief, mut found) = (0, 0, 0, 0);
        for (&here, &there) in self.names.iter().zip(&after.names) {
            shared += if here > 0 { there } else { 0 };
            names_after += there;
            chief += u32::from(here > 1);
            found += u32::from(here > 1 && there > 0);
        }
        let (mut known, mut words_after) = (0, 0);
        for (&here, &there) in self.words.iter().zip(&after.words) {
            known += u32::from(here && there);
            words_after += u32::from(there);
        }
        Cohesion {
            names: (f64::from(shared) + NAMES_TAKEN.0) / (f64::from(names_after) + NAMES_TAKEN.1),
            words: f64::from(known) / f64::from(words_after.max(1)),
            chief: (f64::from(found) + 0.5) / (f64::from(chief) + 1.0),
            names_after: names_after as usize,
        }
    }
}

impl Cohesion {
    /// Nats for a break; less than nothing where the two go together.
    pub fn nats_for_a_break(&self) -> f64 {
        ((0.35 - self.names) * 8.0).clamp(-4.0, 2.2) + ((0.22 - self.words) * 10.0).clamp(-2.0, 1.3)
    }
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
    use super::*;

    #[test]
    fn names_and_topic() {
        let text = "The mayor, Anna Hale, spoke in Penwick.\nThere Hale praised the crews.\nThe striker, Dele Odu, left Carrow.";
        let lines = Lines::of(text);
        let topics = Topics::of(text, &lines);
        let stretch = |range| topics.stretch(&|_| true, range);
        let of = |after| stretch(0..1).cohesion(&stretch(after));
        assert!(of(1..2).names > of(2..3).names);
        assert!(of(1..2).nats_for_a_break() < of(2..3).nats_for_a_break());
        let names: Vec<&str> = names_in(lines.as_slice()[0].span(), text).collect();
        assert_eq!(names, ["Anna", "Hale", "Penwick"]);
        assert!(
            (topics.known_share(1, 0..1) - 1.0 / 3.0).abs() < 1e-9
                && topics.known_share(2, 0..2).abs() < 1e-9
        );
    }
}
