//! What a first reading took the lines around a line for: the second reading knows it.

use super::features::LINE_FEATURES;
use super::form::FORMS;
use super::groups::Groups;
use super::line::Lines;
use super::mentions::Mentions;
use super::passages::Passages;

/// How many things the first reading says of a line and its neighbours.
pub const CONTEXT_FEATURES: usize = 31;
/// How many things are known of a line in the second reading.
pub const SECOND_FEATURES: usize = LINE_FEATURES + CONTEXT_FEATURES;

/// What they are, in order.
pub const CONTEXT_FEATURE_NAMES: [&str; CONTEXT_FEATURES] = [
    "probability of the line",
    "probability of the line before",
    "probability of the line before that",
    "probability of the third line before",
    "probability of the line after",
    "probability of the line after that",
    "probability of the third line after",
    "mean probability of eight lines before",
    "mean probability of eight lines after",
    "lines since a sentence that stays",
    "lines to a sentence that stays",
    "lines since the first headline that stays",
    "lines since the first sentence that stays",
    "lines to the last sentence that stays",
    "lines of furniture in a row around it",
    "share of the lines that stay",
    "mean probability of the rest of its block",
    "greatest probability of the rest of its block",
    "mean probability of the rest of its run",
    "least probability of the rest of its run",
    "greatest probability of the rest of its run",
    "mean probability of the lines of its form",
    "mean probability of the others that say the same",
    "mean probability of the others that begin with the same word",
    "share of its longer words in sentences before that stay",
    "share of its longer words in sentences after that stay",
    "ln of the words of sentences before that stay",
    "ln of the words of sentences after that stay",
    "ln of the words of its passage of sentences that stay",
    "share of the words of the longest such passage",
    "lines to the longest such passage, less than 0 before it",
];

/// What a first reading, by the probability of each line, says of a whole text.
#[derive(Debug)]
pub struct Context<'r> {
    first: &'r [f64],
    /// The last sentence that stays, up to each line, and the next from it on.
    since: Vec<Option<usize>>,
    until: Vec<Option<usize>>,
    /// Words of sentences that stay, up to and with each line.
    words: Vec<u32>,
    headline: Option<usize>,
    runs: Vec<usize>,
    staying: f64,
    lines: &'r Lines,
    groups: &'r Groups,
    mentions: Mentions,
    /// Of the sentences that stay.
    passages: Passages,
    /// Of the lines of each form, of those that say the same, of those that begin with the same word: the sum of the probabilities and how
    /// many there are.
    alike: [Vec<(f64, f64)>; 3],
}

/// Further away is all the same.
const FAR: usize = 40;

impl<'r> Context<'r> {
    /// Looks at all lines; only of those that are judged it is known what the sentences say.
    pub fn of(
        lines: &'r Lines,
        groups: &'r Groups,
        first: &'r [f64],
        is_judged: &dyn Fn(usize) -> bool,
    ) -> Self {
        let all = lines.as_slice();
        let stays = |index: usize| first[index] < 0.5;
        let is_kept_sentence = |index: usize| stays(index) && all[index].shape.is_sentence();
        let mut last = None;
        let since = (0..all.len()).map(|index| {
            last = if is_kept_sentence(index) { Some(index) } else { last };
            last
        });
        let since: Vec<Option<usize>> = since.collect();
        let mut sum = 0;
        let words = (0..all.len()).map(|index| {
            sum += if is_kept_sentence(index) { all[index].shape.words } else { 0 };
            sum
        });
        let words: Vec<u32> = words.collect();
        let mut next = None;
        let mut until = vec![None; all.len()];
        for index in (0..all.len()).rev() {
            next = if is_kept_sentence(index) { Some(index) } else { next };
            until[index] = next;
        }
        let mut runs = Vec::with_capacity(all.len());
        for run in first.chunk_by(|a, b| (*a < 0.5) == (*b < 0.5)) {
            runs.extend(std::iter::repeat_n(if run[0] < 0.5 { 0 } else { run.len() }, run.len()));
        }
        let headline = (0..all.len()).find(|&index| stays(index) && all[index].shape.is_headline());
        let staying = (0..all.len()).filter(|&index| stays(index)).count() as f64 / all.len().max(1) as f64;
        let mentions = Mentions::of(lines, is_judged, &stays);
        let alike = alike(groups, first);
        let staying_sentences = (0..all.len()).filter(|&index| is_kept_sentence(index));
        let passages = Passages::of(staying_sentences.map(|index| (index, all[index].shape.words)));
        Self { first, since, until, words, headline, runs, staying, lines, groups, mentions, passages, alike }
    }

