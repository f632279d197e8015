//! How much two stretches of a text have in common: names and topic.

use std::ops::Range;

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

/// The names and the longer words of every line, by hash.
#[derive(Debug)]
pub struct Topics<'l> {
    lines: &'l Lines,
    names: Vec<u64>,
    /// Where the names of each line end.
    ends: Vec<usize>,
}

impl<'l> Topics<'l> {
    /// Looks at all lines of a text.
    pub fn of(text: &str, lines: &'l Lines) -> Self {
        let mut out = Self { lines, names: Vec::new(), ends: Vec::with_capacity(lines.len()) };
        for line in lines.as_slice() {
            out.names.extend(names_in(line.span(), text).map(word_hash));
            out.ends.push(out.names.len());
        }
        out
    }

    fn names(&self, index: usize) -> &[u64] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.names[start..self.ends[index]]
    }

    /// What a range of lines has; only those count that speak.
    pub fn stretch(&self, speaks: &dyn Fn(usize) -> bool, range: Range<usize>) -> Stretch {
        let mut out = Stretch::default();
        for index in range.filter(|&index| speaks(index)) {
            out.names.extend(self.names(index));
            out.words.extend(longer_words(self.lines, index));
        }
        out.names.sort_unstable();
        out.words.sort_unstable();
        out.words.dedup();
        out
    }
}

/// The names and the longer words of a stretch of a text, by hash, sorted.
#[derive(Debug, Default)]
pub struct Stretch {
    /// All occurrences.
    names: Vec<u64>,
    /// Each once.
    words: Vec<u64>,
}

impl Stretch {
    /// What a later stretch has in common with this one.
    pub fn cohesion(&self, after: &Self) -> Cohesion {
        let has = |sorted: &[u64], word: &u64| sorted.binary_search(word).is_ok();
        let shared = after.names.iter().filter(|name| has(&self.names, name)).count();
        let chief = || self.names.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        let found = chief().filter(|same| has(&after.names, &same[0])).count();
        let known = after.words.iter().filter(|word| has(&self.words, word)).count();
        Cohesion {
            names: (shared as f64 + NAMES_TAKEN.0) / (after.names.len() as f64 + NAMES_TAKEN.1),
            words: known as f64 / after.words.len().max(1) as f64,
            chief: (found as f64 + 0.5) / (chief().count() as f64 + 1.0),
            names_after: after.names.len(),
        }
    }
}

impl Cohesion {
    /// Nats for a break; less than nothing where the two go together.
    pub fn nats_for_a_break(&self) -> f64 {
        ((0.35 - self.names) * 8.0).clamp(-4.0, 2.2) + ((0.22 - self.words) * 10.0).clamp(-2.0, 1.3)
    }
}

/// Share of the longer words of a line that some other lines know, in [0, 1].
pub fn known_share(lines: &Lines, index: usize, others: impl Iterator<Item = usize>) -> f64 {
    let mut words: Vec<u64> = longer_words(lines, index).collect();
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        return 0.5;
    }
    let mut is_known = vec![false; words.len()];
    for word in others.flat_map(|other| longer_words(lines, other)) {
        if let Ok(at) = words.binary_search(&word) {
            is_known[at] = true;
        }
    }
    is_known.iter().filter(|known| **known).count() as f64 / words.len() as f64
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
            (known_share(&lines, 1, 0..1) - 1.0 / 3.0).abs() < 1e-9
                && known_share(&lines, 2, 0..2).abs() < 1e-9
        );
    }
}