    /// What is known of line `index`, which is judged, in the second reading, besides what was known in the first.
    #[allow(clippy::cast_possible_truncation, reason = "trees need no more digits")]
    pub fn features(&self, index: usize) -> [f32; CONTEXT_FEATURES] {
        let at = |at: Option<usize>| at.and_then(|at| self.first.get(at)).copied().unwrap_or(-1.0);
        let before = |n: usize| at(index.checked_sub(n));
        let after = |n: usize| at(Some(index + n));
        let mean = |range: &[f64]| {
            if range.is_empty() { -1.0 } else { range.iter().sum::<f64>() / range.len() as f64 }
        };
        let far = FAR as f64;
        let signed =
            |from: Option<usize>| from.map_or(-far, |from| (index as f64 - from as f64).clamp(-far, far));
        let values = |others: &mut dyn Iterator<Item = usize>| {
            let none = (0.0, 0.0, 1.0f64, 0.0f64);
            let (sum, count, least, greatest) = others
                .map(|other| self.first[other])
                .fold(none, |all, p| (all.0 + p, all.1 + 1.0, all.2.min(p), all.3.max(p)));
            if count > 0.0 { (sum / count, least, greatest) } else { (-1.0, -1.0, -1.0) }
        };
        let block = values(&mut self.groups.block(index));
        let run = values(&mut self.groups.run(index));
        let own = self.first[index];
        let classes = classes(self.groups, index);
        let others = [0, 1, 2]
            .map(|which| self.alike[which][classes[which]])
            .map(|(sum, count)| if count > 1.0 { (sum - own) / (count - 1.0) } else { -1.0 });
        let [_, known_before, known_after, ..] = self.mentions.features(self.lines, index, None);
        let passage = self.passages.features(index);
        let features: [f64; CONTEXT_FEATURES] = [
            self.first[index],
            before(1),
            before(2),
            before(3),
            after(1),
            after(2),
            after(3),
            mean(&self.first[index.saturating_sub(8)..index]),
            mean(&self.first[(index + 1).min(self.first.len())..(index + 9).min(self.first.len())]),
            self.since[index].map_or(far, |from| (index - from).min(FAR) as f64),
            self.until[index].map_or(far, |to| (to - index).min(FAR) as f64),
            signed(self.headline),
            signed(self.until.first().copied().flatten()),
            -signed(self.since.last().copied().flatten()),
            self.runs[index].min(FAR) as f64,
            self.staying,
            block.0,
            block.2,
            run.0,
            run.1,
            run.2,
            others[0],
            others[1],
            others[2],
            known_before,
            known_after,
            f64::from(index.checked_sub(1).map_or(0, |before| self.words[before]) + 1).ln(),
            f64::from(self.words.last().copied().unwrap_or_default() - self.words[index] + 1).ln(),
            passage[0],
            passage[1],
            passage[2],
        ];
        features.map(|feature| feature as f32)
    }
}

/// The form of a line, what it says and its first word, as numbers.
fn classes(groups: &Groups, index: usize) -> [usize; 3] {
    [groups.form(index) as usize, groups.same().class(index), groups.begun().class(index)]
}

/// For each form, for all that is said and for each first word, the sum of the probabilities and the number of the lines.
fn alike(groups: &Groups, first: &[f64]) -> [Vec<(f64, f64)>; 3] {
    let mut out = [FORMS, groups.same().len(), groups.begun().len()].map(|len| vec![(0.0, 0.0); len]);
    for (index, p) in first.iter().enumerate() {
        for (sums, class) in out.iter_mut().zip(classes(groups, index)) {
            sums[class].0 += p;
            sums[class].1 += 1.0;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_known_by_their_like() {
        let text = "The ferry to Penwick was late.\nAnna Hale\nThe ferry sank.\nTom Birch\nPosts: 4\nPosts: 9\nAnna Hale";
        let lines = Lines::of(text);
        let groups = Groups::of(text, &lines);
        let first = [0.0, 0.9, 0.1, 0.5, 0.8, 0.6, 0.7];
        let context = Context::of(&lines, &groups, &first, &|_| true);
        let of = |index: usize, name: &str| {
            let at = CONTEXT_FEATURE_NAMES.iter().position(|n| *n == name).unwrap();
            f64::from(context.features(index)[at])
        };
        let is = |a: f64, b: f64| (a - b).abs() < 1e-6;
        assert!(is(of(1, "mean probability of the lines of its form"), 0.6));
        assert!(is(of(1, "mean probability of the others that say the same"), 0.7));
        assert!(is(of(3, "mean probability of the others that say the same"), -1.0));
        assert!(is(of(4, "mean probability of the others that begin with the same word"), 0.6));
        assert!(is(of(4, "least probability of the rest of its run"), 0.6));
        assert!(is(of(2, "share of its longer words in sentences before that stay"), 0.5));
    }
}
